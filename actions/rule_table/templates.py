"""Templates of sentences: text with names in braces."""

from __future__ import annotations

from string import Formatter


def placeholders(template: str) -> set[str]:
    """Returns the names a template asks for. Raises ValueError where its braces don't pair."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}
