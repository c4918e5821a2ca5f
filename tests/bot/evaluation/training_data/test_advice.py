"""What would make the training data better: copies, near copies, few questions, more in one language."""

from __future__ import annotations

from bot.evaluation.training_data.advice import count, note_advice
from bot.evaluation.training_data.problems import Findings, Kind, Weight
from tests.bot.evaluation.training_data.small_project import SmallProject, of_kind


def advised(project: SmallProject) -> Findings:
    data = project.check()
    note_advice(data)
    return data.findings


def test_copies(project: SmallProject) -> None:
    project.add("greet", "Hello!", "ＨＥＬＬＯ")
    assert of_kind(advised(project), Kind.COPY) == [
        "data/nlu/b.yml:5: 'Hello!' is there already: 'hello' (data/nlu/a.yml:14); delete one",
        "data/nlu/b.yml:6: 'ＨＥＬＬＯ' is there already: 'hello' (data/nlu/a.yml:14); delete one",
    ]


def test_near_copies_name_both_places(project: SmallProject) -> None:
    project.add("greet", "the menu: which account has it", "which account has the menu, then")
    project.add("ask_menu", "服务号菜单有吗", "has which account the menu", file="data/nlu/c.yml")
    findings = advised(project)
    assert of_kind(findings, Kind.NEAR_COPY) == [
        "data/nlu/c.yml:6: 'has which account the menu' (ask_menu) is 100% like 'Which account has the menu?' "
        "(ask_menu) in data/nlu/a.yml:6; say it another way, or delete one"
    ]
    across = of_kind(findings, Kind.NEAR_CONFLICT)
    assert len(across) >= 2
    assert all("(greet) is " in each or "(ask_menu) is " in each for each in across)
    assert across[0].endswith("; put both under one intent, or word them apart")


def test_a_conflict_is_no_near_copy(project: SmallProject) -> None:
    project.add("greet", "which account has the menu")
    findings = advised(project)
    assert of_kind(findings, Kind.CONFLICT)
    assert not of_kind(findings, Kind.NEAR_CONFLICT)


def test_few_questions(project: SmallProject) -> None:
    assert of_kind(advised(project), Kind.FEW) == [
        "data/nlu/a.yml:4: ask_menu has 1 questions in English; write 100 or more",
        "data/nlu/a.yml:4: ask_menu has 1 questions in Chinese; write 100 or more",
    ]


def test_more_in_one_language(project: SmallProject) -> None:
    assert of_kind(advised(project), Kind.ONE_SIDED) == [
        "data/nlu/a.yml:12: greet has 1 questions in English and 0 in Chinese; write more Chinese ones"
    ]
    project.add("greet", "good morning to all", "see who is here", "你好啊朋友")
    assert of_kind(advised(project), Kind.ONE_SIDED) == []


def test_counts(project: SmallProject) -> None:
    assert count(project.check().questions) == {"ask_menu": {"en": 1, "zh": 1}, "greet": {"en": 1, "zh": 0}}


def test_advice_stops_nothing(project: SmallProject) -> None:
    findings = advised(project)
    assert findings.problems
    assert findings.blocking == []
    assert {problem.kind.weight for problem in findings.problems} == {Weight.ADVISES}
