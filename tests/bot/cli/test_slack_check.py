"""What doctor says of Slack, asked of a stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Installation

from bot.channels.slack.installing.installations import open_tables
from bot.channels.slack.installing.oauth_settings import OauthSettings
from bot.channels.slack.installing.scopes import bot_scopes
from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.cli.slack_check import check_slack
from bot.settings import Settings
from tests.bot.cli.here import run_here

TOKEN = "xoxb-checked"


@pytest.fixture
def slack() -> Iterator[ApiStandIn]:
    with ApiStandIn().in_thread() as slack:
        slack.workspace.add_token(TOKEN, "T1", bot_scopes())
        yield slack


def lines(monkeypatch: pytest.MonkeyPatch, folder: Path, **environ: str) -> list[tuple[str, str, bool | None]]:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return list(check_slack(Settings.read({**environ, "STATE_FILE": str(folder / "state.db")})))


def about(slack: ApiStandIn, **environ: str) -> dict[str, str]:
    return {"SLACK_API_BASE_URL": slack.url, "SLACK_SIGNING_SECRET": "s", **environ}


def test_a_good_token(slack: ApiStandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = lines(monkeypatch, tmp_path, **about(slack, SLACK_BOT_TOKEN=TOKEN))
    assert told == [("Slack bot token", "good for Team T1 (T1)", True)]


def test_doctor_tells_it(slack: ApiStandIn, tmp_path: Path) -> None:
    slack.revoke(TOKEN)
    state = {"STATE_FILE": tmp_path / "state.db", "MODELS": tmp_path}
    report = run_here("doctor", **about(slack, SLACK_BOT_TOKEN=TOKEN), **state)
    assert "wrong Slack bot token: it was revoked: install the app again and copy the new token" in report.stdout
    assert report.exit_code == 1
    assert TOKEN not in report.stdout


def test_nothing_is_said_where_slack_is_not_set_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert lines(monkeypatch, tmp_path) == []


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ("invalid_auth", "copy it again"),
        ("token_revoked", "revoked"),
        ("account_inactive", "uninstalled"),
        ("org_login_required", "Slack refuses it: org_login_required"),
    ],
)
def test_a_bad_token(slack: ApiStandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: str, says: str) -> None:
    slack.revoke(TOKEN, error)
    ((_, told, good),) = lines(monkeypatch, tmp_path, **about(slack, SLACK_BOT_TOKEN=TOKEN))
    assert says in told
    assert good is False


def test_a_token_of_another_kind(slack: ApiStandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ((_, told, good),) = lines(monkeypatch, tmp_path, **about(slack, SLACK_BOT_TOKEN="xoxp-1"))
    assert "Bot User OAuth Token" in told
    assert good is False
    assert slack.record.calls == []


def test_missing_scopes(slack: ApiStandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slack.workspace.add_token(TOKEN, "T1", set(bot_scopes()) - {"im:history", "commands"})
    ((_, told, good),) = lines(monkeypatch, tmp_path, **about(slack, SLACK_BOT_TOKEN=TOKEN))
    assert told.startswith("lacks commands, im:history: ")
    assert good is False


def test_slack_does_not_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    address = {"SLACK_API_BASE_URL": "http://127.0.0.1:1/api/", "SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": "s"}
    ((_, told, good),) = lines(monkeypatch, tmp_path, **address)
    assert told.startswith("Slack does not answer at http://127.0.0.1:1/api/")
    assert good is False


def test_something_else_answers_there(slack: ApiStandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slack.fail("auth.test", status=502, text="<html>Bad gateway</html>")
    ((_, told, good),) = lines(monkeypatch, tmp_path, **about(slack, SLACK_BOT_TOKEN=TOKEN))
    assert told.startswith("Slack does not answer at ")
    assert good is False


def test_installations(slack: ApiStandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    environ = about(
        slack, SLACK_CLIENT_ID="1.2", SLACK_CLIENT_SECRET="c", SLACK_ENCRYPTION_KEY=old, PUBLIC_URL="https://w.test"
    )
    says = "workspaces: 0; install at https://w.test/webhooks/slack/install"
    assert lines(monkeypatch, tmp_path, **environ) == [("Slack installations", says, True)]
    given = {"client_id": "1.2", "client_secret": "c", "encryption_key": old}
    oauth = OauthSettings.read(given, "https://w.test", slack.url)
    assert oauth
    tables = open_tables(oauth, Settings.read({"STATE_FILE": str(tmp_path / "state.db")}))
    tables.save(Installation(user_id="U1", app_id="A1", team_id="T1", bot_token=TOKEN))
    assert lines(monkeypatch, tmp_path, **environ)[0][1].startswith("workspaces: 1;")
    unreadable, _ = lines(monkeypatch, tmp_path, **{**environ, "SLACK_ENCRYPTION_KEY": new})
    assert unreadable[1].startswith("2 rows that no key")
    assert unreadable[2] is False
