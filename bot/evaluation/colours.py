"""Colours of the confusion table and picture: deeper the larger the share, with a text colour that stands out."""

from __future__ import annotations

from typing import NamedTuple

Rgb = tuple[int, int, int]

# From nearly nothing to everything: green on the diagonal, orange off it.
RIGHT: tuple[Rgb, Rgb] = ((226, 240, 236), (15, 95, 83))
WRONG: tuple[Rgb, Rgb] = ((253, 236, 217), (166, 50, 10))
DARK, LIGHT = (0, 0, 0), (255, 255, 255)


class Shade(NamedTuple):
    """A ground and the text on it, as CSS writes colours."""

    ground: str
    text: str


def shade(share: float, right: bool) -> Shade:
    """Returns the colours of a cell with this share of its row."""
    ground = _between(*(RIGHT if right else WRONG), share)
    text = max((DARK, LIGHT), key=lambda colour: contrast(ground, colour))
    return Shade(_css(ground), _css(text))


def contrast(one: Rgb, other: Rgb) -> float:
    """Returns the contrast ratio of two colours (WCAG 2.1, https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _between(start: Rgb, end: Rgb, share: float) -> Rgb:
    red, green, blue = (round(low + (high - low) * share) for low, high in zip(start, end, strict=True))
    return red, green, blue


def _css(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
