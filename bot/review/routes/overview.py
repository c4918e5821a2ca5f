"""Charts: where a look says more than a list."""

from __future__ import annotations

from typing import Optional

from starlette.responses import Response
from starlette.routing import Route

from bot.errors import WenhaoError
from bot.learning.promoting.candidates import find_candidate
from bot.learning.promoting.comparing import read_comparison
from bot.learning.promoting.comparison import Comparison
from bot.review.charts import COLOURS, draw_bars, draw_grid, draw_lines, draw_map
from bot.review.figures import answered_over_time, confused, languages, map_of, queue_over_time
from bot.review.groups import LANGUAGES, count_states
from bot.review.rendering import percent
from bot.review.visit import Visit, signed_in


def show(visit: Visit) -> Response:
    """All charts."""
    say = visit.say
    names = [(each, say[f"language_{each}"]) for each in LANGUAGES]
    with visit.desk.database.begin() as connection:
        states = count_states(connection)
        queue = queue_over_time(connection, say["waiting"], say["decided"])
        answered = answered_over_time(connection, names)
        asked = languages(connection, names)
        points = {each: map_of(connection, each) for each in LANGUAGES}
    comparison = last_comparison(visit)
    cells = confused(comparison) if comparison else []
    return visit.page(
        "overview.html",
        states=states,
        empty=not any(times for _, times in asked),
        queue=draw_lines(say["queue_over_time"], queue.labels, queue.series, _count),
        queue_names=[line.name for line in queue.series],
        answered=draw_lines(say["answered_over_time"], answered.labels, answered.series, percent, 1.0),
        answered_names=[line.name for line in answered.series],
        languages=draw_bars(say["languages"], asked, _count),
        maps=[(say[f"language_{each}"], draw_map(say["map"], found)) for each, found in points.items() if found],
        comparison=comparison,
        confusion=draw_grid(say["confusion"], cells, say["expected"], say["given"]) if cells else None,
        cells=cells,
        colours=COLOURS,
    )


def last_comparison(visit: Visit) -> Optional[Comparison]:
    """Returns the comparison of the newest candidate, None where there is none."""
    settings = visit.desk.settings
    try:
        return read_comparison(settings, find_candidate(settings))
    except WenhaoError:
        return None


def _count(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


ROUTES = [Route("/overview", signed_in(show))]
