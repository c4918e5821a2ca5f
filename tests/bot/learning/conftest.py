"""Whatever a test of learning brings up, and a page of the review would show, must have Chinese."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.learning.in_chinese import hear_everything, without_chinese


@pytest.fixture(autouse=True)
def everything_said_has_chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    heard = hear_everything(monkeypatch)
    yield
    assert without_chinese(heard) == {}
