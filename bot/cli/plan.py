"""`wenhao plan`: the plan for some circumstances as PDF, page or Markdown."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import Any, Optional

import typer

from actions.consult.as_of import AsOf, AsOfError
from actions.plan.circumstances_file import CircumstancesError, read_circumstances
from actions.plan.making import make_plan
from actions.plan.rendering import to_markdown, to_page
from actions.rule_table.loader import load_rule_table
from actions.settings import ActionSettings
from bot.errors import WenhaoError

FORMS = (".pdf", ".html", ".md", ".json")


class PlanError(WenhaoError):
    """The plan can't be made from what was given."""


def plan(
    circumstances: Path = typer.Option(..., "--json", metavar="FILE", help="The circumstances as JSON; - reads them."),
    output: Path = typer.Option(
        ...,
        "-o",
        "--output",
        metavar="FILE",
        help="plan.pdf, plan.html, plan.md, or plan.json with the rows that decided.",
    ),
    language: str = typer.Option("en", "--language", help="en or zh."),
    as_of: Optional[str] = typer.Option(None, "--as-of", help="guide, today, or a date such as 2026-11-21."),
) -> None:
    """Write the plan for some circumstances: recommendation, costs, dates, papers, pitfalls, sources.

    The file holds an object such as {"wishes": ["wechat_pay"], "listed": "no", "start": "2026-11-23"}.
    """
    if output.suffix.lower() not in FORMS:
        raise PlanError(f"{output} has no known ending: write one of {', '.join(FORMS)}")
    if language not in ("en", "zh"):
        raise PlanError(f"the language is '{language}': write en or zh")
    settings = ActionSettings.read()
    table = load_rule_table(settings.rule_table)
    today = datetime.date.today()
    try:
        told, figures = read_circumstances(table, _read(circumstances))
        made = make_plan(
            table, told, figures, "zh" if language == "zh" else "en", AsOf.parse(as_of or settings.as_of, today), today
        )
    except (CircumstancesError, AsOfError) as error:
        raise PlanError(f"{circumstances}: {error}" if isinstance(error, CircumstancesError) else str(error)) from error
    _write(output, made)


def _read(file: Path) -> Any:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
        return json.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError(f"{file} can't be read: {error}") from error
    except ValueError as error:
        raise PlanError(f"{file} is no JSON: {error}") from error


def _write(output: Path, made: dict[str, Any]) -> None:
    form = output.suffix.lower()
    if form == ".pdf":
        from bot.plan.pdf import to_pdf

        content = to_pdf(made)
    elif form == ".json":
        content = json.dumps(made, ensure_ascii=False, indent=1).encode()
    else:
        content = (to_page(made) if form == ".html" else to_markdown(made)).encode()
    try:
        output.write_bytes(content)
    except OSError as error:
        raise PlanError(f"{output} can't be written: {error.strerror}") from error
