"""What the table says to one question: the rows that lead, the later ones beside them, and the details."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from actions.consult.as_of import AsOf
from actions.consult.conditions import Conditions, applies, narrow
from actions.rule_table.model import Interface, Rate, Relation, Row
from actions.rule_table.table import RuleTable

# A reply must fit a phone: this many later statements stand beside one answer.
MOST_CHANGES = 2

# The order in which later statements deserve the place.
WEIGHT = [Relation.SUPERSEDES, Relation.DIFFERS, Relation.REFINES, Relation.AGREES, Relation.PRECEDES]


@dataclass(frozen=True)
class Findings:
    """The answer to one topic in one case, before it is put into words.

    `leads` answer the question as of the time asked for. `guide` are the guides' facts behind it (the same rows
    where the guides' rules lead). `changes` are the later statements worth a line.
    """

    topic: str
    conditions: Conditions
    as_of: AsOf
    leads: tuple[Row, ...]
    guide: tuple[Row, ...]
    changes: tuple[Row, ...]
    interface: Optional[Interface] = None
    rates: tuple[Rate, ...] = ()

    @property
    def facts(self) -> list[str]:
        """Ids of the guides' facts drawn on."""
        return [row.id for row in self.guide if row.is_guide]

    @property
    def later(self) -> list[str]:
        """Ids of the later rows drawn on."""
        rows = [*self.leads, *self.changes]
        return list(dict.fromkeys(row.id for row in rows if not row.is_guide))


def find(table: RuleTable, topic: str, conditions: Conditions, as_of: AsOf) -> Findings:
    """Looks a topic up for a case and a time."""
    interface = table.interfaces.get(conditions.interface or "") if topic == "interface" else None
    rules = [table.rows[row_id] for row_id in interface.about] if interface else table.rules_of(topic)
    of_own_case = interface is None or all(rule.topic == "permissions" for rule in rules)
    return _findings(table, topic, narrow(rules, conditions) if of_own_case else rules, conditions, as_of, interface)


def _findings(
    table: RuleTable,
    topic: str,
    rules: list[Row],
    conditions: Conditions,
    as_of: AsOf,
    interface: Optional[Interface],
) -> Findings:
    later = _later(table, rules, conditions, interface)
    if not as_of.is_guide:
        later = [row for row in later if _is_known(table, row, as_of)]
    leads = rules if as_of.is_guide else _in_force(rules, later, as_of)
    leads = _for_subject(later, conditions, as_of) + leads
    beside = _most_telling([row for row in later if row not in leads], leads, conditions, as_of)
    return Findings(
        topic=topic,
        conditions=conditions,
        as_of=as_of,
        leads=tuple(leads),
        guide=tuple(rules),
        changes=tuple(beside[:MOST_CHANGES]),
        interface=interface,
        rates=tuple(_rates(table, topic, conditions)),
    )


def _for_subject(later: list[Row], conditions: Conditions, as_of: AsOf) -> list[Row]:
    """Returns the later rows made for the very subject that was asked about: they answer before the general rule.

    As of a day, only those that hold on it; beside the guides' rules, all.
    """
    if conditions.subject is None:
        return []
    return [
        row
        for row in later
        if row.relation is Relation.REFINES
        and conditions.subject in (row.applies_to.subject or ())
        and (as_of.is_guide or _holds(row, as_of))
    ]


def _later(table: RuleTable, rules: list[Row], conditions: Conditions, interface: Optional[Interface]) -> list[Row]:
    if interface:
        return [table.rows[row_id] for row_id in interface.later]
    about = {row.id: row for rule in rules for row in table.later_about(rule)}
    return [row for row in about.values() if applies(row, conditions)]


def _most_telling(rows: list[Row], leads: list[Row], conditions: Conditions, as_of: AsOf) -> list[Row]:
    """Returns the later statements in the order in which they deserve the little room there is."""
    telling = [row for row in rows if _is_worth_a_line(row, as_of)]
    telling.sort(
        key=lambda row: (_goes_beyond(row, conditions), WEIGHT.index(row.relation or Relation.AGREES), -_start(row))
    )
    if any(row.relation is Relation.SUPERSEDES for row in [*telling, *leads]):
        return [row for row in telling if row.relation is not Relation.AGREES]
    # One witness that a rule still stands is enough.
    agreeing = [row for row in telling if row.relation is Relation.AGREES]
    return [row for row in telling if row not in agreeing[1:]]


def _goes_beyond(row: Row, conditions: Conditions) -> bool:
    """Whether a row speaks of a narrower case than was asked about."""
    return row.applies_to.verified is not None and conditions.verified is None


def _is_worth_a_line(row: Row, as_of: AsOf) -> bool:
    ended = row.valid.end is not None and row.relation in (Relation.SUPERSEDES, Relation.REFINES)
    if row.relation is Relation.PRECEDES or (as_of.is_guide and ended):
        # What ended in its turn is history; what came after has the line.
        return False
    if as_of.is_guide:
        return True
    return _holds(row, as_of)


def _is_known(table: RuleTable, row: Row, as_of: AsOf) -> bool:
    """Whether a row of unknown beginning had a source by the day asked for."""
    dates = [source.date for source in map(table.sources.__getitem__, row.sources) if source.date]
    if row.valid.start or row.valid.end or not dates or as_of.day is None:
        return True
    return min(date.first_day for date in dates) <= as_of.day


def _holds(row: Row, as_of: AsOf) -> bool:
    assert as_of.day
    start, end = row.valid.start, row.valid.end
    return (start is None or start.first_day <= as_of.day) and (end is None or as_of.day < end.first_day)


def _start(row: Row) -> int:
    return row.valid.start.first_day.toordinal() if row.valid.start else 0


def _in_force(rules: list[Row], later: list[Row], as_of: AsOf) -> list[Row]:
    """Returns, for every rule, the row that holds on the day: a replacement, newest first, or the rule itself."""
    chosen: list[Row] = []
    for rule in rules:
        replacing = [row for row in later if rule.id in row.about and row.relation and row.relation.replaces]
        holding = sorted((row for row in replacing if _holds(row, as_of)), key=_start, reverse=True)
        chosen.extend(row for row in (holding[:2] or [rule]) if row not in chosen)
    return chosen


def _rates(table: RuleTable, topic: str, conditions: Conditions) -> list[Rate]:
    if topic not in ("pay_rate", "pay_settlement") or not conditions.industry:
        return []
    fitting = [rate for rate in table.rates.values() if conditions.industry in rate.industries]
    subject = conditions.subject or "enterprise"
    return [rate for rate in fitting if rate.subject == subject] or fitting[:1]
