"""`wenhao rules`: list and show."""

from __future__ import annotations

from actions.rule_table.table import RuleTable
from tests.programs import wenhao


def test_list_all(table: RuleTable) -> None:
    listed = wenhao("rules", "list")
    assert listed.returncode == 0
    lines = [line.split("\t") for line in listed.stdout.splitlines()]
    assert [line[0] for line in lines] == list(table.rows)
    assert ["bcast.svc_1", "broadcast_quota", "2013-08-05", "2014-04-15", "high"] in lines


def test_list_a_topic_and_an_area(table: RuleTable) -> None:
    of_topic = [line.split("\t")[0] for line in wenhao("rules", "list", "pay_deposit").stdout.splitlines()]
    assert of_topic == ["pay.deposit", "pay.deposit_pilot", "pay.deposit_2014", "pay.deposit_none"]
    of_area = wenhao("rules", "list", "store").stdout.splitlines()
    assert len(of_area) == sum(row.topic.startswith("store_") for row in table.rows.values())


def test_list_of_nothing() -> None:
    listed = wenhao("rules", "list", "weather")
    assert (listed.returncode, listed.stdout) == (1, "")
    assert listed.stderr == "wenhao: no row has the topic or area 'weather': 'wenhao rules list' shows all\n"


def test_show() -> None:
    shown = wenhao("rules", "show", "broadcast.quota.service")
    assert shown.returncode == 0
    for line in (
        "id: broadcast.quota.service",
        "topic: broadcast_quota",
        "applies to: account=('service',)",
        "valid: 2014-04-15 until ?",
        "confidence: high",
    ):
        assert line in shown.stdout.splitlines()
    said = [line for line in shown.stdout.splitlines() if line.startswith("answer (")]
    assert ["4" in line for line in said] == [True, True]
    assert "bcast.svc_1 precedes it" in shown.stdout


def test_show_what_is_not_there() -> None:
    shown = wenhao("rules", "show", "verification.price")
    assert (shown.returncode, shown.stdout) == (1, "")
    assert shown.stderr == "wenhao: no row has the id 'verification.price': 'wenhao rules list' shows all\n"
