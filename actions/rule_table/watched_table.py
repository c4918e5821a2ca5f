"""The rule table as it stands on disk: read again when a file has changed."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Optional

from actions.rule_table.errors import RuleTableError
from actions.rule_table.loader import load_rule_table
from actions.rule_table.table import RuleTable

logger = logging.getLogger(__name__)

Stamp = tuple[tuple[str, int, int], ...]


class WatchedTable:
    """Gives the current rule table. A change that has a fault is reported once; the last good table stays in use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp: Optional[Stamp] = None
        self._table: Optional[RuleTable] = None

    def current(self) -> RuleTable:
        """Returns the table. Raises RuleTableError where there has never been a good one."""
        stamp = self._read_stamp()
        if self._table is None or stamp != self._stamp:
            self._stamp = stamp
            self._reload()
        assert self._table is not None
        return self._table

    def _reload(self) -> None:
        try:
            self._table = load_rule_table(self._folder)
        except RuleTableError as error:
            if self._table is None:
                self._stamp = None
                raise
            logger.error("The changed rule table is not used, the last good one stays:\n%s", error)

    def _read_stamp(self) -> Stamp:
        files = sorted(self._folder.glob("*.yml"))
        return tuple((file.name, stat.st_mtime_ns, stat.st_size) for file in files for stat in (file.stat(),))
