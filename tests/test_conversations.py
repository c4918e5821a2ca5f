"""The stories of tests/conversations: Rasa predicts every action, and every message has the intent written for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.models import TrainedModel
from bot.settings import PROJECT
from tests.talking import Bot

FOLDER = PROJECT / "tests" / "conversations"
FILES = sorted(FOLDER.glob("test_*.yml"))


def steps_of(file: Path) -> list[dict[str, Any]]:
    stories = yaml.safe_load(file.read_text(encoding="utf-8"))["stories"]
    return [step for story in stories for step in story["steps"]]


MESSAGES = sorted(
    {(step["user"].strip(), step["intent"]) for file in FILES for step in steps_of(file) if "user" in step}
)


def test_every_situation_has_its_file() -> None:
    names = ["test_asking_back", "test_corrections", "test_digressions", "test_happy_path", "test_out_of_scope"]
    assert [file.stem for file in FILES] == names


def test_rasa_predicts_every_action(model: TrainedModel, bot: Bot, tmp_path: Path) -> None:
    """What `rasa test core --stories tests/conversations --fail-on-prediction-errors` runs."""
    from rasa.core.agent import Agent
    from rasa.core.test import test as run_stories

    agent = Agent.load(str(model.file))
    report = bot.loop.run_until_complete(
        run_stories(
            str(FOLDER), agent, out_directory=str(tmp_path), fail_on_prediction_errors=True, disable_plotting=True
        )
    )
    assert report["accuracy"] == 1.0
    assert len(report["actions"]) >= sum("action" in step for file in FILES for step in steps_of(file))
    assert "None of the test stories failed" in (tmp_path / "failed_test_stories.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("text", "intent"), MESSAGES)
def test_every_message_has_the_intent_of_its_story(bot: Bot, text: str, intent: str) -> None:
    assert bot.ask(text)["intent"] == intent


def test_every_action_and_move_occurs() -> None:
    steps = [step for file in FILES for step in steps_of(file)]
    assert {step["action"] for step in steps if "action" in step} == {
        "action_answer_question",
        "action_name_source",
        "action_note_circumstances",
        "action_small_talk",
    }
