"""Which topic was answered where which was expected."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Iterator, Mapping, NamedTuple, Sequence

from bot.evaluation.acts import Act
from bot.evaluation.figures import topics_of
from bot.evaluation.outcomes import Outcome

# Where no topic was expected, or none answered.
NO_TOPIC = "out of scope, talk"
ASKED_BACK = "asked back"
LEFT_OUT = "left out"
BESIDE = (NO_TOPIC, ASKED_BACK, LEFT_OUT)


class Cell(NamedTuple):
    """A pair of topics, and how often the one was answered where the other was expected."""

    expected: str
    answered: str
    times: int


@dataclass(frozen=True)
class Confusion:
    """The counts of a run. `rows` are the expected topics that were confused, `columns` begin with the same ones.

    `clear` is how many more topics were never confused.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]
    clear: int

    def count(self, expected: str, answered: str) -> int:
        """Returns how often one topic was answered where the other was expected."""
        return self.counts.get((expected, answered), 0)

    def share(self, expected: str, answered: str) -> float:
        """Returns a count as a share of all that the expected topic led to."""
        total = sum(count for (row, _), count in self.counts.items() if row == expected)
        return self.count(expected, answered) / total if total else 0.0

    def confused(self) -> list[Cell]:
        """Returns the cells off the diagonal, the fullest first."""
        found = [Cell(*pair, count) for pair, count in self.counts.items() if pair[0] != pair[1]]
        return sorted(found, key=lambda cell: (-cell.times, self._place(cell)))

    def _place(self, cell: Cell) -> tuple[int, int]:
        return self.rows.index(cell.expected), self.columns.index(cell.answered)


def confusion(outcomes: Sequence[Outcome], topic_of: Mapping[str, str], order: Sequence[str]) -> Confusion:
    """Counts expected against answered topics. `topic_of` names the topic of each fact, `order` sorts the topics.

    An answer of several topics counts once for each expected topic that it hits. Topics that it adds count where one
    was missed, or where the answer is wrong without missing one.
    """
    counts = Counter(pair for outcome in outcomes for pair in _pairs(outcome, topic_of))
    expected = {row for row, _ in counts}
    confused = {topic for pair in counts if pair[0] != pair[1] for topic in pair}
    rows = expected & confused or expected
    names = (*order, *BESIDE)
    return Confusion(
        rows=tuple(name for name in names if name in rows),
        columns=tuple(name for names_ in (rows, confused - rows) for name in names if name in names_),
        counts={pair: count for pair, count in counts.items() if pair[0] in rows},
        clear=len(expected - rows),
    )


def _pairs(outcome: Outcome, topic_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    expected = dict.fromkeys(topics_of(outcome.case, topic_of)) or {NO_TOPIC: None}
    answered = _answered(outcome, topic_of)
    missed = [topic for topic in expected if topic not in answered]
    added = [topic for topic in answered if topic not in expected]
    yield from ((topic, topic) for topic in expected if topic in answered)
    if missed:
        yield from ((topic, other) for topic in missed for other in added or [LEFT_OUT])
    elif not outcome.right:
        yield from ((topic, other) for topic in expected for other in added)


def _answered(outcome: Outcome, topic_of: Mapping[str, str]) -> dict[str, None]:
    """Returns the topics of the facts that were given; the answer's own where a comparison or later rule has none."""
    topics = dict.fromkeys(topic_of[fact] for fact in outcome.given if fact in topic_of)
    nothing = ASKED_BACK if outcome.act is Act.ASKED_BACK else NO_TOPIC
    return topics or dict.fromkeys(outcome.topics) or {nothing: None}
