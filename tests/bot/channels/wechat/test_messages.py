"""WeChat's XML to a message, and an answer to XML."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werobot.parser import parse_user_msg

from bot.channels.wechat.errors import MalformedDeliveryError
from bot.channels.wechat.messages import Incoming, read_fields, to_incoming
from bot.channels.wechat.replies import to_text_xml
from tests.bot.channels.wechat.weixin import ACCOUNT, USER, event, message

INCOMING = Incoming(account=ACCOUNT, sender=USER, kind="text", key="1")


def _read(xml: str) -> Incoming:
    return to_incoming(read_fields(xml.encode()))


def test_a_text_message_is_read() -> None:
    # https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html
    published = """<xml>
      <ToUserName><![CDATA[toUser]]></ToUserName>
      <FromUserName><![CDATA[fromUser]]></FromUserName>
      <CreateTime>1348831860</CreateTime>
      <MsgType><![CDATA[text]]></MsgType>
      <Content><![CDATA[this is a test]]></Content>
      <MsgId>1234567890123456</MsgId>
      <MsgDataId>xxxx</MsgDataId>
      <Idx>xxxx</Idx>
    </xml>"""
    read = _read(published)
    assert read.key.startswith("toUser:fromUser:1234567890123456:")
    assert read == Incoming("toUser", "fromUser", "text", read.key, "this is a test")
    assert Incoming(**json.loads(json.dumps(read.to_data()))) == read


def test_an_event_says_its_key_and_a_tapped_line_its_id() -> None:
    assert _read(event("CLICK", EventKey="ask:menu")).detail == "ask:menu"
    assert _read(event("subscribe", EventKey="qrscene_shop")).detail == "shop"
    assert _read(message(Content="Yes", bizmsgmenuid="solved:1")).choice == "solved:1"


def test_a_byte_order_mark_is_no_fault() -> None:
    assert _read("\ufeff" + message(Content="hi")).text == "hi"


@pytest.mark.parametrize(
    "change",
    [{"MsgId": 2}, {"FromUserName": "another"}, {"ToUserName": "another"}, {"Content": "ho"}],
    ids=lambda change: "".join(change),
)
def test_another_message_has_another_key(change: dict[str, str]) -> None:
    fields: dict[str, Any] = {"Content": "hi", "MsgId": 1}
    assert _read(message(**{**fields, **change})).key != _read(message(**fields)).key


@pytest.mark.parametrize(
    "change",
    [{"CreateTime": 1348831861}, {"FromUserName": "another"}, {"Event": "VIEW"}, {"EventKey": "key2"}, {"Ticket": "t"}],
    ids=lambda change: "".join(change),
)
def test_another_event_has_another_key(change: dict[str, str]) -> None:
    assert _read(event("CLICK", EventKey="key1")).key == _read(event("CLICK", EventKey="key1")).key
    changed = {"name": change.pop("Event", "CLICK"), "EventKey": "key1", **change}
    assert _read(event(**changed)).key != _read(event("CLICK", EventKey="key1")).key


@pytest.mark.parametrize("name", ["ToUserName", "FromUserName", "MsgType"])
def test_a_message_that_says_not_who_and_what_is_refused(name: str) -> None:
    with pytest.raises(MalformedDeliveryError, match=name):
        _read(message(**{name: ""}))


def test_what_a_user_writes_stays_out_of_logs() -> None:
    assert "private" not in repr(_read(message(Content="private")))


def test_a_document_type_is_refused_but_may_be_asked_about() -> None:
    with pytest.raises(MalformedDeliveryError):
        _read("<!DOCTYPE xml>" + message(Content="hi"))
    assert _read(message(Content="<!DOCTYPE html>?")).text == "<!DOCTYPE html>?"


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0xFFFF, exclude_categories=["Cs", "Cn"])))
def test_any_answer_arrives_as_it_is(text: str) -> None:
    # werobot's parser, not ours, reads it. It drops the space around a text.
    reply = parse_user_msg(to_text_xml(INCOMING, f"«{text}»", 1))
    assert (reply.content, reply.target, reply.source, reply.time) == (f"«{text}»", USER, ACCOUNT, 1)


@pytest.mark.parametrize("text", ["]]>", "]]]]>>", "<![CDATA[]]>", "a & b < c", "]]&gt;"])
def test_marks_of_xml_in_an_answer_are_text(text: str) -> None:
    assert parse_user_msg(to_text_xml(INCOMING, text, 1)).content == text


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\ufffe", "\ud800"])
def test_characters_that_xml_forbids_are_left_out(bad: str) -> None:
    assert parse_user_msg(to_text_xml(INCOMING, f"a{bad}b", 1)).content == "ab"
