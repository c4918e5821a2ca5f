"""The chat page in a real browser, against a real Sanic app: asks, reads, taps, fails and tries again."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.bot.chat_page_server import running

WEBHOOK = "/webhooks/rest/webhook"
FEE = "How much does verification cost?"
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        pytest.skip("needs Chromium: none of chromium, chromium-browser, google-chrome is on the PATH")
    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        yield playwright.chromium.launch(executable_path=found, args=as_root)


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    """Opens the page in a new tab; whatever the browser complains about by the end fails the test."""
    complaints: list[str] = []
    contexts = []

    def opened(locale: str = "en-GB", **options: Any) -> Page:
        contexts.append(browser.new_context(locale=locale, **{"reduced_motion": "reduce", **options}))
        page = contexts[-1].new_page()
        watch(page, address, complaints)
        page.goto(f"{address}/")
        expect(page.locator(".opening").first).to_be_visible()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def watch(page: Page, address: str, complaints: list[str]) -> None:
    """Notes errors and requests that leave the server. An unanswered question is no error of the page's."""

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and WEBHOOK not in message.location["url"]:
            complaints.append(message.text)

    def follow(request: Request) -> None:
        if not request.url.startswith(address):
            complaints.append(f"asks for {request.url}")

    page.on("console", hear)
    page.on("request", follow)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))


def ask(page: Page, question: str) -> dict[str, str]:
    """Types and sends a question; returns what went to the bot."""
    page.get_by_role("textbox").fill(question)
    with page.expect_request(f"**{WEBHOOK}") as request:
        page.keyboard.press("Enter")
    sent: dict[str, str] = request.value.post_data_json or {}
    return sent


def assert_fits(page: Page) -> None:
    for selector in ("html", "#scroller"):
        excess = page.locator(selector).evaluate("element => element.scrollWidth - element.clientWidth")
        assert excess <= 0, f"{selector} is {excess} pixels too wide"


def test_asks_in_english_and_shows_answer_reason_source_and_change(open_page: OpenPage) -> None:
    page = open_page()
    assert ask(page, FEE)["message"] == FEE
    answer = page.locator(".answer")
    expect(page.locator(".asked-text")).to_have_text(FEE)
    expect(answer.locator(".lead")).to_have_text("WeChat verification costs 300 yuan per application.")
    expect(answer.locator(".reason")).to_contain_text("not refunded")
    expect(answer.locator(".source")).to_contain_text("2014")
    expect(answer.locator(".source a")).to_have_count(0)
    expect(answer.locator(".changes li")).to_have_count(2)
    expect(answer).to_have_attribute("lang", "en")
    expect(page.locator("#welcome")).to_be_hidden()


def test_asks_in_chinese_and_shows_a_comparison(open_page: OpenPage) -> None:
    page = open_page("zh-CN")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.get_by_role("button", name="订阅号和服务号有什么区别？").click()
    table = page.get_by_role("table", name="两种账号的区别")
    expect(table.get_by_role("columnheader")).to_have_text(["订阅号", "服务号"])
    expect(table.get_by_role("rowheader")).to_have_text(["显示位置", "群发次数", "自定义菜单", "微信支付"])
    expect(table.locator("thead th").first).to_have_attribute("scope", "col")
    expect(table.get_by_role("row").nth(2).get_by_role("cell")).to_have_text(["每天1次群发", "每月4次群发"])
    expect(page.locator(".changes-title")).to_have_text("规则沿革")


def test_tapped_suggestion_is_asked_and_only_the_newest_answer_has_some(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, FEE)
    expect(page.locator(".chip")).to_have_count(3)
    page.get_by_role("button", name="Must verification be renewed every year?").click()
    expect(page.locator(".asked-text").last).to_have_text("Must verification be renewed every year?")
    expect(page.locator(".chip")).to_have_text(["How much does verification cost?"])
    link = page.locator(".answer").last.get_by_role("link")
    expect(link).to_have_attribute("href", "https://developers.weixin.qq.com/doc/subscription/")
    expect(link).to_have_attribute("rel", "noopener")


def test_choices_stay_readable_when_their_buttons_are_gone(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "unclear")
    expect(page.locator(".plain")).to_have_text("I'm not sure what you mean. Which of these is it?")
    expect(page.locator(".offered")).to_be_hidden()
    page.get_by_role("button", name="What does WeChat Pay cost?").click()
    expect(page.locator(".offered li")).to_have_text(["How much does verification cost?", "What does WeChat Pay cost?"])


