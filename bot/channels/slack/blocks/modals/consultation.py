"""The questions of the consultation, every one to be answered or left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from actions.rule_table.consultation import Inquiry
from actions.rule_table.model import Wording
from bot.channels.slack.blocks.elements import Block, plain, select
from bot.channels.slack.blocks.modals.frame import MOST_PLACEHOLDER_CHARACTERS, labelled, modal, value_in
from bot.channels.words import say

CONSULTATION = "consultation"
QUESTION = "question:"
MORE = "more"
MOST_MORE_CHARACTERS = 1500


def consultation_modal(questions: Iterable[Inquiry], language: str, carried: Mapping[str, object]) -> Block:
    """Returns the modal with the rule table's questions, and room for what they do not ask."""
    words = {
        "title": say("slack.consultation.open", language),
        "submit": say("slack.consultation.send", language),
        "close": say("slack.consultation.cancel", language),
    }
    box = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": MOST_MORE_CHARACTERS,
        "placeholder": plain(say("slack.consultation.for_example", language), MOST_PLACEHOLDER_CHARACTERS),
    }
    more = labelled(MORE, say("slack.consultation.more", language), box, optional=True)
    return modal(CONSULTATION, words, [*(_menu(question, language) for question in questions), more], carried)


def answers_in(view: Mapping[str, Any]) -> tuple[dict[str, int], str]:
    """Returns the number of the chosen answer by question, and what was written.

    Raises LookupError or ValueError where the view is none of ours.
    """
    names = [name for name in view["state"]["values"] if name.startswith(QUESTION)]
    chosen = {name[len(QUESTION) :]: value_in(view, name) for name in names}
    return {question: int(number) for question, number in chosen.items() if number}, value_in(view, MORE)


def told_by(questions: Iterable[Inquiry], answers: Mapping[str, int], language: str) -> list[str]:
    """Returns the words of the chosen answers; a number that is none is passed over."""
    chosen = [(question, answers.get(question.id, 0)) for question in questions]
    return [
        _in(question.choices[number - 1].says, language)
        for question, number in chosen
        if 0 < number <= len(question.choices)
    ]


def _menu(question: Inquiry, language: str) -> Block:
    name = f"{QUESTION}{question.id}"
    choices = {str(number): _in(choice.says, language) for number, choice in enumerate(question.choices, start=1)}
    placeholder = plain(say("slack.consultation.undecided", language), MOST_PLACEHOLDER_CHARACTERS)
    menu = {**select(name, choices), "placeholder": placeholder}
    return labelled(name, _in(question.ask, language), menu, optional=True)


def _in(words: Wording, language: str) -> str:
    return words.in_language("zh" if language == "zh" else "en")
