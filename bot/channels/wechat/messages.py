"""WeChat's XML to a message.

https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html
https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_event_pushes.html
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NoReturn
from xml.etree import ElementTree

from bot.channels.wechat.errors import MalformedDeliveryError

TEXT_FIELDS = {"text": "Content", "voice": "Recognition"}
"""Where each kind of message keeps what the user wrote or said."""

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that no XML document may hold: https://www.w3.org/TR/xml/#charsets"""

SCENE_PREFIX = "qrscene_"


@dataclass(frozen=True)
class Incoming:
    """One message or event. `key` is the same in every delivery of it, and in no other's.

    `detail` is an event's key: of the menu entry that was tapped, or the scene of the QR code that was scanned.
    `choice` is the id of the tapped line of a menu that came as a message.
    """

    account: str
    sender: str
    kind: str
    key: str
    text: str = field(default="", repr=False)
    event: str = ""
    detail: str = ""
    choice: str = ""

    def to_data(self) -> dict[str, Any]:
        """Returns the message as the inbox keeps it."""
        return asdict(self)


class _NoDoctype(ElementTree.TreeBuilder):
    """Refuses the part of XML that can declare entities: WeChat never sends it, XML bombs need it."""

    def doctype(self, *_: Any) -> NoReturn:
        raise MalformedDeliveryError("the XML declares a document type")


def read_fields(xml: bytes) -> dict[str, str]:
    """Returns the text of each element. Raises MalformedDeliveryError.

    What a follower pasted may hold a character that XML does not allow. It is left out, so that the rest is read.
    """
    parser = ElementTree.XMLParser(target=_NoDoctype())  # noqa: S314 - what makes it unsafe is refused
    try:
        root = ElementTree.fromstring(NOT_XML.sub("", xml.decode("utf-8-sig")), parser)  # noqa: S314
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
        detail=fields.get("EventKey", "").removeprefix(SCENE_PREFIX),
        choice=fields.get("bizmsgmenuid", ""),
    )


def of_follower(key: str) -> str:
    """Returns what tells a message from the others of the same follower: its key without account and sender."""
    return key.split(":", 2)[-1]


def key_of(incoming: Incoming, short: str) -> str:
    """Returns the whole key of an earlier message of the same follower."""
    return ":".join((incoming.account, incoming.sender, short))


def _to_key(fields: Mapping[str, str]) -> str:
    # Events have no MsgId, and two of them from one user can share a second:
    # https://github.com/binarywang/WxJava/issues/3445. MsgIds were seen to collide: https://github.com/binarywang/WxJava/issues/333
    names = ["MsgId", "Content"] if fields.get("MsgId") else ["CreateTime", "Event", "EventKey", "Ticket", "Content"]
    told = "\0".join(fields.get(name, "") for name in ["MsgType", *names])
    number = fields.get("MsgId") or fields.get("CreateTime", "")
    digest = hashlib.sha256(told.encode()).hexdigest()[:16]
    return ":".join((fields["ToUserName"], fields["FromUserName"], number, digest))
