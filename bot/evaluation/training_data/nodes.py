"""What YAML nodes hold: fields, items, names, and the lines of a block of text."""

from __future__ import annotations

from typing import Iterator, Optional

import yaml

NO_TEXT = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:null")


def line_of(node: yaml.Node) -> int:
    """Returns the line (from 1) on which a node begins."""
    line: int = node.start_mark.line + 1
    return line


def fields_of(node: Optional[yaml.Node]) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """Returns the keys of a mapping with the nodes of key and value; nothing for another node."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {str(key.value): (key, value) for key, value in pairs}


def items_of(node: yaml.Node) -> Optional[list[yaml.Node]]:
    """Returns the items of a list, also of an empty one; None for another node."""
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    return [] if is_empty(node) else None


def name_of(node: yaml.Node) -> str:
    """Returns a name; an empty one for what Rasa does not read as text."""
    is_text = isinstance(node, yaml.ScalarNode) and (node.style or node.tag not in NO_TEXT)
    return str(node.value).strip() if is_text else ""


def is_empty(node: yaml.Node) -> bool:
    """Whether nothing is written."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.tag == NO_TEXT[-1]


def lines_of(node: yaml.ScalarNode) -> Iterator[tuple[int, str]]:
    """Yields the lines of a text, each with its number in the file."""
    is_block = node.style == "|"
    for index, line in enumerate(node.value.split("\n")):
        yield line_of(node) + (index + 1 if is_block else 0), line
