"""Labelling in a real browser: by keys alone, by the mouse, and without any script."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from bot.learning.schema import ACTIONS, GROUPS, TEXTS
from tests.bot.review.conftest import OpenPage
from tests.bot.review.filled import REFUNDS, STAFF
from tests.bot.review.running import Review


def decided(review: Review) -> dict[str, tuple[str, str | None]]:
    with review.desk.database.begin() as connection:
        rows = connection.execute(select(TEXTS.c.text, TEXTS.c.state, TEXTS.c.intent).where(TEXTS.c.state != "new"))
        return {row.text: (row.state, row.intent) for row in rows}


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def settled(page: Page, left: int) -> None:
    expect(page.locator(".texts > li")).to_have_count(left)
    expect(page.locator(".texts input").first).to_be_focused()


def test_a_group_is_labelled_by_keys_alone(open_page: OpenPage, review: Review) -> None:
    page = open_page()
    expect(page.locator(".card").first).to_contain_text("How long does a refund take?")
    press(page, "Enter")
    settled(page, 6)
    expect(page.locator(".texts .text").first).to_have_text(REFUNDS[0])
    press(page, "x", "j", "j", "Shift+X")
    expect(page.locator("#chosen")).to_have_text("3 selected")
    press(page, "1")
    settled(page, 3)
    assert decided(review) == dict.fromkeys(REFUNDS[:3], ("labelled", "ask_pay_settlement"))
    expect(page.locator(".last")).to_contain_text("accepted: 3 texts → Settlement cycle")
    press(page, "j", "i")
    settled(page, 2)
    assert decided(review)[REFUNDS[4]] == ("ignored", None)
    press(page, "o")
    settled(page, 1)
    assert decided(review)[REFUNDS[3]] == ("labelled", "out_of_scope")
    press(page, "s")
    expect(page.locator(".last")).to_contain_text("skipped")
    settled(page, 1)
    assert decided(review)[REFUNDS[5]] == ("skipped", None)
    press(page, "/")
    page.keyboard.type("deposit")
    expect(page.locator("#found button").first).to_contain_text("WeChat Pay deposit")
    expect(page.locator("#found button").first).to_contain_text("微信支付保证金")
    press(page, "Enter")
    expect(page).to_have_url(f"{review.address}/groups/{review.groups['refund_time_zh']}")
    assert decided(review)[REFUNDS[5]] == ("labelled", "ask_pay_deposit")


def test_undo_by_a_key_and_again(open_page: OpenPage, review: Review) -> None:
    page = open_page(f"/groups/{review.groups['staff']}")
    press(page, "a")
    expect(page.locator("#chosen")).to_have_text("3 selected")
    press(page, "a", "x", "1")
    settled(page, 2)
    press(page, "i")
    settled(page, 1)
    press(page, "u")
    settled(page, 2)
    assert decided(review) == {STAFF[0]: ("labelled", "ask_difference")}
    press(page, "u")
    settled(page, 3)
    assert decided(review) == {}
    with review.desk.database.begin() as connection:
        kinds = list(connection.execute(select(ACTIONS.c.kind).order_by(ACTIONS.c.id)).scalars())
    assert kinds == ["label", "ignore", "undo", "undo"], "nothing is ever deleted"


def test_help_names_the_keys_and_typing_is_no_key(open_page: OpenPage, review: Review) -> None:
    page = open_page(f"/groups/{review.groups['staff']}")
    press(page, "?")
    expect(page.get_by_role("dialog")).to_contain_text("accept into one of the three nearest intents")
    press(page, "i", "Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    press(page, "/")
    page.keyboard.type("insxou 1")
    expect(page.locator("#intent")).to_have_value("insxou 1")
    press(page, "Escape")
    expect(page.locator("#search")).to_be_hidden()
    assert decided(review) == {}


def test_many_rows_by_mouse_with_shift(open_page: OpenPage, review: Review) -> None:
    page = open_page(f"/groups/{review.groups['refund_time']}")
    boxes = page.locator(".texts input")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(page.locator("#chosen")).to_have_text("4 selected")
    page.get_by_role("button", name="Ignore").click()
    settled(page, 2)
    assert set(decided(review)) == set(REFUNDS[1:5])


def test_split_off_move_and_merge(open_page: OpenPage, review: Review) -> None:
    page = open_page(f"/groups/{review.groups['refund_time']}")
    press(page, "x", "m")
    page.get_by_label("Put the selected ones").fill("refund one")
    page.get_by_role("button", name="Split off").click()
    settled(page, 5)
    press(page, "m")
    page.get_by_label("Words of the other group").fill("manage the account")
    page.get_by_role("button", name="Move the selected here").click()
    settled(page, 4)
    press(page, "m")
    page.get_by_label("Words of the other group").fill("refund one")
    page.get_by_role("button", name="Merge it into this group").click()
    settled(page, 5)
    with review.desk.database.begin() as connection:
        groups = dict(connection.execute(select(GROUPS.c.name, GROUPS.c.id)).all())
        moved = connection.execute(select(TEXTS.c.group_id).where(TEXTS.c.text == REFUNDS[1])).scalar_one()
    assert "refund one" not in groups and moved == groups["staff"]


def test_conversation_opens_in_place(open_page: OpenPage, review: Review) -> None:
    page = open_page(f"/groups/{review.groups['refund_time']}")
    press(page, "j", "c")
    row = page.locator(".texts > li").nth(1)
    expect(row.locator(".talk .own .asked")).to_have_text(REFUNDS[1])
    expect(row.locator(".talk .own .answered")).to_contain_text("I'm not sure what you mean")
    expect(row.locator(".talk li").first).to_be_visible()


def test_redacting_what_is_marked(open_page: OpenPage, review: Review) -> None:
    page = open_page(f"/groups/{review.groups['staff']}")
    page.locator(".texts .said").first.evaluate(
        "said => getSelection().setBaseAndExtent(said.firstChild, 4, said.firstChild, 14)"
    )
    press(page, "r")
    expect(page.get_by_label("What is to go")).to_have_value("two people")
    page.get_by_label("What takes its place").fill("we")
    page.get_by_role("dialog").get_by_role("button", name="Redact").click()
    expect(page.locator(".texts .text").first).to_have_text("Can we manage the account?")
    expect(page.locator(".texts input").first).to_be_focused()
    press(page, "r")
    page.get_by_label("What is to go").fill("not in it")
    page.get_by_role("dialog").get_by_role("button", name="Redact").click()
    expect(page.get_by_role("alert")).to_contain_text("does not stand in the text")


def test_it_works_without_script(browser: Browser, review: Review) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(review.link())
    page.get_by_role("button", name="Go on to the review").click()
    page.get_by_role("link", name="How long does a refund take?").click()
    page.locator(".texts input").first.check()
    page.get_by_role("button", name="Verification fee").click()
    expect(page.locator(".texts > li")).to_have_count(5)
    page.get_by_label("Words of an intent's title").fill("deposit")
    page.locator("#search").get_by_role("button", name="Search").click()
    page.get_by_role("link", name="all", exact=True).click()
    expect(page.locator(".texts input:checked")).to_have_count(5)
    page.get_by_role("button", name="Ignore").click()
    expect(page).to_have_url(f"{review.address}/groups/{review.groups['refund_time_zh']}")
    page.get_by_role("button", name="Undo").click()
    assert decided(review) == {REFUNDS[0]: ("labelled", "ask_verification_fee")}
    context.close()


def test_filters_and_twins(open_page: OpenPage, review: Review) -> None:
    page = open_page()
    pair = page.locator(".twins")
    expect(pair.locator(".card")).to_have_count(2)
    expect(pair).to_contain_text("退款要多久到账")
    page.get_by_label("Language").select_option("zh")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".card")).to_have_count(1)
    page.get_by_label("Reason").select_option("person")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".empty")).to_contain_text("Nothing fits this filter")
    page.goto(f"{review.address}/?words=operator")
    expect(page.locator(".card")).to_have_count(1)
    page.goto(f"{review.address}/groups/{review.groups['refund_time']}")
    expect(page.get_by_role("complementary")).to_contain_text("退款几天能到")
