"""Puts findings into words in one language: answer first, then reason, source with date, what changed since."""

from __future__ import annotations

from typing import Optional

from actions.consult.answer import AnswerPart, SourceLine
from actions.consult.conditions import Conditions
from actions.consult.findings import Findings
from actions.rule_table.model import Language, Row, Source, Validity, Wording
from actions.rule_table.table import RuleTable
from actions.wording.details import interface_lead, rate_lines
from actions.wording.values import format_partial_date, format_value

GUIDE_KIND = "guide_text"


class Writer:
    """Writes in one language over one rule table."""

    def __init__(self, table: RuleTable, language: Language) -> None:
        self.table = table
        self.language = language

    def frame(self, name: str, **values: str) -> str:
        """Returns a sentence frame of phrases.yml with its places filled."""
        return self.table.phrases.frames[name].in_language(self.language).format(**values)

    def reply(self, name: str, **values: str) -> str:
        """Returns a stand-alone reply of phrases.yml with its places filled."""
        return self.table.phrases.replies[name].in_language(self.language).format(**values)

    def name(self, kind: str, key: str) -> str:
        """Returns how a condition, confidence or kind of source is called."""
        return self.table.phrases.names[kind][key].in_language(self.language)

    def say(self, wording: Wording, row: Row) -> str:
        """Returns a row's wording with its values."""
        values = {
            name: format_value(value, self.table.phrases, self.language)
            for name, value in self.table.values_of(row).items()
        }
        return wording.in_language(self.language).format(**values)

    def write(self, findings: Findings) -> AnswerPart:
        """Returns the part of a reply that answers one topic."""
        topic = self.table.topics[findings.topic]
        changes = rate_lines(self, findings) + [self.change(row) for row in findings.changes]
        return AnswerPart(
            topic=topic.id,
            title=topic.title.in_language(self.language),
            lead=self._lead(findings),
            reason=self._reason(findings),
            source=self._source_line(findings),
            changes=tuple(changes + self._guide_beside(findings)),
        )

    def _lead(self, findings: Findings) -> str:
        if findings.interface:
            return interface_lead(self, findings.interface, findings.conditions)
        return self.join([self._lead_of(row, findings) for row in findings.leads])

    def join(self, sentences: list[str]) -> str:
        """Returns sentences one after the other, as the language joins them."""
        return (" " if self.language == "en" else "").join(sentences)

    def _lead_of(self, row: Row, findings: Findings) -> str:
        statement = self.say(row.answer, row)
        if row.is_guide or findings.as_of.is_guide:
            return statement
        when = self._when(row.valid)
        frame = "in_force" if row.valid.start else "in_force_undated"
        return self.frame(
            frame, statement=_without_stop(statement), when=when, confidence=self.name("confidence", row.confidence)
        )

    def _reason(self, findings: Findings) -> Optional[str]:
        if findings.interface:
            return None
        if len(findings.leads) > 1:
            # Reasons of several rows, one after the other, would each seem to speak of all of them.
            return None
        reasons = [self.say(row.reason, row) for row in findings.leads if row.reason]
        return self.join(reasons) or None

    def change(self, row: Row) -> str:
        """Returns what a later row says, how sure that is, and where it comes from."""
        assert row.relation
        return self.frame(
            row.relation.value,
            when=self._when(row.valid),
            statement=_without_stop(self.say(row.answer, row)),
            confidence=self.name("confidence", row.confidence),
            source=self.cite(self.table.sources[row.sources[0]]),
        )

    def _guide_beside(self, findings: Findings) -> list[str]:
        """Under newer rules: what the guide said where it was replaced, or that nothing newer is known."""
        if findings.as_of.is_guide and not findings.interface:
            return []
        led = () if findings.interface else findings.leads
        replaced = [row for row in findings.guide if row.is_guide and row not in led]
        said = [
            self.frame("guide_said", date=self._source_date(row), statement=self.say(row.answer, row))
            for row in replaced
        ]
        if not said and not findings.changes and findings.guide and findings.guide[0].is_guide:
            return [self.frame("nothing_newer", date=self._source_date(findings.guide[0]))]
        return said

    def _when(self, valid: Validity) -> str:
        if valid.start is None:
            return self.frame("when_unknown")
        return self.frame(f"when_{valid.start_is}", date=format_partial_date(valid.start, self.language))

    def _source_line(self, findings: Findings) -> SourceLine:
        if findings.interface:
            return SourceLine(self.frame("source_matrix"))
        sources = list(dict.fromkeys(row.sources[0] for row in findings.leads))
        lines = [self.describe_source(self.table.sources[source]) for source in sources]
        urls = [self.table.sources[source].url for source in sources]
        return SourceLine(self.join(lines), next(filter(None, urls), None))

    def describe_source(self, source: Source) -> str:
        """Returns a source with its title, if it has one, and date as a sentence."""
        title = self._title(source)
        frame = "source_guide" if source.kind == GUIDE_KIND else "source_later" if title else "source_untitled"
        return self.frame(frame, kind=self.name("kind", source.kind), title=title, date=self._date(source))

    def cite(self, source: Source) -> str:
        """Returns a source in a few words: what it is, and of when."""
        return self.frame("cited", kind=self.name("kind", source.kind), date=self._date(source))

    def describe(self, conditions: Conditions) -> str:
        """Returns a case in words: `unverified, subscription account, catering`; empty where nothing is said."""
        named = [self.name("account", account) for account in conditions.accounts]
        if conditions.verified is not None:
            named.insert(0, self.name("verified", "yes" if conditions.verified else "no"))
        for kind in ("subject", "industry"):
            key = getattr(conditions, kind)
            named += [self.name(kind, key)] if key else []
        return self.frame("comma").join(named)

    def _title(self, source: Source) -> str:
        if isinstance(source.title, Wording):
            return source.title.in_language(self.language)
        return source.title or ""

    def _date(self, source: Source) -> str:
        if source.date is None:
            return self.frame("undated")
        date = format_partial_date(source.date, self.language)
        return self.frame("approximately", date=date) if source.approximate else date

    def _source_date(self, row: Row) -> str:
        return self._date(self.table.sources[row.sources[0]])


def _without_stop(sentence: str) -> str:
    return sentence.rstrip(".。")
