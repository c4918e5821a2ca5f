"""The detail tables: interfaces by account, rates by industry."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from actions.rule_table.model import Account, Language
from tests.actions.asking import LANGUAGES, TABLE, ask

# Interfaces with a topic of their own are answered there.
PLAIN = [interface.id for interface in TABLE.interfaces.values() if interface.topic == "interface"]
CASES: list[tuple[Account, bool]] = list(product(("subscription", "service"), (False, True)))
ANSWERS = {("en", "yes"): "Yes", ("en", "no"): "No", ("zh", "no"): "不"}


def lead(interface: str, language: Language = "en", **case: Any) -> str:
    return ask("ask_interface", language, interface=interface, **case).parts[0].lead


@pytest.mark.parametrize("interface", PLAIN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_known_case_is_answered_by_its_cell(interface: str, language: Language) -> None:
    name = TABLE.interfaces[interface].name.in_language(language)
    for account, verified in CASES:
        said = lead(interface, language, account=account, verified="yes" if verified else "no")
        assert name.lower() in said.lower()
        expected = ANSWERS.get((language, TABLE.interfaces[interface].cell(account, verified)))
        if expected:
            assert expected in said


@pytest.mark.parametrize("interface", PLAIN)
def test_yes_and_no_differ(interface: str) -> None:
    cells = {TABLE.interfaces[interface].cell(*case): case for case in CASES}
    said = {
        lead(interface, account=account, verified="yes" if verified else "no") for account, verified in cells.values()
    }
    assert len(said) == len(cells)


@pytest.mark.parametrize("interface", PLAIN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_case_names_the_interface_and_some_account(interface: str, language: Language) -> None:
    said = lead(interface, language)
    assert TABLE.interfaces[interface].name.in_language(language).lower() in said.lower()
    assert (
        any(word.in_language(language) in said for word in TABLE.phrases.names["account"].values()) or "account" in said
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", ["pay_rate", "pay_settlement"])
@pytest.mark.parametrize("rate", TABLE.rates.values(), ids=lambda rate: rate.id)
def test_every_rate_is_said_for_its_industries(rate: Any, topic: str, language: Language) -> None:
    for industry in rate.industries:
        changes = ask(f"ask_{topic}", language, industry=industry, subject=rate.subject).parts[0].changes
        percent = f"{rate.percent.normalize():f}%"
        assert [line for line in changes if percent in line], (industry, changes)


def test_a_cycle_is_given_only_where_it_is_certain() -> None:
    unsure = [rate for rate in TABLE.rates.values() if not rate.cycle_sure or rate.cycle_days is None]
    assert unsure
    for rate in unsure:
        industry = rate.industries[0]
        changes = ask("ask_pay_settlement", industry=industry, subject=rate.subject).parts[0].changes
        lines = [line for line in changes if TABLE.phrases.names["industry"][industry].en in line]
        assert lines
        assert not [line for line in lines if "T+" in line]
