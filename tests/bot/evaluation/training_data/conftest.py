"""A small project to spoil."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.evaluation.training_data.small_project import SmallProject


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    return SmallProject.into(tmp_path)
