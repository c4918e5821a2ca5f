"""Faults that only the whole table shows: unknown ids, templates and values that don't meet, rules that collide."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.rule_table.checks import placeholders
from actions.rule_table.loader import load_rule_table
from actions.rule_table.table import RuleTable
from tests.actions.rule_table.faults import assert_fault, faults_of
from tests.table_copy import TableCopy

FEE = "- id: verification.fee"
TIME_3 = "- id: auth.time_3"


def test_unknown_topic_of_a_row(table_copy: TableCopy) -> None:
    table_copy.replace("verification", f"{FEE}\n    topic: verification_fee", f"{FEE}\n    topic: verification_cost")
    line = table_copy.line_of("verification", "topic: verification_cost")
    assert_fault(table_copy, "verification", line, "verification.fee: unknown topic 'verification_cost'")


def test_unknown_row_in_about(table_copy: TableCopy) -> None:
    old = f"{TIME_3}\n    topic: verification_duration\n    about: verification.duration"
    table_copy.replace("verification", old, old.replace("about: verification", "about: verified"))
    line = table_copy.line_of("verification", "about: verified.duration")
    assert_fault(table_copy, "verification", line, "auth.time_3: is about an unknown row 'verified.duration'")


def test_unknown_source(table_copy: TableCopy) -> None:
    table_copy.replace("verification", "sources: [S_MP15D]", "sources: [S_MP15D, S_HEARSAY]")
    line = table_copy.line_of("verification", "S_HEARSAY")
    assert_fault(table_copy, "verification", line, "auth.time_15: unknown source 'S_HEARSAY'")


def test_unknown_topic_in_suggests(table_copy: TableCopy) -> None:
    table_copy.replace(
        "verification", "[verification_materials, rename, verification_fee]", "[verification_materials, renaming]"
    )
    line = table_copy.line_of("verification", "  verification_name:")
    assert_fault(table_copy, "verification", line, "verification_name: names an unknown topic 'renaming'")


def test_unknown_topic_in_compares(table_copy: TableCopy) -> None:
    table_copy.replace("choosing", "compares: [display_position,", "compares: [display_place,")
    line = table_copy.line_of("choosing", "  difference:")
    assert_fault(table_copy, "choosing", line, "difference: names an unknown topic 'display_place'")


def test_unknown_topic_in_gathers(table_copy: TableCopy) -> None:
    table_copy.replace("pay", "gathers: [pay_deposit, pay_rate]", "gathers: [pay_deposit, pay_rates]")
    line = table_copy.line_of("pay", "  pay_costs:")
    assert_fault(table_copy, "pay", line, "pay_costs: names an unknown topic 'pay_rates'")


def test_topic_that_gathers_nothing_needs_a_row(table_copy: TableCopy) -> None:
    assert not load_rule_table(table_copy.folder).rules_of("pay_costs"), "what it gathers has the rows"
    table_copy.replace("pay", "    gathers: [pay_deposit, pay_rate]\n", "")
    line = table_copy.line_of("pay", "  pay_costs:")
    assert_fault(table_copy, "pay", line, "pay_costs: no row answers this topic")


def test_unknown_area(table_copy: TableCopy) -> None:
    table_copy.replace("store", "  store_limits:\n    area: store", "  store_limits:\n    area: shop")
    line = table_copy.line_of("store", "area: shop")
    assert_fault(table_copy, "store", line, "store_limits: unknown area 'shop'")


def test_topic_that_no_row_answers(table_copy: TableCopy) -> None:
    table_copy.append(
        "extra",
        "# one\ntopics:\n  loneliness:\n    area: store\n    aspects: what\n"
        "    title: {en: A, zh: 甲}\n    question: {en: A?, zh: 甲？}\n",
    )
    assert_fault(table_copy, "extra", 3, "loneliness: no row answers this topic")


def test_unknown_subject_and_industry(table_copy: TableCopy) -> None:
    table_copy.replace("verification", "subject: overseas}", "subject: martian, industry: mining}")
    line = table_copy.line_of("verification", "subject: martian")
    assert_fault(table_copy, "verification", line, "auth.fee_overseas: unknown subject 'martian'", "phrases.yml")
    assert_fault(table_copy, "verification", line, "auth.fee_overseas: unknown industry 'mining'", "phrases.yml")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "amount: {value: 99, unit: USD, per: year}",
            "amount: {value: 99, unit: EUR, per: year}",
            "unknown unit 'EUR'",
        ),
        ("amount: {value: 99, unit: USD, per: year}", "amount: {value: 99, unit: USD, per: era}", "'per: era'"),
    ],
)
def test_unknown_unit(table_copy: TableCopy, old: str, new: str, says: str) -> None:
    table_copy.replace("verification", old, new)
    assert_fault(table_copy, "verification", table_copy.line_of("verification", new), "auth.fee_overseas", says)


@pytest.mark.parametrize(
    ("language", "old"),
    [("en", 'en: "WeChat verification costs {amount}."'), ("zh", "zh: 微信认证的费用是{amount}。")],
)
def test_template_names_a_value_that_the_row_lacks(table_copy: TableCopy, language: str, old: str) -> None:
    table_copy.replace("verification", old, old.replace("amount", "sum"))
    line = table_copy.line_of("verification", "{sum}")
    says = f"verification.fee: answer.{language} names the value 'sum', which the row has not"
    assert_fault(table_copy, "verification", line, says)


def test_template_of_a_reason_and_of_a_comparison_are_checked_too(table_copy: TableCopy) -> None:
    table_copy.replace("market", "en: Companies have recognised", "en: Companies {have} recognised")
    table_copy.replace("choosing", "subscription: {en: publishing news", 'subscription: {en: "{much} news')
    table_copy.replace("choosing", "and advertising, zh: 发资讯、做宣传}", 'and advertising", zh: 发资讯、做宣传}')
    found = {(fault.file.stem, fault.line): fault.message for fault in faults_of(table_copy)}
    assert "reason.en" in found["market", table_copy.line_of("market", "{have}")]
    assert "compare.subscription.en" in found["choosing", table_copy.line_of("choosing", "{much}")]


@pytest.mark.parametrize("broken", ["{amount", "{amount}}", "{", "{}", "{0} {amount}"])
def test_template_with_broken_braces(table_copy: TableCopy, broken: str) -> None:
    table_copy.replace("verification", "verification costs {amount}.", f"verification costs {broken}.")
    line = table_copy.line_of("verification", f"verification costs {broken}.")
    assert_fault(table_copy, "verification", line, "verification.fee: answer.en")


@pytest.mark.parametrize("broken", ["{amount:d}", "{amount!x}"])
def test_template_with_a_format(table_copy: TableCopy, broken: str) -> None:
    table_copy.replace("verification", "verification costs {amount}.", f"verification costs {broken}.")
    line = table_copy.line_of("verification", broken)
    assert_fault(table_copy, "verification", line, "verification.fee: answer.en")


def test_value_that_no_template_names(table_copy: TableCopy) -> None:
    table_copy.replace(
        "verification", "refundable: {value: false, unit: refund}\n    valid", "extra: {value: 1, unit: day}\n    valid"
    )
    line = table_copy.line_of("verification", "extra: {value: 1")
    for language in ("en", "zh"):
        assert_fault(table_copy, "verification", line, f"no {language} template names the value 'extra'")


def test_value_that_one_language_forgets(table_copy: TableCopy) -> None:
    table_copy.replace("verification", "zh: 微信认证的费用是{amount}。", "zh: 微信认证的费用是三百元。")
    line = table_copy.line_of("verification", "amount: {value: 300", after=FEE)
    assert_fault(table_copy, "verification", line, "verification.fee: no zh template names the value 'amount'")


def test_two_rows_for_one_case_at_one_time(table_copy: TableCopy) -> None:
    table_copy.replace("broadcast", "{from: 2013-08-05, to: 2014-04-15}", "{from: 2013-08-05, to: 2014-04-16}")
    line = table_copy.line_of("broadcast", "to: 2014-04-16")
    says = "bcast.svc_1: valid for the same case at the same time as broadcast.quota.service"
    assert_fault(table_copy, "broadcast", line, says, "valid.to")


def test_second_row_without_a_relation(table_copy: TableCopy) -> None:
    table_copy.replace(
        "verification",
        "    about: verification.fee\n    relation: refines\n    applies_to: {subject: [government",
        "    applies_to: {subject: [government",
    )
    assert load_rule_table(table_copy.folder), "a special case may stand beside the general one"
    table_copy.replace("verification", "    applies_to: {subject: [government, organisation]}\n", "")
    line = table_copy.line_of("verification", "valid", after="- id: auth.fee_free")
    assert_fault(table_copy, "verification", line, "auth.fee_free: valid for the same case", "verification.fee")


def test_one_case_in_part_is_one_case(table_copy: TableCopy) -> None:
    table_copy.replace("accounts", "applies_to: {subject: individual}", "applies_to: {subject: [individual, media]}")
    line = table_copy.line_of("accounts", "valid", after="- id: name.rename_individual")
    assert_fault(table_copy, "accounts", line, "name.rename_individual: valid for the same case", "name.rename_org")


def test_unknown_ids_of_an_interface(table_copy: TableCopy) -> None:
    table_copy.replace("permissions", "later: if.template", "later: if.templates\n    topic: templates")
    interface = table_copy.line_of("permissions", "- id: template_message")
    assert_fault(table_copy, "permissions", interface, "template_message: names an unknown row 'if.templates'")
    line = table_copy.line_of("permissions", "topic: templates")
    assert_fault(table_copy, "permissions", line, "template_message: unknown topic 'templates'")


def test_rates(table_copy: TableCopy) -> None:
    table_copy.replace("pay", "industries: [insurance]", "industries: [insurance, catering, sorcery]")
    line = table_copy.line_of("pay", "sorcery")
    assert_fault(table_copy, "pay", line, "unknown industry 'sorcery'")
    assert_fault(table_copy, "pay", line, "715: '716' has a rate for catering too")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("openings: [difference,", "openings: [differences,"),
        ('    no_cell: {en: "–", zh: –}\n', ""),
        ('    which_subject: {en: "What is that about? For example:", zh: 您指的是哪方面？例如：}\n', ""),
        ('cited: {en: "{kind}, {date}"', 'cited: {en: "{kind}, {day}"'),
    ],
)
def test_words_that_a_reply_needs(table_copy: TableCopy, old: str, new: str) -> None:
    table_copy.replace("phrases", old, new)
    assert [fault.file.stem for fault in faults_of(table_copy)] == ["phrases"]


@given(st.text(alphabet="ab{}", max_size=12))
def test_placeholders_are_what_format_asks_for(template: str) -> None:
    try:
        names = placeholders(template)
    except ValueError:
        return
    filled = template.format("x", "x", "x", "x", "x", "x", **dict.fromkeys(names - {""}, "x"))
    assert "x" in filled or not names


def test_every_row_stands_in_its_time(table: RuleTable) -> None:
    rows = [row for row in table.rows.values() if row.valid.start and row.valid.start_is == "on"]
    assert all(row.valid.start and row.valid.start.first_day <= datetime.date.today() for row in rows)
