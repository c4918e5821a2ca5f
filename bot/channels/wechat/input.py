"""The WeChat channel's web addresses."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, cast

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.http import Http
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.wechat.account import Account
from bot.channels.wechat.answers import Answers, say_late
from bot.channels.wechat.deliveries import Deliveries
from bot.channels.wechat.errors import DeliveryError
from bot.channels.wechat.messages import to_incoming, to_reply_xml
from bot.channels.wechat.plain_mode import PlainMode
from bot.channels.wechat.safe_mode import SafeMode

logger = logging.getLogger(__name__)

MAX_BODY = 1024 * 1024
QUERY = ("signature", "msg_signature", "timestamp", "nonce", "echostr")


class WeChatInput(InputChannel):
    """Takes an account's messages from WeChat and answers each in the same request (a passive reply).

    https://developers.weixin.qq.com/doc/service/guide/dev/push/
    """

    def __init__(self, account: Account, deliveries: Deliveries | None = None) -> None:
        self._account = account
        self._plain = PlainMode(account.token)
        self._mode = _to_mode(account)
        self._deliveries = deliveries or Deliveries()

    @classmethod
    def name(cls) -> str:
        return "wechat"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WeChatInput:
        return cls(Account.from_credentials(credentials))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Returns the routes: GET proves to WeChat that the address is ours, POST takes a message."""
        webhook = Blueprint("wechat_webhook", __name__)
        answers = Answers(self._account.app_id, on_new_message)

        @webhook.get("/webhook")
        async def check(request: Request) -> HTTPResponse:
            query = _to_query(request)
            try:
                self._plain.verify(query)
            except DeliveryError as error:
                return _refuse(error)
            return response.text(query["echostr"])

        # A streaming route, so that the limit holds before the body is in memory.
        @webhook.post("/webhook", stream=True)
        async def receive(request: Request) -> HTTPResponse:
            body = await _read_body(request)
            try:
                return await self._answer(_to_query(request), body, answers)
            except DeliveryError as error:
                return _refuse(error)

        return webhook

    async def _answer(self, query: dict[str, str], body: bytes, answers: Answers) -> HTTPResponse:
        incoming = to_incoming(self._mode.open(query, body))
        text = await self._deliveries.answer(incoming.key, lambda: answers.answer(incoming), say_late(incoming))
        if not text:
            return response.text("success")
        now = int(time.time())
        xml = self._mode.seal(query, to_reply_xml(incoming, text, now), now)
        return response.text(xml, content_type="application/xml; charset=utf-8")


def _to_mode(account: Account) -> PlainMode | SafeMode:
    if account.encoding_aes_key:
        return SafeMode(account.token, account.encoding_aes_key, account.app_id)
    return PlainMode(account.token)


def _to_query(request: Request) -> dict[str, str]:
    return {name: request.args.get(name) or "" for name in QUERY}


async def _read_body(request: Request) -> bytes:
    stream = cast(Http, request.stream)
    stream.request_max_size = MAX_BODY
    return b"".join([part async for part in stream])


def _refuse(error: DeliveryError) -> HTTPResponse:
    logger.warning("A WeChat request was refused: %s.", error)
    return response.text(str(error), error.status)
