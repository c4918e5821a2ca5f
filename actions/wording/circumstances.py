"""What a business told of itself, in words: each circumstance in a few of them."""

from __future__ import annotations

from actions.consult.circumstances import Circumstances
from actions.consult.costs import figure
from actions.consult.reckon_broadcasts import plan_in_words
from actions.wording.saying import Speaker


def describe_told(speaker: Speaker, told: Circumstances) -> list[str]:
    """Returns the circumstances in words, the owner first."""
    writer = speaker.writer
    said = [writer.name("subject", told.subject)] if told.subject else []
    said += [writer.name("industry", told.industry)] if told.industry else []
    for name in ("listed", "brands", "startup", "budget"):
        value = getattr(told, name)
        said += [writer.name("told", f"{name}_{value}")] if value else []
    said += [capital_in_words(speaker, told)] if told.capital is not None else []
    said += [wish_in_words(speaker, wish) for wish in told.wishes]
    said += [writer.name("told", "lacks_advanced")] if "advanced" in told.lacks else []
    if told.frequency:
        said.append(writer.name("told", "frequency").format(plan=plan_in_words(speaker, told.frequency)))
    if told.turnover is not None:
        amount = writer.name("told", "turnover").format(amount=speaker.yuan(told.turnover))
        per = f"per_{told.turnover_per}"
        said.append(writer.name("told", per).format(amount=amount) if told.turnover_per else amount)
    return said


def wish_in_words(speaker: Speaker, wish: str) -> str:
    """Returns what is wished for: a purpose, or an interface's name."""
    if wish in speaker.table.interfaces:
        return speaker.table.interfaces[wish].name.in_language(speaker.language)
    return speaker.writer.name("told", f"wish_{wish}")


def capital_in_words(speaker: Speaker, told: Circumstances) -> str:
    """Returns the registered capital; where only its side of the threshold is known, that."""
    assert told.capital is not None
    rows = [row for row in speaker.table.rules_of("pay_deposit") if "capital" in row.values]
    threshold = figure(rows[0], "capital") if rows else None
    if threshold is not None and told.capital in (0, threshold):
        name = "capital_below" if told.capital == 0 else "capital_reaches"
        return speaker.writer.name("told", name).format(amount=speaker.yuan(threshold))
    return speaker.writer.name("told", "capital").format(amount=speaker.yuan(told.capital))
