"""The plan as PDF, in both languages, and what is said where a machine can't make one."""

from __future__ import annotations

import builtins
import io
import re
import unicodedata
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch

import pytest
from pypdf import PdfReader

from actions.consult.as_of import AsOf
from actions.consult.figures import Figures
from actions.plan.making import make_plan
from actions.plan.rendering import to_page
from actions.rule_table.model import Language
from bot.plan import pdf
from bot.plan.pdf import PdfError, to_pdf
from tests.actions.asking import LANGUAGES, TABLE, TODAY
from tests.actions.plan.test_document import NOODLES
from tests.pango import skip_without_pango


def plan(language: Language) -> dict[str, Any]:
    return make_plan(TABLE, NOODLES, Figures(), language, AsOf(None), TODAY)


class Words(HTMLParser):
    """The words of a page, without its style."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        # The picture's description is read aloud and not printed.
        if not {"style", "title", "desc"}.intersection(self._inside):
            self.found += data.split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_printed_is_what_the_page_shows(language: Language) -> None:
    skip_without_pango(language)
    made = plan(language)
    reader = PdfReader(io.BytesIO(to_pdf(made)))
    printed = _bare("".join(sheet.extract_text() for sheet in reader.pages))
    words = Words()
    words.feed(to_page(made))
    missing = [word for word in words.found if _bare(word) not in printed]
    assert len(words.found) > 100
    assert not missing
    assert 1 <= len(reader.pages) <= 6


def _bare(text: str) -> str:
    """Returns a text without what line breaks and hyphenation change; PDF may name the same sign by another number."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", unicodedata.normalize("NFKC", text))


def test_a_missing_library_is_told_with_what_to_install() -> None:
    imported = builtins.__import__

    def fail(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'pango'")
        return imported(name, *args, **kwargs)

    with patch.object(builtins, "__import__", fail), pytest.raises(PdfError, match="apt-get install libpango"):
        to_pdf(plan("en"))


def test_a_missing_font_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    skip_without_pango()
    monkeypatch.setattr(pdf, "_has_chinese_font", lambda: False)
    with pytest.raises(PdfError, match="fonts-noto-cjk"):
        to_pdf(plan("zh"))


def test_nothing_is_fetched() -> None:
    with pytest.raises(ValueError, match="loads nothing"):
        pdf._fetch_nothing("https://example.org/picture.png")
