"""What `wenhao doctor` says of learning from logs: the review database and its key, lessons, and thresholds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Callable, Iterator

import yaml

from bot.errors import WenhaoError
from bot.finding import Finding
from bot.settings import Settings

PULL = "'wenhao logs pull'"


def check_learning(settings: Settings) -> Iterator[Finding]:
    """Yields a line or two for each. Looking makes no database and no key, and opens none where there is none."""
    for subject, check in CHECKS.items():
        try:
            yield from check(settings)
        except WenhaoError as error:
            yield Finding(subject, str(error), False)


def _review(settings: Settings) -> Iterator[Finding]:
    from bot.learning.database import find_review_database
    from bot.learning.queueing.listing import open_counts, was_ever_pulled

    database = find_review_database(settings)
    if database is None:
        yield Finding("review database", f"none: nothing was collected yet ({PULL} does)", None)
        return
    try:
        with database.begin() as connection:
            pulled, waiting = was_ever_pulled(connection), open_counts(connection)
    finally:
        database.close()
    yield Finding("review database", f"opens; {waiting.texts} texts in {waiting.groups} groups wait for review")
    yield _key(settings, pulled)


def _key(settings: Settings, pulled: bool) -> Finding:
    from bot.learning.collecting.key import find_key, key_file

    file = key_file(settings)
    try:
        key = find_key(settings)
    except WenhaoError as error:
        return Finding("review key", str(error), False)
    if key is not None:
        return Finding("review key", "set in REVIEW_KEY" if settings.review_key else f"{file} can be read")
    if not pulled:
        return Finding("review key", f"none yet: {PULL} makes one", None)
    lost = f"{file} is gone, and people are known under it: restore it, or set REVIEW_KEY"
    return Finding("review key", f"{lost}; else those who ask again count as others", False)


def _lessons(settings: Settings) -> Iterator[Finding]:
    from bot.learning.landing.lesson import read_lessons
    from bot.learning.promoting.status import status

    lessons = read_lessons(settings.project)
    if not lessons:
        yield Finding("lessons", "none learned yet", None)
        return
    waiting = set(status(settings).waiting)
    count = sum(lesson.batch in waiting for lesson in lessons)
    if count:
        says = f"{count} of {len(lessons)} wait for promotion: 'wenhao train --candidate', then 'wenhao compare'"
        yield Finding("lessons", says)
    else:
        yield Finding("lessons", f"{len(lessons)}, all in the serving model")


def _thresholds(settings: Settings) -> Iterator[Finding]:
    from actions.settings import TUNING
    from actions.thresholds import read_thresholds

    # As the actions look for it: actions/settings.py.
    file = Path(os.environ.get("TUNING") or settings.models / TUNING)
    try:
        models = len(read_thresholds(file))
    except FileNotFoundError:
        yield Finding("thresholds", "those of consult/weights.yml: no model was promoted with its own", None)
    except (OSError, ValueError, yaml.YAMLError) as error:
        said = " ".join(str(error).split())
        yield Finding("thresholds", f"{file} can't be used ({said}): mend it, or delete it and promote anew", False)
    else:
        yield Finding("thresholds", f"{file} has those of {models} models")


CHECKS: dict[str, Callable[[Settings], Iterator[Finding]]] = {
    "review database": _review,
    "lessons": _lessons,
    "thresholds": _thresholds,
}
