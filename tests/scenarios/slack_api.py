"""Slack's Web API, played on the loopback interface: keeps what is posted."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl


class SlackApi(ThreadingHTTPServer):
    """Accepts every call. `posts` are the arguments of each chat.postMessage."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.posts: list[dict[str, Any]] = []
        self.tokens: set[str] = set()

    @property
    def url(self) -> str:
        """The address to set as SLACK_API_BASE_URL."""
        return f"http://127.0.0.1:{self.server_address[1]}/api/"

    def posted(self, channel: str, count: int = 1, seconds: float = 10) -> list[dict[str, Any]]:
        """Returns what stands in a channel, as soon as there are so many posts."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = [post for post in self.posts if post["channel"] == channel]
            if len(found) >= count:
                return found
            time.sleep(0.02)
        raise AssertionError(f"{len(found)} posts in {channel}, expected {count}")


class _Handler(BaseHTTPRequestHandler):
    server: SlackApi

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode("utf-8")
        is_json = self.headers["Content-Type"].startswith("application/json")
        arguments = json.loads(body) if is_json else dict(parse_qsl(body))
        self.server.tokens.add(self.headers["Authorization"] or "")
        if self.path == "/api/chat.postMessage":
            self.server.posts.append(arguments)
        answer = json.dumps({"ok": True, "user_id": "UBOT", "bot_id": "BBOT", "team_id": "T1"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Says nothing."""


@contextmanager
def slack_api() -> Iterator[SlackApi]:
    """Runs the stand-in."""
    with SlackApi() as api:
        thread = threading.Thread(target=api.serve_forever, daemon=True)
        thread.start()
        yield api
        api.shutdown()
        thread.join(5)
