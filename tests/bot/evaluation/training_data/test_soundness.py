"""What stops training: names, contradictions, questions of the tests; and that the project's own data are sound."""

from __future__ import annotations

import json

import pytest

from bot.errors import TrainingDataError
from bot.evaluation.training_data.soundness import MOST_SHOWN, check, require_sound
from bot.settings import PROJECT
from tests.bot.evaluation.training_data.small_project import DOMAIN, NLU, SmallProject

UNKNOWN = "add it to `intents` in domain/, or mend the name"


def test_an_intent_that_the_domain_does_not_know(project: SmallProject) -> None:
    project.add("ask_menus", "how many entries may a menu have")
    assert project.problems() == [f"data/nlu/b.yml:3: the domain has no intent 'ask_menus'; {UNKNOWN}"]


def test_an_intent_of_the_domain_that_no_question_has(project: SmallProject) -> None:
    project.write("domain/more.yml", "intents:\n  - ask_menu_benefits\n  - nlu_fallback\n")
    assert project.problems() == [
        "domain/more.yml:2: no question has the intent 'ask_menu_benefits'; write some in data/nlu, or delete the name "
        "here"
    ]


def test_retrieval_intents(project: SmallProject) -> None:
    project.write("domain/more.yml", "intents: [faq]\n")
    project.add("faq/price", "what is the price of it")
    assert project.problems() == []


@pytest.mark.parametrize(
    ("intents", "problem"),
    [
        ("intents: ask_menu", "domain/more.yml:1: 'intents' is no list; write each name as `- name`"),
        ("intents:\n  -\n", "domain/more.yml:2: no name, under 'intents'; write it as `- name`"),
        ("entities:\n  - [a]\n", "domain/more.yml:2: no name, under 'entities'; write it as `- name`"),
    ],
)
def test_a_domain_of_unknown_form(project: SmallProject, intents: str, problem: str) -> None:
    project.write("domain/more.yml", intents)
    assert project.problems() == [problem]


def test_lookups_of_unknown_form(project: SmallProject) -> None:
    entries = [
        f"  - lookup: {name}\n    examples: |\n      - x\n" for name in ("account", "account/", "city/wuhan", "sense/x")
    ]
    project.write(
        "data/nlu/b.yml", "nlu:\n" + "".join(entries) + "  - lookup: account/none\n    examples: |\n      -\n"
    )
    assert project.problems() == [
        "data/nlu/b.yml:2: the lookup 'account' names no value; write it as `- lookup: entity/value`",
        "data/nlu/b.yml:5: the lookup 'account/' names no value; write it as `- lookup: entity/value`",
        "data/nlu/b.yml:8: the domain has no entity 'city'; add it to `entities` in domain/, or mend the name",
        "data/nlu/b.yml:16: a line without text; write it, or delete the line",
    ]


def test_a_lookup_in_two_files(project: SmallProject) -> None:
    project.write("data/nlu/b.yml", "nlu:\n  - lookup: account/service\n    examples: |\n      - fwh\n")
    assert project.problems() == [
        "data/nlu/b.yml:2: the words of 'account/service' stand in data/nlu/a.yml too, and only those of one file "
        "count; put them together"
    ]


def test_one_text_under_two_intents(project: SmallProject) -> None:
    project.add("greet", "請問服務號有菜單嗎？", "fine")
    assert project.problems() == [
        "data/nlu/a.yml:7: '服务号有菜单吗' (ask_menu) stands elsewhere too: '請問服務號有菜單嗎？' "
        "(greet, data/nlu/b.yml:5); keep it under one intent"
    ]


def test_a_copy_does_not_stop_training(project: SmallProject) -> None:
    project.add("greet", "Hello!")
    assert project.problems() == []


@pytest.mark.parametrize("folder", ["tests/held_out", "tests/development"])
def test_a_question_that_the_tests_ask(project: SmallProject, folder: str) -> None:
    asked = [{"text": "Hello"}, {"id": "d1", "turns": [{"text": "OK"}, {"text": "which account has the menu"}]}]
    lines = "not JSON\n" + "".join(json.dumps(case) + "\n" for case in asked)
    project.write(f"{folder}/questions.jsonl", lines)
    assert project.problems() == [
        f"data/nlu/a.yml:6: 'Which account has the menu?' (ask_menu) is asked in {folder}/questions.jsonl:3, "
        "to measure on; delete one of them"
    ]


def test_all_problems_are_told_at_once(project: SmallProject) -> None:
    project.write("data/nlu/a.yml", NLU.replace("- lookup: account/service", "- lookup: account"))
    project.write("domain/more.yml", DOMAIN.replace("greet", "greets"))
    project.add("greet", "服务号有菜单吗", "")
    with pytest.raises(TrainingDataError) as raised:
        require_sound(project.folder)
    first, *lines = str(raised.value).splitlines()
    assert first == "the training data have 4 problems; nothing was trained, and earlier models stay as they are:"
    assert [line.split(": ")[0] for line in lines] == [
        "  data/nlu/a.yml:7",
        "  data/nlu/a.yml:8",
        "  data/nlu/b.yml:6",
        "  domain/more.yml:4",
    ]


@pytest.mark.parametrize("more", [0, 3])
def test_no_more_than_so_many_are_shown(project: SmallProject, more: int) -> None:
    project.write(
        "data/nlu/a.yml", NLU.replace("      - hello\n", "      - hello\n" + "      -\n" * (MOST_SHOWN + more))
    )
    with pytest.raises(TrainingDataError) as raised:
        require_sound(project.folder)
    _, *lines = str(raised.value).splitlines()
    rest = ["  and 3 more ('wenhao evaluate --data --all' shows them)"] if more else []
    assert lines[MOST_SHOWN:] == rest


def test_the_projects_own_data_are_sound() -> None:
    assert [str(problem) for problem in check(PROJECT).findings.blocking] == []
