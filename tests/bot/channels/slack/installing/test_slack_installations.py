"""The installations in the database: unreadable without the key, refreshed, and forgotten in time."""

from __future__ import annotations

import asyncio
import json
import logging
import time
import uuid
from collections.abc import Callable
from typing import Any, Optional

import pytest
import sqlalchemy
from cryptography.fernet import Fernet
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.installing.errors import InstallationError, NotInstalledError
from bot.channels.slack.installing.installations import FILE, open_tables
from bot.channels.slack.installing.many_workspaces import ManyWorkspaces, open_many_workspaces
from bot.channels.slack.installing.oauth_settings import OauthSettings
from bot.channels.slack.installing.token_cipher import TokenCipher
from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.channels.slack.rehearsal.desk import Grant
from bot.errors import SettingsError
from bot.settings import Settings
from bot.state import Store, StoreError
from tests.bot.channels.slack.installing.conftest import PUBLIC_URL

TOKEN = "xoxb-very-secret"
REFRESH = "xoxe-1-" + "r" * 140


def installation(team: str = "T1", **more: Any) -> Installation:
    about = {"app_id": "A1", "team_id": team, "user_id": "U1", "bot_id": "BBOT", "bot_user_id": "UBOT"}
    return Installation(**{**about, "bot_token": TOKEN, "bot_refresh_token": REFRESH, **more})


def stored(settings: Settings) -> bytes:
    """Returns everything that stands in the database, as bytes."""
    if not settings.database_url:
        folder = settings.state_file.parent
        return b"".join(file.read_bytes() for file in folder.glob(f"{FILE}*"))
    engine = sqlalchemy.create_engine(str(settings.database_url))
    with engine.connect() as connection:
        tables = ("slack_bots", "slack_installations")
        rows = [connection.execute(sqlalchemy.text(f"SELECT * FROM {name}")).fetchall() for name in tables]
    engine.dispose()
    return repr(rows).encode()


async def test_tokens_are_unreadable_in_the_database(many: ManyWorkspaces, settings: Settings) -> None:
    await many.installations.save(installation())
    assert await many.installations.token("T1") == TOKEN
    content = stored(settings)
    assert b"UBOT" in content
    assert TOKEN.encode() not in content
    assert REFRESH.encode() not in content


async def test_a_key_can_be_changed(given: dict[str, str], settings: Settings, store: Store, slack: ApiStandIn) -> None:
    old, new = given["encryption_key"], Fernet.generate_key().decode()

    def opened(keys: str) -> ManyWorkspaces:
        many = open_many_workspaces({**given, "encryption_key": keys}, settings, store, slack.url)
        assert many
        return many

    await opened(old).installations.save(installation())
    assert await opened(f"{new}, {old}").installations.token("T1") == TOKEN
    # What was opened with both keys needs the older one no more.
    assert await opened(new).installations.token("T1") == TOKEN


async def test_a_key_that_does_not_fit(
    given: dict[str, str],
    many: ManyWorkspaces,
    settings: Settings,
    store: Store,
    slack: ApiStandIn,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await many.installations.save(installation())
    with caplog.at_level(logging.ERROR):
        other = open_many_workspaces(
            {**given, "encryption_key": Fernet.generate_key().decode()}, settings, store, slack.url
        )
    assert other
    assert "2 rows of Slack installations can't be read" in caplog.text
    with pytest.raises(InstallationError, match="none of the keys in SLACK_ENCRYPTION_KEY fits"):
        await other.installations.token("T1")
    # They can still be forgotten, and the app be installed again.
    assert await other.installations.forget("T1", None, time.time())
    await other.installations.save(installation())
    assert await other.installations.token("T1") == TOKEN


async def test_an_organisation_wide_installation(many: ManyWorkspaces) -> None:
    await many.installations.save(installation(None, enterprise_id="E1", is_enterprise_install=True))
    assert await many.installations.token("T7", "E1") == TOKEN
    assert await many.installations.token("T7", "E2") is None


@pytest.fixture
def app(many: ManyWorkspaces) -> AsyncApp:
    async def authorize(context: AsyncBoltContext) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=context.enterprise_id, team_id=context.team_id)

    app = AsyncApp(signing_secret="s", authorize=authorize)
    many.listen(app)
    return app


async def deliver(app: AsyncApp, event: dict[str, Any], team: str = "T1", at: Optional[float] = None) -> int:
    outer = {"type": "event_callback", "team_id": team, "event": event, "event_id": uuid.uuid4().hex}
    body = json.dumps({**outer, "event_time": int(at or time.time()) + 1})
    timestamp = str(int(time.time()))
    signature = SignatureVerifier("s").generate_signature(timestamp=timestamp, body=body)
    headers = {"x-slack-signature": signature, "x-slack-request-timestamp": timestamp}
    request = AsyncBoltRequest(body=body, headers={"content-type": "application/json", **headers})
    return int((await app.async_dispatch(request)).status)


async def forgotten(many: ManyWorkspaces, team: str = "T1") -> None:
    for _ in range(200):
        if await many.installations.token(team) is None:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{team} is still there")


REVOKED = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOT"]}}


