"""What is wrong with a new intent is said in Chinese too."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.learning.deciding import check_draft
from bot.learning.drafts import Draft, DraftRow, DraftSource, DraftValue, Words
from bot.review.faults import fault_in
from bot.settings import Settings

WHOLE = DraftRow(
    id="refund.days",
    answer=Words("A refund arrives within {days}.", "退款{days}内到账。"),
    values=(DraftValue("days", "3", "working_day"),),
    source="S_NEW",
    confidence="high",
)
DRAFT = Draft(
    name="refund_time",
    title=Words("Refund time", "退款时间"),
    question=Words("How long does a refund take?", "退款要多久到账？"),
    area="pay",
    rows=(WHOLE,),
    sources=(DraftSource("S_NEW", "退款到账时间", "tencent_doc", "2026-05"),),
)


@pytest.mark.parametrize(
    "draft",
    [
        Draft(),
        Draft(name="pay_rate", area="pay", new_area=Words("x", "")),
        replace(DRAFT, name="Refund Time", area="No Area", rows=()),
        replace(DRAFT, name="ask_refund"),
        replace(DRAFT, name="greet", question=Words("退款多久", "how long")),
        replace(DRAFT, name="other_draft", title=Words("x" * 90, "退" * 90)),
        replace(DRAFT, question=Words("?!", "？！"), suggests=("nothing_known",)),
        replace(DRAFT, rows=(replace(WHOLE, answer=Words("In {weeks}.", "{days}内。")),)),
        replace(DRAFT, rows=(replace(WHOLE, answer=Words("Soon.", "很快。")),)),
        replace(DRAFT, rows=(WHOLE, replace(WHOLE, id="refund.more"))),
        replace(DRAFT, rows=(WHOLE, WHOLE)),
        replace(DRAFT, rows=(replace(WHOLE, source="S_NONE", verified="perhaps", subject=("nobody",)),)),
        replace(DRAFT, rows=(replace(WHOLE, values=(DraftValue("Days", "", "parsec", "eon"),)),)),
        replace(DRAFT, rows=(replace(WHOLE, values=(DraftValue("days", "three", "working_day", "eon"),)),)),
        replace(DRAFT, sources=(DraftSource("S 1", "", "none", ""),)),
    ],
)
def test_every_fault_has_chinese(draft: Draft) -> None:
    found = check_draft(Settings.read(environ={}), draft, {"other_draft": "a draft by Bo"})
    assert found
    spoken = {fault.message: fault_in("zh", fault.message) for fault in found}
    assert [message for message, said in spoken.items() if not re.search("[一-鿿]", said)] == []
    assert all(fault_in("en", message) == message for message in spoken)


def test_a_whole_draft_has_no_fault() -> None:
    assert check_draft(Settings.read(environ={}), DRAFT) == []
