"""The watch: replies counted from a real tracker store, and what is more than chance."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.learning.promoting.clock import now
from bot.learning.promoting.serving import Serving, read_serving, write_serving
from bot.learning.promoting.status import WATCH
from bot.learning.promoting.threshold_file import model_id_of
from bot.settings import Settings
from bot.watching import Counts, Watch, count, is_raised


@pytest.mark.parametrize(
    ("before", "since", "raised"),
    [
        (Counts(200, 20), Counts(30, 12), True),
        (Counts(200, 20), Counts(30, 5), False),
        (Counts(200, 20), Counts(200, 22), False),
        (Counts(200, 20), Counts(19, 19), False),
        (Counts(10, 0), Counts(30, 30), False),
        (Counts(200, 100), Counts(200, 20), False),
    ],
)
def test_a_rise_that_chance_does_not_explain(before: Counts, since: Counts, raised: bool) -> None:
    assert is_raised(before, since) is raised


def store_with(file: Path, *answers: tuple[str, bool, float]) -> SQLTrackerStore:
    """Returns a store of conversations: a reply by a model, whether it understood, and when."""
    domain = Domain.empty()
    store = SQLTrackerStore(domain, dialect="sqlite", db=str(file))
    for number, (model, understood, at) in enumerate(answers):
        tracker = DialogueStateTracker.from_events(f"c{number}", [], domain=domain)
        tracker.model_id = model
        tracker.update(UserUttered("?", timestamp=at))
        tracker.update(BotUttered("!", {"custom": {"understood": understood}}, timestamp=at))
        tracker.update(BotUttered("a thing without a reply object", timestamp=at))
        asyncio.run(store.save(tracker))
    return store


def test_replies_are_counted_by_model_and_time(tmp_path: Path) -> None:
    store = store_with(
        tmp_path / "t.db",
        ("old", True, 10),
        ("old", False, 11),
        ("new", False, 21),
        ("new", True, 22),
        ("old", True, 23),
    )
    assert count(store.engine, "new", 20) == (Counts(2, 1), Counts(2, 1))


@pytest.mark.parametrize("raised", [True, False])
async def test_what_it_finds_is_kept_and_a_rise_is_warned_of(
    tmp_path: Path, raised: bool, model: object, caplog: pytest.LogCaptureFixture
) -> None:
    file = model.file  # type: ignore[attr-defined]
    (tmp_path / "m.tar.gz").symlink_to(file)
    write_serving(tmp_path, Serving("m.tar.gz", "hash", now(), ""))
    id_, later = model_id_of(file), time.time() + 5
    answers = [("old", True, 10.0)] * 40 + [(id_, not raised, later)] * 25
    store = await asyncio.to_thread(store_with, tmp_path / "t.db", *answers)
    watch = Watch(Settings.read({"MODELS": str(tmp_path)}), lambda: store)
    watch.begin()
    for _ in range(200):
        await asyncio.sleep(0.05)
        if (tmp_path / WATCH).exists():
            break
    watch.end()
    found = json.loads((tmp_path / WATCH).read_text(encoding="utf-8"))
    assert found["before"] == {"messages": 40, "unanswered": 0}
    assert found["now"] == {"messages": 25, "unanswered": 25 if raised else 0}
    assert found["raised"] is raised
    assert ("wenhao rollback" in caplog.text) is raised
    assert read_serving(tmp_path) is not None
