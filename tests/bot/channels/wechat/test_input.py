"""The WeChat channel end to end: signed requests in, answers out, through a real server."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from rasa.core.channels.channel import UserMessage

from tests.bot.channels.wechat.conftest import Connect, StandInAgent
from tests.bot.channels.wechat.weixin import ACCOUNT, APP_ID, SAFE, USER, Answer, event, message, read


async def test_get_check_echoes_the_bare_echostr(connect: Connect) -> None:
    weixin = await connect()
    # https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
    published = {
        "signature": "f464b24fc39322e44b38aa78f5edd27bd1441696",
        "timestamp": "1714036504",
        "nonce": "1514711492",
        "echostr": "4375120948345356249",
    }
    assert await weixin.check(**published) == Answer(200, "4375120948345356249")


@pytest.mark.parametrize("credentials", [{}, SAFE], ids=["plain", "safe"])
async def test_a_question_gets_its_answer(connect: Connect, agent: StandInAgent, credentials: dict[str, str]) -> None:
    weixin = await connect(**credentials)
    before = int(time.time())
    reply = read(await weixin.deliver(message(Content="服务号认证多少钱？🙂")))
    assert (reply.type, reply.content) == ("text", "You said: 服务号认证多少钱？🙂")
    assert (reply.target, reply.source) == (USER, ACCOUNT)
    assert before <= reply.time <= time.time()
    assert agent.messages[0].text == "服务号认证多少钱？🙂"


@pytest.mark.parametrize("credentials", [{}, SAFE], ids=["plain", "safe"])
async def test_an_answer_cannot_end_its_element(
    connect: Connect, agent: StandInAgent, credentials: dict[str, str]
) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        return {"text": "]]></Content><Content>forged<![CDATA["}

    agent.say = say
    weixin = await connect(**credentials)
    assert read(await weixin.deliver(message(Content="?"))).content == "]]></Content><Content>forged<![CDATA["


async def test_suggestions_are_numbered_lines_at_the_end(connect: Connect, agent: StandInAgent) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        titles = ["订阅号能认证吗？", "认证要多久？"]
        buttons = [{"title": title, "payload": title} for title in titles]
        return {"text": "300元。\n来源：腾讯", "buttons": buttons, "custom": {"language": "zh", "text": "?"}}

    agent.say = say
    reply = read(await (await connect()).deliver(message(Content="认证费？")))
    assert reply.content == "300元。\n来源：腾讯\n\n回复数字即可：\n1. 订阅号能认证吗？\n2. 认证要多久？"


async def test_two_accounts_share_no_conversation(connect: Connect, agent: StandInAgent) -> None:
    for credentials in ({"app_id": "wx1"}, {"app_id": "wx2"}, {}):
        await (await connect(**credentials)).deliver(message(Content="hi"))
    await (await connect()).deliver(message(Content="hi", ToUserName="gh_another"))
    assert [sent.sender_id for sent in agent.messages] == [
        f"wechat:wx1:{ACCOUNT}:{USER}",
        f"wechat:wx2:{ACCOUNT}:{USER}",
        f"wechat:{ACCOUNT}:{USER}",
        f"wechat:gh_another:{USER}",
    ]
    assert {sent.input_channel for sent in agent.messages} == {"wechat"}
    assert all(sent.metadata and sent.metadata["channel"] == "wechat" for sent in agent.messages)


async def test_the_bot_is_told_what_was_tapped_and_not_written(connect: Connect, agent: StandInAgent) -> None:
    weixin = await connect()
    for sent in (
        message(Content="多少钱？"),
        message(Content="要多久？", bizmsgmenuid="ask:1"),
        event("CLICK", EventKey="ask:verification_fee"),
    ):
        await weixin.deliver(sent)
    assert [sent.metadata.get("tapped") for sent in agent.messages] == [None, True, True]


@pytest.mark.parametrize(("asked", "words"), [("how much?", "Sorry"), ("多少钱？", "抱歉")])
async def test_a_failure_is_logged_and_answered_kindly(
    connect: Connect, agent: StandInAgent, caplog: pytest.LogCaptureFixture, asked: str, words: str
) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        raise RuntimeError("the action server is down")

    agent.say = say
    reply = read(await (await connect()).deliver(message(Content=asked)))
    assert words in reply.content
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.exc_info and "the action server is down" in str(record.exc_info[1])


async def test_silence_of_the_bot_is_answered_kindly(connect: Connect, agent: StandInAgent) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        return {}

    agent.say = say
    assert "Sorry" in read(await (await connect()).deliver(message(Content="hi"))).content


@pytest.mark.parametrize("kind", ["image", "voice", "video", "shortvideo", "location", "link"])
async def test_what_the_bot_cannot_read_gets_an_honest_line(connect: Connect, agent: StandInAgent, kind: str) -> None:
    reply = read(await (await connect()).deliver(message(kind, MediaId="media", PicUrl="http://127.0.0.1/")))
    assert "请用文字提问" in reply.content
    assert "Please ask me in" in reply.content
    assert not agent.messages


async def test_a_recognised_voice_message_is_a_question(connect: Connect, agent: StandInAgent) -> None:
    await (await connect()).deliver(message("voice", MediaId="media", Format="amr", Recognition="服务号多少钱"))
    assert [sent.text for sent in agent.messages] == ["服务号多少钱"]


async def test_a_new_follower_is_greeted(connect: Connect) -> None:
    reply = read(await (await connect()).deliver(event("subscribe", EventKey="")))
    assert "问号" in reply.content
    assert "Wenhao" in reply.content


@pytest.mark.parametrize("credentials", [{}, SAFE], ids=["plain", "safe"])
@pytest.mark.parametrize("name", ["unsubscribe", "CLICK", "VIEW", "LOCATION", "never_heard_of"])
async def test_other_events_are_taken_in_silence(
    connect: Connect, agent: StandInAgent, name: str, credentials: dict[str, str]
) -> None:
    weixin = await connect(**credentials)
    assert await weixin.deliver(event(name, EventKey="key")) == Answer(200, "success")
    assert await weixin.deliver(message("never_heard_of")) == Answer(200, "success")
    assert not agent.messages


async def test_logs_hold_neither_questions_nor_secrets(
    connect: Connect, agent: StandInAgent, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    weixin = await connect(token="a secret token", app_id=APP_ID, encoding_aes_key="B" * 43)
    await weixin.deliver(message(Content="a private question"))
    await weixin.post(weixin.address(), message(Content="a private question"))
    assert agent.messages
    for kept in ("private", "secret", "BBBB"):
        assert kept not in caplog.text


@pytest.mark.parametrize("text", ["", "   ", "\u200b"])
async def test_a_text_without_a_word_is_the_bots_to_answer(connect: Connect, agent: StandInAgent, text: str) -> None:
    assert read(await (await connect()).deliver(message(Content=text))).content.startswith("You said:")


@pytest.mark.parametrize("credentials", [{}, SAFE], ids=["plain", "safe"])
async def test_a_character_that_xml_forbids_is_left_out(
    connect: Connect, agent: StandInAgent, credentials: dict[str, str]
) -> None:
    weixin = await connect(**credentials)
    assert read(await weixin.deliver(message(Content="多少\x08钱\x00？"))).content == "You said: 多少钱？"


@pytest.mark.parametrize("host", ["x<>'", "x y", "a@b", "\udcff", ""])
async def test_a_host_that_is_none_stands_in_no_link(connect: Connect, agent: StandInAgent, host: str) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        return {"text": "A table", "custom": {"language": "en", "parts": [{"table": {"columns": [], "rows": []}}]}}

    agent.say = say
    weixin = await connect()
    body = message(Content="?").encode()
    query = urlencode(weixin.address())
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(weixin.url).port)
    head = f"POST /webhooks/wechat/webhook?{query} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(body)}\r\n"
    writer.write(f"{head}Connection: close\r\n\r\n".encode("utf-8", "surrogateescape") + body)
    answer = (await asyncio.wait_for(reader.read(), 5)).decode()
    writer.close()
    assert " 200 " in answer.splitlines()[0]
    assert "A table" in answer and "http" not in answer.partition("<Content>")[2]


async def test_a_new_follower_by_a_code_with_a_topic_is_greeted_and_told(connect: Connect, agent: StandInAgent) -> None:
    weixin = await connect()
    reply = read(await weixin.deliver(event("subscribe", EventKey="qrscene_ask:verification_fee"))).content
    assert reply.startswith("你好，我是问号") and reply.endswith(f"You said: {agent.questions[0]}")
    assert "认证" in agent.questions[0]
