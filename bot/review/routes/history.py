"""What everybody did, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

from sqlalchemy import func, select
from starlette.responses import Response
from starlette.routing import Route

from bot.learning.deciding import Batch, batches
from bot.learning.promoting.history import last_without
from bot.learning.schema import ACTIONS, TEXTS
from bot.learning.states import Deed
from bot.review.deeds import DECISIONS
from bot.review.visit import Visit, signed_in

SHOWN = 50
LOOKED_THROUGH = 5000
MOST_TEXTS = 50


@dataclass(frozen=True)
class Done:
    """A batch with what it was about. `typings`: so many changes of one draft, one after the other."""

    batch: Batch
    texts: tuple[str, ...]
    typings: int = 1

    @property
    def can_undo(self) -> bool:
        """Whether it can be taken back: not the models, and not what is taken back already."""
        kind = self.batch.kind
        return self.batch.undone_by is None and kind in {
            *DECISIONS,
            Deed.LAND.value,
            Deed.UNDO.value,
            Deed.IMPORT.value,
        }


def show(visit: Visit) -> Response:
    """The latest batches, or those that a search finds."""
    words, before = visit.asked("words").strip(), visit.asked("before") or None
    database = visit.desk.database
    found = batches(database, LOOKED_THROUGH if words else SHOWN * 4, before)
    texts = _texts_of(visit, [batch.batch for batch in found])
    done = _gathered([Done(batch, texts.get(batch.batch, ())) for batch in found])
    if words:
        done = [each for each in done if _fits(visit, each, words.lower())]
    return visit.page(
        "history.html",
        done=done[:SHOWN],
        more=done[SHOWN - 1].batch.batch if len(done) > SHOWN else "",
        words=words,
        title_of=visit.title,
    )


def show_one(visit: Visit) -> Response:
    """One batch, what it was about, and what taking it back will do."""
    name = visit.request.path_params["batch"]
    found = next((batch for batch in batches(visit.desk.database, LOOKED_THROUGH) if batch.batch == name), None)
    if found is None:
        return visit.page("error.html", 404, message=visit.say["batch_gone"], back="/history")
    done = Done(found, _texts_of(visit, [name]).get(name, ()))
    without = last_without(visit.desk.settings.models, name) if found.kind == Deed.LAND.value else None
    return visit.page("batch.html", done=done, title_of=visit.title, without=without)


def _texts_of(visit: Visit, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Returns the texts that batches were about, by batch: some of each."""
    place = func.row_number().over(partition_by=ACTIONS.c.batch, order_by=ACTIONS.c.id).label("place")
    ranked = select(ACTIONS.c.batch, ACTIONS.c.which, place).where(ACTIONS.c.batch.in_(names), ACTIONS.c.what == "text")
    inner = ranked.subquery()
    found: dict[str, list[str]] = {}
    with visit.desk.database.begin() as connection:
        rows = connection.execute(select(inner).where(inner.c.place <= MOST_TEXTS)).all()
        ids = list({int(row.which) for row in rows})
        written = {}
        for start in range(0, len(ids), 500):
            chosen = select(TEXTS.c.id, TEXTS.c.text).where(TEXTS.c.id.in_(ids[start : start + 500]))
            written.update({row.id: row.text for row in connection.execute(chosen)})
    for row in rows:
        if int(row.which) in written:
            found.setdefault(row.batch, []).append(written[int(row.which)])
    return {name: tuple(dict.fromkeys(texts)) for name, texts in found.items()}


def _gathered(found: Sequence[Done]) -> list[Done]:
    """Returns the batches with what was typed into drafts, which is kept at every pause, as one line."""
    gathered: list[Done] = []
    for each in found:
        last = gathered[-1] if gathered else None
        if last and _is_typing(each) and _is_typing(last) and last.batch.who == each.batch.who:
            gathered[-1] = Done(last.batch, (), last.typings + 1)
        else:
            gathered.append(each)
    return gathered


def _is_typing(done: Done) -> bool:
    return done.batch.kind == Deed.DRAFT.value and not done.batch.texts and done.batch.undone_by is None


def _fits(visit: Visit, done: Done, words: str) -> bool:
    batch = done.batch
    intents = [told for intent in batch.intents for told in (intent, visit.title(intent))]
    kind = visit.say[f"deed_{batch.kind.replace(' ', '_')}"]
    return any(words in told.lower() for told in (batch.batch, batch.who, kind, *intents, *done.texts))


ROUTES = [Route("/history", signed_in(show)), Route("/history/{batch}", signed_in(show_one))]
