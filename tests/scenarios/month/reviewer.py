"""A reviewer who works in the browser and knows what each text means."""

from __future__ import annotations

import re
from typing import Mapping

from playwright.sync_api import Page, expect

from tests.scenarios.month.asked import NewTopic

WAIT = 180_000


class Reviewer:
    """Labels everything that waits, writes new topics, and carries out a round, by the page's own means alone."""

    def __init__(self, page: Page, address: str) -> None:
        self._page = page
        self._address = address

    def log_in(self, link: str) -> None:
        """Follows the link that the program printed."""
        self._page.goto(link)
        expect(self._page.locator("h1")).to_be_visible()

    def fetch(self) -> None:
        """Presses the button that fetches new messages, and waits until they are there."""
        self._open("/")
        self._page.get_by_role("button", name="Fetch").click()
        self._page.wait_for_selector(".job-running", state="detached", timeout=WAIT)
        self._open("/")

    def label_all(self, meaning: Mapping[str, str], topics: Mapping[str, NewTopic]) -> int:
        """Decides on every text that waits. Returns how many decisions that took."""
        decisions = 0
        made: set[str] = set()
        while (group := self._next_group()) is not None:
            self._page.goto(group)
            rows = self._texts()
            wanted = {meaning[text] for text in rows}
            intent = sorted(wanted)[0]
            self._choose([text for text in rows if meaning[text] == intent], all_of_them=len(wanted) == 1)
            self._decide(intent, made, topics)
            decisions += 1
        return decisions

    def _decide(self, intent: str, made: set[str], topics: Mapping[str, NewTopic]) -> None:
        topic = topics.get(intent.removeprefix("ask_"))
        if intent == "out_of_scope":
            self._page.keyboard.press("o")
        elif topic is not None and topic.name not in made and not self._drafted(intent):
            self._page.keyboard.press("n")
            self._page.wait_for_url(re.compile("/drafts/"))
            self._write(topic)
            made.add(topic.name)
        else:
            self._page.keyboard.press("/")
            button = self._page.locator(f'button[value="accept:{intent}"]').first
            if not button.is_visible():
                self._page.fill("#intent", intent)
            button.click()
        self._page.wait_for_load_state("networkidle")

    def _drafted(self, intent: str) -> bool:
        return self._page.locator(f'#search button[value="accept:{intent}"]').count() > 0

    def _write(self, topic: NewTopic) -> None:
        """Fills the form of a new topic in; it is kept while it is typed."""
        page = self._page
        self._fill("name", topic.name)
        self._settle()
        page.locator('button[name="add"][value="rows.0.values"]').click()
        page.wait_for_selector('[name="rows.0.values.0.name"]')
        page.locator('button[name="add"][value="sources"]').click()
        page.wait_for_selector('[name="sources.0.id"]')
        for name, value in topic.figure.items():
            self._fill(f"rows.0.values.0.{name}", value)
        # The source is offered to the row once it has a name.
        for name in sorted(topic.fields, key=lambda name: (not name.startswith("sources"), name)):
            if name == "rows.0.source":
                self._settle()
                page.reload()
            self._fill(name, topic.fields[name])
        self._settle()
        page.locator('button[name="done"]').click()
        page.wait_for_load_state()
        assert not page.locator(".trouble").count(), page.locator("main").inner_text()[:2000]

    def _fill(self, name: str, value: str) -> None:
        field = self._page.locator(f'[name="{name}"]')
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)

    def land(self) -> None:
        """Puts what was decided into training."""
        self._open("/learn")
        self._page.locator('form[action="/learn/land"] button').click()
        expect(self._page.locator(".good")).to_be_visible(timeout=WAIT)

    def train(self) -> None:
        """Trains a candidate and waits for it; or waits for one that is being trained."""
        self._open("/learn")
        if not self._page.locator(".job-running").count():
            self.begin_training()
        self._wait_for_job()

    def begin_training(self) -> None:
        """Presses the button that trains."""
        self._open("/learn")
        self._page.locator('form[action="/learn/train"] button').click()
        self._page.wait_for_selector(".job-running")

    def compare(self) -> None:
        """Compares the candidate with what serves, and waits for it."""
        self._open("/learn")
        self._page.locator('form[action="/learn/compare"] button').click()
        self._page.wait_for_load_state()
        self._wait_for_job()

    def promote(self) -> str:
        """Puts the candidate live, which the gate must allow. Returns its name."""
        self._open("/learn")
        name = self._page.locator('form[action="/learn/promote"] input[name="candidate"]').first.input_value()
        button = self._page.locator('form[action="/learn/promote"] button.main')
        assert button.is_enabled(), self._page.locator("#round").inner_text()
        button.click()
        expect(self._page.locator("#round code").first).to_have_text(name, timeout=WAIT)
        return name

    def undo_last_landing(self) -> None:
        """Takes the newest landing back that was not taken back."""
        self._open("/history")
        entries = self._page.locator("li.card", has_text=re.compile("training", re.I))
        for number in range(entries.count()):
            if not entries.nth(number).locator(".tag").count():
                entries.nth(number).locator("a").click()
                break
        self._page.locator('form[action="/undo"].box button').click()
        self._page.wait_for_load_state()

    def _next_group(self) -> str | None:
        self._open("/")
        link = self._page.locator("[data-row] [data-focus], a[data-row][data-focus]").first
        return self._address + str(link.get_attribute("href")) if link.count() else None

    def _texts(self) -> list[str]:
        return [text.strip() for text in self._page.locator(".texts .text").all_inner_texts()]

    def _choose(self, texts: list[str], all_of_them: bool) -> None:
        if all_of_them:
            self._page.keyboard.press("a")
            return
        for text in texts:
            row = self._page.locator(".texts li.row").filter(has=self._page.get_by_text(text, exact=True)).first
            row.locator('input[name="text"]').check()

    def _wait_for_job(self) -> None:
        self._page.wait_for_selector(".job-running", state="detached", timeout=WAIT)

    def _open(self, path: str) -> None:
        self._page.goto(self._address + path)

    def _settle(self) -> None:
        self._page.wait_for_timeout(600)
        self._page.wait_for_load_state("networkidle")
