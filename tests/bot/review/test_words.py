"""Every word that the pages use is there, in both languages."""

from __future__ import annotations

import re
from importlib.resources import files

from bot.evaluation.acts import Act
from bot.learning.promoting.history import Event
from bot.learning.states import Deed, Reaction, Reason, State
from bot.review.jobs import Stage
from bot.review.routes.learn import COMPARE, TRAIN
from bot.review.routes.queue import NEW_MESSAGES
from bot.review.words import LANGUAGES, all_words

PREFIXES = {
    "state": State,
    "reason": Reason,
    "reaction": Reaction,
    "act": Act,
    "deed": Deed,
    "event": Event,
    "stage": Stage,
}


def used() -> set[str]:
    review = files("bot").joinpath("review")
    templates = [each.read_text("utf-8") for each in review.joinpath("templates").iterdir()]
    modules = [each.read_text("utf-8") for each in review.joinpath("routes").iterdir() if each.name.endswith(".py")]
    modules.append(review.joinpath("deeds.py").read_text("utf-8"))
    named = {name for text in templates for name in re.findall(r"\bsay\.(\w+)", text)}
    return named | {name for text in modules for name in re.findall(r'\bsay\["(\w+)"\]', text)}


def test_all_words_are_there_in_both_languages() -> None:
    words = all_words()
    for name, wording in words.items():
        assert set(wording) == set(LANGUAGES), name
        assert all(isinstance(text, str) and text.strip() for text in wording.values()), name
        assert len({tuple(sorted(re.findall(r"\{(\w+)\}", text))) for text in wording.values()}) == 1, name
    assert used() - {"get"} <= words.keys()


def test_everything_that_is_told_by_its_kind_has_a_word() -> None:
    words = all_words()
    for prefix, kinds in PREFIXES.items():
        for kind in kinds:
            assert f"{prefix}_{kind.value.replace(' ', '_')}" in words, kind
    for job in (TRAIN, COMPARE, NEW_MESSAGES):
        assert f"job_{job.replace(' ', '_')}" in words


def test_no_word_is_left_over() -> None:
    told = tuple(f"{prefix}_" for prefix in (*PREFIXES, "job", "language", "intent"))
    others = {"both", "failed", "form_too_old", "not_found", "not_understood", "login_wait", "login_wrong"}
    spare = {name for name in all_words() if not name.startswith(told)} - used() - others - {"login_link_used"}
    assert spare == set()
