"""An installation by OAuth, from the browser's first click to the token in the database."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie

import pytest
from aiohttp import ClientSession, DummyCookieJar

from bot.channels.slack.installing.many_workspaces import ManyWorkspaces
from bot.channels.slack.installing.scopes import bot_scopes
from bot.channels.slack.installing.states import States
from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.state import Store
from tests.bot.channels.slack.installing.conftest import PUBLIC_URL, Browser, query_of


async def test_the_whole_way(browser: Browser, slack: ApiStandIn, many: ManyWorkspaces) -> None:
    page = await browser.install()
    assert page.status == 200
    assert "Wenhao is in Team T1" in await page.text()
    token = await many.installations.token("T1")
    assert token and token.startswith("xoxb-installed-")
    assert slack.workspace.tokens[token].scopes == set(bot_scopes())
    bot = await many.installations.find("T1", None)
    assert bot and (bot.bot_user_id, bot.bot_id, bot.app_id) == ("UBOT", "BBOT", "A1")
    assert await many.installations.token("T2") is None


async def test_slack_is_asked_for_what_the_manifest_names(browser: Browser, slack: ApiStandIn) -> None:
    to_slack = await browser.get(f"{PUBLIC_URL}/webhooks/slack/install")
    asked = query_of(to_slack.headers["Location"])
    assert to_slack.headers["Location"].startswith(f"{slack.base_url}/oauth/v2/authorize?")
    assert asked["scope"].split(",") == list(bot_scopes())
    assert asked["redirect_uri"] == f"{PUBLIC_URL}/webhooks/slack/oauth_redirect"
    assert re.fullmatch(r"[\w-]{43}", asked["state"])


async def test_the_cookie(browser: Browser) -> None:
    response = await browser.get(f"{PUBLIC_URL}/webhooks/slack/install")
    (cookie,) = SimpleCookie(response.headers["Set-Cookie"]).values()
    assert cookie["secure"] and cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], int(cookie["max-age"])) == ("Lax", "/webhooks/slack", 600)
    done = await browser.install()
    (cookie,) = SimpleCookie(done.headers["Set-Cookie"]).values()
    assert (cookie.value, int(cookie["max-age"])) == ("", 0)


async def test_two_tabs_of_one_browser(browser: Browser, many: ManyWorkspaces) -> None:
    first, second = await browser.begin(), await browser.begin()
    assert (await browser.get(first)).status == 200
    browser.cookie = ""
    assert (await browser.get(second)).status == 400


async def test_a_state_is_good_once(browser: Browser, slack: ApiStandIn) -> None:
    back = await browser.begin()
    cookie = browser.cookie
    assert (await browser.get(back)).status == 200
    browser.cookie = cookie
    again = await browser.get(back)
    assert again.status == 400
    assert "Please start again" in await again.text()
    assert len(slack.record.calls_of("oauth.v2.access")) == 1


@pytest.mark.parametrize("stolen", ["", "wenhao_slack_install=", f"wenhao_slack_install={'x' * 43}"])
async def test_a_state_belongs_to_its_browser(browser: Browser, many: ManyWorkspaces, stolen: str) -> None:
    back = await browser.begin()
    mine, browser.cookie = browser.cookie, stolen
    assert (await browser.get(back)).status == 400
    assert await many.installations.token("T1") is None
    # And it was not used up by the thief.
    browser.cookie = mine
    assert (await browser.get(back)).status == 200


@pytest.mark.parametrize(
    "query", ["", "?code=1", "?state=", "?state=x&code=1", f"?state={'x' * 43}&code=1", "?state=%00"]
)
async def test_a_state_nobody_gave(browser: Browser, query: str) -> None:
    await browser.get(f"{PUBLIC_URL}/webhooks/slack/install")
    assert (await browser.get(f"{PUBLIC_URL}/webhooks/slack/oauth_redirect{query}")).status == 400


async def test_a_state_runs_out(store: Store) -> None:
    states = States(store, seconds=0.0)
    browser = "b" * 43
    assert not await states.use(await states.new(browser), browser)


async def test_somebody_says_no(browser: Browser, slack: ApiStandIn, many: ManyWorkspaces) -> None:
    slack.oauth.allows = False
    page = await browser.install()
    assert page.status == 200
    assert "Nothing was installed" in await page.text()
    assert await many.installations.token("T1") is None


@pytest.mark.parametrize(
    ("failure", "status"), [({"error": "invalid_code"}, 502), ({"status": 500}, 502), ({"drop": "after"}, 502)]
)
async def test_slack_fails(
    browser: Browser, slack: ApiStandIn, many: ManyWorkspaces, failure: dict[str, str], status: int
) -> None:
    slack.fail("oauth.v2.access", **failure)
    page = await browser.install()
    assert page.status == status
    assert "did not work" in await page.text()
    assert await many.installations.token("T1") is None


async def test_the_pages_speak_both_languages_and_load_nothing(browser: Browser, slack: ApiStandIn) -> None:
    browser.language = "zh-CN,zh;q=0.9,en;q=0.8"
    page = await browser.install()
    text = await page.text()
    assert "问号已加入 Team T1" in text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert re.findall(r'(?:src|href)="([^"]+)"', text) == ["https://slack.com/app_redirect?app=A1&amp;team=T1"]


async def test_what_slack_says_is_escaped(browser: Browser, slack: ApiStandIn) -> None:
    slack.oauth.team = "<script>alert(1)</script>"
    text = await (await browser.install()).text()
    assert "<script" not in text
    assert "&lt;script&gt;" in text


async def test_a_second_installation_takes_the_place_of_the_first(browser: Browser, many: ManyWorkspaces) -> None:
    await browser.install()
    first = await many.installations.token("T1")
    await browser.install()
    second = await many.installations.token("T1")
    assert first != second
    assert many.installations._tables.count() == 1


async def test_two_workspaces_have_a_token_each(browser: Browser, slack: ApiStandIn, many: ManyWorkspaces) -> None:
    await browser.install()
    slack.oauth.team = "T2"
    await browser.install()
    tokens = {await many.installations.token(team) for team in ("T1", "T2")}
    assert len(tokens) == 2
    assert {slack.workspace.tokens[token].team for token in tokens if token} == {"T1", "T2"}


async def test_another_browser_has_another_secret(browser: Browser) -> None:
    await browser.begin()
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        other = Browser(session, browser.server)
        back = await other.begin()
    assert browser.cookie != other.cookie
    assert (await browser.get(back)).status == 400
