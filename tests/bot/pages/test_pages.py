"""Pages behind an address nobody can guess."""

from __future__ import annotations

import re
import shutil
import socket
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.sync_api import sync_playwright
from sanic import Sanic

from bot.pages import Pages, pages_blueprint
from bot.pages.linking import keep_page
from bot.pages.routes import render
from bot.state.sqlite_store import SqliteStore

Sanic.test_mode = True

EVIL = "<script>alert(1)</script>"
PARTS: list[dict[str, Any]] = [
    {
        "lead": f"Side by side {EVIL}",
        "reason": "Since it is so.",
        "source": {"text": "Tencent", "url": "https://developers.weixin.qq.com/"},
        "changes": [f"Changed since {EVIL}"],
        "table": {
            "columns": ["", "订阅号", "服务号"],
            "rows": [["群发次数", "每天1次", "每月4次"], ["菜单", EVIL, ""]],
        },
    }
]
COMPARISON = {"language": "zh", "parts": PARTS}


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    return Pages(SqliteStore(tmp_path / "state.db"))


@pytest_asyncio.fixture
async def url(pages: Pages) -> AsyncIterator[str]:
    """A server with nothing but pages."""
    app = Sanic(f"pages_{uuid.uuid4().hex}", configure_logging=False)
    app.blueprint(pages_blueprint(pages))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = await app.create_server(sock=listening, return_asyncio_server=True)
        assert server
        await server.startup()
        await server.start_serving()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            await server.close()


async def test_a_page_shows_its_document_under_a_strict_policy(pages: Pages, url: str) -> None:
    path = await pages.keep("comparison", COMPARISON)
    async with ClientSession() as session, session.get(url + path) as answer:
        text = await answer.text()
    assert answer.status == 200
    assert "每月4次" in text
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]


async def test_nothing_in_a_document_is_markup(pages: Pages, url: str) -> None:
    path = await pages.keep("comparison", COMPARISON)
    async with ClientSession() as session, session.get(url + path) as answer:
        text = await answer.text()
    assert "<script" not in text
    assert text.count("&lt;script&gt;") == 3


async def test_addresses_are_long_and_never_the_same(pages: Pages) -> None:
    paths = {await pages.keep("comparison", COMPARISON) for _ in range(50)}
    assert len(paths) == 50
    assert all(re.fullmatch(r"/pages/[\w-]{22}", path) for path in paths)


@pytest.mark.parametrize("name", ["unknown", "..%2f..%2fetc%2fpasswd", "a b", "%00"])
async def test_a_page_that_is_none_is_gone(url: str, name: str) -> None:
    async with ClientSession() as session, session.get(f"{url}/pages/{name}") as answer:
        assert answer.status == 404


async def test_a_page_whose_time_is_over_is_gone(pages: Pages, url: str) -> None:
    path = await pages.keep("comparison", COMPARISON, seconds=-1)
    async with ClientSession() as session, session.get(url + path) as answer:
        assert answer.status == 404
        assert "再问一次" in await answer.text()


async def test_a_reply_has_a_page_where_it_is_too_wide(pages: Pages) -> None:
    kept = await keep_page(pages, {"language": "zh", "parts": PARTS})
    assert kept and kept[0] == "comparison"
    assert await keep_page(pages, {"language": "zh", "parts": [{"lead": "300元。", "table": None}]}) is None


@pytest.fixture
def screen() -> Iterator[Any]:
    """A phone's screen in a real browser."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("needs Chromium (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 390, "height": 800})
        browser.close()


def test_a_comparison_fits_a_phone(screen: Any) -> None:
    style = (Path(__file__).parents[3] / "bot" / "pages" / "style.css").read_text(encoding="utf-8")
    screen.set_content(render("comparison", COMPARISON))
    screen.add_style_tag(content=style)
    assert screen.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert screen.get_by_role("columnheader", name="服务号").is_visible()
    assert screen.get_by_role("rowheader", name="群发次数").is_visible()
