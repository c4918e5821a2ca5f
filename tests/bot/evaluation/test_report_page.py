"""The report's page in a real browser, on a phone and on a desk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.evaluation.changes import earlier_run, find_changes
from bot.evaluation.report import write_report
from tests.bot.evaluation.made import measurement, outcome

LONG = "permissions.subscription.unverified"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        pytest.skip("needs Chromium: none of chromium, chromium-browser, google-chrome is on the PATH")
    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        yield playwright.chromium.launch(executable_path=found, args=as_root)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    now = [
        outcome("fee.fact", f"quota.one quota.two {LONG}", text="a" * 300, style="nonnative"),
        outcome("quota.one", "", text="那服务号呢", language="zh", dialogue="d1", earlier=("订阅号一天能群发几次？",)),
        outcome("", "fee.fact", text="Weather?", kind="near", style="oos"),
    ]
    before = earlier_run([outcome("fee.fact", "fee.fact", text="a" * 300)])
    page: Path = write_report(tmp_path_factory.mktemp("report"), measurement(now, find_changes(before, now)))
    return page.as_uri()


@pytest.mark.parametrize("width", [360, 390, 768, 1280])
def test_nothing_sticks_out_and_nothing_is_loaded(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url) if not request.url.startswith("data:") else None)
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.evaluate("[...document.images].every(each => each.complete && each.naturalWidth > 0)")
    assert heard == [address]
    page.close()
