"""The processes that ask models don't outlive the comparison that began them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.programs import environment

PROGRAM = """
import time
from pathlib import Path
from bot.learning.promoting.workers import Workers

if __name__ == "__main__":
    workers = Workers(None, Path("tuning.yml"))
    pool = workers._pool
    pool.submit(time.sleep, 0).result()
    pool.submit(time.sleep, 0).result()
    print(*pool._processes, flush=True)
    time.sleep(60)
"""
MOST_SECONDS = 20.0


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    parent = subprocess.Popen(
        [sys.executable, str(program)], cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    with parent.stdout:
        workers = [int(each) for each in parent.stdout.readline().split()]
    assert workers and all(map(is_running, workers))
    parent.kill()
    parent.wait()
    end = time.monotonic() + MOST_SECONDS
    while any(map(is_running, workers)) and time.monotonic() < end:
        time.sleep(0.1)
    left = [process for process in workers if is_running(process)]
    for process in left:
        os.kill(process, 9)
    assert not left
