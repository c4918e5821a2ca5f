"""The importer reads what Rasa's own reads."""

from __future__ import annotations

import copy
from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter

from bot.nlu.training_data_importer import TrainingDataImporter

FIRST = """version: "3.1"
nlu:
  - intent: ask_menu
    examples: |
      - which account has the menu
      - 服务号有菜单吗
  - lookup: account/service
    examples: |
      - 服务号
"""
SECOND = """version: "3.1"
nlu:
  - intent: greet
    examples: |
      - hello
      - hello to [Beijing](city)
  - lookup: area/menu
    examples: |
      - menu
"""


def files(folder: Path) -> list[str]:
    paths = [folder / "first.yml", folder / "second.yml"]
    for path, content in zip(paths, (FIRST, SECOND), strict=True):
        path.write_text(content, encoding="utf-8")
    return [str(path) for path in paths]


def test_the_same_questions_and_lookup_tables(tmp_path: Path) -> None:
    paths = files(tmp_path)
    ours = TrainingDataImporter(training_data_paths=paths).get_nlu_data()
    rasas = RasaFileImporter(training_data_paths=paths).get_nlu_data()
    assert [(each.get("text"), each.get("intent"), each.get("entities")) for each in ours.training_examples] == [
        (each.get("text"), each.get("intent"), each.get("entities")) for each in rasas.training_examples
    ]
    names = sorted(table["name"] for table in ours.lookup_tables)
    assert names == sorted(table["name"] for table in rasas.lookup_tables) == ["account/service", "area/menu"]


def test_a_copy_of_a_question_is_its_own(tmp_path: Path) -> None:
    data = TrainingDataImporter(training_data_paths=files(tmp_path)).get_nlu_data()
    first = data.training_examples[0]
    other = copy.deepcopy(first)
    assert other == first
    other.set("intent", "greet")
    assert first.get("intent") == "ask_menu"


def test_a_hash_of_a_question_knows_what_was_found_in_it(tmp_path: Path) -> None:
    data = TrainingDataImporter(training_data_paths=files(tmp_path)).get_nlu_data()
    first, second = data.training_examples[:2]
    before = first.fingerprint()
    assert before == copy.deepcopy(first).fingerprint() != second.fingerprint()
    first.set("entities", [{"entity": "area", "value": "menu"}])
    assert first.fingerprint() != before


def test_a_name_that_yaml_takes_for_a_truth_value_is_a_name(tmp_path: Path) -> None:
    (tmp_path / "yes.yml").write_text(FIRST.replace("ask_menu", "yes"), encoding="utf-8")
    data = TrainingDataImporter(training_data_paths=[str(tmp_path / "yes.yml")]).get_nlu_data()
    assert {each.get("intent") for each in data.training_examples} == {"yes"}
