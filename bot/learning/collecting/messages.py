"""A page of the log as messages: scrubbed, hashed, each with its answer, in their order."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Optional, Union

from bot.evaluation.acts import Act, act_of, topics_in
from bot.evaluation.training_data.questions import key_of
from bot.learning.collecting.errors import CorruptRowError
from bot.learning.collecting.key import Hashes
from bot.learning.collecting.log_rows import BOT, Asked, Judged, LogEvent, LogRow, Reply, read_row
from bot.learning.collecting.scrubbing.scrubber import Scrubber
from bot.learning.collecting.skipping import Skipped, why_skipped
from bot.learning.collecting.tracker_store import ANSWERS_BACK, Page
from bot.nlu.text import language_of

LANGUAGES = ("en", "zh")

# Of so many conversations the last suggestions are remembered.
MOST_CONVERSATIONS = 50_000

NO_REPLY = Reply(0, "", "", {})

Offers = deque[frozenset[str]]


@dataclass(frozen=True)
class Message:
    """One message as it is kept. `key`, `conversation` and `person` are hashes, `text_key` is `key_of(text)`."""

    event: int
    key: str
    conversation: str
    person: str
    at: float
    skipped: Optional[Skipped]
    person_wish: Optional[str]
    text_key: str = ""
    language: str = ""
    # The columns of review_messages that nothing else depends on.
    columns: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What somebody said of the answer to the message with this (hashed) key."""

    event: int
    key: str
    is_solved: bool
    reason: Optional[str]


Item = Union[Message, Verdict]


class Reader:
    """Reads pages. Remembers of each conversation what was offered last."""

    def __init__(self, hashes: Hashes, scrubber: Scrubber, known: Mapping[str, Act]) -> None:
        self._hashes = hashes
        self._scrub = scrubber.scrub
        self._known = known
        self._offers: OrderedDict[str, Offers] = OrderedDict()

    @property
    def conversations(self) -> set[str]:
        """The conversations whose last suggestions are known."""
        return set(self._offers)

    def forget(self) -> None:
        """Forgets what was offered: what is read next may come from before."""
        self._offers.clear()

    def read(self, page: Page, corrupt: dict[int, str]) -> list[Item]:
        """Returns the messages and verdicts of a page. What can't be read is noted in `corrupt`, with the reason."""
        events = list(_read(page.rows, corrupt))
        answers = _answers(events, page)
        for sender, rows in page.earlier.items():
            for event in _read(rows, {}):
                self._note(sender, event)
        items: list[Item] = []
        for event in events:
            if isinstance(event, Asked):
                items.append(self._message(event, answers.get(event.id, NO_REPLY)))
            elif isinstance(event, Judged):
                items.append(self._verdict(event))
            else:
                self._note(event.conversation, event)
        while len(self._offers) > MOST_CONVERSATIONS:
            self._offers.popitem(last=False)
        return items

    def _note(self, conversation: str, event: LogEvent) -> None:
        if isinstance(event, Reply):
            offers = self._offers.setdefault(conversation, deque(maxlen=ANSWERS_BACK))
            offers.append(frozenset(map(key_of, event.suggestions)))
            self._offers.move_to_end(conversation)

    def _verdict(self, judged: Judged) -> Verdict:
        reason = self._scrub(judged.reason) if judged.reason else None
        return Verdict(judged.id, self._key(judged.conversation, judged.about), judged.verdict == "solved", reason)

    def _message(self, asked: Asked, reply: Reply) -> Message:
        skipped = why_skipped(asked, frozenset().union(*self._offers.get(asked.conversation, ())))
        message = Message(
            event=asked.id,
            key=self._key(asked.conversation, asked.key),
            conversation=self._hashes.conversation(asked.conversation),
            person=self._hashes.person(asked.person),
            at=asked.at,
            skipped=skipped,
            person_wish=reply.content.get("person"),
        )
        if skipped:
            return message
        text = self._scrub(asked.text).strip()
        told = asked.language or reply.content.get("language")
        return replace(
            message,
            text_key=key_of(text),
            language=told if told in LANGUAGES else language_of(text),
            columns={**_of_question(asked, text), **self._of_answer(asked, reply)},
        )

    def _key(self, conversation: str, key: str) -> str:
        return self._hashes.message(conversation, key)

    def _of_answer(self, asked: Asked, reply: Reply) -> dict[str, Any]:
        content = reply.content
        confidence = content.get("confidence")
        return {
            "confidence": asked.ranking[0][1] if confidence is None else float(confidence),
            "act": _act(reply, self._known).value,
            "topics": list(topics_in({"parts": content.get("parts") or []})),
            "facts": list(content.get("facts") or []),
            "later": list(content.get("later") or []),
            "reply": self._scrub(reply.text),
        }


def _of_question(asked: Asked, text: str) -> dict[str, Any]:
    return {
        "text": text,
        "channel": asked.channel,
        "model": asked.model,
        "intent": asked.intent,
        "ranking": [list(each) for each in asked.ranking],
    }


def _read(rows: Sequence[LogRow], corrupt: dict[int, str]) -> Iterator[LogEvent]:
    for row in rows:
        try:
            yield read_row(row)
        except CorruptRowError as error:
            corrupt[row.id] = str(error)
            if row.type_name == BOT:
                # Something was answered, nobody knows what.
                yield Reply(row.id, row.sender_id, "", {})


def _answers(events: Sequence[LogEvent], page: Page) -> dict[int, Reply]:
    """Returns the first answer after each message and before the next one of its conversation, by the message's id."""
    answers: dict[int, Reply] = {}
    waiting: dict[str, int] = {}
    for event in events:
        if isinstance(event, Asked):
            waiting[event.conversation] = event.id
        elif isinstance(event, Reply) and event.conversation in waiting:
            answers[waiting.pop(event.conversation)] = event
    for conversation, message in waiting.items():
        row = page.answers.get(conversation)
        found = next(_read([row], {}), None) if row else None
        if isinstance(found, Reply):
            answers[message] = found
    return answers


def _act(reply: Reply, known: Mapping[str, Act]) -> Act:
    if not reply.text:
        return Act.FAILED
    content = {"reply": reply.text, "parts": reply.content.get("parts") or []}
    act = act_of(content, known)
    # A question of the consultation that is still open stands below.
    begun = next((found for text, found in known.items() if reply.text.startswith(f"{text}\n\n")), None)
    return begun if begun and act is Act.TALKED else act
