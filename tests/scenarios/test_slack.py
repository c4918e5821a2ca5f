"""Slack against the real server: a signed direct message in, the right answer posted."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from typing import Any

import pytest
import requests

from tests.programs import short
from tests.scenarios.conftest import SLACK_SECRET, SLACK_TOKEN
from tests.scenarios.serving import Served
from tests.scenarios.slack_api import SlackApi

PATH = "slack/webhook"
_numbers = itertools.count(1)


def signed(body: bytes, secret: str = SLACK_SECRET, timestamp: str = "") -> dict[str, str]:
    """Returns the headers by which Slack signs a body: https://docs.slack.dev/authentication/verifying-requests-from-slack/."""
    timestamp = timestamp or str(int(time.time()))
    base = b":".join((b"v0", timestamp.encode(), body))
    signature = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature,
    }


def direct_message(text: str, channel: str) -> bytes:
    """Returns the event of a direct message, a new one each time."""
    number = next(_numbers)
    event = {"type": "message", "channel_type": "im", "channel": channel, "user": "U1", "text": text}
    event["ts"] = f"1700000000.{number:06}"
    outer = {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": f"Ev{number}", "event": event}
    return json.dumps(outer, ensure_ascii=False).encode()


def send(server: Served, body: bytes, **headers: Any) -> requests.Response:
    return server.post(PATH, data=body, headers={**signed(body), **headers})


def words_of(post: dict[str, Any]) -> str:
    """Returns everything written in a post."""
    return json.dumps(post, ensure_ascii=False)


@pytest.mark.parametrize(
    ("question", "figure"), [("How much does verification cost?", "300 yuan"), ("公众号认证要多少钱？", "300元")]
)
def test_a_signed_direct_message_is_answered_in_its_channel(
    server: Served, slack: SlackApi, question: str, figure: str
) -> None:
    channel = f"D{next(_numbers)}"
    assert send(server, direct_message(question, channel)).status_code == 200
    (post,) = slack.posted(channel)
    assert figure in post["text"]
    assert figure in words_of(post)
    assert slack.tokens == {f"Bearer {SLACK_TOKEN}"}


def test_a_conversation_goes_on(server: Served, slack: SlackApi) -> None:
    channel = f"D{next(_numbers)}"
    send(server, direct_message("Can a service account have a custom menu?", channel))
    slack.posted(channel)
    send(server, direct_message("and a subscription account?", channel))
    assert "subscription account" in slack.posted(channel, 2)[1]["text"]


def test_a_delivery_that_is_repeated_is_answered_once(server: Served, slack: SlackApi) -> None:
    channel = f"D{next(_numbers)}"
    body = direct_message("How much does verification cost?", channel)
    for _ in range(3):
        assert send(server, body).status_code == 200
    send(server, direct_message("last", channel))
    assert len(slack.posted(channel, 2)) == 2


@pytest.mark.parametrize("text", ["x" * 10_000, "多" * 10_000, "", "👍", "/restart"], ids=short)
def test_any_text_is_answered(server: Served, slack: SlackApi, text: str) -> None:
    channel = f"D{next(_numbers)}"
    assert send(server, direct_message(text, channel)).status_code == 200
    assert slack.posted(channel)[0]["text"].strip()


def test_the_address_is_ours(server: Served) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"}).encode()
    answer = send(server, body)
    assert answer.status_code == 200
    assert "abc" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Request-Timestamp": "1"},
        {"X-Slack-Request-Timestamp": "soon"},
        signed(b"another body"),
        signed(b"", secret="another secret"),
    ],
)
def test_a_request_that_is_not_slacks_is_refused(server: Served, slack: SlackApi, headers: dict[str, str]) -> None:
    channel = f"D{next(_numbers)}"
    before = len(slack.posts)
    assert send(server, direct_message("How much does verification cost?", channel), **headers).status_code == 401
    assert send(server, direct_message("How much does verification cost?", f"{channel}x")).status_code == 200
    slack.posted(f"{channel}x")
    assert [post["channel"] for post in slack.posts[before:]] == [f"{channel}x"]


def test_an_old_request_is_refused(server: Served) -> None:
    body = direct_message("How much does verification cost?", "Dold")
    old = signed(body, timestamp=str(int(time.time()) - 3600))
    assert send(server, body, **old).status_code == 401


def test_an_unsigned_request_is_refused(server: Served) -> None:
    body = direct_message("How much does verification cost?", "Dnone")
    assert server.post(PATH, data=body, headers={"Content-Type": "application/json"}).status_code == 401
