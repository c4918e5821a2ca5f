"""Confidence against right answers."""

from __future__ import annotations

import pytest

from bot.evaluation.calibration import Bin, bins, calibration_error
from bot.evaluation.figures import Figure

HALF_SURE = [(0.55, True), (0.55, False)]


def test_bins_hold_what_lies_between_their_bounds() -> None:
    found = bins([(0.0, False), (0.1, True), (0.95, True), (1.0, True)])
    assert [(each.low, each.high, each.figure) for each in found] == [
        (0.0, 0.1, Figure("0–10%", 0, 1)),
        (0.1, 0.2, Figure("10–20%", 1, 1)),
        (0.9, 1.0, Figure("90–100%", 2, 2)),
    ]
    assert found[-1].confidence == pytest.approx(0.975)


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ([], 0.0),
        ([(1.0, True)], 0.0),
        ([(1.0, False)], 1.0),
        ([(0.8, True)] * 4 + [(0.8, False)], 0.0),
        (HALF_SURE, 0.05),
        # Two answers off by 0.05, and six off by 0.3.
        (HALF_SURE + [(0.7, True)] * 6, 2 / 8 * 0.05 + 6 / 8 * 0.3),
    ],
)
def test_expected_calibration_error(answers: list[tuple[float, bool]], error: float) -> None:
    assert calibration_error(bins(answers)) == pytest.approx(error)


def test_confidences_out_of_range_stay_in_the_outer_bins() -> None:
    found: list[Bin] = bins([(-0.1, True), (1.2, True)])
    assert [each.figure.name for each in found] == ["0–10%", "90–100%"]
