"""Jobs: one at a time, outliving the review, told rightly whatever ends them."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from bot.review.job_runner import ENDED
from bot.review.jobs import FOLDER, KEPT, Job, JobError, Jobs, Stage

PYTHON = (sys.executable, "-c")
WAITS = "import sys, time; print('begun', *sys.argv[1:], flush=True); time.sleep(float(sys.argv[1]))"


def ended(jobs: Jobs, job: Job, seconds: float = 20) -> Job:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = jobs.find(job.id)
        assert found
        if not found.is_running:
            return found
        time.sleep(0.05)
    raise AssertionError("the job does not end")


def begun(jobs: Jobs, job: Job) -> None:
    while "begun" not in (jobs.find(job.id) or job).output:
        time.sleep(0.05)


def processes(project: Path) -> list[psutil.Process]:
    return [
        each
        for each in psutil.process_iter(["cmdline"])
        if str(project / FOLDER) in " ".join(each.info["cmdline"] or ())
    ]


def test_a_job_runs_its_commands_in_order_and_keeps_what_they_print(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path, (*PYTHON, "import sys; print(sys.argv[1:], flush=True); sys.exit(int(sys.argv[1]))"))
    job = ended(jobs, jobs.start("round", "Ann", ["0", "one"], ["0", "two"]))
    assert (job.stage, job.by, job.kind) == (Stage.DONE, "Ann", "round")
    assert job.output.splitlines() == ["['0', 'one']", "['0', 'two']"]
    failed = ended(jobs, jobs.start("round", "Bo", ["3", "one"], ["0", "never"]))
    assert failed.stage is Stage.FAILED and "never" not in failed.output
    assert [each.by for each in jobs.all()] == ["Bo", "Ann"]
    assert jobs.running() is None and jobs.latest("other") is None
    assert jobs.find("../round") is None and jobs.find("none") is None


def test_one_at_a_time_also_for_another_review(tmp_path: Path) -> None:
    jobs, others = (Jobs(tmp_path, (*PYTHON, WAITS)) for _ in range(2))
    job = jobs.start("train", "Ann", ["1.5"])
    with pytest.raises(JobError, match="train, started by Ann"):
        others.start("train", "Bo", ["1"])
    running = others.running()
    assert running and running.id == job.id
    assert ended(others, job).stage is Stage.DONE
    assert ended(others, others.start("train", "Bo", ["0"])).stage is Stage.DONE


def test_a_killed_job_is_told_as_broken_and_another_can_start(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path, (*PYTHON, WAITS))
    job = jobs.start("train", "Ann", ["60"])
    begun(jobs, job)
    runner = processes(tmp_path)[0]
    child = runner.children()[0]
    os.kill(runner.pid, signal.SIGKILL)
    runner.wait(5)
    assert (jobs.find(job.id) or job).stage is Stage.RUNNING, "its command still runs, and holds the lock"
    with pytest.raises(JobError):
        jobs.start("train", "Bo", ["0"])
    child.kill()
    assert ended(jobs, job).stage is Stage.BROKEN
    assert ended(jobs, jobs.start("train", "Bo", ["0"])).stage is Stage.DONE


def test_what_lies_about_is_no_job(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path, (*PYTHON, WAITS))
    assert jobs.all() == [] and jobs.running() is None
    for name, content in (
        ("20000101-000000-000000", None),
        ("20000101-000000-000001", "{"),
        ("20000101-000000-000002", "{}"),
    ):
        (tmp_path / FOLDER / name).mkdir(parents=True)
        if content is not None:
            (tmp_path / FOLDER / name / "job.json").write_text(content)
    assert jobs.all() == []
    for number in range(KEPT):
        (tmp_path / FOLDER / f"20010101-000000-{number:06d}").mkdir()
    job = ended(jobs, jobs.start("train", "Ann", ["0"]))
    kept = sorted(each.name for each in (tmp_path / FOLDER).iterdir() if each.is_dir())
    assert len(kept) == KEPT and kept[-1] == job.id
    assert (tmp_path / FOLDER / job.id / ENDED).read_text() == "0"
