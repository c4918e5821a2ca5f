"""The folder of a report: a page that stands alone, its pictures, and the results."""

from __future__ import annotations

import base64
from itertools import groupby
from pathlib import Path
from typing import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.errors import WenhaoError
from bot.evaluation.acts import Act
from bot.evaluation.changes import Kind
from bot.evaluation.colours import shade
from bot.evaluation.figures import ALL, SCOPE
from bot.evaluation.measurement import Measurement
from bot.evaluation.outcomes import Outcome, scope_of, write_outcomes
from bot.evaluation.pictures import draw_calibration, draw_confusion

PAGE, RESULTS = "index.html", "results.jsonl"
CALIBRATION, CONFUSION = "calibration.png", "confusion.png"
TITLES = {CALIBRATION: "Right answers by confidence", CONFUSION: "Expected topics against answered topics"}


def write_report(folder: Path, measurement: Measurement) -> Path:
    """Writes the report and returns its page. Raises WenhaoError where the folder can't be written to."""
    pictures = draw_pictures(measurement)
    page = render(measurement, pictures)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in pictures.items():
            (folder / name).write_bytes(content)
        (folder / PAGE).write_text(page, encoding="utf-8")
        write_outcomes(folder / RESULTS, measurement.outcomes)
    except OSError as error:
        raise WenhaoError(f"{folder} can't be written to ({error.strerror}): name another with --report") from error
    return folder / PAGE


def draw_pictures(measurement: Measurement) -> dict[str, bytes]:
    """Returns the pictures by the names of their files."""
    return {
        CALIBRATION: draw_calibration(measurement.bins, TITLES[CALIBRATION]),
        CONFUSION: draw_confusion(measurement.confusion, TITLES[CONFUSION]),
    }


def render(measurement: Measurement, pictures: dict[str, bytes]) -> str:
    """Returns the page, with the pictures in it."""
    environment = Environment(
        loader=PackageLoader("bot.evaluation", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(
        run=measurement,
        overall=(ALL, SCOPE),
        misses=_by_group(measurement.misses),
        acts=list(Act),
        kinds=list(Kind),
        shade=shade,
        **{Path(name).stem: base64.b64encode(content).decode() for name, content in pictures.items()},
    )


def _by_group(outcomes: Sequence[Outcome]) -> list[tuple[str, list[Outcome]]]:
    def group(outcome: Outcome) -> str:
        return f"{outcome.case.language}, {scope_of(outcome.case)}"

    return [(name, list(found)) for name, found in groupby(sorted(outcomes, key=group), key=group)]
