"""The rule table in memory: immutable and deterministic, asked through a few questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Sequence

from actions.rule_table.consultation import Advice, Decision, Inquiry, Sentence
from actions.rule_table.model import Area, Interface, Rate, Relation, Row, Source, Topic, Value
from actions.rule_table.phrases import Phrases


@dataclass(frozen=True)
class RuleTable:
    """All parts by id, in the order in which they are written."""

    areas: Mapping[str, Area]
    topics: Mapping[str, Topic]
    rows: Mapping[str, Row]
    sources: Mapping[str, Source]
    interfaces: Mapping[str, Interface]
    rates: Mapping[str, Rate]
    phrases: Phrases
    questions: Mapping[str, Inquiry]
    decisions: Mapping[str, Decision]
    advice: Mapping[str, Advice]
    sentences: Mapping[str, Sentence]

    def rules_of(self, topic: str) -> list[Row]:
        """Returns the rows that answer a topic: the guides' facts, or where the guides have none, the later rules."""
        own = [row for row in self.rows.values() if row.topic == topic]
        return [row for row in own if row.is_guide] or [row for row in own if not row.about]

    def later_about(self, row: Row) -> list[Row]:
        """Returns the later rows that speak of a row."""
        return [later for later in self.rows.values() if row.id in later.about]

    def values_of(self, row: Row) -> dict[str, Value]:
        """Returns the values a row's wording may name: its own, and where it agrees with a row, that row's too.

        So a figure stands in one place, however many sources confirm it.
        """
        if row.relation is not Relation.AGREES:
            return row.values
        confirmed = [self.rows[row_id].values for row_id in row.about if row_id in self.rows]
        return {name: value for values in (*confirmed, row.values) for name, value in values.items()}

    def values_cited(self, facts: Sequence[str]) -> dict[str, Value]:
        """Returns the values of some rows: by name, that of the first row with it, and by row and name."""
        rows = [self.rows[row_id] for row_id in facts if row_id in self.rows]
        named = {name: value for row in reversed(rows) for name, value in row.values.items()}
        full = {f"{row.id.replace('.', '_')}_{name}": value for row in rows for name, value in row.values.items()}
        return {**named, **full}

    def topics_of(self, area: str, aspect: str) -> list[Topic]:
        """Returns the area's topics with this aspect (cost, duration, who, ...), those that are foremost so first."""
        fitting = [topic for topic in self.topics_in(area) if aspect in topic.aspects]
        return sorted(fitting, key=lambda topic: topic.aspects.index(aspect))

    def topics_in(self, area: str) -> list[Topic]:
        """Returns an area's topics."""
        return [topic for topic in self.topics.values() if topic.area == area]
