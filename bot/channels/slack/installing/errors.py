"""What can go wrong with an installation."""

from __future__ import annotations

import asyncio
import re

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import WenhaoError

WORD = re.compile(r"[a-z_]+")

UNANSWERED = (SlackClientError, ClientError, asyncio.TimeoutError, OSError, AttributeError, KeyError, ValueError)
"""What a call of Slack raises where it is refused or not answered; the last three where the answer is another's."""


class InstallationError(WenhaoError):
    """An installation can't be read: none of the keys fits."""


class NotInstalledError(Exception):
    """Wenhao is not (or no longer) installed in a workspace."""


def word_of(error: BaseException) -> str:
    """Returns Slack's word for why it refused, or the name of the error.

    Nothing more of the answer, which might hold a token. Where it was no JSON there is no word in it at all.
    """
    response = error.response if isinstance(error, SlackApiError) else None
    data = response if isinstance(response, dict) else getattr(response, "data", None)
    word = str(data.get("error") or "") if isinstance(data, dict) else ""
    return word if WORD.fullmatch(word) else type(error).__name__
