"""Each question gets exactly one answer: over repeats, two processes, and a restart at any moment."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from redis import Redis

from bot.channels.slack.client import make_client
from bot.channels.slack.credentials import SlackCredentials
from bot.channels.slack.delivery.calls import UnansweredError
from bot.channels.slack.desk import Desk
from bot.channels.slack.rehearsal.api_stand_in import ApiStandIn
from bot.channels.slack.rehearsal.workspace import BOT_TOKEN
from bot.channels.slack.review import no_review
from bot.channels.slack.workspaces import OneWorkspace
from bot.inbox import inbox as inbox_module
from bot.state import Store
from tests.bot.channels.slack.conftest import Serve
from tests.bot.channels.slack.slack_side import CREDENTIALS, StandInAgent, direct_message, mention, reply, said
from tests.bot.state.stores import OpenStore, open_at


@pytest.fixture(params=["sqlite", "redis"])
def store_place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the processes have their state together: a file, or a Redis."""
    if request.param == "sqlite":
        return str(tmp_path / "state.db")
    url = str(request.getfixturevalue("redis_url"))
    with contextlib.closing(Redis.from_url(url)) as redis:
        redis.flushall()
    return url


@pytest_asyncio.fixture
async def open_store(store_place: str) -> AsyncIterator[OpenStore]:
    """Opens the store, as each process does for itself."""
    opened: list[Store] = []

    def open_one() -> Store:
        opened.append(open_at(store_place))
        return opened[-1]

    yield open_one
    for store in opened:
        await store.close()


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    return open_store()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is gone is missed sooner."""
    monkeypatch.setattr(inbox_module, "LEASE", 0.3)
    monkeypatch.setattr(inbox_module, "HEARTBEAT", 0.05)


async def test_two_processes_answer_an_event_once(serve: Serve, open_store: OpenStore) -> None:
    async with serve() as one, serve(store=open_store()) as other:
        event = mention("fees?")
        await asyncio.gather(
            *(each.send_event(event, event_id="Ev-both") for each in (one, other, one, other)),
            *(each.send_event(event | {"type": "message", "channel_type": "im"}) for each in (one, other)),
        )

        await one.posted(1)
        await asyncio.gather(one.asked_so_far(), other.asked_so_far())
        assert len(one.api.record.posts_in("C1")) == 1
        assert [text for text in one.agent.texts + other.agent.texts if text == "fees?"] == ["fees?"]


async def test_two_processes_know_each_others_threads(serve: Serve, open_store: OpenStore) -> None:
    async with serve() as one, serve(store=open_store()) as other:
        event = mention("fees?")
        await one.send_event(event)
        await one.posted(1)

        await other.send_event(said("and how long?", thread_ts=event["ts"]))

        await one.posted(2)
        assert other.agent.texts == ["and how long?"]


@pytest.mark.usefixtures("soon")
async def test_what_a_dead_process_had_begun_is_answered_by_another(serve: Serve, open_store: OpenStore) -> None:
    agent = StandInAgent()
    stuck = asyncio.Event()
    agent.before = stuck.wait
    async with serve(agent=agent) as one:
        event = mention("fees?")
        await one.send_event(event)
        await one.api.until(lambda: agent.texts == ["fees?"])
        # The first one ends here, with the answer not yet found.
    async with serve(store=open_store()) as other:
        await other.posted(1)
        await other.send_event(event)

        assert await other.asked_so_far() == ["fees?"]
        assert len(other.api.record.posts_in("C1")) == 1


async def test_an_answer_goes_on_where_it_stopped(api: ApiStandIn, store: Store) -> None:
    api.fail("chat.postMessage", delay=0)
    desk = _desk(api, store)
    posts = [_post(f"Part {number}") for number in range(3)]
    place = await desk.place("T1", "C1", "U1", "1700000000.000001", None)
    for number in (0, 1):
        await desk.poster.post("key", str(number), place, posts[number])

    again = _desk(api, store)
    for number in range(3):
        await again.poster.post("key", str(number), place, posts[number])

    assert [post["text"] for post in api.record.posts] == ["Part 0", "Part 1", "Part 2"]


@pytest.mark.parametrize(("drop", "calls"), [("after", 1), ("before", 2)])
@pytest.mark.parametrize("thread", [None, "1700000000.000001"])
async def test_of_a_post_whose_outcome_is_unknown_the_conversation_tells(
    api: ApiStandIn, store: Store, quick: None, drop: str, calls: int, thread: str | None
) -> None:
    desk = _desk(api, store)
    place = await _place(desk, api, thread)
    api.fail("chat.postMessage", drop=drop)

    await desk.poster.post("key", "0", place, _post("300 yuan."))

    assert len(api.record.calls_of("chat.postMessage")) == calls
    assert [post["text"] for post in api.record.posts] == ["300 yuan."]
    [found] = api.record.posts
    assert found["metadata"] == {"event_type": "wenhao_answer", "event_payload": {"key": "key", "part": "0"}}


async def test_a_post_that_was_cut_off_is_looked_for_after_a_restart(
    api: ApiStandIn, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.delivery.poster.WAITS", ())
    desk = _desk(api, store)
    place = await _place(desk, api, None)
    api.fail("chat.postMessage", drop="after")
    with pytest.raises(UnansweredError):
        await desk.poster.post("key", "0", place, _post("300 yuan."))

    await _desk(api, store).poster.post("key", "0", place, _post("300 yuan."))

    assert len(api.record.posts) == 1


async def test_another_answers_post_is_not_taken_for_it(api: ApiStandIn, store: Store, quick: None) -> None:
    desk = _desk(api, store)
    place = await _place(desk, api, None)
    await desk.poster.post("another", "0", place, _post("300 yuan."))
    await desk.poster.post("key", "1", place, _post("300 yuan."))
    api.fail("chat.postMessage", drop="before")

    await desk.poster.post("key", "0", place, _post("300 yuan."))

    assert len(api.record.posts) == 3


async def test_where_the_conversation_may_not_be_read_it_is_posted_again(
    api: ApiStandIn, store: Store, quick: None
) -> None:
    api.workspace.add_token(BOT_TOKEN, "T1", scopes=["chat:write"])
    desk = _desk(api, store)
    place = await _place(desk, api, None)
    api.fail("chat.postMessage", drop="after")

    await desk.poster.post("key", "0", place, _post("300 yuan."))

    assert len(api.record.posts) == 2


@pytest.mark.usefixtures("soon")
async def test_an_answer_waits_for_slack_to_come_back(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.slack.delivery.poster.WAITS", ())
    async with serve() as slack:
        slack.api.fail("chat.postMessage", times=2, error="service_unavailable", status=503)

        await slack.send_event(direct_message("fees?"))

        [post] = await slack.posted(1)
        assert (post["text"], slack.agent.texts) == ("About fees?", ["fees?"])


@pytest.mark.usefixtures("soon", "quick")
async def test_an_answer_waits_for_a_token_that_is_good(serve: Serve) -> None:
    async with serve() as slack:
        slack.api.revoke(BOT_TOKEN)
        await slack.send_event(direct_message("fees?"))
        await slack.api.until(lambda: len(slack.api.record.calls_of("chat.postMessage")) >= 3)

        slack.api.workspace.tokens[BOT_TOKEN].refusal = None

        [post] = await slack.posted(1)
        assert (post["text"], slack.agent.texts) == ("About fees?", ["fees?"])


async def test_a_verdict_is_kept_once_over_two_processes(serve: Serve, open_store: OpenStore) -> None:
    async with serve() as one, serve(store=open_store()) as other:
        one.agent.reply = lambda text: reply("300 yuan.")
        await one.send_event(direct_message("fees?"))
        [post] = await one.posted(1)
        value = post["blocks"][-1]["elements"][0]["positive_button"]["value"]
        action = {"action_id": "feedback", "value": value, "action_ts": "1700000005.000001"}
        await asyncio.gather(*(each.press(action, "D1", {"ts": post["ts"]}) for each in (one, other, one)))

        await one.api.until(lambda: one.api.record.ephemerals)
        await asyncio.gather(one.asked_so_far(), other.asked_so_far())
        assert len(await one.agent.verdicts() + await other.agent.verdicts()) == 1


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries again at once."""
    monkeypatch.setattr("bot.channels.slack.delivery.poster.WAITS", (0.0, 0.0))


def _desk(api: ApiStandIn, store: Store) -> Desk:
    async def nobody(*_: Any) -> None:
        """Answers and notes nothing."""

    workspaces = OneWorkspace(make_client(BOT_TOKEN, api.url))
    return Desk(SlackCredentials.read(CREDENTIALS), store, workspaces, nobody, no_review, nobody)


async def _place(desk: Desk, api: ApiStandIn, thread: str | None) -> Any:
    root = api.workspace.say("U1", "fees?", "C1")["ts"] if thread else None
    return await desk.place("T1", "C1" if root else "D1", "U1", root, root)


def _post(text: str) -> dict[str, Any]:
    return {"text": text, "blocks": [], "simpler": []}
