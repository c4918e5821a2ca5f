"""Texts as they are written into training files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.training_data.questions import key_of
from bot.evaluation.training_data.yaml_files import FORBIDDEN
from bot.learning.deciding.teachable import LONGEST, NotTeachableError, teachable


@given(st.text(alphabet=st.characters(), max_size=80))
def test_whatever_is_written_is_one_visible_line_or_refused(text: str) -> None:
    try:
        found = teachable(text)
    except NotTeachableError:
        return
    assert found == found.strip() and "\n" not in found and not FORBIDDEN.search(found)
    assert found[0] not in "-/#" and not set("[]{}") & set(found)
    assert teachable(found) == found


@pytest.mark.parametrize("text", ["[menu](account) {x}", "- menu", "/menu", "#menu", "is there a menu?"])
def test_the_model_sees_what_was_written(text: str) -> None:
    assert key_of(teachable(text)) == key_of(text)


@pytest.mark.parametrize("text", ["", " \n ", "\u202e\u200d", "?!…", "👍", "a" * (LONGEST + 1)])
def test_what_teaches_nothing_is_refused(text: str) -> None:
    with pytest.raises(NotTeachableError):
        teachable(text)
