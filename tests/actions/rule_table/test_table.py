"""What the table answers."""

from __future__ import annotations

import pytest

from actions.rule_table.model import Relation
from actions.rule_table.table import RuleTable


def test_rules_are_the_guides_facts_where_the_guides_speak(table: RuleTable) -> None:
    assert [row.id for row in table.rules_of("verification_fee")] == ["verification.fee"]
    assert [row.id for row in table.rules_of("broadcast_quota")] == [
        "broadcast.quota.subscription",
        "broadcast.quota.service",
        "broadcast.quota.media",
    ]


def test_rules_are_later_rows_where_the_guides_are_silent(table: RuleTable) -> None:
    assert [row.id for row in table.rules_of("account_limit")] == ["count.2018b"]


def test_later_rows_about_a_row(table: RuleTable) -> None:
    later = table.later_about(table.rows["verification.duration"])
    assert [(row.id, row.relation) for row in later] == [
        ("auth.time_15", Relation.AGREES),
        ("auth.time_3", Relation.SUPERSEDES),
    ]


def test_topics_of_an_area(table: RuleTable) -> None:
    assert [topic.id for topic in table.topics_in("store")] == ["store_eligibility", "store_limits", "store_overview"]
    assert [topic.id for topic in table.topics_of("verification", "cost")] == ["verification_fee"]
    # The deposit names "cost" second, as the rate does; both come, in the order in which they are written.
    assert [topic.id for topic in table.topics_of("pay", "cost")] == ["pay_deposit", "pay_rate"]
    assert [topic.id for topic in table.topics_of("pay", "duration")] == ["pay_settlement"]
    assert table.topics_of("pay", "weather") == []


def test_topics_that_gather_others_have_rows_only_through_them(table: RuleTable) -> None:
    wide = [topic for topic in table.topics.values() if topic.gathers]
    assert wide
    for topic in wide:
        assert not table.rules_of(topic.id)
        assert not topic.compares
        assert len(topic.gathers) == len(set(topic.gathers)) > 1, topic.id
        assert all(table.rules_of(part) for part in topic.gathers), f"{topic.id}: each part has an answer of its own"


def test_nothing_changes_after_loading(table: RuleTable) -> None:
    with pytest.raises(TypeError):
        table.rows["verification.fee"].values["amount"].value = 1
    with pytest.raises(TypeError):
        table.rows["verification.fee"].topic = "x"


def test_every_interface_names_all_four_kinds_of_account(table: RuleTable) -> None:
    assert len(table.interfaces) == 29
    cells = {
        interface.cell(account, verified)
        for interface in table.interfaces.values()
        for account in ("subscription", "service")
        for verified in (True, False)
    }
    assert cells == {"yes", "no", "apply"}


def test_links_lead_to_tencent_alone(table: RuleTable) -> None:
    linked = [source for source in table.sources.values() if source.url]
    assert linked
    for source in linked:
        host = (source.url or "").split("/")[2]
        assert host.endswith((".qq.com", ".tencent.com", ".wechat.com")), source.id
        assert source.kind.startswith("tencent"), source.id
