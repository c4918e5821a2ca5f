"""What checks and refusals say is said in Chinese too; the rest see tests/bot/learning/conftest.py."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from actions.rule_table.errors import Fault, RuleTableError
from bot.evaluation.training_data.problems import Kind
from bot.evaluation.training_data.soundness import check
from bot.learning.deciding import check_draft
from bot.learning.drafts import Draft, DraftRow, DraftSource, DraftValue, Words
from bot.learning.landing.errors import MOST_SHOWN, Block, LandingBlockedError
from bot.review.faults import fault_in
from bot.settings import PROJECT, Settings
from tests.bot.learning.in_chinese import is_chinese, without_chinese

BOT = PROJECT / "bot"

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


# Refusals that a page of the review may show. Each message is read from the program itself, with 7 in the place of what
# is filled in.
REFUSALS = ("DecisionError", "LandingError", "LessonsError", "LandingBusyError", "FilesChangedError", "PromotionError")
REFUSALS += ("PointerError", "ReviewDatabaseError", "JobError")
SAYING = ("learning/deciding", "learning/landing", "learning/promoting", "learning/database.py", "review/jobs.py")


def refusals() -> list[str]:
    files = [file for each in SAYING for file in ([*(BOT / each).glob("*.py")] or [BOT / each])]
    return [message for file in files for message in refusals_in(file)]


def refusals_in(file: Path) -> Iterator[str]:
    module = import_module(".".join(file.relative_to(PROJECT).with_suffix("").parts))
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSALS:
            yield said(node.args[0], vars(module))


def said(node: ast.AST, names: Mapping[str, object]) -> str:
    """Returns a text of the program, with its module's constants filled in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(said(part, names) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return said(node.value, names)
    found = node.value if isinstance(node, ast.Constant) else names.get(ast.unparse(node))
    return found if isinstance(found, str) else "7"


def test_every_refusal_has_chinese() -> None:
    found = refusals()
    assert len(found) >= 50
    assert without_chinese(found) == {}


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_problem_has_chinese(kind: Kind) -> None:
    if kind not in (Kind.FEW, Kind.ONE_SIDED):  # Advice on the whole data: no check before training looks for it.
        assert is_chinese(fault_in("zh", kind.title))


def test_of_many_lines_each_is_said() -> None:
    blocked = LandingBlockedError([Block("text 3 has no word in it: ignore it, or redact it")] * (MOST_SHOWN + 2))
    assert is_chinese(fault_in("zh", str(blocked)))
    assert len(fault_in("zh", str(blocked)).split("\n")) == MOST_SHOWN + 2
    table = RuleTableError([Fault(Path("data/rule_table/pay.yml"), number, "is something else") for number in (1, 2)])
    told = fault_in("zh", str(table)).split("\n")
    assert [line.split("：")[0] for line in told] == ["data/rule_table/pay.yml:1", "data/rule_table/pay.yml:2"]


def test_what_is_quoted_stays_as_it_is() -> None:
    message = "text 7 'is \\1 (?P<x>) \n here' is accepted into ask_menu, and stands in lesson 5 under greet: decide "
    assert fault_in("zh", message + "for one of the two") == (
        "文本7“is \\1 (?P<x>) \n here”已归入 ask_menu，但在学习记录 5中属于 greet：请二选一"
    )
    assert fault_in("zh", "nobody knows this one") == "nobody knows this one"


BROKEN = {
    "no entry": "nlu:\n  - regex: x\n    synonym: y\n",
    "no list": "nlu: greet\n",
    "fields": "nlu:\n  - intent: greet\n    exampels: x\n",
    "nameless": "nlu:\n  - intent: 7\n    examples: |\n      - hello\n",
    "empty": "nlu:\n  - intent: greet\n",
    "folded": "nlu:\n  - intent: greet\n    examples: >\n      - hello\n",
    "lines": "nlu:\n  - intent: greet\n    examples: |\n      - hi\n      hello\n      -\n      - [a](b) [c]{}\n",
    "sections": 'version: "1"\nnlus: []\nnlu:\n  - intent: nobody_knows\n    examples: |\n      - hi\n',
    "lookups": "nlu:\n  - lookup: city\n    examples: |\n      - Rome\n  - lookup: a/b\n    examples: |\n      - x\n",
    "no yaml": "nlu: [\n",
    "list": "- intent: greet\n",
    "unseen": "nlu: \x07\n",
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_wrong_with_training_files_has_chinese(broken: str, tmp_path: Path) -> None:
    (tmp_path / "domain").mkdir()
    (tmp_path / "domain" / "all.yml").write_text("intents:\n  - greet\n  - unasked\n  - []\nentities: none\n", "utf-8")
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    (tmp_path / "data" / "nlu" / "all.yml").write_text(BROKEN[broken], "utf-8")
    (tmp_path / "data" / "nlu" / "gbk.yml").write_bytes("nlu: 问号\n".encode("gb18030"))
    found = [str(problem) for problem in check(tmp_path).findings.blocking]
    assert len(found) >= 3
    assert without_chinese(found) == {}
