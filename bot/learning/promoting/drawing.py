"""The pictures of the report, as SVG in the page: light on a phone, sharp on paper, in the page's own colours."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from markupsafe import Markup

from bot.learning.promoting.comparison import Threshold

WIDTH, HEIGHT, LEFT, BELOW = 340, 230, 46, 36

# Of the confusion: a cell, the room for labels, and for one character of them.
CELL, CHARACTER, LABEL = 22, 6.2, 11


def draw_curve(threshold: Threshold, names: Mapping[str, str], across: str, up: str) -> Markup:
    """Draws the share of wrong answers over the share answered, a line for each language that has points.

    `names` are the languages in words, `across` and `up` the names of the axes.
    """
    top = max((point["wrong"] for point in threshold.curve), default=0.0) * 1.15 or 0.1
    least = min((point["answered"] for point in threshold.curve), default=0.0)
    lines = Markup("").join(_line(threshold, language, name, least, top) for language, name in names.items())
    axes = Markup(
        '<path class="axis" d="M{left} 8V{floor}H{right}"/>'
        '<text x="{left}" y="{under}">{least:.0%}</text><text class="end" x="{right}" y="{under}">100% {across}</text>'
        '<text x="2" y="{floor}">0%</text><text x="2" y="16">{top:.0%}</text><text x="{beside}" y="16">{up}</text>'
    ).format(
        left=LEFT, floor=HEIGHT - BELOW, right=WIDTH - 6, under=HEIGHT - 16, beside=LEFT + 6,
        least=least, top=top, across=across, up=up,
    )  # fmt: skip
    return Markup('<svg class="curve" viewBox="0 0 {} {}" role="img" aria-label="{}, {}">{}{}</svg>').format(
        WIDTH, HEIGHT, across, up, axes, lines
    )


def _line(threshold: Threshold, language: str, name: str, least: float, top: float) -> Markup:
    points = [point for point in threshold.curve if point["language"] == language]
    if not points:
        return Markup("")
    found = [_at(point, least, top) for point in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in found)
    drawn = Markup('<g class="{}"><polyline points="{}"/>').format(language, path)
    for kind, at in (("old", threshold.before), ("new", threshold.now)):
        nearest = min(points, key=lambda point: abs(point["threshold"] - at.get(language, 0.0)))
        x, y = _at(nearest, least, top)
        drawn += Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(
            kind, x, y, 6 if kind == "old" else 3
        )
    x, y = found[0]
    return drawn + Markup('<text class="end" x="{:.1f}" y="{:.1f}">{}</text></g>').format(x, max(12.0, y - 6), name)


def _at(point: Mapping[str, Any], least: float, top: float) -> tuple[float, float]:
    across = (point["answered"] - least) / (1 - least) if least < 1 else 1.0
    return LEFT + across * (WIDTH - 6 - LEFT), (HEIGHT - BELOW) - point["wrong"] / top * (HEIGHT - BELOW - 8)


def draw_confusion(pairs: Sequence[tuple[str, str, int]], label: str) -> Markup:
    """Draws expected topics against what was answered, each pair with its count."""
    rows = list(dict.fromkeys(expected for expected, _, _ in pairs))
    columns = list(dict.fromkeys(answered for _, answered, _ in pairs))
    left = CHARACTER * max(len(name) for name in rows) + 10
    above = CHARACTER * max(len(name) for name in columns) + 10
    most = max(times for _, _, times in pairs)
    names = Markup("").join(
        Markup('<text class="end" x="{:.0f}" y="{:.0f}">{}</text>').format(left - 5, above + CELL * place + 15, name)
        for place, name in enumerate(rows)
    ) + Markup("").join(
        Markup('<text transform="translate({:.0f} {:.0f}) rotate(-90)">{}</text>').format(
            left + CELL * place + 15, above - 5, name
        )
        for place, name in enumerate(columns)
    )
    cells = Markup("").join(
        Markup(
            '<rect x="{0:.0f}" y="{1:.0f}" width="{2}" height="{2}" fill-opacity="{3:.2f}"/>'
            '<text class="count" x="{4:.0f}" y="{5:.0f}">{6}</text>'
        ).format(x, y, CELL - 2, 0.2 + 0.5 * times / most, x + CELL / 2 - 1, y + 14, times)
        for expected, answered, times in pairs
        for x, y in ((left + CELL * columns.index(answered), above + CELL * rows.index(expected)),)
    )
    width, height = left + CELL * len(columns), above + CELL * len(rows)
    return Markup(
        '<svg class="confused" viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" height="{1:.0f}" role="img" '
        'aria-label="{2}">{3}{4}</svg>'
    ).format(width, height, label, names, cells)
