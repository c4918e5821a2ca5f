"""What is learned from, and what measures: near copies go together, and about one group in five measures."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import AbstractSet, Collection, Mapping, Optional, Sequence

from bot.evaluation.training_data.near_copies import NearCopy, near_to

TRAIN, GOLDEN = "train", "golden"

# One group in so many measures.
GOLDEN_OF = 5

# From so many texts of a language on a new intent measures at least one of them; of fewer it needs all.
ENOUGH_TO_MEASURE = 4


@dataclass(frozen=True)
class Text:
    """A text to be divided. `wish` is what the reviewer wanted it for; `measures` whether it can be measured by."""

    id: int
    key: str
    language: str
    intent: str
    wish: Optional[str]
    measures: bool
    new_intent: bool


def divide(texts: Sequence[Text], train: Sequence[str], golden: Sequence[str]) -> dict[int, str]:
    """Returns for each text whether it is "train" or "golden".

    `train` and `golden` are the keys of what is learned from and measured by already. A near copy goes to its like;
    the others by the hash of their group, so that the same texts go the same way wherever they land.
    """
    keys = [text.key for text in texts]
    # All at once: most of the time goes into taking tens of thousands of questions apart.
    found = near_to(keys, [*keys, *train, *golden]) if keys else []
    known = [NearCopy(near.first - len(keys), near.second, near.alike) for near in found]
    groups = _groups(texts, [near for near in found if near.first < len(keys)])
    learned = {near.second for near in known if 0 <= near.first < len(train)}
    measured = {near.second for near in known if near.first >= len(train)}
    few = _few(texts)
    uses = {
        index: _use([texts[each] for each in group], bool(learned & set(group)), bool(measured & set(group)), few)
        for group in groups
        for index in group
    }
    _measure_new_intents(texts, groups, uses, learned)
    return {texts[index].id: use for index, use in uses.items()}


def _groups(texts: Sequence[Text], alike: Sequence[NearCopy]) -> list[list[int]]:
    """Returns the texts in groups: those that are near copies of each other, or of a third, together."""
    leader = list(range(len(texts)))

    def led_by(index: int) -> int:
        while leader[index] != index:
            index = leader[index]
        return index

    for near in alike:
        first, second = sorted((led_by(near.first), led_by(near.second)))
        leader[second] = first
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(texts)):
        groups[led_by(index)].append(index)
    return list(groups.values())


def _few(texts: Sequence[Text]) -> Collection[tuple[str, str]]:
    counts: Mapping[tuple[str, str], int] = _counted(texts)
    new = {(text.intent, text.language) for text in texts if text.new_intent}
    return {each for each in new if counts[each] < ENOUGH_TO_MEASURE}


def _counted(texts: Sequence[Text]) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for text in texts:
        counts[text.intent, text.language] += 1
    return counts


def _use(group: Sequence[Text], learned: bool, measured: bool, few: Collection[tuple[str, str]]) -> str:
    if not all(text.measures for text in group):
        return TRAIN
    wishes = {text.wish for text in group if text.wish}
    if wishes:
        return GOLDEN if wishes == {GOLDEN} else TRAIN
    if learned or any((text.intent, text.language) in few for text in group):
        return TRAIN
    return GOLDEN if measured or _hash(group) % GOLDEN_OF == 0 else TRAIN


def _hash(group: Sequence[Text]) -> int:
    return int(hashlib.sha256(min(text.key for text in group).encode()).hexdigest(), 16)


def _measure_new_intents(
    texts: Sequence[Text], groups: Sequence[Sequence[int]], uses: dict[int, str], learned: AbstractSet[int]
) -> None:
    """Gives each language of a new intent that has enough texts one group to measure by, where it has none."""
    wanted = {each for each, number in _counted(texts).items() if number >= ENOUGH_TO_MEASURE}
    for intent, language in sorted(wanted):
        own = [index for index, text in enumerate(texts) if (text.intent, text.language) == (intent, language)]
        if not texts[own[0]].new_intent or any(uses[index] == GOLDEN for index in own):
            continue
        inside = [group for group in groups if set(group) <= set(own) and not learned & set(group)]
        free = [group for group in inside if not any(texts[each].wish or not texts[each].measures for each in group)]
        if len(free) > 1:
            chosen = min(free, key=lambda group: (len(group), _hash([texts[each] for each in group])))
            uses.update(dict.fromkeys(chosen, GOLDEN))
