"""The real server: health, the REST channel, the chat page, and what it writes to its log."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import requests

from bot.assistant import CONTRACT
from bot.models import TrainedModel
from tests.programs import short
from tests.scenarios.conftest import SLACK_SECRET, SLACK_TOKEN
from tests.scenarios.serving import Served
from tests.scenarios.wechat import TOKEN


def ask(server: Served, message: object, sender: str = "") -> list[dict[str, Any]]:
    answer = server.post("rest/webhook", json={"sender": sender or uuid.uuid4().hex, "message": message})
    assert answer.status_code == 200
    messages: list[dict[str, Any]] = answer.json()
    return messages


def test_health(server: Served, model: TrainedModel) -> None:
    assert server.health().status_code == 200
    assert server.health().json() == {"status": "ok", "model": model.file.name}


@pytest.mark.parametrize(
    ("question", "language", "figure"),
    [("How much does verification cost?", "en", "300 yuan"), ("公众号认证要多少钱？", "zh", "300元")],
)
def test_rest(server: Served, question: str, language: str, figure: str) -> None:
    said, data = ask(server, question, "person 1")
    assert figure in said["text"]
    assert said["recipient_id"] == data["recipient_id"] == "person 1"
    reply = data["custom"]
    assert set(reply) == {*CONTRACT, "parts", "person"}
    assert reply["reply"] == said["text"]
    assert reply["conversation"] == "person 1"
    assert (reply["text"], reply["language"], reply["understood"]) == (question, language, True)
    assert reply["facts"] == ["verification.fee"]
    assert said["buttons"] == [{"title": text, "payload": text} for text in reply["suggestions"]]
    (part,) = reply["parts"]
    assert set(part) == {"topic", "title", "lead", "reason", "source", "changes", "table"}
    assert figure in part["lead"]


def test_one_sender_has_one_conversation(server: Served) -> None:
    ask(server, "Can a service account have a custom menu?", "ann")
    assert ask(server, "and a subscription account?", "ann")[1]["custom"]["facts"] == ["menu.subscription"]
    assert ask(server, "and a subscription account?", "ben")[1]["custom"]["facts"] == []


@pytest.mark.parametrize("message", ["", "   ", "x" * 10_000, "多" * 10_000, "👍", "\x00\x07", "<b>&amp;"], ids=short)
def test_any_message_is_answered(server: Served, message: str) -> None:
    said, data = ask(server, message)
    assert said["text"].strip()
    assert (data["custom"]["facts"], data["custom"]["understood"]) == ([], False)


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b'{"sender": "x"}', b'{"message": 3}', b"\xff\xfe"])
def test_a_request_that_is_none_harms_nobody(server: Served, body: bytes) -> None:
    answer = server.post("rest/webhook", data=body, headers={"Content-Type": "application/json"})
    assert "Traceback" not in answer.text
    assert ask(server, "How much does verification cost?")[1]["custom"]["facts"] == ["verification.fee"]


def test_a_body_that_is_too_large_is_refused(server: Served) -> None:
    try:
        answer = server.post("rest/webhook", json={"sender": "x", "message": "x" * 3_000_000})
    except requests.ConnectionError:
        return
    assert answer.status_code == 413


def test_the_chat_page_is_there(server: Served) -> None:
    page = requests.get(f"{server.url}/", timeout=5)
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    assert requests.get(f"{server.url}/nowhere", timeout=5).status_code == 404


def test_it_says_where_it_is(server: Served) -> None:
    assert f"Wenhao answers at {server.url}" in server.log.read_text(encoding="utf-8")


def test_the_log_holds_neither_messages_nor_secrets(server: Served) -> None:
    ask(server, "Is a unicornly private question logged?")
    log = server.log.read_text(encoding="utf-8")
    assert "unicornly" not in log
    assert not [secret for secret in (TOKEN, SLACK_TOKEN, SLACK_SECRET) if secret in log]
