"""The public sets of questions: where they lie, which files they have, and reading them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Optional

from benchmarks.errors import BenchmarkError

VARIABLE = "WENHAO_PUBLIC_SETS"
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "benchmarks"
COLUMNS = ("text", "intent")

# A question and its intent.
Labelled = tuple[str, str]


@dataclass(frozen=True)
class Spec:
    """A set by its files. `tuning` and `valid` are what settings may be chosen on; the test file never is."""

    key: str
    name: str
    folder: str
    train: str
    tuning: str
    valid: str = "valid.csv"
    test: str = "test.csv"
    out: Optional[str] = None
    out_valid: Optional[str] = None

    @property
    def files(self) -> list[Path]:
        """The files of the set, in the folder of all sets."""
        names = dict.fromkeys(filter(None, (self.train, self.tuning, self.valid, self.test, self.out, self.out_valid)))
        return [Path(self.folder, name) for name in names]


BANKING = Spec("banking77", "BANKING77", "banking77", "train.csv", "train8622.csv")
BANKING_10 = Spec("banking77_10", "BANKING77, 10-shot", "banking77", "train_10shot.csv", "train_10shot.csv")
BANKING_5 = Spec("banking77_5", "BANKING77, 5-shot", "banking77", "train_5shot.csv", "train_5shot.csv")
CLINC = Spec("clinc150", "CLINC150", "clinc150", "train.csv", "train.csv", out="oos.csv", out_valid="oos_valid.csv")
MASSIVE = Spec("massive_zh", "MASSIVE zh-CN", "massive_zh", "train.csv", "train.csv")
SPECS = (BANKING, BANKING_10, BANKING_5, CLINC, MASSIVE)


@dataclass(frozen=True)
class PublicSet:
    """A set's questions. `out` and `out_valid` are out of scope: their intents don't count."""

    spec: Spec
    train: Sequence[Labelled]
    tuning: Sequence[Labelled]
    valid: Sequence[Labelled]
    test: Sequence[Labelled]
    out: Sequence[Labelled] = ()
    out_valid: Sequence[Labelled] = ()

    def cut(self, every: int) -> PublicSet:
        """Returns the set with each n-th question alone, for a quick run."""
        parts = ("train", "tuning", "valid", "test", "out", "out_valid")
        return replace(self, **{part: getattr(self, part)[::every] for part in parts})


@dataclass(frozen=True)
class PublicSets:
    """What a folder holds: the sets that are whole, and the files that are missing."""

    sets: Sequence[PublicSet]
    missing: Sequence[Path]

    def find(self, spec: Spec) -> Optional[PublicSet]:
        """Returns a set, None where it is not whole."""
        return next((each for each in self.sets if each.spec == spec), None)


def read_sets(folder: Optional[Path]) -> PublicSets:
    """Reads the sets of a folder, None standing for the one beside the project.

    What is not there is no error. Raises BenchmarkError where a file is not of the form.
    """
    place = folder or BESIDE
    missing = dict.fromkeys(file for spec in SPECS for file in spec.files if not (place / file).is_file())
    return PublicSets([_read(spec, place) for spec in SPECS if not missing.keys() & set(spec.files)], list(missing))


def _read(spec: Spec, place: Path) -> PublicSet:
    def part(name: Optional[str]) -> list[Labelled]:
        return read_questions(place / spec.folder / name) if name else []

    return PublicSet(
        spec=spec,
        train=part(spec.train),
        tuning=part(spec.tuning),
        valid=part(spec.valid),
        test=part(spec.test),
        out=part(spec.out),
        out_valid=part(spec.out_valid),
    )


def read_questions(file: Path) -> list[Labelled]:
    """Reads one file. Raises BenchmarkError where it has no questions, or other columns."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        if not set(COLUMNS) <= set(rows.fieldnames or ()):
            raise BenchmarkError(f"{file}: the first line must name the columns {' and '.join(COLUMNS)}")
        found = [_question(file, rows.line_num, row["text"], row["intent"]) for row in rows]
    if not found:
        raise BenchmarkError(f"{file} has no questions")
    return found


def _question(file: Path, line: int, text: Optional[str], intent: Optional[str]) -> Labelled:
    if not (text or "").strip() or not (intent or "").strip():
        raise BenchmarkError(f"{file}:{line}: a question or its intent is missing")
    assert text and intent
    return " ".join(text.split()), intent.strip()
