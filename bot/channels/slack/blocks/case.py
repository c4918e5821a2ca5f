"""What operators see of somebody who asks for a person, and the words between the two."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Optional

from bot.channels.slack.blocks.elements import Block, actions, button, context, header, section
from bot.channels.slack.blocks.limits import MOST_BLOCKS, MOST_SECTION_CHARACTERS
from bot.channels.slack.blocks.mrkdwn import clip, quote
from bot.channels.slack.blocks.posts import Post, to_posts
from bot.channels.slack.place import Place
from bot.channels.slack.state.transcripts import Turn
from bot.channels.words import say

TAKE = "case_take"
RESOLVE = "case_resolve"
BACK = "case_back"


def person(user: str) -> str:
    """Returns a person's id as a mention."""
    return f"<@{user}>"


def case_post(place: Place, turns: Iterable[Turn], language: str) -> Post:
    """Returns the transcript of a conversation, with the buttons of a new case."""
    post = _case(place, turns, language, _buttons(place.conversation, language, TAKE, RESOLVE))
    return {**post, "text": say("slack.case.title", language)}


def case_update(place: Place, turns: Iterable[Turn], language: str, state: str, who: str) -> Post:
    """Returns the same after an operator took the case or resolved it, or the person went on without one.

    `state` is taken_by, resolved_by or went_on.
    """
    said = say(f"slack.case.{state}", language, person=person(who))
    rest = _buttons(place.conversation, language, RESOLVE) if state == "taken_by" else []
    post = _case(place, turns, language, [context(said), *rest])
    return {**post, "text": said}


def back_button(conversation: str, language: str) -> Block:
    """Returns the button by which a person goes on with Wenhao."""
    return actions(button(BACK, say("slack.person.back", language), _value(conversation)))


def forwarded(user: str, text: str, language: str) -> Post:
    """Returns what a person wrote meanwhile, as the operators see it in the thread below the case."""
    said = say("slack.case.says", language, person=person(user))
    return to_posts([section(said), *(section(piece) for piece in quote(text, MOST_SECTION_CHARACTERS))], said)[0]


def _case(place: Place, turns: Iterable[Turn], language: str, below: list[Block]) -> Post:
    said = list(_turns(turns, language)) or [section(say("slack.case.nothing_said", language))]
    # The last turns matter most; the buttons must stand in the same message.
    room = MOST_BLOCKS - len(below) - 2
    blocks = [header(say("slack.case.title", language)), context(_where(place, language)), *said[-room:], *below]
    return _last(blocks, len(below))


def _last(blocks: list[Block], below: int) -> Post:
    """Returns one post, with as many of the last turns as it takes."""
    while True:
        posts = to_posts(blocks, "")
        if len(posts) == 1:
            return posts[0]
        del blocks[2]


def _where(place: Place, language: str) -> str:
    if place.is_direct:
        return say("slack.case.where_direct", language, person=person(place.user))
    where = say("slack.case.where", language, person=person(place.user), channel=f"<#{place.channel}>")
    link = _link(place)
    return f"{where} · <{link}|{say('slack.case.open', language)}>" if link else where


def _link(place: Place) -> Optional[str]:
    if not place.thread:
        return None
    # Slack leads on from here to the workspace's own address.
    return f"https://slack.com/archives/{place.channel}/p{place.thread.replace('.', '')}"


def _turns(turns: Iterable[Turn], language: str) -> Iterator[Block]:
    for turn in turns:
        who = say(f"slack.case.{turn.who}_said", language)
        for piece in quote(turn.text, MOST_SECTION_CHARACTERS - len(who) - 10):
            yield section(f"*{clip(who, 100)}*\n{piece}")


def _buttons(conversation: str, language: str, *names: str) -> list[Block]:
    labels = {TAKE: "slack.case.take", RESOLVE: "slack.case.resolve"}
    value = _value(conversation)
    shown = [button(name, say(labels[name], language), value, "primary" if name == TAKE else None) for name in names]
    return [actions(*shown)]


def _value(conversation: str) -> str:
    return json.dumps({"conversation": conversation})
