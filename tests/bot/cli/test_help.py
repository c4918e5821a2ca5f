"""`--help` teaches, and is there at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.programs import ROOT, environment, wenhao

COMMANDS = (
    "serve",
    "chat",
    "ask",
    "plan",
    "train",
    "compare",
    "promote",
    "rollback",
    "evaluate",
    "doctor",
    "rules",
    "wechat",
    "slack",
)
HEAVY = ("tensorflow", "rasa", "sklearn", "numpy", "sanic", "jieba")


def test_the_program_names_its_commands() -> None:
    shown = wenhao("--help")
    assert shown.returncode == 0
    assert shown.stderr == ""
    assert [command for command in COMMANDS if f"│ {command} " not in shown.stdout] == []
    assert "wenhao serve" in shown.stdout, "where to start"


@pytest.mark.parametrize(
    ("command", "taught"),
    [
        ("serve", ["--host", "--port", "127.0.0.1", "5005", "Trains a model first"]),
        ("chat", ["Ctrl-D"]),
        ("ask", ["--json", "--jsonl", "--as-of", '"text"', "conversation", '"error"']),
        ("plan", ["--json", "--output", "--language", "--as-of", "plan.pdf", '"wishes"']),
        ("train", ["--if-needed", "--candidate", "past the gate"]),
        ("compare", ["--days", "--most", "Exit code 1"]),
        ("promote", ["--force", "--reason", "--status", "between two messages"]),
        ("rollback", ["--to", "--reason", "change over"]),
        ("evaluate", ["--data", "--misses", "--brief", "--report", "--against", "95%"]),
        ("doctor", ["Exit code 1"]),
        ("rules", ["check", "list", "show"]),
        ("wechat", ["send", "menu", "messages"]),
    ],
)
def test_each_command_teaches(command: str, taught: list[str]) -> None:
    shown = wenhao(command, "--help")
    assert shown.returncode == 0
    assert [word for word in taught if word not in shown.stdout] == []


def test_nothing_heavy_is_imported() -> None:
    program = (
        "import sys\nsys.argv = ['wenhao', '--help']\nfrom bot.cli.program import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('imported:', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    command = [sys.executable, "-c", program]
    shown = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment(), timeout=30, check=True)
    assert shown.stdout.splitlines()[-1] == "imported: []"


def test_no_command_shows_the_help() -> None:
    shown = wenhao()
    assert "Usage: " in shown.stdout + shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize("arguments", [("fly",), ("ask", "--loud"), ("serve", "--port", "0"), ("serve", "--port", "x")])
def test_a_wrong_word_is_told(arguments: tuple[str, ...]) -> None:
    shown = wenhao(*arguments)
    assert shown.returncode == 2
    assert "Traceback" not in shown.stderr
    assert arguments[-1] in shown.stderr
