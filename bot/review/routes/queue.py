"""The queue: what deserves a look, in groups."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from bot.learning.states import Reason, State
from bot.review.deeds import last_of
from bot.review.groups import PAGE, Filter, count_states, count_ungrouped, find_groups
from bot.review.visit import Visit, see, signed_in

NEW_MESSAGES = "new messages"


def show(visit: Visit) -> Response:
    """The groups that fit the filter, a page at a time."""
    wanted, page = Filter.read(visit.request.query_params), page_of(visit)
    with visit.desk.database.begin() as connection:
        states = count_states(connection)
        groups, found = find_groups(connection, wanted, page)
        alone = count_ungrouped(connection, wanted)
    return visit.page(
        "queue.html",
        filter=wanted,
        states=states,
        pairs=groups,
        found=found,
        alone=alone,
        page=page,
        more=found > (page + 1) * PAGE,
        all_states=list(State),
        all_reasons=list(Reason),
        title_of=visit.title,
        last=last_of(visit),
        fetching=visit.desk.jobs.latest(NEW_MESSAGES),
    )


def fetch(visit: Visit) -> Response:
    """Starts collecting and grouping what came since."""
    visit.desk.jobs.start(NEW_MESSAGES, visit.who, ["logs", "pull"], ["logs", "group"])
    return see("/")


def page_of(visit: Visit) -> int:
    """Returns which page of a list is asked for, from 0 on."""
    asked = visit.asked("page")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 0


ROUTES = [Route("/", signed_in(show)), Route("/fetch", signed_in(fetch), methods=["POST"])]
