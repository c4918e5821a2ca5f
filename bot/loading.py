"""Loading a model into an agent, warmed so that nobody waits for what is made at first use."""

from __future__ import annotations

import asyncio
import copy
from typing import Any

from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.core.utils import AvailableEndpoints

from bot.errors import ModelError
from bot.models import TrainedModel

# A client of an action server belongs to the event loop in which it was first used (rasa.utils.endpoints).
SESSION = "session"


async def load_warm(endpoints: AvailableEndpoints, model: TrainedModel) -> Agent:
    """Loads a model with stores of its own. Raises ModelError where that fails."""
    agent = await load_agent(str(model.file), endpoints=endpoints)
    if not agent.is_ready():
        raise ModelError(f"{model.file} can't be loaded")
    await _warm(agent)
    return agent


def load_beside(current: Agent, endpoints: AvailableEndpoints, model: TrainedModel) -> Agent:
    """Loads a model that takes over the stores of another, which goes on meanwhile; to be called in another thread.

    Conversations, locks and event broker are the same objects; each agent only sees its own domain in the store.
    Raises whatever loading raises.
    """
    store = getattr(current.tracker_store, "_tracker_store", current.tracker_store)
    agent = Agent(
        domain=current.domain,
        generator=endpoints.nlg,
        tracker_store=copy.copy(store),
        lock_store=current.lock_store,
        action_endpoint=current.action_endpoint,
        http_interpreter=current.http_interpreter,
    )
    agent.load_model(str(model.file))
    asyncio.run(_warm(agent))
    return agent


async def _warm(agent: Agent) -> None:
    """Answers two questions that nobody asked, in a conversation that is not kept and with no lock that others see.

    jieba reads its dictionary with the first text, and much else is made at first use: better now than in somebody's
    five seconds.
    """
    own = InMemoryTrackerStore(agent.domain), InMemoryLockStore(), _of_this_loop(agent.processor.action_endpoint)
    kept = agent.processor.tracker_store, agent.lock_store, agent.processor.action_endpoint
    agent.processor.tracker_store, agent.lock_store, agent.processor.action_endpoint = own
    try:
        for text in ("公众号认证要多少钱？", "How do the two accounts differ?"):
            await agent.handle_message(UserMessage(text, CollectingOutputChannel(), "warm-up"))
    finally:
        agent.processor.tracker_store, agent.lock_store, agent.processor.action_endpoint = kept


def _of_this_loop(endpoint: Any) -> Any:
    found = copy.copy(endpoint)
    getattr(found, "__dict__", {}).pop(SESSION, None)
    return found
