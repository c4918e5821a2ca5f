"""Messages that were written to do harm are shown as what they are: text."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import update

from bot.learning.deciding import make_draft
from bot.learning.drafts import Draft, Words
from bot.learning.schema import GROUPS, MESSAGES
from tests.bot.review.conftest import OpenPage, assert_fits
from tests.bot.review.filled import FORMULA, HOSTILE, LONG, TURNED
from tests.bot.review.running import Review


def test_hostile_messages_are_inert_everywhere(open_page: OpenPage, review: Review) -> None:
    """The fixture fails on any script, request, dialog or breach of the policy that they cause."""
    with review.desk.database.begin() as connection:
        connection.execute(update(GROUPS).values(name=HOSTILE))
        connection.execute(update(MESSAGES).values(reply=HOSTILE, channel=HOSTILE, reason=HOSTILE, act="answered"))
    hostile = Draft("hostile", title=Words(HOSTILE, HOSTILE), question=Words(HOSTILE, HOSTILE))
    made = make_draft(review.desk.database, review.desk.settings, hostile, HOSTILE)
    group = f"/groups/{review.groups['hostile']}"
    page = open_page(group, name=HOSTILE)
    texts = page.locator(".texts .said")
    expect(texts.nth(0)).to_have_text(HOSTILE)
    expect(texts.nth(1)).to_have_text(FORMULA)
    for path in ("/", group, "/texts/13", "/drafts", f"/drafts/{made.draft}", "/history", "/overview", "/learn"):
        page.goto(review.address + path)
        page.wait_for_load_state("networkidle")
        assert "pwned" not in page.title().replace(HOSTILE, ""), path
        assert page.locator("script").count() <= 3 and page.locator("main img").count() == 0, path
        assert_fits(page)


def test_marks_of_direction_turn_nothing_else(open_page: OpenPage, review: Review) -> None:
    page = open_page(f"/groups/{review.groups['hostile']}")
    row = page.locator(".texts > li").nth(2)
    said = row.locator("bdi.said")
    assert said.text_content() == TURNED
    expect(said).to_have_attribute("dir", "auto")
    assert said.evaluate("said => getComputedStyle(said).unicodeBidi") in ("isolate", "plaintext")
    expect(row).to_contain_text("has hidden marks that turn its direction")


def test_long_messages_are_folded(open_page: OpenPage, review: Review) -> None:
    page = open_page(f"/groups/{review.groups['hostile']}", viewport={"width": 360, "height": 740})
    row = page.locator(".texts > li").nth(3)
    assert (row.bounding_box() or {})["height"] < 700
    row.locator(".rest summary").click()
    assert "".join(row.locator(".text .said").all_text_contents()) == LONG
    assert_fits(page)


def test_search_words_are_taken_as_they_are(open_page: OpenPage, review: Review) -> None:
    page = open_page()
    for words, found in (("%", 0), ("_", 0), ("'; drop table review_texts; --", 0), ("<script>", 1), ("\\", 0)):
        page.get_by_label("Words").fill(words)
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".card")).to_have_count(found)
    for odd in (
        "/?page=99999&days=abc&state=x&language=fr",
        "/groups/99999",
        "/history/none",
        "/drafts/77",
        "/texts/777",
    ):
        assert (page.goto(review.address + odd) or page).status in (200, 404)  # type: ignore[union-attr]
