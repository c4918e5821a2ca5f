"""A passive reply as WeChat's XML.

https://developers.weixin.qq.com/doc/service/guide/product/message/Passive_user_reply_message.html
https://developers.weixin.qq.com/doc/service/guide/product/kf/forwarding.html
"""

from __future__ import annotations

from bot.channels.wechat.messages import NOT_XML, Incoming


def to_text_xml(incoming: Incoming, text: str, now: int) -> str:
    """Returns a text as the reply to a message. `now` is in seconds."""
    return _to_xml(incoming, "text", now, f"<Content>{to_cdata(text)}</Content>")


def to_transfer_xml(incoming: Incoming, now: int) -> str:
    """Returns the reply that hands a message to the people of the account. Only messages may be, never events."""
    return _to_xml(incoming, "transfer_customer_service", now)


def to_cdata(text: str) -> str:
    """Wraps text so that nothing in it can end its element."""
    safe = NOT_XML.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{safe}]]>"


def _to_xml(incoming: Incoming, kind: str, now: int, content: str = "") -> str:
    return (
        f"<xml><ToUserName>{to_cdata(incoming.sender)}</ToUserName>"
        f"<FromUserName>{to_cdata(incoming.account)}</FromUserName>"
        f"<CreateTime>{now}</CreateTime>"
        f"<MsgType>{to_cdata(kind)}</MsgType>{content}</xml>"
    )
