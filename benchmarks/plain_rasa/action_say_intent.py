"""The plain project's one action."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict


class ActionSayIntent(Action):
    """Answers a message with the name of its intent."""

    def name(self) -> str:
        """Returns the action's name in the domain."""
        return "action_say_intent"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Says the intent."""
        dispatcher.utter_message(text=str(tracker.get_intent_of_latest_message(skip_fallback_intent=False)))
        return []
