"""Words of the field, found in a text."""

from __future__ import annotations

from itertools import pairwise
from typing import Optional

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.glossary import Glossary, Term
from bot.nlu.text import normalise

GLOSSARY = Glossary(
    {
        ("account", "service"): ["service account", "服务号", "fwh"],
        ("account", "subscription"): ["subscription account", "订阅号", "subscription"],
        ("verified", "yes"): ["verified", "已认证"],
        ("verified", "no"): ["not verified", "unverified", "未认证"],
        ("verified", "unsaid"): ["get verified"],
        ("area", "verification"): ["verified", "认证"],
    }
)


def found(text: str) -> list[tuple[str, str]]:
    return [(term.entity, term.value) for term in GLOSSARY.find(normalise(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("our service account", [("account", "service")]),
        ("our SERVICE   Accounts", [("account", "service")]),
        ("服務號", [("account", "service")]),
        ("fwh怎么弄", [("account", "service")]),
        ("the subscription account", [("account", "subscription")]),
        ("订阅号和服务号", [("account", "subscription"), ("account", "service")]),
        ("nothing here", []),
        ("", []),
    ],
)
def test_words_in_both_languages(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_the_longest_word_counts() -> None:
    assert found("it is not verified") == [("verified", "no"), ("area", "verification")]
    assert found("未认证") == [("verified", "no"), ("area", "verification")]


def test_the_longest_word_counts_where_two_begin_alike() -> None:
    glossary = Glossary({("subject", "enterprise"): ["company"], ("subject", "overseas"): ["company abroad"]})
    assert [term.value for term in glossary.find("a company abroad and a company")] == ["overseas", "enterprise"]


def test_a_word_that_says_nothing_hides_the_shorter_one() -> None:
    assert found("how to get verified") == [("area", "verification")]


@pytest.mark.parametrize("text", ["subscriptionist", "presubscription", "fwhx", "xfwh", "unverifiedly", "fwh2"])
def test_a_part_of_a_longer_latin_word_is_none(text: str) -> None:
    assert not [term for term in found(text) if term[0] in ("account", "verified")]


@pytest.mark.parametrize(
    ("text", "expected"), [("how", "short"), ("ho", "shortest"), ("how?", "marked"), ("hox", None)]
)
def test_phrases_of_every_length(text: str, expected: Optional[str]) -> None:
    phrases = {("form", "shortest"): ["ho"], ("form", "short"): ["how"], ("form", "marked"): ["how?", "how are you"]}
    assert [term.value for term in Glossary(phrases).find(text)] == ([expected] if expected else [])


def test_places() -> None:
    assert GLOSSARY.find("a fwh and 服务号") == [Term("account", "service", 2, 5), Term("account", "service", 10, 13)]


@given(st.text(alphabet="服务号订阅已未认证 fwhsubcriptonverd", max_size=40))
def test_terms_of_one_entity_never_overlap(text: str) -> None:
    normal = normalise(text)
    for entity in ("account", "verified", "area"):
        terms = [term for term in GLOSSARY.find(normal) if term.entity == entity]
        assert all(before.end <= after.start for before, after in pairwise(terms))
        assert all(0 <= term.start < term.end <= len(normal) for term in terms)
