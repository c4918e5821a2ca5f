"""Measures the grouping on public sets with a quarter of their intents hidden, beside the plain way.

    python -m benchmarks.learning.discovery [--seeds 5] [--public-sets DIR] [--quick]

What it prints is the section "Measured" of docs/learning/grouping.md.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Optional

import typer

from benchmarks.learning.discovery_plain import BOTH, LDA, SVD, plain_clusters, plain_vectors
from benchmarks.learning.discovery_scores import Fit, fit, mean
from benchmarks.learning.discovery_tasks import Task, everything, honest_pool, only_new
from benchmarks.progress import say
from benchmarks.public_sets import BANKING, CLINC, MASSIVE, VARIABLE, PublicSet, PublicSets, read_sets
from benchmarks.tables import table
from bot.learning.grouping.clusters import cluster
from bot.learning.grouping.making import group_count
from bot.learning.grouping.space import Space, draw_together

SETS = (BANKING, CLINC, MASSIVE)
OURS = "Wenhao's grouping"
TEXTS_A_DECISION = 12
Makes = Callable[[PublicSet, PublicSets, int], Task]

# Each task: its title, how it is made, how many clusters, and how many seeds of those asked for at most.
TASKS: Sequence[tuple[str, Makes, Callable[[Task], int], int]] = (
    ("New intents alone, true number of clusters", lambda s, _, seed: only_new(s, seed), lambda t: t.count, 99),
    (
        "New intents alone, a cluster for 12 messages",
        lambda s, _, seed: only_new(s, seed),
        lambda t: len(t.texts) // TEXTS_A_DECISION,
        99,
    ),
    ("All test messages, true number of clusters", lambda s, _, seed: everything(s, seed), lambda t: t.count, 2),
    ("What a bot is unsure of, a cluster for 8 messages", honest_pool, lambda t: group_count(len(t.texts)), 3),
)


def discovery(
    seeds: int = typer.Option(5, min=1, help="How many times other intents are hidden."),
    public_sets: Optional[Path] = typer.Option(None, envvar=VARIABLE, help="Folder of the public sets."),
    quick: bool = typer.Option(
        False, "--quick", help="A tenth of each set, one seed: for trying the benchmark itself."
    ),
) -> None:
    """Measure the grouping on the public sets, and print the tables."""
    # The plain way's collinear dimensions are its own.
    warnings.filterwarnings("ignore", category=UserWarning)
    sets = read_sets(public_sets)
    if quick:
        sets = PublicSets([each.cut(10) for each in sets.sets], sets.missing)
    print("\n\n".join(measure(sets, 1 if quick else seeds)) or "Not measured: the sets are not here.")


def measure(sets: PublicSets, seeds: int) -> list[str]:
    """Returns a table for each task, in Markdown; none where no set is here."""
    there = [found for spec in SETS if (found := sets.find(spec))]
    return [
        _table(
            f"{title} ({min(seeds, most)} seeds)",
            [(s, _measured(s, sets, make, count, min(seeds, most))) for s in there],
        )
        for title, make, count, most in TASKS
        if there
    ]


def _measured(
    questions: PublicSet, sets: PublicSets, make: Makes, count: Callable[[Task], int], seeds: int
) -> dict[str, Fit]:
    found: dict[str, list[Fit]] = {}
    for seed in range(seeds):
        task = make(questions, sets, seed)
        say(f"{questions.spec.name}, seed {seed}: {len(task.texts)} messages, {task.count} intents")
        for name, each in _fits(task, count(task)).items():
            found.setdefault(name, []).append(each)
    return {name: mean(fits) for name, fits in found.items()}


def _fits(task: Task, clusters: int) -> dict[str, Fit]:
    made = plain_vectors(task.language, task.texts, task.known, task.intents)
    found = {name: fit(task.truth, plain_clusters(vectors, clusters)) for name, vectors in made.items()}
    drawn = draw_together(Space(task.language, task.texts, task.known, task.intents).texts)
    return {**found, OURS: fit(task.truth, cluster(drawn, clusters))}


def _table(title: str, measured: Sequence[tuple[PublicSet, dict[str, Fit]]]) -> str:
    head = ["NMI / ARI / ACC, messages a decision", *(questions.spec.name for questions, _ in measured)]
    rows = [[name, *(_told(fits[name]) for _, fits in measured)] for name in (SVD, LDA, BOTH, OURS)]
    return f"**{title}**\n\n{table(head, rows)}"


def _told(found: Fit) -> str:
    return f"{found.nmi:.1f} / {found.ari:.1f} / {found.acc:.1f}, {found.per_decision:.1f}"


if __name__ == "__main__":
    typer.run(discovery)
