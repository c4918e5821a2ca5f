"""Faults of single files: each is named with file and line, and `wenhao rules check` ends with 1."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from actions.rule_table.errors import RuleTableError
from actions.rule_table.loader import load_rule_table
from actions.rule_table.table import RuleTable
from tests.actions.rule_table.faults import assert_fault, faults_of
from tests.programs import wenhao
from tests.table_copy import TableCopy

FEE = """  - id: verification.fee
    topic: verification_fee
"""
FEE_ANSWER = '      en: "WeChat verification costs {amount}."\n      zh: 微信认证的费用是{amount}。\n'


def test_the_table_is_sound(table: RuleTable) -> None:
    checked = wenhao("rules", "check")
    assert checked.returncode == 0
    assert f"{len(table.rows)} rows (52 of the guides, {len(table.rows) - 52} later)" in checked.stdout
    assert f"{len(table.interfaces)} interfaces" in checked.stdout


def test_the_program_ends_with_1_and_names_the_line(table_copy: TableCopy) -> None:
    table_copy.append("market", "\nrulez: {}\n")
    checked = wenhao("rules", "check", settings={"RULE_TABLE": table_copy.folder})
    line = table_copy.line_of("market", "rulez")
    assert (checked.returncode, checked.stdout) == (1, "")
    assert checked.stderr.startswith(f"wenhao: {table_copy.file('market')}:{line}: unknown section 'rulez'")


@pytest.mark.parametrize(("language", "line"), [("en", 0), ("zh", 1)])
def test_missing_language(table_copy: TableCopy, language: str, line: int) -> None:
    table_copy.replace("verification", FEE_ANSWER.splitlines(keepends=True)[line], "")
    answer = table_copy.line_of("verification", "answer:", after="- id: verification.fee")
    assert_fault(table_copy, "verification", answer, "verification.fee", f"answer.{language}", "required")


def test_blank_wording(table_copy: TableCopy) -> None:
    table_copy.replace("verification", "zh: 微信认证的费用是{amount}。", 'zh: " "')
    line = table_copy.line_of("verification", 'zh: " "')
    assert_fault(table_copy, "verification", line, "answer.zh", "is empty")


def test_duplicate_id_names_the_other_place(table_copy: TableCopy) -> None:
    table_copy.replace("verification", "- id: auth.fee_refund", "- id: broadcast.content")
    line = table_copy.line_of("verification", "- id: broadcast.content")
    other = table_copy.line_of("broadcast", "- id: broadcast.content")
    assert_fault(
        table_copy,
        "verification",
        line,
        "'broadcast.content' is there twice",
        f"{table_copy.file('broadcast')}:{other}",
    )


def test_duplicate_topic(table_copy: TableCopy) -> None:
    table_copy.append("store", "\n")
    table_copy.replace("store", "  store_limits:\n    area", "  verification_fee:\n    area")
    line = table_copy.line_of("verification", "  verification_fee:")
    assert_fault(table_copy, "verification", line, "'verification_fee' is there twice", "store.yml")


def test_duplicate_key(table_copy: TableCopy) -> None:
    table_copy.replace("verification", FEE, FEE + "    confidence: low\n")
    line = table_copy.line_of("verification", "confidence: high", after="confidence: low")
    assert_fault(table_copy, "verification", line, "key 'confidence' is there twice")


@pytest.mark.parametrize("broken", ["\t- id: x", "rows: [", "- no mapping", "---", 'title: "open'])
def test_broken_yaml(table_copy: TableCopy, broken: str) -> None:
    table_copy.append("market", f"\n{broken}\n")
    last = table_copy.line_of("market", broken)
    (fault,) = faults_of(table_copy)
    # What is opened and never closed shows at the end of the file.
    assert last <= fault.line <= last + 1
    assert_fault(table_copy, "market", fault.line, "can't be read as YAML")


def test_broken_yaml_in_the_middle(table_copy: TableCopy) -> None:
    table_copy.replace("verification", FEE, "  - id: verification.fee\n    topic: [verification_fee\n")
    line = table_copy.line_of("verification", "topic: [verification_fee")
    assert_fault(table_copy, "verification", line + 1, "can't be read as YAML")


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_not_utf_8(table_copy: TableCopy, encoding: str) -> None:
    file = table_copy.file("store")
    content = file.read_text(encoding="utf-8").encode(encoding, errors="replace")
    file.write_bytes(content)
    with pytest.raises(UnicodeDecodeError) as undecodable:
        content.decode("utf-8")
    assert_fault(table_copy, "store", 1, "is not UTF-8", f"byte {undecodable.value.start}")


def test_a_byte_order_mark_is_no_fault(table_copy: TableCopy) -> None:
    file = table_copy.file("store")
    file.write_bytes(codecs.BOM_UTF8 + file.read_bytes())
    assert "store.limits" in load_rule_table(table_copy.folder).rows


def test_unknown_section(table_copy: TableCopy) -> None:
    table_copy.append("market", "\nrulez:\n  - id: x\n")
    line = table_copy.line_of("market", "rulez:")
    assert_fault(table_copy, "market", line, "unknown section 'rulez'", "rows, interfaces, rates")


def test_unknown_field(table_copy: TableCopy) -> None:
    table_copy.replace("verification", FEE, FEE + "    amonut: 300\n")
    line = table_copy.line_of("verification", "amonut")
    assert_fault(table_copy, "verification", line, "verification.fee: amonut", "not permitted")


def test_unknown_field_inside_a_value(table_copy: TableCopy) -> None:
    table_copy.replace("verification", "{shortest: {value: 1, unit: plain}", "{shortest: {value: 1, units: plain}")
    line = table_copy.line_of("verification", "units: plain")
    assert_fault(table_copy, "verification", line, "auth.time_3: values.shortest.units", "not permitted")


@pytest.mark.parametrize("section", ["rows", "topics", "rates"])
def test_section_of_the_wrong_kind(table_copy: TableCopy, section: str) -> None:
    table_copy.file("extra").write_text(f"# one\n{section}: 3\n", encoding="utf-8")
    assert_fault(table_copy, "extra", 2, f"'{section}' must be a")


def test_row_that_is_no_mapping(table_copy: TableCopy) -> None:
    table_copy.file("extra").write_text("rows:\n  - verification.fee\n", encoding="utf-8")
    assert_fault(table_copy, "extra", 2, "expected a mapping with the fields of a row")


@pytest.mark.parametrize("written", ["2018-13", "2018-00", "18", "2018-Q5", "soon", "2018-1", "yes", "2018/02"])
def test_bad_date(table_copy: TableCopy, written: str) -> None:
    table_copy.replace("verification", "valid: {to: 2018}", f"valid: {{to: {written}}}")
    line = table_copy.line_of("verification", f"valid: {{to: {written}}}")
    assert_fault(table_copy, "verification", line, "valid.to", "is no date: write 2014, 2015-Q1, 2014-09 or 2014-09-13")


def test_day_that_no_calendar_has(table_copy: TableCopy) -> None:
    table_copy.replace("verification", "valid: {to: 2018}", "valid: {to: 2018-02-30}")
    line = table_copy.line_of("verification", "2018-02-30")
    assert_fault(table_copy, "verification", line, "2018-02-30")


def test_control_character(table_copy: TableCopy) -> None:
    table_copy.append("market", "\n# \x07\n")
    assert_fault(table_copy, "market", table_copy.line_of("market", "# \x07"), "can't be read as YAML")


def test_validity_that_ends_before_it_begins(table_copy: TableCopy) -> None:
    table_copy.replace("broadcast", "{from: 2013-08-05, to: 2014-04-15}", "{from: 2013-08-05, to: 2013-08-05}")
    line = table_copy.line_of("broadcast", "to: 2013-08-05}")
    assert_fault(table_copy, "broadcast", line, "bcast.svc_1", "not after it begins on 2013-08-05")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    relation: supersedes\n    values: {shortest", "    values: {shortest"),
        ("    about: verification.duration\n    relation: supersedes", "    relation: supersedes"),
    ],
)
def test_about_and_relation_belong_together(table_copy: TableCopy, old: str, new: str) -> None:
    table_copy.replace("verification", old, new)
    line = table_copy.line_of("verification", "- id: auth.time_3")
    found = [fault for fault in faults_of(table_copy) if "belong together" in fault.message]
    assert [(fault.file, fault.line in (line, line + 2)) for fault in found] == [
        (table_copy.file("verification"), True)
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("sources: [S_MP15D]", "sources: []", "sources"),
        (
            "review: {value: 15, unit: working_day}}\n    valid",
            "review: {value: some, unit: working_day}}\n    valid",
            "review",
        ),
        ("values: {amount: {value: 0, unit: CNY}}", "values: {amount: {value: free, unit: CNY}}", "amount"),
    ],
)
def test_row_that_could_not_be_said(table_copy: TableCopy, old: str, new: str, says: str) -> None:
    table_copy.replace("verification", old, new)
    line = table_copy.line_of("verification", new.splitlines()[0])
    assert_fault(table_copy, "verification", line, says)


def test_every_fault_of_every_file_is_reported_in_order(table_copy: TableCopy) -> None:
    table_copy.replace("verification", "valid: {to: 2018}", "valid: {to: soon}")
    table_copy.replace("verification", FEE, FEE + "    amonut: 300\n")
    table_copy.append("accounts", "\nrulez: {}\n")
    places = [(fault.file.stem, fault.line) for fault in faults_of(table_copy)]
    assert places == [
        ("accounts", table_copy.line_of("accounts", "rulez")),
        ("verification", table_copy.line_of("verification", "amonut")),
        ("verification", table_copy.line_of("verification", "{to: soon}")),
    ]


@pytest.mark.parametrize("exists", [True, False])
def test_empty_folder(tmp_path: Path, exists: bool) -> None:
    folder = tmp_path / "nothing"
    if exists:
        folder.mkdir()
    with pytest.raises(RuleTableError, match=r"no rule table here: expected \*\.yml files"):
        load_rule_table(folder)
    checked = wenhao("rules", "check", settings={"RULE_TABLE": folder})
    assert checked.returncode == 1
    assert checked.stderr.startswith(f"wenhao: {folder}:1: no rule table here")


def test_table_without_words(table_copy: TableCopy) -> None:
    table_copy.file("phrases").unlink()
    with pytest.raises(RuleTableError, match="no 'phrases' section"):
        load_rule_table(table_copy.folder)


def test_a_file_that_is_empty_or_holds_comments_alone(table_copy: TableCopy) -> None:
    table_copy.file("extra").write_text("# Nothing yet.\n", encoding="utf-8")
    assert_fault(table_copy, "extra", 1, "expected the sections")
