"""`wenhao doctor`: what is set, missing or wrong."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from typing import Callable, Iterator

import typer
from rich.text import Text

from bot.cli.common import STDOUT, start
from bot.errors import WenhaoError
from bot.finding import Finding
from bot.settings import Settings

SIGNS = {True: ("ok", "green"), False: ("wrong", "red"), None: ("-", "dim")}


def doctor() -> None:
    """Say what is set, missing or wrong. Exit code 1 where the bot would not serve."""
    settings = start()
    findings = [finding for check in CHECKS for finding in _run(check, settings)]
    for finding in findings:
        sign, style = SIGNS[finding.good]
        STDOUT.print(Text.assemble((f"{sign:6}", style), f"{finding.subject}: {finding.says}"), soft_wrap=True)
    if any(finding.good is False for finding in findings):
        raise typer.Exit(1)


def _run(check: Callable[[Settings], Iterator[Finding]], settings: Settings) -> list[Finding]:
    try:
        return list(check(settings))
    except WenhaoError as error:
        return [Finding(check.__name__.strip("_").replace("_", " "), str(error), False)]


def _python(settings: Settings) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", version, sys.version_info[:2] == (3, 10))


def _rule_table(settings: Settings) -> Iterator[Finding]:
    from actions.rule_table.errors import RuleTableError
    from actions.rule_table.loader import load_rule_table
    from actions.settings import ActionSettings, SettingsError

    try:
        actions = ActionSettings.read()
        table = load_rule_table(actions.rule_table)
    except (RuleTableError, SettingsError) as error:
        yield Finding("rule table", f"{str(error).splitlines()[0]} ('wenhao rules check' shows all)", False)
        return
    yield Finding("rule table", f"{len(table.rows)} rows; answers as of: {actions.as_of}")


def _model(settings: Settings) -> Iterator[Finding]:
    from bot.learning.promoting.served import served_model
    from bot.learning.promoting.status import status
    from bot.models import differs_in_lessons_alone, is_current

    trouble = status(settings).trouble
    if trouble:
        yield Finding("serving model", trouble, False)
    model = served_model(settings)
    if model is None:
        yield Finding("model", "none: run 'wenhao train'", False)
    elif differs_in_lessons_alone(model, settings):
        yield Finding("model", f"{model.file.name}; lessons wait for promotion: run 'wenhao train --candidate'")
    elif not is_current(model, settings):
        yield Finding("model", f"{model.file.name}, older than the training data: run 'wenhao train'")
    else:
        yield Finding("model", f"{model.file.name}, fits the training data")


def _channels(settings: Settings) -> Iterator[Finding]:
    from bot.channels.configured import channel_settings

    for setting in channel_settings(settings):
        name = setting.name.rsplit(".", 1)[-1]
        if setting.is_left_out:
            yield Finding(f"channel {name}", f"left out (set {', '.join(setting.named)} to use it)", None)
            continue
        try:
            setting.open()
        except WenhaoError as error:
            yield Finding(f"channel {name}", str(error), False)
        else:
            yield Finding(f"channel {name}", "set up")


def _slack(settings: Settings) -> Iterator[Finding]:
    from bot.cli.slack_check import check_slack

    for subject, says, good in check_slack(settings):
        yield Finding(subject, says, good)


def _conversation_store(settings: Settings) -> Iterator[Finding]:
    from rasa.core.tracker_store import TrackerStore

    from bot.endpoints import read_endpoints

    try:
        endpoints = read_endpoints(settings)
        store = TrackerStore.create(endpoints.tracker_store)
        # Rasa only logs that a database does not answer.
        engine = getattr(getattr(store, "_tracker_store", store), "engine", None)
        if engine is not None:
            engine.connect().close()
    except Exception as error:
        yield Finding("conversation store", _without_secrets(error, settings), False)
        return
    yield Finding("conversation store", type(getattr(store, "_tracker_store", store)).__name__)


def _lock_store(settings: Settings) -> Iterator[Finding]:
    if not settings.redis_url:
        yield Finding("lock store", "in memory: enough for one process (set REDIS_URL for several)", None)
        return
    import redis

    try:
        redis.Redis.from_url(str(settings.redis_url), socket_timeout=3).ping()
    except (redis.RedisError, ValueError) as error:
        yield Finding("lock store", _without_secrets(error, settings), False)
        return
    yield Finding("lock store", "Redis answers")


def _state_store(settings: Settings) -> Iterator[Finding]:
    asyncio.run(_try_state_store(settings))
    yield Finding("state store", "Redis answers" if settings.redis_url else f"{settings.state_file} can be written")


async def _try_state_store(settings: Settings) -> None:
    from bot.state import open_store

    store = open_store(settings)
    try:
        await store.put("doctor", "was here", seconds=1)
    finally:
        await store.close()


def _wechat(settings: Settings) -> Iterator[Finding]:
    from bot.cli.wechat.checkup import check_wechat

    yield from check_wechat(settings)


def _learning(settings: Settings) -> Iterator[Finding]:
    from bot.cli.learning_check import check_learning

    for finding in check_learning(settings):
        yield replace(finding, says=_without_secrets(finding.says, settings))


def _without_secrets(error: object, settings: Settings) -> str:
    says = " ".join(str(error).split())
    for secret in (settings.review_database_url, settings.database_url, settings.redis_url):
        says = says.replace(str(secret), "(address hidden)") if secret else says
    return says


CHECKS = (
    _python,
    _rule_table,
    _model,
    _channels,
    _conversation_store,
    _lock_store,
    _state_store,
    _wechat,
    _slack,
    _learning,
)
