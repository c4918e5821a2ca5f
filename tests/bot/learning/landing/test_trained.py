"""A copy of the project that learns a new topic by its commands: trained, it answers by the rule table."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from bot.learning.database import ReviewDatabase
from bot.learning.deciding import make_draft
from bot.settings import PROJECT, Settings
from tests.bot.learning.reviewing import REFUND, REFUND_TEXTS, add_texts, files_of
from tests.programs import environment


def run(settings: Settings, *arguments: str, code: int = 0) -> str:
    """Runs a command of the copied program, and returns what it wrote."""
    folder = settings.project
    result = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={**environment(REVIEW_DATABASE_URL=settings.review_database_url), "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert result.returncode == code, result.stderr
    return result.stdout + result.stderr


def ask(settings: Settings, question: str) -> dict[str, Any]:
    """Returns the reply to a question."""
    reply: dict[str, Any] = json.loads(run(settings, "ask", question, "--json").split("\n")[0])
    return reply


def copy_program(folder: Path) -> None:
    """Puts the program beside the data of a project."""
    for name in ("bot", "actions"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))


def test_a_topic_is_learned_by_commands_and_answered_in_both_languages(
    sqlite: ReviewDatabase, settings: Settings
) -> None:
    copy_program(settings.project)
    before = files_of(settings)
    seen = add_texts(sqlite, REFUND_TEXTS, people=3)
    make_draft(sqlite, settings, REFUND, "ann", seen)
    assert "Nothing to mend." in run(settings, "logs", "check")
    assert "new: refund_time" in run(settings, "logs", "land", "--dry-run")
    landed = run(settings, "logs", "land", "--who", "ann", "--why", "asked every week")
    batch = landed.split("batch ")[1].split(":")[0]
    assert "texts under two intents" in run(settings, "evaluate", "--data")
    run(settings, "train")
    english, chinese = ask(settings, "when do I get my money back?"), ask(settings, "退款多久到账")
    assert (english["intent"], chinese["intent"]) == ("ask_refund_time", "ask_refund_time")
    assert english["reply"].startswith("A refund arrives within 3 working days.\nSource: Tencent documentation")
    assert chinese["reply"].startswith("退款3个工作日内到账。\n来源：腾讯官方文档《退款到账时间》，2026年5月。")
    assert "ann: land" in run(settings, "logs", "show", "退款一直没收到")
    assert "13 lessons left the training files" in run(settings, "logs", "undo", batch)
    left = {name: content for name, content in files_of(settings).items() if "__pycache__" not in name}
    assert {name: left[name] for name in before} == before
    assert not [name for name in left if "learned" in name and name.startswith(("data", "domain", "tests"))]


def test_decisions_at_the_terminal(sqlite: ReviewDatabase, settings: Settings) -> None:
    copy_program(settings.project)
    first, second = add_texts(sqlite, ("where are the menus", "sing me a song"))
    assert "1 texts: ask_menu" in run(settings, "logs", "label", str(first), "ask_menu", "--use", "train")
    run(settings, "logs", "label", str(second), "ask_menu")
    assert "1 texts: ignore" in run(settings, "logs", "label", str(first), "ignore")
    assert "no intent 'ask_menus': did you mean 'ask_menu'?" in run(
        settings, "logs", "label", str(first), "ask_menus", code=1
    )
    assert "there is no text 99" in run(settings, "logs", "label", "99", "ask_menu", code=1)
    assert "must be mended" in run(settings, "logs", "check", code=1)
    assert "decide for one of the two" in run(settings, "logs", "land", code=1)
    assert "decide for one of the two" in run(settings, "logs", "land", "--dry-run", code=1)
    listed = run(settings, "logs", "undo").splitlines()
    assert ["ignore: 1 texts" in listed[0], "into ask_menu" in listed[1], len(listed)] == [True, True, 3]
    run(settings, "logs", "undo", listed[1].split()[0])
    assert "there is no batch 'x'" in run(settings, "logs", "undo", "x", code=1)
    assert "Nothing was accepted" in run(settings, "logs", "land")
    assert "what the lessons make of them" in run(settings, "logs", "land", "--rewrite")
    assert "nothing is known of 'nothing'" in run(settings, "logs", "show", "nothing", code=1)
