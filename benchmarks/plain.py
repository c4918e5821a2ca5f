"""The plain Rasa project as a system to measure: what `rasa init` configures, and an action server beside it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Optional

import yaml

from benchmarks.sample import to_nlu_file
from benchmarks.system import LOOPBACK, Command, System, free_port
from bot.evaluation.training_data import Example

FILES = Path(__file__).parent / "plain_rasa"
ACTION = "action_say_intent"
FALLBACK = "nlu_fallback"
RASA = ("-W", "ignore", "-m", "rasa")


def plain(folder: Path, name: str, sample: Sequence[Example], intents: Sequence[str], epochs: Optional[int]) -> System:
    """Returns the system, in a new folder. `epochs` stands in for the configured ones, for a quick run."""
    shutil.copytree(FILES, folder, ignore=shutil.ignore_patterns("__pycache__"))
    _write(folder / "domain.yml", _domain(intents))
    _write(folder / "data" / "rules.yml", _rules(intents))
    (folder / "data" / "nlu.yml").write_text(to_nlu_file(sample), encoding="utf-8")
    if epochs is not None:
        _write(folder / "config.yml", with_epochs(folder / "config.yml", epochs))
    return System(name, folder, len(sample), Command((*RASA, "train")), _servers)


def _write(file: Path, content: dict[str, Any]) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _domain(intents: Sequence[str]) -> dict[str, Any]:
    return {
        "version": "3.1",
        "intents": list(intents),
        "actions": [ACTION],
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }


def _rules(intents: Sequence[str]) -> dict[str, Any]:
    rules = [
        {"rule": f"Say {intent}", "steps": [{"intent": intent}, {"action": ACTION}]} for intent in (*intents, FALLBACK)
    ]
    return {"version": "3.1", "rules": rules}


def with_epochs(config: Path, epochs: int) -> dict[str, Any]:
    """Returns a configuration with other epochs than its own."""
    content: dict[str, Any] = yaml.safe_load(config.read_text(encoding="utf-8"))
    for part in (*content["pipeline"], *content["policies"]):
        if "epochs" in part:
            part["epochs"] = epochs
    return content


def _servers(port: int) -> Sequence[Command]:
    action_port = str(free_port())
    actions = ("-W", "ignore", "-m", "rasa_sdk", "--actions", ACTION, "--port", action_port)
    return (
        Command(actions, {"SANIC_HOST": LOOPBACK}),
        Command((*RASA, "run", "--interface", LOOPBACK, "--port", str(port)), {"ACTION_PORT": action_port}),
    )
