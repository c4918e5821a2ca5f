"""The consultation as data: what is asked, by which rows it is decided, what else is advised, and the words for it.

Written in `data/rule_table/consultation*.yml`; docs/rule_table.md explains the fields to the people who write them.
"""

from __future__ import annotations

from typing import Any, Literal, Mapping, Optional, Union

from pydantic import validator

from actions.rule_table.model import Account, Part, Wording

# What may be known already, so that a question is not asked.
Known = Literal["wishes", "functions", "subject", "deposit", "frequency", "brands"]

Verdict = Literal["service", "subscription", "out_of_reach"]

# A condition names one value, or several of which one suffices.
Values = tuple[str, ...]


def _tuple(value: Any) -> Any:
    return (value,) if isinstance(value, (str, bool)) else value


def _texts(value: Any) -> Any:
    # YAML reads a bare yes and no as true and false.
    names = {True: "yes", False: "no"}
    return tuple(names.get(each, each) if isinstance(each, bool) else each for each in _tuple(value))


class When(Part):
    """The circumstances a row looks at; all that are named must hold, and none at all always does.

    `broadcasts` compares what is planned with the quotas; `needs` sums up the interfaces that are wished for.
    """

    wishes: Optional[Values] = None
    lacks: Optional[Values] = None
    needs: Optional[Values] = None
    subject: Optional[Values] = None
    listed: Optional[Values] = None
    capital: Optional[Values] = None
    broadcasts: Optional[Values] = None
    brands: Optional[Values] = None
    startup: Optional[Values] = None
    budget: Optional[Values] = None
    recommended: Optional[Values] = None

    _read = validator("*", pre=True, allow_reuse=True)(_texts)

    def named(self) -> dict[str, Values]:
        """Returns the conditions that are named."""
        return {name: values for name, values in self if values is not None}


class Decision(Part):
    """One row of the decision table: in these circumstances, this type of account, and why.

    The weights of the rows that hold are summed for each type. `breaks_ties` marks the row that counts only where both
    types weigh the same.
    """

    id: str
    when: When = When()
    verdict: Verdict
    weight: int = 1
    breaks_ties: bool = False
    facts: Values
    says: Wording

    _read = validator("facts", pre=True, allow_reuse=True)(_tuple)

    @validator("weight")
    def _positive(cls, weight: int) -> int:
        if weight < 1:
            raise ValueError("must be 1 or more")
        return weight


class Advice(Part):
    """What is said beside a recommendation.

    `then` is the next step, `against` what speaks against it, `instead` the other way, `avoid` a practice to avoid,
    `paper` a paper to prepare, `pitfall` a practice to avoid that a plan always names.
    """

    id: str
    when: When = When()
    kind: Literal["then", "against", "instead", "avoid", "paper", "pitfall"]
    facts: Values = ()
    says: Wording

    _read = validator("facts", pre=True, allow_reuse=True)(_tuple)


class Choice(Part):
    """An answer to tap and the circumstances that it sets, by name: `{wishes: [sell], subject: enterprise}`.

    `means` is whether a bare yes or no stands for it.
    """

    says: Wording
    means: Optional[Literal["yes", "no"]] = None
    sets: Mapping[str, Union[list[str], str]] = {}


class Inquiry(Part):
    """A question of the consultation, with the reason for asking it.

    It is left out where one of the circumstances `unless` is known, or where `only` does not hold.
    """

    id: str
    ask: Wording
    why: Wording
    facts: Values = ()
    unless: tuple[Known, ...] = ()
    only: When = When()
    choices: tuple[Choice, ...]

    _read = validator("facts", "unless", pre=True, allow_reuse=True)(_tuple)


class Sentence(Wording):
    """A sentence frame of the consultation, filled by the code: sentences.py names its places."""

    id: str


ACCOUNTS: tuple[Account, Account] = ("subscription", "service")
