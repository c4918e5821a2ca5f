"""The stand-in of Slack's Web API, called by Slack's own client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, ServerDisconnectedError
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.channels.slack.rehearsal.workspace import BOT_TOKEN
from tests.bot.channels.slack.rehearsal.test_slack_block_limits import button, modal, section, table

HELLO = [section()]


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def slack(clock: Clock) -> AsyncIterator[ApiStandIn]:
    async with ApiStandIn(clock) as slack:
        yield slack


@pytest.fixture
def client(slack: ApiStandIn) -> AsyncWebClient:
    return client_of(slack)


def client_of(slack: ApiStandIn, token: str = BOT_TOKEN) -> AsyncWebClient:
    return AsyncWebClient(token=token, base_url=slack.url, retry_handlers=[])


async def refusal(call: Awaitable[Any]) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def test_who_one_is(client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T1", "UBOT", "BBOT")


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "token_expired", "invalid_auth"])
async def test_a_token_that_is_good_no_more(slack: ApiStandIn, client: AsyncWebClient, error: str) -> None:
    slack.revoke(BOT_TOKEN, error)
    assert await refusal(client.chat_postMessage(channel="C1", text="hello")) == error
    assert slack.record.posts == []
    assert [call.method for call in slack.record.calls] == ["chat.postMessage"]


async def test_tokens_nobody_knows(slack: ApiStandIn) -> None:
    assert await refusal(client_of(slack, "xoxb-made-up").auth_test()) == "invalid_auth"
    assert await refusal(client_of(slack, "").auth_test()) == "not_authed"


async def test_a_token_can_be_given_back(slack: ApiStandIn, client: AsyncWebClient) -> None:
    assert (await client.auth_revoke())["revoked"]
    assert await refusal(client.auth_test()) == "token_revoked"
    assert slack.record.revoked == [BOT_TOKEN]


async def test_scopes(slack: ApiStandIn) -> None:
    slack.workspace.add_token("xoxb-small", "T1", ["chat:write", "im:history"])
    client = client_of(slack, "xoxb-small")
    answer = await client.chat_postMessage(channel="D1", text="hello")
    assert {name.lower(): value for name, value in answer.headers.items()}["x-oauth-scopes"] == "chat:write,im:history"
    assert (await client.conversations_history(channel="D1"))["ok"]
    with pytest.raises(SlackApiError) as refused:
        await client.conversations_history(channel="C1")
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "channels:history"


async def test_a_message_stands_in_its_channel(slack: ApiStandIn, client: AsyncWebClient) -> None:
    asked = slack.workspace.say("U1", "fees?", "C1")
    about = {"event_type": "answer", "event_payload": {"intent": "ask_fee"}}
    answer = await client.chat_postMessage(
        channel="C1", thread_ts=asked["ts"], text="hello", blocks=HELLO, metadata=about
    )
    (post,) = slack.record.posts_in("C1")
    assert (post["text"], post["blocks"], post["ts"], post["team"]) == ("hello", HELLO, answer["ts"], "T1")
    told = (await client.conversations_replies(channel="C1", ts=asked["ts"], include_all_metadata=True))["messages"]
    assert [message["text"] for message in told] == ["fees?", "hello"]
    assert told[1]["metadata"] == about
    shown = (await client.conversations_history(channel="C1"))["messages"]
    assert [message["text"] for message in shown] == ["fees?"]


async def test_pages(slack: ApiStandIn, client: AsyncWebClient) -> None:
    for number in range(5):
        slack.workspace.say("U1", str(number), "C1")
    found: list[str] = []
    async for page in await client.conversations_history(channel="C1", limit=2):
        found += [message["text"] for message in page["messages"]]
    assert found == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(("channel", "error"), [("C9", "channel_not_found"), ("C2", "not_in_channel")])
async def test_channels_that_are_not_for_the_bot(client: AsyncWebClient, channel: str, error: str) -> None:
    assert await refusal(client.chat_postMessage(channel=channel, text="hello")) == error
    assert await refusal(client.chat_postEphemeral(channel=channel, user="U1", text="hello")) == error


async def test_a_message_to_a_person_is_a_direct_message(slack: ApiStandIn, client: AsyncWebClient) -> None:
    assert (await client.chat_postMessage(channel="U2", text="hello"))["channel"] == "D2"
    assert (await client.conversations_open(users="U1"))["channel"]["id"] == "D1"


async def test_messages_that_slack_refuses(client: AsyncWebClient) -> None:
    assert await refusal(client.api_call("chat.postMessage", json={"channel": "C1"})) == "no_text"
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C1", text="hello", blocks=[section(), {"type": "marquee"}])
    assert refused.value.response["error"] == "invalid_blocks"
    assert refused.value.response["response_metadata"]["messages"] == [
        "[ERROR] unsupported type: marquee [json-pointer:/blocks/1/type]"
    ]
    long = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}] * 5
    assert await refusal(client.chat_postMessage(channel="C1", text="x", blocks=long)) == "msg_blocks_too_long"
    assert await refusal(client.chat_postMessage(channel="C1", text="x", thread_ts="1")) == "invalid_thread_ts"
    assert await refusal(client.chat_postMessage(channel="C1", text="x", blocks="no json")) == "invalid_blocks_format"
    two = [table(1, 1), table(1, 1)]
    assert await refusal(client.chat_postMessage(channel="C1", text="x", blocks=two)) == "invalid_blocks"


async def test_blocks_without_a_text_are_warned_of(slack: ApiStandIn) -> None:
    async with ClientSession(headers={"Authorization": f"Bearer {BOT_TOKEN}"}) as session:
        answer = await session.post(f"{slack.url}chat.postMessage", json={"channel": "C1", "blocks": HELLO})
        assert (await answer.json())["response_metadata"]["warnings"]
    assert slack.record.warnings


async def test_a_text_that_is_too_long_is_cut(slack: ApiStandIn, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C1", text="x" * 40_001)
    assert len(slack.record.posts[0]["text"]) == 40_000


async def test_one_message_a_second_in_a_channel(slack: ApiStandIn, client: AsyncWebClient, clock: Clock) -> None:
    await client.chat_postMessage(channel="C1", text="one")
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C1", text="two")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"
    await client.chat_postMessage(channel="D1", text="elsewhere")
    clock.now += 1
    await client.chat_postMessage(channel="C1", text="two")
    slack.names_retry_after = False
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C1", text="three")
    assert "Retry-After" not in refused.value.response.headers
    assert [post["text"] for post in slack.record.posts] == ["one", "elsewhere", "two"]


async def test_the_pace_can_be_switched_off_or_loosened(slack: ApiStandIn, client: AsyncWebClient) -> None:
    slack.pace.burst = 3
    for number in range(3):
        await client.chat_postMessage(channel="C1", text=str(number))
    assert await refusal(client.chat_postMessage(channel="C1", text="3")) == "ratelimited"
    slack.pace.seconds = 0
    await client.chat_postMessage(channel="D1", text="4")
    await client.chat_postMessage(channel="D1", text="5")


async def test_ephemeral_messages(slack: ApiStandIn, client: AsyncWebClient) -> None:
    sent = await client.chat_postEphemeral(channel="C1", user="U1", text="for you")
    assert slack.record.ephemerals[0]["user"] == "U1"
    assert slack.record.posts == []
    ts = sent["message_ts"]
    assert await refusal(client.chat_update(channel="C1", ts=ts, text="changed")) == "message_not_found"
    assert await refusal(client.chat_postEphemeral(channel="C1", user="U9", text="x")) == "user_not_in_channel"


async def test_messages_can_be_changed_by_who_wrote_them(slack: ApiStandIn, client: AsyncWebClient) -> None:
    sent = await client.chat_postMessage(channel="C1", text="hello", blocks=HELLO)
    await client.chat_update(channel="C1", ts=sent["ts"], text="changed")
    (message,) = slack.workspace.channels["T1", "C1"].messages
    assert message["text"] == "changed"
    theirs = slack.workspace.say("U1", "mine", "C1")["ts"]
    assert await refusal(client.chat_update(channel="C1", ts=theirs, text="x")) == "cant_update_message"
    assert (await client.chat_getPermalink(channel="C1", message_ts=theirs))["permalink"].startswith("https://")
    await client.chat_delete(channel="C1", ts=sent["ts"])
    assert await refusal(client.chat_delete(channel="C1", ts=sent["ts"])) == "message_not_found"


async def test_a_modal_needs_a_fresh_trigger(slack: ApiStandIn, client: AsyncWebClient, clock: Clock) -> None:
    trigger = slack.new_trigger()
    opened = await client.views_open(trigger_id=trigger, view=modal(callback_id="plan"))
    assert slack.record.views[0]["user"] == "U1"
    assert await refusal(client.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"
    assert await refusal(client.views_open(trigger_id="made up", view=modal())) == "invalid_trigger_id"
    late = slack.new_trigger()
    clock.now += 3
    assert await refusal(client.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"
    updated = await client.views_update(view_id=opened["view"]["id"], hash=opened["view"]["hash"], view=modal())
    assert updated["view"]["id"] == opened["view"]["id"]
    stale = client.views_update(view_id=opened["view"]["id"], hash=opened["view"]["hash"], view=modal())
    assert await refusal(stale) == "hash_conflict"
    assert await refusal(client.views_update(view_id="V99", view=modal())) == "not_found"


async def test_three_modals_at_most_lie_on_each_other(slack: ApiStandIn, client: AsyncWebClient) -> None:
    await client.views_open(trigger_id=slack.new_trigger(), view=modal())
    for _ in range(2):
        await client.views_push(trigger_id=slack.new_trigger(), view=modal())
    assert await refusal(client.views_push(trigger_id=slack.new_trigger(), view=modal())) == "push_limit_reached"


async def test_home_tabs(slack: ApiStandIn, client: AsyncWebClient) -> None:
    await client.views_publish(user_id="U1", view={"type": "home", "blocks": HELLO})
    assert slack.record.homes["T1", "U1"]["blocks"] == HELLO
    assert await refusal(client.views_publish(user_id="U1", view=modal())) == "invalid_arguments"
    too_long = {"type": "home", "blocks": HELLO * 101}
    assert await refusal(client.views_publish(user_id="U1", view=too_long)) == "invalid_arguments"


async def test_prompts_of_the_agent_view_belong_to_no_thread(slack: ApiStandIn, client: AsyncWebClient) -> None:
    prompts = [{"title": "Fees", "message": "What does it cost?"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id="D1", thread_ts="1.000001", prompts=prompts)
    await client.assistant_threads_setSuggestedPrompts(channel_id="D1", prompts=prompts)
    slack.has_agent_view = False
    await client.assistant_threads_setSuggestedPrompts(channel_id="D1", thread_ts="1.000001", prompts=prompts)
    assert [shown["shown"] for shown in slack.record.prompts] == [False, True, True]
    five = client.assistant_threads_setSuggestedPrompts(channel_id="D1", thread_ts="1.000001", prompts=prompts * 5)
    assert await refusal(five) == "invalid_arguments"
    await client.assistant_threads_setStatus(channel_id="D1", thread_ts="1.000001", status="is looking it up")
    await client.assistant_threads_setStatus(channel_id="D1", thread_ts="1.000001", status="")
    assert [status["status"] for status in slack.record.statuses] == ["is looking it up", ""]


async def test_people(client: AsyncWebClient) -> None:
    assert (await client.users_info(user="U2", include_locale=True))["user"]["locale"] == "zh-CN"
    assert await refusal(client.users_info(user="U9")) == "user_not_found"
    assert (await client.conversations_members(channel="C1"))["members"] == ["U1", "U2", "UBOT"]
    assert (await client.conversations_info(channel="D1"))["channel"]["is_im"]
    assert [each["id"] for each in (await client.users_conversations())["channels"]] == ["C1", "C3"]


async def test_a_response_address_is_good_for_five_messages(slack: ApiStandIn, clock: Clock) -> None:
    respond = AsyncWebhookClient(slack.new_response_url("C2"))
    answers = [await respond.send(text=str(number)) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[5].body == "used_url"
    assert slack.record.responses[0]["response_type"] == "ephemeral"
    assert slack.record.responses[0]["channel"] == "C2"
    late = AsyncWebhookClient(slack.new_response_url("C2"))
    clock.now += 30 * 60
    assert (await late.send(text="late")).body == "expired_url"
    fresh = AsyncWebhookClient(slack.new_response_url("C2"))
    assert (await fresh.send(text="x", blocks=[{"type": "marquee"}])).body == "invalid_blocks"


async def test_it_fails_as_told(slack: ApiStandIn, client: AsyncWebClient) -> None:
    slack.fail("chat.postMessage", error="fatal_error", times=2)
    assert await refusal(client.chat_postMessage(channel="C1", text="x")) == "fatal_error"
    assert await refusal(client.chat_postMessage(channel="C1", text="x")) == "fatal_error"
    slack.fail("chat.postMessage", status=500)
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C1", text="x")
    assert slack.record.posts == []
    slack.fail("auth.test", delay=0.2)
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(client.auth_test(), 0.1)


@pytest.mark.parametrize(("drop", "posts"), [("before", 0), ("after", 1)])
async def test_a_connection_that_breaks(slack: ApiStandIn, client: AsyncWebClient, drop: str, posts: int) -> None:
    slack.fail("chat.postMessage", drop=drop)
    with pytest.raises(ServerDisconnectedError):
        await client.chat_postMessage(channel="C1", text="x")
    assert len(slack.record.posts) == posts
    assert slack.record.calls[0].answer is None


async def test_a_method_nobody_knows(client: AsyncWebClient) -> None:
    assert await refusal(client.api_call("chat.shout")) == "unknown_method"


def test_it_runs_beside_synchronous_code() -> None:
    with ApiStandIn().in_thread() as slack:
        WebClient(token=BOT_TOKEN, base_url=slack.url).chat_postMessage(
            channel="C1", text="hello", blocks=[{"type": "actions", "elements": [button()]}]
        )
        slack.wait(lambda: slack.record.posts)
        assert slack.record.posts[0]["channel"] == "C1"
