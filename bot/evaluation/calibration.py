"""Whether the confidences hold: of the answers given with a confidence of 80%, are 80% right?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

from bot.evaluation.figures import Figure

BINS = 10


@dataclass(frozen=True)
class Bin:
    """The answers whose confidence lies between two bounds. `figure` counts the right ones among them."""

    low: float
    high: float
    confidence: float
    figure: Figure


def bins(answers: Sequence[tuple[float, bool]]) -> list[Bin]:
    """Returns the bins that hold answers, given as pairs of confidence and whether the answer is right."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in answers:
        place = min(int(max(confidence, 0.0) * BINS), BINS - 1)
        held.setdefault(place, []).append((confidence, right))
    return [_bin(place, content) for place, content in sorted(held.items())]


def _bin(place: int, content: Sequence[tuple[float, bool]]) -> Bin:
    low, high = place / BINS, (place + 1) / BINS
    mean = sum(confidence for confidence, _ in content) / len(content)
    figure = Figure(f"{100 * low:.0f}–{high:.0%}", sum(right for _, right in content), len(content))
    return Bin(low, high, mean, figure)


def calibration_error(found: Sequence[Bin]) -> float:
    """Returns the expected calibration error: how far confidence and share lie apart, weighted by the bins' sizes.

    After Naeini, Cooper and Hauskrecht (2015), https://doi.org/10.1609/aaai.v29i1.9602.
    """
    total = sum(each.figure.of for each in found)
    return sum(each.figure.of * abs(each.confidence - each.figure.share) for each in found) / total if total else 0.0
