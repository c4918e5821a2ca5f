"""Whatever is asked, in whatever case and time: an answer from the table, whole sentences, known ids."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.consult.answer import Answer
from actions.wording.script import in_traditional
from tests.actions.asking import LANGUAGES, TABLE, Conversation, ask

# A consultation is begun by the actions: as a topic it has no answer.
TOPICS = sorted(set(TABLE.topics) - {"consultation"})
NAMES = TABLE.phrases.names
OPEN = st.none()

CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "account": st.sampled_from(["subscription", "service", ["subscription", "service"]]),
        "verified": st.sampled_from(["yes", "no", ["yes", "no"]]),
        "subject": st.sampled_from(sorted(NAMES["subject"])),
        "industry": st.sampled_from(sorted(NAMES["industry"])),
        "interface": st.sampled_from(sorted(TABLE.interfaces)),
        "compare": st.just("yes"),
    },
)
TIMES = st.sampled_from([None, "guide", "today", "2012", "2014-03", "2018-Q2", "2026", "2031-01-01"])
FOLLOW_UPS = st.fixed_dictionaries(
    {},
    optional={
        "area": st.sampled_from(sorted(TABLE.areas)),
        "aspect": st.sampled_from(sorted({aspect for topic in TABLE.topics.values() for aspect in topic.aspects})),
        "account": st.sampled_from(["subscription", "service"]),
    },
)

GUIDE = {row.id for row in TABLE.rows.values() if row.is_guide}
UNFILLED = re.compile(r"[{}]|\bNone\b|Decimal|PartialDate|frozenset")


def assert_sound(answer: Answer) -> None:
    """Asserts what holds of every answer."""
    assert answer.text.strip()
    assert not UNFILLED.search(answer.text), answer.text
    assert set(answer.facts) <= GUIDE
    assert set(answer.later) <= set(TABLE.rows) - GUIDE
    for part in answer.parts:
        assert part.lead.strip()
        assert part.title.strip()
        assert part.source
        assert part.source.text.strip()
        assert part.lead in answer.text
    assert len(answer.suggestions) == len(set(answer.suggestions)) <= 4


@settings(max_examples=400)
@given(st.sampled_from(TOPICS), CONDITIONS, TIMES, st.sampled_from(LANGUAGES))
def test_every_topic_in_every_case(topic: str, case: dict[str, Any], as_of: str | None, language: Any) -> None:
    answer = ask(f"ask_{topic}", language, as_of, **case)
    assert_sound(answer)
    assert answer.understood
    assert answer.parts


@settings(max_examples=100)
@given(st.sampled_from(TOPICS), CONDITIONS)
def test_every_answer_in_traditional_characters(topic: str, case: dict[str, Any]) -> None:
    answer = ask(f"ask_{topic}", "zh", **case)
    traditional = in_traditional(answer)
    assert_sound(traditional)
    assert (traditional.facts, traditional.later) == (answer.facts, answer.later)
    assert len(traditional.parts) == len(answer.parts)


@settings(max_examples=150)
@given(st.sampled_from(TOPICS), CONDITIONS, FOLLOW_UPS, st.sampled_from(LANGUAGES))
def test_every_follow_up(topic: str, case: dict[str, Any], then: dict[str, Any], language: Any) -> None:
    conversation = Conversation()
    conversation.ask(f"ask_{topic}", language, **case)
    assert_sound(conversation.ask("follow_up", language, **then))


@settings(max_examples=100)
@given(st.sampled_from(TOPICS), CONDITIONS)
def test_both_languages_draw_on_the_same_rows(topic: str, case: dict[str, Any]) -> None:
    english, chinese = (ask(f"ask_{topic}", language, **case) for language in LANGUAGES)
    assert (english.facts, english.later) == (chinese.facts, chinese.later)
    assert len(english.suggestions) == len(chinese.suggestions)


@settings(max_examples=100)
@given(st.sampled_from(TOPICS), CONDITIONS, TIMES)
def test_the_same_question_has_the_same_answer(topic: str, case: dict[str, Any], as_of: str | None) -> None:
    assert ask(f"ask_{topic}", "en", as_of, **case) == ask(f"ask_{topic}", "en", as_of, **case)
