"""How long many messages take to collect and group, and how much memory: `python -m benchmarks.learning.collecting`."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
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


def unanswered(known: list[Said], number: int) -> list[Said]:
    """Returns so many messages that were refused: the beginning of one question with the end of another.

    Nearly all of them differ, as what people ask does; they mean nothing.
    """
    draw = random.Random(7)  # noqa: S311
    refused = "抱歉，这个问题不在我的范围内。"
    made = []
    for _ in range(number):
        first, last = draw.choice(known), draw.choice(known)
        text = first.text[: len(first.text) // 2 + 1] + last.text[len(last.text) // 2 :]
        made.append(Said(text, refused, (), "out_of_scope", 0.6, first.language, understood=False, channel="wechat"))
    return made


def collecting(
    messages: int = typer.Option(100_000, min=1, help="How many messages."),
    refused: float = typer.Option(0.3, min=0, max=1, help="The share of them that was not answered."),
    address: str = typer.Option("", help="A PostgreSQL for both databases.  [default: SQLite files, thrown away]"),
) -> None:
    """Write a tracker store of so many messages; collect and group it, each in a process of its own."""
    known = questions()
    with tempfile.TemporaryDirectory() as thrown_away:
        folder = Path(thrown_away)
        source = address or f"sqlite:///{folder / 'conversations.db'}"
        said = [*known, *unanswered(known, round(len(known) * refused / (1 - refused)))] if refused < 1 else []
        random.Random(7).shuffle(said)  # noqa: S311
        write(source, conversations(messages, said or unanswered(known, messages)))
        environ = {
            **os.environ,
            "DATABASE_URL": source,
            "REVIEW_DATABASE_URL": address or f"sqlite:///{folder / 'review.db'}",
            "REVIEW_KEY": "a key for measurements",
            "REVIEW_DAYS": "3650",
        }
        for command in ("pull", "group"):
            seconds, megabytes = _measured(command, environ)
            print(f"{command}: {messages:,} messages in {seconds:.1f} s, {megabytes:.0f} MB at most", flush=True)
    print(Machine.read())


def _measured(command: str, environ: Mapping[str, str]) -> tuple[float, float]:
    """Returns how long a command of `wenhao logs` takes, in seconds, and how many megabytes at most."""
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "bot", "logs", command], cwd=PROJECT, env=environ)
    watch = MemoryWatch([process.pid])
    watch.start()
    failed = process.wait()
    seconds = time.monotonic() - began
    watch.stop()
    if failed:
        sys.exit(f"benchmarks: `wenhao logs {command}` failed")
    return seconds, watch.megabytes


if __name__ == "__main__":
    typer.run(collecting)
