"""The measurement of the grouping: its figures, its tasks, and that it runs without the sets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.learning.discovery import measure
from benchmarks.learning.discovery_scores import fit, mean
from benchmarks.learning.discovery_tasks import everything, hidden_intents, honest_pool, only_new
from benchmarks.public_sets import BANKING, PublicSet, PublicSets, read_sets

INTENTS = [f"{thing}_{what}" for thing in ("card", "loan", "cash", "app") for what in ("lost", "late")]
QUESTIONS = [(f"my {i.replace('_', ' is ')} number {n}", i) for i in INTENTS for n in range(6)]
SET = PublicSet(BANKING, QUESTIONS, QUESTIONS, QUESTIONS, QUESTIONS)


def test_figures_of_clusters() -> None:
    right = fit(["a", "a", "b", "b"], np.array([1, 1, 0, 0]))
    assert (right.nmi, right.ari, right.acc, right.per_decision) == pytest.approx((100, 100, 100, 2))
    one = fit(["a", "a", "a", "b"], np.zeros(4, dtype=int))
    assert (one.acc, one.per_decision) == pytest.approx((75, 2))
    # Each cluster stands for one intent: two of the same are not both right.
    assert fit(["a", "a", "a", "a"], np.array([0, 0, 1, 1])).acc == pytest.approx(50)
    assert mean([right, one]).acc == pytest.approx(87.5)


def test_a_quarter_of_the_intents_is_hidden_from_what_is_known() -> None:
    hidden = hidden_intents(SET, 1)
    assert len(hidden) == 2 and hidden == hidden_intents(SET, 1) and hidden != hidden_intents(SET, 2)
    new = only_new(SET, 1)
    assert set(new.truth) == hidden and not set(new.intents) & hidden and new.count == 2
    every = everything(SET, 1)
    assert set(every.truth) == set(INTENTS) and not set(every.intents) & hidden
    pool = honest_pool(SET, PublicSets([SET], []), 1)
    assert set(pool.truth) <= set(INTENTS) and not set(pool.intents) & hidden


def test_without_the_sets_nothing_is_measured(tmp_path: Path) -> None:
    assert measure(read_sets(tmp_path), 1) == []
