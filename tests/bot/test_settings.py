"""Settings from the environment, and secrets that don't show themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import PROJECT, Secret, Settings

URL = "postgresql://wenhao:hunter2@db/wenhao"


def test_the_projects_own() -> None:
    settings = Settings.read({})
    assert settings.models == PROJECT / "models"
    assert settings.endpoints == PROJECT / "endpoints.yml"
    assert settings.credentials == PROJECT / "credentials.yml"
    assert (settings.log_level, settings.database_url, settings.redis_url) == ("WARNING", None, None)


def test_each_can_be_set(tmp_path: Path) -> None:
    file = tmp_path / "mine.yml"
    file.touch()
    settings = Settings.read(
        {"MODELS": "/m", "ENDPOINTS": str(file), "CREDENTIALS": str(file), "LOG_LEVEL": "DEBUG", "DATABASE_URL": URL}
    )
    assert (settings.models, settings.endpoints, settings.credentials) == (Path("/m"), file, file)
    assert (settings.log_level, settings.database_url) == ("DEBUG", URL)


@pytest.mark.parametrize("name", ["MODELS", "ENDPOINTS", "CREDENTIALS", "LOG_LEVEL", "DATABASE_URL", "REDIS_URL"])
def test_an_empty_setting_is_none(name: str) -> None:
    assert Settings.read({name: ""}) == Settings.read({})


@pytest.mark.parametrize("name", ["ENDPOINTS", "CREDENTIALS"])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=f"nowhere.yml does not exist: set {name} to the file"):
        Settings.read({name: str(tmp_path / "nowhere.yml")})


def test_a_secret_shows_itself_only_where_it_is_used() -> None:
    secret = Secret(URL)
    assert "hunter2" not in repr(secret)
    assert "hunter2" not in repr([secret])
    assert secret == URL
    assert secret.startswith("postgresql://")


def test_settings_show_no_secret() -> None:
    shown = repr(Settings.read({"DATABASE_URL": URL, "REDIS_URL": "redis://:hunter2@cache"}))
    assert "hunter2" not in shown
    assert "**********" in shown
