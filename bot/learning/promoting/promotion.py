"""Promoting a candidate, and rolling back: the pointer is moved, and running servers follow it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Optional

from bot.errors import WenhaoError
from bot.learning.promoting.candidates import Candidate, find_candidate
from bot.learning.promoting.clock import now
from bot.learning.promoting.comparing import read_comparison, report_folder, why_outdated
from bot.learning.promoting.comparison import Comparison
from bot.learning.promoting.errors import PromotionError
from bot.learning.promoting.golden import row_hashes
from bot.learning.promoting.history import Event, Record, read_history
from bot.learning.promoting.pointing import adopt, alone, place, point, serving_now
from bot.learning.promoting.reviewed import note_serving
from bot.learning.promoting.served import models_before
from bot.learning.promoting.serving import sha256_of
from bot.learning.promoting.threshold_file import model_id_of
from bot.learning.promoting.tidying import tidy
from bot.learning.promoting.words import check_told, say
from bot.learning.states import Deed
from bot.models import TrainedModel, record_training
from bot.settings import Settings


def promote(
    settings: Settings,
    candidate: Optional[Candidate] = None,
    by: str = "",
    force: bool = False,
    reason: str = "",
    language: str = "en",
) -> Record:
    """Makes a candidate (without one the newest) the serving model, and returns what the history says of it.

    Raises PromotionError, with its reasons in `language`, where the comparison is missing, outdated or failed and
    `force` is not set; where `force` is set without a reason; or where another promotion is under way. Raises
    ModelError where the candidate is no whole model, which nothing can force.
    """
    if force and not reason.strip():
        raise PromotionError('to force a promotion say why: --force --reason "..."')
    with alone(settings.models):
        candidate = candidate or find_candidate(settings)
        _require_whole(candidate)
        comparison = read_comparison(settings, candidate)
        reasons = reasons_against(settings, candidate, comparison, language)
        if reasons and not force:
            raise PromotionError(f"{candidate.name} is not promoted:", tuple(reasons))
        adopt(settings, by)
        record = _record_of(settings, candidate, comparison)
        event = Event.FORCED if reasons else Event.PROMOTED
        record = replace(record, event=event, by=by, reason=reason)
        place(candidate.file, settings.models / record.model)
        record_training(settings, TrainedModel(settings.models / record.model, record.trained_from))
        serving = point(settings, record)
        tidy(settings, serving, candidate)
    note_serving(settings, record, Deed.PROMOTE)
    return record


def reasons_against(
    settings: Settings, candidate: Candidate, comparison: Optional[Comparison], language: str = "en"
) -> list[str]:
    """Returns why a candidate must not serve, a sentence each, in a language; none where it may."""
    if comparison is None:
        return [say("not_compared", language, candidate=candidate.name)]
    try:
        outdated = [say(f"outdated.{name}", language) for name in why_outdated(settings, candidate, comparison)]
    except WenhaoError as error:
        outdated = [str(error)]
    failed = [check_told(check, language) for check in comparison.checks if check.passed is False]
    again = [say("compare_again", language)] if outdated else []
    return [*outdated, *again, *failed]


def roll_back(settings: Settings, to: Optional[str] = None, by: str = "", reason: str = "") -> Record:
    """Makes an earlier model serve again, without a name the one before, with the tuning that it had.

    Raises PromotionError where there is none, or it is no longer there.
    """
    with alone(settings.models):
        target = _target(settings, to)
        file = settings.models / target.model
        if not file.is_file() or sha256_of(file) != target.sha256:
            raise PromotionError(f"{file} is no longer there as it served: name another with --to ({_there(settings)})")
        record = replace(target, event=Event.ROLLED_BACK, at=now(), by=by, reason=reason, before=serving_now(settings))
        point(settings, record)
    note_serving(settings, record, Deed.ROLL_BACK)
    return record


def _require_whole(candidate: Candidate) -> None:
    if not candidate.file.is_file() or sha256_of(candidate.file) != candidate.sha256:
        raise PromotionError(f"{candidate.file} is not the file that was trained: train another candidate")
    model_id_of(candidate.file)


def _record_of(settings: Settings, candidate: Candidate, comparison: Optional[Comparison]) -> Record:
    report = report_folder(settings, candidate) if comparison else None
    golden = {"rows": list(row_hashes(settings))}
    if comparison:
        golden["sha256"] = [comparison.fingerprints["golden"]]
    return Record(
        event=Event.PROMOTED,
        at=now(),
        model=candidate.name,
        sha256=candidate.sha256,
        trained_from=candidate.trained_from,
        tuning=comparison.threshold.now if comparison else {},
        report=report.relative_to(settings.models).as_posix() if report else "",
        before=serving_now(settings),
        model_id=model_id_of(candidate.file),
        batches=candidate.batches,
        golden=golden,
    )


def _target(settings: Settings, to: Optional[str]) -> Record:
    history = [record for record in read_history(settings.models) if record.event is not Event.FAILED]
    by_name = {record.model: record for record in history}
    if to is not None:
        wanted = Path(to).name.removesuffix(".tar.gz")
        for name, record in by_name.items():
            if Path(name).name.removesuffix(".tar.gz") == wanted:
                return record
        raise PromotionError(f"{to} never served: name one of those that did ({_there(settings)})")
    there = {model.file.relative_to(settings.models).as_posix() for model in models_before(settings)}
    name = serving_now(settings)
    if name not in there:
        # The pointer or its model is broken: the last good one is the one before.
        return _first_there(settings, by_name)
    seen = {name}
    while name := _before(history, name):
        if name in there and name not in seen:
            return by_name[name]
        if name in seen:
            break
        seen.add(name)
    raise PromotionError("no earlier model is there to roll back to: train and promote another, or 'wenhao train'")


def _first_there(settings: Settings, by_name: dict[str, Record]) -> Record:
    for model in models_before(settings):
        return by_name[model.file.relative_to(settings.models).as_posix()]
    raise PromotionError("no earlier model is there to roll back to: 'wenhao train' makes a new one")


def _before(history: list[Record], name: str) -> str:
    """Returns the model that served before another first did so by a promotion."""
    ways = [record for record in history if record.model == name and record.event is not Event.ROLLED_BACK]
    return ways[-1].before if ways else ""


def _there(settings: Settings) -> str:
    return ", ".join(model.file.name for model in models_before(settings)) or "none is there"
