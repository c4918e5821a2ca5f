"""Whether digits are what they look like: check digits, dates, round figures."""

from __future__ import annotations

import datetime
import re

_AMOUNT_BEFORE = re.compile(r"(?:[¥$€£]|rmb|cny|usd|hkd|元|人民币|金额|共计?|total)[\s:]*$", re.IGNORECASE)
_ALTERNATION = re.compile(r"(?<=[A-Za-z])[0-9]|(?<=[0-9])[A-Za-z]")
_YEAR = re.compile(r"(?:19|20)\d\d")

# GB 11643-1999: https://openstd.samr.gov.cn/bzgk/gb/newGbInfo?hcno=080D6FBF2BB468F9007657F26D60013E
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"


def only_digits(text: str) -> str:
    """Returns the digits of a text."""
    return "".join(filter(str.isdecimal, text))


def luhn_check(digits: str) -> str:
    """Returns the digit that makes a card number of the digits before it (ISO/IEC 7812-1, Luhn)."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    return str(-sum(number // 10 + number % 10 for number in doubled) % 10)


def is_card(digits: str) -> bool:
    """Whether 13 to 19 digits end in the check digit of a bank card."""
    return 13 <= len(digits) <= 19 and luhn_check(digits[:-1]) == digits[-1]


def identity_check(digits: str) -> str:
    """Returns the last character of a Chinese identity number after its 17 digits."""
    return _ID_CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=True)) % 11]


def is_identity(characters: str) -> bool:
    """Whether 18 characters are a Chinese identity number."""
    return (
        len(characters) == 18
        and characters[:17].isdecimal()
        and identity_check(characters[:17]) == characters[17].upper()
    )


def is_date(digits: str) -> bool:
    """Whether digits are a day, such as 20140819, with or without a time behind it."""
    if len(digits) not in (8, 10, 12, 14) or not _YEAR.match(digits):
        return False
    try:
        datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def is_figure(digits: str, before: str) -> bool:
    """Whether a run of digits is an amount, a count or a date rather than a number that belongs to somebody."""
    return digits.endswith("0000") or is_date(digits) or bool(_AMOUNT_BEFORE.search(before[-12:]))


def are_figures(groups: list[str]) -> bool:
    """Whether groups of four digits are years or prices beside each other rather than one number."""
    years = all(_YEAR.fullmatch(group) for group in groups)
    return len(groups) > 1 and (years or all(group.endswith("00") for group in groups))


def is_token(text: str) -> bool:
    """Whether letters and digits alternate as nobody's words do: keys, hashes, ids of followers."""
    return len(_ALTERNATION.findall(text)) >= 3 and len(only_digits(text)) >= 3
