"""Socket Mode of the stand-in, with Slack's own client at the other end."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import ClientSession, WSServerHandshakeError
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.channels.slack.rehearsal.workspace import APP_TOKEN, BOT_TOKEN


class App:
    """Acknowledges what it gets, unless it is told to be deaf."""

    def __init__(self, slack: ApiStandIn) -> None:
        self.got: list[SocketModeRequest] = []
        self.is_deaf = False
        web = AsyncWebClient(base_url=slack.url)
        self.client = SocketModeClient(APP_TOKEN, web_client=web, ping_interval=0.1)
        self.client.socket_mode_request_listeners.append(self._take)

    async def _take(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.got.append(request)
        if not self.is_deaf:
            payload = {"text": "here"} if request.type == "slash_commands" else None
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[ApiStandIn]:
    async with ApiStandIn() as slack:
        yield slack


@pytest_asyncio.fixture
async def app(slack: ApiStandIn) -> AsyncIterator[App]:
    app = App(slack)
    await app.client.connect()
    yield app
    await app.client.close()


async def test_an_envelope_is_acknowledged(slack: ApiStandIn, app: App) -> None:
    assert await slack.sockets.push("events_api", {"event": {"type": "message"}}, retry=1, reason="timeout") == {}
    assert await slack.sockets.push("slash_commands", {"command": "/wenhao"}) == {"text": "here"}
    assert [request.type for request in app.got] == ["events_api", "slash_commands"]
    assert (app.got[0].retry_attempt, app.got[0].retry_reason) == (1, "timeout")
    assert len(slack.sockets.acknowledged) == 2


async def test_an_envelope_that_is_not_acknowledged(slack: ApiStandIn, app: App) -> None:
    app.is_deaf = True
    assert await slack.sockets.push("events_api", {}, seconds=0.1) is None
    await slack.until(lambda: app.got)


@pytest.mark.parametrize("how", ["refresh", "cut"])
async def test_the_app_comes_back(slack: ApiStandIn, app: App, how: str) -> None:
    before = slack.sockets.connections[0]
    await getattr(slack.sockets, how)()
    await slack.until(lambda: slack.sockets.connections and slack.sockets.connections != [before])
    await slack.until(lambda: all(not each.is_leaving for each in slack.sockets.connections))
    assert await slack.sockets.push("events_api", {}) == {}


async def test_a_warning_ends_nothing(slack: ApiStandIn, app: App) -> None:
    await slack.sockets.warn()
    assert await slack.sockets.push("events_api", {}) == {}


async def test_an_address_is_good_for_one_connection(slack: ApiStandIn) -> None:
    url = slack.sockets.new_url()
    async with ClientSession() as session, session.ws_connect(url) as socket:
        assert (await socket.receive_json())["type"] == "hello"
        with pytest.raises(WSServerHandshakeError):
            await session.ws_connect(url)
    with pytest.raises(ConnectionError):
        await slack.sockets.push("events_api", {})


async def test_a_bot_token_opens_no_socket(slack: ApiStandIn) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await AsyncWebClient(base_url=slack.url).apps_connections_open(app_token=BOT_TOKEN)
