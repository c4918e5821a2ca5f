"""Faults of the decision table, the questions and the sentences, each with file and line."""

from __future__ import annotations

import pytest

from tests.actions.rule_table.faults import assert_fault
from tests.table_copy import TableCopy

DECISIONS, QUESTIONS, SENTENCES = "decisions", "consultation", "sentences"
OTHER = """  - id: other
    when: {{wishes: publish}}
    verdict: {verdict}
    weight: {weight}
    facts: choose.positioning
    says: {{en: Another reason., zh: 另一个理由。}}
"""


@pytest.mark.parametrize(
    ("old", "new", "line_with", "says"),
    [
        ("wishes: multi_customer_service}", "wishes: flying}", "wishes: flying", "'wishes: flying' is never so"),
        ("{budget: small}", "{budget: middling}", "budget: middling", "expected small, large, unknown"),
        ("facts: pay.eligibility", "facts: pay.nobody", "facts: pay.nobody", "unknown row 'pay.nobody'"),
        ("Your broadcasts fit into a service account's quota, {quota}.", "{often}", "{often}", "none of its facts has"),
        ("    weight: 12\n", "    weight: 0\n", "weight: 0", "must be 1 or more"),
        ("    breaks_ties: true\n", "", "person_needs_service", "no row has 'breaks_ties: true'"),
        (
            "{wishes: custom_menu}\n    verdict",
            "{wishes: custom_menu, recommended: service}\n    verdict",
            "custom_menu, rec",
            "known to advice only",
        ),
    ],
)
def test_a_fault_of_the_decision_table(table_copy: TableCopy, old: str, new: str, line_with: str, says: str) -> None:
    table_copy.replace(DECISIONS, old, new)
    assert_fault(table_copy, DECISIONS, table_copy.line_of(DECISIONS, line_with), says)


def test_two_rows_that_contradict_each_other(table_copy: TableCopy) -> None:
    row = OTHER.format(verdict="service", weight=4)
    table_copy.replace(DECISIONS, "  # -- how often is published\n", row)
    assert_fault(table_copy, DECISIONS, table_copy.line_of(DECISIONS, "id: other"), "'publish' decides otherwise")


def test_two_rows_that_say_the_same(table_copy: TableCopy) -> None:
    row = OTHER.format(verdict="subscription", weight=1)
    table_copy.replace(DECISIONS, "  # -- how often is published\n", row)
    assert_fault(table_copy, DECISIONS, table_copy.line_of(DECISIONS, "id: other"), "decides the same as 'publish'")


def test_an_interface_that_no_row_looks_at(table_copy: TableCopy) -> None:
    table_copy.replace(DECISIONS, "template_message, oauth", "template_message")
    assert_fault(table_copy, DECISIONS, table_copy.line_of(DECISIONS, "id: person_needs"), "looks at 'wishes: oauth'")


@pytest.mark.parametrize(
    ("old", "new", "line_with", "says"),
    [
        ("sets: {brands: one}", "sets: {brands: few}", "brands: few", "'brands: few', which is never so"),
        ("sets: {brands: one}", "sets: {colour: red}", "colour: red", "unknown circumstance 'colour'"),
        ("unless: brands", "unless: colour", "unless: colour", "unexpected value"),
        ("{amount} of companies", "{sum} of companies", "{sum}", "none of its facts has"),
    ],
)
def test_a_fault_of_a_question(table_copy: TableCopy, old: str, new: str, line_with: str, says: str) -> None:
    table_copy.replace(QUESTIONS, old, new)
    assert faults_name(table_copy, says)


def faults_name(copy: TableCopy, says: str) -> bool:
    from tests.actions.rule_table.faults import faults_of

    return any(says in str(fault) and QUESTIONS in str(fault) for fault in faults_of(copy))


def test_a_sentence_that_is_missing_or_unknown(table_copy: TableCopy) -> None:
    table_copy.replace(SENTENCES, "  plan_told:", "  plan_tolled:")
    line = table_copy.line_of(SENTENCES, "plan_tolled")
    assert_fault(table_copy, SENTENCES, line, "no part of the program says this sentence")


def test_a_sentence_with_an_unknown_place(table_copy: TableCopy) -> None:
    table_copy.replace(SENTENCES, '"{n} yuan"', '"{m} yuan"')
    assert_fault(table_copy, SENTENCES, table_copy.line_of(SENTENCES, "{m} yuan"), "unknown place 'm'")
