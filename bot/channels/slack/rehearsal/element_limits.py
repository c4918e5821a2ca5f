"""The limits of what stands in blocks: buttons, menus, inputs.

https://docs.slack.dev/reference/block-kit/block-elements/
"""

from __future__ import annotations

from typing import Any

from bot.channels.slack.rehearsal.problems import (
    Json,
    Problem,
    Problems,
    check_list,
    check_optional,
    check_optional_texts,
    check_string,
    check_text,
)

STYLES = (None, "primary", "danger")
MOST_OPTIONS = {"static_select": 100, "multi_static_select": 100, "overflow": 5, "radio_buttons": 10, "checkboxes": 10}
PICKERS = (
    "users_select",
    "conversations_select",
    "channels_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
)
INPUTS = (
    "plain_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    "rich_text_input",
    "datepicker",
    "timepicker",
    "datetimepicker",
)


def check_element(element: Any, pointer: str, allowed: tuple[str, ...]) -> Problems:
    """Yields what is wrong with an element of one of the allowed types."""
    if not isinstance(element, dict) or element.get("type") not in allowed:
        yield Problem(f"{pointer}/type", f"must be one of {', '.join(allowed)}")
        return
    kind = element["type"]
    yield from check_optional(element, pointer, {"action_id": 255, "value": 2000, "accessibility_label": 75})
    yield from check_optional_texts(element, pointer, {"placeholder": 150})
    if element.get("confirm") is not None:
        yield from _check_confirm(element["confirm"], f"{pointer}/confirm")
    if kind == "button":
        yield from _check_button(element, pointer)
    elif kind == "image":
        yield from check_image(element, pointer)
    elif kind in MOST_OPTIONS:
        yield from _check_options(element, pointer, MOST_OPTIONS[kind])
    elif kind == "plain_text_input":
        yield from check_optional(element, pointer, {"initial_value": 3000})
    elif kind == "feedback_buttons":
        yield from _check_feedback(element, pointer)
    elif kind == "icon_button":
        yield from check_text(element.get("text"), f"{pointer}/text", 75, plain=True)


def check_image(image: Json, pointer: str) -> Problems:
    """Yields what is wrong with a picture: https://docs.slack.dev/reference/block-kit/block-elements/image-element/."""
    if not image.get("slack_file"):
        yield from check_string(image.get("image_url"), f"{pointer}/image_url", 3000)
    yield from check_string(image.get("alt_text"), f"{pointer}/alt_text", 2000)


def _check_button(button: Json, pointer: str) -> Problems:
    yield from check_text(button.get("text"), f"{pointer}/text", 75, plain=True)
    yield from check_optional(button, pointer, {"url": 3000})
    if button.get("style") not in STYLES:
        yield Problem(f"{pointer}/style", "must be one of primary, danger")


def _check_feedback(element: Json, pointer: str) -> Problems:
    for name in ("positive_button", "negative_button"):
        button, place = element.get(name), f"{pointer}/{name}"
        if not isinstance(button, dict):
            yield Problem(place, "must be an object")
            continue
        yield from check_text(button.get("text"), f"{place}/text", 75, plain=True)
        yield from check_string(button.get("value"), f"{place}/value", 2000)
        yield from check_optional(button, place, {"accessibility_label": 75})


def _check_options(menu: Json, pointer: str, most: int) -> Problems:
    groups = menu.get("option_groups")
    if groups is not None and "select" in menu["type"]:
        faults = [*check_list(groups, f"{pointer}/option_groups", 100)]
        yield from faults
        for number, group in enumerate([] if faults else groups):
            place = f"{pointer}/option_groups/{number}"
            yield from check_text(group.get("label"), f"{place}/label", 75, plain=True)
            yield from _check_option_list(group.get("options"), f"{place}/options", most)
        return
    yield from _check_option_list(menu.get("options"), f"{pointer}/options", most)
    chosen = menu.get("initial_options") or ([menu["initial_option"]] if menu.get("initial_option") else [])
    if any(option not in (menu.get("options") or []) for option in chosen):
        yield Problem(f"{pointer}/initial_option", "must match one of the options")


def _check_option_list(options: Any, pointer: str, most: int) -> Problems:
    faults = [*check_list(options, pointer, most)]
    yield from faults
    for number, option in enumerate([] if faults else options):
        place = f"{pointer}/{number}"
        yield from check_text(option.get("text"), f"{place}/text", 75)
        yield from check_string(option.get("value"), f"{place}/value", 150)
        yield from check_optional_texts(option, place, {"description": 75}, plain=False)
        yield from check_optional(option, place, {"url": 3000})


def _check_confirm(confirm: Any, pointer: str) -> Problems:
    if not isinstance(confirm, dict):
        yield Problem(pointer, "must be an object")
        return
    yield from check_text(confirm.get("title"), f"{pointer}/title", 100, plain=True)
    yield from check_text(confirm.get("text"), f"{pointer}/text", 300)
    yield from check_text(confirm.get("confirm"), f"{pointer}/confirm", 30, plain=True)
    yield from check_text(confirm.get("deny"), f"{pointer}/deny", 30, plain=True)
