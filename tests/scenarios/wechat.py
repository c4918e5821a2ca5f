"""WeChat's side of the wire: signed and encrypted messages, by werobot and the standard library alone."""

from __future__ import annotations

import hashlib
import itertools
from typing import Any

from werobot.crypto import MessageCrypt
from werobot.parser import parse_user_msg, parse_xml

TOKEN = "token-of-the-tests"
APP_ID = "wx0123456789abcdef"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT = "gh_account"
USER = "o-user"
TIMESTAMP = "1714112445"
NONCE = "415670741"

_ids = itertools.count(23456789012345678)


def signature(*parts: str) -> str:
    """Returns WeChat's signature of some parts."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def address(**changes: str) -> dict[str, str]:
    """Returns the signed query of a request, with whatever a test wants changed."""
    signed = {"signature": signature(TOKEN, TIMESTAMP, NONCE), "timestamp": TIMESTAMP, "nonce": NONCE}
    return {**signed, **changes}


def text_message(text: str, user: str = USER) -> bytes:
    """Returns a text message, a new one each time."""
    return (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><FromUserName><![CDATA[{user}]]></FromUserName>"
        f"<CreateTime>1348831860</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{text}]]></Content><MsgId>{next(_ids)}</MsgId></xml>"
    ).encode()


def read(xml: str) -> Any:
    """Returns a reply as werobot reads it."""
    return parse_user_msg(xml)


def sealed(xml: bytes) -> tuple[dict[str, str], bytes]:
    """Returns the query and the body of an encrypted message."""
    crypt = MessageCrypt(TOKEN, AES_KEY, APP_ID)
    parts = parse_xml(crypt.encrypt_message(xml.decode(), TIMESTAMP, NONCE))
    body = f"<xml><ToUserName>{ACCOUNT}</ToUserName><Encrypt><![CDATA[{parts['Encrypt']}]]></Encrypt></xml>"
    return address(encrypt_type="aes", msg_signature=parts["MsgSignature"]), body.encode()


def opened(xml: str) -> str:
    """Checks the signature of an encrypted reply and returns what is in it."""
    parts = parse_xml(xml)
    crypt = MessageCrypt(TOKEN, AES_KEY, APP_ID)
    opened: bytes = crypt.decrypt_message(parts["TimeStamp"], parts["Nonce"], parts["MsgSignature"], parts["Encrypt"])
    return opened.decode()
