"""Splits a message into the clauses that may each hold a question."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"(?<=[。！？!?；;\n])|(?<=[a-z0-9]\.)\s")
_JOINT = re.compile(
    r"[,，、]\s*(?=\S)|\s(?:and also|and|also|plus|as well as)\s|还有|以及|另外|顺便|再就是|并且|同时|然后|此外"
)

# A question mark or a question word anywhere; a verb that asks only where it leads the clause.
_ASKING = re.compile(
    r"[?？吗]|呢$|\b(?:how|what|which|who|whom|whose|when|where|why|whether|tell me|explain|wonder|want to know|"
    r"need to know)\b|^(?:and |but |so |also |then |or )?(?:can|could|may|do|does|did|is|are|was|will|would|should|"
    r"must|shall|any)\b|什么|怎么|怎样|如何|多少|多久|多长|几[次个天篇条年]|哪|谁|为什么|为何|能不能|可不可以|是不是|要不要|"
    r"有没有|是否|能否|啥|咋|想知道|请问|想问|说说|介绍"
)

# Shorter pieces are no clauses of their own but belong to their neighbour. A Chinese character counts as half a word.
FEWEST_WORDS = 3
_WORD = re.compile(r"[a-z0-9']+")
_CHARACTER = re.compile(r"[\u3400-\u9fff]")


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
    pieces = [piece.strip() for piece in _JOINT.split(sentence) if piece.strip()]
    if len(pieces) > 1 and all(_is_whole(piece) and is_asking(piece) for piece in pieces):
        return pieces
    return [sentence]


def _is_whole(piece: str) -> bool:
    return len(_WORD.findall(piece.lower())) + len(_CHARACTER.findall(piece)) / 2 >= FEWEST_WORDS
