"""The WeChat channel's web addresses."""

from __future__ import annotations

import logging
import re
import time
from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Optional, cast

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.exceptions import PayloadTooLarge
from sanic.http import Http
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.counters import count
from bot.channels.line import Line
from bot.channels.wechat.account import Account
from bot.channels.wechat.deliveries import Times
from bot.channels.wechat.errors import DeliveryError, OversizedDeliveryError
from bot.channels.wechat.hours import Hours
from bot.channels.wechat.messages import Incoming, to_incoming
from bot.channels.wechat.plain_mode import PlainMode
from bot.channels.wechat.replies import to_text_xml, to_transfer_xml
from bot.channels.wechat.reply import Reply
from bot.channels.wechat.safe_mode import SafeMode
from bot.channels.wechat.service import Service, make_service
from bot.settings import Settings
from bot.state import Store, StoreError, shared_store

logger = logging.getLogger(__name__)

MAX_BODY = 1024 * 1024
QUERY = ("signature", "msg_signature", "timestamp", "nonce", "echostr")
_HOST = re.compile(r"[A-Za-z0-9._-]+(:[0-9]+)?|\[[0-9A-Fa-f:.]+\](:[0-9]+)?")
XML = "application/xml; charset=utf-8"


class WeChatInput(InputChannel):
    """Takes an account's messages from WeChat, and answers each in the same request (a passive reply) if it can.

    https://developers.weixin.qq.com/doc/service/guide/dev/push/
    """

    def __init__(
        self,
        account: Account,
        store: Optional[Store] = None,
        hours: Optional[Hours] = None,
        public_url: str = "",
        times: Optional[Times] = None,
    ) -> None:
        self._account = account
        self._store = store
        self._hours = hours or Hours()
        self._public_url = public_url
        self._times = times or Times()
        self._plain = PlainMode(account.token)
        self._mode = _to_mode(account)
        self._service: Optional[Service] = None

    @classmethod
    def name(cls) -> str:
        return "wechat"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WeChatInput:
        given = credentials or {}
        hours = Hours.parse(str(given.get("agent_hours") or ""))
        return cls(Account.from_credentials(given), hours=hours, public_url=Settings.read().public_url)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Returns the routes: GET proves to WeChat that the address is ours, POST takes a message."""
        webhook = Blueprint("wechat_webhook", __name__)

        @webhook.listener("after_server_start")
        async def start(app: Sanic, loop: AbstractEventLoop) -> None:
            store = self._store or shared_store()
            self._service = make_service(self._account, store, self._hours, on_new_message, app.ctx.agent, self._times)
            await self._service.start()

        @webhook.listener("before_server_stop")
        async def stop(app: Sanic, loop: AbstractEventLoop) -> None:
            if self._service is not None:
                await self._service.stop()

        @webhook.get("/webhook")
        async def check(request: Request) -> HTTPResponse:
            query = _to_query(request)
            try:
                self._plain.verify(query)
            except DeliveryError as error:
                return _refuse(error)
            count("wechat", "checked")
            return response.text(query["echostr"])

        # A streaming route, so that the limit holds before the body is in memory.
        @webhook.post("/webhook", stream=True)
        async def receive(request: Request) -> HTTPResponse:
            try:
                return await self._answer(request, await _read_body(request))
            except DeliveryError as error:
                return _refuse(error)
            except StoreError as error:
                # WeChat tries again.
                logger.error("A WeChat message can't be taken now: %s", error)
                count("wechat", "store_away")
                return response.text("try again", HTTPStatus.SERVICE_UNAVAILABLE)

        return webhook

    async def _answer(self, request: Request, body: bytes) -> HTTPResponse:
        query = _to_query(request)
        opened = self._mode.open(query, body)
        incoming = to_incoming(opened.fields)
        if self._service is None:
            return response.text("try again", HTTPStatus.SERVICE_UNAVAILABLE)
        count("wechat", "event" if incoming.kind == "event" else "message")
        reply = await self._service.deliveries.take(
            incoming, self._public_url or _address(request), Line(request.transport)
        )
        now = int(time.time())
        xml = _to_xml(incoming, reply, now)
        return response.text(opened.seal(xml, now), content_type=XML) if xml else response.text("success")


def _to_xml(incoming: Incoming, reply: Reply, now: int) -> str:
    if reply.transfer:
        return to_transfer_xml(incoming, now)
    return to_text_xml(incoming, reply.texts[0], now) if reply.texts else ""


def _to_mode(account: Account) -> PlainMode | SafeMode:
    return SafeMode(account) if account.encoding_aes_key else PlainMode(account.token)


def _to_query(request: Request) -> dict[str, str]:
    return {name: request.args.get(name) or "" for name in QUERY}


def _address(request: Request) -> str:
    """Returns the address that a request came by, empty where it names none that could stand in a link."""
    return f"{request.scheme}://{request.host}" if _HOST.fullmatch(request.host) else ""


async def _read_body(request: Request) -> bytes:
    stream = cast(Http, request.stream)
    stream.request_max_size = MAX_BODY
    try:
        return b"".join([part async for part in stream])
    except PayloadTooLarge as error:
        raise OversizedDeliveryError(f"the body is larger than {MAX_BODY} bytes") from error


def _refuse(error: DeliveryError) -> HTTPResponse:
    logger.warning("A WeChat request was refused: %s.", error)
    count("wechat", error.outcome)
    return response.text(str(error), error.status)
