"""A month of learning: people ask what the bot does not know, a reviewer teaches it in the browser, and undoes it.

The project is a copy with a tenth of the training questions, its servers are real, the reviewer works in Chromium.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from actions.rule_table.table import RuleTable
from tests.conftest import port_that_is_free
from tests.scenarios.month.asked import TOPICS, questions
from tests.scenarios.month.project import make_project, run
from tests.scenarios.month.reviewer import Reviewer
from tests.scenarios.month.servers import Bot, Server, started

LANGUAGES = ("en", "zh")


@dataclass
class Month:
    """The project, the bot that serves from it, and what it answered in the beginning."""

    folder: Path
    bot: Bot
    known: dict[str, str]
    before: dict[str, dict[str, Any]]

    def answers(self) -> dict[str, dict[str, Any]]:
        """Returns what the bot answers to what it knew from the beginning."""
        return {text: told(self.bot.ask(uuid.uuid4().hex, text)) for text in self.known}


def told(reply: dict[str, Any]) -> dict[str, Any]:
    """Returns of a reply what matters to who asked."""
    topics = {f"ask_{part['topic']}" for part in reply["parts"]}
    return {"topics": topics, **{name: reply[name] for name in ("reply", "facts", "later", "understood")}}


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory, table: RuleTable) -> Iterator[Month]:
    folder = tmp_path_factory.mktemp("month")
    make_project(folder)
    run(folder, "train")
    with started(folder, port_that_is_free(), "serve") as server:
        bot = Bot(server.address)
        bot.wait()
        # Every other topic in the one language, the rest in the other.
        topics = enumerate(table.topics.values())
        known = {getattr(topic.question, LANGUAGES[place % 2]): f"ask_{topic.id}" for place, topic in topics}
        month = Month(folder, bot, known, {})
        month.before = month.answers()
        yield month


def test_two_rounds_and_back(month: Month, browser: Browser) -> None:
    first_model = month.bot.wait()
    with started(month.folder, port := port_that_is_free(), "review", "--name", "Ann") as review:
        reviewer = log_in(browser, review)
        ask_and_label(month, reviewer, 1)
        reviewer.begin_training()
        review.kill()
    with started(month.folder, port, "review", "--name", "Ann") as review:
        reviewer = log_in(browser, review)
        learn(month, reviewer)
        check_learned(month, 1)
        ask_and_label(month, reviewer, 2)
        learn(month, reviewer)
        check_learned(month, 1)
        check_learned(month, 2)
        for _ in range(2):
            reviewer.undo_last_landing()
    assert month.bot.wait(first_model) == first_model
    assert month.answers() == month.before
    assert not list(month.folder.glob("**/learned.*"))


def log_in(browser: Browser, review: Server) -> Reviewer:
    assert review.process.stdout is not None
    link = next(line.strip() for line in review.process.stdout if line.startswith("http"))
    reviewer = Reviewer(browser.new_context(locale="en-GB").new_page(), review.address)
    reviewer.log_in(link)
    return reviewer


def ask_and_label(month: Month, reviewer: Reviewer, number: int) -> None:
    asked = [question for question in questions() if question.use == "asked"]
    for person, question in enumerate(question for question in asked if question.round == number):
        month.bot.ask(f"person-{number}-{person}", question.text)
    reviewer.fetch()
    reviewer.label_all({**month.known, **{each.text: each.intent for each in asked}}, TOPICS)
    reviewer.land()


def learn(month: Month, reviewer: Reviewer) -> None:
    reviewer.train()
    reviewer.compare()
    month.bot.wait(reviewer.promote())


def check_learned(month: Month, number: int) -> None:
    """What was asked in other words is answered now, and what was known is answered as before."""
    later = [each for each in questions() if each.use == "later" and each.round == number]
    replies = {each.text: month.bot.ask(f"later-{number}-{each.text}", each.text) for each in later}
    missed = [each.text for each in later if TOPICS[each.label].row not in replies[each.text]["later"]]
    assert len(missed) <= len(later) // 4, json.dumps({text: replies[text]["reply"] for text in missed}, indent=1)
    now = month.answers()
    worse = [
        text for text, answer in month.before.items() if month.known[text] in answer["topics"] - now[text]["topics"]
    ]
    assert not worse
