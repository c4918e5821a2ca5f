"""`wenhao rules`: look at the rule table and check it."""

from __future__ import annotations

from typing import Optional

import typer
from rich.table import Table
from rich.text import Text

from actions.rule_table.loader import load_rule_table
from actions.rule_table.model import Language, Row
from actions.rule_table.table import RuleTable
from actions.settings import ActionSettings
from actions.wording.writer import Writer
from bot.cli.common import STDOUT
from bot.errors import WenhaoError

rules = typer.Typer(no_args_is_help=True, help="The rule table: check it, list it, show a row.")


def _table() -> RuleTable:
    return load_rule_table(ActionSettings.read().rule_table)


@rules.command()
def check() -> None:
    """Check the whole table. Every fault is named with file and line; exit code 1 where there is one."""
    table = _table()
    guide = sum(row.is_guide for row in table.rows.values())
    STDOUT.print(
        f"The rule table is sound: {len(table.rows)} rows ({guide} of the guides, {len(table.rows) - guide} later), "
        f"{len(table.topics)} topics, {len(table.interfaces)} interfaces, {len(table.rates)} rates, "
        f"{len(table.sources)} sources, {len(table.decisions)} decisions, {len(table.questions)} questions."
    )


@rules.command("list")
def list_rows(topic: Optional[str] = typer.Argument(None, help="Only the rows of this topic or area.")) -> None:
    """List the rows: id, topic, validity, confidence."""
    table = _table()
    rows = [row for row in table.rows.values() if topic in (None, row.topic, table.topics[row.topic].area)]
    if not rows:
        raise WenhaoError(f"no row has the topic or area '{topic}': 'wenhao rules list' shows all")
    if not STDOUT.is_terminal:
        for row in rows:
            print("\t".join((row.id, row.topic, *_period(row), row.confidence)))
        return
    shown = Table("id", "topic", "from", "to", "confidence")
    for row in rows:
        shown.add_row(row.id, row.topic, *_period(row), row.confidence)
    STDOUT.print(shown)


def _period(row: Row) -> tuple[str, str]:
    return str(row.valid.start or ""), str(row.valid.end or "")


@rules.command()
def show(row_id: str = typer.Argument(..., metavar="ID", help="The row's id, such as verification.fee.")) -> None:
    """Show one row: its words in both languages, case, validity, sources, and what later rows say of it."""
    table = _table()
    row = table.rows.get(row_id)
    if row is None:
        raise WenhaoError(f"no row has the id '{row_id}': 'wenhao rules list' shows all")
    for name, value in _description(table, row):
        STDOUT.print(Text.assemble((f"{name}: ", "bold"), value), soft_wrap=True)


def _description(table: RuleTable, row: Row) -> list[tuple[str, str]]:
    languages: tuple[Language, Language] = ("en", "zh")
    said = [(f"answer ({language})", Writer(table, language).say(row.answer, row)) for language in languages]
    case = ", ".join(f"{name}={value}" for name, value in row.applies_to if value is not None)
    english = Writer(table, "en")
    later = [f"{other.id} {other.relation.value} it" for other in table.later_about(row) if other.relation]
    lines = [
        ("id", row.id),
        ("topic", row.topic),
        *said,
        ("applies to", case or "every account"),
        ("valid", " until ".join(part or "?" for part in _period(row))),
        ("confidence", row.confidence),
        ("sources", "; ".join(english.cite(table.sources[source]) for source in row.sources)),
        ("later", "; ".join(later)),
    ]
    return [(name, value) for name, value in lines if value]
