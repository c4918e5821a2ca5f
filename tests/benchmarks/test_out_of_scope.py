"""Rules A and B, the area under the curve, and refusing at a recall: all by hand."""

from __future__ import annotations

import pytest

from benchmarks.out_of_scope import Judged, area, choose, refused_at_recall, rule_a, rule_b

# In scope: three rightly read, one misread. Out of scope: two.
FEW = Judged(inside=[(0.9, True), (0.6, True), (0.3, True), (0.5, False)], outside=[0.7, 0.4])


def test_what_a_threshold_does() -> None:
    rejection = FEW.at(0.5)
    assert rejection.accuracy == 2 / 4
    assert rejection.recall == 1 / 2
    # One of two out of scope is refused, and one in scope with it.
    assert rejection.f1 == pytest.approx(2 * 1 / (2 + 2))


def test_a_refused_question_in_scope_is_an_error_even_where_it_was_misread() -> None:
    assert FEW.at(0.55).accuracy == 2 / 4


def test_rule_a_is_the_accuracy_over_all_questions() -> None:
    # Right of six: 3 below 0.4 (nothing refused), 2 at 0.4, 3 at 0.5 and 0.6, 2 at 0.7, 3 at 0.9, 2 above.
    assert choose(FEW, rule_a) == 0.0
    assert rule_a(FEW.at(0.9)) == 3 / 6


def test_rule_b_is_the_mean_of_both_shares() -> None:
    # 3/4 and 0; at 0.5 2/4 and 1/2; at 0.9 1/4 and 1: the best.
    assert choose(FEW, rule_b) == 0.9
    assert rule_b(FEW.at(0.9)) == pytest.approx((1 / 4 + 1) / 2)


def test_rule_a_leans_to_the_larger_part_and_rule_b_to_neither() -> None:
    judged = Judged(inside=[(0.9, True)] * 6 + [(0.5, True)] * 4, outside=[0.6])
    # A: nothing refused 10/11; from 0.9 on 7/11. B: (1 + 0) / 2; from 0.9 on (0.6 + 1) / 2.
    assert choose(judged, rule_a) == 0.0
    assert choose(judged, rule_b) == 0.9


def test_where_all_in_scope_are_misread_everything_may_be_refused() -> None:
    judged = Judged(inside=[(0.5, False)], outside=[0.5, 0.9])
    threshold = choose(judged, rule_a)
    assert judged.at(threshold).recall == 1


def test_the_chosen_threshold_is_as_good_as_any() -> None:
    tried = [step / 100 for step in range(102)]
    for rule in (rule_a, rule_b):
        assert rule(FEW.at(choose(FEW, rule))) == max(rule(FEW.at(threshold)) for threshold in tried)


def test_the_area_is_the_share_of_pairs_in_the_right_order() -> None:
    # Of 4 x 2 pairs: 0.9 is above both, 0.6 and 0.5 above 0.4 alone, 0.3 above none.
    assert area(FEW) == pytest.approx(4 / 8)


def test_refusing_almost_all_out_of_scope_refuses_what_is_no_surer() -> None:
    assert refused_at_recall(FEW) == 3 / 4
    assert refused_at_recall(FEW, recall=0.5) == 1 / 4
