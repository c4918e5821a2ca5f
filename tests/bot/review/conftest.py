"""A review to look at, in a real browser or as plain HTTP."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.bot.review.running import PRINTS, Review, running

OpenPage = Callable[..., Page]


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Review]:
    """A review of its own for each test, filled."""
    with running(tmp_path, PRINTS) as review:
        yield review


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        pytest.skip("needs Chromium: none of chromium, chromium-browser, google-chrome is on the PATH")
    # Where much else runs on the machine, a page takes its time.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        yield playwright.chromium.launch(executable_path=found, args=as_root)


@pytest.fixture
def open_page(browser: Browser, review: Review) -> Iterator[OpenPage]:
    """Opens a page as a reviewer who is logged in; whatever the browser complains about by the end fails the test."""
    complaints: list[str] = []
    contexts = []

    def opened(path: str = "/", name: str = "Ann", locale: str = "en-GB", **options: Any) -> Page:
        contexts.append(browser.new_context(locale=locale, **{"reduced_motion": "reduce", **options}))
        page = contexts[-1].new_page()
        watch(page, review.address, complaints)
        page.goto(review.link(name))
        page.wait_for_url(f"{review.address}/")
        if path != "/":
            page.goto(review.address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def watch(page: Page, address: str, complaints: list[str]) -> None:
    """Notes errors, breaches of the policy, and requests that leave the server. A refusal of ours is no error."""

    def hear(message: Any) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            complaints.append(message.text)

    def follow(request: Any) -> None:
        if not request.url.startswith((address, "data:")):
            complaints.append(f"asks for {request.url}")

    page.on("console", hear)
    page.on("request", follow)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))


def assert_fits(page: Page) -> None:
    """Nothing sticks out to the side."""
    excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert excess <= 0, f"the page is {excess} pixels too wide"
