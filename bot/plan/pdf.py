"""A plan as PDF: the page as WeasyPrint prints it (https://doc.courtbouillon.org/weasyprint/stable/)."""

from __future__ import annotations

import logging
import subprocess
from typing import Any, Mapping

from actions.plan.rendering import to_page
from bot.errors import WenhaoError

NEEDED = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"


class PdfError(WenhaoError):
    """This machine can't make a PDF; the message says what to install."""


def to_pdf(plan: Mapping[str, Any]) -> bytes:
    """Returns the plan as PDF.

    Raises PdfError where Pango, which sets the text, or a font with Chinese characters is missing.
    """
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    try:
        from weasyprint import HTML
    except OSError as error:
        raise PdfError(f"a PDF needs the library Pango: {NEEDED}; or write .html and print it") from error
    if plan["language"] == "zh" and not _has_chinese_font():
        raise PdfError(f"a Chinese PDF needs a font with Chinese characters: {NEEDED}; or write .html and print it")
    printed: bytes = HTML(string=to_page(plan), url_fetcher=_fetch_nothing).write_pdf()
    return printed


def _has_chinese_font() -> bool:
    try:
        listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, check=False, timeout=30)  # noqa: S607
    except (OSError, subprocess.TimeoutExpired):
        # Without fontconfig's own tool nothing can be said; WeasyPrint brings what it finds.
        return True
    return bool(listed.stdout.strip())


def _fetch_nothing(url: str, *args: Any, **kwargs: Any) -> Any:
    """Refuses every address: a plan needs no other file, and must not make the server ask for one."""
    raise ValueError(f"a plan loads nothing from elsewhere: {url}")
