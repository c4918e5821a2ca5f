"""Event names are remembered, and stand for what they stood for."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import Event, SlotSet, UserUttered

from bot.event_types import remember_event_types


def test_a_name_stands_for_its_class() -> None:
    remember_event_types()
    remember_event_types()
    assert Event.resolve_by_type("user") is UserUttered
    assert Event.from_parameters({"event": "slot", "name": "feedback", "value": 1}) == SlotSet("feedback", 1)


def test_an_unknown_name_is_still_refused() -> None:
    remember_event_types()
    with pytest.raises(ValueError, match="Unknown event name"):
        Event.resolve_by_type("no such event")
