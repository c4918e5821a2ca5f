"""`wenhao logs digest`: the highest new groups, into a Slack channel."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from typing import TYPE_CHECKING, Any, Optional

import typer

from bot.cli.common import STDOUT, start
from bot.cli.logs import logs
from bot.cli.logs.group import Language
from bot.errors import SettingsError, WenhaoError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.channels.slack.credentials import SlackCredentials

DAY = 86_400.0


@logs.command()
def digest(
    channel: Optional[str] = typer.Option(None, metavar="C..", help="The channel's id. Default: SLACK_PERSON_CHANNEL."),
    language: Language = typer.Option(Language.en, help="The language of the words around the questions."),
    days: float = typer.Option(7.0, min=0.01, help="Groups made in so many days."),
    limit: int = typer.Option(5, min=1, max=20, help="No more than so many groups."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Print the post as JSON; send nothing."),
) -> None:
    """Post the highest new groups of what waits to Slack. The same digest is posted once, also when run again."""
    settings = start()
    from bot.channels.slack.blocks.digest import digest_posts
    from bot.learning.database import open_review_database
    from bot.learning.exchange.digest import digest_of
    from bot.learning.exchange.waiting import open_review

    database = open_review_database(settings)
    review = open_review(database, settings.review_url)
    with database.begin() as connection:
        groups = digest_of(connection, time.time() - days * DAY, limit)
    if not groups or review is None:
        _say("No new groups: nothing to post. 'wenhao logs pull' and 'wenhao logs group' make them.")
        return
    posts = digest_posts(groups, review, language.value)
    if dry_run:
        _say(json.dumps(posts, ensure_ascii=False, indent=2))
        return
    given = _credentials(settings)
    where = channel or given.person_channel
    if not where:
        raise SettingsError("name the channel with --channel C..., or set SLACK_PERSON_CHANNEL")
    asyncio.run(_post(given, where, posts))
    _say(f"{len(groups)} groups posted to {where}.")


def _credentials(settings: Settings) -> SlackCredentials:
    from rasa.shared.exceptions import RasaException

    from bot.channels.slack.credentials import SlackCredentials
    from bot.cli.slack_given import slack_given, slack_setting

    try:
        given = SlackCredentials.read(slack_given(slack_setting(settings)))
    except RasaException as error:
        raise SettingsError(str(error)) from error
    if not given.bot_token:
        raise SettingsError("the digest needs SLACK_BOT_TOKEN, the token of one workspace")
    return given


async def _post(given: SlackCredentials, channel: str, posts: list[dict[str, Any]]) -> None:
    from bot.channels.slack.client import make_client
    from bot.channels.slack.delivery.calls import UnansweredError
    from bot.channels.slack.delivery.poster import Poster
    from bot.channels.slack.place import Place
    from bot.channels.slack.workspaces import OneWorkspace
    from bot.state import shared_store

    store = shared_store()
    poster = Poster(store, OneWorkspace(make_client(given.bot_token, given.api_base_url)))
    content = json.dumps([channel, posts], sort_keys=True)
    key = f"digest:{hashlib.sha256(content.encode()).hexdigest()[:32]}"
    try:
        for number, post in enumerate(posts):
            sent = await poster.post(key, str(number), Place("", channel, "", f"digest:{channel}"), post)
            if sent is None:
                raise WenhaoError(
                    f"Slack refuses the digest in {channel}: invite Wenhao there, or name another channel"
                )
    except UnansweredError as error:
        raise WenhaoError(f"the digest may not have arrived ({error}): run it again, it is posted once") from error
    finally:
        await store.close()


def _say(line: str) -> None:
    STDOUT.print(line, markup=False, highlight=False)
