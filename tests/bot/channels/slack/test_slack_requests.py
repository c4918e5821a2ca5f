"""Which requests the webhook takes, and which it refuses."""

from __future__ import annotations

import json
import time
from urllib.parse import urlencode

import pytest

from tests.bot.channels.slack.slack_side import FORM, SlackSide, direct_message, sign, to_event_body

pytestmark = pytest.mark.asyncio

BODY = to_event_body(direct_message("费用?"), event_id="Ev-signed")


async def test_a_signed_request_is_taken(slack: SlackSide) -> None:
    assert (await slack.send(BODY))[0] == 200
    assert await slack.asked_so_far() == ["费用?"]


async def test_a_wrong_secret_is_refused(slack: SlackSide) -> None:
    now = str(int(time.time()))

    status, _ = await slack.send(BODY, headers=sign(BODY, secret="another secret", timestamp=now))

    assert status == 401
    assert await slack.asked_so_far() == []


async def test_a_changed_body_is_refused(slack: SlackSide) -> None:
    status, _ = await slack.send(BODY.replace(b"U1", b"U2"), headers=sign(BODY))

    assert status == 401
    assert await slack.asked_so_far() == []


@pytest.mark.parametrize(("age", "status"), [(290, 200), (310, 401), (-290, 200), (-310, 401)])
async def test_a_signature_is_good_for_five_minutes(slack: SlackSide, age: int, status: int) -> None:
    headers = sign(BODY, timestamp=str(int(time.time()) - age))

    assert (await slack.send(BODY, headers=headers))[0] == status


@pytest.mark.parametrize("timestamp", ["soon", "1e9", "-1", "1.5", "٣", "9" * 400, "nan"])
async def test_a_timestamp_that_is_no_time_is_refused(slack: SlackSide, timestamp: str) -> None:
    status, _ = await slack.send(BODY, headers=sign(BODY, timestamp=timestamp))

    assert status == 401
    assert await slack.asked_so_far() == []


@pytest.mark.parametrize("signature", ["", "v0=", "v0=é", "v1=00"])
async def test_a_signature_that_is_none_is_refused(slack: SlackSide, signature: str) -> None:
    assert (await slack.send(BODY, headers={"X-Slack-Signature": signature}))[0] == 401


async def test_an_unsigned_request_is_refused(slack: SlackSide) -> None:
    async with slack.session.post(slack.url, data=BODY) as response:
        assert response.status == 401
    assert await slack.asked_so_far() == []


async def test_a_refused_body_is_not_in_the_log(slack: SlackSide, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")

    await slack.send(BODY, headers=sign(BODY, secret="another secret"))

    assert "费用" not in caplog.text


async def test_a_body_that_is_no_text_is_refused(slack: SlackSide) -> None:
    async with slack.session.post(slack.url, data=b"\xff\xfe", headers=sign(BODY)) as response:
        assert response.status == 401


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"text"', b"null"])
async def test_a_signed_body_that_is_no_object_is_refused(slack: SlackSide, body: bytes) -> None:
    assert (await slack.send(body))[0] == 400


async def test_the_challenge_is_given_back(slack: SlackSide) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "问号 & <co>"}).encode()

    status, text = await slack.send(body)

    assert status == 200
    assert json.loads(text) == {"challenge": "问号 & <co>"}


async def test_an_unsigned_challenge_is_refused(slack: SlackSide) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "x"}).encode()

    assert (await slack.send(body, headers={"X-Slack-Signature": "v0=00"}))[0] == 401


@pytest.mark.parametrize("signature", [{}, {"X-Slack-Signature": ""}], ids=["signed", "unsigned"])
async def test_a_look_at_the_certificate_is_welcome(slack: SlackSide, signature: dict[str, str]) -> None:
    body = urlencode({"ssl_check": "1", "token": "old"}).encode()

    assert (await slack.send(body, FORM, headers=signature))[0] == 200
    assert slack.api.record.calls == []


async def test_a_look_at_the_certificate_brings_nothing_past_the_signature(slack: SlackSide) -> None:
    payload = {"type": "block_actions", "actions": [{"action_id": "suggestion_1", "value": "smuggled"}]}
    body = urlencode({"ssl_check": "1", "payload": json.dumps(payload)}).encode()

    await slack.send(body, FORM, headers={"X-Slack-Signature": ""})

    assert await slack.asked_so_far() == []


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "application/json;charset=UTF-8"])
async def test_json_may_name_its_charset(slack: SlackSide, content_type: str) -> None:
    assert (await slack.send(BODY, content_type))[0] == 200
    assert await slack.asked_so_far() == ["费用?"]


@pytest.mark.parametrize(
    "form",
    [
        {"command": "/wenhao", "text": "fees", "team_id": "T1", "user_id": "U1", "channel_id": "C1"},
        {"payload": json.dumps({"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U1"}, "view": {}})},
        {"payload": json.dumps({"type": "shortcut", "callback_id": "x", "team": {"id": "T1"}, "user": {"id": "U1"}})},
        {"payload": json.dumps({"type": "block_actions", "actions": [{"type": "button", "action_id": "link"}]})},
    ],
    ids=["command", "view", "shortcut", "another button"],
)
async def test_what_the_bot_does_not_offer_is_accepted_and_left_alone(slack: SlackSide, form: dict[str, str]) -> None:
    assert (await slack.send(urlencode(form).encode(), FORM))[0] == 200
    assert await slack.asked_so_far() == []


async def test_the_channel_says_that_it_lives(slack: SlackSide) -> None:
    async with slack.session.get(slack.url.removesuffix("webhook")) as response:
        assert await response.json() == {"status": "ok"}
