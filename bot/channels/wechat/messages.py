"""WeChat's XML to a message, and an answer to WeChat's XML.

In:  https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html
Out: https://developers.weixin.qq.com/doc/service/guide/product/message/Passive_user_reply_message.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.etree import ElementTree

from bot.channels.wechat.errors import MalformedDeliveryError

TEXT_FIELDS = {"text": "Content", "voice": "Recognition"}
"""Where each kind of message keeps what the user wrote or said."""

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that no XML document may hold: https://www.w3.org/TR/xml/#charsets"""


@dataclass(frozen=True)
class Incoming:
    """One message or event. `key` is the same in every delivery of it, and in no other's."""

    account: str
    sender: str
    kind: str
    key: str
    text: str = field(default="", repr=False)
    event: str = ""


class _NoDoctype(ElementTree.TreeBuilder):
    """Refuses the part of XML that can declare entities: WeChat never sends it, XML bombs need it."""

    def doctype(self, *_: Any) -> NoReturn:
        raise MalformedDeliveryError("the XML declares a document type")


def read_fields(xml: bytes) -> dict[str, str]:
    """Returns the text of each element. Raises MalformedDeliveryError."""
    parser = ElementTree.XMLParser(target=_NoDoctype())  # noqa: S314 - what makes it unsafe is refused
    try:
        root = ElementTree.fromstring(xml.decode("utf-8-sig"), parser)  # noqa: S314
    except (ElementTree.ParseError, ValueError) as error:
        raise MalformedDeliveryError("the body is not XML in UTF-8") from error
    return {child.tag: (child.text or "").strip() for child in root}


def to_incoming(fields: Mapping[str, str]) -> Incoming:
    """Translates a message or event of any kind. Raises MalformedDeliveryError where it says not who wrote to whom."""
    for name in ("ToUserName", "FromUserName", "MsgType"):
        if not fields.get(name):
            raise MalformedDeliveryError(f"the message has no {name}")
    kind = fields["MsgType"].lower()
    return Incoming(
        account=fields["ToUserName"],
        sender=fields["FromUserName"],
        kind=kind,
        key=_to_key(fields),
        text=fields.get(TEXT_FIELDS.get(kind, ""), ""),
        event=fields.get("Event", "").lower(),
    )


def _to_key(fields: Mapping[str, str]) -> str:
    # Events have no MsgId, and two of them from one user can share a second: https://github.com/binarywang/WxJava/issues/3445
    names = ["MsgId"] if fields.get("MsgId") else ["CreateTime", "Event", "EventKey"]
    return ":".join(fields.get(name, "") for name in ["ToUserName", "FromUserName", *names])


def to_reply_xml(incoming: Incoming, text: str, now: int) -> str:
    """Returns the passive text reply to a message. `now` is in seconds."""
    return (
        f"<xml><ToUserName>{to_cdata(incoming.sender)}</ToUserName>"
        f"<FromUserName>{to_cdata(incoming.account)}</FromUserName>"
        f"<CreateTime>{now}</CreateTime>"
        f"<MsgType>{to_cdata('text')}</MsgType>"
        f"<Content>{to_cdata(text)}</Content></xml>"
    )


def to_cdata(text: str) -> str:
    """Wraps text so that nothing in it can end its element."""
    safe = NOT_XML.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{safe}]]>"
