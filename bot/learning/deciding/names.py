"""The names that a decision may use, and those that are taken."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.evaluation.training_data.domain import OWN_INTENTS, read_domain
from bot.evaluation.training_data.problems import Findings
from bot.learning.database import ReviewDatabase
from bot.learning.drafts import ASKING
from bot.learning.schema import DRAFTS
from bot.settings import Settings

NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
LONGEST_NAME = 60


def domain_intents(settings: Settings) -> list[str]:
    """Returns the intents of the domain that a message may have, in the order of their names."""
    return sorted(read_domain(Findings(settings.project)).intents.keys() - set(OWN_INTENTS))


def intents(database: ReviewDatabase, settings: Settings) -> list[str]:
    """Returns all intents that texts can be accepted into: the domain's, and those of open drafts."""
    with database.begin() as connection:
        drafted = connection.execute(select(DRAFTS.c.name).where(DRAFTS.c.state == "open")).scalars()
        return sorted({*domain_intents(settings), *(ASKING + name for name in drafted)})


def names_taken(connection: Connection, but: int = 0) -> dict[str, str]:
    """Returns the names of all drafts, save that of one, each with what has it."""
    rows = connection.execute(select(DRAFTS.c.id, DRAFTS.c.name, DRAFTS.c.made_by))
    return {row.name: f"a draft by {row.made_by}" for row in rows if row.id != but}
