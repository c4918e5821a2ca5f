"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional


@dataclass(frozen=True)
class Plan:
    """The sizes of a run.

    `sample` questions train both systems, drawn with `seed`. `everything` and `epochs` are cut in quick runs alone:
    None stands for all questions and for the epochs of the plain project's config.yml. `every` takes each n-th
    held-out message, `public_every` each n-th question of the public sets.
    """

    sample: int = 770
    seed: int = 20261121
    seconds: float = 20.0
    clients: int = 8
    messages: int = 200
    warm_up: int = 20
    lines: int = 1000
    every: int = 1
    public_every: int = 1
    everything: Optional[int] = None
    epochs: Optional[int] = None

    def with_sizes(self, sample: Optional[int], seconds: Optional[float]) -> Plan:
        """Returns the plan with those sizes changed that are given."""
        return replace(self, sample=sample or self.sample, seconds=seconds or self.seconds)


FULL = Plan()
QUICK = Plan(
    sample=132,
    seconds=3.0,
    clients=4,
    messages=20,
    warm_up=3,
    lines=50,
    every=7,
    public_every=10,
    everything=1000,
    epochs=3,
)
