"""Rasa component: the figures of a message (amounts, days, counts), and which wishes in it are denied."""

from __future__ import annotations

import re
from typing import Any, Iterator

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.amounts import Amount, find_amounts
from bot.nlu.counts import find_counts
from bot.nlu.dates import find_days
from bot.nlu.text import normalise

# What may be wished for, and so be denied too: "we don't take payments".
WISHED = ("wish", "interface", "area")

# A denial reaches over a few words of its own clause; "not only" denies nothing.
_DENIAL = re.compile(
    r"(?:\b(?:no|not|never|without|don't|doesn't|do not|does not|won't|will not|needn't|isn't|aren't|cannot|can't)\b"
    r"(?! only| just)"
    r"|不(?![只仅光但管论同])|没有?|无需|无须|用不着|别)[^,.;，。；!?！？]{0,22}$"
)

_ALONE = re.compile(r"(?:\b(?<!not )(?:only|just|nothing but)\b|(?<!不)[只仅]|就是)[^,.;，。；!?！？]{0,12}$")


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class FigureExtractor(GraphComponent, EntityExtractorMixin):
    """Adds `amount`, `date`, `frequency`, `sent`, `failed`, `applications`, `years` and `accounts` as entities.

    What a figure tells besides its value stands beside it: an amount's `currency`, `role`, `per` and `problem`, a
    date's `deadline`, a count's `per`. An entity of WISHED whose clause denies it gets
    `denied`, one that is all that is wanted ("we only publish") `alone`. Positions count
    characters of the normalised text. Nothing here is learned, and no training question is marked: figures tell what
    to reckon with, not what is asked.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FigureExtractor:
        """Makes the component: https://rasa.com/docs/rasa/custom-graph-components"""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the figures of each message."""
        for message in messages:
            text = normalise(message.get(TEXT) or "")
            known = [_judged(entity, text) for entity in message.get(ENTITIES, [])]
            taken = [(entity["start"], entity["end"]) for entity in known if entity["entity"] == "as_of"]
            figures = self.add_extractor_name(list(figures_of(text, taken)))
            message.set(ENTITIES, known + figures, add_to_output=True)
        return messages


def figures_of(text: str, taken: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    """Yields the figures of a text in its normal form; `taken` are the places of an "as of", whose date is no other."""
    counts = find_counts(text)
    # "Sent one today" counts broadcasts, and names no day to reckon from.
    of_counts = [(count.start, count.end) for count in counts if count.name in ("sent", "frequency")]
    days = [day for day in find_days(text) if not _meets((day.start, day.end), [*taken, *of_counts])]
    dated = [*taken, *((day.start, day.end) for day in days)]
    for day in days:
        found = {"entity": "date", "value": day.value or "impossible", "start": day.start, "end": day.end}
        yield {**found, "deadline": day.deadline}
    amounts = [amount for amount in find_amounts(text) if not _meets((amount.start, amount.end), [*dated, *of_counts])]
    yield from map(_amount, amounts)
    reckoned = [*dated, *((amount.start, amount.end) for amount in amounts)]
    for count in counts:
        if not _meets((count.start, count.end), reckoned):
            found = {"entity": count.name, "value": count.value, "start": count.start, "end": count.end}
            yield {**found, "per": count.period}


def _amount(amount: Amount) -> dict[str, Any]:
    return {
        "entity": "amount",
        "value": format(amount.number.normalize(), "f"),
        "start": amount.start,
        "end": amount.end,
        "currency": amount.currency,
        "role": amount.role,
        "per": amount.per,
        "problem": amount.problem,
    }


def _meets(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _judged(entity: dict[str, Any], text: str) -> dict[str, Any]:
    """Returns an entity, marked where it is something wished for that its clause denies."""
    before = text[: entity["start"]]
    if entity["entity"] in WISHED and _DENIAL.search(before):
        return {**entity, "denied": True}
    if entity["entity"] in WISHED and _ALONE.search(before):
        return {**entity, "alone": True}
    return entity
