"""The methods that look at channels and people."""

from __future__ import annotations

from typing import Any

from bot.channels.slack.rehearsal.method_call import Call, Json, RefusedError, method
from bot.channels.slack.rehearsal.workspace import BOT_USER

MOST_A_PAGE = 999


@method("conversations.info")
def info(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.info/."""
    return {"ok": True, "channel": call.channel(member=False, scope="read").to_json()}


@method("conversations.members")
def members(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.members/."""
    return _page(call, "members", call.channel(member=False, scope="read").members)


@method("conversations.open", "im:write")
def open_conversation(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.open/."""
    user = call.needed("users")
    if user not in call.desk.workspace.people:
        raise RefusedError("user_not_found")
    return {"ok": True, "channel": {"id": call.desk.workspace.direct_message(call.team, user).id}}


@method("conversations.history")
def history(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.history/."""
    channel = call.channel(scope="history")
    since, until = str(call.arguments.get("oldest") or "0"), str(call.arguments.get("latest") or "9" * 10)
    inclusive = _is_true(call, "inclusive")
    found = [
        _told(call, message)
        for message in reversed(channel.messages)
        if message.get("thread_ts") in (None, message["ts"])
        and (float(since) < float(message["ts"]) < float(until) or (inclusive and message["ts"] in (since, until)))
    ]
    return _page(call, "messages", found)


@method("conversations.replies")
def replies(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.replies/."""
    channel = call.channel(scope="history")
    root = call.needed("ts")
    found = [_told(call, each) for each in channel.messages if root in (each["ts"], each.get("thread_ts"))]
    if not found or found[0]["ts"] != root:
        raise RefusedError("thread_not_found")
    return _page(call, "messages", found)


@method("users.info", "users:read")
def user_info(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/users.info/."""
    person = call.desk.workspace.people.get(call.needed("user"))
    if person is None:
        raise RefusedError("user_not_found")
    told = person.to_json(call.team)
    if not _is_true(call, "include_locale"):
        told.pop("locale")
    return {"ok": True, "user": told}


@method("users.conversations", "channels:read")
def user_conversations(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/users.conversations/."""
    user = call.arguments.get("user") or BOT_USER
    channels = [each for each in call.desk.workspace.channels.values() if each.team == call.team]
    return _page(call, "channels", [each.to_json() for each in channels if user in each.members and not each.is_im])


def _told(call: Call, message: Json) -> Json:
    # Metadata is told only to those who ask for it.
    if _is_true(call, "include_all_metadata"):
        return message
    return {name: value for name, value in message.items() if name != "metadata"}


def _is_true(call: Call, name: str) -> bool:
    return str(call.arguments.get(name)).lower() in ("1", "true")


def _page(call: Call, name: str, items: list[Any]) -> Json:
    limit = min(int(call.arguments.get("limit") or MOST_A_PAGE), MOST_A_PAGE)
    start = int(call.arguments.get("cursor") or 0)
    more = start + limit < len(items)
    cursor = {"next_cursor": str(start + limit) if more else ""}
    return {"ok": True, name: items[start : start + limit], "has_more": more, "response_metadata": cursor}
