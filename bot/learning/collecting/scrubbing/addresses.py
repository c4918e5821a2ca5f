"""What of a web address may be somebody's: user and password, values of the query, and long numbers in the path."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.learning.collecting.scrubbing.checks import is_date, is_token
from bot.learning.collecting.scrubbing.surrogates import alike

_PARTS = re.compile(
    r"(?P<scheme>[a-z]+://)(?P<user>[^/?#@]*@)?(?P<host>[^/?#]*)(?P<path>[^?#]*)(?P<rest>.*)", re.I | re.S
)
_VALUE = re.compile(r"([?&;#][^=&;#]*=)?([^&;#=?]+)")
_SEGMENT = re.compile(r"[^/]+")
_LONG_NUMBER = re.compile(r"\d{7,}")


def has_private_parts(url: str) -> bool:
    """Whether anything in an address is replaced."""
    found = _PARTS.match(url)
    return bool(found and (found["user"] or found["rest"] or any(map(_is_private, _SEGMENT.findall(found["path"])))))


def web_address(value: str, numbers: Iterator[int]) -> str:
    """Returns an address with the same host and names, and other values."""
    found = _PARTS.match(value)
    if found is None:
        return query(value, numbers)
    path = _SEGMENT.sub(lambda each: alike(each[0], numbers) if _is_private(each[0]) else each[0], found["path"])
    return f"{found['scheme']}{found['host']}{path}{query(found['rest'], numbers)}"


def query(value: str, numbers: Iterator[int]) -> str:
    """Returns a query with the same names and other values."""
    return _VALUE.sub(lambda each: (each[1] or "") + alike(each[2], numbers), value)


def _is_private(segment: str) -> bool:
    digits = _LONG_NUMBER.search(segment)
    return bool(digits and not is_date(digits[0])) or "@" in segment or (len(segment) >= 8 and is_token(segment))
