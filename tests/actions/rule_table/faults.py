"""What a fault of a rule table must look like: to the program's caller, and at the command line."""

from __future__ import annotations

import os
import sys
from unittest.mock import patch

import pytest

from actions.rule_table.errors import Fault, RuleTableError
from actions.rule_table.loader import load_rule_table
from bot.cli.program import main
from tests.table_copy import TableCopy


def faults_of(copy: TableCopy) -> tuple[Fault, ...]:
    """Returns the faults of a table that must not load."""
    with pytest.raises(RuleTableError) as raised:
        load_rule_table(copy.folder)
    return raised.value.faults


def assert_fault(copy: TableCopy, name: str, line: int, *says: str) -> None:
    """Asserts that one fault is reported at a line of a file, in words that hold all of `says`, with exit code 1."""
    place = f"{copy.file(name)}:{line}: "
    found = list(map(str, faults_of(copy)))
    reported = [fault for fault in found if fault.startswith(place) and all(word in fault for word in says)]
    assert reported, found
    assert reported[0] in _check(copy)


def _check(copy: TableCopy) -> str:
    """Returns what `wenhao rules check` says on standard error before it ends with exit code 1."""
    with (
        patch.dict(os.environ, RULE_TABLE=str(copy.folder)),
        patch.object(sys, "argv", ["wenhao", "rules", "check"]),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    # Python writes a message given to sys.exit to standard error and ends with 1.
    assert isinstance(ended.value.code, str)
    return ended.value.code
