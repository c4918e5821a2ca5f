"""Pictures of the pages for the documentation: SCREENSHOTS=folder keeps them, else they are made and dropped."""

from __future__ import annotations

import os
import struct
from pathlib import Path

from playwright.sync_api import Page, expect

from bot.learning import deciding
from tests.bot.review.conftest import OpenPage
from tests.bot.review.running import Review
from tests.bot.review.test_drafts_page import begin
from tests.bot.review.test_drafts_page import fill as fill_draft

DESK = {"viewport": {"width": 1200, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


def take(page: Page, folder: Path, name: str, whole: bool = False) -> None:
    page.wait_for_load_state("networkidle")
    file = folder / f"{name}.png"
    page.screenshot(path=file, full_page=whole)
    # The size stands in the first part of a PNG: https://www.w3.org/TR/png/#11IHDR
    width, height = struct.unpack(">II", file.read_bytes()[16:24])
    assert width in (1200, 720) and height >= 740


def test_screenshots(open_page: OpenPage, review: Review, tmp_path: Path) -> None:
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    review.desk.project.wait()
    desk = open_page(**DESK)
    take(desk, folder, "queue")
    group = f"{review.address}/groups/{review.groups['refund_time']}"
    desk.goto(group)
    take(desk, folder, "group")
    begin(desk)
    fill_draft(desk)
    expect(desk.locator("#preview")).to_contain_text("Complete")
    take(desk, folder, "new_intent", whole=True)
    database, settings = review.desk.database, review.desk.settings
    deciding.label(database, settings, {7: 0, 8: 0}, "ask_difference", "Ann")
    for name in ("learn", "history", "overview"):
        desk.goto(f"{review.address}/{name}")
        expect(desk.locator("#plan > .soft")).to_have_count(0, timeout=60_000)
        take(desk, folder, name, whole=True)
    chinese = open_page("/learn", locale="zh-CN", **DESK)
    expect(chinese.locator("#plan > .soft")).to_have_count(0, timeout=60_000)
    chinese.locator("#plan details.warning summary").click()
    take(chinese, folder, "learn_zh", whole=True)
    phone = open_page(locale="zh-CN", **PHONE)
    take(phone, folder, "phone_queue")
    phone.goto(group)
    take(phone, folder, "phone_group")
