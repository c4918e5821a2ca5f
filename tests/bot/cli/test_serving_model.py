"""Which model a command takes: lessons that landed train nothing, what was written by hand does, and it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import common
from bot.learning.promoting.clock import now
from bot.learning.promoting.history import Event, Record, read_history
from bot.learning.promoting.pointing import point
from bot.learning.promoting.served import served_model
from bot.learning.promoting.serving import read_serving, sha256_of
from bot.models import fingerprint
from tests.bot.learning.promoting.conftest import project, trained  # noqa: F401 - fixtures
from tests.bot.learning.promoting.small import SmallProject

LESSON = {"ask_menu": ["is there any menu at all for me"]}


def promote_first(small: SmallProject) -> None:
    file = small.settings.models / "first.tar.gz"
    made_from = fingerprint(small.folder)
    point(small.settings, Record(Event.PROMOTED, now(), file.name, sha256_of(file), made_from, model_id="first"))


@pytest.mark.parametrize("has_pointer", [True, False])
def test_lessons_wait(
    project: SmallProject,  # noqa: F811
    has_pointer: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if has_pointer:
        promote_first(project)
    project.learn(LESSON, "batch-1")
    monkeypatch.setattr(common, "train_model", lambda settings: pytest.fail("nothing is to be trained"))
    for take in (common.trained_model, common.current_model):
        assert take(project.settings).file.name == "first.tar.gz"
        assert "Lessons have landed" in capsys.readouterr().err


def test_what_was_written_by_hand_is_trained_and_the_pointer_moves(
    project: SmallProject,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    promote_first(project)
    project.learn(LESSON, "batch-1")
    file = project.folder / "data" / "nlu" / "all.yml"
    file.write_text(file.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    model = common.trained_model(project.settings)
    told = capsys.readouterr().err
    assert "The training data changed" in told
    assert "past the gate: 1 batches" in told
    serving = read_serving(project.settings.models)
    assert serving is not None
    assert serving.model == model.file.name != "first.tar.gz"
    last = read_history(project.settings.models)[-1]
    assert (last.event, last.before, last.batches) == (Event.DIRECT, "first.tar.gz", ("batch-1",))
    assert common.trained_model(project.settings) == model
    assert "Lessons" not in capsys.readouterr().err


def test_a_training_that_was_cut_off_leaves_no_model(project: SmallProject, tmp_path: Path) -> None:  # noqa: F811
    folder = project.settings.models / ".training-x"
    folder.mkdir()
    (folder / "half.tar.gz").write_bytes(b"half")
    model = served_model(project.settings)
    assert model is not None
    assert model.file.name == "first.tar.gz"
