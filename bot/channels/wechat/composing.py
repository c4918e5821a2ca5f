"""Makes an answer for a phone of what the bot said: pages, suggestions, the question whether it helped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.wechat.follower import Kept
from bot.channels.wechat.messages import of_follower
from bot.channels.wechat.phone_text import to_choices, to_pages
from bot.channels.wechat.reply import Reply, TapMenu
from bot.channels.wechat.words import say

SOLVED, UNSOLVED = "solved", "unsolved"

PART = "\n\n"


@dataclass(frozen=True)
class Said:
    """What there is to say to one message. `late` are answers to earlier messages, which come first.

    `ending` is the last one's own, where there is nothing else to say.
    """

    text: str
    language: str
    suggestions: Sequence[str] = ()
    asks_whether_it_helped: bool = False
    late: Sequence[str] = ()
    ending: str = ""

    @property
    def whole_text(self) -> str:
        """All texts as one."""
        return PART.join(filter(None, (*self.late, self.text)))


def compose_for_one(said: Said) -> tuple[Reply, tuple[str, ...]]:
    """Returns an answer in a single message, and the pages that have to wait until the follower asks for them."""
    ending = _ending(said)
    more = "\n" + say("continue", said.language)
    last = ending and PART + ending
    first, *rest = to_pages(said.whole_text, last, more) or [""]
    return (Reply((first,), ending=more if rest else last) if first else Reply()), tuple(rest)


def compose_to_tap(said: Said, key: str) -> Reply:
    """Returns an answer in as many messages as it takes, with a menu to tap at its end."""
    items = tuple((f"ask:{number}", suggestion) for number, suggestion in enumerate(said.suggestions, 1))
    if said.asks_whether_it_helped:
        verdicts = ((f"{verdict}:{of_follower(key)}", say(verdict, said.language)) for verdict in (SOLVED, UNSOLVED))
        items = (*items, *verdicts)
    head = say("tap" if said.suggestions else "helped", said.language)
    menu = TapMenu(head, items, instead=_ending(said)) if items else None
    return Reply(tuple(to_pages(said.whole_text)), menu)


def compose_for_many(said: Said) -> Reply:
    """Returns an answer in as many messages as it takes, its choices as numbers."""
    ending = _ending(said)
    ending = ending and PART + ending
    texts = tuple(to_pages(said.whole_text, ending))
    return Reply(texts, ending=ending if texts else "")


def about_earlier(kept: Kept, language: str) -> str:
    """Returns a late answer as one text that says what it is, once: it may begin with one that was late before."""
    head = say("late_answer", language)
    return PART.join(kept.texts if kept.texts[0].startswith(head) else (head, *kept.texts))


def _ending(said: Said) -> str:
    """Returns what can be replied with a number or a digit."""
    helped = say("helped_by_digit", said.language) if said.asks_whether_it_helped else ""
    return PART.join(filter(None, (said.ending.strip(), to_choices(said.suggestions, said.language), helped)))
