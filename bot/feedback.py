"""What people say of an answer, kept in their conversation beside the question."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, Optional

if TYPE_CHECKING:
    from rasa.core.agent import Agent

SLOT = "feedback"


@dataclass(frozen=True)
class Feedback:
    """A verdict on the answer to one message. `about` is that message's key in its channel, `reason` in own words."""

    verdict: Literal["solved", "unsolved"]
    about: str
    channel: str
    reason: Optional[str] = None


async def note_feedback(agent: Agent, conversation: str, feedback: Feedback) -> None:
    """Adds the feedback to the conversation's events, as the setting of a slot that nothing else looks at."""
    from rasa.shared.core.events import SlotSet

    async with agent.lock_store.lock(conversation):
        tracker = await agent.tracker_store.get_or_create_tracker(conversation)
        tracker.update(SlotSet(SLOT, asdict(feedback)))
        await agent.tracker_store.save(tracker)
