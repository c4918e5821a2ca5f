"""The Home tab: what Wenhao can do, what is often asked, the language, and for operators what waits for review.

https://docs.slack.dev/surfaces/app-home/
"""

from __future__ import annotations

from typing import Optional

from bot.channels.slack.blocks.answer import SUGGESTION
from bot.channels.slack.blocks.elements import Block, actions, button, header, sections, select
from bot.channels.slack.blocks.limits import MOST_BUTTON_CHARACTERS
from bot.channels.slack.blocks.mrkdwn import clip
from bot.channels.slack.review import OpenReview
from bot.channels.words import say, say_all

LANGUAGE = "home_language"
REVIEW = "home_review"
ADVISE = "home_advise"
AUTOMATIC = "auto"
# The names that languages have for themselves.
LANGUAGES = {"zh": "中文", "en": "English"}


def home_view(language: str, chosen: str, review: Optional[OpenReview] = None) -> Block:
    """Returns the tab in a language. `chosen` is the person's choice of one: auto, zh or en."""
    blocks: list[Block] = [
        header(say("slack.home.title", language)),
        # Its own words, and no link or mention in them.
        {"type": "section", "text": {"type": "mrkdwn", "text": say("slack.home.about", language)}},
        # Its modal opens in the tab's language.
        actions(button(ADVISE, say("slack.consultation.open", language), language, "primary")),
        header(say("slack.home.popular", language)),
        actions(*_questions(language)),
        header(say("slack.home.language", language)),
        actions(select(LANGUAGE, {AUTOMATIC: say("slack.home.automatic", language), **LANGUAGES}, chosen)),
    ]
    if review:
        blocks += _review(review, language)
    return {"type": "home", "blocks": blocks}


def _questions(language: str) -> list[Block]:
    questions = say_all("slack.popular", language)
    return [button(f"{SUGGESTION}{number}", each, each) for number, each in enumerate(questions, start=1)]


def _review(review: OpenReview, language: str) -> list[Block]:
    about = say("slack.home.review", language, count=str(review.count))
    if review.groups:
        about = f"{about} {say('slack.home.review_groups', language, groups=str(review.groups))}"
    blocks: list[Block] = [{"type": "divider"}, *sections(about)]
    if not review.url:
        return blocks
    label = {"type": "plain_text", "text": clip(say("slack.home.open_review", language), MOST_BUTTON_CHARACTERS)}
    return [*blocks, actions({"type": "button", "action_id": REVIEW, "text": label, "url": review.url})]
