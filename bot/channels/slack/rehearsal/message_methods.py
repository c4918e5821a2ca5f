"""The methods of the family `chat`."""

from __future__ import annotations

import re
from typing import Any

from bot.channels.slack.rehearsal.block_limits import is_too_long, message_problems
from bot.channels.slack.rehearsal.method_call import Call, Json, RefusedError, method, refuse_problems
from bot.channels.slack.rehearsal.workspace import APP, BOT, BOT_USER, Channel

MOST_TEXT = 40_000
TS = re.compile(r"\d{1,12}\.\d{6}")
NO_TEXT = "blocks without a text: notifications and screen readers have nothing to say"


def content_of(text: object, blocks: Any, warnings: list[str]) -> Json:
    """Returns a message's text and blocks as Slack takes them. Raises RefusedError: https://docs.slack.dev/messaging/."""
    if blocks is not None:
        if not isinstance(blocks, list):
            raise RefusedError("invalid_blocks_format")
        refuse_problems("invalid_blocks", message_problems(blocks))
        if is_too_long(blocks):
            raise RefusedError("msg_blocks_too_long")
    if not text and not blocks:
        raise RefusedError("no_text")
    if not text:
        warnings.append(NO_TEXT)
    words = str(text or "")
    if len(words) > MOST_TEXT:
        warnings.append("message_truncated")
    return {"text": words[:MOST_TEXT], **({} if blocks is None else {"blocks": blocks})}


@method("chat.postMessage", "chat:write")
def post_message(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postMessage/."""
    channel = call.channel()
    content = _content(call)
    _keep_pace(call, channel)
    ts = call.desk.workspace.new_ts()
    message = {"type": "message", "user": BOT_USER, "bot_id": BOT, "app_id": APP, "ts": ts, **content}
    if call.arguments.get("thread_ts"):
        message["thread_ts"] = call.arguments["thread_ts"]
    channel.messages.append(message)
    call.desk.record.keep("posts", {**_kept(call, channel), **content, "ts": ts})
    return {"ok": True, "channel": channel.id, "ts": ts, "message": message}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral/."""
    channel = call.channel()
    if call.needed("user") not in channel.members:
        raise RefusedError("user_not_in_channel")
    content = _content(call)
    ts = call.desk.workspace.new_ts()
    call.desk.record.keep("ephemerals", {**_kept(call, channel), **content, "ts": ts})
    return {"ok": True, "message_ts": ts}


@method("chat.update", "chat:write")
def update(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.update/. An ephemeral message is none that could be found."""
    channel, message = _own_message(call, "cant_update_message")
    content = _content(call)
    if "blocks" not in content and "blocks" in message and call.arguments.get("blocks") is None:
        message.pop("blocks")
    message.update(content, edited={"user": BOT_USER, "ts": call.desk.workspace.new_ts()})
    call.desk.record.keep("updates", {**_kept(call, channel), **content, "ts": message["ts"]})
    return {"ok": True, "channel": channel.id, "ts": message["ts"], "text": content["text"], "message": message}


@method("chat.delete", "chat:write")
def delete(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.delete/."""
    channel, message = _own_message(call, "cant_delete_message")
    channel.messages.remove(message)
    call.desk.record.keep("deletions", _kept(call, channel))
    return {"ok": True, "channel": channel.id, "ts": message["ts"]}


@method("chat.getPermalink")
def get_permalink(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.getPermalink/."""
    channel = call.channel()
    ts = call.needed("message_ts")
    if channel.find(ts) is None:
        raise RefusedError("message_not_found")
    link = f"https://{call.team.lower()}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"ok": True, "channel": channel.id, "permalink": link}


def _content(call: Call) -> Json:
    thread = call.arguments.get("thread_ts")
    if thread and not TS.fullmatch(str(thread)):
        raise RefusedError("invalid_thread_ts")
    content = content_of(call.arguments.get("text"), call.parsed("blocks"), call.warnings)
    metadata = call.parsed("metadata")
    if metadata is not None:
        if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
            raise RefusedError("invalid_metadata_format")
        content["metadata"] = metadata
    return content


def _kept(call: Call, channel: Channel) -> Json:
    return {**call.arguments, "channel": channel.id, "team": call.team}


def _own_message(call: Call, refusal: str) -> tuple[Channel, Json]:
    channel = call.channel(member=False)
    message = channel.find(call.needed("ts"))
    if message is None:
        raise RefusedError("message_not_found")
    if message.get("bot_id") != BOT:
        raise RefusedError(refusal)
    return channel, message


def _keep_pace(call: Call, channel: Channel) -> None:
    wait = call.desk.pace.wait(channel.team, channel.id)
    if wait is not None:
        headers = {"Retry-After": str(wait)} if call.desk.names_retry_after else {}
        raise RefusedError("ratelimited", status=429, headers=headers)
