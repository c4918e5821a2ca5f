"""A domain cut down to the few intents that a test has questions for."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import yaml


def keep_intents(domain: Path, intents: Collection[str]) -> None:
    """Deletes all other intents from the files of a domain."""
    for file in domain.glob("*.yml"):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        content["intents"] = [intent for intent in content.get("intents") or () if intent in intents]
        file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
