"""Messages with the facts that a right answer draws on: single questions, and the turns of dialogues."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Collection, Iterator, Optional, Sequence

from bot.errors import WenhaoError
from bot.evaluation.json_lines import Line, read_json_lines

# A right answer may draw on this many facts besides the expected ones.
MOST_MORE = 3

LANGUAGES = ("en", "zh")
QUESTION = '{"text": "...", "language": "en", "style": "plain", "facts": ["verification.fee"]}'
LEARNED = '{"text": "...", "language": "en", "style": "learned", "topics": ["verification_fee"], "facts": []}'
DIALOGUE = '{"id": "d1", "language": "en", "turns": [{"text": "...", "facts": []}]}'

DESCRIBED = (
    '{"case": "noodles", "language": "en", "turns": ["..."], "facts": [], "says": ["300"], "recommendation": "service"}'
)

_SEPARATOR = re.compile(r"(?<=\d)[, ](?=\d{3})")

# What makes a case the same in two runs: the messages before it, and its own.
Key = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class Expected:
    """What a described case asks of an answer beside its facts.

    `says` are figures and words that it shows (of alternatives, parted by a bar, one), `never` those that it must not;
    `recommendation` is the type recommended, where `recommends` says that it is judged. `as_of` is the time it is
    asked for, `before` what is said before without being judged.
    """

    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    recommendation: Optional[str] = None
    recommends: bool = False
    as_of: Optional[str] = None
    before: tuple[str, ...] = ()

    def judge(self, reply: str, recommendation: Optional[str]) -> bool:
        """Whether a reply shows what it should. Separators of thousands make no difference, nor do capitals."""
        text = _plain(reply)
        shown = all(any(_plain(one) in text for one in words.split("|")) for words in self.says)
        hidden = not any(_plain(words) in text for words in self.never)
        return shown and hidden and (not self.recommends or recommendation == self.recommendation)


def _plain(text: str) -> str:
    return _SEPARATOR.sub("", text).casefold()


@dataclass(frozen=True)
class Case:
    """One message. `facts` is empty for a message that must draw on none.

    A learned one is judged by `topics` in their place: the answer has a part for each of them, or, where none is named,
    draws on nothing. Topics of later rules alone have no facts.
    `kind` tells how far out of scope it is, where that is known. A turn has the id of its dialogue and the messages
    before it in `earlier`. `place` is where the case stands.
    """

    text: str
    language: str
    style: str
    facts: tuple[str, ...]
    kind: str = ""
    dialogue: str = ""
    earlier: tuple[str, ...] = ()
    expects: Optional[Expected] = None
    topics: Optional[tuple[str, ...]] = None
    place: str = field(default="", compare=False)

    @property
    def key(self) -> Key:
        """What the case is recognised by in another run."""
        return (*self.earlier, *(self.expects.before if self.expects else ())), self.text

    @property
    def in_scope(self) -> bool:
        """Whether it asks something of ours."""
        return bool(self.facts or self.topics)

    def judge(self, drawn_on: Sequence[str], topics: Sequence[str] = ()) -> bool:
        """Whether an answer that drew on these facts, in parts on these topics, is right."""
        if self.topics is not None:
            return set(self.topics) <= set(topics) if self.topics else not (drawn_on or topics)
        if not self.facts:
            return not drawn_on
        return set(self.facts) <= set(drawn_on) and len(set(drawn_on) - set(self.facts)) <= MOST_MORE


def read_cases(file: Path, known: Optional[Collection[str]] = None) -> list[Case]:
    """Reads questions and dialogues, the turns of a dialogue one after the other.

    Raises WenhaoError where the file has no case, and with file and line where a line is none, repeats the id of a
    dialogue, or expects a fact that is not among the known ones.
    """
    cases: list[Case] = []
    dialogues: dict[str, int] = {}
    for line in read_json_lines(file):
        described = "case" in line.content
        found = (
            [_described(line)] if described else list(_dialogue(line)) if "turns" in line.content else [_question(line)]
        )
        _check(line, found, dialogues, known)
        cases += found
    if not cases:
        raise WenhaoError(
            f"{file} is empty: write one case a line, such as {QUESTION}, {LEARNED}, {DIALOGUE} or {DESCRIBED}"
        )
    return cases


def _question(line: Line) -> Case:
    return Case(
        text=line.text("text"),
        language=_language(line),
        style=line.text("style", ""),
        facts=line.texts("facts"),
        kind=line.text("kind", ""),
        topics=line.texts("topics") if "topics" in line.content else None,
        place=line.place,
    )


def _described(line: Line) -> Case:
    """Reads a described case: the last of its turns is judged, the earlier ones are only said."""
    *before, text = line.texts("turns")
    expected = Expected(
        says=line.texts("says", ()),
        never=line.texts("never", ()),
        recommendation=line.text("recommendation") if line.content.get("recommendation") else None,
        recommends="recommendation" in line.content,
        as_of=line.text("as_of", "") or None,
        before=tuple(before),
    )
    return Case(
        text=text,
        language=_language(line),
        style=line.text("style", ""),
        facts=line.texts("facts"),
        expects=expected,
        place=line.place,
    )


def _dialogue(line: Line) -> Iterator[Case]:
    name, language = line.text("id"), _language(line)
    earlier: tuple[str, ...] = ()
    for turn in line.parts("turns", "turn"):
        text = turn.text("text")
        yield Case(text, language, "", turn.texts("facts"), dialogue=name, earlier=earlier, place=line.place)
        earlier = (*earlier, text)


def _language(line: Line) -> str:
    language = line.text("language")
    if language not in LANGUAGES:
        raise line.error(f'"language" is "{language}": write one of {", ".join(LANGUAGES)}')
    return language


def _check(line: Line, found: list[Case], dialogues: dict[str, int], known: Optional[Collection[str]]) -> None:
    name = found[0].dialogue
    if name and name in dialogues:
        raise line.error(f'the dialogue "{name}" is also in line {dialogues[name]}: give each an id of its own')
    dialogues[name] = line.number
    for fact in (fact for case in found for fact in case.facts):
        if known is not None and fact not in known:
            raise line.error(f'there is no fact "{fact}" in the guides: {_alike(fact, known)}')


def _alike(fact: str, known: Collection[str]) -> str:
    close = difflib.get_close_matches(fact, sorted(known), n=1)
    return f'did you mean "{close[0]}"?' if close else "'wenhao rules list' shows all rows"
