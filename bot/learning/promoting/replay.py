"""What would change for people: real messages whose answer would be another, grouped by the old and the new topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Callable, Iterator, NamedTuple, Sequence

from bot.learning.promoting.comparison import Given, Move, Replay
from bot.learning.promoting.real_messages import Chosen, Said
from bot.learning.promoting.scripts import Script

# Examples of each group, the commonest first.
MOST_EXAMPLES = 8

Answers = Callable[[Script], Sequence[Given]]


class _Pair(NamedTuple):
    """A message with what both models give for it."""

    said: Said
    before: Given
    now: Given


def replay(chosen: Chosen, before: Answers, now: Answers, days: int) -> Replay:
    """Compares the answers of both models to the chosen conversations."""
    changed = [pair for pair in _pairs(chosen, before, now) if not pair.before.same(pair.now)]
    return Replay(
        days=days,
        messages=chosen.messages,
        of=chosen.of,
        changed=len(changed),
        learned=sum(pair.now.answered and not pair.before.answered for pair in changed),
        lost=sum(pair.before.answered and not pair.now.answered for pair in changed),
        moves=_moves(changed),
        note=chosen.trouble,
    )


def _pairs(chosen: Chosen, before: Answers, now: Answers) -> Iterator[_Pair]:
    for script, sessions in zip(chosen.scripts, chosen.said, strict=True):
        old, new = before(script), now(script)
        for session in sessions:
            yield from (_Pair(*three) for three in zip(session, old, new, strict=True))


def _moves(changed: Sequence[_Pair]) -> tuple[Move, ...]:
    groups: dict[tuple[str, str], list[_Pair]] = defaultdict(list)
    for pair in changed:
        groups[named(pair.before), named(pair.now)].append(pair)
    moves = [_move(*names, pairs) for names, pairs in groups.items()]
    return tuple(sorted(moves, key=lambda move: (-move.people, -move.messages, move.before, move.now)))


def _move(before: str, now: str, pairs: Sequence[_Pair]) -> Move:
    times = Counter((pair.said.text, pair.said.language) for pair in pairs)
    examples = tuple((text, language, count) for (text, language), count in times.most_common(MOST_EXAMPLES))
    return Move(before, now, len(pairs), len({pair.said.person for pair in pairs}), examples)


def named(given: Given) -> str:
    """Returns the topics of an answer, or what the reply does where it answers nothing."""
    return " + ".join(given.topics) or given.act
