"""One token for all processes, fetched by one of them at a time."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from bot.channels.wechat.api import tokens as module
from bot.channels.wechat.api.errors import LimitReachedError, UnreachableError, WrongCredentialsError
from bot.channels.wechat.api.tokens import Tokens
from bot.channels.wechat.api.transport import Transport
from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn, Fault
from tests.bot.channels.wechat.api.test_transport import answering
from tests.bot.channels.wechat.playing import account_at
from tests.programs import ROOT, environment

PATH = "stable_token"
Make = Callable[..., Tokens]


@pytest_asyncio.fixture
async def make(weixin: ApiStandIn, open_store: Any) -> AsyncIterator[Make]:
    """Makes what a process has: tokens with a store and connections of their own."""
    transports: list[Transport] = []

    def one(*place: str, total: float = 5.0, **account: Any) -> Tokens:
        transports.append(Transport(weixin.url, total, (0.01, 0.02)))
        return Tokens(account_at(weixin, **account), open_store(*place), transports[-1], weixin.now)

    yield one
    for transport in transports:
        await transport.close()


def forced(weixin: ApiStandIn) -> list[bool]:
    return [json.loads(call.content)["force_refresh"] for call in weixin.calls if call.path == PATH]


async def later(weixin: ApiStandIn, seconds: float) -> None:
    """Lets time pass, and enough of the real one for a claim to be given back."""
    weixin.go_ahead(seconds)
    await asyncio.sleep(0.01)


async def test_many_at_once_ask_wechat_once(weixin: ApiStandIn, make: Make, any_place: str) -> None:
    weixin.fail(Fault(1, PATH, seconds=0.2))
    processes = [make(any_place) for _ in range(3)]
    found = await asyncio.gather(*(tokens.get() for tokens in processes * 10))
    assert (len(set(found)), weixin.count(PATH)) == (1, 1)


def test_processes_ask_wechat_once(weixin: ApiStandIn, any_place: str) -> None:
    weixin.fail(Fault(1, PATH, seconds=0.5))
    account = weixin.account
    command = [sys.executable, "-m", "tests.bot.channels.wechat.api.token_process"]
    processes = [
        subprocess.Popen(
            [*command, any_place, weixin.url, account.app_id, account.app_secret],
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    found = {process.communicate(timeout=120)[0].strip() for process in processes}
    assert len(found) == 1
    assert found != {""}
    assert weixin.count(PATH) == 1


async def test_a_token_is_kept_until_minutes_before_its_end(weixin: ApiStandIn, make: Make) -> None:
    tokens = make()
    first = await tokens.get()
    await later(weixin, 7200 - 245)
    assert await tokens.get() == first
    await later(weixin, 10)
    second = await tokens.get()
    assert second != first
    assert await make().get() == second
    assert forced(weixin) == [False, False]


async def test_the_old_token_serves_while_another_process_renews(weixin: ApiStandIn, make: Make) -> None:
    one, other = make(), make()
    first = await one.get()
    await later(weixin, 7200 - 200)
    weixin.fail(Fault(1, PATH, seconds=0.3))
    renewing = asyncio.ensure_future(one.get())
    await asyncio.sleep(0.1)
    assert await asyncio.wait_for(other.get(), 0.1) == first
    assert await renewing != first
    assert weixin.count(PATH) == 2


async def test_the_old_token_serves_while_wechat_gives_no_other(
    weixin: ApiStandIn, make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = make()
    first = await tokens.get()
    await later(weixin, 7200 - 200)
    weixin.fail(Fault(1, PATH, code=45009))
    with caplog.at_level(logging.WARNING):
        assert {await tokens.get() for _ in range(5)} == {first}
    assert weixin.count(PATH) == 2
    assert "not renewed yet" in caplog.text


async def test_a_short_life_is_no_storm(weixin: ApiStandIn, make: Make) -> None:
    weixin.platform.stable_tokens.life = 60
    tokens = make()
    for _ in range(5):
        await tokens.get()
    assert weixin.count(PATH) == 1


async def test_another_token_comes_without_force_where_there_is_one(weixin: ApiStandIn, make: Make) -> None:
    one, other = make(), make()
    first = await one.get()
    weixin.platform.stable_tokens.new()
    second = await one.instead_of(first)
    assert second != first
    # What another process has fetched meanwhile serves too.
    assert await other.instead_of(first) == second
    assert forced(weixin) == [False, False]


async def test_force_is_used_once_in_half_a_minute(weixin: ApiStandIn, make: Make) -> None:
    one, other = make(), make()
    first = await one.get()
    second = await one.instead_of(first)
    assert second != first
    assert await other.instead_of(second) == second
    await later(weixin, 29)
    assert await one.instead_of(second) == second
    await later(weixin, 2)
    assert await one.instead_of(second) != second
    assert sum(forced(weixin)) == 2


async def test_force_is_used_at_most_twenty_times_a_day(weixin: ApiStandIn, make: Make) -> None:
    tokens = make()
    token = await tokens.get()
    for _ in range(25):
        await later(weixin, 60)
        token = await tokens.instead_of(token)
    assert sum(forced(weixin)) == 20


async def test_many_refusals_at_once_force_one_token(weixin: ApiStandIn, make: Make, any_place: str) -> None:
    processes = [make(any_place) for _ in range(3)]
    first = await processes[0].get()
    found = await asyncio.gather(*(tokens.instead_of(first) for tokens in processes * 5))
    assert len(set(found)) == 1
    assert first not in found
    assert forced(weixin) == [False, False, True]


async def test_many_hear_of_one_failure(weixin: ApiStandIn, make: Make, any_place: str) -> None:
    processes = [make(any_place, app_secret="f" * 32) for _ in range(3)]
    found = await asyncio.gather(*(tokens.get() for tokens in processes * 5), return_exceptions=True)
    assert {type(error) for error in found} == {WrongCredentialsError}
    assert weixin.count(PATH) == 1


async def test_a_failure_is_forgotten_soon(weixin: ApiStandIn, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FAILURE_SECONDS", 0.1)
    tokens = make()
    weixin.fail(Fault(1, PATH, code=45009))
    with pytest.raises(LimitReachedError):
        await tokens.get()
    await asyncio.sleep(0.15)
    assert await tokens.get()


async def test_another_goes_on_where_a_process_died(
    weixin: ApiStandIn, make: Make, open_store: Any, any_place: str
) -> None:
    # A process that died with the claim in its hand.
    await open_store(any_place).add(f"wechat:token:{weixin.account.app_id}:claim", "the dead", 0.4)
    assert await make(any_place).get()


async def test_nobody_waits_for_ever(
    weixin: ApiStandIn, make: Make, open_store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    await open_store().add(f"wechat:token:{weixin.account.app_id}:claim", "the slow", 60)
    with pytest.raises(UnreachableError):
        await make().get()


async def test_wechat_that_does_not_answer(weixin: ApiStandIn, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WORK_SECONDS", 0.2)
    weixin.fail(Fault(1, PATH, seconds=1))
    with pytest.raises(UnreachableError, match="no access token"):
        await make().get()


async def test_a_claim_that_another_took_over_is_left_to_it(
    weixin: ApiStandIn, make: Make, open_store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CLAIM_SECONDS", 0.1)
    weixin.fail(Fault(1, PATH, seconds=0.4))
    store = open_store()
    late = asyncio.ensure_future(make().get())
    await asyncio.sleep(0.2)
    claim = f"wechat:token:{weixin.account.app_id}:claim"
    assert await store.add(claim, "another", 60)
    await late
    assert await store.get(claim) == "another"


async def test_accounts_have_tokens_of_their_own(make: Make) -> None:
    await make().get()
    with pytest.raises(WrongCredentialsError):
        await make(app_id="wxother").get()


async def test_an_answer_without_a_token(open_store: Any, weixin: ApiStandIn) -> None:
    async with answering("200 OK", b'{"expires_in": 7200}') as transport:
        with pytest.raises(UnreachableError, match="no access token"):
            await Tokens(account_at(weixin), open_store(), transport).get()


async def test_a_long_token_is_kept_whole(weixin: ApiStandIn, make: Make, any_place: str) -> None:
    weixin.platform.stable_tokens.new().token = "x" * 512
    assert await make(any_place).get() == "x" * 512
    assert await make(any_place).get() == "x" * 512
