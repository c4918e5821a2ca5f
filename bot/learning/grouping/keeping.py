"""Groups stay who they are: a new grouping takes over the ids of old groups that are mostly the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

# Of an old group's texts that are grouped again, more than so many must stay together.
MOSTLY = 0.5


def kept_ids(before: Mapping[int, int], clusters: Mapping[int, int]) -> dict[int, int]:
    """Returns the id of the old group that each new cluster goes on, for those that do.

    Both arguments tell of a text, by its id, in which old group and in which new cluster it is. No old group goes on in
    two clusters, and no cluster goes on two old groups: the larger common part has it.
    """
    common = Counter((before[text], cluster) for text, cluster in clusters.items() if text in before)
    sizes = Counter(before[text] for text in clusters if text in before)
    kept: dict[int, int] = {}
    gone_on: set[int] = set()
    for (group, cluster), count in _largest_first(common):
        if count > MOSTLY * sizes[group] and cluster not in kept and group not in gone_on:
            kept[cluster] = group
            gone_on.add(group)
    return kept


def _largest_first(common: Counter[tuple[int, int]]) -> Sequence[tuple[tuple[int, int], int]]:
    return sorted(common.items(), key=lambda pair: (-pair[1], pair[0]))
