"""WeChat's server: signed messages in, each delivered up to three times, and what a follower sees of the answers.

https://developers.weixin.qq.com/doc/service/guide/product/message/Passive_user_reply_message.html
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from xml.etree import ElementTree

import aiohttp
from werobot.crypto import MessageCrypt

from benchmarks.deliveries.plan import QUESTION, Plan
from benchmarks.deliveries.record import Record
from benchmarks.deliveries.stand_in import USER

TOKEN = "token-of-the-load"  # noqa: S105 - of a server on the loopback interface
APP_ID = "wx0123456789abcdef"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT = "gh_load"
TRIES = 3
PATIENCE = 5.0
FETCH = "好了吗"


class WeChat:
    """Delivers messages, one follower each, and notes what comes back."""

    def __init__(self, session: aiohttp.ClientSession, url: str, plan: Plan, record: Record) -> None:
        self._session = session
        self._base = url
        self._url = f"{url}/webhooks/wechat/webhook"
        self._plan = plan
        self._record = record
        self._crypt = MessageCrypt(TOKEN, AES_KEY, APP_ID) if plan.safe else None

    @staticmethod
    def settings(plan: Plan, api: str) -> dict[str, str]:
        """Returns the environment of a server for this account."""
        kind = "service" if plan.verified else "subscription"
        settings = {"WECHAT_TOKEN": TOKEN, "WECHAT_APP_ID": APP_ID, "WECHAT_ACCOUNT_TYPE": kind}
        settings["WECHAT_VERIFIED"] = "yes" if plan.verified else "no"
        if plan.verified:
            settings |= {"WECHAT_APP_SECRET": "secret-of-the-load", "WECHAT_API_BASE_URL": api}
        return settings | ({"WECHAT_ENCODING_AES_KEY": AES_KEY} if plan.safe else {})

    async def deliver(self, number: int) -> None:
        """Delivers one message as often as the plan says."""
        if self._plan.manner == "stubborn":
            await asyncio.gather(*(self._try(number, QUESTION, try_ * self._plan.gap) for try_ in range(TRIES)))
            return
        for _ in range(TRIES):
            began = time.monotonic()
            if await self._try(number, QUESTION):
                return
            # A connection that is refused at once is tried again at the same pace.
            await asyncio.sleep(max(0.0, began + PATIENCE - time.monotonic()))

    async def fetch(self, number: int) -> None:
        """Writes once more for the follower of a message: an answer that was kept comes with the reply."""
        asking = WeChat(self._session, self._base, self._plan, Record())
        await asking._try(number, FETCH)
        self._record.fate(number).is_kept = bool(asking._record.fate(number).replies)

    async def _try(self, number: int, text: str, delay: float = 0.0) -> bool:
        """Delivers once. Says whether it was answered with success."""
        await asyncio.sleep(delay)
        query, body = self._request(number, text)
        began = time.monotonic()
        try:
            async with self._session.post(
                self._url, params=query, data=body, timeout=aiohttp.ClientTimeout(PATIENCE)
            ) as answer:
                reply = await answer.text()
        except asyncio.TimeoutError:
            self._record.failed(number, "no answer in 5 s", is_taken=True)
            return False
        except aiohttp.ClientConnectorError:
            self._record.failed(number, "connection refused")
            return False
        except (aiohttp.ClientError, OSError):
            self._record.failed(number, "connection broken off")
            return False
        if answer.status != 200:
            self._record.failed(number, f"status {answer.status}")
            return False
        self._record.acknowledged(number, time.monotonic() - began)
        self._record.replied(number, self._said(reply))
        return True

    def _request(self, number: int, text: str) -> tuple[dict[str, str], bytes]:
        # Each message has an id of its own, each of its tries the same one.
        message_id = 10**15 + 2 * number + (text == FETCH)
        xml = (
            f"<xml><ToUserName>{ACCOUNT}</ToUserName><FromUserName>{USER}{number}</FromUserName>"
            f"<CreateTime>{int(time.time())}</CreateTime><MsgType>text</MsgType>"
            f"<Content><![CDATA[{text}]]></Content><MsgId>{message_id}</MsgId></xml>"
        )
        query = {"timestamp": str(int(time.time())), "nonce": str(number), "openid": f"{USER}{number}"}
        query["signature"] = _sign(TOKEN, query["timestamp"], query["nonce"])
        if self._crypt is None:
            return query, xml.encode()
        encrypted = self._crypt.prp_crypto.encrypt(xml, APP_ID).decode()
        query |= {"encrypt_type": "aes"}
        query["msg_signature"] = _sign(TOKEN, query["timestamp"], query["nonce"], encrypted)
        return query, f"<xml><ToUserName>{ACCOUNT}</ToUserName><Encrypt>{encrypted}</Encrypt></xml>".encode()

    def _said(self, reply: str) -> str:
        if not reply.startswith("<"):
            return ""
        if self._crypt is not None:
            encrypted = _field(reply, "Encrypt")
            reply = self._crypt.prp_crypto.decrypt(encrypted, APP_ID).decode()
        return _field(reply, "Content")


def _field(xml: str, name: str) -> str:
    return ElementTree.fromstring(xml).findtext(name) or ""  # noqa: S314 - of our own server


def _sign(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - WeChat's choice
