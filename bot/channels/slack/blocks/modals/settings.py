"""How Wenhao behaves in a channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.slack.blocks.elements import Block, select
from bot.channels.slack.blocks.modals.frame import labelled, modal, value_in
from bot.channels.slack.state.channel_settings import LANGUAGES, VISIBLE, ChannelSettings
from bot.channels.words import say, say_options

SETTINGS = "settings"

# Each setting as a choice of two or three, whose words stand in words.yml.
SILENT = ("answer", "silent")
POSTS = ("mention", "every")
THREADS = ("follow", "mention")


def settings_modal(settings: ChannelSettings, language: str, carried: Mapping[str, object]) -> Block:
    """Returns the modal with the settings as they are."""
    words = {
        "title": say("slack.settings.title", language),
        "submit": say("slack.settings.save", language),
        "close": say("slack.settings.cancel", language),
    }
    chosen = {
        "silent": SILENT[settings.silent],
        "posts": POSTS[not settings.mention_only],
        "threads": THREADS[not settings.threads],
        "visible": settings.visible,
        "language": settings.language,
    }
    return modal(SETTINGS, words, [_choice(name, value, language) for name, value in chosen.items()], carried)


def settings_in(view: Mapping[str, Any]) -> ChannelSettings:
    """Returns the settings that a submitted view asks for. Raises ValueError where it is none of ours."""
    chosen = {name: value_in(view, name) for name in ("silent", "posts", "threads", "visible", "language")}
    return ChannelSettings(
        silent=bool(SILENT.index(chosen["silent"])),
        mention_only=not POSTS.index(chosen["posts"]),
        threads=not THREADS.index(chosen["threads"]),
        visible=VISIBLE[VISIBLE.index(chosen["visible"])],
        language=LANGUAGES[LANGUAGES.index(chosen["language"])],
    )


def _choice(name: str, value: str, language: str) -> Block:
    options = say_options(f"slack.settings.{name}_options", language)
    return labelled(name, say(f"slack.settings.{name}", language), select(name, options, value))
