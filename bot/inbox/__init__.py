"""The durable inbox: every message of a platform is answered once, over repeats, restarts and processes."""

from bot.inbox.inbox import Inbox
from bot.inbox.item import Item, State

__all__ = ["Inbox", "Item", "State"]
