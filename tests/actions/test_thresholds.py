"""The thresholds of promoted models: by model and language, read again when the file changes."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from actions.thresholds import WatchedThresholds


def write(file: Path, content: str) -> None:
    # Replaced as `wenhao promote` does it.
    beside = file.with_suffix(".new")
    beside.write_text(content, encoding="utf-8")
    os.replace(beside, file)


def test_each_model_has_its_own(tmp_path: Path) -> None:
    file = tmp_path / "tuning.yml"
    write(file, "first: {en: 0.1, zh: 0.2}\nsecond: {en: 0.3}\n")
    thresholds = WatchedThresholds(file)
    assert [thresholds.of("first", language) for language in ("en", "zh")] == [0.1, 0.2]
    assert (thresholds.of("second", "en"), thresholds.of("second", "zh"), thresholds.of("", "en")) == (0.3, None, None)


def test_a_change_is_seen_and_a_deletion_too(tmp_path: Path) -> None:
    file = tmp_path / "tuning.yml"
    thresholds = WatchedThresholds(file)
    assert thresholds.of("first", "en") is None
    write(file, "first: {en: 0.1}\n")
    assert thresholds.of("first", "en") == 0.1
    write(file, "first: {en: 0.4}\n")
    assert thresholds.of("first", "en") == 0.4
    file.unlink()
    assert thresholds.of("first", "en") is None


@pytest.mark.parametrize("fault", ["first: [", "first: 0.1", "first: {en: high}", "first: {en: 1.5}", "- 1"])
def test_a_fault_is_told_once_and_the_last_good_ones_stay(
    tmp_path: Path, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "tuning.yml"
    write(file, "first: {en: 0.1}\n")
    thresholds = WatchedThresholds(file)
    assert thresholds.of("first", "en") == 0.1
    write(file, fault)
    with caplog.at_level(logging.ERROR):
        assert [thresholds.of("first", "en") for _ in range(3)] == [0.1] * 3
    assert len(caplog.records) == 1
    assert "tuning.yml" in caplog.text
