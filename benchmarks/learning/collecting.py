"""How long it takes to collect many messages, and how much memory: `python -m benchmarks.learning.collecting`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import typer

from benchmarks.learning.tracker_log import Said, conversations, write
from benchmarks.machine import Machine
from benchmarks.memory import MemoryWatch
from bot.evaluation.training_data.questions import Example, read_examples
from bot.settings import PROJECT

# Answers have some hundred characters.
REPLY = (
    "微信认证的费用是每次申请300元。\n这笔费用是审核服务费，不论成功与否都要支付。\n"
    "依据：《微信公众号指南》，2014年8月19日。\n后来的变化：2014年9月13日起，认证保证金取消。"
)


def questions() -> list[Said]:
    """Returns the project's training questions as messages."""
    return [_said(example) for example in read_examples(PROJECT / "data" / "nlu")]


def _said(example: Example) -> Said:
    topic = example.intent.removeprefix("ask_")
    reply = f"{topic}：{REPLY * 2}"
    asks = (f"{topic}还有什么要求？", f"{topic}要多久？")
    return Said(example.text, reply, (topic,), example.intent, suggestions=asks, channel="wechat")


def collecting(
    messages: int = typer.Option(100_000, min=1, help="How many messages."),
    address: str = typer.Option("", help="A PostgreSQL for both databases.  [default: SQLite files, thrown away]"),
) -> None:
    """Write a tracker store of so many messages and collect it, in a process of its own."""
    with tempfile.TemporaryDirectory() as thrown_away:
        folder = Path(thrown_away)
        source = address or f"sqlite:///{folder / 'conversations.db'}"
        write(source, conversations(messages, questions()))
        environ = {
            **os.environ,
            "DATABASE_URL": source,
            "REVIEW_DATABASE_URL": address or f"sqlite:///{folder / 'review.db'}",
            "REVIEW_KEY": "a key for measurements",
            "REVIEW_DAYS": "3650",
        }
        began = time.monotonic()
        process = subprocess.Popen([sys.executable, "-m", "bot", "logs", "pull"], cwd=PROJECT, env=environ)
        watch = MemoryWatch([process.pid])
        watch.start()
        failed = process.wait()
        seconds = time.monotonic() - began
        watch.stop()
    if failed:
        sys.exit("benchmarks: `wenhao logs pull` failed")
    print(f"{messages:,} messages in {seconds:.1f} s, {watch.megabytes:.0f} MB at most. {Machine.read()}")


if __name__ == "__main__":
    typer.run(collecting)
