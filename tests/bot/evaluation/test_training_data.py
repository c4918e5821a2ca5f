"""Problems of training questions, and that the project's have none that block."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.training_data import FEWEST_PER_LANGUAGE, Example, find_problems, read_examples
from bot.settings import PROJECT

NLU = """version: "3.1"
nlu:
  # a comment
  - intent: ask_menu
    examples: |
      - Which account has the menu?
      - 服务号有菜单吗
  - lookup: area/menu
    examples: |
      - menu
  - intent: greet
    examples: |
      - hello
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.yml").write_text(NLU, encoding="utf-8")
    return tmp_path


def test_examples_keep_their_place(folder: Path) -> None:
    assert read_examples(folder) == [
        Example("Which account has the menu?", "ask_menu", folder / "a.yml", 6),
        Example("服务号有菜单吗", "ask_menu", folder / "a.yml", 7),
        Example("hello", "greet", folder / "a.yml", 13),
    ]


def add(folder: Path, intent: str, *texts: str) -> None:
    lines = "".join(f"      - {text}\n" for text in texts)
    content = f'version: "3.1"\nnlu:\n  - intent: {intent}\n    examples: |\n{lines}'
    (folder / "b.yml").write_text(content, encoding="utf-8")


def test_one_text_under_two_intents_blocks(folder: Path) -> None:
    add(folder, "ask_menu_benefits", "服務號有菜單嗎？")
    problem = find_problems(folder)[0]
    assert problem.blocks
    assert "a.yml:7 (ask_menu), b.yml:5 (ask_menu_benefits)" in str(problem)


def test_a_copy_is_named_and_does_not_block(folder: Path) -> None:
    add(folder, "greet", "Hello!")
    problem = next(problem for problem in find_problems(folder) if "2 times" in str(problem))
    assert not problem.blocks


def test_intents_with_few_questions(folder: Path) -> None:
    thin = [str(problem) for problem in find_problems(folder)]
    assert thin == [
        f"ask_menu has 1 questions in en: fewer than {FEWEST_PER_LANGUAGE}",
        f"ask_menu has 1 questions in zh: fewer than {FEWEST_PER_LANGUAGE}",
    ]


def test_the_projects_questions_hold_no_contradiction() -> None:
    assert [str(problem) for problem in find_problems(PROJECT / "data" / "nlu") if problem.blocks] == []


def test_no_question_asked_of_the_tests_is_trained_on() -> None:
    from bot.evaluation.cases import read_cases
    from bot.nlu.text import normalise

    trained = {normalise(example.text).rstrip("?？.。!！ ") for example in read_examples(PROJECT / "data" / "nlu")}
    held_out = read_cases(PROJECT / "tests" / "held_out" / "questions.jsonl")
    assert [case.text for case in held_out if normalise(case.text).rstrip("?？.。!！ ") in trained] == []
