"""Everything that was done, by whom; found again, and taken back."""

from __future__ import annotations

from playwright.sync_api import expect

from bot.learning import deciding
from bot.learning.drafts import Draft, Words
from tests.bot.review.conftest import OpenPage
from tests.bot.review.filled import REFUNDS, STAFF
from tests.bot.review.running import Review
from tests.bot.review.test_labelling import decided


def test_batches_are_found_told_and_undone(open_page: OpenPage, review: Review) -> None:
    desk = review.desk
    deciding.label(desk.database, desk.settings, {1: 0, 2: 0}, "ask_pay_rate", "Bo")
    deciding.ignore(desk.database, {7: 0}, "Cy")
    page = open_page("/history")
    expect(page.locator(".card")).to_have_count(2)
    expect(page.locator(".card").first).to_contain_text("ignored: 1 texts")
    for words, found in (("bo", 1), ("Industry", 0), ("two people", 1), ("pay_rate", 1), ("nothing like it", 0)):
        page.get_by_label("Search").fill(words)
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".card")).to_have_count(found)
    page.goto(f"{review.address}/history?words=money")
    page.get_by_role("link", name="accepted: 2 texts").click()
    expect(page.locator("main li")).to_have_text(list(REFUNDS[:2]))
    page.get_by_role("button", name="Undo").click()
    assert decided(review) == {STAFF[0]: ("ignored", None)}
    expect(page.locator(".card").first).to_contain_text("undid: 2 texts")
    page.locator(".card a").first.click()
    page.get_by_role("button", name="Undo").click()
    assert decided(review)[REFUNDS[0]] == ("labelled", "ask_pay_rate"), "undoing is undone"


def test_what_was_decided_again_since_is_not_undone(open_page: OpenPage, review: Review) -> None:
    database = review.desk.database
    first = deciding.ignore(database, {7: 0}, "Bo")
    deciding.skip(database, first.texts, "Cy")
    page = open_page(f"/history/{first.batch}")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("alert")).to_contain_text("Cy: skipped")
    assert decided(review) == {STAFF[0]: ("skipped", None)}


def test_typing_is_one_line(open_page: OpenPage, review: Review) -> None:
    desk = review.desk
    made = deciding.make_draft(desk.database, desk.settings, Draft("some_topic"), "Ann")
    for version in range(5):
        draft = Draft("some_topic", title=Words(f"title {version}"))
        deciding.change_draft(desk.database, desk.settings, made.draft or 0, version, draft, "Ann")
    page = open_page("/history")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".card")).to_contain_text("wrote a new intent (6 changes)")
