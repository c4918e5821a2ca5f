"""`wenhao evaluate`: from case files to figures, a report, and what changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.errors import WenhaoError
from tests.bot.cli.conftest import endpoints_in
from tests.bot.cli.here import run_here

FEE = "How much does verification cost?"
CASES = [
    {"text": FEE, "language": "en", "style": "plain", "facts": ["verification.fee"]},
    {"text": "公众号认证要多少钱？", "language": "zh", "style": "terse", "facts": ["menu.service"]},
    {"text": "Who won the football match?", "language": "en", "style": "oos", "facts": [], "kind": "far"},
    {
        "id": "d1",
        "language": "zh",
        "turns": [
            {"text": "订阅号一天能群发几次？", "facts": ["broadcast.quota.subscription"]},
            {"text": "那服务号呢", "facts": ["broadcast.quota.service"]},
        ],
    },
]


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(f"{json.dumps(case, ensure_ascii=False)}\n" for case in CASES), encoding="utf-8")
    return file


def test_a_run_and_another_against_its_results(cases: Path, tmp_path: Path, settings: dict[str, object]) -> None:
    report = tmp_path / "report"
    first = run_here("evaluate", str(cases), "--report", str(report), "--misses", COLUMNS=200, **settings)
    assert first.exit_code == 0, first.output
    for row in ("zh, in scope", "both, far", "en, plain", "zh, whole dialogues", "menu", "questions in scope"):
        assert f"│ {row} " in first.stdout
    assert "wrong: zh terse: 公众号认证要多少钱？: expected menu.service, given verification.fee" in first.stdout
    assert "expected calibration error" in first.stdout
    assert "Against" not in first.stdout
    assert first.stdout.splitlines()[-1] == f"Report: {report / 'index.html'}"
    lines = [json.loads(line) for line in (report / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["right"] for line in lines] == [True, False, True, True, True]
    assert lines[-1]["earlier"] == ["订阅号一天能群发几次？"]

    lines[0]["given"], lines[1]["given"] = [], ["menu.service"]
    changed = "".join(f"{json.dumps(line)}\n" for line in lines)
    (report / "results.jsonl").write_text(changed, encoding="utf-8")
    second = run_here("evaluate", str(cases), "--report", str(report), "--brief", COLUMNS=200, **settings)
    assert second.exit_code == 0, second.output
    told = "on the 5 messages that both were asked: 1 now wrong, 1 now right, 0 other facts; exact McNemar p = 1."
    assert told in second.stdout
    assert "en, plain" not in second.stdout, "the summary alone"
    assert FEE in (report / "index.html").read_text(encoding="utf-8")


def test_a_model_is_asked_the_same(cases: Path, tmp_path: Path, settings: dict[str, object]) -> None:
    model = next(Path(str(settings["MODELS"])).glob("*.tar.gz")).name
    report = tmp_path / "report"
    shown = run_here("evaluate", str(cases), "--report", str(report), "--against", model, **settings)
    assert shown.exit_code == 0, shown.output
    assert f"Against {model}, on the 5 messages that both were asked" in shown.output


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", r"cases\.jsonl is empty: write one case a line"),
        ('{"text": "a"}\n', r'cases\.jsonl:1: "language" is missing: add it'),
        ('{"text": "a", "language": "en", "facts": ["verification.fees"]}\n', r'did you mean "verification\.fee"\?'),
    ],
)
def test_cases_that_can_not_be_asked(tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(content, encoding="utf-8")
    result = run_here("evaluate", str(file), ENDPOINTS=endpoints_in(tmp_path))
    assert isinstance(result.exception, WenhaoError)
    assert result.exit_code == 1
    with pytest.raises(WenhaoError, match=told):
        raise result.exception


def test_nothing_to_compare_with(cases: Path, tmp_path: Path, settings: dict[str, object]) -> None:
    result = run_here("evaluate", str(cases), "--report", str(tmp_path), "--against", "nowhere", **settings)
    assert "there is no nowhere: name a results.jsonl or a model in" in str(result.exception)


def test_the_check_of_the_training_data_measures_nothing(tmp_path: Path) -> None:
    result = run_here("evaluate", "--data", ENDPOINTS=endpoints_in(tmp_path), MODELS=tmp_path)
    assert "must be mended" in result.output
