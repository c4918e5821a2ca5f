"""The tables of the review database. Times are seconds since 1970; people and conversations are keyed hashes.

Nothing in here holds a message as it was sent: personal data are replaced before anything is stored.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

# SQLite counts up by itself only in INTEGER columns.
_ID = BigInteger().with_variant(Integer, "sqlite")

# How far the collecting has come, by the name of the source; and other small facts about the whole.
MARKS = Table(
    "review_marks",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# One text, in one language, however often it was asked: what a person decides about.
TEXTS = Table(
    "review_texts",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("language", Text, nullable=False),
    # The text as the classifier sees it (bot.evaluation.training_data.questions.key_of).
    Column("key", Text, nullable=False),
    # As somebody wrote it, personal data replaced.
    Column("text", Text, nullable=False),
    Column("first_at", Float, nullable=False),
    Column("last_at", Float, nullable=False),
    Column("messages", Integer, nullable=False, default=0),
    Column("people", Integer, nullable=False, default=0),
    # bot.learning.states.State
    Column("state", Text, nullable=False, default="new"),
    # What a person decided: an intent of the domain, out_of_scope, or a new intent; none before.
    Column("intent", Text),
    # Whether it is to be learned or to be asked in tests: "train" or "golden"; none before it is decided.
    Column("use", Text),
    # Why it deserves a look (bot.learning.states.Reason), and how much.
    Column("reasons", JSON, nullable=False, default=list),
    Column("score", Float, nullable=False, default=0.0),
    Column("group_id", _ID, ForeignKey("review_groups.id", ondelete="SET NULL")),
    # How typical of its group it is, from 0 to 1, and its place on the map.
    Column("typical", Float, nullable=False, default=0.0),
    Column("x", Float),
    Column("y", Float),
    # Counts up with every decision, so that nobody overwrites what they have not seen.
    Column("version", Integer, nullable=False, default=0),
    UniqueConstraint("language", "key", name="review_texts_key"),
    Index("review_texts_state", "state", "score"),
    Index("review_texts_group", "group_id"),
)

# One message of one person.
MESSAGES = Table(
    "review_messages",
    METADATA,
    Column("id", _ID, primary_key=True),
    # The row of the tracker store that it was read from.
    Column("event", BigInteger, nullable=False),
    # The message's id in its channel, hashed: repeats and what people say of its answer are known by it.
    Column("key", Text),
    Column("text_id", _ID, ForeignKey("review_texts.id", ondelete="CASCADE"), nullable=False),
    # As it was written, personal data replaced.
    Column("text", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("at", Float, nullable=False),
    # The model that understood it (Rasa's model_id).
    Column("model", Text, nullable=False),
    Column("intent", Text, nullable=False),
    # Of the reply: how sure Wenhao was of what it answered.
    Column("confidence", Float, nullable=False),
    # The classifier's own: [[intent, confidence], ...], the likeliest first.
    Column("ranking", JSON, nullable=False),
    # bot.evaluation.acts.Act
    Column("act", Text, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("later", JSON, nullable=False),
    Column("reply", Text, nullable=False),
    # bot.learning.states.Reaction, and what somebody gave as a reason.
    Column("reaction", Text, nullable=False),
    Column("reason", Text),
    # When it is deleted.
    Column("expires", Float, nullable=False),
    UniqueConstraint("event", name="review_messages_event"),
    UniqueConstraint("key", name="review_messages_key"),
    Index("review_messages_text", "text_id", "person"),
    Index("review_messages_at", "at"),
    Index("review_messages_conversation", "conversation", "at"),
    Index("review_messages_person", "person"),
    Index("review_messages_expires", "expires"),
)

# Texts of one language that seem to ask one thing.
GROUPS = Table(
    "review_groups",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("language", Text, nullable=False),
    # A suggestion, such as `refund_time`.
    Column("name", Text, nullable=False),
    # The nearest known intents: [[intent, alike], ...], three at most, the nearest first.
    Column("nearest", JSON, nullable=False),
    Column("people", Integer, nullable=False),
    Column("messages", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("last_at", Float, nullable=False),
    # The group of the other language that seems to ask the same.
    Column("twin_id", _ID),
    # Made or changed by a person: grouping anew leaves it as it is.
    Column("by_hand", Boolean, nullable=False, default=False),
    Column("made_at", Float, nullable=False),
    Column("version", Integer, nullable=False, default=0),
    Index("review_groups_score", "language", "score"),
)

# New intents on their way into the project: what is typed is kept before it is complete.
DRAFTS = Table(
    "review_drafts",
    METADATA,
    Column("id", _ID, primary_key=True),
    # Without `ask_`: the topic's id.
    Column("name", Text, nullable=False, unique=True),
    # bot.learning.drafts.Draft as data.
    Column("content", JSON, nullable=False),
    # "open" or "landed".
    Column("state", Text, nullable=False, default="open"),
    Column("made_by", Text, nullable=False),
    Column("made_at", Float, nullable=False),
    Column("version", Integer, nullable=False, default=0),
)

# Everything that anybody did, never changed and never deleted: undoing adds a row.
ACTIONS = Table(
    "review_actions",
    METADATA,
    Column("id", _ID, primary_key=True),
    # What was done at once is undone at once.
    Column("batch", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("who", Text, nullable=False),
    # bot.learning.states.Deed
    Column("kind", Text, nullable=False),
    # What it was done to: "text", "group", "draft", "lessons", "model"; and which.
    Column("what", Text, nullable=False),
    Column("which", Text, nullable=False),
    Column("before", JSON),
    Column("after", JSON),
    # The batch that this one takes back, and the one that took this one back.
    Column("undoes", Text),
    Column("undone_by", Text),
    Index("review_actions_batch", "batch"),
    Index("review_actions_which", "what", "which"),
)

# Who may review. A token is kept as a hash alone.
REVIEWERS = Table(
    "review_reviewers",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("language", Text, nullable=False, default="en"),
    Column("made_at", Float, nullable=False),
)