@pytest.mark.parametrize("event", [{"type": "app_uninstalled"}, REVOKED])
async def test_a_workspace_that_throws_the_app_out_is_forgotten(
    app: AsyncApp, many: ManyWorkspaces, settings: Settings, event: dict[str, Any]
) -> None:
    await many.installations.save(installation())
    await many.installations.save(installation("T2"))
    assert await deliver(app, event) == 200
    await forgotten(many)
    assert await many.installations.token("T2") == TOKEN
    # Slack sends both events: the second finds nothing and harms nothing.
    assert await deliver(app, event) == 200


async def test_what_ends_nothing(app: AsyncApp, many: ManyWorkspaces) -> None:
    await many.installations.save(installation())
    await deliver(app, {"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}})
    await deliver(app, {"type": "tokens_revoked"})
    # Told late, after the app was installed again.
    await deliver(app, {"type": "app_uninstalled"}, at=time.time() - 60)
    await asyncio.sleep(0.1)
    assert await many.installations.token("T1") == TOKEN


async def test_each_workspace_has_a_client(many: ManyWorkspaces, slack: ApiStandIn) -> None:
    for team in ("T1", "T2"):
        slack.workspace.add_token(f"xoxb-{team}", team)
        await many.installations.save(installation(team, bot_token=f"xoxb-{team}", bot_user_id=f"U-{team}"))
    workspaces = many.workspaces(lambda token: AsyncWebClient(token, base_url=slack.url))
    for team in ("T2", "T1"):
        assert (await (await workspaces.client(team)).auth_test())["team_id"] == team
        assert await workspaces.bot_user(team) == f"U-{team}"
    with pytest.raises(NotInstalledError, match="T3"):
        await workspaces.client("T3")


def rotating(slack: ApiStandIn) -> Callable[[float], Installation]:
    slack.oauth.rotates = True
    slack.oauth.refresh_tokens[REFRESH] = Grant("T1", "U1", ("chat:write",), "")
    return lambda seconds: installation(bot_token_expires_at=int(time.time() + seconds))


async def test_a_token_that_expires_soon_is_renewed(many: ManyWorkspaces, slack: ApiStandIn) -> None:
    expiring = rotating(slack)
    await many.installations.save(expiring(3 * 60 * 60))
    assert await many.installations.token("T1") == TOKEN
    await many.installations.save(expiring(60 * 60))
    fresh = [await many.installations.token("T1") for _ in range(3)]
    assert fresh[0] != TOKEN
    assert len(set(fresh)) == 1
    assert len(slack.record.calls_of("oauth.v2.access")) == 1


async def test_of_several_one_renews(many: ManyWorkspaces, slack: ApiStandIn) -> None:
    await many.installations.save(rotating(slack)(60 * 60))
    slack.fail("oauth.v2.access", delay=0.1)
    tokens = await asyncio.gather(*(many.installations.token("T1") for _ in range(5)))
    assert len(slack.record.calls_of("oauth.v2.access")) == 1
    assert tokens.count(TOKEN) == 4


async def test_slack_gives_no_new_token(
    many: ManyWorkspaces, slack: ApiStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    await many.installations.save(rotating(slack)(60 * 60))
    slack.oauth.refresh_tokens.clear()
    assert await many.installations.token("T1") == TOKEN
    assert "gives no new token for the workspace T1: invalid_refresh_token" in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"client_secret": ""}, "SLACK_CLIENT_SECRET"),
        ({"encryption_key": ""}, "make one with 'wenhao slack key'"),
        ({"encryption_key": "too-short"}, "key 1 in SLACK_ENCRYPTION_KEY is none"),
        ({"encryption_key": " , "}, "holds no key"),
        ({"bot_token": "xoxb-1"}, "leave one of them unset"),
    ],
)
def test_it_does_not_start_unsafe(given: dict[str, str], change: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        OauthSettings.read({**given, **change}, PUBLIC_URL, "https://slack.com/api/")


def test_it_needs_an_address(given: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="PUBLIC_URL"):
        OauthSettings.read(given, "", "https://slack.com/api/")


def test_the_addresses(given: dict[str, str]) -> None:
    oauth = OauthSettings.read(given, PUBLIC_URL, "https://slack.com/api/")
    assert oauth
    assert oauth.authorize_url == "https://slack.com/oauth/v2/authorize"
    assert oauth.redirect_url == f"{PUBLIC_URL}/webhooks/slack/oauth_redirect"
    assert given["client_secret"] not in repr(oauth)
    assert given["encryption_key"] not in repr(oauth)


def test_one_workspace_needs_nothing_of_this() -> None:
    assert OauthSettings.read({"bot_token": "xoxb-1"}, "", "https://slack.com/api/") is None


def test_a_database_that_does_not_answer(given: dict[str, str]) -> None:
    environ = {"DATABASE_URL": "postgresql://wenhao:hunter2@127.0.0.1:1/none"}
    oauth = OauthSettings.read(given, PUBLIC_URL, "https://slack.com/api/")
    assert oauth
    with pytest.raises(StoreError) as refused:
        open_tables(oauth, Settings.read(environ))
    assert "hunter2" not in str(refused.value)


def test_the_cipher() -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    stored = TokenCipher([old]).encrypt(TOKEN)
    both = TokenCipher([new, old])
    assert both.decrypt(stored) == TOKEN
    assert not both.is_newest(stored)
    assert both.is_newest(both.encrypt(TOKEN))
    assert both.encrypt(None) is None
