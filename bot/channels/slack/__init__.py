"""Slack: signed requests in, Block Kit out."""

from bot.channels.slack.input import SlackInput

__all__ = ["SlackInput"]
