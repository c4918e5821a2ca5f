"""A rehearsal from its first line to its last, as the command line plays it."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Optional

from bot.channels.slack.installing.manifest import ASK_ABOUT_THIS
from bot.channels.slack.rehearsal import deliveries
from bot.channels.slack.rehearsal.advice import advise_on_acknowledgement, advise_on_nothing, advise_on_refusal
from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.channels.slack.rehearsal.block_text import labels
from bot.channels.slack.rehearsal.deliveries import Delivery, Scene
from bot.channels.slack.rehearsal.pressing import find_pressed
from bot.channels.slack.rehearsal.rehearsal import Played, Rehearsal
from bot.channels.slack.rehearsal.transcript import acknowledgement_line, entry_lines
from bot.channels.slack.rehearsal.wires import HttpWire, SocketWire, Wire
from bot.channels.slack.rehearsal.workspace import BOT_USER, Person
from bot.errors import ServeError

IN_CHANNELS = ("mention", "thread", "slash", "shortcut")


@dataclass(frozen=True)
class Part:
    """What is to be played: dm, mention, thread, slash, shortcut or home. Without a text lines are read from input."""

    kind: str
    text: Optional[str]
    thread: Optional[str] = None
    press: Optional[str] = None
    retries: int = 0
    user: str = "U1"
    channel: Optional[str] = None
    team: str = "T1"


async def perform(
    part: Part, given: Mapping[str, str], url: Optional[str], port: int, wait: float, with_blocks: bool
) -> bool:
    """Plays a part and prints what comes of it. Says whether all went as it should.

    `given` is the Slack channel's part of credentials.yml, `url` Wenhao's webhook (None: Socket Mode). Raises
    ServeError where the stand-in's port is taken.
    """
    slack = ApiStandIn(port=port)
    slack.pace.seconds = 0
    try:
        await slack.start()
    except OSError as error:
        raise ServeError(
            f"port {port} is taken: choose another with --api-port, and start Wenhao with it in SLACK_API_BASE_URL"
        ) from error
    try:
        wire: Wire = SocketWire(slack, wait) if url is None else HttpWire(url, given["signing_secret"])
        stage = Stage(slack, Rehearsal(slack, wire, wait), make_scene(slack, part, given), url or "", with_blocks)
        return await stage.play(part)
    finally:
        await slack.stop()


def make_scene(slack: ApiStandIn, part: Part, given: Mapping[str, str]) -> Scene:
    """Returns who acts and where, with everybody and everything there that it takes."""
    workspace = slack.workspace
    workspace.add_token(given["bot_token"], part.team)
    if given.get("app_token"):
        workspace.add_token(given["app_token"], None)
    if part.user not in workspace.people:
        workspace.add_person(Person(part.user, part.user))
    direct = workspace.direct_message(part.team, part.user).id
    channel = part.channel or ("C1" if part.kind in IN_CHANNELS else direct)
    if (part.team, channel) not in workspace.channels:
        workspace.add_channel(channel, [part.user, BOT_USER], part.team, name=channel.lower())
    if given.get("person_channel"):
        workspace.add_channel(given["person_channel"], [part.user, BOT_USER], part.team, name="people")
    if part.thread:
        # What was said before this rehearsal stands there in one line.
        root = {"type": "message", "user": part.user, "text": "(earlier)", "ts": part.thread, "thread_ts": part.thread}
        workspace.channels[part.team, channel].messages.append(root)
    return Scene(slack, part.team, part.user, channel)


class Stage:
    """Plays deliveries one after the other, and tells of each."""

    def __init__(self, slack: ApiStandIn, rehearsal: Rehearsal, scene: Scene, url: str, with_blocks: bool) -> None:
        self._slack = slack
        self._rehearsal = rehearsal
        self._scene = scene
        self._url = url
        self._with_blocks = with_blocks

    async def play(self, part: Part) -> bool:
        """Plays a part. Says whether all went well."""
        if part.text is None and part.kind != "home":
            return all([await self._deliver(deliveries.message(self._scene, line)) async for line in _lines()])
        played = await self._rehearsal.play(self._delivery(part), part.retries)
        if not self._tell(played) or not part.press:
            return self._is_good(played)
        return await self._press(played, part.press)

    async def _deliver(self, delivery: Delivery) -> bool:
        played = await self._rehearsal.play(delivery)
        return self._tell(played) and self._is_good(played)

    async def _press(self, played: Played, wanted: str) -> bool:
        shown = played.last_message or {"blocks": []}
        pressed = find_pressed(shown["blocks"], wanted)
        if pressed is None:
            there = ", ".join(label for block in shown["blocks"] for label in labels(block)) or "none"
            print(f"! The answer has no button {wanted!r}. Its buttons: {there}")
            return False
        print(f"\n> {self._scene.user} presses [ {pressed.label} ]")
        return await self._deliver(deliveries.press(self._scene, shown, pressed.block_id, pressed.action))

    def _delivery(self, part: Part) -> Delivery:
        text = part.text or ""
        if part.kind == "home":
            return deliveries.home_opened(self._scene)
        if part.kind == "mention":
            return deliveries.mention(self._scene, text, part.thread)
        if part.kind == "slash":
            return deliveries.slash(self._scene, text)
        if part.kind == "shortcut":
            return deliveries.shortcut(self._scene, text, ASK_ABOUT_THIS)
        return deliveries.message(self._scene, text, part.thread)

    def _tell(self, played: Played) -> bool:
        """Prints what came. Says whether an answer did."""
        for retry, taken in enumerate(played.taken):
            print(acknowledgement_line(taken, retry))
            if advice := advise_on_acknowledgement(taken, self._url, self._slack.url):
                print(f"! {advice}")
        if played.taken[0].status == 200 and played.taken[0].says.strip():
            print(f"-- answered in the acknowledgement\n   {played.taken[0].says.strip()}")
        for kind, entry in played.journal:
            print("\n".join(entry_lines(kind, entry, self._with_blocks)))
        for call in played.calls:
            if refusal := advise_on_refusal(call):
                print(f"! {refusal}")
        is_taken = (played.taken[0].status or 500) < 400
        if is_taken and not played.answers:
            print(f"! {advise_on_nothing(self._slack.url, heard=bool(played.calls))}")
        if len(played.taken) > 1 and is_taken:
            print(f"answers to the {len(played.taken)} deliveries: {played.answers}")
        return bool(played.answers)

    def _is_good(self, played: Played) -> bool:
        refused = any(advise_on_refusal(call) for call in played.calls)
        late = any(advise_on_acknowledgement(taken, self._url, self._slack.url) for taken in played.taken)
        said = Counter((entry["channel"], entry.get("text")) for kind, entry in played.journal if kind == "posts")
        twice = [text for (_, text), times in said.items() if times > 1]
        if twice:
            print("! The same answer came more than once.")
        return bool(played.answers) and not refused and not late and not twice


async def _lines() -> AsyncIterator[str]:
    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.strip():
            if not sys.stdin.isatty():
                print(f"\n> {line.strip()}")
            yield line.strip()
