"""Trained models: what they are trained from, which is the newest, and training one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bot.errors import ModelError, TrainingDataError
from bot.models import RECORD, TRAINING_INPUTS, fingerprint, is_current, newest_model, train_model
from bot.settings import PROJECT, Settings
from tests.small_domain import keep_intents

QUESTIONS = """version: "3.1"
nlu:
  - intent: ask_menu
    examples: |
      - which account has the menu
      - can a service account have the menu
      - 服务号有菜单吗
      - 订阅号有没有菜单
  - intent: greet
    examples: |
      - hello there
      - hello again
      - 你好
      - 你好呀
  - intent: thank
    examples: |
      - thank you
      - thank you so much
      - 谢谢
      - 谢谢你
  - lookup: account/service
    examples: |
      - service account
      - 服务号
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose training questions are few."""
    folder = tmp_path / "project"
    for name in ("domain", "data/rules", "data/rule_table", "bot/nlu"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("config.yml", "endpoints.yml", "credentials.yml"):
        shutil.copy(PROJECT / name, folder / name)
    (folder / "data" / "nlu").mkdir()
    (folder / "data" / "nlu" / "all.yml").write_text(QUESTIONS, encoding="utf-8")
    keep_intents(folder / "domain", ("ask_menu", "greet", "thank"))
    return folder


def change(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")


def test_the_rule_table_is_no_part_of_what_a_model_is_trained_from(project: Path) -> None:
    before = fingerprint(project)
    for file in (project / "data" / "rule_table").glob("*.yml"):
        change(file)
    assert fingerprint(project) == before


@pytest.mark.parametrize(
    "name",
    ["config.yml", "domain/conversation.yml", "data/nlu/all.yml", "data/rules/conversation.yml", "bot/nlu/clauses.py"],
)
def test_what_a_model_is_trained_from(project: Path, name: str) -> None:
    before = fingerprint(project)
    change(project / name)
    assert fingerprint(project) != before


def test_a_new_and_a_renamed_file_count(project: Path) -> None:
    before = fingerprint(project)
    (project / "data" / "nlu" / "more.yml").write_text('version: "3.1"\n', encoding="utf-8")
    with_more = fingerprint(project)
    (project / "data" / "nlu" / "more.yml").rename(project / "data" / "nlu" / "other.yml")
    assert len({before, with_more, fingerprint(project)}) == 3


@pytest.mark.parametrize(
    "name", ["README.md", "actions/x.py", "endpoints.yml", "bot/nlu/__pycache__/x.pyc", "models/x"]
)
def test_what_changes_nothing(project: Path, name: str) -> None:
    before = fingerprint(project)
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("x", encoding="utf-8")
    assert fingerprint(project) == before


def test_every_training_input_is_there() -> None:
    # Stories may come later; rules alone decide today.
    assert [name for name in TRAINING_INPUTS if not (PROJECT / name).exists()] in ([], ["data/stories"])


def settings_of(project: Path) -> Settings:
    return Settings.read({}, project)


def test_no_model_yet(project: Path) -> None:
    assert newest_model(settings_of(project)) is None


def test_the_newest_model_by_its_time(project: Path) -> None:
    settings = settings_of(project)
    settings.models.mkdir()
    for name, time in (("b.tar.gz", 1), ("a.tar.gz", 3), ("c.tar.gz", 2)):
        (settings.models / name).touch()
        os.utime(settings.models / name, (time, time))
    newest = newest_model(settings)
    assert newest is not None
    assert (newest.file.name, newest.trained_from) == ("a.tar.gz", None)
    assert not is_current(newest, settings)


@pytest.mark.parametrize("record", ["", "no json", "{"])
def test_a_broken_record_counts_as_none(project: Path, record: str) -> None:
    settings = settings_of(project)
    settings.models.mkdir()
    (settings.models / "a.tar.gz").touch()
    (settings.models / RECORD).write_text(record, encoding="utf-8")
    newest = newest_model(settings)
    assert newest is not None
    assert newest.trained_from is None


def test_training_then_a_change(project: Path) -> None:
    settings = settings_of(project)
    model = train_model(settings, name="first")
    assert model.file == settings.models / "first.tar.gz"
    assert model.file.is_file()
    assert newest_model(settings) == model
    assert is_current(model, settings)
    change(project / "data" / "rule_table" / "verification.yml")
    assert is_current(model, settings)
    change(project / "data" / "nlu" / "all.yml")
    assert not is_current(model, settings)


def test_training_data_that_cannot_be_read(project: Path) -> None:
    settings = settings_of(project)
    settings.models.mkdir()
    earlier = settings.models / "earlier.tar.gz"
    earlier.write_bytes(b"kept")
    (project / "data" / "nlu" / "all.yml").write_text("nlu:\n  - intent: [\n", encoding="utf-8")
    with pytest.raises(TrainingDataError, match=r"\n  data/nlu/all\.yml:2: column 14: can't be read as YAML"):
        train_model(settings)
    assert [file.name for file in settings.models.iterdir()] == ["earlier.tar.gz"]
    assert earlier.read_bytes() == b"kept"


def test_what_rasa_itself_refuses_is_one_line(project: Path) -> None:
    (project / "config.yml").write_text(
        "recipe: default.v1\nlanguage: en\npipeline:\n  - name: Unheard\n", encoding="utf-8"
    )
    with pytest.raises(ModelError, match="the training data can't be used") as raised:
        train_model(settings_of(project))
    assert "\n" not in str(raised.value)
    assert not list(settings_of(project).models.glob("*.tar.gz"))


@pytest.mark.parametrize("suffix", [".yml", ".yaml"])
def test_both_endings_of_yaml_count(project: Path, suffix: str) -> None:
    before = fingerprint(project)
    (project / "data" / "nlu" / f"more{suffix}").write_text('version: "3.1"\n', encoding="utf-8")
    assert fingerprint(project) != before
