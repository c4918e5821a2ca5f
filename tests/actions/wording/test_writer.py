"""Findings in words: sources with their date and link, the case, what changed."""

from __future__ import annotations

import pytest

from actions.consult.as_of import AsOf
from actions.consult.conditions import Conditions
from actions.consult.findings import find
from actions.rule_table.model import Language, Wording
from actions.wording.writer import Writer
from tests.actions.asking import LANGUAGES, TABLE, TODAY


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", dict.fromkeys(row.topic for row in TABLE.rows.values()))
def test_every_part_names_its_source_and_date(topic: str, language: Language) -> None:
    findings = find(TABLE, topic, Conditions(), AsOf())
    part = Writer(TABLE, language).write(findings)
    assert part.source
    for row in findings.leads:
        source = TABLE.sources[row.sources[0]]
        title = source.title.in_language(language) if isinstance(source.title, Wording) else source.title
        assert (title or "") in part.source.text
        assert source.date is None or str(source.date.first_day.year) in part.source.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_can_be_said(language: Language) -> None:
    writer = Writer(TABLE, language)
    for row in TABLE.rows.values():
        for name, wording in row.wordings().items():
            said = writer.say(wording, row)
            assert said.strip(), (row.id, name)
            assert not set("{}") & set(said), (row.id, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_source_can_be_named(language: Language) -> None:
    writer = Writer(TABLE, language)
    for source in TABLE.sources.values():
        assert writer.cite(source)
        assert writer.describe_source(source)[-1] in ".。"


def test_a_link_is_given_where_the_page_is_tencents() -> None:
    part = Writer(TABLE, "en").write(find(TABLE, "customer_service", Conditions(), AsOf.parse("today", TODAY)))
    links = [TABLE.sources[source].url for source in TABLE.rows["kf.now"].sources]
    assert part.source is not None
    assert part.source.url == links[0]


def test_a_source_without_a_date_says_so() -> None:
    undated = next(source for source in TABLE.sources.values() if source.date is None)
    assert TABLE.phrases.frames["undated"].en in Writer(TABLE, "en").cite(undated)


def test_an_inferred_date_says_so() -> None:
    assert Writer(TABLE, "en").cite(TABLE.sources["S_WIKI201406"]).endswith("about 8 June 2014")
    assert Writer(TABLE, "zh").cite(TABLE.sources["S_WIKI201406"]).endswith("约2014年6月8日")


@pytest.mark.parametrize(
    ("case", "english", "chinese"),
    [
        (Conditions(), "", ""),
        (Conditions(("service",), False), "unverified, service account", "未认证、服务号"),
        (Conditions((), True, "media", "catering"), "verified, media, catering", "已认证、媒体、餐饮"),
    ],
)
def test_a_case_in_words(case: Conditions, english: str, chinese: str) -> None:
    assert [Writer(TABLE, language).describe(case) for language in LANGUAGES] == [english, chinese]


def test_the_full_stop_stands_once_and_after_the_bracket() -> None:
    for language, stop in (("en", "."), ("zh", "。")):
        part = Writer(TABLE, language).write(find(TABLE, "pay_deposit", Conditions(), AsOf.parse("today", TODAY)))  # type: ignore[arg-type]
        assert part.lead.endswith((f"){stop}", f"）{stop}"))
        assert stop * 2 not in part.lead
