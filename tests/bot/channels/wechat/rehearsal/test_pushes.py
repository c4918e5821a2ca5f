"""What a follower does, read by werobot as an account's own program would read it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from werobot.parser import parse_user_msg, parse_xml

from bot.channels.wechat.rehearsal.pushes import Follower, MessageKind, event, message


def read(follower: Follower, kind: MessageKind, text: str = "") -> Any:
    return parse_user_msg(message(follower, kind, text).xml)


def test_every_kind_of_message(follower: Follower) -> None:
    assert read(follower, "text", "你好").content == "你好"
    assert read(follower, "image").img.startswith("https://")
    assert read(follower, "location").label
    assert read(follower, "link").url.startswith("https://")
    for kind in ("text", "image", "location", "link", "voice"):
        read_one = read(follower, kind)
        assert (read_one.source, read_one.target) == (follower.openid, follower.account)
        assert abs(read_one.time - time.time()) < 5


def test_a_voice_message_has_what_was_recognised_or_nothing(follower: Follower) -> None:
    assert read(follower, "voice", "认证要多少钱").recognition == "认证要多少钱"
    assert "Recognition" not in parse_xml(message(follower, "voice").xml)


def test_every_message_has_an_id_of_its_own(follower: Follower) -> None:
    assert len({read(follower, "text", "hi").message_id for _ in range(100)}) == 100


def test_a_tap_on_a_message_menu(follower: Follower) -> None:
    assert parse_xml(message(follower, text="解决了", menu_entry="101").xml)["bizmsgmenuid"] == "101"
    assert "bizmsgmenuid" not in parse_xml(message(follower, text="解决了").xml)


def test_what_no_xml_can_hold_is_left_out(follower: Follower) -> None:
    assert read(follower, "text", "a\x00b\x1b[31m]]>\ud800c").content == "ab[31m]]>c"


@pytest.mark.parametrize(
    ("name", "key", "fields"),
    [
        ("subscribe", "", {"EventKey": None}),
        ("subscribe", "123", {"EventKey": "qrscene_123", "Ticket": "rehearsal"}),
        ("unsubscribe", "", {}),
        ("SCAN", "123", {"EventKey": "123", "Ticket": "rehearsal"}),
        ("CLICK", "ask:menu", {"EventKey": "ask:menu"}),
        ("VIEW", "https://mp.weixin.qq.com/", {"EventKey": "https://mp.weixin.qq.com/"}),
        ("LOCATION", "", {"Latitude": "23.137466", "Longitude": "113.352425", "Precision": "119.38504"}),
        ("kf_create_session", "agent@account", {"KfAccount": "agent@account"}),
        ("kf_close_session", "agent@account", {"KfAccount": "agent@account"}),
    ],
)
def test_events(follower: Follower, name: str, key: str, fields: dict[str, Any]) -> None:
    found = parse_xml(event(follower, name, key).xml)
    assert (found["MsgType"], found["Event"], found["FromUserName"]) == ("event", name, follower.openid)
    assert {field: found[field] or None for field in fields} == fields
    assert "MsgId" not in found
