"""What people ask in the month, and what each of it means: the oracle by which the reviewer labels."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

QUESTIONS = Path(__file__).with_name("questions.jsonl")


@dataclass(frozen=True)
class Asked:
    """One question. `label` is a topic that is not there yet, or out_of_scope; `use` is asked or later."""

    text: str
    language: str
    label: str
    round: int
    use: str

    @property
    def intent(self) -> str:
        """The intent that the reviewer accepts it into."""
        return self.label if self.label == "out_of_scope" else f"ask_{self.label}"


def questions() -> list[Asked]:
    """Returns all questions."""
    return [Asked(**json.loads(line)) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True)
class NewTopic:
    """What the reviewer writes of a new topic: the fields of its draft."""

    name: str
    fields: dict[str, str]
    row: str
    figure: dict[str, str]


TOPICS = {
    "article_comments": NewTopic(
        "article_comments",
        {
            "title.en": "Comments below articles",
            "title.zh": "文章留言",
            "question.en": "Which accounts have comments below their articles?",
            "question.zh": "哪些公众号的文章可以留言？",
            "area": "operating",
            "rows.0.id": "comments.since",
            "rows.0.answer.en": "Accounts opened after {opened} came without comments below their articles.",
            "rows.0.answer.zh": "{opened}以后注册的账号，文章下面没有留言功能。",
            "rows.0.confidence": "medium",
            "rows.0.source": "S_OWN_NOTES",
            "sources.0.id": "S_OWN_NOTES",
            "sources.0.title": "Our own notes",
            "sources.0.kind": "guide",
            "sources.0.date": "2026-11",
        },
        "comments.since",
        {"name": "opened", "value": "2018-03-12", "unit": "date"},
    ),
    "account_migration": NewTopic(
        "account_migration",
        {
            "title.en": "Moving followers to another account",
            "title.zh": "账号迁移",
            "question.en": "How long does it take to move followers to another account?",
            "question.zh": "账号迁移要多久？",
            "area": "operating",
            "rows.0.id": "migration.duration",
            "rows.0.answer.en": "Moving followers to another account takes about {duration}, with a notary's paper.",
            "rows.0.answer.zh": "账号迁移大约需要{duration}，要办公证。",
            "rows.0.confidence": "medium",
            "rows.0.source": "S_MIGRATION_NOTES",
            "sources.0.id": "S_MIGRATION_NOTES",
            "sources.0.title": "Our notes on migrations",
            "sources.0.kind": "guide",
            "sources.0.date": "2026-11",
        },
        "migration.duration",
        {"name": "duration", "value": "15", "unit": "working_day"},
    ),
}
