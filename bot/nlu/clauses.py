"""Splits a message into the clauses that may each hold a question."""

from __future__ import annotations

import re
from typing import Iterator

_SENTENCE_END = re.compile(r"(?<=[。！？!?；;\n])|(?<=[a-z0-9]\.)\s")
_JOINT = re.compile(
    r"[,，、+＋]\s*(?=\S)|\s(?:and also|and|also|plus|as well as|or)\s|"
    r"还有|而且|以及|另外|顺便|再就是|并且|然后|此外|再者"
)

# A question mark or a question word anywhere; a verb that asks only where it leads the clause.
_ASKING = re.compile(
    r"[?？吗]|呢$|\b(?:how|what|which|who|whom|whose|when|where|why|whether|tell me|explain|wonder|want to know|"
    r"need to know|hwo|wat|waht|whta|wich|whihc|wher|wheer|wen|were do|woh|y do)\b|"
    r"^(?:and |but |so |also |then |or |oh and |plus )*(?:can|could|may|do|does|did|is|are|was|will|would|should|"
    r"must|shall|any|cna|dose|dose|shoud|coud|woud|if)\b|什么|怎么|怎样|如何|多少|多久|多长|多[大高快早晚]|几(?!乎)|(.)不\1|哪|谁|为什么|为何|"
    r"有没有|是否|能否|啥|咋|想知道|请问|想问|说说|介绍"
)

# Shorter pieces are no clauses of their own but belong to their neighbour. A Chinese character counts as half a word.
FEWEST_WORDS = 2
_WORD = re.compile(r"[a-z0-9']+")
_CHARACTER = re.compile(r"[\u3400-\u9fff]")


# Keywords one beside the other, as people type them into a search box: "deposit, commission?", 费率 到账.
_BESIDE = re.compile(r"\s*(?:[+＋、/,，;；&]|\b(?:and|plus|vs)\b|(?<=[\u3400-\u9fff])\s(?=[\u3400-\u9fff]))\s*")
MOST_WORDS_OF_A_LIST = 8

# Joins the last of a list, and by itself what belongs together: 订阅号和服务号.
_WITH = re.compile(r"[和与跟及]")


# Joins two things, or two questions: which of them, only the classifier can tell.
_AND = re.compile(_JOINT.pattern + r"|[和与跟及]|\bnor\b")
MOST_GUESSED = 6


def sentences(text: str) -> list[str]:
    """Returns the sentences of a text."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]


def clauses(text: str) -> list[str]:
    """Returns the sentences, split at joints too wherever several pieces have the look of a question."""
    if is_list(text):
        pieces = [piece for listed in _BESIDE.split(text) for piece in _WITH.split(listed)]
        return [piece.strip("?？ \n") for piece in pieces if piece.strip("?？ \n")]
    return [clause for sentence in sentences(text) for clause in _split_at_joints(sentence)]


def guessed_clauses(text: str) -> list[str]:
    """Returns what stands between the joints of a text, whether it asks or not; nothing where that is one piece.

    "The limit a push and the cost of the annual review": two questions, which no mark and no word tells.
    """
    pieces = [piece.strip(" ?？") for sentence in sentences(text) for piece in _AND.split(sentence)]
    found = list(dict.fromkeys(piece for piece in pieces if _is_whole(piece)))
    return found if 1 < len(found) <= MOST_GUESSED else []


def is_list(text: str) -> bool:
    """Whether a text is a short list of keywords: nothing in it asks but perhaps a mark at its end."""
    return word_count(text) <= MOST_WORDS_OF_A_LIST and not is_asking(text.rstrip("?？")) and bool(_BESIDE.search(text))


def is_asking(clause: str) -> bool:
    """Whether a clause has the look of a question: a mark, a question word, a verb that leads one."""
    return bool(_ASKING.search(clause.lower()))


def _split_at_joints(sentence: str) -> list[str]:
    """Splits after each piece that asks. What doesn't ask stays with the question after it, or else before it."""
    found: list[str] = []
    start = reached = 0
    for end, next_start in _pieces(sentence):
        # The mark at the end is the whole sentence's: "a text, a picture and a voice message?" is no question each.
        piece = sentence[reached:end].rstrip("?？")
        if _is_whole(piece) and is_asking(piece):
            found.append(sentence[start:end].strip())
            start = next_start
        reached = next_start
    rest = sentence[start:].strip()
    if rest and found:
        last = sentence.rindex(found[-1])
        found[-1] = sentence[last:].strip()
    return found if len(found) > 1 else [sentence]


def _pieces(sentence: str) -> Iterator[tuple[int, int]]:
    """Yields where each piece between joints ends and where the next one starts."""
    yield from (joint.span() for joint in _JOINT.finditer(sentence))
    yield len(sentence), len(sentence)


def _is_whole(piece: str) -> bool:
    return word_count(piece) >= FEWEST_WORDS


def word_count(text: str) -> float:
    """Returns the number of words in a text; a Chinese character counts as half a word."""
    return len(_WORD.findall(text.lower())) + len(_CHARACTER.findall(text)) / 2
