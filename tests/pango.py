"""Whether this machine can set a PDF: it needs a library of the system, which `make test` does not install."""

from __future__ import annotations

import pytest

from bot.plan import pdf


def skip_without_pango(language: str = "en") -> None:
    """Skips a test where there is no Pango, or for Chinese no font with its characters."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip(f"needs Pango ({pdf.NEEDED})")
    if language == "zh" and not pdf._has_chinese_font():
        pytest.skip(f"needs a Chinese font ({pdf.NEEDED})")
