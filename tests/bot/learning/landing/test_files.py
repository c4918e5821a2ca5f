"""The learned files: who owns them, what is refused, and what a reader of them is safe from."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest
import yaml

from bot.evaluation.training_data.soundness import check
from bot.learning.database import ReviewDatabase
from bot.learning.deciding import label
from bot.learning.landing import (
    FilesChangedError,
    LandingBusyError,
    LessonsError,
    land,
    plan,
    rewrite,
    undo,
)
from bot.learning.landing.files import only_writer
from bot.learning.landing.lesson import read_lessons
from bot.settings import Settings
from tests.bot.learning.reviewing import add_text, add_texts, files_of, settings_of, text_row

HOSTILE = (
    "<script>alert(1)</script> has which account a menu",
    "=SUM(A1:A9) menu of the account",
    "- intent: greet",
    "  - - nested dashes of a menu",
    "# a comment on menus",
    "/restart the menu now",
    'menu [of the account](account) and [x]{"entity": "account"}',
    "right\u202eunem\u202c to left menu",
    "tab\tand\nnew line\r\nin a menu",
    "next\x85line\u2028separator\u2029menu",
    "null\x00byte\x1b[31m in a menu",
    "*anchor &menu !!python/object:os.system",
    "'quoted: menu' \"twice\" {a: b}",
    "menu: | block > folded %directive @at `tick`",
    "\ufeffmark at the start of a menu",
    "half \ud83d pair of a menu",
    "emoji 👩‍👩‍👧 family menu",
    "菜单：“引号”【方括号】、｛花括号｝和#号",
    "&a [*a,*a,*a,*a] menu bomb",
    "--- document of menus ...",
)


def test_hostile_texts_are_lines_of_text_and_nothing_else(sqlite: ReviewDatabase, settings: Settings) -> None:
    texts = tuple(text.encode("utf-8", "replace").decode() if "\ud83d" in text else text for text in HOSTILE)
    label(sqlite, settings, add_texts(sqlite, texts), "ask_menu", "ann", use="train")
    landed = land(sqlite, settings, "ann")
    assert landed.examples == len(HOSTILE)
    file = settings.project / "data/nlu/learned.yml"
    entry = yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
    assert [each["intent"] for each in entry] == ["ask_menu"]
    lines = entry[0]["examples"].rstrip("\n").split("\n")
    assert len(lines) == len(HOSTILE) and all(line.startswith("- ") for line in lines)
    assert not set("[]{}\u202e\u202c\x00\x1b\ufeff\u200d") & set(entry[0]["examples"])
    assert not check(settings.project).findings.problems


def test_rasa_loads_hostile_texts_as_they_were_written(sqlite: ReviewDatabase, settings: Settings) -> None:
    from rasa.shared.nlu.training_data.loading import load_data

    texts = tuple(text for text in HOSTILE if "\ud83d" not in text)
    label(sqlite, settings, add_texts(sqlite, texts), "ask_menu", "ann", use="train")
    land(sqlite, settings, "ann")
    loaded = load_data(str(settings.project / "data/nlu/learned.yml"))
    assert {example.get("intent") for example in loaded.intent_examples} == {"ask_menu"}
    assert len(loaded.intent_examples) == len(texts) and not loaded.entity_examples
    assert not loaded.regex_features and not loaded.lookup_tables and not loaded.entity_synonyms
    said = {example.get("text") for example in loaded.intent_examples}
    assert {"－ intent: greet", "＃ a comment on menus", "／restart the menu now"} <= said


def test_a_text_too_long_never_lands(sqlite: ReviewDatabase, settings: Settings) -> None:
    long = add_text(sqlite, "menu " * 2000, state="labelled", intent="ask_menu")
    blocks = plan(sqlite, settings).blocks
    assert [(block.text, block.message) for block in blocks] == [
        (
            long,
            f"text {long} is 9,999 characters long, and a question to learn from has 500 at most: ignore it, or redact "
            "it",
        )
    ]


@pytest.mark.parametrize(
    "name", ["data/nlu/learned.yml", "tests/golden/learned.jsonl", "domain/learned.yml", "data/rules/learned.yml"]
)
def test_what_was_changed_by_hand_is_not_overwritten(sqlite: ReviewDatabase, settings: Settings, name: str) -> None:
    label(sqlite, settings, add_texts(sqlite, ("is a menu possible",)), "ask_menu", "ann")
    batch = land(sqlite, settings, "ann").batch
    file = settings.project / name
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_bytes() if file.exists() else None
    file.write_text("# mine\n", encoding="utf-8")
    files = files_of(settings)
    label(sqlite, settings, add_texts(sqlite, ("menus, where are they",)), "ask_menu", "ann")
    for attempt in (lambda: land(sqlite, settings, "ann"), lambda: undo(sqlite, settings, batch, "ann")):
        with pytest.raises(FilesChangedError, match=f"{name}: changed by hand.*wenhao logs land --rewrite"):
            attempt()
    assert files_of(settings) == files
    assert rewrite(settings) == [name]
    assert (file.read_bytes() if file.exists() else None) == before
    assert file.with_name(f"{file.name}.edited").read_text(encoding="utf-8") == "# mine\n"
    assert land(sqlite, settings, "ann").lessons


BROKEN = {
    '{"id": "1", "kind": "exam': r"lessons.jsonl:2: is no JSON",
    "<<<<<<< HEAD": r"lessons.jsonl:2: is no JSON",
    "[]": r"lessons.jsonl:2: must be a JSON object",
    '{"id": "1", "kind": "sample"}': r'lessons.jsonl:2: "kind" is "sample"',
    '{"id": "1", "kind": "intent"}': r'lessons.jsonl:2: "draft" belongs',
    '{"id": "1", "kind": "example", "batch": "b"}': r'lessons.jsonl:2: "language" is missing',
}


@pytest.mark.parametrize(("line", "said"), BROKEN.items())
def test_broken_lessons_are_told_with_their_line(
    sqlite: ReviewDatabase, settings: Settings, line: str, said: str
) -> None:
    label(sqlite, settings, add_texts(sqlite, ("is a menu possible",)), "ask_menu", "ann")
    batch = land(sqlite, settings, "ann").batch
    lessons = settings.project / "data/learned/lessons.jsonl"
    lessons.write_text(lessons.read_text(encoding="utf-8") + line, encoding="utf-8")
    files = files_of(settings)
    for attempt in (lambda: land(sqlite, settings, "ann"), lambda: undo(sqlite, settings, batch, "ann")):
        with pytest.raises(LessonsError, match=said) as caught:
            attempt()
        assert "restore data/learned/lessons.jsonl" in str(caught.value)
    assert files_of(settings) == files
    assert not check(settings.project).findings.blocking


def test_a_lesson_that_is_there_twice_is_told(sqlite: ReviewDatabase, settings: Settings) -> None:
    label(sqlite, settings, add_texts(sqlite, ("is a menu possible",)), "ask_menu", "ann")
    land(sqlite, settings, "ann")
    lessons = settings.project / "data/learned/lessons.jsonl"
    lessons.write_text(lessons.read_text(encoding="utf-8") * 2, encoding="utf-8")
    with pytest.raises(LessonsError, match="there twice"):
        read_lessons(settings.project)


def land_many(project: Path, url: str, who: str) -> None:
    settings = settings_of(project, url)
    database = ReviewDatabase(url)
    land(database, settings, who)
    database.close()


def test_of_two_landers_at_once_each_text_lands_once(database: ReviewDatabase, settings: Settings) -> None:
    texts = tuple(
        f"is there menu number {number} for {trade}" for number, trade in enumerate(("bakers", "zoos", "gyms"))
    )
    seen = add_texts(database, texts)
    label(database, settings, seen, "ask_menu", "ann", use="train")
    url = str(database.engine.url.render_as_string(hide_password=False))
    context = multiprocessing.get_context("forkserver")
    landers = [context.Process(target=land_many, args=(settings.project, url, who)) for who in ("ann", "ben")]
    for lander in landers:
        lander.start()
    for lander in landers:
        lander.join(60)
    assert [lander.exitcode for lander in landers] == [0, 0]
    lessons = read_lessons(settings.project)
    assert sorted(lesson.text for lesson in lessons) == sorted(texts)
    assert {text_row(database, which)["state"] for which in seen} == {"landed"}


def test_who_comes_while_another_lands_is_told(settings: Settings) -> None:
    landing, again = only_writer(settings.project), only_writer(settings.project, patience=0.1)
    with landing, pytest.raises(LandingBusyError, match="try again"), again:
        raise AssertionError("two at once")


def test_a_conflict_of_somebody_else_is_told_before_anything_lands(sqlite: ReviewDatabase, settings: Settings) -> None:
    (settings.project / "data/nlu/more.yml").write_text(
        'version: "3.1"\nnlu:\n  - intent: greet\n    examples: |\n      - do subscription accounts have menus\n'
    )
    label(sqlite, settings, add_texts(sqlite, ("is a menu possible",)), "ask_menu", "ann")
    blocks = plan(sqlite, settings).blocks
    assert len(blocks) == 1 and "stands elsewhere too" in blocks[0].message


def test_what_the_tests_ask_is_not_learned(sqlite: ReviewDatabase, settings: Settings) -> None:
    asked = settings.project / "tests/held_out/questions.jsonl"
    asked.parent.mkdir(parents=True)
    asked.write_text(json.dumps({"text": "Is a menu possible?", "language": "en", "facts": []}), encoding="utf-8")
    label(sqlite, settings, add_texts(sqlite, ("is a menu possible",)), "ask_menu", "ann")
    landed = land(sqlite, settings, "ann")
    assert [known.place for known in landed.known] == ["tests/held_out/questions.jsonl:1"] and not landed.lessons
