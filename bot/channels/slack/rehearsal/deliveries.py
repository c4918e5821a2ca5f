"""What Slack sends to an app, as it sends it: events, commands, shortcuts, presses, and the opening of the home tab.

https://docs.slack.dev/apis/events-api/ and https://docs.slack.dev/reference/interaction-payloads/
"""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.channels.slack.rehearsal.workspace import APP, BOT_USER

Json = dict[str, Any]

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Delivery:
    """One delivery. `kind` is the type of its envelope in Socket Mode."""

    kind: str
    payload: Json

    @property
    def content_type(self) -> str:
        """How the body is written over HTTP."""
        return JSON if self.kind == "events_api" else FORM

    @property
    def body(self) -> bytes:
        """The body over HTTP, the same bytes in each repetition."""
        if self.kind == "events_api":
            return json.dumps(self.payload, ensure_ascii=False).encode()
        if self.kind == "slash_commands":
            return urlencode(self.payload).encode()
        return urlencode({"payload": json.dumps(self.payload, ensure_ascii=False)}).encode()


@dataclass(frozen=True)
class Scene:
    """Who acts, and where."""

    slack: ApiStandIn
    team: str
    user: str
    channel: str

    @property
    def who(self) -> Json:
        """The person as interactions name them."""
        person = self.slack.workspace.people[self.user]
        return {"id": self.user, "username": person.name.lower(), "name": person.name.lower(), "team_id": self.team}

    @property
    def tickets(self) -> Json:
        """What Slack hands out with an interaction."""
        response_url = self.slack.new_response_url(self.channel, self.user, self.team)
        return {"trigger_id": self.slack.new_trigger(self.user, self.channel, self.team), "response_url": response_url}


def event(scene: Scene, told: Json) -> Delivery:
    """An event of the Events API, with an id of its own."""
    authorization = {"enterprise_id": None, "team_id": scene.team, "user_id": BOT_USER, "is_bot": True}
    outer = {"type": "event_callback", "team_id": scene.team, "api_app_id": APP, "event": told}
    about = {"event_id": f"Ev{secrets.token_hex(5).upper()}", "event_time": int(time.time())}
    return Delivery("events_api", {**outer, **about, "authorizations": [authorization]})


def message(scene: Scene, text: str, thread: str | None = None) -> Delivery:
    """A message, in a direct message or a channel: https://docs.slack.dev/reference/events/message/."""
    said = scene.slack.workspace.say(scene.user, text, scene.channel, thread, scene.team)
    return event(scene, {**said, "team": scene.team})


def mention(scene: Scene, text: str, thread: str | None = None) -> Delivery:
    """A message that mentions the app: https://docs.slack.dev/reference/events/app_mention/."""
    said = scene.slack.workspace.say(scene.user, f"<@{BOT_USER}> {text}", scene.channel, thread, scene.team)
    said.pop("channel_type")
    return event(scene, {**said, "type": "app_mention", "team": scene.team})


def home_opened(scene: Scene) -> Delivery:
    """Somebody looks at the app's home tab: https://docs.slack.dev/reference/events/app_home_opened/."""
    direct = scene.slack.workspace.direct_message(scene.team, scene.user).id
    ts = scene.slack.workspace.new_ts()
    return event(
        scene, {"type": "app_home_opened", "user": scene.user, "channel": direct, "tab": "home", "event_ts": ts}
    )


def slash(scene: Scene, text: str, command: str = "/wenhao") -> Delivery:
    """A command: https://docs.slack.dev/interactivity/implementing-slash-commands/."""
    channel = scene.slack.workspace.channels[scene.team, scene.channel]
    where = {"team_id": scene.team, "team_domain": scene.team.lower(), "channel_id": scene.channel}
    who = {"user_id": scene.user, "user_name": scene.who["name"], "is_enterprise_install": "false", "api_app_id": APP}
    name = "directmessage" if channel.is_im else channel.name
    return Delivery(
        "slash_commands", {**where, **who, "channel_name": name, "command": command, "text": text, **scene.tickets}
    )


def shortcut(scene: Scene, text: str, callback_id: str) -> Delivery:
    """A message shortcut on a colleague's message: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload/."""
    workspace = scene.slack.workspace
    colleague = next(each for each in workspace.people.values() if not each.is_bot and each.id != scene.user)
    said = workspace.say(colleague.id, text, scene.channel, team=scene.team)
    about = {"type": "message_action", "callback_id": callback_id, "message": said, "message_ts": said["ts"]}
    return Delivery("interactive", {**_interaction(scene), **about, "action_ts": workspace.new_ts()})


def press(scene: Scene, shown: Json, block_id: str, action: Json) -> Delivery:
    """A press on an element of a message: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload/."""
    # Slack does not send along what only one person sees.
    alone = shown.get("response_type") == "ephemeral" or "user" in shown
    container = {"type": "message", "message_ts": shown["ts"], "channel_id": scene.channel, "is_ephemeral": alone}
    done = {**action, "block_id": block_id, "action_ts": scene.slack.workspace.new_ts()}
    about = {
        "type": "block_actions",
        "container": container,
        "actions": [done],
        **({} if alone else {"message": shown}),
    }
    return Delivery("interactive", {**_interaction(scene), **about})


def _interaction(scene: Scene) -> Json:
    team = {"id": scene.team, "domain": scene.team.lower()}
    channel = scene.slack.workspace.channels[scene.team, scene.channel]
    where = {"id": scene.channel, "name": channel.name or "directmessage"}
    return {"team": team, "user": scene.who, "channel": where, "api_app_id": APP, "token": "", **scene.tickets}
