"""What a business tells of itself: read from entities, completed, contradicted, kept in a slot."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from actions.consult.circumstances import Circumstances
from actions.consult.consultation import Consultation
from actions.consult.figures import Figures, Frequency
from tests.actions.asking import TABLE, entities_of
from tests.actions.consult.test_deciding import CIRCUMSTANCES


def told(*more: dict[str, Any], **named: Any) -> Circumstances:
    entities = [*entities_of(**named), *more]
    return Circumstances.from_entities(TABLE, entities, Figures.from_entities(entities))


def test_wishes_are_purposes_and_interfaces() -> None:
    assert told(wish=["publish", "wechat_pay", "flying"], interface="qr_param").wishes == (
        "publish",
        "wechat_pay",
        "qr_param",
    )


def test_what_is_denied_is_no_wish() -> None:
    denied = {"entity": "wish", "value": "wechat_pay", "denied": True}
    assert (told(denied).wishes, told(denied).lacks) == ((), ("wechat_pay",))


@pytest.mark.parametrize(
    ("named", "subject", "conflicts"),
    [
        ({"company": "enterprise"}, "enterprise", ()),
        ({"company": "individual"}, "individual", ()),
        ({"subject": "media", "company": "enterprise"}, "media", ()),
        ({"subject": "sole_proprietor", "company": "individual"}, "sole_proprietor", ()),
        ({"company": ["individual", "enterprise"]}, None, ("subject",)),
        ({"listed": ["yes", "no"]}, None, ("listed",)),
        ({"brands": ["one", "many"]}, None, ("brands",)),
    ],
)
def test_owners_and_contradictions(named: dict[str, Any], subject: str | None, conflicts: tuple[str, ...]) -> None:
    assert (told(**named).subject, told(**named).conflicts) == (subject, conflicts)


def test_wishes_add_up_and_other_things_are_replaced() -> None:
    known = Circumstances(wishes=("publish",), listed="no", capital=Decimal(1))
    merged = Circumstances(wishes=("sell",), listed="yes").completed_by(known)
    assert merged == Circumstances(wishes=("publish", "sell"), listed="yes", capital=Decimal(1))


def test_what_is_wanted_alone_takes_the_place_of_the_rest() -> None:
    known = Circumstances(wishes=("wechat_pay",))
    assert Circumstances(wishes=("publish",), alone=True).completed_by(known).wishes == ("publish",)


def test_what_is_denied_later_is_no_longer_wished_for() -> None:
    known = Circumstances(wishes=("publish", "wechat_pay"))
    assert Circumstances(lacks=("wechat_pay",)).completed_by(known).wishes == ("publish",)
    assert Circumstances(wishes=("publish",)).completed_by(Circumstances(lacks=("publish",))).lacks == ()


def test_a_private_person_has_no_capital() -> None:
    known = Circumstances(subject="enterprise", listed="no", capital=Decimal(5))
    merged = Circumstances(subject="individual").completed_by(known)
    assert (merged.listed, merged.capital) == (None, None)


@given(CIRCUMSTANCES)
def test_a_slot_gives_back_what_was_told(said: Circumstances) -> None:
    assert Circumstances.from_slot(said.to_slot()) == said
    state = Consultation(told=said, pending="purpose", passed=("purpose",), under_way=True, advised=("consultation",))
    assert Consultation.from_slot(state.to_slot()) == state


def test_a_frequency_in_an_average_month() -> None:
    assert Frequency(Fraction(2), "week").a_month == Fraction(26, 3)
    assert str(Frequency.parse("1/2 a day")) == "1/2 a day"
    with pytest.raises(ValueError, match="write it as"):
        Frequency.parse("often")
