"""Smaller pages, which others show inside themselves: intents, groups, a conversation; and redacting and undoing."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from bot.learning import deciding
from bot.learning.deciding import DecisionError, StaleDecisionError
from bot.learning.landing import LandingError, undo
from bot.learning.promoting.rolling_back import roll_back_model
from bot.review.deeds import told
from bot.review.groups import search_groups
from bot.review.texts import around, read_text
from bot.review.visit import HTMX, Visit, own_path, see, signed_in


def intents(visit: Visit) -> Response:
    """The intents that fit some words, as buttons of the group's form."""
    return visit.page("part_intents.html", intents=visit.desk.project.find_intents(visit.asked("intent")))


def groups(visit: Visit) -> Response:
    """The groups that fit some words, to move texts to or to merge with."""
    with visit.desk.database.begin() as connection:
        besides = int(visit.asked("besides", "0") or 0)
        found = search_groups(connection, visit.asked("language"), visit.asked("other"), besides)
    return visit.page("part_groups.html", groups=found)


def conversation(visit: Visit) -> Response:
    """What was said before and after a text was asked last."""
    with visit.desk.database.begin() as connection:
        text = read_text(connection, int(visit.request.path_params["text"]))
        messages = around(connection, text.id) if text else []
    if text is None:
        return visit.page("error.html", 404, message=visit.say["text_gone"])
    inside = HTMX in visit.request.headers
    template = "part_conversation.html" if inside else "conversation.html"
    done = [] if inside else deciding.history_of(visit.desk.database, text.id)
    return visit.page(template, text=text, messages=messages, title_of=visit.title, done=done)


def redact(visit: Visit) -> Response:
    """Takes a part out of a text."""
    number, part = int(visit.request.path_params["text"]), visit.filled("part")
    back = own_path(visit.filled("next"))
    with visit.desk.database.begin() as connection:
        text = read_text(connection, number)
    if text is None:
        return visit.page("error.html", 404, message=visit.say["text_gone"])
    start = text.text.find(part) if part.strip() else -1
    if start < 0:
        return visit.page("error.html", 422, message=visit.say["redact_not_found"], back=back)
    try:
        version = int(visit.filled("version") or -1)
        word = visit.filled("word").strip() or None
        deciding.redact(visit.desk.database, number, version, start, start + len(part), visit.who, word)
    except StaleDecisionError as error:
        lines = told(visit, error.others)
        return visit.page("error.html", 409, message=visit.say["stale"], lines=lines, back=back)
    except DecisionError as error:
        return visit.page("error.html", 422, message=visit.fault(error), back=back)
    return see(back)


def take_back(visit: Visit) -> Response:
    """Undoes a batch, whatever it was."""
    back = own_path(visit.filled("next"))
    desk, batch = visit.desk, visit.filled("batch")
    roll_back = roll_back_model(desk.settings) if visit.filled("model") else None
    try:
        undo(desk.database, desk.settings, batch, visit.who, visit.filled("why"), roll_back)
    except StaleDecisionError as error:
        lines = told(visit, error.others)
        return visit.page("error.html", 409, message=visit.say["undo_stale"], lines=lines, back="/history")
    except (DecisionError, LandingError) as error:
        return visit.page("error.html", 409, message=visit.fault(error), back=back)
    return see(back)


ROUTES = [
    Route("/intents", signed_in(intents)),
    Route("/groups", signed_in(groups)),
    Route("/texts/{text:int}", signed_in(conversation)),
    Route("/texts/{text:int}/redact", signed_in(redact), methods=["POST"]),
    Route("/undo", signed_in(take_back), methods=["POST"]),
]
