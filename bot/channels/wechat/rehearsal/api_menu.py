"""What a custom menu may be: https://developers.weixin.qq.com/doc/service/api/custommenu/api_getmenu"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.channels.wechat.rehearsal.api_errors import CallRefusedError

TAPS = (
    "click",
    "scancode_push",
    "scancode_waitmsg",
    "pic_sysphoto",
    "pic_photo_or_album",
    "pic_weixin",
    "location_select",
)
PAGES = ("view", "miniprogram")
MEDIA = ("media_id", "view_limited", "article_id", "article_view_limited")


@dataclass(frozen=True)
class Level:
    """The limits of a level (bytes of UTF-8) and the codes for going past them."""

    most: int
    name_bytes: int
    size: int
    type: int
    name: int
    key: int
    url: int


TOP = Level(3, 16, 40016, 40017, 40018, 40019, 40020)
SUB = Level(5, 60, 40023, 40024, 40025, 40026, 40027)
KEY_BYTES = 128
URL_BYTES = 1024


def check_menu(menu: Any) -> None:
    """Raises CallRefusedError where WeChat would not take the menu."""
    if not isinstance(menu, dict):
        raise CallRefusedError(47001)
    _check_level(menu.get("button"), TOP)


def to_current(menu: dict[str, Any]) -> dict[str, Any]:
    """Returns a menu as get_current_selfmenu_info writes it: entries below another stand in a "list"."""
    return {"button": [_to_current(button) for button in menu["button"]]}


def _to_current(button: dict[str, Any]) -> dict[str, Any]:
    if button.get("sub_button"):
        return {"name": button["name"], "sub_button": {"list": [_to_current(below) for below in button["sub_button"]]}}
    return {key: value for key, value in button.items() if key != "sub_button"}


def _check_level(buttons: Any, level: Level) -> None:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= level.most:
        raise CallRefusedError(level.size)
    for button in buttons:
        _check_button(button, level)


def _check_button(button: Any, level: Level) -> None:
    if not isinstance(button, dict):
        raise CallRefusedError(47001)
    _check_size(button.get("name"), level.name_bytes, level.name)
    if button.get("sub_button"):
        if level is SUB:
            raise CallRefusedError(40022)
        _check_level(button["sub_button"], SUB)
    elif button.get("type") in TAPS:
        _check_size(button.get("key"), KEY_BYTES, level.key)
    elif button.get("type") in PAGES:
        _check_size(button.get("url"), URL_BYTES, level.url)
    elif button.get("type") not in MEDIA:
        raise CallRefusedError(level.type)


def _check_size(text: Any, most: int, code: int) -> None:
    if not isinstance(text, str) or not 1 <= len(text.encode("utf-8")) <= most:
        raise CallRefusedError(code)
