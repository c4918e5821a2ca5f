"""Wenhao's glossary and thesaurus, as the lookup tables that they are."""

from __future__ import annotations

from pathlib import Path

import yaml

LOOKUP = "- lookup:"


def read_word_lists(nlu: Path) -> dict[str, list[str]]:
    """Returns the words of each lookup table in a folder of training data and below it."""
    files = [file for file in sorted(nlu.rglob("*.yml")) if LOOKUP in file.read_text(encoding="utf-8")]
    parts = [part for file in files for part in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]]
    return {part["lookup"]: _words(part["examples"]) for part in parts if "lookup" in part}


def _words(examples: str) -> list[str]:
    return [line.strip()[2:].strip() for line in examples.splitlines() if line.strip().startswith("- ")]
