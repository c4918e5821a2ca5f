"""Reading questions: their places, and lines that have no form that training understands."""

from __future__ import annotations

import pytest

from bot.evaluation.training_data.questions import Example, key_of, read_examples
from tests.bot.evaluation.training_data.small_project import NLU, SmallProject


def test_questions_keep_their_place(project: SmallProject) -> None:
    file = project.folder / "data" / "nlu" / "a.yml"
    found = [
        Example("Which account has the menu?", "ask_menu", file, 6),
        Example("服务号有菜单吗", "ask_menu", file, 7),
        Example("hello", "greet", file, 14),
    ]
    assert project.check().questions == found
    assert read_examples(project.folder / "data") == found


@pytest.mark.parametrize("same", ["Hello", "ＨＥＬＬＯ！", "hello .", "hello?!"])
def test_texts_that_are_one_to_the_model(same: str) -> None:
    assert key_of(same) == key_of("hello")


def test_courtesy_and_script_are_not_told_apart() -> None:
    assert key_of("請問服務號有菜單嗎？") == key_of("服务号有菜单吗")
    assert key_of("?") == "?"


def test_the_small_project_is_sound(project: SmallProject) -> None:
    assert project.problems() == []


def test_an_intent_may_have_headings_in_two_files(project: SmallProject) -> None:
    project.add("ask_menu", "may a subscription account have a menu", file="data/nlu/more/b.yml")
    assert project.problems() == []
    assert project.check().questions[-1].line == 5


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("no dash", "'no dash' is no line of the form `- text`; write it so, or delete it"),
        ("-no space", "'-no space' is no line of the form `- text`; write it so, or delete it"),
        ("  - too deep", "'- too deep' is no line of the form `- text`; write it so, or delete it"),
        ("# a comment", "'# a comment' is no line of the form `- text`; write it so, or delete it"),
        ("－ full width", "'－ full width' is no line of the form `- text`; write it so, or delete it"),
        ("x" * 100, f"'{'x' * 80}...' is no line of the form `- text`; write it so, or delete it"),
        ("-", "a line without text; write it, or delete the line"),
        ("- ", "a line without text; write it, or delete the line"),
        ("- \u3000\u200b", "a line without text; write it, or delete the line"),
        ("- a [b][c]", "brackets that mark no entity; write `[words](entity)`, or leave the brackets out"),
        ('- a [b]{"entity"}', "brackets that mark no entity; write `[words](entity)`, or leave the brackets out"),
        ('- a [b]{"value": "c"}', "brackets that mark no entity; write `[words](entity)`, or leave the brackets out"),
        ("- a [b](city)", "the domain has no entity 'city'; add it there, or leave the brackets out"),
        ('- [b]{"entity": "city"}', "the domain has no entity 'city'; add it there, or leave the brackets out"),
        ('- [b][{"entity": "city"}]', "the domain has no entity 'city'; add it there, or leave the brackets out"),
    ],
)
def test_a_line_of_unknown_form(project: SmallProject, line: str, problem: str) -> None:
    project.write("data/nlu/a.yml", NLU.replace("      - hello", f"      - hello\n      {line}"))
    assert project.problems() == [f"data/nlu/a.yml:15: {problem}"]


def test_empty_lines_between_questions(project: SmallProject) -> None:
    project.write("data/nlu/a.yml", NLU.replace("      - hello", "\n      - hello\n\n      - hi all\n\n"))
    assert project.problems() == []
    assert [question.line for question in project.check().questions] == [6, 7, 15, 17]


def test_entities_may_be_marked(project: SmallProject) -> None:
    project.add("greet", "hi, [service account](account:service)", 'hi, [服务号]{"entity": "account"}')
    assert project.problems() == []
    assert [question.text for question in project.check().questions[-2:]] == ["hi, service account", "hi, 服务号"]


@pytest.mark.parametrize(
    "examples",
    ["", " |", " |\n", ' ""', " ~"],
    ids=["nothing", "empty block", "blank block", "empty text", "null"],
)
def test_an_intent_without_questions(project: SmallProject, examples: str) -> None:
    project.write("data/nlu/a.yml", NLU.replace("    examples: |\n      - hello\n", f"    examples:{examples}\n"))
    problem = "the intent 'greet' has no questions; write them below `examples: |`, or delete it"
    assert project.problems() == [f"data/nlu/a.yml:12: {problem}"]


