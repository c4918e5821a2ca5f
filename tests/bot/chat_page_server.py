"""A real Sanic app with the chat page and a stand-in for Rasa's REST channel.

Run as a program it serves on a free port and prints its address.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from bot.chat_page import chat_page

ROOT = Path(__file__).parents[2]
ANSWERS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("chat_page_answers.json").read_text("utf-8"))

# A word of the question chooses the answer; the first that occurs wins.
WORDS = {
    "renewed": "renewal",
    "区别": "difference",
    "compare": "compare",
    "hostile": "hostile",
    "unclear": "unclear",
}


@contextmanager
def running() -> Iterator[str]:
    """Runs the server in a process of its own and yields its address."""
    command = [sys.executable, str(Path(__file__))]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout
        yield server.stdout.readline().strip()
        server.terminate()


def to_app() -> Sanic:
    """Returns the app: the page, and a bot that answers as the question asks it to."""
    app = Sanic("chat_page_stand_in", configure_logging=False)
    app.blueprint(chat_page())
    asked: Counter[tuple[str, str]] = Counter()

    @app.post("/webhooks/rest/webhook")
    async def answer(request: Request) -> HTTPResponse:
        sender, question = request.json["sender"], request.json["message"]
        asked[sender, question] += 1
        if "slow" in question:
            await asyncio.sleep(0.6)
        if asked[sender, question] == 1 and "fails once" in question:
            return empty(503)
        if asked[sender, question] == 1 and "comes to nothing once" in question:
            return json_response([])
        return json_response(to_messages(sender, question))

    return app


def to_messages(sender: str, question: str) -> list[dict[str, Any]]:
    """Returns the two messages of Rasa's REST channel: text with buttons, then the reply object."""
    chosen = ANSWERS[next((name for word, name in WORDS.items() if word in question), "fee")]
    text = chosen.get("reply") or "\n".join(part["lead"] for part in chosen["parts"])
    reply = {"conversation": sender, "text": question, "reply": text, "confidence": 0.97, "recommendation": None}
    buttons = [{"title": suggestion, "payload": suggestion} for suggestion in chosen["suggestions"]]
    return [
        {"recipient_id": sender, "text": text, "buttons": buttons},
        {"recipient_id": sender, "custom": {**reply, **chosen}},
    ]


if __name__ == "__main__":
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    to_app().run(sock=listener, access_log=False, motd=False)
