"""A synchronous program that calls the played API with a token, as anybody would."""

from __future__ import annotations

import json
from typing import Any

import requests

from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn
from tests.bot.channels.wechat.playing import USER


class Caller:
    """A program with a token."""

    def __init__(self, weixin: ApiStandIn) -> None:
        self.weixin = weixin
        self.token = self.stable()["access_token"]

    def stable(self, **changes: Any) -> dict[str, Any]:
        account = self.weixin.account
        body = {"grant_type": "client_credential", "appid": account.app_id, "secret": account.app_secret, **changes}
        return answer_of(requests.post(f"{self.weixin.url}/cgi-bin/stable_token", json=body, timeout=5))

    def plain(self, **changes: Any) -> dict[str, Any]:
        account = self.weixin.account
        query = {"grant_type": "client_credential", "appid": account.app_id, "secret": account.app_secret, **changes}
        return answer_of(requests.get(f"{self.weixin.url}/cgi-bin/token", params=query, timeout=5))

    def get(self, path: str, **query: str) -> dict[str, Any]:
        query = {"access_token": self.token, **query}
        return answer_of(requests.get(f"{self.weixin.url}/cgi-bin/{path}", params=query, timeout=5))

    def post(self, path: str, body: Any) -> dict[str, Any]:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        query = {"access_token": self.token}
        return answer_of(requests.post(f"{self.weixin.url}/cgi-bin/{path}", params=query, data=data, timeout=5))

    def send(self, text: str, to: str = USER) -> int:
        body = {"touser": to, "msgtype": "text", "text": {"content": text}}
        return int(self.post("message/custom/send", body)["errcode"])

    def type(self, command: str = "Typing") -> int:
        return int(self.post("message/custom/typing", {"touser": USER, "command": command})["errcode"])


def answer_of(response: requests.Response) -> dict[str, Any]:
    assert response.status_code == 200
    return json.loads(response.content)
