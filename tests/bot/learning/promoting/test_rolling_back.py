"""Rolling back, what stays of old models, and what a crash or a broken file leaves."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from bot.learning.promoting.errors import PointerError, PromotionError
from bot.learning.promoting.golden import row_hashes
from bot.learning.promoting.history import Event, append, golden_at_last_promotion, last_without, read_history
from bot.learning.promoting.pointing import record_direct
from bot.learning.promoting.promotion import roll_back
from bot.learning.promoting.served import served_model
from bot.learning.promoting.serving import POINTER, read_serving, write_serving
from bot.learning.promoting.status import status
from bot.models import TrainedModel, differs_in_lessons_alone, is_current, newest_model
from tests.bot.learning.promoting.compared import change, promoted, serving_name
from tests.bot.learning.promoting.small import SmallProject


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


def test_what_was_rolled_back_from_answers_only_where_nothing_else_is_left(project: SmallProject) -> None:
    for number in (1, 2, 3):
        promoted(project, number)
    roll_back(project.settings, reason="it answers fees with menus")
    (project.settings.models / "candidate-2.tar.gz").write_bytes(b"half")
    model = served_model(project.settings)
    assert model is not None
    assert model.file.name == "candidate-1.tar.gz"
    for name in ("candidate-1", "first"):
        (project.settings.models / f"{name}.tar.gz").write_bytes(b"half")
    model = served_model(project.settings)
    assert model is not None
    assert model.file.name == "candidate-3.tar.gz"


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
