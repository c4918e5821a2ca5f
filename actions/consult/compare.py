"""The two kinds of account side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Optional

from actions.consult.answer import AnswerPart, Table
from actions.consult.as_of import AsOf
from actions.consult.conditions import Conditions
from actions.consult.findings import MOST_CHANGES, Findings, find
from actions.rule_table.model import Account, Relation, Row
from actions.rule_table.table import RuleTable
from actions.wording.writer import Writer

ACCOUNTS: tuple[Account, Account] = ("subscription", "service")


def compared(table: RuleTable, topic: str, conditions: Conditions, as_of: AsOf) -> list[Findings]:
    """Returns the findings of a topic for both accounts: of the topics it compares, or of its own rows."""
    both = Conditions(accounts=ACCOUNTS, verified=conditions.verified, subject=conditions.subject)
    topics = table.topics[topic].compares or (topic,)
    found = [find(table, each, both, as_of) for each in topics]
    return [findings for findings in found if all(_cell(findings, account) for account in ACCOUNTS)]


def _cell(findings: Findings, account: Account) -> Optional[Row]:
    """Returns the row that says what an account has: the one in force, or the guides' where that has no short form."""
    rows = [*findings.leads, *findings.guide]
    return next((row for row in rows if account in row.compare), None)


def side_by_side(writer: Writer, topic: str, found: list[Findings]) -> tuple[AnswerPart, list[str]]:
    """Returns a part with a table, a line for each topic and a column for each account, and the later ids it shows."""
    part = writer.write(found[0])
    names = [writer.name("account", account) for account in ACCOUNTS]
    shown = found[0].changes if len(found) == 1 else _replacing(found)
    compared_part = replace(
        part,
        topic=topic,
        title=writer.table.topics[topic].title.in_language(writer.language),
        lead=writer.frame("comparison", first=names[0].capitalize(), second=names[1]),
        reason=part.reason if len(found) == 1 else None,
        changes=part.changes if len(found) == 1 else tuple(map(writer.change, shown)),
        table=Table(columns=("", *names), rows=tuple(_line(writer, findings) for findings in found)),
    )
    led = [row.id for findings in found for row in findings.leads if not row.is_guide]
    return compared_part, [*led, *(row.id for row in shown)]


def _replacing(found: list[Findings]) -> list[Row]:
    """Returns what replaced the compared rules since, the newest first: as much as a phone has room for."""
    rows = [row for findings in found for row in findings.changes if row.relation is Relation.SUPERSEDES]
    rows.sort(key=lambda row: row.valid.start.first_day if row.valid.start else date.min, reverse=True)
    return list({row.id: row for row in rows}.values())[:MOST_CHANGES]


def _line(writer: Writer, findings: Findings) -> tuple[str, ...]:
    title = writer.table.topics[findings.topic].title.in_language(writer.language)
    cells = []
    for account in ACCOUNTS:
        row = _cell(findings, account)
        cells.append(writer.say(row.compare[account], row) if row else writer.frame("no_cell"))
    return (title, *cells)
