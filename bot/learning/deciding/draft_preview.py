"""What the consultant will answer by a draft, before it is in the table."""

from __future__ import annotations

from typing import Optional

from actions.consult.consultant import Consultant
from actions.consult.turn import Memory, Message, Question
from actions.rule_table.loader import checked_table
from actions.rule_table.model import Language
from actions.settings import ActionSettings
from bot.learning.deciding.draft_table import FOLDER, table_with
from bot.learning.draft_parts import parts_of
from bot.learning.drafts import Draft
from bot.settings import Settings

LANGUAGES: tuple[Language, Language] = ("en", "zh")


def preview(settings: Settings, draft: Draft) -> dict[str, Optional[str]]:
    """Returns the answer to the draft's question in each language ("en", "zh"), worded as the consultant will.

    None for both where the draft has faults that keep the table from being read. Raises RuleTableError where the table
    has faults without the draft.
    """
    reading, faults = table_with(settings.project, parts_of(draft))
    if faults or not draft.name:
        return dict.fromkeys(LANGUAGES)
    table = checked_table(reading, settings.project / FOLDER)
    consultant = Consultant(table, ActionSettings.read(project=settings.project).as_of)
    return {language: _answer(consultant, draft, language) for language in LANGUAGES}


def _answer(consultant: Consultant, draft: Draft, language: Language) -> str:
    asked = Message(
        text=draft.question.zh if language == "zh" else draft.question.en,
        intent=draft.intent,
        confidence=1.0,
        ranking=((draft.intent, 1.0),),
        question=Question(draft.intent),
        language=language,
        asks=True,
    )
    return consultant.answer(asked, Memory())[0].text
