"""Faults of the consultation's parts: unknown names, templates, rows that contradict each other, cases left open."""

from __future__ import annotations

import itertools
from typing import Callable, Iterable, Iterator, Optional, Union

from actions.rule_table.consultation import Advice, Decision, Inquiry, Values, When
from actions.rule_table.model import Language, Part, Wording
from actions.rule_table.sentences import SENTENCES
from actions.rule_table.table import RuleTable
from actions.rule_table.templates import placeholders
from actions.rule_table.yaml_lines import Place

Report = Callable[[Part, Place, str], None]

LANGUAGES: tuple[Language, Language] = ("en", "zh")
PURPOSES = ("publish", "sell", "serve", "third_party", "advanced")

# The values that each condition may name; those of `wishes` and `subject` grow with the table.
CONDITIONS: dict[str, Values] = {
    "needs": ("service", "verification", "nothing"),
    "listed": ("yes", "no", "unknown"),
    "capital": ("below", "reaches", "unknown"),
    "broadcasts": ("fits_service", "over_service", "fits_subscription", "over_both", "unknown"),
    "brands": ("one", "many", "unknown"),
    "startup": ("yes", "unknown"),
    "budget": ("small", "large", "unknown"),
    "recommended": ("service", "subscription", "out_of_reach"),
}
SETTINGS = ("wishes", "lacks", "subject", "listed", "capital", "frequency", "brands", "startup", "budget")
MOST_QUESTIONS = 6


def find_consultation_faults(table: RuleTable, report: Report) -> None:
    """Reports every fault of the questions, the decision table, the advice and the sentences."""
    _check_sentences(table, report)
    parts: list[Union[Decision, Advice]] = [*table.decisions.values(), *table.advice.values()]
    for part in parts:
        _check_when(table, part, part.when, ("when",), report)
        _check_wording(table, part, part.says, ("says",), part.facts, report)
    for question in table.questions.values():
        _check_question(table, question, report)
    if len(table.questions) > MOST_QUESTIONS:
        last = list(table.questions.values())[-1]
        report(last, (), f"{last.id}: a question too many: a consultation asks at most {MOST_QUESTIONS}")
    _check_conflicts(table, report)
    _check_gaps(table, report)


def _check_sentences(table: RuleTable, report: Report) -> None:
    for name in sorted(set(SENTENCES) - set(table.sentences)):
        report(table.phrases, (), f"sentences: '{name}' is missing: the program says it")
    for sentence in table.sentences.values():
        if sentence.id not in SENTENCES:
            report(sentence, (), f"{sentence.id}: no part of the program says this sentence")
            continue
        for language in LANGUAGES:
            names = _names(sentence.in_language(language))
            if names is None:
                report(sentence, (language,), f"{sentence.id}: the braces don't pair")
            for name in sorted((names or set()) - SENTENCES[sentence.id]):
                report(sentence, (language,), f"{sentence.id}: unknown place '{name}'")


def _names(template: str) -> Optional[set[str]]:
    try:
        return placeholders(template)
    except ValueError:
        return None


def _check_when(table: RuleTable, part: Part, when: When, place: Place, report: Report) -> None:
    for name, values in when.named().items():
        for value in values:
            if value not in allowed(table, name):
                known = ", ".join(allowed(table, name))
                report(part, (*place, name), f"{_id(part)}: '{name}: {value}' is never so: expected {known}")
    if "recommended" in when.named() and not isinstance(part, Advice):
        report(part, place, f"{_id(part)}: 'recommended' is known to advice only, after the decision")


def allowed(table: RuleTable, condition: str) -> Values:
    """Returns the values that a condition may have."""
    if condition in ("wishes", "lacks"):
        return (*PURPOSES, *table.interfaces)
    if condition == "subject":
        return (*table.phrases.names.get("subject", {}), "anyone_else", "unknown")
    return CONDITIONS[condition]


def _id(part: Part) -> str:
    return str(getattr(part, "id", ""))


def _check_wording(
    table: RuleTable, part: Part, wording: Wording, place: Place, facts: Iterable[str], report: Report
) -> None:
    facts = list(facts)
    for fact in facts:
        if fact not in table.rows:
            report(part, ("facts",), f"{_id(part)}: names an unknown row '{fact}'")
    values = set(table.values_cited(facts))
    for language in LANGUAGES:
        names = _names(wording.in_language(language))
        if names is None:
            report(part, (*place, language), f"{_id(part)}: the braces don't pair")
        for name in sorted((names or set()) - values):
            report(part, (*place, language), f"{_id(part)}: names the value '{name}', which none of its facts has")


def _check_question(table: RuleTable, question: Inquiry, report: Report) -> None:
    _check_wording(table, question, question.why, ("why",), question.facts, report)
    _check_when(table, question, question.only, ("only",), report)
    if not 2 <= len(question.choices) <= 4:
        report(question, ("choices",), f"{question.id}: give two to four choices to tap")
    for index, choice in enumerate(question.choices):
        for name in sorted(set(choice.sets) - set(SETTINGS)):
            report(question, ("choices", index), f"{question.id}: sets the unknown circumstance '{name}'")
        for name, value in choice.sets.items():
            values = value if isinstance(value, list) else [value]
            if name == "frequency" or name not in SETTINGS:
                continue
            for each in (each for each in values if each not in allowed(table, name)):
                report(question, ("choices", index), f"{question.id}: sets '{name}: {each}', which is never so")


def _check_conflicts(table: RuleTable, report: Report) -> None:
    """Reports rows for the very same circumstances: two verdicts of one weight, or one verdict twice."""
    for row, other in itertools.combinations(table.decisions.values(), 2):
        if row.when.named() != other.when.named() or row.breaks_ties != other.breaks_ties:
            continue
        if row.verdict == other.verdict:
            report(other, (), f"{other.id}: decides the same as '{row.id}' in the same circumstances: keep one")
        elif row.weight == other.weight:
            report(
                other, (), f"{other.id}: '{row.id}' decides otherwise in the same circumstances, with the same weight"
            )


def _check_gaps(table: RuleTable, report: Report) -> None:
    """Reports circumstances that no row decides, and single interfaces that lead to an account that lacks them."""
    if not table.decisions:
        report(table.phrases, (), "decisions: there are none, so nothing can be recommended")
        return
    first = next(iter(table.decisions.values()))
    if not any(row.breaks_ties for row in table.decisions.values()):
        report(first, (), "no row has 'breaks_ties: true': where both types weigh the same, nothing can be recommended")
    for row in table.decisions.values():
        if row.breaks_ties and row.when.named():
            report(row, ("when",), f"{row.id}: breaks ties in some circumstances only: take its 'when' out")
    needing = set(_service_only(table))
    looked_at = {
        wish
        for row in table.decisions.values()
        if row.verdict == "service"
        for wish in row.when.named().get("wishes", ()) + (tuple(needing) if row.when.needs == ("service",) else ())
    }
    for wish in sorted(needing - looked_at):
        report(first, (), f"decisions: no row with the verdict service looks at 'wishes: {wish}', which needs one")


def _service_only(table: RuleTable) -> Iterator[str]:
    for interface in table.interfaces.values():
        if interface.verified_subscription == "no" and interface.verified_service != "no":
            yield interface.id
