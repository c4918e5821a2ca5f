"""What comes over the wire, made up by hypothesis: four readers agree on it, or the channel refuses it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Optional

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from wechatpy import parse_message
from werobot.crypto import MessageCrypt
from werobot.parser import parse_xml
from werobot.utils import get_signature

from bot.channels.wechat.errors import DeliveryError
from bot.channels.wechat.messages import read_fields, to_incoming
from tests.bot.channels.wechat.foreign import KEY, NONCE, TIMESTAMP, TOKEN, our_mode
from tests.bot.channels.wechat.weixin import APP_ID, to_xml
from tests.node_programs import NodeProgram

FIELDS = ("ToUserName", "FromUserName", "CreateTime", "MsgType", "Content", "MsgId", "Event", "EventKey", "Recognition")
KINDS = ("text", "voice", "image", "event", "location", "link", "never_heard_of")
# Any character that XML may hold, whether or not it stands for something in it.
CHARACTERS = st.characters(blacklist_categories=("Cs",), blacklist_characters="\ufffe\uffff", min_codepoint=32)
TEXT = st.text(CHARACTERS | st.sampled_from("\n\t<>&]'\" 😀服。"), max_size=40)
MARKUP = st.sampled_from(["", "\n", "  ", "<!-- & -->", "<?pi x?>", "<Extra><MsgType>inner</MsgType></Extra>", "<E/>"])
PIECES = [piece.encode() for piece in ("", "", "a", "<", ">", "&", "&lt;", "&#65;", "<b/>", "]]>", "<![CDATA[", "服")]

MODE = our_mode()
CRYPT = MessageCrypt(TOKEN, KEY, APP_ID)
TRIMMED = " \t\n\r\u0085\u00a0\u2028\u2029\u3000\ufeff"


@dataclass(frozen=True)
class Said:
    """Who wrote what to whom, as one reader has it. None stands for what is not a single text."""

    account: Optional[str]
    sender: Optional[str]
    kind: Optional[str]
    text: Optional[str]


def written(text: str, as_cdata: bool) -> str:
    """Returns a text as it stands in XML."""
    if as_cdata:
        return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@st.composite
def messages(draw: st.DrawFn) -> str:
    """A message with the usual fields in any order, each with any text in it and markup between them."""
    names = draw(st.permutations(FIELDS))
    values = {name: draw(TEXT) for name in names}
    # wechatpy can't read an event without a name.
    values |= {"MsgType": draw(st.sampled_from(KINDS)), "Event": draw(st.sampled_from(["subscribe", "CLICK", "x"]))}
    fields = [f"<{name}>{written(values[name], draw(st.booleans()))}</{name}>{draw(MARKUP)}" for name in names]
    return f"<xml>{''.join(fields)}</xml>"


@st.composite
def damaged(draw: st.DrawFn, sound: st.SearchStrategy[str]) -> bytes:
    """A sound document with some bytes taken out, put in, doubled or replaced."""
    body = bytearray(draw(sound).encode())
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, 3) | st.integers(0, 60)))
        body[start:end] = draw(st.sampled_from(PIECES) | st.binary(max_size=4) | st.just(bytes(body[start:end] * 2)))
    return bytes(body)


def as_ours(xml: bytes) -> Optional[Said]:
    """Returns what the channel reads, or None where it refuses. Anything else that it raises fails the test."""
    try:
        fields = read_fields(xml)
        incoming = to_incoming(fields)
    except DeliveryError:
        return None
    return Said(incoming.account, incoming.sender, incoming.kind, incoming.text)


def as_named(fields: Mapping[str, Any]) -> Optional[Said]:
    """Returns what a reader has under the fields' names."""

    def text(name: str) -> Optional[str]:
        value = fields.get(name) or ""
        return value if isinstance(value, str) else None

    kind = (text("MsgType") or "").lower()
    said = {"text": text("Content"), "voice": text("Recognition")}.get(kind, "")
    return Said(text("ToUserName"), text("FromUserName"), kind, said)


def as_werobot(xml: bytes) -> Optional[Said]:
    try:
        return as_named(parse_xml(xml.decode("utf-8-sig")))
    except Exception:
        return None


def as_wechatpy(xml: bytes) -> Optional[Said]:
    """wechatpy's message classes don't keep every field; what they were made from does."""
    try:
        return as_named(parse_message(xml.decode("utf-8-sig"))._data)
    except Exception:
        return None


def agrees(ours: Optional[Said], theirs: Optional[Said]) -> bool:
    """Whether the channel refused, or the other did, or both have the same wherever the other has one text."""
    if ours is None or theirs is None:
        return True
    pairs = zip(vars(ours).values(), vars(theirs).values(), strict=True)
    return all(other is None or _plain(mine) == _plain(other) for mine, other in pairs)


