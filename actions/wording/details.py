"""The two detail tables in words: who may use an interface, and the rate of an industry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterator

from actions.consult.conditions import Conditions
from actions.consult.findings import Findings
from actions.rule_table.model import Account, Interface, Rate
from actions.wording.values import format_number

if TYPE_CHECKING:
    from actions.wording.writer import Writer

ACCOUNTS: tuple[Account, ...] = ("subscription", "service")


def interface_lead(writer: Writer, interface: Interface, conditions: Conditions) -> str:
    """Returns who may use an interface: yes or no where the case is known, else every kind of account in the case."""
    cases = list(_cases(conditions))
    name = interface.name.in_language(writer.language)
    if len(cases) == 1:
        account, verified = cases[0]
        answer = writer.name("cell", interface.cell(account, verified))
        return writer.frame(
            "interface_one", answer=_capitalised(answer), interface=name, case=_case(writer, account, verified)
        )
    cells = [
        writer.frame(
            "interface_cell",
            case=_case(writer, account, verified),
            cell=writer.name("cell", interface.cell(account, verified)),
        )
        for account, verified in cases
    ]
    return writer.frame("interface_any", interface=_capitalised(name), cells=writer.frame("semicolon").join(cells))


def _cases(conditions: Conditions) -> Iterator[tuple[Account, bool]]:
    for account in conditions.accounts or ACCOUNTS:
        for verified in (False, True) if conditions.verified is None else (conditions.verified,):
            yield account, verified


def _case(writer: Writer, account: Account, verified: bool) -> str:
    return writer.frame(
        "case", verified=writer.name("verified", "yes" if verified else "no"), account=writer.name("account", account)
    )


def rate_lines(writer: Writer, findings: Findings) -> list[str]:
    """Returns a line for each rate of the industry that was asked about."""
    return [_rate_line(writer, rate) for rate in findings.rates]


def _rate_line(writer: Writer, rate: Rate) -> str:
    sure = rate.cycle_sure and rate.cycle_days is not None
    return writer.frame(
        "rate" if sure else "rate_unsure",
        industries=rate.names.in_language(writer.language),
        subject=writer.name("subject", rate.subject),
        percent=f"{format_number(rate.percent, writer.language)}%",
        days=str(rate.cycle_days),
    )


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
