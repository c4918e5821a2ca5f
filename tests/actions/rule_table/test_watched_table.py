"""The table follows its files, and a fault never takes the last good table away."""

from __future__ import annotations

import logging
import os

import pytest

from actions.rule_table.errors import RuleTableError
from actions.rule_table.watched_table import WatchedTable
from tests.table_copy import TableCopy

FEE = "amount: {value: 300, unit: CNY, per: application}\n      refundable"


def fee(watched: WatchedTable) -> object:
    return watched.current().rows["verification.fee"].values["amount"].value


def test_an_unchanged_table_is_read_once(table_copy: TableCopy) -> None:
    watched = WatchedTable(table_copy.folder)
    assert watched.current() is watched.current()


def test_a_change_is_taken_over(table_copy: TableCopy) -> None:
    watched = WatchedTable(table_copy.folder)
    assert fee(watched) == 300
    table_copy.replace("verification", FEE, FEE.replace("300", "301"))
    assert fee(watched) == 301


def test_a_change_of_the_same_length_is_taken_over_by_its_time(table_copy: TableCopy) -> None:
    watched = WatchedTable(table_copy.folder)
    assert fee(watched) == 300
    table_copy.replace("verification", FEE, FEE.replace("300", "999"))
    os.utime(table_copy.file("verification"), ns=(1, 1))
    assert fee(watched) == 999


def test_files_come_and_go(table_copy: TableCopy) -> None:
    watched = WatchedTable(table_copy.folder)
    assert "extra" not in watched.current().sources
    table_copy.append("extra", "sources:\n  extra: {title: Extra, kind: news}\n")
    assert "extra" in watched.current().sources
    table_copy.file("extra").unlink()
    assert "extra" not in watched.current().sources


def test_a_fault_leaves_the_last_good_table_in_use(table_copy: TableCopy, caplog: pytest.LogCaptureFixture) -> None:
    watched = WatchedTable(table_copy.folder)
    good = watched.current()
    table_copy.append("market", "\nrulez: {}\n")
    with caplog.at_level(logging.ERROR):
        assert watched.current() is good
        assert watched.current() is good
    (record,) = caplog.records
    line = table_copy.line_of("market", "rulez")
    assert f"{table_copy.file('market')}:{line}: unknown section 'rulez'" in record.getMessage()
    table_copy.replace("market", "\nrulez: {}\n", "")
    assert watched.current() is not good
    assert fee(watched) == 300


@pytest.mark.parametrize("broken", ["# \x07\n", "sources:\n  x: {title: X, kind: news, date: 2018-02-30}\n"])
def test_whatever_the_fault_is(table_copy: TableCopy, broken: str) -> None:
    watched = WatchedTable(table_copy.folder)
    good = watched.current()
    table_copy.append("extra", broken)
    assert watched.current() is good


def test_no_good_table_yet(table_copy: TableCopy) -> None:
    table_copy.append("market", "\nrulez: {}\n")
    watched = WatchedTable(table_copy.folder)
    for _ in range(2):
        with pytest.raises(RuleTableError, match="rulez"):
            watched.current()
    table_copy.replace("market", "\nrulez: {}\n", "")
    assert fee(watched) == 300
