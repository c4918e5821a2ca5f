"""The channel beside npm wechat's own middleware: the same raw requests, and each reads what the other replies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Optional

import pytest
from aiohttp import ClientSession, ClientTimeout
from wechatpy.replies import deserialize_reply
from werobot.parser import parse_user_msg, parse_xml

from bot.channels.wechat.messages import read_fields
from tests.bot.channels.wechat.conftest import Connect, StandInAgent
from tests.bot.channels.wechat.foreign import TEXTS, TOKEN, our_mode, text_message
from tests.bot.channels.wechat.weixin import ACCOUNT, APP_ID, SAFE, USER, Answer, Weixin, message, to_xml
from tests.node_programs import NodeProgram

WAIT = ClientTimeout(10)
TAKEN, REFUSED, FAILED = "taken", "refused", "failed"
Make = Callable[[Weixin], tuple[dict[str, str], bytes]]


@dataclass
class Both:
    """The channel and npm wechat, with the same settings, and WeChat to talk to both."""

    weixin: Weixin
    agent: StandInAgent
    npm: NodeProgram
    npm_url: str

    async def send(self, query: dict[str, str], body: bytes) -> tuple[Answer, Answer]:
        """Posts a request to both. Returns the answers of the channel and of npm."""
        self.npm.ask("seen")
        self.agent.messages.clear()
        return await self.weixin.post(query, body), await self.send_to_npm(query, body)

    async def send_to_npm(self, query: dict[str, str], body: Any) -> Answer:
        """Posts a request to npm alone."""
        async with self.weixin.session.post(self.npm_url, params=query, data=body, timeout=WAIT) as reply:
            return Answer(reply.status, await reply.text())


@pytest.fixture
def both(connect: Connect, agent: StandInAgent, node_program: Callable[[str], NodeProgram]) -> Callable[..., Any]:
    async def start(**credentials: str) -> Both:
        npm = node_program("wechat_server")
        npm.ask("say", text="ok")
        app_id, key = credentials.get("app_id"), credentials.get("encoding_aes_key")
        port = npm.ask("listen", token=TOKEN, app_id=app_id, key=key)
        return Both(await connect(**credentials), agent, npm, f"http://127.0.0.1:{port}/")

    return start


@dataclass(frozen=True)
class Case:
    """A request, what the channel makes of it, and npm, where that differs, with the reason."""

    name: str
    make: Make
    verdict: str
    npm: Optional[str] = None
    reason: str = ""


def plain(body: str = "", **changes: str) -> Make:
    return lambda weixin: (weixin.address(**changes), (body or message(Content="费用?")).encode())


def unsigned(weixin: Weixin) -> tuple[dict[str, str], bytes]:
    return {}, message(Content="费用?").encode()


def sealed(xml: str = "", without: str = "", **changes: str) -> Make:
    def make(weixin: Weixin) -> tuple[dict[str, str], bytes]:
        query, body = weixin.encrypt(xml or message(Content="费用?"))
        kept = {name: value for name, value in {**query, **changes}.items() if name != without}
        return kept, body.encode()

    return make


def cut_short(weixin: Weixin) -> tuple[dict[str, str], bytes]:
    encrypted = weixin.crypt.prp_crypto.encrypt(message(Content="费用?"), APP_ID).decode()
    query, body = weixin.sign(encrypted[:40])
    return query, body.encode()


def for_another_app(weixin: Weixin) -> tuple[dict[str, str], bytes]:
    query, body = weixin.sign(weixin.crypt.prp_crypto.encrypt(message(Content="费用?"), "wx0").decode())
    return query, body.encode()


def compatible(weixin: Weixin) -> tuple[dict[str, str], bytes]:
    query, body = weixin.encrypt(message(Content="费用?"))
    beside = to_xml(ToUserName=ACCOUNT, FromUserName="o-forged", MsgType="text", Content="forged", MsgId=1)
    return query, beside.replace("</xml>", body.removeprefix("<xml>")).encode()


FALLS_OVER = "npm wechat throws on it, and answers 500 only because the test catches that"
LAX = "npm wechat hands on whatever is XML; a message that says not who wrote what can't be answered"
PLAIN = [
    Case("good", plain(), TAKEN),
    Case("a day old", lambda weixin: plain()(Weixin(weixin.session, "", TOKEN, timestamp="1")), TAKEN),
    Case("unsigned", unsigned, REFUSED),
    Case("empty signature", plain(signature=""), REFUSED),
    Case("wrong signature", plain(signature="0" * 40), REFUSED),
    Case("no ASCII", plain(signature="签名"), REFUSED),
    Case("another time", plain(timestamp="1714112446"), REFUSED),
    Case("another nonce", plain(nonce="1"), REFUSED),
    Case("another token", lambda weixin: plain()(Weixin(weixin.session, "", "BBBBB")), REFUSED),
    Case("type raw", plain(encrypt_type="raw"), TAKEN),
    Case("no XML", plain("费用?"), REFUSED, FAILED, "npm wechat calls a body that it can't read an error of its own"),
    Case("cut short", plain("<xml><MsgType>text"), REFUSED, FAILED, "as above"),
    Case("entity", plain("<!DOCTYPE x [<!ENTITY a 'b'>]><xml>&a;</xml>"), REFUSED, FAILED, "as above"),
    Case("empty", lambda weixin: (weixin.address(), b""), REFUSED, FAILED, FALLS_OVER),
    Case("no kind", plain(to_xml(ToUserName=ACCOUNT, FromUserName=USER)), REFUSED, TAKEN, LAX),
]
DOWNGRADE = "npm wechat lets the sender choose the mode; an account in safe mode gets nothing but ciphertext"
SEALED = [
    Case("good", sealed(), TAKEN),
    Case("compatible mode", compatible, TAKEN),
    Case("wrong msg_signature", sealed(msg_signature="0" * 40), REFUSED),
    Case("signature in place of msg_signature", lambda weixin: _swapped(weixin), REFUSED),
    Case("another nonce", sealed(nonce="1"), REFUSED),
    Case("another time", sealed(timestamp="1"), REFUSED),
    Case("no msg_signature", sealed(without="msg_signature"), REFUSED, TAKEN, DOWNGRADE),
    Case(
        "no encrypt_type", sealed(without="encrypt_type"), TAKEN, TAKEN, "npm reads the envelope, the channel opens it"
    ),
    Case("plain", plain(), REFUSED, TAKEN, DOWNGRADE),
    Case("plain in an address for ciphertext", plain(encrypt_type="aes", msg_signature="0" * 40), REFUSED),
    Case("another app", for_another_app, REFUSED, TAKEN, "npm wechat does not look at the app id ('TODO' in its code)"),
    Case("ciphertext cut short", cut_short, REFUSED, FAILED, FALLS_OVER),
    Case("ciphertext of no XML", sealed("费用?"), REFUSED, FAILED, "npm wechat calls it an error of its own"),
]


def _swapped(weixin: Weixin) -> tuple[dict[str, str], bytes]:
    query, body = weixin.encrypt(message(Content="费用?"))
    return {**query, "msg_signature": query["signature"]}, body.encode()


def verdict(status: int) -> str:
    return TAKEN if status == 200 else REFUSED if 400 <= status < 500 else FAILED


async def check(both: Both, case: Case) -> None:
    ours, theirs = await both.send(*case.make(both.weixin))
    assert (verdict(ours.status), verdict(theirs.status)) == (case.verdict, case.npm or case.verdict), case.reason
    assert both.agent.questions == (["费用?"] if case.verdict == TAKEN else [])
    if case.verdict == TAKEN and not case.reason:
        assert [seen["Content"] for seen in both.npm.ask("seen")] == both.agent.questions


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case.name)
async def test_plain_mode(both: Callable[..., Any], case: Case) -> None:
    await check(await both(), case)


@pytest.mark.parametrize("case", SEALED, ids=lambda case: case.name)
async def test_safe_mode(both: Callable[..., Any], case: Case) -> None:
    await check(await both(**SAFE), case)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("credentials", [{}, SAFE], ids=["plain", "safe"])
async def test_both_read_the_same_question(both: Callable[..., Any], credentials: dict[str, str], text: str) -> None:
    peers = await both(**credentials)
    xml = text_message(text)
    weixin = peers.weixin
    await peers.send(*((weixin.address(), xml.encode()) if not credentials else weixin.encrypt(xml)))
    assert [seen["Content"] for seen in peers.npm.ask("seen")] == [text]
    assert peers.agent.questions == [text[: len(peers.agent.questions[0])]]


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "long"])
@pytest.mark.parametrize("credentials", [{}, SAFE], ids=["plain", "safe"])
async def test_all_read_the_same_reply(both: Callable[..., Any], credentials: dict[str, str], name: str) -> None:
    peers = await both(**credentials)

    async def say(_: object) -> dict[str, Any]:
        return {"text": TEXTS[name]}

    peers.agent.say = say
    xml = message(Content="费用?")
    weixin = peers.weixin
    raw = await weixin.post(*((weixin.address(), xml) if not credentials else weixin.encrypt(xml)))
    as_npm = await _read_by_npm(peers, raw.body, bool(credentials))
    opened = weixin.decrypt(raw.body) if credentials else raw.body
    werobot, wechatpy = parse_user_msg(opened), deserialize_reply(opened)
    assert as_npm["Content"] == werobot.content == wechatpy.content == TEXTS[name]
    assert as_npm["ToUserName"] == werobot.target == wechatpy.target == USER
    assert as_npm["FromUserName"] == werobot.source == wechatpy.source == ACCOUNT
    assert int(as_npm["CreateTime"]) == werobot.time == int(wechatpy.time)
    assert as_npm["MsgType"] == werobot.type == wechatpy.type == "text"


async def _read_by_npm(peers: Both, reply: str, is_sealed: bool) -> dict[str, str]:
    """Posts a reply of the channel to npm wechat, as if it were a message, and returns what npm reads in it."""
    peers.npm.ask("seen")
    query = peers.weixin.address()
    if is_sealed:
        parts = parse_xml(reply)
        query = {"timestamp": parts["TimeStamp"], "nonce": parts["Nonce"], "msg_signature": parts["MsgSignature"]}
        query["encrypt_type"] = "aes"
    assert (await peers.send_to_npm(query, reply)).status == 200
    (seen,) = peers.npm.ask("seen")
    return dict(seen)


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "end of CDATA"])
async def test_npms_plain_reply_is_read_here(both: Callable[..., Any], name: str) -> None:
    peers = await both()
    peers.npm.ask("say", text=TEXTS[name])
    answer = await peers.send_to_npm(peers.weixin.address(), message(Content="?"))
    assert read_fields(answer.body.encode())["Content"] == TEXTS[name]


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "end of CDATA"])
async def test_npms_sealed_reply_opens_here(both: Callable[..., Any], name: str) -> None:
    peers = await both(**SAFE)
    peers.npm.ask("say", text=TEXTS[name])
    answer = await peers.send_to_npm(*peers.weixin.encrypt(message(Content="?")))
    parts = parse_xml(answer.body)
    query = {"timestamp": parts["TimeStamp"], "nonce": parts["Nonce"], "msg_signature": parts["MsgSignature"]}
    fields = our_mode().open(query, answer.body.encode()).fields
    assert (fields["Content"], fields["ToUserName"]) == (TEXTS[name], USER)


@pytest.mark.parametrize("changes", [{}, {"signature": "0" * 40}, {"nonce": "1"}, {"signature": ""}])
async def test_both_judge_the_get_check_alike(both: Callable[..., Any], changes: dict[str, str]) -> None:
    peers = await both()
    query = peers.weixin.address(echostr="4375120948345356249", **changes)
    async with ClientSession() as session, session.get(peers.npm_url, params=query) as reply:
        theirs = Answer(reply.status, await reply.text())
    ours = await peers.weixin.check(**query)
    assert verdict(ours.status) == verdict(theirs.status) == (REFUSED if changes else TAKEN)
    if not changes:
        assert ours.body == theirs.body == "4375120948345356249"
