"""Splits a message into the clauses that may each hold a question."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"(?<=[。！？!?；;\n])|(?<=[a-z0-9]\.)\s")
_JOINT = re.compile(
    r"[,，、]\s*(?=\S)|\s(?:and also|and|also|plus|as well as)\s|还有|以及|另外|顺便|再就是|并且|同时|然后|此外"
)

_ASKING = re.compile(
    r"[?？吗呢]|\b(?:how|what|which|who|whom|whose|when|where|why|whether|can|could|may|do|does|did|is|are|was|will|would|"
    r"should|must|shall|any|tell me|explain|wonder|want to know|need to know)\b|什么|怎么|怎样|如何|多少|多久|几|哪|谁|"
    r"为什么|为何|能不能|可不可以|可以|是不是|要不要|有没有|是否|能否|啥|咋|想知道|请问|想问|说说|介绍"
)

# Shorter pieces are no clauses of their own but belong to their neighbour.
FEWEST_CHARACTERS = 4


def sentences(text: str) -> list[str]:
    """Returns the sentences of a text."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]


def clauses(text: str) -> list[str]:
    """Returns the sentences, split at joints too wherever every piece could be a question on its own."""
    return [clause for sentence in sentences(text) for clause in _split_at_joints(sentence)]


def is_asking(clause: str) -> bool:
    """Whether a clause has the look of a question: a mark, a question word, a verb that leads one."""
    return bool(_ASKING.search(clause.lower()))


def _split_at_joints(sentence: str) -> list[str]:
    pieces = [piece.strip() for piece in _JOINT.split(sentence)]
    if len(pieces) > 1 and all(len(piece) >= FEWEST_CHARACTERS and is_asking(piece) for piece in pieces):
        return pieces
    return [sentence]
