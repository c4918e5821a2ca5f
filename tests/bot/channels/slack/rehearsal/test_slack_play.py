"""Rehearsals of a small app that Slack's own framework runs."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from typing import Any, Optional

import pytest
import pytest_asyncio
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond, AsyncSay
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.rehearsal import rehearsal
from bot.channels.slack.rehearsal.play import Part, perform
from bot.errors import ServeError
from tests.bot.channels.slack.rehearsal.test_slack_block_limits import button, modal

GIVEN = {"bot_token": "xoxb-here", "signing_secret": "s", "app_token": "xapp-here"}


def answer_blocks(text: str) -> list[dict[str, Any]]:
    more = {"type": "button", "action_id": "more", "text": {"type": "plain_text", "text": "Tell me more"}, "value": "v"}
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "from <https://a.test|a page> &amp; co"}]},
        {"type": "actions", "elements": [more, button(2)]},
    ]


class SmallApp:
    """Answers everything."""

    def __init__(self, api_port: int) -> None:
        self.client = AsyncWebClient("xoxb-here", base_url=f"http://127.0.0.1:{api_port}/api/")
        self.app = AsyncApp(client=self.client, signing_secret="s")
        self.seen: list[str] = []
        self.answers_twice = False
        self.app.event("message")(self._on_message)
        self.app.event("app_mention")(self._on_message)
        self.app.event("app_home_opened")(self._on_home)
        self.app.command("/wenhao")(self._on_command)
        self.app.shortcut("ask_about_this")(self._on_shortcut)
        self.app.action(re.compile(""))(self._on_press)

    async def _on_message(self, event: dict[str, Any], body: dict[str, Any], say: AsyncSay) -> None:
        if body["event_id"] in self.seen and not self.answers_twice:
            return
        self.seen.append(body["event_id"])
        if event["text"] != "silence":
            text = f"You said {event['text'].split('> ')[-1]}"
            await say(text=text, blocks=answer_blocks(text), thread_ts=event.get("thread_ts"))

    async def _on_home(self, event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": answer_blocks("Welcome")})

    async def _on_command(self, ack: AsyncAck, respond: AsyncRespond, command: dict[str, Any]) -> None:
        await ack("One moment")
        await respond(text=f"Privately: {command['text']}", blocks=answer_blocks("Privately"))

    async def _on_shortcut(self, ack: AsyncAck, say: AsyncSay, shortcut: dict[str, Any]) -> None:
        await ack()
        await say(f"About: {shortcut['message']['text']}")

    async def _on_press(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        assert ("message" in body) != body["container"]["is_ephemeral"]
        await client.views_open(trigger_id=body["trigger_id"], view=modal(submit={"type": "plain_text", "text": "Go"}))

    async def take(self, request: web.Request) -> web.Response:
        given = AsyncBoltRequest(body=await request.text(), headers=dict(request.headers))
        taken = await self.app.async_dispatch(given)
        return web.Response(status=taken.status, text=taken.body, content_type="application/json")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal, "QUIET_SECONDS", 0.2)


@pytest.fixture
def api_port(free_port: int) -> int:
    return free_port


@pytest_asyncio.fixture
async def small(api_port: int) -> AsyncIterator[tuple[SmallApp, str]]:
    small = SmallApp(api_port)
    served = web.Application()
    served.router.add_post("/webhook", small.take)
    runner = web.AppRunner(served)
    await runner.setup()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        await web.SockSite(runner, listening).start()
        yield small, f"http://127.0.0.1:{listening.getsockname()[1]}/webhook"
        await runner.cleanup()


async def play(part: Part, url: Optional[str], port: int, *, wait: float = 3.0, with_blocks: bool = False) -> bool:
    return await perform(part, GIVEN, url, port, wait, with_blocks)


Small = tuple[SmallApp, str]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("dm", "-- message in D1, ts"),
        ("mention", "-- message in C1, ts"),
        ("slash", "-- answer at the response address, ephemeral"),
        ("shortcut", "   About: hello"),
        ("home", "-- home tab of U1"),
    ],
)
async def test_every_kind(
    small: Small, api_port: int, capsys: pytest.CaptureFixture[str], kind: str, shown: str
) -> None:
    assert await play(Part(kind, "hello"), small[1], api_port)
    printed = capsys.readouterr().out
    assert re.match(r"acknowledged: 200 in \d+ ms\n", printed)
    assert shown in printed


async def test_an_answer_is_shown_as_seen_spoken_and_built(
    small: Small, api_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await play(Part("dm", "hello"), small[1], api_port, with_blocks=True)
    printed = capsys.readouterr().out
    seen, spoken = printed.split("   spoken:\n")
    assert seen.endswith("   You said hello\n     · from a page (https://a.test) & co\n   [ Tell me more ] [ xxxxx ]\n")
    assert spoken.startswith("   You said hello\n   blocks:\n   [\n")
    assert '"action_id": "more"' in spoken


async def test_a_thread(small: Small, api_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert await play(Part("thread", "hello", thread="1700000000.000001"), small[1], api_port)
    assert "-- message in C1, thread 1700000000.000001, ts" in capsys.readouterr().out


async def test_repeats(small: Small, api_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert await play(Part("dm", "hello", retries=3), small[1], api_port)
    printed = capsys.readouterr().out
    assert "acknowledged (repeat 3): 200" in printed
    assert "answers to the 4 deliveries: 1\n" in printed
    small[0].answers_twice = True
    assert not await play(Part("dm", "hello", retries=1), small[1], api_port)
    assert "! The same answer came more than once." in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["dm", "slash"])
@pytest.mark.parametrize("wanted", ["1", "tell me", "more"])
async def test_a_press(small: Small, api_port: int, capsys: pytest.CaptureFixture[str], kind: str, wanted: str) -> None:
    assert await play(Part(kind, "hello", press=wanted), small[1], api_port)
    printed = capsys.readouterr().out
    assert "> U1 presses [ Tell me more ]" in printed
    assert "-- modal for U1: open" in printed
    assert "[ Go ]" in printed


async def test_a_button_that_is_not_there(small: Small, api_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert not await play(Part("dm", "hello", press="Buy"), small[1], api_port)
    assert "no button 'Buy'. Its buttons: Tell me more, xxxxx" in capsys.readouterr().out


async def test_silence(small: Small, api_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert not await play(Part("dm", "silence"), small[1], api_port, wait=0.3)
    assert "called Slack but answered nothing" in capsys.readouterr().out
    small[0].client.base_url = "http://127.0.0.1:1/api/"
    small[0].app.client.base_url = "http://127.0.0.1:1/api/"
    assert not await play(Part("dm", "hello"), small[1], api_port, wait=0.3)
    assert f"Start it with SLACK_API_BASE_URL=http://127.0.0.1:{api_port}/api/" in capsys.readouterr().out


async def test_a_refusal_is_explained(small: Small, api_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    given = {**GIVEN, "signing_secret": "another"}
    assert not await perform(Part("dm", "hello"), given, small[1], api_port, 1, False)
    assert "! The signature was refused. Cause: SLACK_SIGNING_SECRET" in capsys.readouterr().out
    assert not await play(Part("dm", "hello"), small[1].replace("webhook", "elsewhere"), api_port)
    assert "! There is no Slack channel at this address." in capsys.readouterr().out
    assert not await play(Part("dm", "hello"), "http://127.0.0.1:1/", api_port)
    assert "! Nothing answers at http://127.0.0.1:1/." in capsys.readouterr().out


async def test_what_slack_would_refuse_is_told(small: Small, api_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert not await play(Part("dm", "x" * 3000), small[1], api_port, wait=0.5)
    told = "! Slack would refuse chat.postMessage: invalid_blocks ([ERROR] must be less than 3001 characters"
    assert told in capsys.readouterr().out


async def test_lines_of_input_are_a_conversation(
    small: Small, api_port: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = iter(["one\n", "\n", "two\n", ""])
    monkeypatch.setattr("sys.stdin.readline", lambda: next(lines), raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert await play(Part("dm", None), small[1], api_port)
    printed = capsys.readouterr().out
    assert printed.index("> one") < printed.index("You said one") < printed.index("> two") < printed.index("said two")


async def test_a_socket(small: Small, api_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    async def connect() -> AsyncSocketModeHandler:
        handler = AsyncSocketModeHandler(small[0].app, "xapp-here", web_client=small[0].client)
        await asyncio.sleep(0.2)
        await handler.connect_async()
        return handler

    connecting = asyncio.ensure_future(connect())
    assert await play(Part("slash", "hello", press="1"), None, api_port)
    await (await connecting).close_async()
    printed = capsys.readouterr().out
    assert '-- answered in the acknowledgement\n   {"text": "One moment"}' in printed
    assert "-- modal for U1: open" in printed


async def test_nobody_opens_a_socket(api_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert not await play(Part("dm", "hello"), None, api_port, wait=0.1)
    assert "! Wenhao opened no socket." in capsys.readouterr().out


async def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, pytest.raises(ServeError, match="--api-port"):
        await play(Part("dm", "hello"), None, listening.getsockname()[1])
