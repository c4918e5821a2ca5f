"""`wenhao ask`: one question, or a line of JSON for each."""

from __future__ import annotations

import asyncio
import datetime
import io
import json
import logging
import sys
import uuid
from typing import TYPE_CHECKING, Any, Iterable, Optional, TextIO

import typer

from actions.consult.as_of import AsOf
from bot.cli.common import STDOUT, current_model, start, working
from bot.cli.show import show_reply
from bot.errors import WenhaoError

if TYPE_CHECKING:
    from bot.assistant import Assistant

logger = logging.getLogger(__name__)


class LineError(WenhaoError):
    """A line of input that can't be answered."""


def ask(
    question: Optional[str] = typer.Argument(None, help="The question, in Chinese or English."),
    as_json: bool = typer.Option(False, "--json", help="Print the reply as one JSON object."),
    jsonl: bool = typer.Option(False, "--jsonl", help="Read one JSON object a line, write one a line."),
    as_of: Optional[str] = typer.Option(None, "--as-of", help="guide, today, or a date such as 2026-11-21."),
) -> None:
    """Ask one question.

    With --jsonl every input line is `{"text": ..., "conversation": optional, "as_of": optional}`; lines of one
    conversation share context, and a bad line gets `{"error": ...}` in its place.
    """
    if not jsonl and question is None:
        raise WenhaoError('nothing was asked: wenhao ask "How much does verification cost?", or --jsonl')
    _check_as_of(as_of)
    asyncio.run(_ask(question, as_json, jsonl, as_of))


async def _ask(question: Optional[str], as_json: bool, jsonl: bool, as_of: Optional[str]) -> None:
    settings = start()
    model = current_model(settings)
    with working("Loading ..."):
        from bot.assistant import Assistant, contract_of

        assistant = await Assistant.load(settings, model)
    if jsonl:
        if isinstance(sys.stdin, io.TextIOWrapper):
            # A byte that is no text must not end the run.
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        await answer_lines(assistant, sys.stdin, sys.stdout, as_of)
        return
    reply = await assistant.ask(question or "", as_of=as_of)
    if as_json:
        print(json.dumps(contract_of(reply), ensure_ascii=False))
    else:
        show_reply(STDOUT, reply)


async def answer_lines(assistant: Assistant, lines: Iterable[str], output: TextIO, as_of: Optional[str] = None) -> None:
    """Answers each line in its turn and writes each answer at once."""
    from bot.assistant import contract_of

    for line in lines:
        try:
            asked = _parse(line)
            reply = await assistant.ask(asked["text"], asked["conversation"], asked["as_of"] or as_of)
            answer: dict[str, Any] = contract_of(reply)
        except WenhaoError as error:
            answer = {"error": str(error)}
        except Exception:
            # One line that can't be answered must not cost the answers of the others.
            logger.exception("a line could not be answered")
            answer = {"error": "this line could not be answered; the log on standard error says why"}
        # Half a character, which JSON can name and UTF-8 can't, leaves as it came: as JSON's own escape.
        written = json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
        output.write(written + "\n")
        output.flush()


def _parse(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except ValueError as error:
        raise LineError(f"this line is no JSON: {error}") from error
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise LineError('expected an object such as {"text": "How much does verification cost?"}')
    conversation = asked.get("conversation")
    if conversation is not None and not isinstance(conversation, (str, int)):
        raise LineError("conversation must be a string")
    as_of = asked.get("as_of")
    _check_as_of(as_of)
    return {
        "text": asked["text"],
        "conversation": str(conversation) if conversation is not None else uuid.uuid4().hex,
        "as_of": str(as_of) if as_of is not None else None,
    }


def _check_as_of(as_of: Any) -> None:
    if as_of is None:
        return
    try:
        AsOf.parse(str(as_of), datetime.date.today())
    except ValueError as error:
        raise LineError(str(error)) from error
