"""The page of a plan in a browser: under its own headers, on a phone, without a script."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from actions.consult.as_of import AsOf
from actions.consult.figures import Figures
from actions.plan.making import make_plan
from actions.rule_table.model import Language
from bot.plan.page import page_of
from tests.actions.asking import LANGUAGES, TABLE, TODAY
from tests.actions.plan.test_document import NOODLES

CHROMIUM = shutil.which("chromium")


@pytest.fixture
def address(free_port: int) -> Iterator[str]:
    """A server that shows the plan in the language of its path."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            language: Language = "zh" if "zh" in self.path else "en"
            page, headers = page_of(make_plan(TABLE, NOODLES, Figures(), language, AsOf(None), TODAY))
            self.send_response(200 if "plan" in self.path else 404)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *arguments: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", free_port), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{free_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_a_phone_and_its_style_holds(address: str, language: Language) -> None:
    from playwright.sync_api import sync_playwright

    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.on("console", lambda message: complaints.append(message.text) if "favicon" not in message.text else None)
        page.goto(f"{address}/plan/{language}")
        width = page.evaluate("document.documentElement.scrollWidth")
        colour = page.evaluate("getComputedStyle(document.querySelector('h2')).color")
        picture = page.evaluate("document.querySelector('svg').getBoundingClientRect().width")
        named = page.get_by_role("img").get_attribute("aria-labelledby")
        browser.close()
    assert width == 390
    assert colour == "rgb(11, 122, 75)", "the style sheet is refused"
    assert 250 < picture <= 390
    assert named == "timeline-title timeline-description"
    assert [text for text in complaints if "Content Security Policy" in text] == []
