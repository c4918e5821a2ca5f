"""What a message has to be to be taught: one line of text that YAML and Rasa take for nothing else."""

from __future__ import annotations

import unicodedata

LONGEST = 500

# Full-width forms, which the pipeline folds back (bot.nlu.text.normalise): the model sees what was written.
MARKS = str.maketrans("[]{}", "［］｛｝")
AT_START = str.maketrans("-/#", "－／＃")

# Invisible and control characters, halves of pairs, and what Unicode has not given a meaning.
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
BREAKS = ("Zs", "Zl", "Zp")


class NotTeachableError(ValueError):
    """The text can't be taught; the message says why, to be put behind the name of the text."""


def teachable(text: str) -> str:
    """Returns a text as it is written into the training files. Raises NotTeachableError where it can't be taught."""
    shown = plain_line(text)
    if len(shown) > LONGEST:
        raise NotTeachableError(
            f"is {len(shown):,} characters long, and a question to learn from has {LONGEST} at most"
        )
    if not any(character.isalnum() for character in shown):
        raise NotTeachableError("has no word in it")
    return shown[0].translate(AT_START) + shown[1:].translate(MARKS) if shown[0] in "-/#" else shown.translate(MARKS)


def plain_line(text: str) -> str:
    """Returns a text as one line without what can't be seen: control characters, marks of direction, joiners."""
    return " ".join("".join(map(_shown, text)).split())


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\t\n\r\v\f\x85" or category in BREAKS:
        return " "
    return "" if category in UNSEEN else character
