"""The two detail tables in words: who may use an interface, and the rate of an industry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.consult.conditions import Conditions
from actions.consult.findings import Findings
from actions.rule_table.model import Account, Interface, Rate
from actions.wording.values import format_number

if TYPE_CHECKING:
    from actions.wording.writer import Writer

ACCOUNTS: tuple[Account, ...] = ("subscription", "service")

# A kind of account, and whether it is verified.
Case = tuple[Account, bool]


def interface_lead(writer: Writer, interface: Interface, conditions: Conditions) -> str:
    """Returns who may use an interface: yes or no where the case settles it, else the accounts that may."""
    cells = {case: interface.cell(*case) for case in _cases(conditions)}
    name = interface.name.in_language(writer.language)
    if len(set(cells.values())) == 1 and (conditions.accounts or conditions.verified is not None):
        cell = next(iter(cells.values()))
        return writer.frame(f"interface_{cell}", interface=name, cases=_named(writer, list(cells)))
    groups = {answer: [case for case, cell in cells.items() if cell == answer] for answer in ("yes", "apply", "no")}
    said = [
        writer.frame(f"interface_group_{answer}", cases=_named(writer, cases))
        for answer, cases in groups.items()
        if cases
    ]
    return writer.frame("interface_groups", interface=_capitalised(name), groups=writer.frame("semicolon").join(said))


def _cases(conditions: Conditions) -> list[Case]:
    return [
        (account, verified)
        for account in conditions.accounts or ACCOUNTS
        for verified in ((False, True) if conditions.verified is None else (conditions.verified,))
    ]


def _named(writer: Writer, cases: list[Case]) -> str:
    names = []
    for account in ACCOUNTS:
        verified = [each for name, each in cases if name == account]
        if verified:
            key = "any" if len(verified) == 2 else "verified" if verified[0] else "unverified"
            names.append(writer.name("case", f"{key}_{account}"))
    return writer.frame("both").join(names)


def rate_lines(writer: Writer, findings: Findings) -> list[str]:
    """Returns a line for each rate of the industry that was asked about."""
    industry = findings.conditions.industry
    return [_rate_line(writer, rate, industry) for rate in findings.rates if industry]


def _rate_line(writer: Writer, rate: Rate, industry: str) -> str:
    sure = rate.cycle_sure and rate.cycle_days is not None
    return writer.frame(
        "rate" if sure else "rate_unsure",
        industry=writer.name("industry", industry),
        subject=writer.name("subject", rate.subject),
        source=writer.cite(writer.table.sources[rate.sources[0]]),
        percent=f"{format_number(rate.percent, writer.language)}%",
        days=str(rate.cycle_days),
    )


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
