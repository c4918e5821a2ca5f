"""Groups in the review database."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, Callable

import pytest
from sqlalchemy import select

from bot.evaluation.training_data.questions import FOLDER, read_examples
from bot.learning.database import ReviewDatabase
from bot.learning.grouping import regrouping
from bot.learning.grouping.regrouping import Regrouped, regroup
from bot.learning.queueing.refreshing import refresh
from bot.learning.schema import GROUPS, TEXTS
from bot.learning.states import State
from bot.settings import Settings
from tests.bot.learning.asking import ask, clock, set_state
from tests.bot.learning.grouping.test_making import THINGS, WAYS
from tests.bot.learning.reviewing import text_row

Group = Callable[[], Regrouped]
CHINESE = ("退款多久到账", "退款什么时候到", "退款怎么还没到", "退款几天到", "退款到了吗", "多久能退款", "退款要多久")


@pytest.fixture
def group(database: ReviewDatabase, settings: Settings) -> Group:
    examples = read_examples(settings.project / FOLDER)

    def made() -> Regrouped:
        refresh(database, examples, "", clock)
        return regroup(database, settings.project, examples, clock=clock)

    return made


def _ask_things(database: ReviewDatabase, things: tuple[str, ...] = THINGS[:3]) -> None:
    for thing in things:
        for number, way in enumerate(WAYS):
            ask(database, way.format(thing), [f"person {number}", "ann"], act="refused")


def _groups(database: ReviewDatabase) -> dict[int, dict[str, Any]]:
    with database.begin() as connection:
        return {row["id"]: dict(row) for row in connection.execute(select(GROUPS)).mappings()}


def _texts(database: ReviewDatabase, group: int) -> list[str]:
    wanted = select(TEXTS.c.text).where(TEXTS.c.group_id == group).order_by(TEXTS.c.typical.desc())
    with database.begin() as connection:
        return list(connection.execute(wanted).scalars())


def test_groups_are_written_with_their_texts(database: ReviewDatabase, group: Group) -> None:
    _ask_things(database)

    assert group() == Regrouped(texts=24, groups=3, alone=0)
    for group_id, row in _groups(database).items():
        texts = _texts(database, group_id)
        assert row["name"].isidentifier() and row["language"] == "en" and not row["by_hand"]
        # One person who asked all of it counts once.
        assert (row["people"], row["messages"]) == (len(texts) + 1, 2 * len(texts))
        assert row["score"] == pytest.approx(len(texts) + 1)
        assert {name for name, _ in row["nearest"]} <= {"ask_menu", "greet"} and len(row["nearest"]) == 2
    with database.begin() as connection:
        for row in connection.execute(select(TEXTS)):
            assert -1 <= row.x <= 1 and -1 <= row.y <= 1 and 0 <= row.typical <= 1


def test_grouping_anew_keeps_who_the_groups_are(database: ReviewDatabase, group: Group) -> None:
    _ask_things(database)
    group()
    before = {group_id: set(_texts(database, group_id)) for group_id in _groups(database)}
    names = {group_id: row["name"] for group_id, row in _groups(database).items()}
    _ask_things(database, THINGS[3:5])

    assert group().groups == 5
    after = _groups(database)
    assert before.keys() <= after.keys() and len(after) == 5
    for group_id, texts in before.items():
        assert len(texts & set(_texts(database, group_id))) > len(texts) / 2
        assert after[group_id]["name"] == names[group_id]
    assert len({row["name"] for row in after.values()}) == 5


def test_what_people_did_stays(database: ReviewDatabase, group: Group) -> None:
    _ask_things(database)
    group()
    mine, other = list(_groups(database))[:2]
    with database.begin() as connection:
        connection.execute(GROUPS.update().where(GROUPS.c.id == mine).values(by_hand=True, name="mine", version=1))
        decided = connection.execute(select(TEXTS.c.id).where(TEXTS.c.group_id == other).limit(1)).scalar_one()
    before = set(_texts(database, mine))
    set_state(database, decided, State.LABELLED.value)
    row = _groups(database)[mine]
    _ask_things(database, THINGS[3:4])

    group()
    assert set(_texts(database, mine)) == before
    assert _groups(database)[mine] == row
    assert text_row(database, decided)["group_id"] == other


def test_a_decision_in_between_is_not_overwritten(
    database: ReviewDatabase, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ask_things(database)
    group()
    with database.begin() as connection:
        first, second = connection.execute(select(TEXTS.c.id).order_by(TEXTS.c.id).limit(2)).scalars()
    made = regrouping.group_texts

    def meanwhile(*given: Any) -> Any:
        set_state(database, first, State.IGNORED.value)
        with database.begin() as connection:
            moved = TEXTS.update().where(TEXTS.c.id == second)
            connection.execute(moved.values(group_id=None, version=TEXTS.c.version + 1))
        return made(*given)

    monkeypatch.setattr(regrouping, "group_texts", meanwhile)
    group()
    assert text_row(database, first)["state"] == "ignored"
    assert text_row(database, second)["group_id"] is None


def test_groups_that_nothing_is_in_go(database: ReviewDatabase, group: Group) -> None:
    _ask_things(database)
    group()
    with database.begin() as connection:
        connection.execute(TEXTS.delete())
    assert group() == Regrouped(0, 0, 0)
    assert _groups(database) == {}


def test_a_failure_leaves_all_as_it_was(
    database: ReviewDatabase, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ask_things(database)
    group()
    before = (_groups(database), [text_row(database, which) for which in range(1, 25)])
    _ask_things(database, THINGS[3:4])
    monkeypatch.setattr("bot.learning.grouping.storing._drop_empty", lambda connection: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        group()
    rows = [text_row(database, which) for which in range(1, 25)]
    assert [row["group_id"] for row in rows] == [row["group_id"] for row in before[1]]
    assert _groups(database).keys() == before[0].keys()


def test_groups_of_one_meaning_are_twins(database: ReviewDatabase, group: Group, settings: Settings) -> None:
    lists = "nlu:\n  - lookup: sense/refund\n    examples: |\n      - refund\n      - 退款\n"
    Path(settings.project / FOLDER / "words.yml").write_text(lists, encoding="utf-8")
    _ask_things(database, THINGS[:2])
    for text in CHINESE:
        ask(database, text, act="refused")

    assert group().groups == 3
    rows = _groups(database)
    chinese = next(row for row in rows.values() if row["language"] == "zh")
    twin = rows[chinese["twin_id"]]
    assert twin["twin_id"] == chinese["id"]
    assert Counter("refund" in text for text in _texts(database, twin["id"])).most_common(1)[0][0]
    assert chinese["name"].startswith("refund")
