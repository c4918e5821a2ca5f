"""The plan: what it holds for which circumstances, as a page and as Markdown."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings

from actions.consult.as_of import AsOf
from actions.consult.circumstances import Circumstances
from actions.consult.days import Day
from actions.consult.figures import Figures, Frequency
from actions.plan.making import make_plan
from actions.plan.rendering import content_security_policy, to_markdown, to_page
from actions.rule_table.model import Language
from tests.actions.asking import LANGUAGES, TABLE, TODAY
from tests.actions.consult.test_deciding import CIRCUMSTANCES

NOODLES = Circumstances(
    wishes=("sell", "wechat_pay"),
    subject="enterprise",
    industry="catering",
    listed="no",
    capital=Decimal(3000000),
    frequency=Frequency(Fraction(2), "week"),
    brands="many",
)


def plan(told: Circumstances = NOODLES, language: Language = "en", **figures: Any) -> dict[str, Any]:
    return make_plan(TABLE, told, Figures(**figures), language, AsOf(None), TODAY)


def test_the_dates_follow_each_other_on_the_working_calendar() -> None:
    steps = plan(start=Day("2026-12-07"))["timeline"]["steps"]
    assert [step["date"] for step in steps] == ["2026-12-07", "2026-12-28", "2027-01-06", "2027-01-15", "2027-12-28"]


def test_from_a_deadline_it_is_counted_back() -> None:
    steps = plan(deadline=Day("2026-12-18", deadline=True))["timeline"]["steps"]
    assert steps[0]["date"] == "2026-11-27"
    assert steps[1]["date"] == "2026-12-18"


def test_the_costs_are_itemised() -> None:
    costs = plan()["costs"]
    assert costs["rows"][2] == ["WeChat Pay deposit", "20,000 yuan", "–"]
    assert costs["total"] == ["Total", "20,300 yuan", "300 yuan"]


def test_a_private_person_gets_reasons_and_no_costs() -> None:
    made = plan(Circumstances(subject="individual", wishes=("wechat_pay",)))
    assert (made["recommendation"]["account"], made["costs"], made["timeline"]) == (None, None, None)
    assert made["recommendation"]["instead"]


class Reader(HTMLParser):
    """Notes the tags, and whether they close in their order."""

    VOID = ("meta", "br", "link", "circle", "line")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_else_and_runs_no_script(language: Language) -> None:
    page = to_page(plan(language=language))
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    assert not reader.tags & {"script", "img", "link", "iframe", "form", "object"}
    assert not [name for name, _ in reader.attributes if name == "style" or name.startswith("on")]
    assert {"svg", "title", "desc", "table", "th"} <= reader.tags
    assert ("role", "img") in reader.attributes
    assert "'unsafe-inline'" not in content_security_policy()


def test_what_was_told_is_escaped() -> None:
    made = {**plan(), "told": ["<script>alert(1)</script>", "a | b *c*"]}
    assert "<script>" not in to_page(made)
    assert "\\<script\\>" in to_markdown(made)
    assert "a \\| b \\*c\\*" in to_markdown(made)


def test_markdown_has_every_part() -> None:
    text = to_markdown(plan())
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == [
        "Recommendation",
        "What you told",
        "Costs",
        "Dates",
        "Papers to prepare",
        "Practices to avoid",
        "Changed since the guides",
        "Sources",
    ]
    assert "| **Total** | **20,300 yuan** | **300 yuan** |" in text
    assert "`pay.eligibility`" in text


@settings(max_examples=60)
@given(CIRCUMSTANCES)
def test_every_combination_makes_a_plan_in_both_languages(told: Circumstances) -> None:
    for language in LANGUAGES:
        made = plan(told, language)
        assert made["recommendation"]["reasons"]
        for text in (to_page(made), to_markdown(made)):
            assert "None" not in text
            assert "{" not in re.sub(r"<style>.*</style>", "", text, flags=re.DOTALL)
