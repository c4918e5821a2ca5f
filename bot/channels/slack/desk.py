"""Where everything that the channel's parts share is at hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Optional

from rasa.core.channels.channel import UserMessage

from bot.channels.slack.background import Background
from bot.channels.slack.credentials import SlackCredentials
from bot.channels.slack.delivery.poster import Poster
from bot.channels.slack.place import Place, conversation_of, private_conversation_of
from bot.channels.slack.refusals import Refusals
from bot.channels.slack.review import ReviewProvider
from bot.channels.slack.state.cases import Cases
from bot.channels.slack.state.channel_settings import SettingsBook
from bot.channels.slack.state.direct_messages import DirectMessages
from bot.channels.slack.state.languages import Languages, language_of
from bot.channels.slack.state.threads import Threads
from bot.channels.slack.state.transcripts import Transcripts
from bot.channels.slack.work.inbox import make_inbox
from bot.channels.slack.work.job import Data, Job
from bot.channels.slack.workspaces import Workspaces
from bot.feedback import Feedback
from bot.settings import Settings
from bot.state import Store

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
NoteFeedback = Callable[[str, Feedback], Awaitable[None]]


class Desk:
    """The channel's parts, made once for a running server."""

    def __init__(
        self,
        credentials: SlackCredentials,
        store: Store,
        workspaces: Workspaces,
        on_new_message: OnNewMessage,
        review: ReviewProvider,
        note_feedback: NoteFeedback,
    ) -> None:
        self.credentials = credentials
        self.store = store
        self.workspaces = workspaces
        self.on_new_message = on_new_message
        self.review = review
        self.note_feedback = note_feedback
        self.public_url = Settings.read().public_url
        self.refusals = Refusals()
        self.background = Background()
        self.poster = Poster(store, workspaces)
        self.book = SettingsBook(store)
        self.cases = Cases(store, credentials.person_seconds)
        self.direct_messages = DirectMessages(store)
        self.languages = Languages(store)
        self.threads = Threads(store)
        self.transcripts = Transcripts(store)
        self.inbox = make_inbox(self)

    async def take(self, key: str, kind: str, place: Place, language: str, **data: Any) -> bool:
        """Takes a job into the inbox, from where it is not lost any more. Says whether it is new. Raises StoreError."""
        kept: Data = Job(kind, place, language, data).to_data()
        return (await self.inbox.receive(key, kept)).tries == 1

    async def language(self, place: Place, text: str = "") -> str:
        """Returns the language of Wenhao's own words: as set for the channel, chosen by the person, or written in."""
        setting = (await self.book.get(place.team, place.channel)).language
        if setting != "auto":
            return setting
        return await self.languages.chosen(place.team, place.user) or language_of(text)

    async def place(
        self,
        team: str,
        channel: str,
        user: str,
        message: Optional[str],
        thread: Optional[str],
        private: bool = False,
        **more: Any,
    ) -> Place:
        """Returns where an answer to something belongs, that stands at `message` and maybe in a thread."""
        if private and not channel.startswith("D"):
            conversation = private_conversation_of(team, channel, user)
            return Place(team, channel, user, conversation, thread, bool(thread), True, **more)
        # In a channel an answer opens a thread, in a direct message it does not.
        root = thread if channel.startswith("D") else thread or message
        known = await self.threads.conversation(team, channel, root) if root else None
        conversation = known or conversation_of(team, channel, None if channel.startswith("D") else root)
        return Place(team, channel, user, conversation, root, bool(thread), **more)
