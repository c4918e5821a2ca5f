"""One app in several workspaces: each is answered with its own token."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Installation

from bot.channels.slack.installing.many_workspaces import open_many_workspaces
from bot.settings import Settings
from bot.state import Store
from tests.bot.channels.slack.conftest import Serve
from tests.bot.channels.slack.slack_side import direct_message

MANY = {"client_id": "1.2", "client_secret": "secret", "encryption_key": Fernet.generate_key().decode()}


async def test_each_workspace_is_answered_with_its_own_token(
    serve: Serve, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("STATE_FILE", str(tmp_path / "state.db"))
    monkeypatch.setenv("PUBLIC_URL", "https://wenhao.test")
    many = open_many_workspaces(MANY, Settings.read(), store, "https://slack.test/api/")
    assert many
    for team in ("T1", "T2"):
        await many.installations.save(
            Installation(
                app_id="A1", team_id=team, user_id="U1", bot_token=f"xoxb-{team}", bot_user_id="UBOT", bot_id="B"
            )
        )

    async with serve(bot_token="", **MANY) as slack:
        for team in ("T1", "T2"):
            slack.api.workspace.add_token(f"xoxb-{team}", team)
        slack.api.workspace.add_channel("D1", ["U1", "UBOT"], team="T2")
        for team in ("T1", "T2", "T3"):
            assert await slack.send_event(direct_message(f"from {team}"), team=team) == 200

        posts = await slack.posted(2)
        assert {(post["team"], post["text"]) for post in posts} == {("T1", "About from T1"), ("T2", "About from T2")}
        await slack.api.until(lambda: "not installed in the Slack workspace T3" in caplog.text)

        gone = {"type": "app_uninstalled"}
        assert await slack.send_event(gone, team="T2") == 200
        await slack.send_event(direct_message("once more"), team="T2")
        assert "once more" not in await slack.asked_so_far()
