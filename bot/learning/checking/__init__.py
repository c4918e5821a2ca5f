"""Whether what was learned, and what is about to be, teaches well: checked before training."""

from bot.learning.checking.check import Check, Note, check_lessons

__all__ = ["Check", "Note", "check_lessons"]