def test_an_intent_without_the_field(project: SmallProject) -> None:
    project.write("data/nlu/a.yml", NLU.replace("    examples: |\n      - hello\n", ""))
    assert project.problems()[0].startswith("data/nlu/a.yml:12: the intent 'greet' has no questions")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("    examples: >\n      - hello", "13: the lines are no block of text; write `examples: |` above them"),
        ("    examples:\n      - hello", "14: the lines are no block of text; write `examples: |` above them"),
        ("    examples:\n      hello: x", "14: the lines are no block of text; write `examples: |` above them"),
    ],
)
def test_questions_that_are_no_block(project: SmallProject, written: str, problem: str) -> None:
    project.write("data/nlu/a.yml", NLU.replace("    examples: |\n      - hello", written))
    assert project.problems()[0].startswith(f"data/nlu/a.yml:{problem}")


def test_a_field_of_unknown_name(project: SmallProject) -> None:
    project.write("data/nlu/a.yml", NLU.replace("examples: |\n      - hello", "exmaples: |\n      - hello"))
    assert project.problems() == [
        "data/nlu/a.yml:12: the intent 'greet' has no questions; write them below `examples: |`, or delete it",
        "data/nlu/a.yml:13: unknown field 'exmaples'; expected intent, lookup, regex, synonym, examples, metadata",
    ]


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ('    examples: "- hello\\n- hi all"', ["hello", "hi all"]),
        (
            "    examples:\n      - text: hello\n        metadata: x\n      - text: |\n          hi all",
            ["hello", "hi all"],
        ),
    ],
)
def test_other_forms_that_rasa_reads(project: SmallProject, written: str, texts: list[str]) -> None:
    project.write("data/nlu/a.yml", NLU.replace("    examples: |\n      - hello", written))
    assert project.problems() == []
    assert [question.text for question in project.check().questions if question.intent == "greet"] == texts


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("- intent: greet\n", "1: expected `nlu:` with a list of intents; write it above them"),
        ("nul:\n  - intent: greet\n", "1: unknown section 'nul', which nothing reads; write `nlu:`"),
        ('version: "4.0"\nnlu: []\n', '1: Rasa reads no file of this version; write `version: "3.1"`'),
        ("version: 3.1\nnlu: []\n", '1: Rasa reads no file of this version; write `version: "3.1"`'),
        ("nlu:\n  intent: greet\n", "2: 'nlu' is no list; begin each entry with `- intent: name`"),
        ("nlu:\n  - hello\n", "2: no entry that is known; begin it with `- intent: name`, and indent the rest"),
        ("nlu:\n  - examples: x\n", "2: no entry that is known; begin it with `- intent: name`, and indent the rest"),
        ("nlu:\n  - intent:\n", "2: the intent has no name in letters; write `- intent: name`"),
        ("nlu:\n  - intent: 12\n", "2: the intent has no name in letters; write `- intent: name`"),
        (
            "nlu:\n  - intnet: greet\n",
            "2: unknown field 'intnet'; expected intent, lookup, regex, synonym, examples, m",
        ),
    ],
)
def test_a_file_of_unknown_form(project: SmallProject, content: str, problem: str) -> None:
    project.write("data/nlu/b.yml", content)
    (found,) = project.problems()
    assert found.startswith(f"data/nlu/b.yml:{problem}")


@pytest.mark.parametrize("content", ["", "# nothing yet\n", 'version: "3.1"\n', "nlu:\n", "nlu: []\n", "rules: []\n"])
def test_a_file_without_questions(project: SmallProject, content: str) -> None:
    project.write("data/nlu/b.yml", content)
    assert project.problems() == []


def test_no_file_at_all(project: SmallProject) -> None:
    (project.folder / "data" / "nlu" / "a.yml").unlink()
    assert project.problems() == ["data/nlu:1: no questions here; put *.yml files into it"]


def test_synonyms_and_patterns_are_checked_too(project: SmallProject) -> None:
    more = "nlu:\n  - synonym: fee\n    examples: |\n      price\n  - regex: number\n    examples: |\n"
    project.write("data/nlu/b.yml", more)
    assert project.problems() == [
        "data/nlu/b.yml:4: 'price' is no line of the form `- text`; write it so, or delete it",
        "data/nlu/b.yml:5: the regex 'number' has no patterns; write them below `examples: |`, or delete it",
    ]
