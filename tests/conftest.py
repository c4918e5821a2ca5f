"""What the tests share: the rule table, a copy of it to change, the trained model, a bot to talk to, and a Redis."""

from __future__ import annotations

import dataclasses
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from actions.rule_table.loader import load_rule_table
from actions.rule_table.table import RuleTable
from bot.models import TrainedModel, is_current, newest_model, train_model
from bot.quiet import QUIET
from bot.settings import Settings
from tests.node_programs import NodeProgram, why_not
from tests.programs import SETTINGS
from tests.redis_server import missing_redis, redis_server
from tests.table_copy import RULE_TABLE, TableCopy

if TYPE_CHECKING:
    from tests.talking import Bot

# The same examples in every run; `--hypothesis-profile=thorough` looks for others.
hypothesis_settings.register_profile("same", deadline=None, derandomize=True)
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=3000)
hypothesis_settings.load_profile("same")

# None of the modules above imports Rasa or TensorFlow, which read the first of these when they are imported.
os.environ.update(QUIET)
for name in SETTINGS:
    os.environ.pop(name, None)


@pytest.fixture(scope="session")
def table() -> RuleTable:
    """The project's rule table."""
    return load_rule_table(RULE_TABLE)


@pytest.fixture
def table_copy(tmp_path: Path) -> TableCopy:
    """A copy of the rule table to change."""
    return TableCopy.into(tmp_path)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> TrainedModel:
    """The newest model where it fits the training data, else one trained for this session."""
    settings = Settings.read(environ={})
    model = newest_model(settings)
    if model is not None and is_current(model, settings):
        return model
    return train_model(dataclasses.replace(settings, models=tmp_path_factory.mktemp("models")))


@pytest.fixture(scope="session")
def bot(model: TrainedModel) -> Iterator[Bot]:
    """The real assistant over the real model and rule table, as of the guides' time."""
    from tests.talking import Bot

    bot = Bot.start(model)
    yield bot
    bot.close()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Redis, the same for the whole session: name keys so that no other test has them."""
    reason = missing_redis()
    if reason:
        pytest.skip(reason)
    with redis_server(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture
def free_port() -> int:
    """A port of the loopback interface that was free a moment ago."""
    return port_that_is_free()


def port_that_is_free() -> int:
    """Returns a port of the loopback interface that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def node_program() -> Iterator[Callable[[str], NodeProgram]]:
    """Starts a program of tests/node, once for all tests; skips a test where the program can't run here."""
    with ExitStack() as stack:
        running: dict[str, NodeProgram] = {}

        def start(name: str) -> NodeProgram:
            reason = why_not(name)
            if reason:
                pytest.skip(reason)
            if name not in running:
                running[name] = stack.enter_context(NodeProgram(name))
            return running[name]

        yield start
