"""Numbers as people write them: 20,000, three million, half a million, 三百万, 1.5亿, 2万5, 500w."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Optional

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
_GREAT_UNITS = (("亿", 10**8), ("万", 10**4))

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: value for value, word in enumerate(_ONES)} | {word: 10 * (n + 2) for n, word in enumerate(_TENS)}

SCALES: dict[str, int] = {
    "hundred": 100,
    "thousand": 10**3,
    "grand": 10**3,
    "k": 10**3,
    "w": 10**4,
    "wan": 10**4,
    "m": 10**6,
    "mn": 10**6,
    "mio": 10**6,
    "million": 10**6,
    "millions": 10**6,
    "kw": 10**7,
    "bn": 10**9,
    "billion": 10**9,
    "trillion": 10**12,
}

ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:\.\d+)?"
CHINESE = r"(?:[零〇一二两俩三四五六七八九十百千万亿点半]|个(?=亿))+"
ENGLISH_WORD = r"(?:" + "|".join([*_ONES, *_TENS, "hundred", "thousand", "million", "billion", "half"]) + r")"
ENGLISH = rf"(?:(?:an?\s)?{ENGLISH_WORD}(?:[\s-](?:and\s)?(?:a\s)?{ENGLISH_WORD})*)"
_ARABIC = re.compile(ARABIC)


def arabic(text: str) -> Decimal:
    """Returns what digits say: `20,000` or `2.5`."""
    return Decimal(text.replace(",", "").replace(" ", ""))


def chinese(text: str) -> Optional[Decimal]:
    """Returns what Chinese numerals say, digits among them allowed (`3百万`, `2万5`); None where they say no number."""
    text = text.replace("个", "")
    for unit, factor in _GREAT_UNITS:
        before, found, after = text.rpartition(unit) if unit == "亿" else text.partition(unit)
        if found:
            return _with_rest(chinese(before) if before else Decimal(1), factor, after)
    return _below_ten_thousand(text)


def _with_rest(count: Optional[Decimal], factor: int, rest: str) -> Optional[Decimal]:
    if count is None:
        return None
    if not rest:
        return count * factor
    if rest == "半":
        return count * factor + Decimal(factor) / 2
    following = chinese(rest)
    if following is None:
        return None
    # "2万5" is 25,000: a bare digit counts the next lower unit.
    bare = len(rest) == 1 and rest not in _SMALL_UNITS
    return count * factor + following * (Decimal(factor) / 10 if bare else 1)


def _below_ten_thousand(text: str) -> Optional[Decimal]:
    if _ARABIC.fullmatch(text):
        return arabic(text)
    if text == "半":
        return Decimal("0.5")
    for unit in ("千", "百", "十"):
        before, found, after = text.partition(unit)
        if found:
            count = Decimal(1) if not before and unit == "十" else _below_ten_thousand(before)
            return _with_rest(count, _SMALL_UNITS[unit], after)
    whole, point, decimals = text.partition("点")
    if not whole or any(digit not in _DIGITS for digit in whole + decimals) or (point and not decimals):
        return None
    digits = "".join(str(_DIGITS[digit]) for digit in whole)
    return Decimal(digits + ("." + "".join(str(_DIGITS[digit]) for digit in decimals) if point else ""))


def english(text: str) -> Optional[Decimal]:
    """Returns what English number words say (`twenty five thousand`, `half a million`); None where they say none."""
    total, part, said = Decimal(0), Decimal(0), False
    for word in text.replace("-", " ").split():
        if word in ("and", "a", "an"):
            continue
        if word == "half":
            part += Decimal("0.5")
        elif word in _WORDS:
            part += _WORDS[word]
        elif word == "hundred":
            part = (part or Decimal(1)) * 100
        elif word in SCALES:
            total += (part or Decimal(1)) * SCALES[word]
            part = Decimal(0)
        else:
            return None
        said = True
    return total + part if said else None


def number(text: str) -> Optional[Decimal]:
    """Returns a number in digits, Chinese numerals or English words; None where it is none of them."""
    text = text.strip()
    if _ARABIC.fullmatch(text):
        return arabic(text)
    return chinese(text) if text and not text.isascii() else english(text)
