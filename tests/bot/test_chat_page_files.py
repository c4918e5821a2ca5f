"""What the chat page's files are served as, and what is true of them without a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from bot.chat_page import read_assets
from tests.bot.chat_page_server import running

PAGE = Path(__file__).parents[2] / "bot" / "page"
PATHS = sorted(asset.path for asset in read_assets())

# WCAG 2.1, 1.4.3 and 1.4.11: foreground, background, least contrast.
PAIRS = [
    ("ink", "page", 4.5),
    ("ink", "surface", 4.5),
    ("ink", "raised", 4.5),
    ("soft", "page", 4.5),
    ("soft", "surface", 4.5),
    ("accent", "page", 4.5),
    ("accent", "surface", 4.5),
    ("accent", "raised", 4.5),
    ("accent", "wash", 4.5),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-strong", 4.5),
    ("on-asked", "asked", 4.5),
    ("on-change", "change", 4.5),
    ("on-failure", "failure", 4.5),
    ("on-failure", "surface", 4.5),
    ("on-failure", "page", 4.5),
    ("edge", "page", 3),
    ("edge", "surface", 3),
    ("change-edge", "surface", 3),
    ("failure-edge", "surface", 3),
    ("failure-edge", "failure", 3),
]


@pytest.fixture(scope="module")
def server() -> Iterator[HTTPConnection]:
    with running() as address, closing(HTTPConnection(address.removeprefix("http://"))) as connection:
        yield connection


@pytest.mark.parametrize("path", PATHS)
def test_every_file_is_served_with_the_security_headers(server: HTTPConnection, path: str) -> None:
    server.request("GET", path)
    response = server.getresponse()
    assert response.status == 200
    assert response.read()
    assert str(response.headers["Content-Security-Policy"]).startswith("default-src 'self'; ")
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/page/", "/page/index.html", "/page/none.js", "/page/..%2fchat_page.py"])
def test_nothing_else_is_served(server: HTTPConnection, path: str) -> None:
    server.request("GET", path)
    response = server.getresponse()
    response.read()
    assert response.status == 404


def test_head_is_answered_without_a_body(server: HTTPConnection) -> None:
    server.request("HEAD", "/")
    response = server.getresponse()
    assert (response.status, response.read()) == (200, b"")
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"


def test_page_needs_nothing_inline_and_nothing_from_elsewhere() -> None:
    page = (PAGE / "index.html").read_text("utf-8")
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", page)
    for file in PAGE.iterdir():
        text = file.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text), file.name
        assert not re.search(r"(src|href|url|import|fetch)\W{1,3}(https?:)?//", text), file.name


def test_both_languages_have_the_same_words() -> None:
    words = json.loads((PAGE / "words.json").read_text("utf-8"))
    assert words["en"].keys() == words["zh"].keys()
    assert len(words["en"]["openings"]) == len(words["zh"]["openings"])
    used = re.findall(r'data-word[a-z-]*="(\w+)"', (PAGE / "index.html").read_text("utf-8"))
    assert set(used) <= words["en"].keys()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("foreground", "background", "least"), PAIRS)
def test_contrast_is_enough(scheme: str, foreground: str, background: str, least: float) -> None:
    light, dark = (PAGE / "theme.css").read_text("utf-8").split("@media (prefers-color-scheme: dark)")
    colours = dict(re.findall(r"--([\w-]+): #([0-9a-f]{6});", light if scheme == "light" else dark))
    brighter, darker = sorted((luminance(colours[foreground]), luminance(colours[background])), reverse=True)
    assert (brighter + 0.05) / (darker + 0.05) >= least


def luminance(colour: str) -> float:
    """Returns the relative luminance as https://www.w3.org/TR/WCAG21/#dfn-relative-luminance has it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
