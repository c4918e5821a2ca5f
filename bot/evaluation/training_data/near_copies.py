"""Texts that are nearly one: they differ in punctuation, particles, order, or a few characters.

Each text is taken as the set of its parts: Latin words in groups of three characters, Chinese by characters and
pairs. Rare parts count for more. How alike two texts are is the cosine of their weighted sets, from 0 to 1.

Not each is compared with each, for the pairs grow with the square. What is rare decides: of each text only the rarest
parts are compared first, so many that two texts without a common one among them can't be alike enough (after Bayardo,
Ma and Srikant, "Scaling Up All Pairs Similarity Search", WWW 2007). Nothing is missed by it, but where a text has very
many others that may be alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Iterator, NamedTuple, Optional, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

Array = NDArray[Any]

LEAST_ALIKE = 0.85

# The share of a text's length (as a vector) that is left to the second comparison: less takes longer at first.
LEFT = 0.6
ROWS_AT_ONCE = 500

# Texts made from one template are all a little alike. Of so many the likeliest are enough to find the likest.
MOST_COMPARED = 100

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_PART = re.compile(rf"[{_HAN}]+|\d+(?:\.\d+)?|[^\W\d_{_HAN}]+")

# They change no sense. 呢 is not among them: it makes a follow-up of a word.
_PARTICLES = re.compile("[的了吗嘛么啊呀吧哦噢喔哈啦哟呗咯]")
_ARTICLES = ("a", "an", "the")


@dataclass(frozen=True)
class NearCopy:
    """Two texts, by their index, and how alike they are."""

    first: int
    second: int
    alike: float


class NearCopies(NamedTuple):
    """Each text with the one most like it: of those before it under its own label, and under other labels."""

    within: list[NearCopy]
    across: list[NearCopy]


class _Pairs(NamedTuple):
    """Pairs of texts, by the first, and how alike they are or at least are."""

    rows: Array
    others: Array
    alike: Array

    def where(self, wanted: Array) -> _Pairs:
        return _Pairs(self.rows[wanted], self.others[wanted], self.alike[wanted])

    def likeliest(self, most: int) -> _Pairs:
        """Returns no more than so many pairs of each row."""
        starts = np.flatnonzero(np.diff(self.rows, prepend=-1))
        lengths = np.diff(starts, append=len(self.rows))
        if not (lengths > most).any():
            return self
        return self.where(np.concatenate([self._best(*each, most) for each in zip(starts, lengths, strict=True)]))

    def _best(self, start: int, length: int, most: int) -> Array:
        if length <= most:
            return np.arange(start, start + length)
        return start + np.sort(np.argpartition(-self.alike[start : start + length], most)[:most])

    def best_of_each_row(self) -> Iterator[NearCopy]:
        order = np.lexsort((self.others, -self.alike, self.rows))
        for index in order[np.unique(self.rows[order], return_index=True)[1]]:
            yield NearCopy(int(self.others[index]), int(self.rows[index]), float(self.alike[index]))


def near_copies(texts: Sequence[str], labels: Sequence[str], least: float = LEAST_ALIKE) -> NearCopies:
    """Returns the near copies among normalised texts, the likest first."""
    codes = np.unique(labels, return_inverse=True)[1]
    vectors = _vectors(texts)
    within: list[NearCopy] = []
    across: dict[tuple[int, int], NearCopy] = {}
    for pairs in _hopeful(vectors, least):
        same = codes[pairs.rows] == codes[pairs.others]
        within.extend(_compared(pairs.where(same & (pairs.others < pairs.rows)), vectors, least).best_of_each_row())
        for near in _compared(pairs.where(~same), vectors, least).best_of_each_row():
            first, second = sorted((near.first, near.second))
            across[first, second] = NearCopy(first, second, near.alike)
    return NearCopies(_likest_first(within), _likest_first(across.values()))


def copies_among(
    texts: Sequence[str],
    among: Sequence[str],
    least: float = LEAST_ALIKE,
    labels: Optional[tuple[Sequence[str], Sequence[str]]] = None,
) -> Iterator[NearCopy]:
    """Yields each pair of a normalised text (`first`) and a near copy of it among others (`second`).

    With labels of the texts and of the others, only those pairs that have the same.
    """
    if not texts or not among:
        return
    vectors = _vectors([*texts, *among])
    mine, theirs = (np.array(each, dtype=str) for each in labels or ([""] * len(texts), [""] * len(among)))
    for label in np.intersect1d(mine, theirs):
        rows, others = np.flatnonzero(mine == label), np.flatnonzero(theirs == label)
        both = vectors[np.concatenate([rows, others + len(texts)])]
        for pairs in _hopeful(both, least, len(rows)):
            for row, other, alike in zip(*_compared(pairs, both, least), strict=True):
                yield NearCopy(int(rows[row]), int(others[other - len(rows)]), float(alike))


def near_to(texts: Sequence[str], others: Sequence[str], least: float = LEAST_ALIKE) -> list[NearCopy]:
    """Returns each pair of a text (`second`) and one of the others (`first`) that are near copies, all normalised."""
    found = copies_among(texts, others, least)
    return _likest_first(NearCopy(copy.second, copy.first, copy.alike) for copy in found)


def _likest_first(found: Any) -> list[NearCopy]:
    return sorted(found, key=lambda near: (-near.alike, near.first, near.second))


def parts_of(text: str) -> list[str]:
    """Returns the parts by which a normalised text is compared."""
    found: list[str] = []
    for part in _PART.findall(text.replace("'", "")):
        if re.match(f"[{_HAN}]", part):
            characters = _PARTICLES.sub("", part) or part
            found.extend(characters)
            found.extend(_groups(characters, 2))
        elif part not in _ARTICLES:
            found.extend(_groups(f" {part} ", 3))
    return found


def _groups(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(len(text) - size + 1)]


def _hopeful(vectors: sparse.csr_matrix, least: float, parted: int = 0) -> Iterator[_Pairs]:
    """Yields all pairs that may be alike enough, in both directions, a block of texts at a time.

    With `parted`, only those of a text before that index with one from it on.
    """
    rarest = _rarest(vectors, LEFT)
    left = np.sqrt(np.maximum(0, 1 - np.asarray(rarest.multiply(rarest).sum(axis=1)).ravel()))
    by_part = rarest[parted:].T.tocsr()
    end = parted or vectors.shape[0]
    for start in range(0, end, ROWS_AT_ONCE):
        shared = (rarest[start : min(start + ROWS_AT_ONCE, end)] @ by_part).tocoo()
        rows, others, so_far = shared.row + start, shared.col + parted, shared.data
        # What the rarest parts have in common is exact up to where the first of the two texts is cut; the rest can add
        # no more than the product of what is left of both (Cauchy and Schwarz).
        most = so_far + np.maximum(left[rows], left[others]) * np.sqrt(np.maximum(0, 1 - so_far**2))
        yield _Pairs(rows, others, so_far).where((rows != others) & (most >= least))


def _compared(pairs: _Pairs, vectors: sparse.csr_matrix, least: float) -> _Pairs:
    """Returns those pairs that are alike enough."""
    rows, others, _ = pairs = pairs.likeliest(MOST_COMPARED)
    alike = np.asarray(vectors[rows].multiply(vectors[others]).sum(axis=1)).ravel().clip(max=1)
    return _Pairs(rows, others, alike).where(alike >= least)


def _vectors(texts: Sequence[str]) -> sparse.csr_matrix:
    """Returns the texts as rows of length 1, their parts as columns from the rarest to the commonest."""
    try:
        counts = CountVectorizer(analyzer=parts_of, binary=True, dtype=np.float32).fit_transform(texts)
    except ValueError:  # Not one part in all the texts.
        return sparse.csr_matrix((len(texts), 1), dtype=np.float32)
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    counts = counts[:, np.argsort(frequency, kind="stable")]
    # The root of the usual weight: a rare typo must not outweigh the rest of a text.
    weights = np.sqrt(1 + np.log(len(texts) / np.sort(frequency)))
    vectors = sparse.csr_matrix(normalize(counts @ sparse.diags(weights.astype(np.float32))))
    vectors.sort_indices()
    return vectors


def _rarest(vectors: sparse.csr_matrix, left: float) -> sparse.csr_matrix:
    """Returns the vectors with so many of their rarest parts that what was taken away is shorter than `left`."""
    squares = vectors.data.astype(np.float64) ** 2
    summed = np.concatenate([[0.0], np.cumsum(squares)])
    row_starts = np.repeat(vectors.indptr[:-1], np.diff(vectors.indptr))
    before = summed[:-1] - summed[row_starts]
    kept = vectors.copy()
    kept.data[1 - before < left**2] = 0
    kept.eliminate_zeros()
    return kept
