"""Promoting: what is refused and why, what is kept, and what a rival leaves."""

from __future__ import annotations

import fcntl
import json
import multiprocessing
from pathlib import Path

import pytest

from actions.settings import TUNING
from bot.errors import ModelError
from bot.learning.promoting.candidates import candidates, find_candidate
from bot.learning.promoting.errors import PromotionError
from bot.learning.promoting.history import Event, read_history
from bot.learning.promoting.pointing import LOCK
from bot.learning.promoting.promotion import promote, roll_back
from bot.learning.promoting.serving import read_serving, sha256_of
from bot.learning.promoting.threshold_file import model_id_of, read_thresholds
from tests.bot.learning.promoting.compared import candidate, change, promoted, serving_name
from tests.bot.learning.promoting.small import SmallProject


def test_a_candidate_that_passed_serves_with_its_thresholds(project: SmallProject) -> None:
    record = promoted(project, 1)
    serving = read_serving(project.settings.models)
    assert serving is not None
    assert (serving.model, serving.by, serving.tuning) == ("candidate-1.tar.gz", "ann", {"en": 0.2, "zh": 0.3})
    assert (record.event, record.before, record.batches) == (Event.PROMOTED, "first.tar.gz", ("batch-1",))
    assert serving_name(project) == "candidate-1.tar.gz"
    id_ = model_id_of(project.settings.models / serving.model)
    assert read_thresholds(project.settings.models / TUNING) == {id_: {"en": 0.2, "zh": 0.3}}
    assert [each.event for each in read_history(project.settings.models)] == [Event.ADOPTED, Event.PROMOTED]
    assert candidates(project.settings) == []


def test_what_was_not_compared_is_refused(project: SmallProject) -> None:
    candidate(project, compared=False)
    with pytest.raises(PromotionError, match=r"is not promoted:\n  it was not compared.*wenhao compare --candidate"):
        promote(project.settings)
    assert read_serving(project.settings.models) is None
    assert serving_name(project) == "first.tar.gz"


def test_what_failed_the_gate_is_refused_with_its_reasons(project: SmallProject) -> None:
    candidate(project, passes=False)
    with pytest.raises(PromotionError) as refused:
        promote(project.settings)
    assert refused.value.reasons == (
        "1 of 1 questions that must not be lost were answered rightly, and no longer are.",
    )
    assert serving_name(project) == "first.tar.gz"


@pytest.mark.parametrize("what", ["data", "golden", "code", "table"])
def test_what_changed_since_the_comparison_is_named(
    project: SmallProject, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = candidate(project)
    if what == "data":
        change(project.folder / "data" / "nlu" / "all.yml")
    elif what == "golden":
        project.write_lines("tests/golden/more.jsonl", [{"text": "a", "language": "en", "style": "x", "facts": []}])
    else:
        monkeypatch.setattr(f"bot.learning.promoting.comparing.{what}_hash", lambda: "another")
    told = {"data": "the training data changed", "golden": "the golden set changed", "code": "the program changed"}
    with pytest.raises(PromotionError, match=told.get(what, "the rule table changed")):
        promote(project.settings, find_candidate(project.settings, name))


def test_a_promotion_in_between_outdates_a_comparison(project: SmallProject) -> None:
    older, newer = candidate(project, 1), candidate(project, 2)
    promote(project.settings, find_candidate(project.settings, older))
    with pytest.raises(PromotionError, match="another model serves than was compared with"):
        promote(project.settings, find_candidate(project.settings, newer))


def test_force_needs_a_reason_and_is_kept(project: SmallProject) -> None:
    candidate(project, passes=False)
    with pytest.raises(PromotionError, match="say why"):
        promote(project.settings, force=True, reason=" ")
    record = promote(project.settings, by="ann", force=True, reason="a fair is tomorrow")
    assert (record.event, record.reason, record.by) == (Event.FORCED, "a fair is tomorrow", "ann")
    assert read_history(project.settings.models)[-1] == record
    assert serving_name(project) == "candidate-1.tar.gz"


def test_force_that_was_not_needed_is_a_promotion(project: SmallProject) -> None:
    candidate(project)
    assert promote(project.settings, force=True, reason="to be sure").event is Event.PROMOTED


@pytest.mark.parametrize("force", [False, True])
def test_a_corrupt_archive_is_never_promoted(project: SmallProject, force: bool) -> None:
    name = candidate(project)
    file = project.settings.models / "candidates" / name
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(PromotionError, match="is not the file that was trained"):
        promote(project.settings, force=force, reason="because")
    beside = file.with_name("candidate-1.json")
    beside.write_text(json.dumps({**json.loads(beside.read_text()), "sha256": sha256_of(file)}))
    with pytest.raises(ModelError, match="is no whole model"):
        promote(project.settings, force=force, reason="because")
    assert serving_name(project) == "first.tar.gz"


def test_two_at_once_the_second_is_told_so(project: SmallProject) -> None:
    candidate(project)
    with (project.settings.models / LOCK).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        for attempt in (lambda: promote(project.settings), lambda: roll_back(project.settings)):
            with pytest.raises(PromotionError, match="under way"):
                attempt()
    assert promote(project.settings).event is Event.PROMOTED


def _try(folder: str, results: multiprocessing.Queue[str]) -> None:
    try:
        results.put(promote(SmallProject(Path(folder)).settings).event.value)
    except PromotionError as error:
        results.put(str(error))


def test_two_processes_promote_once(project: SmallProject) -> None:
    candidate(project)
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    processes = [context.Process(target=_try, args=(str(project.folder), results)) for _ in range(2)]
    for process in processes:
        process.start()
    told = sorted(results.get(timeout=120) for _ in processes)
    for process in processes:
        process.join(60)
    assert told.count("promoted") == 1
    assert "under way" in told[0] or "there is no candidate" in "".join(told)
    assert [record.event for record in read_history(project.settings.models)] == [Event.ADOPTED, Event.PROMOTED]
