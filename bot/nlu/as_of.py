"""The date of an "as of": the day, month or year by whose rules somebody asks."""

from __future__ import annotations

import datetime
import re
from typing import Optional

from dateutil import parser

_NUMERIC = (
    r"(?P<year>20\d\d)(?!\d)(?:\s*[-年/.]\s*(?P<month>1[0-2]|0?[1-9])(?!\d)(?:\s*[-月/.]\s*(?P<day>\d{1,2}))?)?"
    r"\s*[年月日号]?"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_NAMED = r"(?P<named>(?:\d{1,2}\s+)?" + _MONTH + r"(?:\s+\d{1,2},?)?\s+20\d\d)"

_RULES = r"(?:rules?|regulations?|policy|policies)"

# A date alone is the date of an event; only with one of these words does it name the rules of a time.
_FORMS = [
    rf"(?:\bas of|\bas at|截至|截止到?)\s*(?:{_NAMED}|{_NUMERIC})",
    rf"\b(?:under|by|with|according to|in)\s+(?:the\s+)?(?:{_NAMED}|{_NUMERIC})(?:'s)?\s+{_RULES}\b",
    rf"\b{_RULES}\s+(?:of|in|from|for)\s+(?:{_NAMED}|{_NUMERIC})",
    rf"(?:按照?|依照?|根据|照)\s*(?:{_NUMERIC})\s*的?(?:时候的?)?(?:规定|规则|政策|标准)",
]
_PATTERNS = [re.compile(form) for form in _FORMS]


def find_as_of(text: str) -> Optional[tuple[str, int, int]]:
    """Returns the date (`2026`, `2026-11` or `2026-11-21`) and where its words start and end, or None.

    The text is expected in its normal form.
    """
    for pattern in _PATTERNS:
        match = pattern.search(text)
        date = _date(match.groupdict()) if match else None
        if match and date:
            return date, match.start(), match.end()
    return None


def _date(found: dict[str, Optional[str]]) -> Optional[str]:
    """Returns the date that was found, None where there is no such day."""
    try:
        return _named(found["named"]) if found.get("named") else _numeric(found)
    except ValueError:
        return None


def _numeric(found: dict[str, Optional[str]]) -> str:
    parts = [int(part) for part in (found["year"], found["month"], found["day"]) if part]
    datetime.date(*[*parts, 1, 1][:3])
    return "-".join(f"{part:02}" for part in parts)


def _named(named: Optional[str]) -> str:
    # The day that dateutil puts where none is written tells whether one was.
    days = [parser.parse(named, default=datetime.datetime(2000, 1, day)).date() for day in (1, 2)]
    return days[0].isoformat() if days[0] == days[1] else days[0].isoformat()[:7]
