"""Decisions on groups, and taking them back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.learning.database import ReviewDatabase
from bot.learning.deciding import DecisionError, StaleDecisionError, merge, move, rename, split
from bot.learning.landing import undo
from bot.learning.schema import GROUPS
from bot.settings import Settings
from tests.bot.learning.reviewing import add_group, add_text, everything, text_row


def group_row(database: ReviewDatabase, which: int) -> dict[str, object]:
    with database.begin() as connection:
        return dict(connection.execute(select(GROUPS).where(GROUPS.c.id == which)).mappings().one())


def test_groups_are_split_merged_moved_and_renamed_and_all_of_it_undone(
    database: ReviewDatabase, settings: Settings
) -> None:
    here, there = add_group(database, "refunds"), add_group(database, "fees")
    texts = [add_text(database, f"what about number {number}", people=2, group=here) for number in range(4)]
    move(database, {texts[3]: 0}, None, "ann")
    move(database, {texts[3]: 1}, here, "ann")
    states = [everything(database)]
    done = [split(database, {texts[0]: 0, texts[1]: 0}, " half  of it ", "ann")]
    made = done[0].group
    assert made is not None
    assert group_row(database, made) | {"name": "half of it", "by_hand": True, "messages": 4} == group_row(
        database, made
    )
    states.append(everything(database))
    done.append(move(database, {texts[2]: 0}, there, "ann"))
    assert (group_row(database, here)["messages"], group_row(database, there)["people"]) == (2, 2)
    states.append(everything(database))
    versions = {each: group_row(database, each)["version"] for each in (here, there, made)}
    done.append(merge(database, versions, there, "ann"))  # type: ignore[arg-type]
    assert {text_row(database, each)["group_id"] for each in texts} == {there}
    states.append(everything(database))
    done.append(rename(database, there, group_row(database, there)["version"], "all", "ann"))  # type: ignore[arg-type]
    assert group_row(database, there)["name"] == "all"
    for decided, state in zip(reversed(done), reversed(states), strict=True):
        undo(database, settings, decided.batch, "ben")
        assert everything(database) == state


def test_what_was_changed_in_between_is_told(database: ReviewDatabase, settings: Settings) -> None:
    here, there = add_group(database, "refunds"), add_group(database, "fees")
    text = add_text(database, "what about fees", group=here)
    renamed = rename(database, here, 0, "money", "ben")
    with pytest.raises(StaleDecisionError, match="ben: rename"):
        rename(database, here, 0, "cash", "ann")
    with pytest.raises(StaleDecisionError, match="ben: rename"):
        merge(database, {here: 0, there: 0}, there, "ann")
    merge(database, {here: 1, there: 0}, there, "ann")
    with pytest.raises(StaleDecisionError, match="ann: merge"):
        undo(database, settings, renamed.batch, "ben")
    with pytest.raises(StaleDecisionError):
        move(database, {text: 1}, here, "ann")


def test_languages_stay_apart(database: ReviewDatabase) -> None:
    english, chinese = add_group(database), add_group(database, language="zh")
    text = add_text(database, "退款")
    with pytest.raises(DecisionError, match="of one language"):
        move(database, {text: 0}, english, "ann")
    with pytest.raises(DecisionError, match="of one language"):
        merge(database, {english: 0, chinese: 0}, english, "ann")
    with pytest.raises(DecisionError, match="two groups"):
        merge(database, {english: 0}, english, "ann")
    with pytest.raises(DecisionError, match="1 to 100 characters"):
        rename(database, english, 0, "  ", "ann")
