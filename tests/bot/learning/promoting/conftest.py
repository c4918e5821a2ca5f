"""A small project with a trained model, once for all tests of promoting; each test has a copy of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.models import train_model
from tests.bot.learning.promoting.small import SmallProject
from tests.bot.learning.reviewing import postgres_url

__all__ = ["postgres_url"]


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """A small project with one model. Not to be changed."""
    project = SmallProject.into(tmp_path_factory.mktemp("promoting") / "project")
    train_model(project.settings, name="first")
    return project


@pytest.fixture
def project(trained: SmallProject, tmp_path: Path) -> SmallProject:
    """A copy of the small project with its model."""
    return SmallProject(Path(shutil.copytree(trained.folder, tmp_path / "project")))


@pytest.fixture(params=["sqlite", "postgresql"])
def review_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a review database, of each kind in turn."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'review.db'}"
