"""The words in which the review database tells where things stand."""

from __future__ import annotations

from enum import Enum


class State(str, Enum):
    """How far a text has come. `landed`: in the training files; `trained`: a model that was promoted has learned it."""

    NEW = "new"
    SKIPPED = "skipped"
    IGNORED = "ignored"
    LABELLED = "labelled"
    LANDED = "landed"
    TRAINED = "trained"


class Reason(str, Enum):
    """Why a text deserves a look."""

    UNANSWERED = "unanswered"
    UNSURE = "unsure"
    UNSOLVED = "unsolved"
    REPHRASED = "rephrased"
    PERSON = "person"
    SAMPLE = "sample"


class Reaction(str, Enum):
    """What came after an answer. `waiting`: too early to tell."""

    WAITING = "waiting"
    SOLVED = "solved"
    UNSOLVED = "unsolved"
    REPHRASED = "rephrased"
    PERSON = "person"
    WENT_ON = "went on"
    SILENCE = "silence"


class Deed(str, Enum):
    """What a person, or a command, did."""

    LABEL = "label"
    IGNORE = "ignore"
    SKIP = "skip"
    REOPEN = "reopen"
    REDACT = "redact"
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"
    RENAME = "rename"
    DRAFT = "draft"
    LAND = "land"
    PROMOTE = "promote"
    ROLL_BACK = "roll back"
    ERASE = "erase"
    IMPORT = "import"
    UNDO = "undo"
