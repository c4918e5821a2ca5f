"""The gate: when a challenger may serve in the champion's place. Pure; docs/learning.md has the reasons."""

from __future__ import annotations

from collections import defaultdict
from typing import Optional, Sequence

from scipy.stats import binomtest

from bot.evaluation.cases import LANGUAGES
from bot.learning.promoting.comparison import Check, Row, Shares

# A topic may lose one row, or this share of its rows where that is more.
FLOOR_ROWS = 1
FLOOR_SHARE = 0.05

# So unlikely must it be that a challenger as good as the champion would lose so much.
SIGNIFICANT = 0.05

# What is not ours counts as a topic.
NOT_OURS = ""


def judge(rows: Sequence[Row], earlier: Optional[Sequence[str]], hashes: Sequence[str]) -> tuple[Check, ...]:
    """Returns the gate's checks.

    `hashes` are those of the golden rows, `earlier` those that were there at the last promotion, None where there was
    none.
    """
    return (
        _there(rows),
        _grown(earlier, hashes),
        _nothing_lost_that_must_pass(rows),
        _each_topic(rows),
        _not_by_chance(rows),
    )


def wins_of(rows: Sequence[Row]) -> tuple[int, ...]:
    """Returns the golden rows that are right only now."""
    golden = [(place, row) for place, row in enumerate(rows) if not row.must_pass]
    return tuple(place for place, row in golden if row.now.right and not row.before.right)


def losses_of(rows: Sequence[Row]) -> tuple[int, ...]:
    """Returns the golden rows that were right and no longer are."""
    golden = [(place, row) for place, row in enumerate(rows) if not row.must_pass]
    return tuple(place for place, row in golden if row.before.right and not row.now.right)


def p_value(wins: int, losses: int) -> float:
    """Returns how likely chance alone would lose so many of the rows that changed (McNemar, exact, one-sided)."""
    return float(binomtest(losses, wins + losses, 0.5, alternative="greater").pvalue) if wins + losses else 1.0


def shares(rows: Sequence[Row], now: bool) -> dict[str, Shares]:
    """Returns the figures of a model, of all golden rows and by language."""
    golden = [row for row in rows if not row.must_pass]
    groups = {
        "all": golden,
        **{language: [row for row in golden if row.language == language] for language in LANGUAGES},
    }
    return {name: _shares(group, now) for name, group in groups.items()}


def _shares(rows: Sequence[Row], now: bool) -> Shares:
    given = [(row, row.now if now else row.before) for row in rows]
    ours = [each for row, each in given if row.expected]
    others = [each for row, each in given if not row.expected]
    answered = [each for each in ours if each.answered]
    wrong = sum(each.answered and not each.right for _, each in given)
    return Shares(
        rows=len(rows),
        answered=_share(len(answered), len(ours)),
        right=_share(sum(bool(each.right) for each in answered), len(answered)),
        wrong=_share(wrong, len(rows)),
        caught=_share(sum(bool(each.right) for each in others), len(others)),
    )


def _share(count: int, of: int) -> Optional[float]:
    return count / of if of else None


def _there(rows: Sequence[Row]) -> Check:
    golden = [row for row in rows if not row.must_pass]
    languages = [language for language in LANGUAGES if not any(row.language == language for row in golden)]
    return Check("golden_there", bool(golden) and not languages, {"rows": len(golden), "without": languages})


def _grown(earlier: Optional[Sequence[str]], hashes: Sequence[str]) -> Check:
    gone = set(earlier or ()) - set(hashes)
    figures = {"rows": len(hashes), "earlier": len(earlier or ()), "gone": len(gone), "first": earlier is None}
    return Check("golden_grown", not gone, figures)


def _nothing_lost_that_must_pass(rows: Sequence[Row]) -> Check:
    places = [place for place, row in enumerate(rows) if row.must_pass]
    lost = tuple(place for place in places if rows[place].before.right and not rows[place].now.right)
    return Check("must_pass", not lost, {"rows": len(places), "lost": len(lost)}, lost)


def _each_topic(rows: Sequence[Row]) -> Check:
    """Finds the topics that lose more rows than they may, each with its rows."""
    by_topic: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        for topic in () if row.must_pass else row.expected or (NOT_OURS,):
            by_topic[topic].append(place)
    fallen, found = [], []
    for topic, places in by_topic.items():
        before = sum(bool(rows[place].before.right) for place in places)
        now = sum(bool(rows[place].now.right) for place in places)
        if before - now > max(FLOOR_ROWS, FLOOR_SHARE * len(places)):
            fallen.append({"topic": topic, "before": before, "now": now, "of": len(places)})
            found += [place for place in places if rows[place].before.right and not rows[place].now.right]
    return Check("topics", not fallen, {"topics": len(by_topic), "fallen": fallen}, tuple(sorted(set(found))))


def _not_by_chance(rows: Sequence[Row]) -> Check:
    wins, losses = wins_of(rows), losses_of(rows)
    p = p_value(len(wins), len(losses))
    lost = len(losses) > len(wins) and p < SIGNIFICANT
    return Check("chance", not lost, {"wins": len(wins), "losses": len(losses), "p": p}, losses if lost else ())
