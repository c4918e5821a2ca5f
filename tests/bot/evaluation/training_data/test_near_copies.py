"""Near copies: what counts as one, and that none is missed by not comparing each with each."""

from __future__ import annotations

import random

import numpy as np
import pytest

from bot.evaluation.training_data import near_copies as module
from bot.evaluation.training_data.near_copies import LEAST_ALIKE, copies_among, near_copies, parts_of

# So that parts have about the weights that they have among many questions.
OTHERS = [
    "how much is the verification fee for a service account",
    "can a subscription account have a menu",
    "how long does verification take",
    "is there a deposit for wechat pay",
    "which papers does a company need for verification",
    "how many broadcasts a month does a service account get",
    "认证要多少钱",
    "服务号一个月能群发几次",
    "订阅号能不能开通微信支付",
    "微信支付的费率是多少",
    "公司可以注册几个公众号",
    "个人能不能申请服务号",
]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("individual: service account", "individual service account"),
        ("documents list for verification", "list of documents for verification"),
        ("how often may we rename the account", "how often may we renames the account"),
        ("can we get a refund of the deposit", "can we get the refund of a deposit"),
        ("what's the limit of articles", "whats the limit of articles"),
        ("自定义菜单的用途", "自定义菜单用途"),
        ("小程序要不要年审啊", "小程序要不要年审"),
        ("多客服系统有什么好处", "有什么好处多客服系统"),
        ("公众号一个月可以发几篇文章", "公众号一个月可发几篇文章"),
    ],
)
def test_what_is_a_near_copy(first: str, second: str) -> None:
    (near,) = near_copies([*OTHERS, first, second], ["ask"] * len(OTHERS) + ["ask", "ask"]).within
    assert (near.first, near.second) == (len(OTHERS), len(OTHERS) + 1)
    assert LEAST_ALIKE <= near.alike <= 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("认证费用", "认证材料"),
        ("订阅号有菜单吗", "服务号有菜单吗"),
        ("审核要多久", "审核要多少钱"),
        ("how long does the review take", "how much does the review cost"),
        ("can a subscription account verify", "can a service account verify"),
        ("!", "?"),
    ],
)
def test_what_is_none(first: str, second: str) -> None:
    assert near_copies([*OTHERS, first, second], ["ask"] * (len(OTHERS) + 2)) == ([], [])


def test_within_and_across() -> None:
    texts = ["deposit refund how", "how deposit refund", "refund deposit, how", "hello there"]
    within, across = near_copies(texts, ["a", "b", "a", "c"])
    assert [(near.first, near.second) for near in within] == [(0, 2)]
    assert [(near.first, near.second) for near in across] == [(0, 1), (1, 2)]
    assert [near.alike for near in (*within, *across)] == pytest.approx([1, 1, 1])


@pytest.mark.parametrize("texts", [[], ["hello"], ["!", "?"], ["a", "the"]])
def test_too_little_to_compare(texts: list[str]) -> None:
    assert near_copies(texts, ["x"] * len(texts)) == ([], [])


def test_parts() -> None:
    assert parts_of("the fee's 0.6%, 费率的") == [" fe", "fee", "ees", "es ", " 0.", "0.6", ".6 ", "费", "率", "费率"]
    assert parts_of("啊") == ["啊"]


def made_up(number: int) -> list[str]:
    rng = random.Random(7)
    words = [f"{a}{b}{c}" for a in "bdg" for b in "aeiou" for c in "lmn"]
    return [" ".join(rng.choices(words, k=rng.randint(2, 7))) for _ in range(number)]


@pytest.mark.parametrize("least", [0.7, LEAST_ALIKE])
def test_none_is_missed(monkeypatch: pytest.MonkeyPatch, least: float) -> None:
    monkeypatch.setattr(module, "ROWS_AT_ONCE", 64)
    texts = made_up(700)
    labels = [f"label {index % 5}" for index in range(len(texts))]
    vectors = module._vectors(texts)
    alike = (vectors @ vectors.T).toarray()
    np.fill_diagonal(alike, 0)
    same = np.equal.outer(np.array(labels), np.array(labels))
    earlier = np.where(same & np.tri(len(texts), dtype=bool), alike, 0)
    elsewhere = np.where(same, 0, alike)
    within, across = near_copies(texts, labels, least)
    best = {near.second: near.alike for near in within}
    assert best == pytest.approx({row: earlier[row].max() for row in range(len(texts)) if earlier[row].max() >= least})
    pairs = {index for near in across for index in (near.first, near.second)}
    assert pairs == {row for row in range(len(texts)) if elsewhere[row].max() >= least}
    assert best and pairs


def test_many_of_one_template(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_COMPARED", 5)
    texts = [f"how much does it cost to sell {thing} in a shop" for thing in made_up(150)]
    texts += [f"in a shop, how much does it cost to sell {texts[7].split('sell ')[1].split(' in')[0]}"]
    within, _ = near_copies(texts, ["ask"] * len(texts))
    assert (within[0].first, within[0].second) == (7, 150)


def test_copies_among_others_are_found_and_by_label() -> None:
    texts = ["how long does a refund take", "can it send faxes", "who pays the fee"]
    among = ["refunds take how long", "how long does the refund take", "can it send the faxes"]

    found = {(copy.first, copy.second) for copy in copies_among(texts, among)}
    assert found == {(0, 1), (1, 2)}
    labels = (["refund", "menu", "fee"], ["refund", "refund", "other"])
    assert [(copy.first, copy.second) for copy in copies_among(texts, among, labels=labels)] == [(0, 1)]
    assert list(copies_among([], among)) == [] and list(copies_among(texts, [])) == []
    alike = {(copy.first, copy.second): copy.alike for copy in copies_among(texts, texts)}
    assert alike == {(index, index): pytest.approx(1.0) for index in range(3)}
