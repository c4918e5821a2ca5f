"""`wenhao compare`: champion against challenger, and whether the challenger may go live."""

from __future__ import annotations

import json
from typing import Optional

import typer

from bot.cli.common import STDOUT, start, working
from bot.errors import WenhaoError
from bot.evaluation.cases import LANGUAGES
from bot.learning.promoting.comparison import Comparison, Row, Shares

# So many rows of a condition that is not met are named here; the report has all of them.
MOST_ROWS = 10


def compare(
    candidate: Optional[str] = typer.Option(None, "--candidate", metavar="FILE", help="Which; the newest by default."),
    days: int = typer.Option(28, min=1, help="Real messages of so many days are replayed."),
    most: int = typer.Option(500, min=0, help="No more real messages than this are asked of both models."),
    cross_validate: bool = typer.Option(False, "--cross-validate", help="Look for thin and mixed questions too."),
    language: str = typer.Option("en", help="The report's language: en or zh."),
    as_json: bool = typer.Option(False, "--json", help="Print the verdict as one JSON object."),
) -> None:
    """Compare a candidate with the model that serves: golden set, gate, and what changes for people.

    Exit code 1 where the candidate must not go live. The report stands below the models' folder, in comparisons/.
    """
    if language not in LANGUAGES:
        raise WenhaoError(f'--language is "{language}": write one of {", ".join(LANGUAGES)}')
    settings = start()
    from bot.learning.promoting import comparing
    from bot.learning.promoting.candidates import find_candidate

    chosen = find_candidate(settings, candidate)
    options = comparing.Options(days, most, cross_validate, language)
    with working("Comparing ..."):
        found = comparing.compare(settings, chosen, options, _say)
    page = comparing.report_folder(settings, chosen) / "index.html"
    if as_json:
        told = {"candidate": found.candidate, "champion": found.champion, "passed": found.passed, "report": str(page)}
        print(json.dumps({**told, "failed": [check.name for check in found.checks if check.passed is False]}))
    else:
        _show(found, language)
        STDOUT.print(f"Report: {page}", markup=False, highlight=False)
    if not found.passed:
        raise typer.Exit(1)


def _say(doing: str) -> None:
    with working(doing):
        pass


def _show(found: Comparison, language: str) -> None:
    from bot.learning.promoting.words import check_told

    verdict = "may go live" if found.passed else "must not go live"
    lines = [f"{found.candidate} {verdict}, in the place of {found.champion}."]
    for check in found.checks:
        lines.append(f"  {'NOT MET' if check.passed is False else 'met'}: {check_told(check, language)}")
        lines += (f"    {found.rows[place].text!r} ({_change(found.rows[place])})" for place in check.rows[:MOST_ROWS])
        if len(check.rows) > MOST_ROWS:
            lines.append(f"    and {len(check.rows) - MOST_ROWS} more: see the report")
    for name, title in (("all", "both languages"), ("en", "English"), ("zh", "Chinese")):
        lines.append(f"  {title}: {_told(found.shares['before'][name])} -> {_told(found.shares['now'][name])}")
    replay = found.replay
    lines.append(
        f"  real messages: {replay.changed} of {replay.messages} (of {replay.of} in {replay.days} days) would be "
        f"answered otherwise, {replay.learned} now answered, {replay.lost} no longer; {found.seconds:.0f} s in all."
    )
    for line in lines:
        STDOUT.print(line, markup=False, highlight=False)


def _change(row: Row) -> str:
    before, now = (", ".join(given.topics) or given.act for given in (row.before, row.now))
    return f"{row.place}: {before} -> {now}"


def _told(shares: Shares) -> str:
    names = ("answered", "right", "wrong", "caught")
    return ", ".join(f"{name} {_percent(getattr(shares, name))}" for name in names)


def _percent(share: Optional[float]) -> str:
    return "-" if share is None else f"{share:.1%}"
