"""Groups without a database: what asks one thing is found together."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from bot.learning.grouping import making
from bot.learning.grouping.clusters import cluster
from bot.learning.grouping.keeping import kept_ids
from bot.learning.grouping.making import NO_GROUP, Known, make_groups
from bot.learning.grouping.nearest import looks_existing
from bot.learning.grouping.space import Space, draw_together

THINGS = (
    "refund of money",
    "menu with buttons",
    "coupon for guests",
    "poster on walls",
    "invoice about tax",
    "password by admin",
)
WAYS = (
    "when does my {} come",
    "my {} is still not here",
    "how long until the {} comes",
    "who sends me the {}",
    "the {} never came to me",
    "is the {} on its way to us",
    "where can i see the {}",
    "i wait for the {} since monday",
)
ABOUT = [thing for thing in THINGS for _ in WAYS]
TEXTS = [way.format(thing) for thing in THINGS for way in WAYS]
KNOWN = Known(
    [way.format(thing) for thing in ("yearly fee", "daily quota", "blue badge", "coupon for guests") for way in WAYS],
    [intent for intent in ("fee", "quota", "badge", "coupon") for _ in WAYS],
)


def test_what_asks_one_thing_is_together() -> None:
    found = make_groups("en", TEXTS, KNOWN)

    assert len(found.nearest) == len(THINGS)
    right = 0
    for members in found.members():
        right += max(Counter(ABOUT[index] for index in members).values())
        typical = [found.typical[index] for index in members]
        assert typical == sorted(typical, reverse=True) and min(typical) >= 0 and max(typical) <= 1
    # The sentences are the same for all of them: a single word tells them apart.
    assert right >= 0.9 * len(TEXTS)
    assert np.abs(found.places).max() <= 1 and np.isfinite(found.places).all()


def test_a_known_intent_is_offered_where_a_group_is_near_one() -> None:
    found = make_groups("en", TEXTS, KNOWN)

    for members, nearest in zip(found.members(), found.nearest, strict=False):
        assert len(nearest) == 3
        assert [alike for _, alike in nearest] == sorted((alike for _, alike in nearest), reverse=True)
        is_coupon = Counter(ABOUT[index] for index in members).most_common(1)[0][0] == "coupon for guests"
        assert nearest[0][0] == "coupon" or not is_coupon
        assert looks_existing(nearest) == is_coupon


def test_the_same_texts_give_the_same_groups() -> None:
    one, two = make_groups("en", TEXTS, KNOWN), make_groups("en", TEXTS, KNOWN)
    assert np.array_equal(one.groups, two.groups) and np.array_equal(one.places, two.places)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
@pytest.mark.parametrize("known", [KNOWN, Known([], []), Known(["one"], ["x"]), Known(["a b", "c d"], ["x", "y"])])
def test_a_handful_of_texts_is_grouped_too(count: int, known: Known) -> None:
    found = make_groups("zh", ["退款多久", "菜单", "二维码在哪", "？", "x"][:count], known)
    assert len(found.groups) == len(found.typical) == len(found.places) == count
    assert sorted(index for members in found.members() for index in members) == list(range(count))


def test_texts_with_nothing_in_common_with_any_do_no_harm() -> None:
    found = make_groups("en", [*TEXTS, "zzz", "qqq xxx", "10,000 €"], KNOWN)
    assert np.isfinite(found.places).all() and np.isfinite(found.typical).all()


def test_what_is_beyond_the_bound_goes_to_the_nearest_group(monkeypatch: pytest.MonkeyPatch) -> None:
    order = [index for way in range(len(WAYS)) for index in range(way, len(TEXTS), len(WAYS))]
    texts = [*(TEXTS[index] for index in order), "zzz qqq"]
    about = [*(ABOUT[index] for index in order), "nothing"]
    monkeypatch.setattr(making, "MOST_CLUSTERED", 36)
    monkeypatch.setattr(making, "TEXTS_A_GROUP", 6)

    found = make_groups("en", texts, KNOWN)

    assert found.groups[-1] == NO_GROUP and found.typical[-1] == 0
    placed = [index for index in range(36, len(TEXTS)) if found.groups[index] != NO_GROUP]
    assert placed
    for index in placed:
        assert about[index] in {about[other] for other in range(36) if found.groups[other] == found.groups[index]}


def test_clusters_are_no_more_than_there_are_texts() -> None:
    vectors = draw_together(Space("en", TEXTS[:5], KNOWN.texts, KNOWN.intents).texts)
    assert len(set(cluster(vectors, 9).tolist())) <= 5
    assert set(cluster(vectors, 1).tolist()) == {0}


def test_ids_stay_where_a_group_is_mostly_the_same() -> None:
    before = {text: 7 if text < 6 else 8 for text in range(10)}
    # Of 7 four are in cluster 1 and two in cluster 2; of 8 half each in 2 and 3.
    clusters = {0: 1, 1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 2, 8: 3, 9: 3, 20: 1, 21: 4}
    assert kept_ids(before, clusters) == {1: 7}
    assert kept_ids(before, dict.fromkeys(range(10), 5)) == {5: 7}
    assert kept_ids({}, clusters) == {}
