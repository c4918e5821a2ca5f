"""A draft as a form: each field is named by its path in the draft's data, such as `rows.0.answer.zh`."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import FormData

from bot.learning.drafts import Draft

# Fields with several values, each a box to tick.
MANY = ("account", "subject", "industry", "suggests")
MOST_PARTS = 30


def read_draft_form(form: FormData) -> Draft:
    """Returns the draft that a form holds."""
    data: dict[str, Any] = {}
    for path in dict.fromkeys(form.keys()):
        *steps, last = path.split(".")
        if not path.startswith(_FIELDS) or len(steps) > 4:
            continue
        place = data
        for step in steps:
            place = place.setdefault(step, {})
            if not isinstance(place, dict):
                break
        else:
            values = [value for value in form.getlist(path) if isinstance(value, str)]
            place[last] = [value for value in values if value] if last in MANY else values[-1]
    return Draft.from_data(_as_lists(data))


_FIELDS = ("name", "title.", "question.", "area", "new_area.", "rows.", "sources.", "suggests")


def _as_lists(data: Any) -> Any:
    """Returns data in which what is numbered is a list: {"0": a, "1": b} is [a, b]."""
    if not isinstance(data, dict):
        return data
    if data and all(key.isdecimal() for key in data):
        return [_as_lists(data[key]) for key in sorted(data, key=int)[:MOST_PARTS]]
    return {key: _as_lists(value) for key, value in data.items()}


def changed_parts(draft: Draft, add: str, remove: str) -> Draft:
    """Returns a draft with an empty part more (`rows`, `rows.0.values`, `sources`), or without one (`rows.1`)."""
    data = draft.to_data()
    if add and isinstance(place := _at(data, add), (list, tuple)) and len(place) < MOST_PARTS:
        _set(data, add, [*place, {}])
    *steps, last = remove.split(".")
    if steps and last.isdecimal() and isinstance(place := _at(data, ".".join(steps)), (list, tuple)):
        _set(data, ".".join(steps), [part for index, part in enumerate(place) if index != int(last)])
    return Draft.from_data(data)


def paths_of(draft: Draft) -> list[str]:
    """Returns the paths of all fields of a draft that the form has."""
    return list(_paths("", draft.to_data()))


def fault_id(path: str) -> str:
    """Returns the id of the place where a field's faults are told."""
    return f"fault-{path.replace('.', '-')}"


def _paths(path: str, data: Any) -> list[str]:
    if isinstance(data, dict):
        found = [each for key, value in data.items() for each in _paths(f"{path}.{key}" if path else key, value)]
        # What is wrong with both languages of some words, or with a whole row, is told before it.
        return [path, *found] if path else found
    if isinstance(data, (list, tuple)) and path.rpartition(".")[2] not in MANY:
        return [path, *(each for index, value in enumerate(data) for each in _paths(f"{path}.{index}", value))]
    return [path]


def _at(data: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, (list, tuple)) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def _set(data: dict[str, Any], path: str, value: Any) -> None:
    parent, _, last = path.rpartition(".")
    place = _at(data, parent) if parent else data
    if isinstance(place, dict):
        place[last] = value
