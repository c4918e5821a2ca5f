"""What was decided goes into training and comes back, and the round's steps, in a real browser."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.learning import deciding
from bot.learning.drafts import Draft
from bot.learning.promoting.candidates import FOLDER
from bot.learning.promoting.serving import sha256_of
from bot.learning.promoting.status import WATCH
from bot.review.jobs import Stage
from tests.bot.learning.in_chinese import is_chinese
from tests.bot.review.conftest import OpenPage
from tests.bot.review.filled import REFUNDS
from tests.bot.review.running import Client, Review
from tests.programs import ROOT

SECONDS = 60_000


def lessons(review: Review) -> list[dict[str, str]]:
    file = review.desk.settings.project / "data" / "learned" / "lessons.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


def decide(review: Review) -> None:
    desk = review.desk
    seen = deciding.seen_in_group(desk.database, review.groups["refund_time"])
    deciding.label(desk.database, desk.settings, seen, "ask_pay_settlement", "Ann")


def test_decisions_land_and_are_taken_back(open_page: OpenPage, review: Review) -> None:
    decide(review)
    page = open_page("/learn")
    expect(page.get_by_role("rowheader", name="Settlement cycle")).to_be_visible()
    expect(page.locator("#plan")).to_contain_text("to train on", timeout=SECONDS)
    page.get_by_label("Why").first.fill("asked <often>")
    page.get_by_role("button", name="Put into training").click(timeout=SECONDS)
    expect(page.locator(".good").first).to_contain_text("Put into training:", timeout=SECONDS)
    landed = lessons(review)
    assert {lesson["text"] for lesson in landed} == set(REFUNDS)
    assert {(lesson["who"], lesson["why"]) for lesson in landed} == {("Ann", "asked <often>")}
    page.get_by_role("link", name="History").click()
    page.get_by_role("link", name="put into training").first.click()
    expect(page.locator("main")).to_contain_text("takes what was learned here out of the training files")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("History", timeout=SECONDS)
    assert lessons(review) == []
    page.goto(f"{review.address}/learn")
    expect(page.get_by_role("rowheader", name="Settlement cycle")).to_be_visible()


def test_what_blocks_is_told_with_its_place(open_page: OpenPage, review: Review) -> None:
    desk = review.desk
    seen = deciding.seen_in_group(desk.database, review.groups["staff"])
    draft = deciding.make_draft(desk.database, desk.settings, Draft("staff"), "Ann", seen)
    page = open_page("/learn")
    expect(page.locator("#plan").get_by_role("list", name="To mend first")).to_be_visible(timeout=SECONDS)
    page.get_by_role("button", name="Put into training").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing was landed", timeout=SECONDS)
    assert lessons(review) == []
    page.goto(f"{review.address}/learn")
    page.locator("#plan").get_by_role("link", name="Mend").first.click(timeout=SECONDS)
    expect(page).to_have_url(f"{review.address}/drafts/{draft.draft}")


def test_in_chinese_everything_is_chinese(review: Review) -> None:
    desk, client = review.desk, Client(review.address)
    client.log_in(review.token("老王", "zh"))
    deciding.make_draft(desk.database, desk.settings, Draft("staff"), "Ann", {7: 0})
    deciding.label(desk.database, desk.settings, {1: 0}, "greet", "Ann")
    contradicts = deciding.seen_in_group(desk.database, review.groups["refund_time_zh"])
    deciding.label(desk.database, desk.settings, contradicts, "ask_pay_rate", "Ann")
    plan = client.see("/learn/plan").text
    assert "draft" not in shown_in(plan).lower()
    refused = [
        client.send_form("/learn/land"),
        client.send_form("/learn/promote", candidate=make_candidate(desk.settings.models)),
        client.send_form("/learn/rollback"),
        client.send_form("/drafts", name="Not A Name"),
        client.send_form(f"/groups/{review.groups['staff']}", deed="label:nothing_known", text="8:0"),
    ]
    for page in (plan, *(each.text for each in refused)):
        told = troubles_in(page)
        assert told and all(map(is_chinese, told)), told


def troubles_in(page: str) -> list[str]:
    """Returns what a page says of what is wrong, and what was found before training."""
    found = re.findall(r'<(p|div|ul|details) class="(?:trouble|warning)[^>]*>(.*?)</\1>', page, re.DOTALL)
    parts = [part for _, block in found for part in (re.findall(r"<li>(.*?)</li>", block, re.DOTALL) or [block])]
    return [text for part in parts if (text := shown_in(part))]


def shown_in(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", page)).strip()


def test_a_job_shows_how_it_does_also_after_a_reload(open_page: OpenPage, review: Review) -> None:
    page = open_page("/learn")
    page.get_by_role("button", name="Train a candidate").click()
    job = page.locator(".job")
    expect(job).to_contain_text("working on train --candidate", timeout=SECONDS)
    expect(page.get_by_role("button", name="Train a candidate")).to_be_disabled()
    page.reload()
    expect(page.locator(".running")).to_contain_text("Training a candidate")
    expect(job).to_contain_text("done", timeout=SECONDS)
    expect(page.get_by_role("button", name="Train a candidate")).to_be_enabled(timeout=SECONDS)
    client = review.client("Bo")
    assert client.send_form("/fetch").status_code == 303
    assert client.send_form("/learn/train").status_code == 409
    running = review.desk.jobs.running()
    assert running and running.stage is Stage.RUNNING and running.by == "Bo"


def test_nothing_goes_live_ungated(open_page: OpenPage, review: Review) -> None:
    models = review.desk.settings.models
    name = make_candidate(models)
    page = open_page("/learn")
    expect(page.get_by_role("button", name="Put live", exact=True)).to_be_disabled()
    client = review.client()
    refused = client.send_form("/learn/promote", candidate=name)
    assert refused.status_code == 409 and "is not promoted" in refused.text
    refused = client.send_form("/learn/promote", candidate=name, force="1", reason="  ")
    assert refused.status_code == 422 and "write why" in refused.text
    assert client.send_form("/learn/rollback").status_code == 409
    assert client.see(f"/reports/{name}").status_code == 404
    assert not (models / "serving.json").exists()
    page.get_by_text("Put it live though the comparison is not passed").click()
    page.get_by_label("Why, in a sentence").fill("the <deadline>")
    page.get_by_role("button", name="Put live all the same").click()
    expect(page.locator("#round")).to_contain_text(f"Live: {name}", timeout=SECONDS)
    serving = json.loads((models / "serving.json").read_text("utf-8"))
    assert serving["reason"] == "the <deadline>"
    counted = {"before": {"messages": 200, "unanswered": 9}, "now": {"messages": 50, "unanswered": 21}}
    (models / WATCH).write_text(json.dumps({**counted, "sha256": serving["sha256"], "raised": True}), "utf-8")
    page.reload()
    expect(page.locator("#round")).to_contain_text("21 of 50 messages; before: 9 of 200. This is more than chance")


def make_candidate(models: Path) -> str:
    """Puts a model among the candidates, as training does, and returns its name."""
    newest = max((ROOT / "models").glob("*.tar.gz"), key=lambda file: file.stat().st_mtime, default=None)
    if newest is None:
        pytest.skip("needs a model: run 'wenhao train'")
    file = models / FOLDER / newest.name
    file.parent.mkdir(parents=True)
    shutil.copy(newest, file)
    told = {"sha256": sha256_of(file), "trained_from": "", "trained_at": "2026-11-20T10:00:00", "batches": []}
    file.with_name(f"{file.name.removesuffix('.tar.gz')}.json").write_text(json.dumps(told), "utf-8")
    return file.name


def test_empty_states_say_what_to_do(open_page: OpenPage, review: Review) -> None:
    page = open_page("/learn")
    expect(page.locator(".empty")).to_contain_text("Nothing is waiting to be learned")
    page.goto(f"{review.address}/history")
    expect(page.locator(".empty")).to_contain_text("Nothing was done yet")
    page.goto(f"{review.address}/?state=ignored")
    page.get_by_role("link", name="Show all that is new").click()
    expect(page.locator(".card").first).to_be_visible()
    page.get_by_role("button", name="Fetch new messages").click()
    expect(page.locator(".job")).to_contain_text("working on logs pull", timeout=SECONDS)
    expect(page.locator(".job")).to_contain_text("working on logs group", timeout=SECONDS)
