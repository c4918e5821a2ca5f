"""Modals: opened within the three seconds that Slack gives for it, and what was put into them.

A modal more is a file in `blocks/modals` and an entry in SUBMITTED.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Optional

from bot.channels.slack.blocks.elements import Block
from bot.channels.slack.blocks.modals.consultation import CONSULTATION
from bot.channels.slack.blocks.modals.frame import carried_by, value_in
from bot.channels.slack.blocks.modals.reason import REASON
from bot.channels.slack.blocks.modals.settings import SETTINGS, settings_in
from bot.channels.slack.delivery.calls import RefusedError, call
from bot.channels.slack.desk import Desk
from bot.channels.slack.listeners.consultation import Errors, take_consultation
from bot.channels.slack.listeners.source import Source
from bot.channels.slack.payloads import UnreadableError
from bot.channels.slack.place import Place
from bot.channels.words import say

# Its life of three seconds is over, or it was used.
EXPIRED = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"})

Submitted = Callable[[Desk, Source, str, dict[str, Any], dict[str, Any]], Awaitable[Optional[Errors]]]


def open_modal(
    desk: Desk, source: Source, trigger: Optional[str], view: Block, too_late: Optional[Place] = None
) -> None:
    """Opens a modal beside the request. Where it is too late for that, the person is told at `too_late`.

    https://docs.slack.dev/reference/methods/views.open/
    """
    if not trigger:
        raise UnreadableError("a payload without trigger_id")
    desk.background.start(_open(desk, source, trigger, view, too_late))


async def _open(desk: Desk, source: Source, trigger: str, view: Block, too_late: Optional[Place]) -> None:
    client = await desk.workspaces.client(source.team, source.enterprise)
    try:
        await call(client, "views.open", {"trigger_id": trigger, "view": view})
    except RefusedError as error:
        if error.error not in EXPIRED:
            raise
        desk.refusals.count("a trigger that had expired")
        if too_late:
            language = await desk.language(too_late)
            await desk.take(f"late:{trigger}", "note", too_late, language, words="slack.expired")


async def on_submission(desk: Desk, source: Source, body: dict[str, Any]) -> Optional[Errors]:
    """Takes what was put into a modal. Returns what is wrong with it by input, or None.

    https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload/
    """
    try:
        view, user = body["view"], body["user"]["id"]
        submitted = SUBMITTED[view["callback_id"]]
        # One submission, however often it comes.
        key = f"view:{source.team}:{view['id']}"
        return await submitted(desk, source, user, {**view, "key": key}, carried_by(view))
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableError("a submitted view that is not ours") from error


async def _reason(
    desk: Desk, source: Source, user: str, view: dict[str, Any], carried: dict[str, Any]
) -> Optional[Errors]:
    reason = value_in(view, REASON)
    language = carried["language"]
    if not reason:
        return {REASON: say("slack.feedback.empty", language)}
    judged = {name: carried[name] for name in ("verdict", "about", "conversation")}
    place = Place.from_data(carried["place"])
    if not await desk.take(view["key"], "feedback", place, language, **judged, reason=reason):
        desk.refusals.count("a modal that was submitted before")
    return None


async def _settings(
    desk: Desk, source: Source, user: str, view: dict[str, Any], carried: dict[str, Any]
) -> Optional[Errors]:
    place = Place.from_data(carried["place"])
    if not may_change_settings(desk, user):
        desk.refusals.count("settings of somebody who may not change them")
        return None
    await desk.book.put(source.team, place.channel, settings_in(view))
    language = await desk.language(place)
    if not await desk.take(view["key"], "note", place, language, words="slack.settings.saved"):
        desk.refusals.count("a modal that was submitted before")
    return None


def may_change_settings(desk: Desk, user: str) -> bool:
    """Returns whether a person may set how Wenhao behaves in a channel: everybody, or operators alone."""
    return not desk.credentials.settings_by_operators or user in desk.credentials.operators


SUBMITTED: dict[str, Submitted] = {CONSULTATION: take_consultation, REASON: _reason, SETTINGS: _settings}
