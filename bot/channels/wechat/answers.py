"""What a message or an event is answered with."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Optional

from bot.channels.wechat.asking import Asking
from bot.channels.wechat.composing import (
    PART,
    SOLVED,
    UNSOLVED,
    Said,
    about_earlier,
    compose_for_many,
    compose_for_one,
    compose_to_tap,
)
from bot.channels.wechat.follower import Follower, Followers, Kept
from bot.channels.wechat.messages import Incoming, key_of
from bot.channels.wechat.outbox import Outbox
from bot.channels.wechat.people import People
from bot.channels.wechat.reply import Reply
from bot.channels.wechat.words import command_of, guess_language, say, say_in_both
from bot.feedback import Feedback

logger = logging.getLogger(__name__)

UNREADABLE = {
    "image": "image",
    "voice": "voice",
    "video": "video",
    "shortvideo": "video",
    "location": "location",
    "link": "link",
    "file": "file",
}
"""The kinds of message that the bot can't take as a question, and what it says to them."""

MOST_KEPT_CHARACTERS = 500

MOST_CHARACTERS_OF_A_WORD = 2
"""Such a message ("好", "ok", "1") asks nothing while an answer waits to be fetched."""

Note = Callable[[str, Feedback], Awaitable[None]]


@dataclass(frozen=True)
class Answers:
    """Answers one account's messages. Called again for a message whose answer was cut off, it answers the same."""

    asking: Asking
    followers: Followers
    people: People
    outbox: Outbox
    note: Note

    async def to_message(self, incoming: Incoming, address: str) -> Reply:
        """Answers a follower's message. Raises what the bot raises."""
        follower = await self.followers.get(incoming.account, incoming.sender)
        command = command_of(incoming.text)
        if self.people.is_in_charge(follower) or self.people.is_expected(follower):
            language = guess_language(incoming.text, follower.language)
            if command == "return":
                return await self.people.come_back(incoming, language)
            is_expected = self.people.is_expected(follower)
            return await self.people.call(incoming, language) if is_expected else self.people.hand_on()
        if follower.waits_for(incoming.key) and _is_any_word(incoming, command):
            language = follower.language or guess_language(incoming.text)
            return await self.composed(incoming, Said("", language))
        if command == "continue" and follower.rest is not None:
            return await self._rest(incoming)
        if verdict := _verdict(incoming, command, follower):
            return await self._noted(incoming, *verdict)
        return await self._finished(incoming, await self._said(incoming, follower, address))

    async def to_question(self, incoming: Incoming, question: str, address: str, greeting: str = "") -> Reply:
        """Answers a question that an event stands for, below a greeting if any. Raises what the bot raises."""
        said = await self.asking.ask(incoming, question, address)
        if greeting and isinstance(said, Said):
            said = replace(said, text=PART.join((greeting, said.text)))
        return await self._finished(incoming, said)

    async def composed(self, incoming: Incoming, said: Said) -> Reply:
        """Makes a reply of what there is to say, with the answers that were kept for the follower in front."""

        def change(follower: Follower) -> Follower:
            answered = incoming.key if said.asks_whether_it_helped else follower.answered
            return replace(follower.taking_late(incoming.key), answered=answered, language=said.language)

        follower = await self.followers.change(incoming.account, incoming.sender, change)
        late = [kept for kept in follower.late if kept.taken_by == incoming.key]
        # Numbers below an earlier answer would be taken for those below this one.
        ending = late[-1].ending if late and not said.text else ""
        said = replace(said, late=tuple(about_earlier(kept, said.language) for kept in late), ending=ending)
        if reply := await self._with_follow_ups(incoming, said):
            return reply
        reply, rest = compose_for_one(said)
        if rest:
            kept = Kept(incoming.key, rest)
            await self.followers.change(incoming.account, incoming.sender, lambda each: replace(each, rest=kept))
        return reply

    async def kept(self, incoming: Incoming) -> Reply:
        """Returns a message's own answer out of those that were kept, where none but a try of the message took it."""
        reply = Reply()

        def take(follower: Follower) -> Follower:
            nonlocal reply
            taking = follower.taking_late(incoming.key, about=incoming.key)
            mine = next((kept for kept in taking.late if kept.about == incoming.key), None)
            if mine is None:
                reply = Reply()
                return follower
            said = Said(PART.join(mine.texts), follower.language or "zh", ending=mine.ending)
            reply, rest = compose_for_one(said)
            return replace(taking, rest=Kept(incoming.key, rest)) if rest else taking

        await self.followers.change(incoming.account, incoming.sender, take)
        return reply

    async def _finished(self, incoming: Incoming, said: Said | Reply) -> Reply:
        return said if isinstance(said, Reply) else await self.composed(incoming, said)

    async def _with_follow_ups(self, incoming: Incoming, said: Said) -> Optional[Reply]:
        """Returns the answer in several messages, or None where the account may not send those after the first.

        The first goes out as the passive reply.
        """
        may_tap = await self.outbox.may_send_menus()
        reply = compose_to_tap(said, incoming.key) if may_tap and not said.ending else compose_for_many(said)
        count = len(reply.messages) - 1
        return reply if count <= 0 or await self.outbox.may_send(incoming.sender, count) else None

    async def _said(self, incoming: Incoming, follower: Follower, address: str) -> Said | Reply:
        if incoming.text or incoming.kind == "text":
            asked = await self.asking.ask(incoming, incoming.text, address)
            # Only now, so that words which ask for a person do not stand in the place of what was asked before.
            await self._remember(incoming)
            return asked
        if incoming.kind in UNREADABLE:
            name = UNREADABLE[incoming.kind]
            language = follower.language
            return Said(say(name, language) if language else say_in_both(name), language or "zh")
        logger.info("Nothing to say to a WeChat message of kind %.64r.", incoming.kind)
        return Reply()

    async def _remember(self, incoming: Incoming) -> None:
        words = incoming.text[:MOST_KEPT_CHARACTERS]
        await self.followers.change(incoming.account, incoming.sender, lambda each: replace(each, asked=words))

    async def _rest(self, incoming: Incoming) -> Reply:
        follower = await self.followers.change(
            incoming.account, incoming.sender, lambda each: each.taking_rest(incoming.key)
        )
        if follower.rest is None:
            return Reply((say("no_rest", guess_language(incoming.text, follower.language)),))
        return Reply(follower.rest.texts[:1])

    async def _noted(self, incoming: Incoming, verdict: str, about: str) -> Reply:
        feedback = Feedback("solved" if verdict == SOLVED else "unsolved", about, "wechat")
        await self.note(self.asking.conversation(incoming), feedback)
        follower = await self.followers.change(
            incoming.account, incoming.sender, lambda each: replace(each, answered="")
        )
        language = guess_language(incoming.text, follower.language)
        return await self.composed(incoming, Said(say(f"noted_{verdict}", language), language))


def _is_any_word(incoming: Incoming, command: Optional[str]) -> bool:
    """Whether a message only asks for the answer that was promised for any word."""
    is_short = len(incoming.text.strip("。.!！？?~～")) <= MOST_CHARACTERS_OF_A_WORD
    return command in ("fetch", "continue") or bool(incoming.text and is_short and not incoming.choice)


def _verdict(incoming: Incoming, command: Optional[str], follower: Follower) -> Optional[tuple[str, str]]:
    """Returns the verdict in a message and what it is about, or None where there is none."""
    verdict, _, about = incoming.choice.partition(":")
    if verdict in (SOLVED, UNSOLVED) and about:
        return verdict, key_of(incoming, about)
    return (command, follower.answered) if command in (SOLVED, UNSOLVED) and follower.answered else None
