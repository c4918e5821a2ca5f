"""The pieces of a message that may each ask for something: which of them count."""

from __future__ import annotations

from typing import Sequence

from actions.consult.reading import Reading
from actions.consult.turn import Message
from actions.rule_table.table import RuleTable

# From this probability on a clause counts as a question of its own.
SURE = 0.5

# And where the clause has not the look of a question.
SURE_THOUGH_NOT_ASKED = 0.7

# And where the message is split at a word that joins, though nothing before it asks.
SURE_OF_A_GUESS = 0.85

# An overview whose parts the pieces ask for is right from this probability of the whole message on.
UNSURE_OVERVIEW = 0.3

Pieces = Sequence[tuple[Message, Reading]]
"""Each piece with what it reads as."""


def fewest(piece: Message) -> float:
    """Returns the probability above which a piece counts."""
    if piece.guessed:
        return SURE_OF_A_GUESS
    return 0.0 if piece.asks else SURE_THOUGH_NOT_ASKED


def without_wide(table: RuleTable, whole: Reading, pieces: Pieces) -> Pieces:
    """Leaves out pieces that read as a comparison of everything, which the whole is not: "tell me for both kinds"."""
    likely = dict(whole.topics)
    kept = [
        (piece, reading)
        for piece, reading in pieces
        if not table.topics[reading.likeliest].compares or likely[reading.likeliest] >= UNSURE_OVERVIEW
    ]
    return kept if any(reading.confidence >= SURE for _, reading in kept) else pieces


def without_remarks(pieces: Pieces) -> Pieces:
    """Leaves out guessed pieces that only lead up to others that ask: "we want to open it now, is there a deposit?"."""
    asking = [each for each in pieces if each[0].asks]
    return asking if asking and pieces[0][0].guessed else pieces


def bears_out(whole: Reading, named: set[str]) -> bool:
    """Whether the whole message says that it was rightly split into pieces, which read as the named topics."""
    return len(named) > 1 and whole.likeliest in named and whole.confidence > whole.none
