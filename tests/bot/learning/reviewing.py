"""A small project, a review database in SQLite or PostgreSQL, and texts in it: what tests of decisions need."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Optional

import pytest
from sqlalchemy import select

from bot.evaluation.training_data.questions import key_of
from bot.learning.database import ReviewDatabase
from bot.learning.drafts import Draft, DraftRow, DraftSource, DraftValue, Words
from bot.learning.schema import ACTIONS, GROUPS, MESSAGES, METADATA, TEXTS
from bot.nlu.text import language_of
from bot.settings import PROJECT, Settings
from tests.postgres_server import postgres_programs, postgres_server
from tests.small_domain import keep_intents

QUESTIONS = """# Written by hand: this comment stays.
version: "3.1"
nlu:
  - intent: ask_menu
    examples: |
      - which account has the menu
      - can a service account have the menu
      - do subscription accounts have menus
      - 服务号有菜单吗
      - 订阅号有没有菜单
      - 自定义菜单哪种号有
  - intent: out_of_scope
    examples: |
      - what is the weather in Paris
      - sing me a song
      - 今天天气怎么样
      - 给我唱首歌
  - intent: greet
    examples: |
      - hello there
      - hello again
      - 你好
      - 你好呀
  - lookup: account/service
    examples: |
      - service account
      - 服务号
"""

REFUND = Draft(
    name="refund_time",
    title=Words("Refund time", "退款时间"),
    question=Words("How long does a refund take?", "退款要多久到账？"),
    area="pay",
    rows=(
        DraftRow(
            id="refund.days",
            answer=Words("A refund arrives within {days}.", "退款{days}内到账。"),
            values=(DraftValue("days", "3", "working_day"),),
            source="S_REFUND2026",
            confidence="high",
            valid_from="2024",
        ),
    ),
    sources=(DraftSource("S_REFUND2026", "退款到账时间", "tencent_doc", "2026-05"),),
    suggests=("difference",),
)

# Of one new topic, in both languages, no two nearly the same.
REFUND_TEXTS = (
    "when do I get my money back",
    "refund still not arrived",
    "how many days until a refund lands on the card",
    "customer returned the goods, how soon are they paid back",
    "is money sent back at once or later",
    "waiting for repayment of an order that was cancelled",
    "钱什么时候退回来",
    "退款一直没收到",
    "顾客退货之后几天能拿到钱",
    "取消订单的款项多久原路返回",
    "退的钱到银行卡要等多少个工作日",
    "申请退款以后大概等多长",
)


def small_project(folder: Path) -> Settings:
    """Makes a project of few questions, and returns its settings, with the review database in a file."""
    for name in ("domain", "data/rules", "data/rule_table"):
        shutil.copytree(PROJECT / name, folder / name)
    for name in ("config.yml", "endpoints.yml", "credentials.yml"):
        shutil.copy(PROJECT / name, folder / name)
    (folder / "data" / "nlu").mkdir()
    (folder / "data" / "nlu" / "all.yml").write_text(QUESTIONS, encoding="utf-8")
    keep_intents(folder / "domain", ("ask_menu", "out_of_scope", "greet"))
    return settings_of(folder)


def settings_of(folder: Path, database: Optional[str] = None) -> Settings:
    """Returns the settings of a project."""
    return Settings.read({"REVIEW_DATABASE_URL": database or f"sqlite:///{folder / 'review.db'}"}, folder)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a small project."""
    return small_project(tmp_path / "project")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a real PostgreSQL."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres_server(programs) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, settings: Settings) -> Iterator[ReviewDatabase]:
    """An empty review database, of each kind in turn."""
    url = str(settings.review_database_url)
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    opened = ReviewDatabase(url)
    METADATA.drop_all(opened.engine)
    METADATA.create_all(opened.engine)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(settings: Settings) -> Iterator[ReviewDatabase]:
    """An empty review database in the project's file."""
    opened = ReviewDatabase(str(settings.review_database_url))
    yield opened
    opened.close()


def add_text(database: ReviewDatabase, text: str, people: int = 1, group: Optional[int] = None, **fields: Any) -> int:
    """Puts a text into the database, asked by so many people, and returns its id."""
    language = fields.pop("language", language_of(text))
    values = {"first_at": 1.0, "last_at": 2.0, "messages": people, "people": people, "reasons": [], "group_id": group}
    with database.begin() as connection:
        row = {"language": language, "key": key_of(text), "text": text, **values, **fields}
        which = int(connection.execute(TEXTS.insert().values(**row)).inserted_primary_key[0])
        for person in range(people):
            connection.execute(MESSAGES.insert().values(**message_of(which, text, f"person {person}")))
    return which


def message_of(text_id: int, text: str, person: str) -> dict[str, Any]:
    """Returns the row of a message."""
    message_of.count += 1  # type: ignore[attr-defined]
    return {
        "event": message_of.count,  # type: ignore[attr-defined]
        "text_id": text_id,
        "text": text,
        "conversation": f"conversation of {person}",
        "person": person,
        "channel": "rest",
        "at": 2.0,
        "model": "model-1",
        "intent": "out_of_scope",
        "confidence": 0.3,
        "ranking": [["out_of_scope", 0.3]],
        "act": "refuse",
        "topics": [],
        "facts": [],
        "later": [],
        "reply": "I don't know.",
        "reaction": "silence",
        "reason": None,
        "expires": 4e9,
    }


message_of.count = 0  # type: ignore[attr-defined]


def add_texts(database: ReviewDatabase, texts: tuple[str, ...], people: int = 1) -> dict[int, int]:
    """Puts texts into the database, and returns them as they are seen."""
    return {add_text(database, text, people): 0 for text in texts}


def add_group(database: ReviewDatabase, name: str = "refund", language: str = "en") -> int:
    """Puts an empty group into the database, and returns its id."""
    values: dict[str, Any] = {"nearest": [], "people": 0, "messages": 0, "score": 0.0, "last_at": 0.0, "made_at": 1.0}
    with database.begin() as connection:
        made = connection.execute(GROUPS.insert().values(language=language, name=name, **values))
        return int(made.inserted_primary_key[0])


def text_row(database: ReviewDatabase, which: int) -> dict[str, Any]:
    """Returns a text as it is."""
    with database.begin() as connection:
        return dict(connection.execute(select(TEXTS).where(TEXTS.c.id == which)).mappings().one())


def everything(database: ReviewDatabase) -> dict[str, list[dict[str, Any]]]:
    """Returns all rows but the actions and the counts of decisions."""
    with database.begin() as connection:
        tables = [table for table in METADATA.sorted_tables if table is not ACTIONS and "mark" not in table.name]
        return {
            table.name: [
                {name: value for name, value in row.items() if name != "version"}
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in tables
        }


def files_of(settings: Settings) -> dict[str, bytes]:
    """Returns every file of a project, save databases, models, and the lock of landing."""
    found = {file.relative_to(settings.project).as_posix(): file for file in settings.project.rglob("*")}
    return {
        name: file.read_bytes()
        for name, file in sorted(found.items())
        if file.is_file() and not name.startswith(("review.db", "models/")) and not name.endswith("/.lock")
    }


def with_row(draft: Draft, **changes: Any) -> Draft:
    """Returns a draft with its first row changed."""
    return replace(draft, rows=(replace(draft.rows[0], **changes), *draft.rows[1:]))
