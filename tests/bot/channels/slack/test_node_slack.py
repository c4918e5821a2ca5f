"""The webhook beside Slack's own libraries for Node: the same raw requests to all three.

Where they don't agree, the case says so, and why the channel does as it does. `@slack/events-api` is deprecated and
knows nothing but events; Bolt is what Slack keeps up.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Optional
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from aiohttp import ClientSession, ClientTimeout

from tests.bot.channels.slack.slack_side import (
    FORM,
    JSON,
    SIGNING_SECRET,
    SlackSide,
    direct_message,
    mention,
    sign,
    to_event_body,
)
from tests.node_programs import NodeProgram

pytestmark = pytest.mark.asyncio

TAKEN, REFUSED, FAILED = "taken", "refused", "failed"
NO_EVENTS = "events-api reads every body as an event in JSON"
OTHER = "another secret"


@dataclass(frozen=True)
class Case:
    """A request, and what the channel makes of it; `bolt` and `events_api` where theirs differs, with the reason.

    `headers` are those by which it is signed, made when it is sent, since they hold the time.
    """

    name: str
    body: bytes
    verdict: str = TAKEN
    content_type: str = JSON
    headers: Callable[[bytes], Mapping[str, str]] = sign
    bolt: Optional[str] = None
    events_api: Optional[str] = None
    reason: str = ""
    reaches: tuple[str, ...] = field(default=())
    """The kinds of listener in Node that it reaches."""


def event(text: str = "费用?") -> bytes:
    return to_event_body(direct_message(text))


def form(**fields: Any) -> bytes:
    return urlencode({name: _as_field(value) for name, value in fields.items()}).encode()


def _as_field(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def signed(age: float = 0, timestamp: str = "", secret: str = SIGNING_SECRET) -> Callable[[bytes], Mapping[str, str]]:
    return lambda body: sign(body, secret=secret, timestamp=timestamp or str(int(time.time() - age)))


def changed(**headers: Optional[str]) -> Callable[[bytes], Mapping[str, str]]:
    """Returns the headers of a good signature, some replaced and those that are None left out."""

    def make(body: bytes) -> Mapping[str, str]:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in sign(body).items() if name not in given}
        return kept | {name: value for name, value in given.items() if value is not None}

    return make


PLACE = {"team": {"id": "T1", "domain": "d"}, "user": {"id": "U1"}, "api_app_id": "A1", "token": "t"}
COMMAND = {
    "command": "/wenhao",
    "text": "费用?",
    "team_id": "T1",
    "user_id": "U1",
    "channel_id": "C1",
    "api_app_id": "A1",
}
COMMAND |= {"response_url": "http://127.0.0.1:9/", "trigger_id": "1.2.3", "token": "t"}
ACTION = {"type": "button", "action_id": "of_nobody", "block_id": "b", "value": "v", "action_ts": "1.2"}
ACTIONS = PLACE | {"type": "block_actions", "channel": {"id": "D1"}, "trigger_id": "1.2.3", "actions": [ACTION]}
SHORTCUT = PLACE | {
    "type": "message_action",
    "callback_id": "of_nobody",
    "trigger_id": "1.2.3",
    "channel": {"id": "C1"},
}
SHORTCUT |= {"message": {"type": "message", "ts": "1.2", "text": "hi"}, "response_url": "http://127.0.0.1:9/"}
VIEW = PLACE | {
    "type": "view_submission",
    "view": {"id": "V1", "type": "modal", "callback_id": "of_nobody", "state": {"values": {}}},
}
CHALLENGE = json.dumps({"type": "url_verification", "challenge": "问号 & <co>", "token": "t"}).encode()
SSL = form(ssl_check="1", token="t")

LATER = "Bolt and events-api look for old timestamps alone; Slack's docs and its library for Python refuse both sides"
NUMBERS = "Bolt takes any number; Slack sends whole seconds"
HALF = int(time.time()) + 60.5
UNSIGNED_SSL = "events-api knows no ssl_check"

CASES = [
    Case("good", event(), reaches=("event",)),
    Case("a mention", to_event_body(mention("费用?")), reaches=("event",)),
    Case("four minutes old", event(), headers=signed(240), reaches=("event",)),
    Case("six minutes old", event(), REFUSED, headers=signed(360)),
    Case("six minutes ahead", event(), REFUSED, headers=signed(-360), bolt=TAKEN, events_api=TAKEN, reason=LATER),
    Case("wrong secret", event(), REFUSED, headers=signed(secret=OTHER)),
    Case("signature of another body", event(), REFUSED, headers=lambda _: sign(event("another"))),
    Case("timestamp in words", event(), REFUSED, headers=signed(timestamp="soon")),
    Case("empty timestamp", event(), REFUSED, headers=changed(X_Slack_Request_Timestamp="")),
    Case("half a second", event(), REFUSED, headers=signed(timestamp=f"{HALF}"), bolt=TAKEN, reason=NUMBERS),
    Case("another timestamp", event(), REFUSED, headers=changed(X_Slack_Request_Timestamp=str(int(time.time()) - 9))),
    Case("no timestamp", event(), REFUSED, headers=changed(X_Slack_Request_Timestamp=None)),
    Case("no signature", event(), REFUSED, headers=changed(X_Slack_Signature=None)),
    Case("empty signature", event(), REFUSED, headers=changed(X_Slack_Signature="")),
    Case("signature without version", event(), REFUSED, headers=changed(X_Slack_Signature="00")),
    Case("signature of another version", event(), REFUSED, headers=changed(X_Slack_Signature="v1=" + "0" * 64)),
    Case("unsigned", event(), REFUSED, headers=lambda _: {}),
    Case("charset utf-8", event(), content_type="application/json; charset=utf-8", reaches=("event",)),
    Case("charset of another kind", event(), content_type="application/json; charset=gbk", reaches=("event",)),
    Case("challenge", CHALLENGE),
    Case("challenge with a wrong signature", CHALLENGE, REFUSED, headers=signed(secret=OTHER)),
    Case("ssl_check", SSL, content_type=FORM, events_api=FAILED, reason=NO_EVENTS),
    Case("unsigned ssl_check", SSL, content_type=FORM, headers=lambda _: {}, events_api=REFUSED, reason=UNSIGNED_SSL),
    Case("command", form(**COMMAND), content_type=FORM, events_api=FAILED, reason=NO_EVENTS, reaches=("command",)),
    Case("command, wrong secret", form(**COMMAND), REFUSED, FORM, headers=signed(secret=OTHER)),
    Case("button", form(payload=ACTIONS), TAKEN, FORM, events_api=FAILED, reason=NO_EVENTS, reaches=("action",)),
    Case("button, wrong secret", form(payload=ACTIONS), REFUSED, FORM, headers=signed(secret=OTHER)),
    Case("shortcut", form(payload=SHORTCUT), TAKEN, FORM, events_api=FAILED, reason=NO_EVENTS, reaches=("shortcut",)),
    Case("view", form(payload=VIEW), TAKEN, FORM, events_api=FAILED, reason=NO_EVENTS, reaches=("view",)),
    Case("cut short", event()[:-9], REFUSED, events_api=FAILED, reason="events-api answers 500 to JSON it can't read"),
    Case("payload cut short", form(payload='{"type": "block_act'), REFUSED, FORM, events_api=FAILED, reason=NO_EVENTS),
]


SAY_NOTHING = {
    "empty": (b"", JSON),
    "object": (b"{}", JSON),
    "event without an event": (b'{"type": "event_callback", "team_id": "T1", "event_id": "Ev-none"}', JSON),
    "event that is none": (b'{"type": "event_callback", "event": []}', JSON),
    "event without its keys": (b'{"type": "event_callback", "event": {"type": "message"}}', JSON),
    "form": (b"a=b", FORM),
    "payload": (form(payload="{}"), FORM),
    "payload that is none": (form(payload="[1]"), FORM),
    "command without its keys": (form(command="/wenhao"), FORM),
    "button without its keys": (form(payload={"type": "block_actions"}), FORM),
    "view without its keys": (form(payload=PLACE | {"type": "view_submission", "view": {}}), FORM),
    "shortcut without its keys": (form(payload={"type": "message_action"}), FORM),
}
"""Well signed bodies that nobody can work on: Slack's libraries differ on them, and fall over some."""


