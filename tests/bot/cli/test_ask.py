"""`wenhao ask`: a question, or a line of JSON for each."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from bot.assistant import CONTRACT
from bot.models import TrainedModel
from tests.programs import COMMAND, ROOT, environment, wenhao

FEE = "How much does WeChat verification cost?"
TO_DO = "reported: this line ends the whole command, or gets no answer"


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
    (line("Is there a deposit for WeChat Pay?", as_of="today"), {"facts": ["pay.deposit"], "later": ["pay.deposit_none"]}),
    (line("and a subscription account?", conversation="c1"), {"facts": ["menu.subscription"], "conversation": "c1"}),
    (line("and a subscription account?", conversation=7), {"facts": [], "conversation": "7"}),
    (line(FEE, as_of=None, conversation=None, colour="red"), {"facts": ["verification.fee"]}),
]


@pytest.fixture(scope="module")
def answers(model: TrainedModel) -> list[dict[str, Any]]:
    """The answers to all lines, by one process."""
    lines = "".join(f"{asked}\n" for asked, _ in LINES)
    ended = wenhao("ask", "--jsonl", lines=lines, settings={"MODELS": model.file.parent})
    assert ended.returncode == 0, ended.stderr
    return [json.loads(answer) for answer in ended.stdout.split("\n")[:-1]]


def test_one_line_out_for_each_line_in(answers: list[dict[str, Any]]) -> None:
    assert len(answers) == len(LINES)


@pytest.mark.parametrize("number", range(len(LINES)))
def test_answers_come_in_order(answers: list[dict[str, Any]], number: int) -> None:
    answer, (_, expected) = answers[number], LINES[number]
    if "error" in expected:
        assert list(answer) == ["error"]
        assert expected["error"] in answer["error"]
    else:
        assert tuple(answer) == CONTRACT
        assert answer["reply"].strip()
        assert {key: answer[key] for key in expected} == expected


def test_answers_come_line_by_line(settings: dict[str, object]) -> None:
    """Each answer is written before the next line is read."""
    command = [*COMMAND, "ask", "--jsonl"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
        cwd=ROOT, env=environment(**settings),
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        for text in (FEE, "认证要多少钱"):
            process.stdin.write(line(text) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["facts"] == ["verification.fee"]
        process.stdin.close()
        assert process.wait(20) == 0


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param("[" * 100_000, id="deep"),
        pytest.param(line("as of 30 February 2014"), id="no such day"),
        pytest.param('{"text": "\\ud800"}', id="lone surrogate", marks=pytest.mark.xfail(reason=TO_DO)),
        pytest.param(" ", id="blank", marks=pytest.mark.xfail(reason=TO_DO)),
    ],
)
def test_no_line_costs_the_answer_of_the_next(settings: dict[str, object], bad: str) -> None:
    ended = wenhao("ask", "--jsonl", lines=f"{bad}\n{line(FEE)}\n", settings=settings)
    answers = [json.loads(answer) for answer in ended.stdout.splitlines()]
    assert len(answers) == 2
    assert answers[1]["facts"] == ["verification.fee"]
    assert ended.returncode == 0


def test_bytes_that_are_no_text(settings: dict[str, object]) -> None:
    ended = subprocess.run(
        [*COMMAND, "ask", "--jsonl"],
        input=b"\xff\xfe\n" + line(FEE).encode() + b"\n",
        capture_output=True,
        cwd=ROOT,
        env=environment(**settings),
        timeout=60,
        check=False,
    )
    first, second = map(json.loads, ended.stdout.splitlines())
    assert "error" in first
    assert second["facts"] == ["verification.fee"]


def test_one_question_as_json(settings: dict[str, object]) -> None:
    ended = wenhao("ask", FEE, "--json", settings=settings)
    assert ended.returncode == 0
    answer = json.loads(ended.stdout)
    assert tuple(answer) == CONTRACT
    assert answer["facts"] == ["verification.fee"]


def test_one_question_as_text(settings: dict[str, object]) -> None:
    ended = wenhao("ask", "公众号认证要多少钱？", "--as-of", "today", settings=settings)
    lines = ended.stdout.splitlines()
    assert ended.returncode == 0
    assert "300元" in lines[0]
    assert lines[-1].startswith("  3. ")


def test_nothing_asked() -> None:
    ended = wenhao("ask")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("wenhao: nothing was asked")


@pytest.mark.xfail(reason="reported: the error is not among those that become one line")
def test_an_as_of_that_is_none() -> None:
    ended = wenhao("ask", FEE, "--as-of", "yesterday")
    assert ended.returncode in (1, 2)
    assert "Traceback" not in ended.stderr
    assert "as_of is 'yesterday'" in ended.stderr


def test_no_model_yet(tmp_path: Any) -> None:
    ended = wenhao("ask", FEE, settings={"MODELS": tmp_path})
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "wenhao: there is no model yet: run 'wenhao train' (about half a minute)\n"


def test_a_model_that_cannot_be_loaded(tmp_path: Any) -> None:
    (tmp_path / "broken.tar.gz").write_bytes(b"no archive")
    ended = wenhao("ask", FEE, settings={"MODELS": tmp_path})
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines()[-1].startswith("wenhao: ")
    assert "train a new one with 'wenhao train'" in ended.stderr


def test_the_interpreter_is_the_one_of_the_tests() -> None:
    assert COMMAND[0] == sys.executable
