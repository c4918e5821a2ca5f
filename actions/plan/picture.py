"""The timeline as a picture: an SVG that stands inside the page, tall rather than wide, so that it fits a phone.

Text and shapes take their look from the page's style sheet by class; the picture has a title and a description for
those who don't see it (https://www.w3.org/TR/SVG2/struct.html#TitleElement).
"""

from __future__ import annotations

from typing import Any, Mapping
from xml.sax.saxutils import escape

WIDTH = 340
STEP = 76
TOP = 22
LINE_X = 14
TEXT_X = 36


def picture_of(timeline: Mapping[str, Any]) -> str:
    """Returns the SVG of a timeline's steps, one below the other."""
    steps = timeline["steps"]
    height = TOP * 2 + STEP * (len(steps) - 1) + 24
    drawn = "".join(_step(step, TOP + STEP * place, place) for place, step in enumerate(steps))
    line_end = TOP + STEP * (len(steps) - 1)
    return (
        f'<svg class="timeline" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="timeline-title timeline-description">'
        f'<title id="timeline-title">{escape(timeline["title"])}</title>'
        f'<desc id="timeline-description">{escape(timeline["description"])}</desc>'
        f'<line class="way" x1="{LINE_X}" y1="{TOP}" x2="{LINE_X}" y2="{line_end}"/>{drawn}</svg>'
    )


def _step(step: Mapping[str, Any], y: int, place: int) -> str:
    span = f'<text class="span" x="{TEXT_X}" y="{y - STEP // 2 + 12}">{escape(step["span"])}</text>'
    return (
        (span if step["span"] and place else "")
        + f'<circle class="dot" cx="{LINE_X}" cy="{y}" r="7"/>'
        + f'<text class="day" x="{TEXT_X}" y="{y}">{escape(step["day"])}</text>'
        + f'<text class="what" x="{TEXT_X}" y="{y + 18}">{escape(step["label"])}</text>'
    )
