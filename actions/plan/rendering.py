"""A plan as a page and as Markdown. Pure: the same plan gives the same text."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Mapping

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from actions.plan.picture import picture_of

FOLDER = Path(__file__).parent

# What is no words.
VERBATIM = ("facts", "url", "date", "language", "account", "fired")

_MARKDOWN_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
_BLANK_LINES = re.compile(r"\n{3,}")


@lru_cache(maxsize=1)
def style() -> str:
    """Returns the page's style sheet."""
    return (FOLDER / "page.css").read_text(encoding="utf-8")


def content_security_policy() -> str:
    """Returns the header under which the page shows: its own style by hash, and nothing else at all.

    https://developer.mozilla.org/docs/Web/HTTP/Headers/Content-Security-Policy
    """
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def to_page(plan: Mapping[str, Any]) -> str:
    """Returns the plan as one HTML page that needs no other file. Everything in it is escaped."""
    environment = _environment(escapes=True)
    picture = picture_of(plan["timeline"]) if plan.get("timeline") else ""
    template = environment.get_template("page.html.jinja")
    # The style sheet is this folder's own, and the picture escapes what it shows.
    return template.render(plan=plan, style=Markup(style()), picture=Markup(picture))  # noqa: S704


def to_markdown(plan: Mapping[str, Any]) -> str:
    """Returns the plan as Markdown, with the marks of Markdown in its words escaped."""
    environment = _environment(escapes=False)
    environment.filters["code"] = lambda text: f"`{text}`"
    text = environment.get_template("plan.md.jinja").render(plan=_escaped(plan))
    return _BLANK_LINES.sub("\n\n", text).strip() + "\n"


def _escaped(value: Any) -> Any:
    """Returns words with Markdown's marks escaped; ids and addresses stay as they are."""
    if isinstance(value, Mapping):
        return {key: each if key in VERBATIM else _escaped(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_escaped(each) for each in value]
    return _MARKDOWN_SPECIAL.sub(r"\\\1", value) if isinstance(value, str) else value


def _environment(escapes: bool) -> Environment:
    """Returns the templates: the page's escape what they show; Markdown's words are escaped beforehand."""
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=escapes,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
    )
