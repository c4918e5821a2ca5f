"""Finds the class of a stored event by its name, once for each name.

Rasa walks through all subclasses of its events for every event of a conversation, each time it reads one: a sixth of
a whole reply (rasa.shared.core.events.Event). What it finds is the same.
"""

from __future__ import annotations

from functools import lru_cache

from rasa.shared.core.events import Event


def remember_event_types() -> None:
    """Makes Rasa remember which class an event's name stands for."""
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))
