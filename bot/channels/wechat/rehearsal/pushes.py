"""What a follower does, as the XML that WeChat pushes.

Messages: https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html
Events:   https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_event_pushes.html
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Literal, Mapping, Union

Fields = Mapping[str, Union[str, int, float]]
MessageKind = Literal["text", "voice", "image", "location", "link"]

KEY_FIELDS = {"kf_create_session": "KfAccount", "kf_close_session": "KfAccount"}
"""Where an event keeps its key, if not in EventKey."""

SAMPLES: Mapping[str, Fields] = {
    "voice": {"MediaId": "rehearsal-voice", "Format": "amr"},
    "image": {"PicUrl": "https://mmbiz.qpic.cn/rehearsal/0", "MediaId": "rehearsal-image"},
    "location": {"Location_X": 23.134521, "Location_Y": 113.358803, "Scale": 20, "Label": "广州市天河区"},
    "link": {"Title": "公众平台官网", "Description": "公众平台官网", "Url": "https://mp.weixin.qq.com/"},
    "LOCATION": {"Latitude": 23.137466, "Longitude": 113.352425, "Precision": 119.385040},
}
"""What a message or event of a kind carries that a follower does not type."""

TEXT_FIELDS = {"text": "Content", "voice": "Recognition"}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Follower:
    """Who writes to whom: a follower's OpenID, and the account's original id (原始ID)."""

    openid: str
    account: str


@dataclass(frozen=True)
class Push:
    """One message or event. Every delivery of it is the same XML."""

    follower: Follower
    xml: str


def message(follower: Follower, kind: MessageKind = "text", text: str = "", menu_entry: str = "") -> Push:
    """Returns a new message, with a MsgId that no other has.

    `text` is what was written, or recognised in a voice message; without one, WeChat recognised nothing. `menu_entry`
    is the id of the entry of a message menu, if the follower tapped one.
    """
    fields: dict[str, Union[str, int, float]] = {**SAMPLES.get(kind, {}), "MsgId": time.time_ns()}
    if kind in TEXT_FIELDS and text:
        fields[TEXT_FIELDS[kind]] = text
    if menu_entry:
        fields["bizmsgmenuid"] = menu_entry
    return _to_push(follower, kind, fields)


def event(follower: Follower, name: str, key: str = "") -> Push:
    """Returns a new event. `key` is its menu entry, page, scene of a QR code, or the agent's account."""
    fields: dict[str, Union[str, int, float]] = {"Event": name, **SAMPLES.get(name, {})}
    if name == "subscribe":
        # A scanned code brings its scene and a ticket, a search brings an empty key.
        fields.update({"EventKey": f"qrscene_{key}", "Ticket": "rehearsal"} if key else {"EventKey": ""})
    elif name == "SCAN":
        fields.update({"EventKey": key, "Ticket": "rehearsal"})
    else:
        fields[KEY_FIELDS.get(name, "EventKey")] = key
    return _to_push(follower, "event", fields)


def _to_push(follower: Follower, kind: str, fields: Fields) -> Push:
    head: dict[str, Union[str, int, float]] = {
        "ToUserName": follower.account,
        "FromUserName": follower.openid,
        "CreateTime": int(time.time()),
        "MsgType": kind,
    }
    return Push(follower, to_xml({**head, **fields}))


def to_xml(fields: Fields) -> str:
    """Returns fields as WeChat writes them: texts in CDATA, numbers bare."""
    lines = [
        f"<{name}>{_to_cdata(value) if isinstance(value, str) else value}</{name}>" for name, value in fields.items()
    ]
    return "<xml>\n" + "\n".join(lines) + "\n</xml>"


def _to_cdata(text: str) -> str:
    safe = _NOT_XML.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{safe}]]>"
