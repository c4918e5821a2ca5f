"""Serves the pages: HTML from a document, every text in it escaped."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import jinja2
import yaml
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, html, text

from bot.pages.linking import PLAN
from bot.pages.pages import PATH, Pages
from bot.plan.page import page_of

# https://developer.mozilla.org/docs/Web/HTTP/Headers/Content-Security-Policy
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # The address is the key to the page: no link may carry it away, no search engine or proxy keep it.
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
}
STYLE = "style.css"


def pages_blueprint(pages: Pages) -> Blueprint:
    """Returns the route of the pages, and that of their style sheet."""
    blueprint = Blueprint("pages")
    style = files("bot").joinpath("pages").joinpath(STYLE).read_text(encoding="utf-8")

    @blueprint.get(f"{PATH}{STYLE}", name="style")
    async def serve_style(request: Request) -> HTTPResponse:
        return text(style, headers={"X-Content-Type-Options": "nosniff"}, content_type="text/css; charset=utf-8")

    @blueprint.route(f"{PATH}<name:[A-Za-z0-9_-]+>", methods=["GET", "HEAD"], name="page")
    async def serve_page(request: Request, name: str) -> HTTPResponse:
        document = await pages.find(name)
        if document is None:
            return html(render("gone", {"language": "zh"}), status=404, headers=HEADERS)
        if document["kind"] == PLAN:
            page, headers = page_of(document)
            return html(page, headers=headers)
        return html(render(document["kind"], document), headers=HEADERS)

    return blueprint


def render(kind: str, document: dict[str, Any]) -> str:
    """Returns a document as HTML, by the template of its kind."""
    words = _words()
    language = document["language"]
    said = {name: wording[language] for name, wording in words.items()}
    return _templates().get_template(f"{kind}.html").render(document=document, say=said, words=words, language=language)


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("bot.pages"), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = yaml.safe_load(
        files("bot").joinpath("pages").joinpath("words.yml").read_text(encoding="utf-8")
    )
    return content
