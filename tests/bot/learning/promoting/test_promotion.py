"""Promoting and rolling back: what is refused and why, what is kept, and what a crash or a rival leaves."""

from __future__ import annotations

import fcntl
import json
import multiprocessing
import os
from dataclasses import replace
from pathlib import Path

import pytest

from actions.rule_table.loader import load_rule_table
from actions.settings import TUNING, ActionSettings
from bot.errors import ModelError
from bot.learning.promoting.candidates import candidates, find_candidate
from bot.learning.promoting.comparing import KEPT, report_folder
from bot.learning.promoting.errors import PointerError, PromotionError
from bot.learning.promoting.fingerprints import code_hash, data_hash, table_hash
from bot.learning.promoting.golden import read_golden, row_hashes
from bot.learning.promoting.history import Event, Record, append, golden_at_last_promotion, last_without, read_history
from bot.learning.promoting.pointing import LOCK, record_direct
from bot.learning.promoting.promotion import promote, roll_back
from bot.learning.promoting.served import served_model
from bot.learning.promoting.serving import POINTER, read_serving, sha256_of, write_serving
from bot.learning.promoting.status import status
from bot.learning.promoting.threshold_file import model_id_of, read_thresholds
from bot.models import TrainedModel, differs_in_lessons_alone, is_current, newest_model
from tests.bot.learning.promoting.made import comparison, row, rows
from tests.bot.learning.promoting.small import SmallProject, candidate_like


def candidate(project: SmallProject, number: int = 1, compared: bool = True, passes: bool = True) -> str:
    """Makes a candidate that has been compared as everything is now; each with other bytes."""
    name = f"candidate-{number}.tar.gz"
    model = project.settings.models / "first.tar.gz"
    file = candidate_like(project.settings, model, name, f"2026-11-21T{number:02}:00:00+00:00", [f"batch-{number}"])
    # What follows the end of an archive is no part of it: another file, the same model.
    with file.open("ab") as content:
        content.write(b"\0" * number)
    beside = file.with_name(f"candidate-{number}.json")
    beside.write_text(json.dumps({**json.loads(beside.read_text()), "sha256": sha256_of(file)}))
    if compared:
        keep_comparison(project, name, passes)
    return name


def keep_comparison(project: SmallProject, name: str, passes: bool = True) -> None:
    settings = project.settings
    found = find_candidate(settings, name)
    serving = served_model(settings)
    assert serving is not None
    table = load_rule_table(ActionSettings.read().rule_table)
    made = comparison([*rows(20), row(now=passes, must_pass=True)])
    fingerprints = {
        "candidate": found.sha256,
        "champion": sha256_of(serving.file),
        "data": data_hash(settings),
        "table": table_hash(),
        "golden": read_golden(settings, table).sha256,
        "code": code_hash(),
    }
    folder = report_folder(settings, found)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / KEPT).write_text(json.dumps(replace(made, fingerprints=fingerprints).as_data()), encoding="utf-8")


def promoted(project: SmallProject, number: int) -> Record:
    return promote(project.settings, find_candidate(project.settings, candidate(project, number)), by="ann")


def serving_name(project: SmallProject) -> str:
    model = served_model(project.settings)
    assert model is not None
    return model.file.name


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


