"""The way out to WeChat: its API, access tokens that all processes share, and what a follower may still be sent."""

from bot.channels.wechat.api.client import Agent, WeChatApi
from bot.channels.wechat.api.errors import WeChatApiError
from bot.channels.wechat.api.ledger import Ledger, Trigger

__all__ = ["Agent", "Ledger", "Trigger", "WeChatApi", "WeChatApiError"]
