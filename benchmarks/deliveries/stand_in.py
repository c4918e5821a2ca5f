"""The platforms' web APIs, as far as an answer needs them: every call is accepted, every message noted."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from typing import Any

from aiohttp import web

from benchmarks.deliveries.plan import MARK
from benchmarks.deliveries.record import Record
from benchmarks.system import LOOPBACK

USER = "o-load-"
CHANNEL = "DLOAD"


class StandInApi:
    """Takes what the server sends by itself, and notes it of the first `messages` that were delivered.

    Use it as an asynchronous context; `url` is its address.
    """

    def __init__(self, record: Record, messages: int) -> None:
        self._record = record
        self._messages = messages
        self._numbers = itertools.count(1)
        self._answers: set[tuple[str, str]] = set()
        self._posts: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        app = web.Application()
        app.router.add_route("*", "/cgi-bin/message/custom/send", self._wechat_send)
        app.router.add_route("*", "/cgi-bin/{method:.*}", self._wechat)
        app.router.add_route("*", "/api/{method}", self._slack)
        self._runner = web.AppRunner(app, access_log=None)
        self.url = ""

    async def __aenter__(self) -> StandInApi:
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _wechat_send(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        self._note(int(body["touser"].removeprefix(USER)), _words(body))
        return web.json_response({"errcode": 0, "errmsg": "ok", "msgid": next(self._numbers)})

    async def _wechat(self, request: web.Request) -> web.Response:
        if request.match_info["method"] in ("token", "stable_token"):
            return web.json_response({"access_token": "token-of-the-load", "expires_in": 7200})
        return web.json_response({"errcode": 0, "errmsg": "ok", "kf_online_list": []})

    async def _slack(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given: dict[str, Any] = dict(request.query)
        if request.content_type == "application/json":
            given |= json.loads(await request.read())
        else:
            given |= await request.post()
        answer: dict[str, Any] = {"ok": True, "user_id": "UBOT", "bot_id": "BBOT", "team_id": "T1", "user": "wenhao"}
        channel = str(given.get("channel", ""))
        if method in ("chat.postMessage", "chat.update"):
            answer |= {"channel": channel, "ts": str(given.get("ts") or f"1800000000.{next(self._numbers):06}")}
            self._note_post(channel, answer["ts"], given)
        elif method in ("conversations.history", "conversations.replies"):
            # Whoever was killed before it read that a post is there can see it here.
            answer |= {"messages": list(self._posts[channel].values()), "has_more": False}
        return web.json_response(answer)

    def _note_post(self, channel: str, ts: str, given: dict[str, Any]) -> None:
        own = {"type": "message", "ts": ts, "user": "UBOT", "bot_id": "BBOT", "app_id": "A1"}
        self._posts[channel][ts] = own | {name: given[name] for name in ("text", "metadata") if name in given}
        # An edited message is still one message.
        if channel.startswith(CHANNEL) and (channel, ts) not in self._answers:
            text = f"{given.get('text', '')} {given.get('blocks', '')}"
            self._note(int(channel.removeprefix(CHANNEL)), text)
            if MARK in text:
                self._answers.add((channel, ts))

    def _note(self, number: int, text: str) -> None:
        if number < self._messages:
            self._record.sent(number, text)


def _words(body: dict[str, Any]) -> str:
    """Returns what a follower reads of a customer service message."""
    content = body.get(body["msgtype"], {})
    if body["msgtype"] != "msgmenu":
        return str(content.get("content", ""))
    lines = [item["content"] for item in content["list"]]
    return "\n".join([content.get("head_content", ""), *lines, content.get("tail_content", "")])
