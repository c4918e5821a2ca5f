"""Processes are timed, watched, and never left running."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from benchmarks.errors import BenchmarkError
from benchmarks.processes import run_to_end, running
from benchmarks.system import Command

FOREVER = Command(
    ("-c", "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])")
)


def test_a_process_is_measured_from_start_to_end(tmp_path: Path) -> None:
    ran = run_to_end(Command(("-c", "import time; held = bytearray(40_000_000); time.sleep(0.6)")), tmp_path, 30)
    assert ran.seconds > 0.6
    assert ran.megabytes > 40


def test_a_failure_says_what_the_process_said(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="no such model"):
        run_to_end(Command(("-c", "raise SystemExit('no such model')")), tmp_path, 30)


def test_what_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="took more than"):
        run_to_end(FOREVER, tmp_path, 0.5)


def test_on_leaving_neither_processes_nor_their_children_are_left(tmp_path: Path) -> None:
    def leave_by_a_fault() -> list[psutil.Process]:
        with running([FOREVER, FOREVER], tmp_path) as started:
            tree = [psutil.Process(process.pid) for process in started.processes]
            while not all(process.children() for process in tree):
                started.check()
            family.extend([*tree, *(child for process in tree for child in process.children())])
            raise RuntimeError("a fault")

    family: list[psutil.Process] = []
    with pytest.raises(RuntimeError, match="a fault"):
        leave_by_a_fault()
    assert len(family) == 4
    _, alive = psutil.wait_procs(family, timeout=5)
    assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def test_nothing_of_the_surroundings_reaches_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    assert "SLACK_BOT_TOKEN" not in FOREVER.environ
