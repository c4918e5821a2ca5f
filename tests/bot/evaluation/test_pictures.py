"""The pictures can be opened, and something is drawn in them."""

from __future__ import annotations

import io
import itertools

import pytest
from PIL import Image

from bot.evaluation.calibration import bins
from bot.evaluation.confusion import confusion
from bot.evaluation.outcomes import Outcome
from bot.evaluation.pictures import draw_calibration, draw_confusion
from tests.bot.evaluation.made import TOPIC_OF, TOPICS, outcome

CONFUSED = [outcome("fee.fact", "quota.one"), outcome("quota.one", "quota.one"), outcome("", "fee.fact")]


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def colours(picture: Image.Image) -> set[tuple[int, ...]]:
    found = picture.convert("RGB").getcolors(maxcolors=1 << 24)
    assert found is not None
    return {colour for _, colour in found}


@pytest.mark.parametrize("answers", [[], [(1.0, True)], [(0.0, False)], [(0.3, True), (0.95, False), (0.96, True)]])
def test_calibration(answers: list[tuple[float, bool]]) -> None:
    picture = opened(draw_calibration(bins(answers), "Confidence"))
    assert (picture.format, picture.info["Title"]) == ("PNG", "Confidence")
    assert min(picture.size) > 600
    assert len(colours(picture)) > 20


@pytest.mark.parametrize("outcomes", [CONFUSED, CONFUSED[1:2]])
def test_confusion(outcomes: list[Outcome]) -> None:
    picture = opened(draw_confusion(confusion(outcomes, TOPIC_OF, TOPICS), "Topics"))
    assert (picture.format, picture.info["Title"]) == ("PNG", "Topics")
    assert min(picture.size) > 300
    assert len(colours(picture)) > 20


def test_more_topics_make_a_larger_picture() -> None:
    topics = [f"topic_{number}" for number in range(40)]
    many = [outcome(topic, other) for topic, other in itertools.pairwise(topics)]
    large = opened(draw_confusion(confusion(many, {topic: topic for topic in topics}, topics), "Topics"))
    assert large.size[0] > opened(draw_confusion(confusion(CONFUSED, TOPIC_OF, TOPICS), "Topics")).size[0]


def test_a_dollar_sign_is_no_formula() -> None:
    topics = {"a": "$x", "b": "y$_{"}
    draw_confusion(confusion([outcome("a", "b")], topics, list(topics.values())), "Topics")