def change(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")


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


def test_rolling_back_goes_back_step_by_step(project: SmallProject) -> None:
    for number in (1, 2, 3):
        promoted(project, number)
    record = roll_back(project.settings, by="ben", reason="worse")
    assert (record.event, record.before, record.reason) == (Event.ROLLED_BACK, "candidate-3.tar.gz", "worse")
    assert serving_name(project) == "candidate-2.tar.gz"
    assert [roll_back(project.settings).model for _ in range(2)] == ["candidate-1.tar.gz", "first.tar.gz"]
    with pytest.raises(PromotionError, match="no earlier model"):
        roll_back(project.settings)
    assert roll_back(project.settings, to="candidate-3").model == "candidate-3.tar.gz"
    serving = read_serving(project.settings.models)
    assert serving is not None
    assert serving.tuning == {"en": 0.2, "zh": 0.3}
    with pytest.raises(PromotionError, match="unheard never served: name one of those that did"):
        roll_back(project.settings, to="unheard")


def test_the_model_without_a_batch_is_found(project: SmallProject) -> None:
    for number in (1, 2):
        promoted(project, number)
    found = last_without(project.settings.models, "batch-2")
    assert found is not None
    assert found.model == "candidate-1.tar.gz"


def test_five_models_stay_and_nobodys_own_is_deleted(project: SmallProject) -> None:
    own = project.settings.models / "mine.tar.gz"
    own.write_bytes(b"mine")
    os.utime(own, (1, 1))
    for number in range(1, 8):
        promoted(project, number)
    left = sorted(file.name for file in project.settings.models.glob("*.tar.gz"))
    assert left == [*(f"candidate-{number}.tar.gz" for number in range(3, 8)), "first.tar.gz", "mine.tar.gz"]
    assert not list((project.settings.models / "candidates").glob("*"))
    reports = sorted(folder.name for folder in (project.settings.models / "comparisons").iterdir())
    assert reports == [f"candidate-{number}" for number in range(3, 8)]
    roll_back(project.settings, to="candidate-3")
    promoted(project, 8)
    assert (project.settings.models / "candidate-3.tar.gz").is_file(), "it served lately"


def test_the_golden_set_at_the_last_promotion_is_what_it_may_not_fall_behind(project: SmallProject) -> None:
    assert golden_at_last_promotion(project.settings.models) is None
    promoted(project, 1)
    before = row_hashes(project.settings)
    assert golden_at_last_promotion(project.settings.models) == list(before)
    file = project.folder / "tests" / "held_out" / "questions.jsonl"
    file.write_text("".join(file.read_text(encoding="utf-8").splitlines(True)[1:]), encoding="utf-8")
    assert len(set(before) - set(row_hashes(project.settings))) == 1
    promoted(project, 2)
    roll_back(project.settings)
    assert golden_at_last_promotion(project.settings.models) == list(before), "that of the model that serves"


@pytest.mark.parametrize("fault", ["gone", "half", "other", "outside"])
def test_a_pointer_that_cannot_be_used_names_the_remedy_and_the_last_good_model_serves(
    project: SmallProject, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    for number in (1, 2):
        promoted(project, number)
    models = project.settings.models
    if fault == "gone":
        (models / POINTER).unlink()
    elif fault == "half":
        (models / POINTER).write_text('{"model": "candid')
    elif fault == "other":
        (models / "candidate-2.tar.gz").write_bytes(b"another")
    else:
        serving = read_serving(models)
        assert serving is not None
        write_serving(models, replace(serving, model="../../etc/passwd"))
    with caplog.at_level("ERROR"):
        good = "candidate-1.tar.gz" if fault == "other" else "candidate-2.tar.gz"
        assert serving_name(project) == good
    assert "wenhao rollback" in caplog.text
    assert "wenhao rollback" in status(project.settings).trouble
    assert roll_back(project.settings).model == good
    assert status(project.settings).trouble == ""


def test_nothing_good_is_left(project: SmallProject) -> None:
    promoted(project, 1)
    for file in project.settings.models.glob("*.tar.gz"):
        file.write_bytes(b"broken")
    with pytest.raises(PointerError, match="not the file that was promoted"):
        served_model(project.settings)
    with pytest.raises(PromotionError, match="'wenhao train' makes a new one"):
        roll_back(project.settings)


def test_a_line_that_a_crash_cut_off_hides_no_other(project: SmallProject) -> None:
    promoted(project, 1)
    models = project.settings.models
    with (models / "history.jsonl").open("a", encoding="utf-8") as history:
        history.write('{"event": "promoted", "mod')
    append(models, replace(read_history(models)[-1], reason="after"))
    assert [record.reason for record in read_history(models)] == ["", "", "after"]


def test_lessons_alone_do_not_outdate_what_serves(project: SmallProject) -> None:
    promoted(project, 1)
    project.learn({"ask_menu": ["is there any menu at all for me"]}, "batch-9")
    model = served_model(project.settings)
    assert model is not None
    assert not is_current(model, project.settings)
    assert differs_in_lessons_alone(model, project.settings)
    assert status(project.settings).waiting == ("batch-9",)
    change(project.folder / "data" / "nlu" / "all.yml")
    assert not differs_in_lessons_alone(model, project.settings)


def test_training_directly_moves_the_pointer_once_there_is_one(project: SmallProject) -> None:
    first = newest_model(project.settings)
    assert first is not None
    record_direct(project.settings, first, "nobody promoted yet")
    assert read_history(project.settings.models) == []
    promoted(project, 1)
    direct = TrainedModel(project.settings.models / "first.tar.gz", first.trained_from)
    record_direct(project.settings, direct, "wenhao train")
    assert serving_name(project) == "first.tar.gz"
    assert read_history(project.settings.models)[-1].event is Event.DIRECT
