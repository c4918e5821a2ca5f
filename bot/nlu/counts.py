"""Counts that a question names: broadcasts planned or sent, applications made or failed, years, accounts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Iterator, Optional

import yaml

from bot.nlu.number_words import number

FORMS_FILE = Path(__file__).with_name("counts.yml")

_NUMBER = (
    r"(?P<n>\d{1,4}|once|twice|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|"
    r"[一二两三四五六七八九十]{1,3})"
)
# 2014年 is a date, no span of time.
MOST_YEARS = 30
_SPECIAL = {"once": 1, "twice": 2, "second": 2, "third": 3, "fourth": 4, "other": 2, "隔": 2}
_PERIODS = {"today": "day", "daily": "day", "day": "day", "天": "day", "日": "day", "week": "week", "周": "week"}
_PERIODS |= {"星期": "week", "礼拜": "week", "weekly": "week", "month": "month", "monthly": "month", "月": "month"}


@dataclass(frozen=True)
class Count:
    """A count: `name` is what is counted, `value` how many, `period` of which time (day, week, month) where it is.

    A broadcast every other day has the value `1/2`.
    """

    name: str
    value: str
    start: int
    end: int
    period: str = ""


@lru_cache(maxsize=1)
def _forms() -> list[tuple[str, re.Pattern[str]]]:
    content = yaml.safe_load(FORMS_FILE.read_text(encoding="utf-8"))
    parts = {**content["parts"], "n": _NUMBER}
    return [(name, re.compile(form.format(**parts))) for name, forms in content["forms"].items() for form in forms]


def find_counts(text: str) -> list[Count]:
    """Returns the counts in a text in its normal form, in their order; of overlapping ones the first form counts."""
    found: list[Count] = []
    for name, pattern in _forms():
        for count in _found(name, pattern, text):
            if not any(count.start < other.end and other.start < count.end for other in found):
                found.append(count)
    return sorted(found, key=lambda count: count.start)


def _found(name: str, pattern: re.Pattern[str], text: str) -> Iterator[Count]:
    for match in pattern.finditer(text):
        groups = match.groupdict()
        size = _count(groups["size"]) if groups.get("size") else None
        value = f"1/{size}" if size else _count(groups.get("n"))
        if value is not None and not (name == "years" and int(value) > MOST_YEARS):
            counted = "frequency" if name == "every" else name
            yield Count(counted, str(value), match.start(), match.end(), _period(groups.get("period"), counted))


def _period(said: Optional[str], counted: str) -> str:
    if said and said.endswith("day") and said not in ("day", "today"):
        # "Every Monday" is once a week.
        return "week"
    named = next((period for word, period in _PERIODS.items() if word in (said or "")), "")
    return named or ("day" if counted == "frequency" else "")


def _count(said: Optional[str]) -> Optional[int]:
    if said is None:
        return 1
    value = _SPECIAL.get(said) or number(said)
    return None if value is None else int(value)
