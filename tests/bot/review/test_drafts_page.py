"""New intents in a real browser: kept as they are typed, checked beside their fields, shown as they will answer."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from bot.learning import deciding
from bot.learning.drafts import Draft
from tests.bot.review.conftest import OpenPage
from tests.bot.review.running import Review

FIELDS = {
    "title.en": "Refund time",
    "title.zh": "退款时间",
    "question.en": "How long does a refund take?",
    "question.zh": "退款多久到账？",
    "area": "pay",
    "rows.0.id": "refund.days",
    "rows.0.answer.en": "A refund arrives within {days}.",
    "rows.0.answer.zh": "退款在{days}内到账。",
}


def begin(page: Page) -> None:
    """Makes a draft of the first two texts of a group, by keys."""
    expect(page.locator(".texts input").first).to_be_focused()
    for key in ("x", "j", "x", "n"):
        page.keyboard.press(key)
    expect(page.locator("#draft")).to_be_visible()


def field(page: Page, path: str) -> str:
    return f'[name="{path}"]'


def kept(review: Review) -> Draft:
    return deciding.drafts(review.desk.database)[0].draft


def fill(page: Page) -> None:
    for path, value in FIELDS.items():
        page.locator(field(page, path)).fill(value)
    page.get_by_role("button", name="Add a figure").click()
    page.locator(field(page, "rows.0.values.0.name")).fill("days")
    page.locator(field(page, "rows.0.values.0.value")).fill("3")
    page.locator(field(page, "rows.0.values.0.unit")).select_option("working_day")
    page.locator(field(page, "rows.0.source")).select_option(index=1)
    page.locator(field(page, "rows.0.confidence")).select_option("high")


def test_a_draft_is_written_checked_and_previewed(open_page: OpenPage, review: Review) -> None:
    page = open_page(f"/groups/{review.groups['refund_time']}")
    begin(page)
    expect(page.locator(field(page, "name"))).to_have_value("refund_time")
    expect(page.locator("#fault-title-zh")).to_contain_text("is missing")
    expect(page.locator("#examples li")).to_have_count(2)
    fill(page)
    expect(page.locator("#preview")).to_contain_text("Complete")
    expect(page.locator("#preview [lang=en]")).to_contain_text("A refund arrives within 3 working days.")
    expect(page.locator("#preview [lang=zh-Hans]")).to_contain_text("退款在3个工作日内到账。")
    expect(page.locator(".fault:not(:empty)")).to_have_count(0)
    page.locator(field(page, "rows.0.answer.en")).fill("A refund arrives within {weeks}.")
    expect(page.locator("#fault-rows-0-answer-en")).to_contain_text("weeks")
    expect(page.locator("#preview [lang=en]")).to_have_count(0)
    assert kept(review).rows[0].answer.en == "A refund arrives within {weeks}."
    page.get_by_label("More examples").fill("refund when\n退款什么时候到")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#examples li")).to_have_count(4)
    page.get_by_role("button", name="Take out").first.click()
    expect(page.locator("#examples li")).to_have_count(3)


def test_nothing_typed_is_lost_on_reload(open_page: OpenPage, review: Review) -> None:
    page = open_page(f"/groups/{review.groups['refund_time']}")
    begin(page)
    page.locator(field(page, "title.en")).press_sequentially("Refund <b>time</b>")
    # At once, before the pause after which it is kept.
    page.reload()
    expect(page.locator(field(page, "title.en"))).to_have_value("Refund <b>time</b>")
    page.locator(field(page, "title.zh")).fill("退款时间")
    expect(page.locator("#fault-title-zh")).to_be_empty()
    assert kept(review).title.zh == "退款时间"
    page.context.close()
    again = open_page("/drafts", name="Bo")
    again.get_by_role("link", name="Refund <b>time</b>").click()
    expect(again.locator(field(again, "title.zh"))).to_have_value("退款时间")


def test_a_taken_name_is_told_and_the_rest_kept(open_page: OpenPage, review: Review) -> None:
    page = open_page(f"/groups/{review.groups['refund_time']}")
    begin(page)
    page.locator(field(page, "name")).fill("pay_rate")
    expect(page.locator("#fault-name")).to_contain_text("is taken by the topic")
    page.locator(field(page, "title.en")).fill("Refund time")
    expect(page.locator("#fault-title-en")).to_be_empty()
    assert (kept(review).name, kept(review).title.en) == ("refund_time", "Refund time")
    page.goto(f"{review.address}/history")
    expect(page.get_by_text("→ Refund time")).to_be_visible()


def test_two_at_one_draft_lose_nothing(open_page: OpenPage, review: Review) -> None:
    ann, bo = open_page(f"/groups/{review.groups['refund_time']}"), open_page("/drafts", name="Bo")
    begin(ann)
    bo.goto(ann.url)
    bo.locator(field(bo, "title.en")).fill("Bo's title")
    expect(bo.locator("#fault-title-en")).to_be_empty()
    ann.locator(field(ann, "title.en")).fill("Ann's title")
    expect(ann.get_by_role("alert")).to_contain_text("Bo: new intent")
    expect(ann.locator(field(ann, "title.en"))).to_have_value("Ann's title")
    assert kept(review).title.en == "Bo's title"


def test_a_draft_is_given_up(open_page: OpenPage, review: Review) -> None:
    page = open_page(f"/groups/{review.groups['refund_time']}")
    begin(page)
    page.get_by_role("button", name="Give this draft up").click()
    expect(page.locator(".empty")).to_contain_text("No new intents")
    page.goto(f"{review.address}/groups/{review.groups['refund_time']}")
    expect(page.locator(".texts > li")).to_have_count(6)
