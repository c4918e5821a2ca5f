"""Advice on the training questions: by what a model makes of those that it has not learned."""

from __future__ import annotations

import json
import time
from pathlib import Path

import yaml

from bot.evaluation.training_data.questions import Example
from bot.learning.database import ReviewDatabase
from bot.learning.promoting.cross_validation import FOLDS, MOST_OF_AN_INTENT, MOST_TOLD, _folds, cross_validate
from bot.learning.schema import MESSAGES, METADATA
from tests.bot.learning.promoting.small import INTENTS, SmallProject, candidate_like
from tests.bot.learning.reviewing import add_text

MIXED = ("ask_menu", "ask_broadcast_quota")


def test_what_is_mixed_up_is_told_first(project: SmallProject) -> None:
    sound = cross_validate(project.settings)
    assert sound["folds"] == FOLDS
    assert 0.4 < sound["share"] < 1
    assert len(INTENTS) < sound["questions"] <= MOST_OF_AN_INTENT * len(INTENTS)
    mix_up(project.folder / "data" / "nlu" / "all.yml")
    mixed = cross_validate(project.settings)
    assert mixed["share"] < sound["share"]
    weakest = mixed["weakest"]
    taken_for = {each["intent"]: each["other"] for each in weakest[:4]}
    assert {taken_for.get(intent) for intent in MIXED} == set(MIXED), weakest
    assert len(weakest) <= MOST_TOLD
    assert all(each["right"] < each["of"] and each["other"] != each["intent"] for each in weakest)


def mix_up(file: Path) -> None:
    """Gives two intents the questions of both, by turns."""
    content = yaml.safe_load(file.read_text("utf-8"))
    entries = [entry for entry in content["nlu"] if entry.get("intent") in MIXED]
    lines = sorted(line for entry in entries for line in entry["examples"].splitlines())
    for place, entry in enumerate(entries):
        entry["examples"] = "".join(f"{line}\n" for line in lines[place::2])
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000), "utf-8")


def test_near_copies_are_in_one_fold() -> None:
    words = ("menu", "fee", "quota", "badge", "refund", "stamp", "logo", "coupon", "seal", "ticket", "paper", "trade")
    questions = [
        Example(f"where can i find the {word} of my {end}", "ask_menu", Path("all.yml"), 1)
        for word in words
        for end in ("account", "accounts")
    ]
    folds = _folds(questions)
    assert folds[::2] == folds[1::2]
    assert set(folds) == set(range(FOLDS))


def test_a_project_without_questions_has_no_advice(project: SmallProject) -> None:
    (project.folder / "data" / "nlu" / "all.yml").write_text('version: "3.1"\nnlu: []\n', "utf-8")
    assert cross_validate(project.settings) == {
        "questions": 0,
        "most": MOST_OF_AN_INTENT,
        "folds": FOLDS,
        "share": 0.0,
        "weakest": [],
    }


def test_the_command_advises_and_replays_in_both_languages(project: SmallProject, postgres_url: str) -> None:
    database = ReviewDatabase(postgres_url)
    METADATA.drop_all(database.engine)
    METADATA.create_all(database.engine)
    add_text(database, "How much does verification cost?", people=3)
    with database.begin() as connection:
        connection.execute(MESSAGES.update().values(at=time.time()))
    database.close()
    first = project.settings.models / "first.tar.gz"
    candidate_like(project.settings, first, "second.tar.gz", "2026-11-21T12:00:00+00:00")
    ended = project.run("compare", "--cross-validate", "--json", REVIEW_DATABASE_URL=postgres_url)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "Cross-validating the training questions" in ended.stderr
    page = Path(json.loads(ended.stdout)["report"])
    compared = json.loads((page.parent / "compare.json").read_text("utf-8"))
    assert (compared["replay"]["of"], compared["replay"]["messages"], compared["replay"]["changed"]) == (3, 3, 0)
    advice = compared["advice"]
    weakest = advice["weakest"][0]
    share = f"{weakest['intent']}: {weakest['right']} of {weakest['of']}, most often taken for {weakest['other']}"
    assert "Advice on the training questions" in page.read_text("utf-8")
    assert share in page.read_text("utf-8")
    assert "对训练问句的建议" in page.with_name("index.zh.html").read_text("utf-8")
    assert f"{weakest['of']} 条中认出 {weakest['right']} 条" in page.with_name("index.zh.html").read_text("utf-8")
