"""`wenhao doctor`: what is set, missing or wrong, and whether the bot would serve."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.channels.wechat.rehearsal.api_platform import PlayedAccount
from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn
from bot.models import TrainedModel
from tests.bot.cli.conftest import endpoints_in
from tests.bot.cli.here import run_here
from tests.programs import wenhao
from tests.table_copy import TableCopy

WECHAT = {"WECHAT_TOKEN": "a-token", "WECHAT_APP_ID": "wx1"}


def test_all_is_well(settings: dict[str, object]) -> None:
    report = wenhao("doctor", settings={**settings, **WECHAT})
    assert report.returncode == 0, report.stdout
    lines = report.stdout.splitlines()
    assert lines[0].startswith("ok    Python: 3.10.")
    assert any(line.startswith("ok    rule table: ") and "as of: guide" in line for line in lines)
    assert any(line.startswith("ok    model: ") and "fits the training data" in line for line in lines)
    assert any(line.startswith("ok    channel WeChatInput: set up") for line in lines)
    assert any(line.startswith("-     channel SlackInput: left out (set ") for line in lines)
    assert any(line.startswith("ok    conversation store: SQLTrackerStore") for line in lines)
    assert any(line.startswith("-     lock store: in memory") for line in lines)
    assert any(line.startswith("ok    state store: ") and "can be written" in line for line in lines)
    assert any(line.startswith("-     WeChat mode: plain") for line in lines)
    assert any(line.startswith("-     WeChat's API: not called") for line in lines)
    assert not [line for line in lines if line.startswith("wrong")]


@pytest.fixture
def broken(tmp_path: Path, table_copy: TableCopy, model: TrainedModel) -> dict[str, Any]:
    """Settings each of which is wrong in its own way."""
    table_copy.append("market", "\nrulez: {}\n")
    (tmp_path / "models").mkdir()
    return {
        "MODELS": tmp_path / "models",
        "ENDPOINTS": endpoints_in(tmp_path),
        "RULE_TABLE": table_copy.folder,
        "SLACK_BOT_TOKEN": "xoxb-1",
        "DATABASE_URL": "postgresql://wenhao:hunter2@127.0.0.1:1/none",
        "REDIS_URL": "redis://:hunter2@127.0.0.1:1",
    }


def test_everything_wrong_is_told_at_once(broken: dict[str, Any]) -> None:
    report = wenhao("doctor", settings=broken)
    assert report.returncode == 1
    wrong = [line for line in report.stdout.splitlines() if line.startswith("wrong ")]
    subjects = [line.removeprefix("wrong ").split(":")[0] for line in wrong]
    stores = ["conversation store", "lock store", "state store", "review database"]
    assert subjects == ["rule table", "model", "channel SlackInput", *stores]
    told = "\n".join(wrong)
    assert "market.yml:" in told
    assert "unknown section 'rulez'" in told
    assert "run 'wenhao train'" in told
    assert "SLACK_SIGNING_SECRET" in told
    assert "hunter2" not in report.stdout + report.stderr
    assert "Traceback" not in report.stderr


def test_a_database_that_does_not_answer(settings: dict[str, object]) -> None:
    report = run_here("doctor", **settings, DATABASE_URL="postgresql://wenhao:hunter2@127.0.0.1:1/none")
    assert report.exit_code == 1
    assert "wrong conversation store" in report.stdout
    assert "hunter2" not in report.stdout


def test_a_database_of_a_kind_nobody_knows(settings: dict[str, object]) -> None:
    report = run_here("doctor", **settings, DATABASE_URL="mysql+nonsense://wenhao:hunter2@127.0.0.1:1/none")
    assert report.exit_code == 1
    assert "wrong conversation store" in report.stdout
    assert "hunter2" not in report.stdout


def test_an_older_model_still_serves(settings: dict[str, object], tmp_path: Path, model: TrainedModel) -> None:
    models = tmp_path / "models"
    models.mkdir()
    (models / model.file.name).symlink_to(model.file)
    report = run_here("doctor", **{**settings, "MODELS": models})
    assert report.exit_code == 0
    assert "older than the training data: run 'wenhao train'" in report.stdout


def test_a_bad_as_of_in_the_endpoints(settings: dict[str, object], tmp_path: Path) -> None:
    file = tmp_path / "endpoints.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("as_of: guide", "as_of: yesterday"), encoding="utf-8")
    report = run_here("doctor", **settings)
    assert report.exit_code == 1
    assert "rules.as_of: as_of is 'yesterday'" in report.stdout


def test_a_state_file_that_can_not_be_written(settings: dict[str, object], tmp_path: Path) -> None:
    report = run_here("doctor", **{**settings, "STATE_FILE": tmp_path})
    assert report.exit_code == 1
    assert f"wrong state store: {tmp_path} can't be used" in report.stdout


def test_wechat_is_asked_where_the_bot_may_call_it(settings: dict[str, object]) -> None:
    with ApiStandIn(PlayedAccount("wx1", "a-secret", verified=False)) as api:
        kind = {"WECHAT_ACCOUNT_TYPE": "service", "WECHAT_VERIFIED": "yes", "WECHAT_APP_SECRET": "a-secret"}
        report = run_here("doctor", **settings, **WECHAT, **kind, WECHAT_API_BASE_URL=api.url)
    assert report.exit_code == 1
    assert "ok    WeChat's API: takes the AppID, the AppSecret and this machine's address" in report.stdout
    assert "WECHAT_VERIFIED=yes, but WeChat refuses it (48001)" in report.stdout
    assert "a-secret" not in report.output


def test_a_key_of_a_wrong_length(settings: dict[str, object]) -> None:
    report = run_here("doctor", **settings, **WECHAT, WECHAT_ENCODING_AES_KEY="A" * 42)
    assert report.exit_code == 1
    assert (
        "'encoding_aes_key' must be the 43 letters and digits of the account's EncodingAESKey (it has 42)"
        in report.stdout
    )
    assert "WeChat mode" not in report.stdout
