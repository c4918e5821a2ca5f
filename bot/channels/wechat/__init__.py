"""WeChat: signed XML in, one passive reply out."""

from bot.channels.wechat.input import WeChatInput

__all__ = ["WeChatInput"]
