"""YAML with line numbers: plain data, and the line on which each part of it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union

import yaml

Place = tuple[Union[str, int], ...]
"""Where a value stands in the data: the keys and indexes that lead to it."""


@dataclass(frozen=True)
class Document:
    """One YAML file: its data, and the line (from 1) of every place in it."""

    file: Path
    data: Any
    lines: dict[Place, int]

    def line_of(self, place: Place) -> int:
        """Returns the line of a place, or of the nearest part of the file around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_document(file: Path) -> Document:
    """Reads one file. Raises yaml.YAMLError with a mark, or UnicodeDecodeError, where it can't be read."""
    loader = yaml.CSafeLoader(file.read_text(encoding="utf-8"))
    try:
        root = loader.get_single_node()
        lines: dict[Place, int] = {}
        data = _plain(loader, root, (), lines) if root is not None else None
    finally:
        loader.dispose()
    return Document(file, data, lines)


def _plain(loader: yaml.CSafeLoader, node: yaml.Node, place: Place, lines: dict[Place, int]) -> Any:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(loader, node, place, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, item, (*place, index), lines) for index, item in enumerate(node.value)]
    try:
        return loader.construct_object(node)
    except ValueError as error:
        # YAML makes dates itself, and knows no 13th month.
        raise yaml.MarkedYAMLError(problem=f"'{node.value}': {error}", problem_mark=node.start_mark) from error


def _plain_mapping(
    loader: yaml.CSafeLoader, node: yaml.MappingNode, place: Place, lines: dict[Place, int]
) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node))
        if key in data:
            raise yaml.MarkedYAMLError(problem=f"key '{key}' is there twice", problem_mark=key_node.start_mark)
        inside: Place = (*place, key)
        data[key] = _plain(loader, value_node, inside, lines)
        lines[inside] = key_node.start_mark.line + 1
    return data
