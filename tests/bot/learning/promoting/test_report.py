"""The report: verdict first, both languages, nothing of a message is markup, and it comes back from its JSON whole."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from bot.errors import WenhaoError
from bot.learning.promoting.comparison import Move, Replay, from_data
from bot.learning.promoting.report import confused, render, write_report
from tests.bot.learning.promoting.made import comparison, row, rows

HOSTILE = "<script>alert(1)</script>\"'{{ 7*7 }}\u202e"
REPLAY = Replay(28, 9, 12, 5, 4, 1, (Move("asked back", "fee", 4, 3, ((HOSTILE, "en", 2), ("多少钱", "zh", 1))),))
GOOD = comparison(rows(8), REPLAY)
BAD = comparison([*rows(8), row(text=HOSTILE, now=False, must_pass=True)], REPLAY)


class Page(HTMLParser):
    """Notes tags, and the sections' headings in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


@pytest.mark.parametrize(
    ("found", "language", "verdict"),
    [
        (GOOD, "en", "It may go live"),
        (BAD, "en", "It must not go live"),
        (GOOD, "zh", "可以上线"),
        (BAD, "zh", "不可以上线"),
    ],
)
def test_the_verdict_comes_first(found: object, language: str, verdict: str) -> None:
    page = render(found, language)  # type: ignore[arg-type]
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert headings[0] == verdict
    assert f'<html lang="{language}">' in page


def test_why_not_in_plain_words_with_the_row() -> None:
    page = render(BAD, "en")
    assert "1 of 1 questions that must not be lost were answered rightly, and no longer are." in page
    assert "questions.jsonl:1" in page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_messages_are_never_markup_and_nothing_is_fetched(language: str) -> None:
    page = render(BAD, language)
    assert "script" not in Page(page).tags
    assert "&lt;script&gt;" in page
    assert "49" not in re.sub(r"<svg.*?</svg>|<style>.*?</style>", "", page, flags=re.S)
    assert not re.findall(r'(?:src|href)="(?!#|data:,|index\.)', page)


def test_pictures_stand_in_the_page() -> None:
    tags = Page(render(BAD, "en")).tags
    assert tags.count("svg") == 1, "the curve; one wrong row that must pass is no confusion"
    wrong = comparison([*rows(8), *rows(2, now=False)])
    assert Page(render(wrong, "zh")).tags.count("svg") == 2
    assert confused(wrong.rows) == [("fee", "quota", 2)]


def test_the_replay_is_grouped_with_counts_and_examples() -> None:
    page = render(GOOD, "en")
    assert (
        "Of 9 real messages of the last 28 days (12 there were), 5 would be answered otherwise: 4 were not answered"
        in page
    )
    assert "4 messages of 3 people" in page
    assert "多少钱" in page


@pytest.mark.parametrize("found", [GOOD, BAD])
def test_it_comes_back_whole(found: object) -> None:
    assert from_data(json.loads(json.dumps(found.as_data()))) == found  # type: ignore[attr-defined]


def test_both_pages_are_written(tmp_path: Path) -> None:
    page = write_report(tmp_path / "deep" / "down", GOOD, "zh")
    assert 'lang="zh"' in page.read_text(encoding="utf-8")
    assert sorted(file.name for file in page.parent.iterdir()) == ["index.en.html", "index.html", "index.zh.html"]


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WenhaoError, match="can't be written to"):
        write_report(tmp_path / "file" / "below", GOOD, "en")


def test_every_word_is_there_in_both_languages() -> None:
    def leaves(node: object, path: str = "") -> list[tuple[str, object]]:
        if isinstance(node, dict) and not set(node) <= {"en", "zh"}:
            return [leaf for name, inner in node.items() for leaf in leaves(inner, f"{path}.{name}")]
        return [(path, node)]

    from bot.learning.promoting import words

    content = yaml.safe_load(Path(words.__file__).with_name("words.yml").read_text(encoding="utf-8"))
    groups = content.pop("groups")
    assert set(groups) == {"all", "en", "zh"}
    for path, texts in leaves(content):
        assert isinstance(texts, dict) and set(texts) == {"en", "zh"}, path
        named = [set(re.findall(r"{(\w+)}", text)) for text in texts.values()]
        assert named[0] == named[1], path
