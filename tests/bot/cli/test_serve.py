"""`wenhao serve` where it can't start: one line that says what to do."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.programs import wenhao
from tests.table_copy import TableCopy


def test_a_taken_port(settings: dict[str, object]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = wenhao("serve", "--port", str(port), settings=settings)
    assert ended.returncode == 1
    assert ended.stdout == ""
    last = ended.stderr.splitlines()[-1]
    assert last.startswith(f"wenhao: 127.0.0.1:{port} can't be used")
    assert last.endswith("choose another with --port")
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("name", ["ENDPOINTS", "CREDENTIALS"])
def test_a_settings_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    ended = wenhao("serve", settings={name: tmp_path / "nowhere.yml"})
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"wenhao: {tmp_path / 'nowhere.yml'} does not exist: set {name}")


def test_credentials_that_do_not_suffice(settings: dict[str, object], free_port: int) -> None:
    ended = wenhao("serve", "--port", str(free_port), settings={**settings, "SLACK_BOT_TOKEN": "xoxb-1"})
    assert ended.returncode == 1
    last = ended.stderr.splitlines()[-1]
    assert last.startswith("wenhao: channel ")
    assert "SLACK_SIGNING_SECRET" in last
    assert "Traceback" not in ended.stderr


def test_a_rule_table_with_a_fault(settings: dict[str, object], free_port: int, table_copy: TableCopy) -> None:
    table_copy.append("market", "\nrulez: {}\n")
    ended = wenhao("serve", "--port", str(free_port), settings={**settings, "RULE_TABLE": table_copy.folder})
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith(f"wenhao: {table_copy.file('market')}:")
    assert "Traceback" not in ended.stderr
