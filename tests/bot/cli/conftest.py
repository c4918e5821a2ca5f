"""Settings for commands: the session's model, and state that stays out of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.models import TrainedModel
from tests.bot.channels.wechat.conftest import agent, connect  # noqa: F401 - fixtures
from tests.programs import ROOT


@pytest.fixture
def settings(model: TrainedModel, tmp_path: Path) -> dict[str, object]:
    """The environment of a command that needs the model."""
    return {
        "MODELS": model.file.parent,
        "ENDPOINTS": endpoints_in(tmp_path),
        "STATE_FILE": tmp_path / "state.db",
    }


def endpoints_in(folder: Path) -> Path:
    """Returns the project's endpoints with the database in a folder."""
    content = (ROOT / "endpoints.yml").read_text(encoding="utf-8")
    assert content.count("db: var/conversations.db") == 1
    file = folder / "endpoints.yml"
    file.write_text(content.replace("var/conversations.db", str(folder / "conversations.db")), encoding="utf-8")
    return file