def test_hostile_strings_stay_text(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "hostile")
    expect(page.locator(".lead")).to_have_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".source")).to_have_text("<a href=//evil>source</a>")
    expect(page.locator("tbody td")).to_have_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".chip")).to_have_text("<b onclick=alert(1)>tap</b>")
    expect(page.locator(":is(#log) :is(img, script, iframe, a, b, u, s)")).to_have_count(0)


def test_language_switch_changes_the_page_and_not_the_answers(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, FEE)
    expect(page.locator(".lead")).to_be_visible()
    page.get_by_role("button", name="中文").click()
    expect(page.locator(".purpose")).to_contain_text("微信公众号")
    expect(page.get_by_role("textbox", name="您的问题")).to_be_visible()
    expect(page.get_by_role("button", name="中文")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".changes-title")).to_have_text("Then and now")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


@pytest.mark.parametrize("viewport", [{"width": 360, "height": 740}, {"width": 320, "height": 640}], ids=["360", "320"])
@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_fits_a_phone_without_scrolling_sideways(open_page: OpenPage, viewport: dict[str, int], locale: str) -> None:
    page = open_page(locale, viewport=viewport, is_mobile=True, has_touch=True)
    assert_fits(page)
    for question in ("区别", "compare", "hostile", "x" * 200):
        ask(page, question)
        expect(page.locator(".chips")).to_be_visible()
        assert_fits(page)
    expect(page.locator(".top")).to_be_in_viewport(ratio=1)
    page.locator("#new").click()
    expect(page.get_by_role("dialog")).to_be_in_viewport(ratio=1)
    assert_fits(page)


def test_enter_that_ends_a_composition_does_not_send(open_page: OpenPage) -> None:
    page = open_page("zh-CN")
    keyboard = page.context.new_cdp_session(page)
    page.get_by_role("textbox").focus()
    keyboard.send("Input.imeSetComposition", {"text": "ren zheng", "selectionStart": 9, "selectionEnd": 9})
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(0)
    page.get_by_role("textbox").fill("认证要多少钱？")
    page.get_by_role("textbox").dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    expect(page.locator(".turn")).to_have_count(0)
    page.keyboard.press("Shift+Enter")
    expect(page.get_by_role("textbox")).to_have_value(re.compile("\n"))
    page.keyboard.press("Enter")
    expect(page.locator(".asked-text")).to_have_text("认证要多少钱？")


def test_wait_is_shown_and_the_next_question_can_be_typed(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "a slow one")
    expect(page.locator(".waiting")).to_be_visible()
    page.get_by_role("textbox").fill("next")
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    expect(page.locator(".answer")).to_be_visible()
    expect(page.locator(".waiting")).to_have_count(0)
    expect(page.get_by_role("textbox")).to_have_value("next")
    expect(page.get_by_role("button", name="Send")).to_be_enabled()


@pytest.mark.parametrize("question", ["fails once", "comes to nothing once"])
def test_unanswered_question_can_be_retried(open_page: OpenPage, question: str) -> None:
    page = open_page()
    ask(page, question)
    expect(page.locator(".failure-text")).to_contain_text("did not arrive")
    page.reload()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".lead")).to_be_visible()
    expect(page.locator(".failure")).to_have_count(0)
    expect(page.locator(".asked-text")).to_have_text([question])


def test_lost_connection_is_named_and_can_be_retried(open_page: OpenPage) -> None:
    page = open_page()
    page.route(f"**{WEBHOOK}", lambda route: route.abort())
    ask(page, FEE)
    expect(page.locator(".failure-text")).to_contain_text("no connection")
    page.unroute(f"**{WEBHOOK}")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".lead")).to_be_visible()


def test_long_question_is_kept_whole_and_not_sent(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_role("textbox").fill("字" * 1990)
    expect(page.locator(".note")).to_have_text("Characters left: 10")
    page.get_by_role("textbox").fill("字" * 2003)
    expect(page.locator(".note")).to_contain_text("Too long by 3.")
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_role("textbox")).to_have_value("字" * 2003)


def test_reload_keeps_conversation_and_draft_and_a_new_one_starts_afresh(open_page: OpenPage) -> None:
    page = open_page()
    first = ask(page, FEE)["sender"]
    expect(page.locator(".lead")).to_be_visible()
    page.get_by_role("textbox").fill("half a ques")
    page.reload()
    expect(page.locator(".chip")).to_have_count(3)
    expect(page.get_by_role("textbox")).to_have_value("half a ques")
    assert ask(page, "again")["sender"] == first
    expect(page.locator(".lead")).to_have_count(2)
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("button", name="Start a new one").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".opening")).to_have_count(6)
    second = ask(page, FEE)["sender"]
    assert second != first and re.fullmatch(r"[0-9a-f-]{36}", second)
