"""An app that can be installed, a stand-in of Slack to install it from, and a browser."""

from __future__ import annotations

import os
import socket
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional
from urllib.parse import parse_qsl, urlsplit

import pytest
import pytest_asyncio
from aiohttp import ClientResponse, ClientSession, DummyCookieJar
from cryptography.fernet import Fernet
from sanic import Blueprint, Sanic

from bot.channels.slack.installing.many_workspaces import ManyWorkspaces, open_many_workspaces
from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.settings import Secret, Settings
from bot.state import Store
from bot.state.sqlite_store import SqliteStore
from tests.postgres_server import postgres_programs, postgres_server

PUBLIC_URL = "https://wenhao.test"

Sanic.test_mode = True


@pytest.fixture(autouse=True)
def far_from_greenwich() -> Iterator[None]:
    """A server in another time zone than UTC."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Asia/Shanghai"
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres_server(programs) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> Optional[str]:
    """Where the installations are kept; None for the file beside the state's."""
    return None if request.param == "sqlite" else str(request.getfixturevalue("postgres"))


@pytest.fixture
def settings(tmp_path: Path, database_url: Optional[str]) -> Settings:
    """Settings with state in a folder of the test's."""
    environ = {"STATE_FILE": str(tmp_path / "state.db"), "PUBLIC_URL": PUBLIC_URL}
    if database_url:
        environ["DATABASE_URL"] = database_url
    return Settings.read(environ)


@pytest.fixture
def store(settings: Settings) -> Store:
    """The shared store."""
    return SqliteStore(settings.state_file)


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[ApiStandIn]:
    """Slack."""
    async with ApiStandIn() as slack:
        # Each test's app is another one, though they share a database.
        slack.oauth.client_id = uuid.uuid4().hex
        yield slack


@pytest.fixture
def given(slack: ApiStandIn) -> dict[str, str]:
    """The Slack channel's part of credentials.yml."""
    app = {"client_id": slack.oauth.client_id, "client_secret": slack.oauth.client_secret}
    return {**app, "encryption_key": Fernet.generate_key().decode(), "signing_secret": "s"}


@pytest.fixture
def many(given: dict[str, str], settings: Settings, store: Store, slack: ApiStandIn) -> ManyWorkspaces:
    """The app."""
    many = open_many_workspaces(given, settings, store, slack.url)
    assert many
    return many


@dataclass
class Browser:
    """Somebody's browser, which keeps the one cookie."""

    session: ClientSession
    server: str
    cookie: str = ""
    language: str = "en-GB"

    async def get(self, address: str) -> ClientResponse:
        """Opens a page; addresses of the public name lead to the test's server."""
        headers = {"Accept-Language": self.language, **({"Cookie": self.cookie} if self.cookie else {})}
        url = address.replace(PUBLIC_URL, self.server)
        response = await self.session.get(url, headers=headers, allow_redirects=False)
        for set_cookie in response.headers.getall("Set-Cookie", []):
            self.cookie = set_cookie.partition(";")[0]
        await response.read()
        return response

    async def begin(self) -> str:
        """Goes to Slack's page, and returns the address that Slack sends the browser back to."""
        to_slack = await self.get(f"{PUBLIC_URL}/webhooks/slack/install")
        assert to_slack.status == 302
        back = await self.get(to_slack.headers["Location"])
        return back.headers["Location"]

    async def install(self) -> ClientResponse:
        """Goes the whole way."""
        return await self.get(await self.begin())


def query_of(address: str) -> dict[str, Any]:
    """Returns the query of an address."""
    return dict(parse_qsl(urlsplit(address).query))


@pytest_asyncio.fixture
async def browser(many: ManyWorkspaces) -> AsyncIterator[Browser]:
    """A browser before the running app."""
    app = Sanic(f"install_{uuid.uuid4().hex}", configure_logging=False)
    routes = Blueprint("slack_webhook", "/webhooks/slack")
    many.add_routes(routes)
    app.blueprint(routes)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = await app.create_server(sock=listening, return_asyncio_server=True)
        assert server
        await server.startup()
        await server.start_serving()
        async with ClientSession(cookie_jar=DummyCookieJar()) as session:
            yield Browser(session, f"http://127.0.0.1:{listening.getsockname()[1]}")
        await server.close()


@pytest.fixture
def keys() -> tuple[Secret, Secret]:
    """Two keys."""
    return Secret(Fernet.generate_key().decode()), Secret(Fernet.generate_key().decode())
