"""A review database with texts, messages, and groups in it, as collecting and grouping leave them."""

from __future__ import annotations

import time
from typing import Any, Optional, Sequence

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.evaluation.training_data.questions import key_of
from bot.learning.database import ReviewDatabase
from bot.learning.deciding.groups import recount
from bot.learning.schema import GROUPS, MESSAGES, TEXTS

DAY = 24 * 60 * 60
HOSTILE = "<script>document.title='pwned'</script><img src=x onerror=\"document.title='pwned'\">"
FORMULA = '=HYPERLINK("http://evil.example","refund")'
TURNED = "\u202efund my account deposit\u2066 now"
LONG = "How long until the money is back? " * 300

REFUNDS = (
    "How long does a refund take?",
    "When do I get my money back after a refund",
    "refund how many days",
    "my customer wants a refund, how long",
    "How long until a refund arrives?",
    "refund duration please",
)
REFUNDS_ZH = ("退款要多久到账", "退款几天能到", "退款多长时间")
STAFF = ("Can two people manage the account?", "how do I add another operator", "share the account with staff")


class Filler:
    """Puts rows in, with ids that count up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._event = connection.execute(select(func.coalesce(func.max(MESSAGES.c.event), 0))).scalar_one()

    def group(self, language: str, name: str, nearest: Sequence[tuple[str, float]], score: float) -> int:
        values = {
            "language": language,
            "name": name,
            "nearest": [list(each) for each in nearest],
            "people": 0,
            "messages": 0,
            "score": score,
            "last_at": time.time(),
            "made_at": time.time(),
        }
        return int(self._connection.execute(GROUPS.insert().values(**values)).inserted_primary_key[0])

    def text(self, text: str, language: str, group: Optional[int], typical: float = 0.5, **more: Any) -> int:
        now = time.time()
        people = more.pop("people", 2)
        values = {
            "language": language,
            "key": key_of(text),
            "text": text,
            "first_at": now - 20 * DAY,
            "last_at": now - DAY,
            "messages": people + 1,
            "people": people,
            "reasons": ["unanswered"],
            "score": 2.0,
            "group_id": group,
            "typical": typical,
            "x": typical,
            "y": (self._event % 7) / 7,
            **more,
        }
        made = int(self._connection.execute(TEXTS.insert().values(**values)).inserted_primary_key[0])
        for asked in range(people + 1):
            self.message(made, text, f"person-{asked % people}", now - DAY * (1 + asked))
        return made

    def message(self, text_id: int, text: str, person: str, at: float, **more: Any) -> None:
        self._event += 1
        values = {
            "event": self._event,
            "text_id": text_id,
            "text": text,
            "conversation": f"conversation-{person}",
            "person": person,
            "channel": "wechat",
            "at": at,
            "model": "m",
            "intent": "nlu_fallback",
            "confidence": 0.3,
            "ranking": [["ask_pay_settlement", 0.3]],
            "act": "asked back",
            "topics": [],
            "facts": [],
            "later": [],
            "reply": "I'm not sure what you mean. Which of these is it?",
            "reaction": "silence",
            "expires": at + 180 * DAY,
            **more,
        }
        self._connection.execute(MESSAGES.insert().values(**values))


def fill(database: ReviewDatabase) -> dict[str, int]:
    """Fills a database and returns the groups by their names."""
    with database.begin() as connection:
        filler = Filler(connection)
        near = (("ask_pay_settlement", 0.62), ("ask_verification_fee", 0.41), ("ask_pay_deposit", 0.33))
        groups = {
            "refund_time": filler.group("en", "refund_time", near, 9.0),
            "refund_time_zh": filler.group("zh", "refund_time_zh", near, 8.0),
            "staff": filler.group("en", "staff", (("ask_difference", 0.2),), 5.0),
            "hostile": filler.group("en", "hostile", near, 1.0),
        }
        for name, texts in (("refund_time", REFUNDS), ("staff", STAFF)):
            for place, text in enumerate(texts):
                filler.text(text, "en", groups[name], 0.95 - place / 10, people=4 if not place else 2)
        for place, text in enumerate(REFUNDS_ZH):
            filler.text(text, "zh", groups["refund_time_zh"], 0.9 - place / 10, score=3.0)
        for place, text in enumerate((HOSTILE, FORMULA, TURNED, LONG)):
            filler.text(text, "en", groups["hostile"], 0.9 - place / 10, score=0.5)
        pair = groups["refund_time"], groups["refund_time_zh"]
        for group in groups.values():
            recount(connection, [group])
        for one, other in (pair, pair[::-1]):
            connection.execute(GROUPS.update().where(GROUPS.c.id == one).values(twin_id=other))
    return groups
