"""Groups as they are shown: named, ranked by people and recency, with the nearest intents and their texts' places."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.learning.grouping.loading import OpenText, worth_of
from bot.learning.grouping.making import Grouping, Known, make_groups
from bot.learning.grouping.meanings import Meanings
from bot.learning.grouping.naming import chinese_terms, english_terms, suggest_names
from bot.learning.grouping.nearest import Nearest
from bot.learning.grouping.twins import Profile, mean_ranking, shares

CHINESE = "zh"


@dataclass(frozen=True)
class Placed:
    """A text's place: how typical of its group it is, and where on the map."""

    text: OpenText
    typical: float
    x: float
    y: float


@dataclass(frozen=True)
class Group:
    """A group with its texts, the most typical first. `meanings` and `ranking` are what it is found in the other
    language by.
    """

    name: str
    nearest: Nearest
    texts: Sequence[Placed]
    people: int
    messages: int
    score: float
    last_at: float
    meanings: Profile
    ranking: Profile


@dataclass(frozen=True)
class Grouped:
    """The groups of one language, and the texts that belong to none."""

    language: str
    groups: Sequence[Group]
    alone: Sequence[Placed]


def group_texts(
    language: str, texts: Sequence[OpenText], known: Known, meanings: Meanings, taken: Collection[str] = ()
) -> Grouped:
    """Groups a language's texts, which come the highest score first. No group gets a name that is taken."""
    grouping = make_groups(language, [text.key for text in texts], known)
    placed = [_placed(text, grouping, index) for index, text in enumerate(texts)]
    members = [[placed[index] for index in found] for found in grouping.members()]
    terms = chinese_terms(meanings) if language == CHINESE else english_terms
    names = suggest_names([[each.text.key for each in found] for found in members], terms, taken)
    groups = [
        _group(name, nearest, found, meanings)
        for name, nearest, found in zip(names, grouping.nearest, members, strict=True)
    ]
    grouped = {each.text.id for found in members for each in found}
    return Grouped(language, groups, [each for each in placed if each.text.id not in grouped])


def _placed(text: OpenText, grouping: Grouping, index: int) -> Placed:
    x, y = grouping.places[index]
    return Placed(text, round(float(grouping.typical[index]), 4), round(float(x), 4), round(float(y), 4))


def _group(name: str, nearest: Nearest, placed: Sequence[Placed], meanings: Meanings) -> Group:
    texts = [each.text for each in placed]
    people = worth_of(texts)
    return Group(
        name=name,
        nearest=nearest,
        texts=placed,
        people=len(people),
        messages=sum(text.messages for text in texts),
        score=sum(people.values()),
        last_at=max(text.last_at for text in texts),
        meanings=shares([meanings.of(text.key) for text in texts]),
        ranking=mean_ranking([ranking for text in texts for ranking in text.rankings]),
    )
