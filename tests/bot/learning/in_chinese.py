"""Whether what the review says in a Chinese page is Chinese, whoever says it."""

from __future__ import annotations

import re
from functools import wraps
from typing import Any, Callable

import pytest

from bot.errors import TrainingDataError, WenhaoError
from bot.learning.checking import Note
from bot.learning.database import ReviewDatabaseError
from bot.learning.deciding import DecisionError, Fault
from bot.learning.landing import Block, Known, Landing, LandingError
from bot.learning.promoting.errors import PointerError, PromotionError
from bot.review.faults import fault_in

# What a page of the review shows of what goes wrong.
SHOWN = (DecisionError, LandingError, PromotionError, PointerError, ReviewDatabaseError)

# Quotations, commands and places are the same in both languages.
QUOTED = [re.compile(each, re.ASCII) for each in ("“[^”]*”", "'[^']*'|\"[^\"]*\"|`[^`]*`", r"[\w.:*-]*/[\w.:*/-]*")]
ENGLISH = re.compile(r"(?:\b[A-Za-z]+[ ,;:]+){2}[a-z]+\b")


def without_chinese(messages: list[str]) -> dict[str, str]:
    """Returns the messages that are not Chinese through and through where Chinese is asked for, and what is said."""
    said = {message: fault_in("zh", message) for message in messages}
    return {message: told for message, told in said.items() if not is_chinese(told)}


def is_chinese(told: str) -> bool:
    """Whether every line is in Chinese, but for what it quotes."""
    for pattern in QUOTED:
        told = pattern.sub("", told)
    lines = filter(None, map(str.strip, told.split("\n")))
    return all(re.search("[一-鿿]", line) and not ENGLISH.search(line) for line in lines)


def hear_everything(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Returns a list that takes everything that is said from now on, to be shown in a page of the review."""
    heard: list[str] = []

    def note(made: Any) -> None:
        if isinstance(made, Note):
            heard.extend((made.kind, made.message))
        elif isinstance(made, (Block, Fault)):
            heard.append(made.message)
        elif isinstance(made, Known):
            heard.append(made.place)
        elif isinstance(made, Landing):
            heard.extend(made.warnings)
        elif isinstance(made, SHOWN) and not isinstance(made, TrainingDataError):
            # The reasons below the first line of a promotion's refusal come in the language that was asked for.
            heard.append(str(made).split("\n")[0] if isinstance(made, PromotionError) else str(made))

    for kind in (Note, Block, Fault, Known, Landing, WenhaoError):
        monkeypatch.setattr(kind, "__init__", _heard(kind.__init__, note))
    return heard


def _heard(make: Callable[..., None], note: Callable[[Any], None]) -> Callable[..., None]:
    @wraps(make)
    def made(self: Any, *arguments: Any, **named: Any) -> None:
        make(self, *arguments, **named)
        note(self)

    return made
