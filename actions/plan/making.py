"""A plan from circumstances alone, without a conversation."""

from __future__ import annotations

import datetime

from actions.consult.as_of import AsOf
from actions.consult.circumstances import Circumstances
from actions.consult.computed import Case
from actions.consult.conditions import Conditions
from actions.consult.figures import Figures
from actions.plan.document import Plan, plan_of
from actions.rule_table.model import Language
from actions.rule_table.table import RuleTable
from actions.wording.saying import Speaker
from actions.wording.writer import Writer


def make_plan(
    table: RuleTable,
    told: Circumstances,
    figures: Figures,
    language: Language,
    as_of: AsOf,
    today: datetime.date,
) -> Plan:
    """Returns the plan for some circumstances, by the rules of a time, counted from `today` where no day is named."""
    conditions = Conditions(subject=told.subject, industry=told.industry)
    return plan_of(Case(table, Speaker(Writer(table, language)), figures, told, conditions, as_of, today))
