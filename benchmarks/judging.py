"""Whether an intent is the right one for a message: one measure for both systems, over the rule table."""

from __future__ import annotations

from collections.abc import Mapping

from actions.consult.turn import TOPIC_PREFIX
from actions.rule_table.model import Topic
from actions.rule_table.table import RuleTable
from bot.evaluation.cases import Case

MATRIX = "interface"
FactsByIntent = Mapping[str, frozenset[str]]


def facts_by_intent(table: RuleTable) -> FactsByIntent:
    """Returns the guides' facts that each asking intent's topic covers."""
    return {TOPIC_PREFIX + topic.id: _facts_of(table, topic) for topic in table.topics.values()}


def _facts_of(table: RuleTable, topic: Topic) -> frozenset[str]:
    own = {row.id for other in (topic.id, *topic.compares) for row in table.rules_of(other) if row.is_guide}
    if topic.id == MATRIX:
        own |= {fact for interface in table.interfaces.values() for fact in interface.about}
    return frozenset(own)


def is_right(case: Case, intent: str, covered: FactsByIntent) -> bool:
    """Whether the intent's topic covers every expected fact; where none is expected, whether it draws on none."""
    facts = covered.get(intent, frozenset())
    return facts.issuperset(case.facts) if case.facts else not facts
