"""Charts as SVG inside a page: no script, no style of their own, every text escaped.

Sizes are in the units of the picture's own box, which the page scales to its width.
"""

from __future__ import annotations

from typing import Callable, NamedTuple, Optional, Sequence

from markupsafe import Markup, escape

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 26
# Told apart by people who see few colours (https://jfly.uni-koeln.de/color/), on light and dark grounds.
COLOURS = ("#0f8a75", "#d1791b", "#4a7fd4", "#c2569a", "#8a8f1d", "#b8463a", "#6b5fc7", "#3f9a3a", "#a0704a", "#5f8a99")

_PICTURE = Markup('<svg viewBox="0 0 {} {}" role="{}" aria-label="{}" xmlns="http://www.w3.org/2000/svg">{}</svg>')
_RULE = Markup('<line x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}" stroke="currentColor" stroke-opacity="0.15"/>')
_DOT = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="3.5" fill="{}"><title>{}</title></circle>')
_SLANTED = Markup('<text transform="translate({:.1f},{:.1f}) rotate(-50)">{}</text>')
_SQUARE = Markup(
    '<rect x="{}" y="{}" width="24" height="24" rx="3" fill="#b8463a" fill-opacity="{:.2f}"><title>{}</title></rect>'
)
_CIRCLE = Markup(
    '<a href="{}" aria-label="{}"><circle cx="{:.1f}" cy="{:.1f}" r="5" fill="{}" fill-opacity="0.8">'
    "<title>{}</title></circle></a>"
)


class Series(NamedTuple):
    """A line: one value for each label of the axis, None where there is none."""

    name: str
    values: Sequence[Optional[float]]


class Point(NamedTuple):
    """A point of a map. `address` is what a click on it opens; points of one `group` have one colour."""

    x: float
    y: float
    group: int
    text: str
    address: str


class Cell(NamedTuple):
    """A count of a grid, by its row and column."""

    row: str
    column: str
    times: int


def draw_lines(
    title: str, labels: Sequence[str], series: Sequence[Series], written: Callable[[float], str], most: float = 0.0
) -> Markup:
    """Draws lines over time. `written` writes a value, `most` is the upper end of the axis where it is given."""
    top = most or max((value for line in series for value in line.values if value is not None), default=0.0) or 1.0
    parts = [_grid(top, written), _labels(labels)]
    for index, line in enumerate(series):
        parts.append(_line(line, len(labels), top, COLOURS[index % len(COLOURS)], labels, written))
    return _picture(title, WIDTH, HEIGHT, parts)


def draw_bars(title: str, bars: Sequence[tuple[str, float]], written: Callable[[float], str]) -> Markup:
    """Draws bars that lie, each with its name and value."""
    top = max((value for _, value in bars), default=0.0) or 1.0
    parts = []
    for index, (name, value) in enumerate(bars):
        y = 8 + index * 30
        length = (WIDTH - 260) * value / top
        parts.append(_text(150, y + 15, name, "end"))
        parts.append(
            Markup('<rect x="158" y="{}" width="{:.1f}" height="20" rx="3" fill="{}"/>').format(y, length, COLOURS[0])
        )
        parts.append(_text(164 + length, y + 15, written(value)))
    return _picture(title, WIDTH, 16 + 30 * len(bars), parts)


def draw_grid(title: str, cells: Sequence[Cell], rows_are: str, columns_are: str) -> Markup:
    """Draws counts as a grid: what was expected by row, what came by column, the darker the more."""
    rows, columns = (list(dict.fromkeys(names)) for names in ([c.row for c in cells], [c.column for c in cells]))
    most = max((cell.times for cell in cells), default=1)
    side, left, top = 26, 230, 150
    parts = [_text(left - 8, top - 8, rows_are, "end")]
    parts += [_text(left - 8, top + index * side + 17, _short(name), "end") for index, name in enumerate(rows)]
    parts += [_slanted(left + index * side + 12, top - 8, _short(name)) for index, name in enumerate(columns)]
    for cell in cells:
        x, y = left + columns.index(cell.column) * side, top + rows.index(cell.row) * side
        told = f"{cell.row} → {cell.column}: {cell.times}"
        parts.append(_SQUARE.format(x, y, 0.25 + 0.75 * cell.times / most, told))
        parts.append(_text(x + 12, y + 16, str(cell.times), "middle"))
    width = max(WIDTH, left + side * len(columns) + 130)
    parts.append(_text(width - 4, 14, columns_are, "end"))
    return _picture(title, width, top + side * len(rows) + 8, parts)


def draw_map(title: str, points: Sequence[Point]) -> Markup:
    """Draws texts by their likeness: points near each other ask for much the same. Hovering tells, a click opens."""
    height = 420
    xs, ys = [point.x for point in points] or [0.0], [point.y for point in points] or [0.0]
    parts = []
    for point in points:
        x = 12 + (WIDTH - 24) * (point.x - min(xs)) / ((max(xs) - min(xs)) or 1)
        y = 12 + (height - 24) * (point.y - min(ys)) / ((max(ys) - min(ys)) or 1)
        told = _short(point.text, 160)
        colour = COLOURS[point.group % len(COLOURS)]
        parts.append(_CIRCLE.format(point.address, told, x, y, colour, told))
    return _picture(title, WIDTH, height, parts, role="group")


def _picture(title: str, width: int, height: int, parts: Sequence[Markup], role: str = "img") -> Markup:
    return _PICTURE.format(width, height, role, title, Markup("").join(parts))


def _grid(top: float, written: Callable[[float], str]) -> Markup:
    parts = []
    for step in range(5):
        value = top * step / 4
        y = _y(value, top)
        parts.append(_RULE.format(LEFT, WIDTH - RIGHT, y, y))
        parts.append(_text(LEFT - 6, y + 4, written(value), "end"))
    return Markup("").join(parts)


def _labels(labels: Sequence[str]) -> Markup:
    every = max(1, -(-len(labels) // 7))
    shown = [(index, label) for index, label in enumerate(labels) if index % every == 0]
    return Markup("").join(_text(_x(index, len(labels)), HEIGHT - 8, label, "middle") for index, label in shown)


def _line(
    line: Series, count: int, top: float, colour: str, labels: Sequence[str], written: Callable[[float], str]
) -> Markup:
    there = [(index, value) for index, value in enumerate(line.values) if value is not None]
    path = " ".join(f"{'L' if place else 'M'}{_x(i, count):.1f},{_y(v, top):.1f}" for place, (i, v) in enumerate(there))
    parts = [Markup('<path d="{}" fill="none" stroke="{}" stroke-width="2.5"/>').format(path, colour)]
    for index, value in there:
        told = f"{labels[index]} · {line.name}: {written(value)}"
        parts.append(_DOT.format(_x(index, count), _y(value, top), colour, told))
    return Markup("").join(parts)


def _x(index: int, count: int) -> float:
    return LEFT + 16 + (WIDTH - LEFT - RIGHT - 32) * (index / (count - 1) if count > 1 else 0.5)


def _y(value: float, top: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)


def _text(x: float, y: float, text: str, anchor: str = "start") -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(x, y, anchor, escape(text))


def _slanted(x: float, y: float, text: str) -> Markup:
    return _SLANTED.format(x, y, escape(text))


def _short(text: str, most: int = 30) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
