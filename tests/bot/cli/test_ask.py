"""`wenhao ask`: a question, or a line of JSON for each."""

from __future__ import annotations

import io
import json
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest

from bot.assistant import CONTRACT
from bot.cli.ask import answer_lines
from bot.models import TrainedModel
from tests.programs import COMMAND, ROOT, environment, wenhao
from tests.talking import Bot

FEE = "How much does WeChat verification cost?"

SECONDS = 90


def line(text: Any, **more: Any) -> str:
    return json.dumps({"text": text, **more}, ensure_ascii=False)


# Each line with what must hold of its answer.
LINES: list[tuple[str, dict[str, Any]]] = [
    (line(FEE), {"facts": ["verification.fee"], "language": "en"}),
    (line("公众号认证要多少钱？"), {"facts": ["verification.fee"], "language": "zh"}),
    ("no json", {"error": "this line is no JSON"}),
    ("{", {"error": "this line is no JSON"}),
    ("[1, 2]", {"error": "expected an object such as"}),
    ("null", {"error": "expected an object such as"}),
    (line(3), {"error": "expected an object such as"}),
    ('{"question": "?"}', {"error": "expected an object such as"}),
    (line(FEE, conversation=["c"]), {"error": "conversation must be a string"}),
    (line(FEE, as_of="yesterday"), {"error": "as_of is 'yesterday': write guide, today or a date"}),
    (line(FEE, as_of="2014-02-30"), {"error": "as_of is '2014-02-30'"}),
    (line(FEE, as_of={}), {"error": "as_of is"}),
    (line(""), {"facts": [], "understood": False, "text": ""}),
    (line("x" * 10_000), {"facts": [], "understood": False, "text": "x" * 10_000}),
    (line("多" * 10_000), {"facts": [], "understood": False, "language": "zh"}),
    (line("👍😀🎉"), {"facts": [], "understood": False}),
    (line("\x00\x07\x1b[31m"), {"facts": [], "understood": False}),
    (line("fee\u2028fee"), {"text": "fee\u2028fee"}),
    (line("Can a service account have a custom menu?", conversation="c1"), {"facts": ["menu.service"]}),
    (
        line("Is there a deposit for WeChat Pay?", as_of="today"),
        {"facts": ["pay.deposit"], "later": ["pay.deposit_none"]},
    ),
    (line("and a subscription account?", conversation="c1"), {"facts": ["menu.subscription"], "conversation": "c1"}),
    (line("and a subscription account?", conversation=7), {"facts": [], "conversation": "7"}),
    (line(FEE, as_of=None, conversation=None, colour="red"), {"facts": ["verification.fee"]}),
    ("[" * 100_000, {"error": "could not be answered"}),
    (line("What did it cost as of 30 February 2014?"), {}),
    ("\udcff\udcfe", {"error": "this line is no JSON"}),
    (line(FEE, conversation="last"), {"facts": ["verification.fee"]}),
]


@pytest.fixture(scope="module")
def answers(model: TrainedModel) -> list[dict[str, Any]]:
    """The answers to all lines by one process; each is read before the next line is written."""
    with subprocess.Popen(
        [*COMMAND, "ask", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment(MODELS=model.file.parent),
    ) as process:
        assert process.stdin
        assert process.stdout
        # An answer that is kept back would otherwise be waited for without end.
        watchdog = threading.Timer(SECONDS, process.kill)
        watchdog.start()
        read = []
        for asked, _ in LINES:
            # Undecodable bytes stand as lone surrogates here.
            process.stdin.write(asked.encode("utf-8", "surrogateescape") + b"\n")
            process.stdin.flush()
            read.append(process.stdout.readline())
        rest, _ = process.communicate()
        watchdog.cancel()
    assert (process.returncode, rest) == (0, b"")
    return [json.loads(answer) for answer in read]


@pytest.mark.parametrize("number", range(len(LINES)))
def test_answers_come_in_order(answers: list[dict[str, Any]], number: int) -> None:
    answer, (_, expected) = answers[number], LINES[number]
    if "error" in expected:
        assert list(answer) == ["error"]
        assert expected["error"] in answer["error"]
    elif expected:
        assert tuple(answer) == CONTRACT
        assert answer["reply"].strip()
        assert {key: answer[key] for key in expected} == expected


@pytest.mark.parametrize("bad", ['{"text": "\\ud800"}', " "])
def test_no_line_costs_the_answer_of_the_next(bot: Bot, bad: str) -> None:
    output = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    bot.loop.run_until_complete(answer_lines(bot.assistant, [f"{bad}\n", line(FEE) + "\n"], output))
    output.seek(0)
    answers = [json.loads(answer) for answer in output]
    assert len(answers) == 2
    assert answers[1]["facts"] == ["verification.fee"]


def test_one_question_as_json(settings: dict[str, object]) -> None:
    ended = wenhao("ask", FEE, "--json", settings=settings)
    assert ended.returncode == 0
    answer = json.loads(ended.stdout)
    assert tuple(answer) == CONTRACT
    assert answer["facts"] == ["verification.fee"]


def test_nothing_asked() -> None:
    ended = wenhao("ask")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("wenhao: nothing was asked")


def test_an_as_of_that_is_none() -> None:
    ended = wenhao("ask", FEE, "--as-of", "yesterday")
    assert ended.returncode in (1, 2)
    assert "Traceback" not in ended.stderr
    assert "as_of is 'yesterday'" in ended.stderr


def test_no_model_yet(tmp_path: Path) -> None:
    ended = wenhao("ask", FEE, settings={"MODELS": tmp_path})
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "wenhao: there is no model yet: run 'wenhao train' (about a minute)\n"


def test_a_model_that_cannot_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "broken.tar.gz").write_bytes(b"no archive")
    ended = wenhao("ask", FEE, settings={"MODELS": tmp_path})
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines()[-1].startswith("wenhao: ")
    assert "train a new one with 'wenhao train'" in ended.stderr
