"""Menus that WeChat would take, and those it would not."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.wechat.rehearsal.api_errors import CallRefusedError
from bot.channels.wechat.rehearsal.api_menu import check_menu, to_current


def tap(name: Any = "费用", key: Any = "fees") -> dict[str, Any]:
    return {"type": "click", "name": name, "key": key}


def page(url: Any = "https://example.com/") -> dict[str, Any]:
    return {"type": "view", "name": "网站", "url": url}


def below(*buttons: Any) -> dict[str, Any]:
    return {"name": "更多", "sub_button": list(buttons)}


TAKEN = {
    "one": [tap()],
    "full": [below(*[tap()] * 5)] * 3,
    "longest names": [tap("问" * 5 + "a"), below(tap("问" * 20))],
    "longest keys": [tap(key="k" * 128), page("https://example.com/" + "a" * 1004)],
    "nothing below": [{**tap(), "sub_button": []}],
}
REFUSED = {
    "none": ([], 40016),
    "no list": ({}, 40016),
    "four": ([tap()] * 4, 40016),
    "six below": ([below(*[tap()] * 6)], 40023),
    "a name too long": ([tap("问" * 5 + "ab")], 40018),
    "no name": ([tap("")], 40018),
    "a number for a name": ([tap(5)], 40018),
    "a name below too long": ([below(tap("问" * 20 + "a"))], 40025),
    "a key too long": ([tap(key="键" * 43)], 40019),
    "no key": ([tap(key=None)], 40019),
    "a key below too long": ([below(tap(key="k" * 129))], 40026),
    "an address too long": ([page("https://example.com/" + "a" * 1005)], 40020),
    "an address below too long": ([below(page("a" * 1025))], 40027),
    "no type": ([{"name": "a"}], 40017),
    "another type": ([{"name": "a", "type": "clack", "key": "b"}], 40017),
    "another type below": ([below({"name": "a", "type": "clack"})], 40024),
    "a third level": ([below(below(tap()))], 40022),
    "a text for a button": (["tap"], 47001),
    "a text for buttons": ([{"name": "a", "sub_button": "b"}], 40023),
}


@pytest.mark.parametrize("buttons", TAKEN.values(), ids=TAKEN)
def test_menus_that_are_taken(buttons: Any) -> None:
    check_menu({"button": buttons})


@pytest.mark.parametrize(("buttons", "code"), REFUSED.values(), ids=REFUSED)
def test_menus_that_are_refused(buttons: Any, code: int) -> None:
    with pytest.raises(CallRefusedError) as raised:
        check_menu({"button": buttons})
    assert raised.value.code == code


def test_what_is_no_menu() -> None:
    with pytest.raises(CallRefusedError):
        check_menu([])


def test_the_menu_in_use_is_written_in_another_way() -> None:
    assert to_current({"button": [{**tap(), "sub_button": []}, below(page())]}) == {
        "button": [tap(), {"name": "更多", "sub_button": {"list": [page()]}}]
    }
