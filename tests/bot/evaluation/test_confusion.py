"""Expected topics against answered ones."""

from __future__ import annotations

import pytest

from bot.evaluation.acts import Act
from bot.evaluation.confusion import ASKED_BACK, LEFT_OUT, NO_TOPIC, Cell, Confusion, confusion
from bot.evaluation.outcomes import Outcome
from tests.bot.evaluation.made import TOPIC_OF, TOPICS, outcome


def of(*outcomes: Outcome) -> Confusion:
    return confusion(outcomes, TOPIC_OF, TOPICS)


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        (outcome("fee.fact", "fee.fact"), {("fee", "fee"): 1}),
        (outcome("quota.one", "quota.two"), {("quota", "quota"): 1}),
        (outcome("fee.fact", "quota.one"), {("fee", "quota"): 1}),
        (outcome("fee.fact", "", topics=("naming",)), {("fee", "naming"): 1}),
        (outcome("fee.fact", "", act=Act.REFUSED), {("fee", NO_TOPIC): 1}),
        (outcome("fee.fact", "", act=Act.ASKED_BACK), {("fee", ASKED_BACK): 1}),
        (outcome("", "", act=Act.REFUSED), {(NO_TOPIC, NO_TOPIC): 1}),
        (outcome("", "", act=Act.ASKED_BACK), {(NO_TOPIC, ASKED_BACK): 1}),
        (outcome("", "fee.fact"), {(NO_TOPIC, "fee"): 1}),
        # More than was asked for counts only where the answer is wrong by it; a topic that is never confused not.
        (outcome("fee.fact", "fee.fact quota.one"), {("fee", "fee"): 1}),
        (outcome("fee.fact", "fee.fact quota.one b c d e"), {("fee", "fee"): 1, ("fee", "quota"): 1}),
        (outcome("fee.fact quota.one", "fee.fact"), {("quota", LEFT_OUT): 1}),
    ],
)
def test_cells(found: Outcome, counts: dict[tuple[str, str], int]) -> None:
    assert of(found).counts == counts


def test_only_topics_in_play_in_the_order_of_the_table() -> None:
    found = of(
        outcome("quota.one", "quota.one"),
        outcome("fee.fact", "", topics=("naming",)),
        outcome("fee.fact", "fee.fact"),
        outcome("", "fee.fact"),
        outcome("fee.fact", "", act=Act.ASKED_BACK),
    )
    assert found.rows == ("fee", NO_TOPIC)
    assert found.columns == ("fee", NO_TOPIC, "naming", ASKED_BACK)
    assert found.clear == 1
    assert found.share("fee", "fee") == pytest.approx(1 / 3)
    assert found.share("quota", "quota") == 0


def test_where_nothing_was_confused_all_topics_are_shown() -> None:
    found = of(outcome("fee.fact", "fee.fact"), outcome("quota.one", "quota.one"))
    assert (found.rows, found.columns, found.clear) == (("fee", "quota"), ("fee", "quota"), 0)
    assert found.confused() == []


def test_the_most_frequent_confusion_comes_first() -> None:
    found = of(outcome("fee.fact"), outcome("quota.one", "fee.fact"), outcome("quota.one", "fee.fact"))
    assert found.confused() == [Cell("quota", "fee", 2), Cell("fee", NO_TOPIC, 1)]
