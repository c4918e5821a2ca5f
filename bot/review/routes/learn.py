"""What was decided and is to be learned, and the round: put into training, train, compare, put live, roll back."""

from __future__ import annotations

from typing import Any, Optional

from sqlalchemy import func, select
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from actions.rule_table.errors import RuleTableError
from bot.errors import WenhaoError
from bot.learning.checking.check import check_lessons
from bot.learning.landing import Landing, LandingBlockedError, LandingError, land, plan, recover
from bot.learning.promoting.candidates import Candidate, find_candidate
from bot.learning.promoting.comparing import read_comparison, report_folder, why_outdated
from bot.learning.promoting.comparison import Comparison
from bot.learning.promoting.promotion import promote, roll_back
from bot.learning.promoting.status import Status, status
from bot.learning.promoting.words import check_told, say
from bot.learning.schema import TEXTS
from bot.learning.states import State
from bot.review.visit import Visit, see, signed_in

TRAIN, COMPARE = "train", "compare"
# A report is a page of its own with its style and pictures in it, and no script.
REPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox allow-same-origin; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def show(visit: Visit) -> Response:
    """The page of the round."""
    return _page(visit)


def _page(visit: Visit, code: int = 200, trouble: str = "", landed: Optional[Landing] = None) -> Response:
    desk = visit.desk
    with desk.database.begin() as connection:
        query = select(TEXTS.c.intent, TEXTS.c.language, func.count()).where(TEXTS.c.state == State.LABELLED.value)
        rows = connection.execute(query.group_by(TEXTS.c.intent, TEXTS.c.language).order_by(TEXTS.c.intent)).all()
    decided: dict[str, dict[str, int]] = {}
    for intent, language, count in rows:
        decided.setdefault(intent, {})[language] = count
    context: dict[str, Any] = {"decided": decided, "trouble": trouble, "landed": landed, "title_of": visit.title}
    return visit.page("learn.html", code, **context, **_round(visit))


def _round(visit: Visit) -> dict[str, Any]:
    settings, jobs = visit.desk.settings, visit.desk.jobs
    now: Status = status(settings)
    candidate = now.candidates[0] if now.candidates else None
    comparison = read_comparison(settings, candidate) if candidate else None
    outdated = _outdated(visit, candidate, comparison) if candidate and comparison else []
    return {
        "now": now,
        "candidate": candidate,
        "comparison": comparison,
        "check_told": check_told,
        "outdated": outdated,
        "has_report": bool(candidate and (report_folder(settings, candidate) / "index.html").is_file()),
        "jobs": [job for job in (jobs.latest(TRAIN), jobs.latest(COMPARE)) if job is not None],
    }


def _outdated(visit: Visit, candidate: Candidate, comparison: Comparison) -> list[str]:
    try:
        changed = why_outdated(visit.desk.settings, candidate, comparison)
    except (WenhaoError, RuleTableError) as error:
        return [visit.fault(error)]
    return [say(f"outdated.{name}", visit.language) for name in changed]


def show_plan(visit: Visit) -> Response:
    """What a landing would do, and everything the checks find. Takes some seconds: loaded by the page after itself."""
    desk = visit.desk
    try:
        recover(desk.settings, desk.database)
        planned = plan(desk.database, desk.settings)
        found = check_lessons(desk.database, desk.settings)
    except LandingError as error:
        return visit.page("part_plan.html", trouble=visit.fault(error), planned=None, found=None, title_of=visit.title)
    return visit.page("part_plan.html", trouble="", planned=planned, found=found, title_of=visit.title)


def put(visit: Visit) -> Response:
    """Puts what was decided into the training files."""
    desk = visit.desk
    try:
        landed = land(desk.database, desk.settings, visit.who, visit.filled("why"))
    except LandingBlockedError as error:
        return _page(visit, 422, visit.fault(error))
    except LandingError as error:
        return _page(visit, 409, visit.fault(error))
    return _page(visit, landed=landed)


def train(visit: Visit) -> Response:
    """Starts the training of a candidate."""
    return _started(visit, TRAIN, ["train", "--candidate"])


def compare(visit: Visit) -> Response:
    """Starts the comparison of the newest candidate with what serves."""
    return _started(visit, COMPARE, ["compare"])


def _started(visit: Visit, kind: str, command: list[str]) -> Response:
    try:
        visit.desk.jobs.start(kind, visit.who, command)
    except WenhaoError as error:
        return _page(visit, 409, visit.fault(error))
    return see("/learn", "#round")


def put_live(visit: Visit) -> Response:
    """Makes the candidate that was looked at the serving model, where its comparison passed or with a reason."""
    settings = visit.desk.settings
    force, reason = bool(visit.filled("force")), visit.filled("reason").strip()
    try:
        if force and not reason:
            return _page(visit, 422, visit.say["force_needs_reason"])
        candidate = find_candidate(settings, visit.filled("candidate") or None)
        promote(settings, candidate, visit.who, force, reason, visit.language)
    except WenhaoError as error:
        return _page(visit, 409, visit.fault(error))
    return see("/learn", "#round")


def put_back(visit: Visit) -> Response:
    """Makes the model before serve again."""
    try:
        roll_back(visit.desk.settings, None, visit.who, visit.filled("reason").strip())
    except WenhaoError as error:
        return _page(visit, 409, visit.fault(error))
    return see("/learn", "#round")


def show_job(visit: Visit) -> Response:
    """How a job is doing."""
    job = visit.desk.jobs.find(visit.request.path_params["job"])
    if job is None:
        return visit.page("error.html", 404, message=visit.say["not_found"], back="/learn")
    return visit.page("part_job.html", job=job)


def report(visit: Visit) -> Response:
    """The report of the newest comparison."""
    settings = visit.desk.settings
    folder = report_folder(settings, find_candidate(settings, visit.request.path_params["candidate"]))
    files = [folder / name for name in ("index.zh.html", "index.html")[visit.language != "zh" :]]
    file = next((each for each in files if each.is_file()), None)
    if file is None:
        return visit.page("error.html", 404, message=visit.say["no_report"], back="/learn")
    return FileResponse(file, media_type="text/html", headers={"Content-Security-Policy": REPORT_POLICY})


ROUTES = [
    Route("/learn", signed_in(show)),
    Route("/learn/plan", signed_in(show_plan)),
    Route("/learn/land", signed_in(put), methods=["POST"]),
    Route("/learn/train", signed_in(train), methods=["POST"]),
    Route("/learn/compare", signed_in(compare), methods=["POST"]),
    Route("/learn/promote", signed_in(put_live), methods=["POST"]),
    Route("/learn/rollback", signed_in(put_back), methods=["POST"]),
    Route("/jobs/{job}", signed_in(show_job)),
    Route("/reports/{candidate}", signed_in(report)),
]
