"""What a comparison found, as plain data: what the report shows, `compare.json` keeps and the gate has judged."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Mapping, Optional


@dataclass(frozen=True)
class Given:
    """What somebody gets for a message: what the reply does, the topics and rows that it draws on, how sure it is."""

    act: str
    topics: tuple[str, ...]
    facts: tuple[str, ...]
    later: tuple[str, ...]
    intent: str
    confidence: float
    right: Optional[bool] = None

    @property
    def answered(self) -> bool:
        """Whether it answers, rather than asks back, refuses or talks."""
        return bool(self.topics)

    def same(self, other: Given) -> bool:
        """Whether both give the same."""
        return (self.act, self.topics, self.facts, self.later) == (other.act, other.topics, other.facts, other.later)


@dataclass(frozen=True)
class Row:
    """A row of the golden set with what both models make of it. `expected` are topics; none: it is not ours."""

    text: str
    language: str
    style: str
    expected: tuple[str, ...]
    place: str
    before: Given
    now: Given
    earlier: tuple[str, ...] = ()
    must_pass: bool = False


@dataclass(frozen=True)
class Check:
    """One condition of the gate. `passed` None: it could not be judged, and is only told.

    `figures` are what `words.yml` puts into the sentences about it; `rows` are indices into the comparison's rows.
    """

    name: str
    passed: Optional[bool]
    figures: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Shares:
    """Of the golden rows of a language, as shares from 0 to 1 (None where there are no such rows).

    `answered`: of the rows that are ours; `right`: of the answered ones; `wrong`: of all rows answered wrongly;
    `caught`: of the rows that are not ours, those that no row of the table was given for.
    """

    rows: int
    answered: Optional[float]
    right: Optional[float]
    wrong: Optional[float]
    caught: Optional[float]


@dataclass(frozen=True)
class Move:
    """Real messages whose answer would change from one topic to another.

    Topics are ids, or the act's name where nothing is answered. `examples` are (text, language, times), scrubbed.
    """

    before: str
    now: str
    messages: int
    people: int
    examples: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Replay:
    """The real messages of the last days, asked of both models.

    `messages` were asked of `of`; `changed` of them would be answered otherwise; `learned` were not answered and now
    are; `lost` were answered and now are not.
    """

    days: int
    messages: int
    of: int
    changed: int
    learned: int
    lost: int
    moves: tuple[Move, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Threshold:
    """From which probability on a model answers rather than asks back, by language; `curve` by hundredth.

    A point of the curve: {"threshold", "language", "answered", "wrong"}, shares of the development messages.
    """

    before: Mapping[str, float]
    now: Mapping[str, float]
    messages: int
    curve: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Comparison:
    """A comparison. `fingerprints` are those of candidate, champion, data, table, golden set and code.

    `shares` by model ("before", "now") and language; `p_value` is McNemar's, exact and one-sided: how likely so many
    losses against so few wins would be if both were as good.
    """

    candidate: str
    champion: str
    at: str
    passed: bool
    checks: tuple[Check, ...]
    shares: Mapping[str, Mapping[str, Shares]]
    rows: tuple[Row, ...]
    wins: tuple[int, ...]
    losses: tuple[int, ...]
    p_value: float
    replay: Replay
    threshold: Threshold
    fingerprints: Mapping[str, str]
    seconds: float
    advice: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Returns plain data, as `compare.json` keeps it."""
        return asdict(self)


def from_data(data: Mapping[str, Any]) -> Comparison:
    """Returns a comparison from its plain data. Raises KeyError, TypeError or ValueError where it is none."""
    fields = dict(data)
    threshold, replay = dict(data["threshold"]), dict(data["replay"])
    threshold["curve"] = tuple(threshold["curve"])
    replay["moves"] = tuple(_move(move) for move in replay["moves"])
    fields["checks"] = tuple(Check(**{**check, "rows": tuple(check["rows"])}) for check in data["checks"])
    fields["rows"] = tuple(_row(row) for row in data["rows"])
    fields["wins"], fields["losses"] = tuple(data["wins"]), tuple(data["losses"])
    fields["shares"] = {
        model: {language: Shares(**found) for language, found in by_language.items()}
        for model, by_language in data["shares"].items()
    }
    return Comparison(**{**fields, "threshold": Threshold(**threshold), "replay": Replay(**replay)})


def _row(data: Mapping[str, Any]) -> Row:
    tuples = {name: tuple(data[name]) for name in ("expected", "earlier")}
    return Row(**{**data, **tuples, "before": _given(data["before"]), "now": _given(data["now"])})


def _given(data: Mapping[str, Any]) -> Given:
    return Given(**{**data, **{name: tuple(data[name]) for name in ("topics", "facts", "later")}})


def _move(data: Mapping[str, Any]) -> Move:
    return Move(**{**data, "examples": tuple((text, language, times) for text, language, times in data["examples"])})
