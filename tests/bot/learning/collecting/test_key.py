"""The key for hashes: set, or made once, readable by its owner alone."""

from __future__ import annotations

import dataclasses
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.learning.collecting.key import Hashes, read_key
from bot.settings import Settings


def settings(project: Path, **environ: str) -> Settings:
    """Returns the settings of a project."""
    return dataclasses.replace(Settings.read(environ), project=project)


def test_the_key_that_is_set_counts(tmp_path: Path) -> None:
    assert read_key(settings(tmp_path, REVIEW_KEY="sixteen letters!")) == b"sixteen letters!"
    assert not (tmp_path / "var").exists()


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="REVIEW_KEY is too short: write 16 characters or more"):
        read_key(settings(tmp_path, REVIEW_KEY="short"))


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as many:
        keys = set(many.map(lambda _: read_key(settings(tmp_path)), range(32)))
    (key,) = keys
    assert len(key) == 64
    (file,) = (tmp_path / "var").iterdir()
    assert file.name == "review.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_key(settings(tmp_path)) == key


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\xff"])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "review.key").write_bytes(content)
    with pytest.raises(SettingsError, match=r"review\.key"):
        read_key(settings(tmp_path))


def test_a_place_where_no_key_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(SettingsError, match="let this user write there, or set REVIEW_KEY"):
        read_key(settings(tmp_path))


def test_hashes_differ_by_key_by_kind_and_by_conversation() -> None:
    hashes = Hashes(b"a key for tests")
    others = {hashes.person("a"), hashes.conversation("a"), hashes.message("a", "b"), hashes.message("", "a")}
    assert len({*others, Hashes(b"another key").person("a")}) == 5
    assert hashes.person("a") == Hashes(b"a key for tests").person("a")
    assert hashes.message("a", "b") != hashes.message("b", "a")


@pytest.mark.parametrize("days", ["0", "-1", "a week", "1.5", "99999", "１８０"])
def test_days_that_are_none(days: str) -> None:
    with pytest.raises(SettingsError, match="REVIEW_DAYS is no number of days"):
        Settings.read({"REVIEW_DAYS": days})
    assert Settings.read({}).review_days == 180
