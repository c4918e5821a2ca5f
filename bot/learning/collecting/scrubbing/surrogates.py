"""Stand-ins of the same form: the same for the same value, and of no use to find out the value without the key."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator
from itertools import count

from bot.learning.collecting.scrubbing.checks import identity_check, luhn_check, only_digits

LOWER, UPPER, DIGITS = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
NUMERALS = "零一二三四五六七八九"
PUBLIC_MAIL = frozenset(
    re.findall(
        r"\S+",
        "qq.com foxmail.com 163.com 126.com sina.com aliyun.com gmail.com outlook.com hotmail.com yahoo.com icloud.com",
    )
)
EXAMPLE = "example.com"
AREA = "110101"

Make = Callable[[str, Iterator[int]], str]


class Surrogates:
    """Makes stand-ins under a secret key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def make(self, make: Make, value: str) -> str:
        """Returns what `make` makes of a value; the value's spelling does not count, and the result is another one."""
        canonical = "".join(filter(str.isalnum, value)).lower()
        for attempt in count():
            made = make(value, self._numbers(f"{make.__name__}\0{canonical}\0{attempt}"))
            if made != value:
                return made
            if attempt == 100:
                # Nothing in it that could be another.
                return "x" * len(value)
        raise AssertionError("count() ends nowhere")

    def _numbers(self, seed: str) -> Iterator[int]:
        for block in count():
            digest = hmac.new(self._key, f"{seed}\0{block}".encode("utf-8", "replace"), hashlib.sha256).digest()
            # Two bytes for a number, so that every digit is as likely as the others.
            yield from (int.from_bytes(digest[place : place + 2], "big") for place in range(0, len(digest), 2))


def filled(form: str, characters: str, places: str = "") -> str:
    """Returns a form with its digits, and whatever is in `places`, replaced one after the other; the rest stays."""
    left = iter(characters)
    return "".join(next(left) if each.isdecimal() or each in places else each for each in form)


def alike(value: str, numbers: Iterator[int]) -> str:
    """Returns other letters for letters and other digits for digits."""
    return "".join(_like(character, numbers) for character in value)


def _like(character: str, numbers: Iterator[int]) -> str:
    for kind in (LOWER, UPPER, DIGITS):
        if character in kind:
            return kind[next(numbers) % len(kind)]
    # Letters of other scripts have no alphabet here.
    return "x" if character.isalpha() else character


def number(value: str, numbers: Iterator[int]) -> str:
    """Returns another number. A zero in front stays one, and no other becomes one."""
    digits = only_digits(value)
    first = "0" if digits.startswith("0") else str(1 + next(numbers) % 9)
    return filled(value, first + "".join(str(next(numbers) % 10) for _ in digits[1:]))


def mobile(value: str, numbers: Iterator[int]) -> str:
    """Returns another Chinese mobile number: 1, then 3 to 9, then nine digits."""
    return filled(value, f"1{3 + next(numbers) % 7}" + "".join(str(next(numbers) % 10) for _ in range(9)))


def identity(value: str, numbers: Iterator[int]) -> str:
    """Returns another Chinese identity number that holds its own check."""
    born = f"{1960 + next(numbers) % 40}{1 + next(numbers) % 12:02}{1 + next(numbers) % 28:02}"
    digits = f"{AREA}{born}{next(numbers) % 1000:03}"
    return filled(value, digits + identity_check(digits), places="xX")


def card(value: str, numbers: Iterator[int]) -> str:
    """Returns another card number of the same length and network that holds its own check."""
    digits = only_digits(value)
    made = digits[0] + "".join(str(next(numbers) % 10) for _ in digits[2:])
    return filled(value, made + luhn_check(made))


def numerals(value: str, numbers: Iterator[int]) -> str:
    """Returns another number in Chinese numerals."""
    return "".join(NUMERALS[next(numbers) % 10] for _ in value)


def email(value: str, numbers: Iterator[int]) -> str:
    """Returns another address, at the same provider where that is one that everybody may use."""
    local, _, domain = value.partition("@")
    kept = domain if domain.strip().lower() in PUBLIC_MAIL else EXAMPLE
    return f"{alike(local, numbers)}@{kept}"
