"""Where state lives and who runs the actions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot.action_schema import compile_action_schema
from bot.endpoints import InProcessActions, read_endpoints
from bot.errors import SettingsError
from bot.settings import PROJECT, Settings
from tests.actions.asking import parsed


def settings(tmp_path: Path, content: str = "", **environ: str) -> Settings:
    file = tmp_path / "endpoints.yml"
    file.write_text(content or (PROJECT / "endpoints.yml").read_text(encoding="utf-8"), encoding="utf-8")
    return Settings.read({"ENDPOINTS": str(file), **environ}, PROJECT)


def test_one_process_by_default(tmp_path: Path) -> None:
    database = tmp_path / "here" / "conversations.db"
    endpoints = read_endpoints(
        settings(tmp_path, f"tracker_store: {{type: SQL, dialect: sqlite, db: {database}}}\n"), keep_conversations=True
    )
    assert isinstance(endpoints.action, InProcessActions)
    assert endpoints.tracker_store is not None
    assert endpoints.tracker_store.kwargs["db"] == str(database)
    assert database.parent.is_dir()
    assert endpoints.lock_store is None


def test_one_command_keeps_nothing(tmp_path: Path) -> None:
    kept = settings(tmp_path, DATABASE_URL="postgresql://db", REDIS_URL="redis://cache")
    endpoints = read_endpoints(kept, keep_conversations=False)
    assert (endpoints.tracker_store, endpoints.lock_store, endpoints.event_broker) == (None, None, None)


def test_an_action_server_elsewhere(tmp_path: Path) -> None:
    remote = settings(tmp_path, "action_endpoint:\n  url: http://actions:5055/webhook\n")
    action = read_endpoints(remote).action
    assert action is not None
    assert not isinstance(action, InProcessActions)
    assert action.url == "http://actions:5055/webhook"


def test_database_and_redis(tmp_path: Path) -> None:
    many = settings(tmp_path, DATABASE_URL="postgresql://u:p@db/w", REDIS_URL="rediss://us%40er:p%3Aw@cache:6380/2")
    endpoints = read_endpoints(many)
    assert endpoints.tracker_store is not None
    assert endpoints.tracker_store.url == "postgresql://u:p@db/w"
    assert endpoints.lock_store is not None
    assert (endpoints.lock_store.type, endpoints.lock_store.url) == ("redis", "cache")
    assert endpoints.lock_store.kwargs == {
        "port": 6380,
        "db": 2,
        "username": "us@er",
        "password": "p:w",
        "use_ssl": True,
    }


@pytest.mark.parametrize("url", ["http://:hunter2@cache", "hunter2@cache:6379", "redis://", "hunter2"])
def test_an_address_that_is_none(tmp_path: Path, url: str) -> None:
    with pytest.raises(
        SettingsError, match="REDIS_URL is no Redis address: write redis://host:port/database"
    ) as raised:
        read_endpoints(settings(tmp_path, REDIS_URL=url))
    assert "hunter2" not in str(raised.value)


def request(action: str) -> dict[str, Any]:
    tracker = {
        "sender_id": "c1",
        "slots": {},
        "latest_message": parsed("ask_verification_fee"),
        "events": [],
        "paused": False,
        "followup_action": None,
        "active_loop": {},
        "latest_action_name": "action_listen",
    }
    return {"next_action": action, "sender_id": "c1", "tracker": tracker, "domain": {}}


async def test_actions_run_in_this_process() -> None:
    result = await InProcessActions().request(json=request("action_answer_question"))
    assert result["responses"][0]["custom"]["facts"] == ["verification.fee"]
    assert RemoteAction.action_response_format_spec()


async def test_results_are_checked_as_rasa_checks_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    compile_action_schema()
    action = RemoteAction("action_answer_question", InProcessActions())
    assert action._validate_action_result(await InProcessActions().request(json=request("action_answer_question")))
    with pytest.raises(ValidationError):
        action._validate_action_result({"events": "none", "responses": []})
