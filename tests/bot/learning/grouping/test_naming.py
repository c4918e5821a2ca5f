"""Names of groups, and their twins in the other language."""

from __future__ import annotations

from bot.learning.grouping.meanings import Meanings
from bot.learning.grouping.naming import chinese_terms, english_terms, suggest_names
from bot.learning.grouping.twins import mean_ranking, shares, twins

MEANINGS = Meanings(
    {
        "sense/refund": ["refund", "退款"],
        "sense/time": ["how long", "多久"],
        "account/service": ["service account", "服务号"],
        "verified/true": ["verified", "已认证"],
        "amount/x": ["99"],
        "nothing": ["zzz"],
    }
)


def test_a_name_is_of_distinctive_words() -> None:
    names = suggest_names(
        [
            ["how long does the refund take", "refund time", "what time is the refund"],
            ["how do i change the logo", "change the logo", "logo change"],
            ["how do i change the name"],
        ],
        english_terms,
    )
    assert names[0] == "refund_time"
    assert set(names[1].split("_")) == {"change", "logo"}
    assert "name" in names[2]


def test_chinese_is_named_by_meanings_or_pinyin() -> None:
    names = suggest_names([["退款多久到", "退款要多久"], ["海报怎么做", "做一张海报"]], chinese_terms(MEANINGS))
    assert names[0] == "refund_time" and "haibao" in names[1]


def test_names_are_identifiers_and_none_is_given_twice() -> None:
    groups = [["logo"], ["logo"], ["<b>99!</b>"], ["？？"], [""], ["x" * 200]]
    names = suggest_names(groups, english_terms, ["logo"])
    assert names[:2] == ["logo_2", "logo_3"]
    assert len(set(names)) == len(names)
    for name in names:
        assert name.isascii() and name.isidentifier() and name == name.lower() and len(name) <= 50


def test_meanings_are_those_of_both_languages() -> None:
    assert MEANINGS.of("how long does the refund take") == ["sense/time", "sense/refund"]
    assert MEANINGS.of("已认证的服务号 99") == ["verified/true", "account/service"]
    assert MEANINGS.words("退款 verified") == ["refund", "true"]


def test_twins_ask_the_same_in_two_languages() -> None:
    english = [
        (shares([["refund", "time"], ["refund"]]), mean_ranking([[["ask_pay", 0.6]], [["ask_pay", 0.4]]])),
        (shares([["logo"]]), mean_ranking([[["ask_display", 0.9]]])),
        (shares([["weather"]]), {}),
    ]
    chinese = [
        (shares([["logo"]]), mean_ranking([[["ask_display", 0.7], ["ask_pay", 0.1]]])),
        (shares([["refund"], ["refund", "time"]]), mean_ranking([[["ask_pay", 0.5]]])),
        (shares([["poem"]]), {}),
    ]
    assert [(ours, theirs) for ours, theirs, _ in twins(english, chinese)] == [(0, 1), (1, 0)]
    assert twins(english, []) == [] and twins([], chinese) == []
    assert twins([({}, {})], [({}, {})]) == []
