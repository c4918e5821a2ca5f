"""The pages for people who install the app: in their language, everything escaped, nothing from elsewhere."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def render_page(name: str, language: str, link: str, team: str = "") -> str:
    """Returns the page `installed`, `cancelled`, `expired` or `failed` with its one link."""
    words = {part: says[language] for part, says in _pages()[name].items()}
    title = words["title"].replace("{team}", team or "Slack")
    page = _environment().get_template("page.html")
    return page.render(language=language, link=link, title=title, text=words["text"], action=words["action"])


def language_of(accepted: str) -> str:
    """Returns zh or en, whichever a browser's Accept-Language names first."""
    for each in accepted.lower().split(","):
        for language in ("zh", "en"):
            if each.strip().startswith(language):
                return language
    return "en"


@lru_cache(maxsize=1)
def _pages() -> dict[str, dict[str, dict[str, str]]]:
    pages: dict[str, dict[str, dict[str, str]]] = yaml.safe_load((FOLDER / "pages.yml").read_text(encoding="utf-8"))
    return pages


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
