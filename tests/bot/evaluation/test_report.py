"""The report: a page that stands alone and takes no orders from what people wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Optional

import pytest
from PIL import Image

from bot.errors import WenhaoError
from bot.evaluation.acts import Act
from bot.evaluation.changes import earlier_run, find_changes, read_earlier
from bot.evaluation.measurement import Measurement
from bot.evaluation.outcomes import Outcome
from bot.evaluation.report import CALIBRATION, CONFUSION, PAGE, RESULTS, draw_pictures, render, write_report
from tests.bot.evaluation.made import measurement, outcome

HOSTILE = """<script>alert(1)</script> "><img src=x onerror=alert(2)> {{ 7 * 7 }} </style> & ' 你好"""
EMPTY_TAGS = {"meta", "link", "img", "br", "wbr"}

Attributes = list[tuple[str, Optional[str]]]


class Page(HTMLParser):
    """The tags and words of a page; asserts that what is opened is closed."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(content)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in EMPTY_TAGS:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, name: str) -> Iterator[dict[str, str]]:
        return (attributes for tag, attributes in self.tags if tag == name)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def outcomes() -> list[Outcome]:
    return [
        outcome("fee.fact", "fee.fact", text="How much?", confidence=0.97),
        outcome("fee.fact", "quota.one quota.two", text=HOSTILE, language="zh", style=HOSTILE, confidence=0.42),
        outcome("", "fee.fact", text="Weather?", kind="near", style="oos"),
        outcome("", "", text="Hello", dialogue=HOSTILE, act=Act.TALKED),
        outcome("quota.one", "", text="how often?", dialogue=HOSTILE, earlier=(HOSTILE,), act=Act.ASKED_BACK),
    ]


@pytest.fixture(scope="module")
def run() -> Measurement:
    before = earlier_run([outcome("fee.fact", "fee.fact", text=HOSTILE, model=HOSTILE)])
    return measurement(outcomes(), find_changes(before, outcomes()))


@pytest.fixture(scope="module")
def page(run: Measurement) -> Page:
    return Page(render(run, draw_pictures(run)))


def test_hostile_text_stays_text(page: Page) -> None:
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "iframe", "object", "form", "base"}
    assert [attributes for _, attributes in page.tags if any(name.startswith("on") for name in attributes)] == []
    # Beneath misses and changes, before the changed and the missed turn, and as style, dialogue and model.
    assert page.text.count(" ".join(HOSTILE.split())) >= 6
    assert "49" not in re.findall(r"\d+", page.text)


def test_the_page_loads_nothing_from_elsewhere(page: Page) -> None:
    addresses = [attributes[name] for _, attributes in page.tags for name in ("src", "href") if name in attributes]
    assert [address for address in addresses if not address.startswith(("data:", "#"))] == []
    policy = next(each["content"] for each in page.all("meta") if each.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'unsafe-inline'")


def test_it_can_be_read_without_seeing_it(page: Page) -> None:
    assert next(page.all("html"))["lang"] == "en"
    assert [image["alt"] for image in page.all("img") if len(image["alt"]) < 40] == []
    assert len(list(page.all("img"))) == 2
    assert len(list(page.all("caption"))) == len(list(page.all("table"))) >= 7
    assert {head["scope"] for head in page.all("th")} == {"row", "col"}
    names = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert {link["href"].removeprefix("#") for link in page.all("a")} <= names
    assert {section["aria-labelledby"] for section in page.all("section")} <= names
    assert [text["lang"] for text in page.all("p") if "lang" in text].count("zh") == 2


@pytest.mark.parametrize(
    "shown",
    [
        "Model m.tar.gz, measured on 21 November 2026 at 09:05 with 5 messages of held_out/questions.jsonl",
        "questions 33.3% 1 of 3, 6.1–79.2%",
        "both, near0 of 10.0%0.0–79.3%",
        "en, whole dialogues0 of 10.0%0.0–79.3%",
        "turns in scope 0 0 1 100%",
        "expected calibration error is 41.8%",
        "Expected fee.fact Given quota.one, quota.two",
        "Expected none Given fee.fact",
        "asked back · ask_fee at 90.0% · dialogue",
        "1 messages that both were asked; 4 messages are new",
        "now wrong1 now right0 other facts0 exact McNemar p1",
        "Now wrong (1)",
        "Misses (3)",
        "quota asked back 1",
    ],
)
def test_figures_misses_and_changes_are_in_it(page: Page, shown: str) -> None:
    assert shown.replace(" ", "") in page.text.replace(" ", "")


def test_counts_of_the_confusion_are_in_its_table(run: Measurement, page: Page) -> None:
    coloured = [cell["style"] for cell in page.all("td") if "style" in cell]
    assert len(coloured) == len(run.confusion.counts) > 3
    assert all(re.fullmatch(r"background:#[0-9a-f]{6};color:#(000000|ffffff)", style) for style in coloured)


def test_the_first_run_of_all() -> None:
    run = measurement([outcome("fee.fact", "fee.fact")])
    page = Page(render(run, draw_pictures(run)))
    assert "There is no earlier run to compare with." in page.text
    assert "No topic was confused." in page.text
    assert "None: every message was answered rightly." in page.text


def test_the_folder(tmp_path: Path, run: Measurement) -> None:
    folder = tmp_path / "reports" / "one"
    assert write_report(folder, run) == folder / PAGE
    assert {file.name for file in folder.iterdir()} == {PAGE, CALIBRATION, CONFUSION, RESULTS}
    for name in (CALIBRATION, CONFUSION):
        with Image.open(folder / name) as picture:
            assert picture.convert("L").getextrema() != (255, 255)
    lines = (folder / RESULTS).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["right"] for line in lines] == [True, False, False, True, False]
    assert find_changes(read_earlier(folder / RESULTS), run.outcomes).changes == ()


def test_a_folder_that_can_not_be_written_to(tmp_path: Path, run: Measurement) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WenhaoError, match=r"can't be written to .*: name another with --report"):
        write_report(tmp_path / "file" / "folder", run)
