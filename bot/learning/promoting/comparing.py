"""Champion against challenger: the same messages, the same code, what people get."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional, Sequence

from actions.rule_table.loader import load_rule_table
from actions.settings import ActionSettings
from bot.errors import ModelError
from bot.evaluation.cases import Case
from bot.learning.promoting.asking import Questions, ask_both
from bot.learning.promoting.candidates import Candidate, find_candidate
from bot.learning.promoting.clock import now
from bot.learning.promoting.comparison import Comparison, Given, Row, from_data
from bot.learning.promoting.errors import PromotionError
from bot.learning.promoting.fingerprints import code_hash, data_hash, table_hash
from bot.learning.promoting.gate import judge, losses_of, p_value, shares, wins_of
from bot.learning.promoting.golden import GoldenSet, read_golden
from bot.learning.promoting.history import golden_at_last_promotion
from bot.learning.promoting.real_messages import real_messages
from bot.learning.promoting.replay import replay
from bot.learning.promoting.served import pointed_at
from bot.learning.promoting.serving import sha256_of, write_durably
from bot.learning.promoting.thresholds import development
from bot.learning.promoting.tidying import REPORTS
from bot.models import TrainedModel
from bot.settings import Settings

KEPT = "compare.json"


@dataclass(frozen=True)
class Options:
    """How a comparison is made: the days and the most messages of the replay; whether to cross-validate.

    `language` is that of the report's page: en or zh.
    """

    days: int = 28
    most: int = 500
    cross_validate: bool = False
    language: str = "en"


def compare(
    settings: Settings,
    candidate: Optional[Candidate] = None,
    options: Options = Options(),
    told: Callable[[str], None] = lambda doing: None,
) -> Comparison:
    """Compares a candidate (without one the newest) with the model that serves, and writes report and compare.json.

    `told` hears what is being done. Raises PromotionError where there is no candidate or nothing to compare it with,
    ModelError where one of the two can't be loaded.
    """
    began = time.monotonic()
    candidate = candidate or find_candidate(settings)
    champion = _champion(settings, candidate)
    table = load_rule_table(ActionSettings.read().rule_table)
    golden = read_golden(settings, table)
    chosen = real_messages(settings, options.days, options.most)
    questions = Questions((*golden.cases, *golden.must_pass), chosen.scripts, development(settings))
    told(f"Asking {champion.file.name} and {candidate.name} {questions.count} messages ...")
    both = ask_both(settings, champion.file, candidate.file, questions)
    rows = _rows(golden, both.cases)
    checks = judge(rows, golden_at_last_promotion(settings.models), golden.rows)
    wins, losses = wins_of(rows), losses_of(rows)
    comparison = Comparison(
        candidate=candidate.name,
        champion=champion.file.name,
        at=now(),
        passed=all(check.passed is not False for check in checks),
        checks=checks,
        shares={"before": shares(rows, now=False), "now": shares(rows, now=True)},
        rows=rows,
        wins=wins,
        losses=losses,
        p_value=p_value(len(wins), len(losses)),
        replay=replay(chosen, both.before, both.now, options.days),
        threshold=both.threshold,
        fingerprints=_fingerprints(settings, candidate, champion, golden.sha256),
        seconds=time.monotonic() - began,
        advice=_advice(settings, options, told),
    )
    _keep(settings, candidate, comparison, options, told)
    return comparison


def _champion(settings: Settings, candidate: Candidate) -> TrainedModel:
    champion = pointed_at(settings)
    if champion is None:
        raise PromotionError("there is no model to compare with: train the first with 'wenhao train'")
    if candidate.file.is_file() and sha256_of(candidate.file) != candidate.sha256:
        raise ModelError(f"{candidate.file} is not the file that was trained (its sha256 differs): train another")
    return champion


def _rows(golden: GoldenSet, cases: Sequence[tuple[Case, Given, Given]]) -> tuple[Row, ...]:
    first_must_pass = len(golden.cases)
    return tuple(
        Row(
            text=case.text,
            language=case.language,
            style=case.style,
            expected=golden.expected(case),
            place=case.place,
            before=before,
            now=after,
            earlier=case.earlier,
            must_pass=place >= first_must_pass,
        )
        for place, (case, before, after) in enumerate(cases)
    )


def _fingerprints(settings: Settings, candidate: Candidate, champion: TrainedModel, golden: str) -> dict[str, str]:
    return {
        "candidate": candidate.sha256,
        "champion": sha256_of(champion.file),
        "data": candidate.trained_from,
        "table": table_hash(),
        "golden": golden,
        "code": code_hash(),
    }


def _advice(settings: Settings, options: Options, told: Callable[[str], None]) -> dict[str, object]:
    if not options.cross_validate:
        return {}
    from bot.learning.promoting.cross_validation import cross_validate

    told("Cross-validating the training questions ...")
    return cross_validate(settings)


def _keep(
    settings: Settings,
    candidate: Candidate,
    comparison: Comparison,
    options: Options,
    told: Callable[[str], None],
) -> None:
    from bot.learning.promoting.report import write_report

    told("Writing the report ...")
    folder = report_folder(settings, candidate)
    write_report(folder, comparison, options.language)
    write_durably(folder / KEPT, json.dumps(comparison.as_data(), ensure_ascii=False))


def report_folder(settings: Settings, candidate: Candidate) -> Path:
    """Returns where the comparison of a candidate stands: index.html, index.zh.html and compare.json."""
    return settings.models / REPORTS / candidate.name.removesuffix(".tar.gz")


def read_comparison(settings: Settings, candidate: Candidate) -> Optional[Comparison]:
    """Returns the last comparison of a candidate, or None where there is none that can be read."""
    try:
        return from_data(json.loads((report_folder(settings, candidate) / KEPT).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def why_outdated(settings: Settings, candidate: Candidate, comparison: Comparison) -> list[str]:
    """Returns what changed since a comparison, so that it no longer holds.

    The names are candidate, champion, data, table, golden and code: words.yml has a sentence for each.
    """
    champion = pointed_at(settings)
    golden = read_golden(settings, load_rule_table(ActionSettings.read().rule_table))
    as_it_is = {
        "candidate": sha256_of(candidate.file) if candidate.file.is_file() else "",
        "champion": sha256_of(champion.file) if champion else "",
        "data": data_hash(settings),
        "table": table_hash(),
        "golden": golden.sha256,
        "code": code_hash(),
    }
    return [name for name, value in as_it_is.items() if comparison.fingerprints.get(name) != value]
