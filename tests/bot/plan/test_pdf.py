"""The plan as PDF, in both languages, and what is said where a machine can't make one."""

from __future__ import annotations

import builtins
from typing import Any
from unittest.mock import patch

import pytest

from actions.consult.as_of import AsOf
from actions.consult.figures import Figures
from actions.plan.making import make_plan
from actions.rule_table.model import Language
from bot.plan import pdf
from bot.plan.pdf import PdfError, to_pdf
from tests.actions.asking import LANGUAGES, TABLE, TODAY
from tests.actions.plan.test_document import NOODLES


def plan(language: Language) -> dict[str, Any]:
    return make_plan(TABLE, NOODLES, Figures(), language, AsOf(None), TODAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_is_printed(language: Language) -> None:
    printed = to_pdf(plan(language))
    assert printed.startswith(b"%PDF-")
    assert 10_000 < len(printed) < 3_000_000


def test_a_missing_library_is_told_with_what_to_install() -> None:
    imported = builtins.__import__

    def fail(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'pango'")
        return imported(name, *args, **kwargs)

    with patch.object(builtins, "__import__", fail), pytest.raises(PdfError, match="apt-get install libpango"):
        to_pdf(plan("en"))


def test_a_missing_font_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_has_chinese_font", lambda: False)
    with pytest.raises(PdfError, match="fonts-noto-cjk"):
        to_pdf(plan("zh"))


def test_nothing_is_fetched() -> None:
    with pytest.raises(ValueError, match="loads nothing"):
        pdf._fetch_nothing("https://example.org/picture.png")
