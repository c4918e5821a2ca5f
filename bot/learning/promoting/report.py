"""The page of a comparison: it stands alone, in English and in Chinese, and says first whether the model may serve."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any, Sequence

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from bot.errors import WenhaoError
from bot.evaluation.cases import LANGUAGES
from bot.learning.promoting.comparison import Comparison, Row
from bot.learning.promoting.drawing import draw_confusion, draw_curve
from bot.learning.promoting.replay import named
from bot.learning.promoting.thresholds import LEAST_MESSAGES
from bot.learning.promoting.words import check_told, name_of, say

PAGE = "index.html"

# So many pairs of topics are drawn.
MOST_PAIRS = 25


def write_report(folder: Path, comparison: Comparison, language: str) -> Path:
    """Writes a page in each language, and index.html in the given one, which it returns.

    Raises WenhaoError where the folder can't be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each in LANGUAGES:
            (folder / f"index.{each}.html").write_text(render(comparison, each), encoding="utf-8")
        (folder / PAGE).write_text(render(comparison, language), encoding="utf-8")
    except OSError as error:
        raise WenhaoError(f"{folder} can't be written to ({error.strerror}): set MODELS to another folder") from error
    return folder / PAGE


def render(comparison: Comparison, language: str) -> str:
    """Returns the page in a language."""
    templates = (PackageLoader("bot.learning.promoting", "templates"), PackageLoader("bot.evaluation", "page"))
    environment = Environment(
        loader=ChoiceLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    told = partial(_say, language)
    return environment.get_template("comparison.html").render(
        found=comparison,
        language=language,
        other=next(each for each in LANGUAGES if each != language),
        languages=LANGUAGES,
        say=told,
        check_told=lambda check: check_told(check, language),
        name_of=lambda given: " + ".join(name_of(part, language) for part in given.split(" + ")),
        named=named,
        least_messages=LEAST_MESSAGES,
        failed=[check for check in comparison.checks if check.passed is False],
        golden=[row for row in comparison.rows if not row.must_pass],
        **_pictures(comparison, language),
    )


def _say(language: str, key: str, **values: Any) -> str:
    return say(key, language, **values)


def _pictures(comparison: Comparison, language: str) -> dict[str, Any]:
    told = partial(_say, language)
    pairs = confused(comparison.rows)
    shown = [(expected or told("not_ours"), name_of(given, language), times) for expected, given, times in pairs]
    drawn = shown[:MOST_PAIRS]
    threshold = comparison.threshold
    names = {each: told(f"groups.{each}") for each in LANGUAGES}
    return {
        "pairs": drawn,
        "all_pairs": len(pairs),
        "confusion": draw_confusion(drawn, told("sections.confusion")) if drawn else None,
        "curve": draw_curve(threshold, names, told("curve_x"), told("curve_y")) if threshold.curve else None,
    }


def confused(rows: Sequence[Row]) -> list[tuple[str, str, int]]:
    """Returns what was answered where which topic was expected, of the golden rows that are wrong now."""
    wrong = [row for row in rows if not row.must_pass and not row.now.right]
    counts = Counter(
        (expected, answered)
        for row in wrong
        for expected in [topic for topic in row.expected if topic not in row.now.topics] or list(row.expected) or [""]
        for answered in [topic for topic in row.now.topics if topic not in row.expected] or [row.now.act]
    )
    return [(expected, answered, times) for (expected, answered), times in counts.most_common()]
