"""Runs the commands of one job, as a process that outlives the review: `python -m bot.review.job_runner FOLDER LOCK`.

It stops at the first command that fails. What they print goes to `output.log`; the exit code to `ended`, at last.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

JOB, OUTPUT, ENDED = "job.json", "output.log", "ended"


def run(folder: Path, lock: int) -> None:
    """Runs a job. The commands hold the lock too: it is free when the last process of the job is gone."""
    commands: list[list[str]] = json.loads((folder / JOB).read_text("utf-8"))["commands"]
    code = 0
    with (folder / OUTPUT).open("ab") as output:
        for command in commands:
            ran = subprocess.run(  # noqa: S603 - the review's own commands
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=(lock,),
                check=False,
            )
            code = ran.returncode
            if code:
                break
    beside = folder / f".{ENDED}"
    beside.write_text(str(code), "ascii")
    beside.replace(folder / ENDED)


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
