"""One group: its texts, and the decisions on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, Optional, Sequence

from starlette.responses import Response
from starlette.routing import Route

from bot.learning import deciding
from bot.learning.deciding import Decided, DecisionError, Seen, StaleDecisionError
from bot.review.deeds import last_of, told
from bot.review.groups import ALONE, Filter, Group, next_group, read_group, search_groups
from bot.review.routes.drafts import begin_draft
from bot.review.routes.queue import page_of
from bot.review.texts import MOST_SHOWN, Shown, count_open, texts_in_group
from bot.review.visit import Visit, leave, see, signed_in


@dataclass(frozen=True)
class Trouble:
    """Why a decision was not taken, and the texts that were chosen for it."""

    message: str
    lines: Sequence[str] = ()
    chosen: frozenset[int] = field(default_factory=frozenset)
    status: int = 409


def show(visit: Visit) -> Response:
    """The group's texts."""
    return _page(visit, _number(visit), None)


def decide(visit: Visit) -> Response:
    """Takes a decision on the chosen texts, and goes on to the next group where nothing is left of this one."""
    group, deed = _number(visit), visit.filled("deed")
    seen = read_seen(visit.filled_all("text"))
    name, _, argument = deed.partition(":")
    act = DEEDS.get(name)
    if act is None or (not seen and name != "merge"):
        return _page(visit, group, Trouble(visit.say["choose_texts"], status=422))
    try:
        decided = act(visit, seen, argument)
    except StaleDecisionError as error:
        chosen = frozenset(seen) - {other.which for other in error.others}
        return _page(visit, group, Trouble(visit.say["stale"], told(visit, error.others), chosen))
    except DecisionError as error:
        return _page(visit, group, Trouble(visit.fault(error), chosen=frozenset(seen), status=422))
    return _go_on(visit, group, name, decided)


def _go_on(visit: Visit, group: int, deed: str, decided: Decided) -> Response:
    if deed == "new" and decided.draft is not None:
        return leave(visit, f"/drafts/{decided.draft}")
    wanted = Filter.read(visit.request.query_params)
    with visit.desk.database.begin() as connection:
        here = read_group(connection, group)
        if here is not None and count_open(connection, group):
            return see(f"/groups/{group}", **wanted.asked())
        # A filter for what is decided would lead back to what was just done.
        following = next_group(connection, Filter(wanted.language, wanted.reason, "new", wanted.days, wanted.words))
    return see(f"/groups/{following}" if following is not None else "/", **wanted.asked())


def _page(visit: Visit, number: int, trouble: Optional[Trouble]) -> Response:
    wanted, page = Filter.read(visit.request.query_params), page_of(visit)
    with visit.desk.database.begin() as connection:
        group = read_group(connection, number)
        if group is None:
            return visit.page("error.html", 404, message=visit.say["group_gone"])
        texts, decided = texts_in_group(connection, number, page)
        twin = read_group(connection, group.twin_id) if group.twin_id else None
        twin_texts = texts_in_group(connection, twin.id)[0][:5] if twin else []
        left = count_open(connection, number)
        others = search_groups(connection, group.language, visit.asked("other"), number) if visit.asked("other") else []
    return visit.page(
        "group.html",
        trouble.status if trouble else 200,
        group=group,
        filter=wanted,
        texts=with_neighbours(visit, texts),
        decided=decided,
        left=left,
        page=page,
        more=left > (page + 1) * MOST_SHOWN,
        twin=twin,
        twin_texts=twin_texts,
        nearest=_nearest(visit, group),
        intents=visit.desk.project.find_intents(visit.asked("intent")),
        groups=others,
        title_of=visit.title,
        drafts=deciding.drafts(visit.desk.database),
        trouble=trouble,
        chosen=trouble.chosen if trouble else _all_chosen(visit, texts),
        last=last_of(visit),
        alone=ALONE,
    )


def with_neighbours(visit: Visit, texts: Sequence[Shown]) -> list[Shown]:
    """Returns the texts with the trained questions nearest to each."""
    from dataclasses import replace

    found = visit.desk.project.neighbours().of([text.text for text in texts])
    return [replace(text, neighbours=tuple(near)) for text, near in zip(texts, found, strict=True)]


def _nearest(visit: Visit, group: Group) -> list[tuple[str, str, float]]:
    return [(intent, visit.title(intent), alike) for intent, alike in group.nearest]


def _all_chosen(visit: Visit, texts: Sequence[Shown]) -> frozenset[int]:
    return frozenset(text.id for text in texts) if visit.asked("all") else frozenset()


def _number(visit: Visit) -> int:
    return int(visit.request.path_params["group"])


def read_seen(values: Sequence[str]) -> dict[int, int]:
    """Returns texts and their versions from the fields of a form: `12:3`."""
    pairs = (value.split(":") for value in values)
    return {int(each[0]): int(each[1]) for each in pairs if len(each) == 2 and all(part.isdecimal() for part in each)}


def _accept(visit: Visit, seen: Seen, intent: str) -> Decided:
    use = visit.filled("use")
    desk = visit.desk
    return deciding.label(
        desk.database, desk.settings, seen, intent, visit.who, use if use in ("train", "golden") else None
    )


def _move(visit: Visit, seen: Seen, group: str) -> Decided:
    return deciding.move(visit.desk.database, seen, int(group) if group.isdecimal() else None, visit.who)


def _split(visit: Visit, seen: Seen, name: str) -> Decided:
    return deciding.split(visit.desk.database, seen, visit.filled("split_name") or visit.say["split_name"], visit.who)


def _merge(visit: Visit, seen: Seen, groups: str) -> Decided:
    """Merges this group (with the version seen) with another (`12:3`); this one stays."""
    own = read_seen([visit.filled("group")])
    return deciding.merge(
        visit.desk.database, {**own, **read_seen([groups.replace("-", ":")])}, _number(visit), visit.who
    )


DEEDS: dict[str, Callable[[Visit, Seen, str], Decided]] = {
    "accept": _accept,
    "out": lambda visit, seen, _: _accept(visit, seen, deciding.OUT_OF_SCOPE),
    "ignore": lambda visit, seen, _: deciding.ignore(visit.desk.database, seen, visit.who),
    "skip": lambda visit, seen, _: deciding.skip(visit.desk.database, seen, visit.who),
    "reopen": lambda visit, seen, _: deciding.reopen(visit.desk.database, seen, visit.who),
    "new": begin_draft,
    "move": _move,
    "split": _split,
    "merge": _merge,
}

ROUTES = [
    Route("/groups/{group:int}", signed_in(show)),
    Route("/groups/{group:int}", signed_in(decide), methods=["POST"]),
]
