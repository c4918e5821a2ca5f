"""The two kinds of account side by side."""

from __future__ import annotations

import pytest

from actions.consult.as_of import AsOf
from actions.consult.compare import compared
from actions.consult.conditions import Conditions
from tests.actions.asking import LANGUAGES, TABLE, ask


def test_the_difference_is_made_of_the_topics_it_compares() -> None:
    found = compared(TABLE, "difference", Conditions(), AsOf())
    assert tuple(findings.topic for findings in found) == TABLE.topics["difference"].compares


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_for_each_topic_and_a_cell_for_each_account(language: str) -> None:
    (part,) = ask("ask_difference", language).parts  # type: ignore[arg-type]
    assert part.table is not None
    assert len(part.table.columns) == 3
    assert len(part.table.rows) == 6
    for line in part.table.rows:
        assert all(cell.strip() for cell in line), line


def test_one_topic_compared_when_both_accounts_are_named() -> None:
    answer = ask("ask_broadcast_quota", account=["service", "subscription"])
    (part,) = answer.parts
    assert part.table is not None
    # The columns stand in one order, however the question names the accounts.
    assert part.table.columns == ("", "subscription account", "service account")
    assert part.table.rows == (("Broadcast quota", "1 broadcast a day", "4 broadcasts a month"),)
    assert answer.facts == ("broadcast.quota.subscription", "broadcast.quota.service")
    assert part.lead == "Subscription account and service account, side by side:"


def test_a_comparison_follows_the_time_asked_for() -> None:
    (part,) = ask("ask_broadcast_quota", as_of="2014-03", account=["service", "subscription"]).parts
    assert part.table is not None
    assert part.table.rows == (("Broadcast quota", "1 broadcast a day", "1 broadcast a month"),)
    (part,) = ask("ask_pay_eligibility", as_of="2019", account=["service", "subscription"]).parts
    assert part.table is not None
    assert part.table.rows[0][1:] == ("government and media only", "may apply")


def test_the_word_compare_alone_compares_both() -> None:
    assert ask("ask_menu", compare="yes").parts[0].table is not None
    assert ask("ask_menu", compare="yes", account="service").parts[0].table is None


def test_a_topic_that_says_nothing_of_the_accounts_is_answered_as_it_is() -> None:
    answer = ask("ask_verification_fee", account=["service", "subscription"])
    assert answer.parts[0].table is None
    assert answer.facts == ("verification.fee",)


def test_verified_accounts_compared() -> None:
    (part,) = ask("ask_permissions", account=["service", "subscription"], verified="yes").parts
    assert part.table is not None
    assert part.table.rows[0][1:] == (
        "basic interfaces, custom menu, voting",
        "everything; WeChat Pay and store on application",
    )


def test_as_text_both_accounts_stand_below_each_topic() -> None:
    lines = ask("ask_difference").text.splitlines()
    place = lines.index("Broadcast quota")
    assert lines[place + 1 : place + 3] == [
        "  subscription account: 1 broadcast a day",
        "  service account: 4 broadcasts a month",
    ]
