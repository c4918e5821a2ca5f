"""The methods of the family `views`: modals and home tabs."""

from __future__ import annotations

import json

from bot.channels.slack.rehearsal.block_limits import view_problems
from bot.channels.slack.rehearsal.method_call import Call, Json, RefusedError, method, refuse_problems
from bot.channels.slack.rehearsal.workspace import APP, BOT

MOST_BYTES = 250_000
MOST_STACKED = 3
TRIGGER_ERRORS = {"unknown": "invalid_trigger_id", "expired": "expired_trigger_id", "used": "exchanged_trigger_id"}


@method("views.open")
def open_view(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/views.open/."""
    view = _view(call, "modal")
    return _show(call, view, "open", _use_trigger(call), stack=[])


@method("views.push")
def push_view(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/views.push/."""
    view = _view(call, "modal")
    user = _use_trigger(call)
    stack = call.desk.stacks.get(user, [])
    if len(stack) >= MOST_STACKED:
        raise RefusedError("push_limit_reached")
    return _show(call, view, "push", user, stack)


@method("views.update")
def update_view(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/views.update/."""
    view = _view(call, "modal")
    id, external = call.arguments.get("view_id"), call.arguments.get("external_id")
    for user, stack in call.desk.stacks.items():
        for place, known in enumerate(stack):
            if known["id"] == id or (external and known.get("external_id") == external):
                if call.arguments.get("hash") not in (None, known["hash"]):
                    raise RefusedError("hash_conflict")
                shown = {**known, **view, "hash": call.desk.new_id("hash")}
                stack[place] = shown
                call.desk.record.keep("views", {"how": "update", "user": user, "team": call.team, "view": shown})
                return {"ok": True, "view": shown}
    raise RefusedError("not_found")


@method("views.publish")
def publish_view(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/views.publish/."""
    user = call.needed("user_id")
    view = _view(call, "home")
    if user not in call.desk.workspace.people:
        raise RefusedError("user_not_found")
    known = call.desk.record.homes.get((call.team, user))
    if known and call.arguments.get("hash") not in (None, known["hash"]):
        raise RefusedError("hash_conflict")
    shown = _identified(call, view)
    call.desk.record.keep_home(call.team, user, shown)
    return {"ok": True, "view": shown}


def _view(call: Call, kind: str) -> Json:
    view = call.parsed("view")
    refuse_problems("invalid_arguments", view_problems(view))
    if view["type"] != kind:
        message = f"[ERROR] view type must be {kind} [json-pointer:/view/type]"
        raise RefusedError("invalid_arguments", response_metadata={"messages": [message]})
    if len(json.dumps(view)) > MOST_BYTES:
        raise RefusedError("view_too_large")
    return dict(view)


def _use_trigger(call: Call) -> str:
    try:
        return call.desk.triggers.use(call.needed("trigger_id")).user
    except KeyError as error:
        raise RefusedError(TRIGGER_ERRORS[error.args[0]]) from None


def _identified(call: Call, view: Json) -> Json:
    about = {"id": call.desk.new_id("V"), "team_id": call.team, "app_id": APP, "bot_id": BOT}
    return {**view, **about, "hash": call.desk.new_id("hash"), "state": {"values": {}}}


def _show(call: Call, view: Json, how: str, user: str, stack: list[Json]) -> Json:
    shown = _identified(call, view)
    shown["root_view_id"] = stack[0]["id"] if stack else shown["id"]
    shown["previous_view_id"] = stack[-1]["id"] if stack else None
    call.desk.stacks[user] = [*stack, shown]
    call.desk.record.keep("views", {"how": how, "user": user, "team": call.team, "view": shown})
    return {"ok": True, "view": shown}
