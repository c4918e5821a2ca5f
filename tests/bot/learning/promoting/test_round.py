"""Whole rounds with real models, through the commands: a lesson that helps goes live, one that harms does not."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from bot.learning.promoting.history import Event, read_history
from bot.learning.promoting.serving import read_serving
from tests.bot.learning.promoting.small import SmallProject, real_questions

NEW = "ask_pay_deposit"
TOPIC = "pay_deposit"
HELD_BACK, MOST = 6, 40

ASKED = (
    "How much does verification cost?",
    "公众号认证要多少钱？",
    "Does a service account have a menu?",
    "How often may I broadcast?",
    "Is there a deposit for WeChat Pay?",
    "今天天气怎么样",
)


def said(ended: subprocess.CompletedProcess[str], code: int = 0) -> str:
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout


def answers(project: SmallProject) -> list[dict[str, Any]]:
    """Returns the replies to the same questions, each without its conversation."""
    lines = "".join(f"{json.dumps({'text': text})}\n" for text in ASKED)
    replies = [json.loads(line) for line in said(project.run("ask", "--jsonl", lines=lines)).splitlines()]
    return [{name: value for name, value in reply.items() if name != "conversation"} for reply in replies]


def teach_the_new_topic(project: SmallProject) -> None:
    questions = real_questions(NEW)
    project.learn({NEW: questions[HELD_BACK::5][:MOST]}, "batch-1")
    rows = [
        {"text": text, "language": "en" if text.isascii() else "zh", "style": "learned", "topics": [TOPIC], "facts": []}
        for text in questions[:HELD_BACK]
    ]
    project.write_lines("tests/golden/learned.jsonl", rows)


def verdict(project: SmallProject, code: int = 0) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(said(project.run("compare", "--json"), code))
    return told


def comparison_of(told: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(told["report"]).parent / "compare.json").read_text(encoding="utf-8"))
    return found


def test_a_new_topic_goes_live_and_back(project: SmallProject) -> None:
    first = answers(project)
    teach_the_new_topic(project)
    waiting = project.run("ask", ASKED[0])
    assert "it goes on answering" in waiting.stderr, "landing alone changes nothing"
    assert answers(project) == first

    assert "now 'wenhao compare'" in said(project.run("train", "--candidate"))
    told = verdict(project)
    assert (told["passed"], told["champion"]) == (True, "first.tar.gz")
    compared = comparison_of(told)
    assert compared["wins"]
    assert all(TOPIC in compared["rows"][place]["expected"] for place in compared["wins"])
    assert "It may go live" in Path(told["report"]).read_text(encoding="utf-8")

    assert "serves now (promoted by ann)" in said(project.run("promote", "--by", "ann"))
    now = answers(project)
    assert now[4] != first[4]
    assert now[4]["intent"] == NEW
    status = said(project.run("promote", "--status"))
    assert told["candidate"] in status
    assert "wait" not in status

    assert "first.tar.gz serves again" in said(project.run("rollback", "--reason", "a test"))
    assert answers(project) == first
    events = [record.event for record in read_history(project.settings.models)]
    assert events == [Event.ADOPTED, Event.PROMOTED, Event.ROLLED_BACK]


def test_a_regression_is_refused_with_its_rows_and_forced_only_with_a_reason(project: SmallProject) -> None:
    # Somebody labelled questions about the fee as questions about the menu.
    trained = (project.folder / "data" / "nlu" / "all.yml").read_text(encoding="utf-8")
    asked = [text for text in real_questions("ask_verification_fee") if text not in trained]
    project.learn({"ask_menu": [f"{text} {word}" for text in asked for word in ("please", "thanks", "吗")]}, "batch-2")
    said(project.run("train", "--candidate"))
    shown = said(project.run("compare"), code=1)
    told = verdict(project, code=1)
    assert not told["passed"]
    assert {"topics", "chance", "must_pass"} & set(told["failed"])
    compared = comparison_of(told)
    lost = [compared["rows"][place] for place in compared["losses"]]
    assert any("verification_fee" in row["expected"] and "menu" in row["now"]["topics"] for row in lost)
    page = Path(told["report"]).read_text(encoding="utf-8")
    failed = [check for check in compared["checks"] if check["passed"] is False]
    named = [compared["rows"][check["rows"][0]] for check in failed]
    assert all(f"{row['text']!r} ({row['place']}: " in shown for row in named)
    assert "It must not go live" in page
    assert all(row["place"] in page for row in lost)

    refused = project.run("promote")
    assert refused.returncode == 1
    assert "is not promoted:" in refused.stderr
    assert read_serving(project.settings.models) is None
    assert project.run("promote", "--force").returncode == 1
    forced = said(project.run("promote", "--force", "--reason", "to see it", "--by", "ann"))
    assert "(forced by ann)" in forced
    assert read_history(project.settings.models)[-1].reason == "to see it"


def test_a_golden_set_that_was_emptied_and_a_topic_that_was_taken_away(project: SmallProject) -> None:
    # The intent is learned, and its topic is not in the table: so it is after an undo without a rollback.
    moon = ("how far is the moon", "can my account fly to the moon", "我的号能上月球吗", "月球有多远")
    project.learn({"ask_moon": moon}, "batch-3")
    (project.folder / "tests" / "held_out" / "questions.jsonl").write_text("", encoding="utf-8")
    said(project.run("train", "--candidate"))
    told = verdict(project, code=1)
    assert "golden_there" in told["failed"]
    assert "The golden set is empty" in project.run("promote").stderr
    said(project.run("promote", "--force", "--reason", "the topic is gone"))
    reply = json.loads(said(project.run("ask", "--json", moon[0])))
    assert reply["facts"] == []
    assert reply["reply"].strip()
