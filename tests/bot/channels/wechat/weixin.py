"""WeChat's side of the wire, played with werobot's cipher and parser: none of it is the channel's own code."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

import aiohttp
from werobot.crypto import MessageCrypt
from werobot.parser import parse_user_msg, parse_xml
from werobot.utils import get_signature

ACCOUNT = "gh_97417a04a28d"
USER = "o9AgO5Kd5ggOC-bXrbNODIiE3bGY"
APP_ID = "wxba5fad812f8e6fb9"
SAFE = {"app_id": APP_ID, "encoding_aes_key": "A" * 43}
_message_ids = count(23456789012345678)


@dataclass
class Answer:
    """What the channel answered a request with."""

    status: int
    body: str


def to_xml(**fields: Any) -> str:
    """Returns a message as WeChat writes it."""
    lines = [
        f"<{name}><![CDATA[{value}]]></{name}>" if isinstance(value, str) else f"<{name}>{value}</{name}>"
        for name, value in fields.items()
    ]
    return "<xml>" + "\n".join(lines) + "</xml>"


def message(kind: str = "text", **fields: Any) -> str:
    """Returns a user's message, a new one each time unless it is given a MsgId."""
    head = {"ToUserName": ACCOUNT, "FromUserName": USER, "CreateTime": 1348831860, "MsgType": kind}
    return to_xml(**{**head, "MsgId": next(_message_ids), **fields})


def event(name: str, **fields: Any) -> str:
    """Returns an event: it has no MsgId."""
    head = {"ToUserName": ACCOUNT, "FromUserName": USER, "CreateTime": 1348831860, "MsgType": "event", "Event": name}
    return to_xml(**{**head, **fields})


@dataclass
class Weixin:
    """Sends signed requests to one account's address. With an `aes_key` it sends them encrypted."""

    session: aiohttp.ClientSession
    url: str
    token: str
    app_id: str = ""
    aes_key: str = ""
    timestamp: str = "1714112445"
    nonce: str = "415670741"

    @property
    def crypt(self) -> MessageCrypt:
        """werobot's cipher with this account's key."""
        return MessageCrypt(self.token, self.aes_key, self.app_id)

    def address(self, **changes: str) -> dict[str, str]:
        """Returns the signed part of a request's address, with whatever a test wants changed."""
        signature = get_signature(self.token, self.timestamp, self.nonce)
        return {"signature": signature, "timestamp": self.timestamp, "nonce": self.nonce, **changes}

    def encrypt(self, xml: str) -> tuple[dict[str, str], str]:
        """Returns the address and the body of an encrypted message."""
        return self.sign(self.crypt.prp_crypto.encrypt(xml, self.app_id).decode())

    def sign(self, encrypted: str) -> tuple[dict[str, str], str]:
        """Returns the address and the body for a ciphertext."""
        signature = get_signature(self.token, self.timestamp, self.nonce, encrypted)
        body = to_xml(ToUserName=ACCOUNT, Encrypt=encrypted)
        return self.address(encrypt_type="aes", msg_signature=signature), body

    async def check(self, **changes: str) -> Answer:
        """Asks whether the address is ours (the GET check)."""
        async with self.session.get(self.url, params=self.address(**changes)) as reply:
            return Answer(reply.status, await reply.text())

    async def post(self, address: dict[str, str], body: Any) -> Answer:
        """Posts a request as it is."""
        async with self.session.post(self.url, params=address, data=body) as reply:
            return Answer(reply.status, await reply.text())

    async def deliver(self, xml: str) -> Answer:
        """Delivers a message; an encrypted answer comes back decrypted."""
        if not self.aes_key:
            return await self.post(self.address(), xml)
        answer = await self.post(*self.encrypt(xml))
        if answer.body.startswith("<xml>"):
            answer.body = self.decrypt(answer.body)
        return answer

    def decrypt(self, body: str) -> str:
        """Checks the signature of an encrypted answer and returns what is in it."""
        sealed = parse_xml(body)
        assert sealed["Nonce"] == self.nonce
        xml: bytes = self.crypt.decrypt_message(
            sealed["TimeStamp"], sealed["Nonce"], sealed["MsgSignature"], sealed["Encrypt"]
        )
        return xml.decode()


def read(answer: Answer) -> Any:
    """Returns an answer's message, as werobot reads it."""
    assert answer.status == 200
    return parse_user_msg(answer.body)
