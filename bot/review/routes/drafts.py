"""New intents: a form that is kept at every change, with what is missing beside its field, and the answer it gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Optional, Sequence

from starlette.responses import Response
from starlette.routing import Route

from bot.learning import deciding
from bot.learning.deciding import Decided, DecisionError, Fault, Seen, StaleDecisionError, StoredDraft
from bot.learning.deciding.adding import add_texts
from bot.learning.deciding.draft_checks import name_fault
from bot.learning.drafts import Draft, DraftRow
from bot.review.choices import choices
from bot.review.deeds import told
from bot.review.draft_form import changed_parts, fault_id, paths_of, read_draft_form
from bot.review.faults import fault_in
from bot.review.groups import read_group
from bot.review.texts import texts_accepted
from bot.review.visit import HTMX, Visit, see, signed_in

FIRST_NAME = "new_topic"


def begin_draft(visit: Visit, seen: Seen, _: str) -> Decided:
    """Makes a draft of the chosen texts, named as their group was suggested to be, where that name is free."""
    desk = visit.desk
    with desk.database.begin() as connection:
        group = read_group(connection, int(visit.request.path_params["group"]))
    name = _free_name(visit, group.name if group else FIRST_NAME)
    return deciding.make_draft(desk.database, desk.settings, Draft(name=name), visit.who, seen)


def _free_name(visit: Visit, wanted: str) -> str:
    with visit.desk.database.begin() as connection:
        taken = deciding.names_taken(connection)
    numbered = (f"{FIRST_NAME}_{number}" for number in range(2, len(taken) + 3))
    for name in (wanted, FIRST_NAME, *numbered):
        if name_fault(visit.desk.settings, name, taken) is None:
            return name
    return FIRST_NAME


def show_all(visit: Visit) -> Response:
    """The drafts that are open."""
    return visit.page("drafts.html", drafts=deciding.drafts(visit.desk.database), trouble="")


def make(visit: Visit) -> Response:
    """Begins a draft without texts."""
    desk = visit.desk
    try:
        made = deciding.make_draft(desk.database, desk.settings, Draft(name=visit.filled("name").strip()), visit.who)
    except DecisionError as error:
        return visit.page("drafts.html", 422, drafts=deciding.drafts(desk.database), trouble=visit.fault(error))
    return see(f"/drafts/{made.draft}")


def show(visit: Visit) -> Response:
    """One draft."""
    try:
        stored = deciding.read_draft(visit.desk.database, _number(visit))
    except DecisionError as error:
        return visit.page("error.html", 404, message=visit.fault(error), back="/drafts")
    return _page(visit, stored, stored.draft)


def keep(visit: Visit) -> Response:
    """Keeps what was typed; adds or takes away a row, a figure or a source where a button asks for it."""
    desk, number = visit.desk, _number(visit)
    try:
        stored = deciding.read_draft(desk.database, number)
    except DecisionError as error:
        return visit.page("error.html", 404, message=visit.fault(error), back="/drafts")
    typed = changed_parts(read_draft_form(visit.form), visit.filled("add"), visit.filled("remove"))
    version = int(visit.filled("version")) if visit.filled("version").isdecimal() else -1
    try:
        _keep(visit, replace(stored, version=version), typed)
    except StaleDecisionError as error:
        return _refused(visit, replace(stored, version=version), typed, 409, visit.say["draft_stale"], error)
    except DecisionError as error:
        return _refused(visit, stored, typed, 422, visit.fault(error))
    now = deciding.read_draft(desk.database, number)
    if _while_typing(visit):
        return visit.page("part_draft.html", trouble=(), **_checked(visit, now, typed))
    if visit.filled("done"):
        return see("/learn" if not _faults(visit, now, now.draft) else f"/drafts/{number}")
    return see(f"/drafts/{number}")


def _while_typing(visit: Visit) -> bool:
    return HTMX in visit.request.headers and not any(map(visit.filled, ("add", "remove", "done")))


def _refused(
    visit: Visit,
    stored: StoredDraft,
    typed: Draft,
    status: int,
    message: str,
    stale: Optional[StaleDecisionError] = None,
) -> Response:
    """Returns the page with what was typed and not kept, of the version that it was: nothing is overwritten."""
    trouble = (message, *(told(visit, stale.others) if stale else ()))
    if _while_typing(visit):
        return visit.page("part_draft.html", status, trouble=trouble, **_checked(visit, stored, typed))
    return _page(visit, stored, typed, status, trouble)


def _keep(visit: Visit, stored: StoredDraft, typed: Draft) -> None:
    desk = visit.desk
    known = deciding.read_draft(desk.database, stored.id)
    if name_fault(desk.settings, typed.name, _taken(visit, stored.id)) is not None and typed.name != known.draft.name:
        # The rest is kept all the same, under the name it has.
        typed = replace(typed, name=known.draft.name)
    if typed != known.draft:
        deciding.change_draft(desk.database, desk.settings, stored.id, stored.version, typed, visit.who)


def drop(visit: Visit) -> Response:
    """Gives a draft up."""
    try:
        deciding.drop_draft(visit.desk.database, _number(visit), int(visit.filled("version") or -1), visit.who)
    except StaleDecisionError as error:
        lines = told(visit, error.others)
        return visit.page("error.html", 409, message=visit.say["stale"], lines=lines, back="/drafts")
    except DecisionError as error:
        return visit.page("error.html", 422, message=visit.fault(error), back="/drafts")
    return see("/drafts")


def _page(visit: Visit, stored: StoredDraft, typed: Draft, status: int = 200, trouble: Sequence[str] = ()) -> Response:
    with visit.desk.database.begin() as connection:
        examples = texts_accepted(connection, stored.draft.intent)
    shown = typed if typed.rows else replace(typed, rows=(DraftRow(),))
    return visit.page(
        "draft.html",
        status,
        examples=examples,
        trouble=trouble,
        own_sources=[(source.id, source.title or source.id) for source in shown.sources if source.id],
        choices=choices(visit.desk.project.table, visit.language),
        **_checked(visit, stored, shown),
    )


def _checked(visit: Visit, stored: StoredDraft, typed: Draft) -> dict[str, Any]:
    faults = _faults(visit, stored, typed)
    paths = paths_of(typed)
    by_path: dict[str, list[str]] = {}
    for fault in faults:
        by_path.setdefault(fault.field, []).append(fault.message)
    elsewhere = [fault for fault in faults if fault.field not in paths]
    return {
        "stored": stored,
        "draft": typed,
        "paths": paths,
        "faults": by_path,
        "count": len(faults),
        "elsewhere": elsewhere,
        "fault_id": fault_id,
        "preview": deciding.preview(visit.desk.settings, typed),
    }


def _faults(visit: Visit, stored: StoredDraft, draft: Draft) -> list[Fault]:
    found = deciding.check_draft(visit.desk.settings, draft, _taken(visit, stored.id))
    return [replace(fault, message=fault_in(visit.language, fault.message)) for fault in found]


def _taken(visit: Visit, but: int) -> dict[str, str]:
    with visit.desk.database.begin() as connection:
        return deciding.names_taken(connection, but)


def add_examples(visit: Visit) -> Response:
    """Accepts what a reviewer wrote, an example a line, into the draft's intent."""
    desk, number = visit.desk, _number(visit)
    try:
        draft = deciding.read_draft(desk.database, number).draft
        add_texts(desk.database, desk.settings, visit.filled("examples").splitlines(), draft.intent, visit.who)
    except DecisionError as error:
        return visit.page("error.html", 422, message=visit.fault(error), back=f"/drafts/{number}#examples")
    return see(f"/drafts/{number}", "#examples")


def _number(visit: Visit) -> int:
    return int(visit.request.path_params["draft"])


def release(visit: Visit) -> Response:
    """Makes a text that was accepted into the draft undecided again."""
    number, _, version = visit.filled("text").partition(":")
    trouble: Optional[Response] = None
    try:
        deciding.reopen(visit.desk.database, {int(number): int(version)}, visit.who)
    except (DecisionError, ValueError) as error:
        trouble = visit.page("error.html", 409, message=visit.fault(error), back=f"/drafts/{_number(visit)}")
    return trouble or see(f"/drafts/{_number(visit)}", "#examples")


ROUTES = [
    Route("/drafts", signed_in(show_all)),
    Route("/drafts", signed_in(make), methods=["POST"]),
    Route("/drafts/{draft:int}", signed_in(show)),
    Route("/drafts/{draft:int}", signed_in(keep), methods=["POST"]),
    Route("/drafts/{draft:int}/drop", signed_in(drop), methods=["POST"]),
    Route("/drafts/{draft:int}/examples", signed_in(add_examples), methods=["POST"]),
    Route("/drafts/{draft:int}/release", signed_in(release), methods=["POST"]),
]