def _plain(text: str) -> str:
    # JavaScript and Python have not the same idea of white space, and sax-js leaves line ends as they are.
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(TRIMMED)


@given(messages())
def test_a_sound_message_is_read_alike(xml: str) -> None:
    ours = as_ours(xml.encode())
    fields = read_fields(xml.encode())
    if fields["ToUserName"] and fields["FromUserName"]:
        assert ours is not None
        assert ours == as_werobot(xml.encode()) == as_wechatpy(xml.encode())


@example(b"")
@example(b"<xml/>")
@example(b"\xef\xbb\xbf<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><MsgType>text</MsgType></xml>")
@example(
    b"<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><MsgType>text</MsgType><Content>x<b/>y</Content></xml>"
)
@example(
    b"<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><FromUserName>c</FromUserName><MsgType>x</MsgType></xml>"
)
@example(b"<?xml version='1.0' encoding='gbk'?><xml><ToUserName>\xe5\x8f\xb7</ToUserName></xml>")
@example(b"<!DOCTYPE xml><xml><ToUserName>a</ToUserName></xml>")
@given(damaged(messages()) | st.binary(max_size=200))
def test_a_damaged_message_is_read_alike_or_refused(xml: bytes) -> None:
    ours = as_ours(xml)
    assert agrees(ours, as_werobot(xml))
    assert agrees(ours, as_wechatpy(xml))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(xml=messages() | damaged(messages()).map(lambda body: body.decode(errors="replace")))
def test_npm_reads_it_alike(node_program: Callable[[str], NodeProgram], xml: str) -> None:
    theirs = node_program("wechat_server").ask("read", xml=xml)
    assert agrees(as_ours(xml.encode()), as_named(theirs) if isinstance(theirs, dict) else None)


def open_here(encrypted: str) -> Optional[dict[str, str]]:
    """Opens a well-signed ciphertext; None where the channel refuses it."""
    signature = get_signature(TOKEN, TIMESTAMP, NONCE, encrypted)
    body = to_xml(Encrypt=encrypted).encode()
    try:
        return MODE.open({"timestamp": TIMESTAMP, "nonce": NONCE, "msg_signature": signature}, body).fields
    except DeliveryError:
        return None


def open_in_werobot(encrypted: str) -> Optional[dict[str, Any]]:
    try:
        return dict(parse_xml(CRYPT.prp_crypto.decrypt(encrypted, APP_ID).decode()))
    except Exception:
        return None


@given(messages())
def test_a_ciphertext_opens_alike(xml: str) -> None:
    fields = open_here(CRYPT.prp_crypto.encrypt(xml, APP_ID).decode())
    assert fields == read_fields(xml.encode())


@given(
    data=st.data(),
    xml=messages(),
    change=st.sampled_from(["cut", "flip", "double", "swap", "prefix"]),
)
def test_a_damaged_ciphertext_is_refused_or_opens_alike(data: st.DataObject, xml: str, change: str) -> None:
    raw = bytearray(base64.b64decode(CRYPT.prp_crypto.encrypt(xml, APP_ID)))
    at = data.draw(st.integers(0, len(raw) - 1))
    block = at // 16 * 16
    if change == "cut":
        raw = raw[:at]
    elif change == "flip":
        raw[at] ^= 1 << data.draw(st.integers(0, 7))
    elif change == "double":
        raw[block:block] = raw[block : block + 16]
    elif change == "swap":
        raw[:16], raw[block : block + 16] = raw[block : block + 16], raw[:16]
    else:
        raw = raw[block:]
    encrypted = base64.b64encode(raw).decode()
    ours, theirs = open_here(encrypted), open_in_werobot(encrypted)
    if ours is not None and theirs is not None:
        assert agrees(as_named(ours), as_named(theirs))


@example("")
@example("====")
@example("A" * 43)
@example("A" * 44)
@example(base64.b64encode(bytes(32)).decode())
@given(st.text(max_size=80) | st.binary(max_size=160).map(lambda raw: base64.b64encode(raw).decode()))
def test_what_is_no_ciphertext_is_refused(encrypted: str) -> None:
    assert open_here(encrypted.replace("]]>", "")) is None


@pytest.mark.parametrize("size", [10_000, 200_000])
def test_a_deep_document_is_no_end(size: int) -> None:
    """An expat that counts depth refuses it; one that does not must get through it."""
    assert as_ours(b"<xml>" + b"<a>" * size + b"</a>" * size + b"</xml>") is None
