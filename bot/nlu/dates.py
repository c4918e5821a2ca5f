"""Days named in a text: 18 December, 2026/12/18, 11月23号, next Friday, 下周三, today, in three days.

A day without a fixed date is kept in a form of its own, for whoever knows today to reckon with:

| form | day |
|---|---|
| `2026-11-23` | that day |
| `--11-23`, `---23` | that day of a year or month not named |
| `D+2` | so many days from today |
| `W+1-3` | weekday 3 (Monday is 1) of the week so many weeks on |
| `N-5` | the coming weekday 5, today included |
| `M+1-05`, `M+0-end` | that day of the month so many months on, or its last |
| `Y+1-11-23`, `Y+0-end` | that day of the year so many years on, or its last |
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Callable, Iterable, Optional

from bot.nlu.number_words import number

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b"
_ZH_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_ZH_WEEK = r"(?:周|星期|礼拜)"
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|fourteen)"

# What a form's match means: a value, or None where there is no such day.
Value = Optional[str]


@dataclass(frozen=True)
class Day:
    """A day named in a text. `deadline` is whether something has to be done by it; `value` is None for no real day."""

    value: Optional[str]
    start: int
    end: int
    deadline: bool = False


def _full(match: re.Match[str]) -> Value:
    return _checked(int(match["year"]), int(match["month"]), int(match["day"]))


def _checked(year: Optional[int], month: int, day: int) -> Value:
    try:
        # 2024 is a leap year: without a year 29 February may be meant.
        date = datetime.date(year or 2024, month, day)
    except ValueError:
        return None
    return date.isoformat() if year else f"--{date:%m-%d}"


def _slashed(match: re.Match[str]) -> Value:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    # 18/12/2026 and 12/18/2026 can be read in one way only; 5/6/2026 can't, and counts as the 5th of June.
    day, month = (second, first) if second > 12 >= first else (first, second)
    return _checked(year, month, day)


def _named(match: re.Match[str]) -> Value:
    month = _MONTHS.index(match["month"][:3]) + 1
    return _checked(int(match["year"]) if match["year"] else None, month, int(match["day"]))


def _chinese(match: re.Match[str]) -> Value:
    month, day = number(match["month"]), number(match["day"])
    if month is None or day is None:
        return None
    year, word = match["year"], match["yearword"]
    checked = _checked(int(year) if year else None, int(month), int(day))
    if word and checked:
        return f"Y+{('今', '明', '后').index(word)}{checked[1:]}"
    return checked


def _month_end(match: re.Match[str]) -> Value:
    named = match["month"]
    month = _MONTHS.index(named[:3]) + 1 if named.isascii() and named.isalpha() else int(number(named) or 0)
    if not 1 <= month <= 12:
        return None
    year = int(match["year"]) if match["year"] else None
    last = calendar.monthrange(year or 2023, month)[1]
    return _checked(year, month, last)


def _day_of_month(match: re.Match[str]) -> Value:
    day = number(match["day"])
    if day is None or not 1 <= day <= 31:
        return None
    month = match.groupdict().get("month")
    ahead = {"next": 1, "下": 1, "下个": 1, "this": 0, "这": 0, "这个": 0, "本": 0}.get((month or "").strip())
    return f"---{int(day):02}" if ahead is None else f"M+{ahead}-{int(day):02}"


def _in_days(match: re.Match[str]) -> Value:
    words = {"a": 1, "an": 1}
    count = words.get(match["count"]) or number(match["count"])
    if count is None:
        return None
    unit = match["unit"][:1]
    if unit in ("m", "个", "月"):
        return f"D+{30 * int(count)}"
    return f"D+{int(count) * (7 if unit in ('w', '周', '星', '礼') else 1)}"


def _weekday(match: re.Match[str]) -> Value:
    day = _DAYS.index(match["weekday"][:3]) + 1
    if match["later"]:
        return f"W+{1 if match['later'].startswith('next') else 0}-{day}"
    weeks = {"next": 1, "this": 0, "last": -1}.get((match["which"] or "").strip())
    return f"N-{day}" if weeks is None else f"W{weeks:+}-{day}"


def _chinese_weekday(match: re.Match[str]) -> Value:
    day = "一二三四五六日".find(match["weekday"].replace("天", "日")) + 1
    which = match["which"] or ""
    if not which:
        return f"N-{day}"
    return f"W{('上' not in which and which.count('下')) or -which.count('上'):+}-{day}"


_RELATIVE = {
    "today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2, "yesterday": -1,
    "the day before yesterday": -2, "今天": 0, "今日": 0, "今晚": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
    "昨天": -1, "前天": -2,
}  # fmt: skip
_PERIODS = {
    "end of the month": "M+0-end", "end of this month": "M+0-end", "month's end": "M+0-end", "month end": "M+0-end",
    "end of next month": "M+1-end", "end of the year": "Y+0-end", "end of this year": "Y+0-end", "year end": "Y+0-end",
    "next week": "W+1-1", "next month": "M+1-01", "月底": "M+0-end", "本月底": "M+0-end", "这个月底": "M+0-end",
    "下月底": "M+1-end", "下个月底": "M+1-end", "年底": "Y+0-end", "下周": "W+1-1", "下个月": "M+1-01",
    "下月": "M+1-01", "下星期": "W+1-1", "下个星期": "W+1-1", "下礼拜": "W+1-1",
}  # fmt: skip


def _any_of(words: Iterable[str]) -> str:
    listed = sorted(words, key=len, reverse=True)
    return "|".join(rf"\b{word}\b(?!'s)" if word.isascii() else word for word in listed)


_YEAR = r"(?:,?\s+(?P<year>20\d\d))?"
_ORDINAL = r"(?:st|nd|rd|th)"
_ISO = (
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d)"
    r"\s*[日号]?"
)
_CHINESE = (
    rf"(?:(?P<year>\d{{4}})年|(?P<yearword>[今明后])年)?(?P<month>{_ZH_NUMBER})月"
    rf"(?P<day>{_ZH_NUMBER})[日号]?(?!\d)"
)
_ON_THE = rf"\b(?:on|by|from|before|until) the (?P<day>\d{{1,2}}){_ORDINAL}\b(?: of (?P<month>this|next) month)?"
_ENGLISH_WEEKDAY = (
    rf"(?:\b(?P<which>next|this|last|coming) )?\b(?P<weekday>{_WEEKDAY})"
    r"(?: (?:of )?(?P<later>next week|this week))?"
)
_CHINESE_WEEKDAY = rf"(?P<which>下下个?|下个?|上上个?|上个?|这个?|本)?{_ZH_WEEK}(?P<weekday>[一二三四五六日天])"

# The forms with what their match means; of overlapping finds that of the first form counts.
_FORMS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Value]]] = [
    (re.compile(pattern), read)
    for pattern, read in (
        (_ISO, _full),
        (r"(?<!\d)(?P<first>\d{1,2})[-/.](?P<second>\d{1,2})[-/.](?P<year>20\d\d)(?!\d)", _slashed),
        (rf"(?<![\d.])(?P<day>\d{{1,2}}){_ORDINAL}?\s+(?:of\s+)?" + _MONTH.format("month") + _YEAR, _named),
        (rf"\b{_MONTH.format('month')}\s+(?:the\s+)?(?P<day>\d{{1,2}}){_ORDINAL}?(?!\d)" + _YEAR, _named),
        (rf"\bend of {_MONTH.format('month')}" + _YEAR, _month_end),
        (rf"(?:(?P<year>\d{{4}})年)?(?P<month>{_ZH_NUMBER})月底", _month_end),
        (_CHINESE, _chinese),
        (rf"(?P<month>下个?|这个?|本)月(?P<day>{_ZH_NUMBER})[日号]", _day_of_month),
        (rf"(?<![\d月一二三四五六七八九十第])(?P<day>{_ZH_NUMBER})(?:日|号(?![码线店楼院群]))", _day_of_month),
        (_ON_THE, _day_of_month),
        (rf"\bin (?P<count>{_COUNT}) (?P<unit>days?|weeks?|months?)\b", _in_days),
        (rf"(?P<count>{_ZH_NUMBER}|两)(?P<unit>天|个?星期|个?礼拜|周|个月)(?:之后|以后|后)", _in_days),
        (_ENGLISH_WEEKDAY, _weekday),
        (_CHINESE_WEEKDAY, _chinese_weekday),
        (_any_of(_RELATIVE), lambda match: f"D{_RELATIVE[match[0]]:+}"),
        (_any_of(_PERIODS), lambda match: _PERIODS[match[0]]),
    )
]

_BY = re.compile(
    r"(?:\bby|\bbefore|\buntil|\btill|no later than|not later than|deadline(?: is| of)?|due(?: on)?|"
    r"赶在|最晚|最迟|截止到?|截至|不晚于|到)(?: at the latest| the| on)*\s*$"
)
_AFTERWARDS = re.compile(
    r"\s*(?:at the latest|之前|以前|前(?!后)|截止|为止|就?(?:必须|一定)?要?(?:认证|审核|办|弄|拿|搞)(?:好|完|下来))"
)


# Who asks by when to begin names the day when all must be done.
_ASKS_BACK = re.compile(
    r"那之前|在此之前|before then|by then|latest (?:day|date)|how early|倒推|往前推|"
    r"when (?:must|should|do|shall) (?:we|i|you) (?:have to |need to )?(?:apply|submit|file|hand)|"
    r"(?:最晚|最迟)(?:要|得|应该|必须)*(?:什么时候|哪天|哪一天|几号|何时)(?:要|得|应该|必须|前|之前)*(?:提交|申请|交|办)"
)

# A weekday beside a date only says it again: "Friday 25 September", 12月18日（周五）.
_BESIDE = 3


def find_days(text: str) -> list[Day]:
    """Returns the days in a text in its normal form, in their order; of overlapping ones the first form counts."""
    found: list[Day] = []
    back = bool(_ASKS_BACK.search(text))
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            if not any(match.start() < day.end and day.start < match.end() for day in found):
                found.append(Day(read(match), match.start(), match.end(), back or _is_deadline(text, match)))
    dated = [day for day in found if not (day.value or "").startswith("N-")]
    repeated = [day for day in found if day not in dated and any(_is_beside(day, other) for other in dated)]
    return sorted((day for day in found if day not in repeated), key=lambda day: day.start)


def _is_beside(day: Day, other: Day) -> bool:
    return 0 <= other.start - day.end <= _BESIDE or 0 <= day.start - other.end <= _BESIDE


def _is_deadline(text: str, match: re.Match[str]) -> bool:
    return bool(_BY.search(text[: match.start()]) or _AFTERWARDS.match(text, match.end()) or _leads_with_by(match[0]))


def _leads_with_by(words: str) -> bool:
    return words.startswith(("by ", "before ", "until "))