@dataclass
class Three:
    """The channel and its two peers."""

    slack: SlackSide
    node: NodeProgram
    ports: Mapping[str, int]

    async def send(self, case: Case) -> dict[str, tuple[int, str]]:
        """Posts one request to all three. Returns status and text of each."""
        sent = {"Content-Type": case.content_type, **case.headers(case.body)}
        addresses = {name: f"http://127.0.0.1:{port}/" for name, port in self.ports.items()} | {"ours": self.slack.url}
        self.node.ask("seen")
        answers = {}
        async with ClientSession(timeout=ClientTimeout(10)) as session:
            for name, address in addresses.items():
                async with session.post(address, data=case.body, headers=sent) as answer:
                    answers[name] = (answer.status, await answer.text())
        return answers


@pytest_asyncio.fixture
async def three(slack: SlackSide, node_program: Callable[[str], NodeProgram]) -> Three:
    node = node_program("slack_peers")
    return Three(slack, node, node.ask("listen", secret=SIGNING_SECRET))


def verdict(status: int) -> str:
    return TAKEN if 200 <= status < 300 else REFUSED if 400 <= status < 500 else FAILED


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_one_request_has_one_verdict(three: Three, case: Case) -> None:
    answers = await three.send(case)
    assert {name: verdict(status) for name, (status, _) in answers.items()} == {
        "ours": case.verdict,
        "bolt": case.bolt or case.verdict,
        "events_api": case.events_api or case.verdict,
    }, case.reason
    seen = {each["kind"] for each in three.node.ask("seen") if each["peer"] == "bolt"}
    assert seen == (set(case.reaches) or ({"event"} if case.bolt == TAKEN else set()))


async def test_all_give_the_challenge_back(three: Three) -> None:
    answers = await three.send(Case("challenge", CHALLENGE))
    assert json.loads(answers["ours"][1])["challenge"] == json.loads(answers["bolt"][1])["challenge"] == "问号 & <co>"
    assert answers["events_api"][1] == "问号 & <co>"


@pytest.mark.parametrize(("body", "content_type"), SAY_NOTHING.values(), ids=SAY_NOTHING)
async def test_what_says_nothing_is_no_fault_of_ours(slack: SlackSide, body: bytes, content_type: str) -> None:
    status, _ = await slack.send(body, content_type)
    assert verdict(status) != FAILED
    assert await slack.asked_so_far() == []


async def test_what_is_refused_reaches_nobody(three: Three) -> None:
    for case in CASES:
        if case.verdict == REFUSED:
            await three.send(case)
    assert await three.slack.asked_so_far() == []
