"""Asking the consultant without the understanding: messages as the NLU pipeline would have read them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

from actions.consult.answer import Answer
from actions.consult.consultant import Consultant
from actions.consult.turn import Memory, Message
from actions.rule_table.loader import load_rule_table
from actions.rule_table.model import Language
from actions.rule_table.table import RuleTable
from tests.table_copy import RULE_TABLE

# Read once, for strategies that draw from it.
TABLE = load_rule_table(RULE_TABLE)
TODAY = datetime.date(2026, 11, 21)
LANGUAGES: tuple[Language, Language] = ("en", "zh")

# What is not a topic, as people say it.
MOVES: dict[str, tuple[str, str]] = {
    "follow_up": ("And what about that?", "那这个呢？"),
    "choose_option": ("2", "2"),
    "give_context": ("We run an account of our own.", "我们自己有一个号"),
    "out_of_scope": ("Who won the football match?", "帮我写一首诗"),
    "greet": ("Hello", "你好"),
    "goodbye": ("Goodbye", "再见"),
    "thank": ("Thank you", "谢谢"),
    "affirm": ("Yes", "是的"),
    "deny": ("No", "不是"),
    "ask_capabilities": ("What can you do?", "你会做什么"),
    "ask_source": ("Where does that come from?", "这是哪里说的？"),
    "request_human": ("I want to talk to a person", "转人工"),
}
INTENTS = (*(f"ask_{topic}" for topic in TABLE.topics), *MOVES)
ASKING = ("follow_up", "out_of_scope")

# How sure the classifier is of a plain question.
PLAIN = 0.9

# How many intents it names, of a message and of a piece of one.
RANKING, SHORT_RANKING = 20, 12


def entities_of(**named: Any) -> list[dict[str, Any]]:
    """Returns entities, one after another: `entities_of(account="service", verified="no")`; a list stands for several.

    An entity without a value is left out.
    """
    pairs = [
        (name, value) for name, values in named.items() for value in (values if isinstance(values, list) else [values])
    ]
    said = [(name, value) for name, value in pairs if value is not None]
    return [
        {"entity": name, "value": value, "start": 10 * place, "end": 10 * place + 9}
        for place, (name, value) in enumerate(said)
    ]


def ranking_of(likely: Mapping[str, float], longest: int = RANKING) -> list[dict[str, Any]]:
    """Returns a ranking as the classifier gives it. What the likely intents leave is shared by those of no topic.

    So no other topic gains by its place in the table.
    """
    others = [intent for intent in MOVES if intent not in likely]
    left = max(0.0, 1 - sum(likely.values())) / max(1, len(others))
    ranked = sorted({**likely, **dict.fromkeys(others, left)}.items(), key=lambda item: -item[1])
    return [{"name": intent, "confidence": confidence} for intent, confidence in ranked[:longest]]


def text_of(intent: str, language: Language = "en") -> str:
    """Returns how people say what an intent stands for."""
    topic = TABLE.topics.get(intent[len("ask_") :])
    if topic:
        return topic.question.in_language(language)
    return MOVES.get(intent, ("?", "?"))[LANGUAGES.index(language)]


def parsed(
    intent: str,
    language: Language = "en",
    as_of: Optional[str] = None,
    *,
    text: Optional[str] = None,
    likely: Optional[Mapping[str, float]] = None,
    asks: Optional[bool] = None,
    **named: Any,
) -> dict[str, Any]:
    """Returns what Rasa's tracker holds of a message with one question.

    likely: confidences of the likeliest intents, where they tell more than that the message is plain. A follow-up of
    which nothing is told but the entities begins with a word that goes on.
    """
    certain = intent == "choose_option" and likely is None
    likely = likely or {intent: 1.0 if certain else PLAIN}
    if intent == "follow_up" and text is None:
        named = {"follows": "yes", **named}
    return {
        "text": text or text_of(intent, language),
        "intent": {"name": intent, "confidence": likely[intent]},
        "intent_ranking": [] if certain else ranking_of(likely),
        "entities": entities_of(**named),
        "questions": [],
        "asks": intent.startswith("ask_") or intent in ASKING if asks is None else asks,
        "language": language,
        "metadata": {"as_of": as_of} if as_of else {},
    }


def message(intent: str, language: Language = "en", as_of: Optional[str] = None, **named: Any) -> Message:
    """Returns a message with one question."""
    return Message.from_parse(parsed(intent, language, as_of, **named))


def piece(
    intent: str,
    *,
    text: Optional[str] = None,
    likely: Optional[Mapping[str, float]] = None,
    asks: bool = True,
    **named: Any,
) -> dict[str, Any]:
    """Returns a clause, as it stands in a message of several."""
    likely = likely or {intent: PLAIN}
    return {
        "text": text or text_of(intent),
        "intent": {"name": intent, "confidence": likely[intent]},
        "intent_ranking": ranking_of(likely, SHORT_RANKING),
        "entities": entities_of(**named),
        "asks": asks,
    }


def parsed_pieces(*pieces: dict[str, Any], whole: Optional[Mapping[str, float]] = None, **named: Any) -> dict[str, Any]:
    """Returns what Rasa's tracker holds of a message of several clauses.

    whole: how the message is read as one question, the likeliest first; if left out, as a bit of each clause. `named`
    are entities outside the clauses.
    """
    likely = whole or _mean([each["intent_ranking"] for each in pieces])
    text = " ".join(each["text"] for each in pieces)
    together = parsed(next(iter(likely)), text=text, likely=likely, asks=True, **named)
    inside = [entity for each in pieces for entity in each["entities"]]
    return {**together, "entities": [*together["entities"], *inside], "questions": list(pieces)}


def _mean(rankings: Sequence[Sequence[Mapping[str, Any]]]) -> dict[str, float]:
    """Returns the mean confidences of several rankings, the likeliest first."""
    sums: dict[str, float] = {}
    for entry in (entry for ranking in rankings for entry in ranking):
        sums[entry["name"]] = sums.get(entry["name"], 0.0) + entry["confidence"] / len(rankings)
    return dict(sorted(sums.items(), key=lambda item: -item[1]))


def message_of(*pieces: dict[str, Any], whole: Optional[Mapping[str, float]] = None, **named: Any) -> Message:
    """Returns a message of several clauses."""
    return Message.from_parse(parsed_pieces(*pieces, whole=whole, **named))


@dataclass
class Conversation:
    """A conversation with the consultant over a table."""

    table: RuleTable = TABLE
    as_of: str = "guide"
    memory: Memory = field(default_factory=Memory)

    def ask(self, intent: str, language: Language = "en", as_of: Optional[str] = None, **named: Any) -> Answer:
        """Returns the answer to a message, and remembers the turn."""
        return self.say(message(intent, language, as_of, **named))

    def say(self, said: Message) -> Answer:
        """Returns the answer to a message, and remembers the turn."""
        answer, self.memory = Consultant(self.table, self.as_of, lambda: TODAY).answer(said, self.memory)
        return answer


def ask(intent: str, language: Language = "en", as_of: Optional[str] = None, **named: Any) -> Answer:
    """Returns the answer to the first message of a conversation."""
    return Conversation().ask(intent, language, as_of, **named)
