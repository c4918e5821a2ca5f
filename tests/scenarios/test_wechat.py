"""WeChat against the real server: a signed message in, the right answer out, in plain and in safe mode."""

from __future__ import annotations

import pytest
import requests

from tests.programs import short
from tests.scenarios.serving import Served
from tests.scenarios.wechat import (
    ACCOUNT,
    NONCE,
    TIMESTAMP,
    TOKEN,
    USER,
    address,
    opened,
    read,
    sealed,
    signature,
    text_message,
)

PATH = "wechat/webhook"


def said_by(server: Served, text: str, user: str = USER) -> str:
    """Returns the answer to a text message."""
    answer = server.post(PATH, params=address(), data=text_message(text, user))
    assert answer.status_code == 200
    reply = read(answer.text)
    assert (reply.target, reply.source, reply.type) == (user, ACCOUNT, "text")
    return str(reply.content)


@pytest.mark.parametrize(
    ("question", "figure"), [("公众号认证要多少钱？", "300元"), ("How much does verification cost?", "300 yuan")]
)
def test_a_signed_message_gets_its_answer(server: Served, question: str, figure: str) -> None:
    assert figure in said_by(server, question)


def test_a_suggestion_is_chosen_by_the_number_in_front_of_it(server: Served) -> None:
    first = said_by(server, "公众号认证要多少钱？", "o-chooser")
    assert "1. " in first
    assert "年审" in said_by(server, "1", "o-chooser")


def test_two_users_have_two_conversations(server: Served) -> None:
    said_by(server, "服务号有自定义菜单吗？", "o-ann")
    said_by(server, "微信支付要交保证金吗？", "o-ben")
    assert "菜单" in said_by(server, "那订阅号呢", "o-ann").splitlines()[0]


@pytest.mark.parametrize("text", ["x" * 10_000, "多" * 10_000, "👍", "]]&gt;", "/restart"], ids=short)
def test_any_text_is_answered_in_one_message(server: Served, text: str) -> None:
    answer = said_by(server, text)
    assert answer.strip()
    assert len(answer.encode()) <= 2048


def test_an_empty_text_is_taken(server: Served) -> None:
    assert server.post(PATH, params=address(), data=text_message("")).status_code == 200


def test_the_address_is_ours(server: Served) -> None:
    url = f"{server.url}/webhooks/{PATH}"
    assert requests.get(url, params=address(echostr="12345"), timeout=5).text == "12345"
    assert requests.get(url, params=address(echostr="12345", nonce="1"), timeout=5).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        {},
        address(signature=""),
        address(signature="0" * 40),
        address(nonce="another"),
        address(timestamp="1"),
        address(signature=signature("another token", TIMESTAMP, NONCE)),
        address(signature="名"),
    ],
)
def test_a_message_that_is_not_wechats_is_refused(server: Served, query: dict[str, str]) -> None:
    answer = server.post(PATH, params=query, data=text_message("公众号认证要多少钱？"))
    assert answer.status_code == 403
    assert "300" not in answer.text
    assert TOKEN not in answer.text
    assert "300元" in said_by(server, "公众号认证要多少钱？")


@pytest.mark.parametrize("body", [b"", b"no xml", b"<xml>", b"<!DOCTYPE x [<!ENTITY a 'a'>]><xml>&a;</xml>", b"\xff"])
def test_a_signed_body_that_is_no_message_is_refused(server: Served, body: bytes) -> None:
    assert server.post(PATH, params=address(), data=body).status_code == 400


@pytest.mark.parametrize(
    ("question", "figure"), [("公众号认证要多少钱？", "300元"), ("How much does verification cost?", "300 yuan")]
)
def test_safe_mode(safe_server: Served, question: str, figure: str) -> None:
    query, body = sealed(text_message(question))
    answer = safe_server.post(PATH, params=query, data=body)
    assert answer.status_code == 200
    assert "300" not in answer.text, "the answer travels encrypted"
    reply = read(opened(answer.text))
    assert (reply.target, reply.source) == (USER, ACCOUNT)
    assert figure in reply.content


def test_safe_mode_takes_no_plain_or_forged_message(safe_server: Served) -> None:
    plain = text_message("公众号认证要多少钱？")
    assert safe_server.post(PATH, params=address(), data=plain).status_code == 403
    query, body = sealed(plain)
    forged = safe_server.post(PATH, params={**query, "msg_signature": "0" * 40}, data=body)
    assert forged.status_code == 403
