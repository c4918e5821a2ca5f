"""Two reviewers in two browsers: nobody's decision is lost, and who was slower is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import expect

from bot.learning.deciding import batches
from tests.bot.review.conftest import OpenPage
from tests.bot.review.filled import STAFF
from tests.bot.review.running import Review
from tests.bot.review.test_labelling import decided, press, settled


def test_the_slower_one_is_told_and_loses_nothing(open_page: OpenPage, review: Review) -> None:
    path = f"/groups/{review.groups['staff']}"
    ann, bo = open_page(path), open_page(path, name="Bo")
    press(bo, "x", "i")
    settled(bo, 2)
    press(ann, "a", "1")
    alert = ann.get_by_role("alert")
    expect(alert).to_contain_text("Bo: ignored")
    expect(ann.locator(".texts > li")).to_have_count(2)
    expect(ann.locator(".texts input:checked")).to_have_count(2)
    assert decided(review) == {STAFF[0]: ("ignored", None)}, "nothing of the slower decision was done"
    expect(ann.locator(".texts input").first).to_be_focused()
    press(ann, "1")
    expect(ann.locator(".last")).to_contain_text("2 texts → ")
    assert decided(review)[STAFF[2]] == ("labelled", "ask_difference")
    bo.reload()
    expect(bo.locator(".texts > li")).to_have_count(0)
    expect(bo.locator(".last")).to_contain_text("ignored")


def test_undo_is_ones_own(open_page: OpenPage, review: Review) -> None:
    path = f"/groups/{review.groups['staff']}"
    ann, bo = open_page(path), open_page(path, name="Bo")
    press(ann, "i")
    settled(ann, 2)
    bo.reload()
    expect(bo.locator(".last")).to_have_count(0)
    press(bo, "u")
    assert decided(review) == {STAFF[0]: ("ignored", None)}


def test_of_many_at_once_each_text_is_decided_once(review: Review) -> None:
    names = [f"reviewer {number}" for number in range(6)]
    clients = [review.client(name) for name in names]
    fields = [("text", f"{text}:0") for text in (7, 8, 9)]

    def decide(client: object) -> int:
        data = [*fields, ("csrf", client.csrf), ("deed", "ignore")]  # type: ignore[attr-defined]
        path = f"{review.address}/groups/{review.groups['staff']}"
        answer = client.post(path, data=data, allow_redirects=False, timeout=30)  # type: ignore[attr-defined]
        return int(answer.status_code)

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(decide, clients))
    assert answers == [303, 409, 409, 409, 409, 409]
    assert len(batches(review.desk.database)) == 1
