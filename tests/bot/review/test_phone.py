"""On a phone, in Chinese, and for who can't see: sizes, names, focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from bot.learning.deciding import make_draft
from bot.learning.drafts import Draft
from tests.bot.review.conftest import OpenPage, assert_fits
from tests.bot.review.running import Review
from tests.bot.review.test_labelling import decided

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}

# What has no name (https://www.w3.org/TR/accname-1.2/), ids that are there twice, pictures without a name, and headings
# that skip a level.
FAULTS = """() => {
  const shown = (each) => each.getClientRects().length > 0;
  const named = (each) =>
    each.labels?.length || each.getAttribute('aria-label') || each.textContent.trim() || each.title;
  const nameless = [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a, summary')]
    .filter(shown).filter((each) => !named(each)).map((each) => each.outerHTML);
  const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const pictures = [...document.querySelectorAll('svg[role=img], svg[role=group]')]
    .filter((each) => !each.getAttribute('aria-label')).length;
  const pointing = [...document.querySelectorAll('[aria-describedby], [aria-labelledby]')]
    .flatMap((each) => [each.getAttribute('aria-describedby'), each.getAttribute('aria-labelledby')])
    .filter((id) => id && !document.getElementById(id));
  const levels = [...document.querySelectorAll('h1, h2, h3')].filter(shown).map((each) => Number(each.tagName[1]));
  const skipped = levels.some((level, index) => level - (levels[index - 1] ?? 0) > 1);
  const language = document.documentElement.lang ? [] : ['no language'];
  const others = [...(pictures ? ['picture'] : []), ...(skipped ? ['levels'] : [])];
  return [...nameless, ...twice, ...pointing, ...language, ...others];
}"""
# Controls that a thumb can't hit well: lower than 36 pixels, other than words in a line of text.
SMALL = """() => {
  const controls = 'button, select, input:not([type=hidden], [type=checkbox]), nav a, .button';
  const shown = [...document.querySelectorAll(controls)].filter((each) => each.getClientRects().length);
  return shown.filter((each) => each.getBoundingClientRect().height < 36).map((each) => each.outerHTML);
}"""


def paths(review: Review) -> list[str]:
    draft = make_draft(review.desk.database, review.desk.settings, Draft("some_topic"), "Ann").draft
    groups = [f"/groups/{group}" for group in (*review.groups.values(), 0)]
    return ["/", *groups, "/texts/1", "/drafts", f"/drafts/{draft}", "/learn", "/history", "/overview"]


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_every_page_fits_a_phone_and_names_its_controls(open_page: OpenPage, review: Review, locale: str) -> None:
    page = open_page(locale=locale, **PHONE)
    for path in paths(review):
        page.goto(review.address + path)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert_fits(page)
        assert page.evaluate(FAULTS) == [], path
        assert page.evaluate(SMALL) == [], path


def test_labelling_by_thumb_in_chinese(open_page: OpenPage, review: Review) -> None:
    page = open_page(locale="zh-CN", **PHONE)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_role("heading", level=1)).to_have_text("待审")
    page.get_by_role("link", name="退款要多久到账").tap()
    page.locator(".texts label.text").first.tap()
    expect(page.locator("#chosen")).to_have_text("已选1条")
    button = page.get_by_role("button", name="结算周期")
    box = button.bounding_box()
    assert box and box["y"] > 740 / 2 and box["height"] >= 40, "it is in reach of the thumb"
    button.tap()
    expect(page.locator(".last")).to_contain_text("归入意图: 1条文本 → 结算周期")
    assert list(decided(review).values()) == [("labelled", "ask_pay_settlement")]
    page.get_by_role("button", name="忽略").tap()
    expect(page.get_by_role("alert")).to_have_text("请先选择至少一条文本。")


def test_language_is_switched_in_the_page_and_kept(open_page: OpenPage, review: Review) -> None:
    page = open_page()
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("待审")
    page.goto(f"{review.address}/overview")
    expect(page.get_by_role("heading", level=1)).to_have_text("概览")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")


def test_a_reviewer_with_a_token_has_their_language(open_page: OpenPage, review: Review) -> None:
    page = open_page()
    page.get_by_role("button", name="Log out").click()
    page.get_by_label("Your token").fill(review.token("老王", "zh"))
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("待审")
    expect(page.get_by_role("button", name="退出")).to_contain_text("老王")


def outline(page: Page) -> str:
    told = (
        "() => { const each = getComputedStyle(document.activeElement); return each.outlineStyle + each.outlineWidth; }"
    )
    return str(page.evaluate(told))


def test_focus_is_seen_and_comes_to_everything(open_page: OpenPage, review: Review) -> None:
    page = open_page(f"/groups/{review.groups['staff']}")
    expect(page.locator(".texts input").first).to_be_focused()
    reached = set()
    for _ in range(45):
        page.keyboard.press("Tab")
        # After the last control comes the page itself, then the first again.
        ended = page.evaluate("document.activeElement === document.body")
        assert ended or not outline(page).startswith("none"), page.evaluate("document.activeElement.outerHTML")
        reached.add(page.evaluate("document.activeElement.textContent.trim().slice(0, 20)"))
    assert any("Ignore" in each for each in reached) and any("Conversation" in each for each in reached)
    page.goto(f"{review.address}/overview")
    page.locator(".chart svg a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".texts, .empty").first).to_be_visible()
