"""What can be wrong with the training data: of which kind it is, how grave, and where it stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

FEWEST_QUESTIONS = 100
MOST_TIMES = 3
LONGEST_QUOTE = 80


class Weight(Enum):
    """How grave a problem is. What must be mended stops training."""

    BLOCKS = "must be mended"
    WARNS = "warning"
    ADVISES = "advice"


class Kind(Enum):
    """The kinds of problems, in the order in which they are shown."""

    UNREADABLE = ("files that can't be read", Weight.BLOCKS)
    FORM = ("entries of unknown form", Weight.BLOCKS)
    BLANK = ("intents and lines without text", Weight.BLOCKS)
    DOMAIN = ("names that the domain and the questions don't share", Weight.BLOCKS)
    CONFLICT = ("texts under two intents", Weight.BLOCKS)
    TESTED = ("questions that the tests ask too", Weight.BLOCKS)
    NEAR_CONFLICT = ("near copies under two intents", Weight.WARNS)
    COPY = ("copies", Weight.ADVISES)
    NEAR_COPY = ("near copies under one intent", Weight.ADVISES)
    FEW = (f"topics with fewer than {FEWEST_QUESTIONS} questions in a language", Weight.ADVISES)
    ONE_SIDED = (f"intents with over {MOST_TIMES} times as many in one language", Weight.ADVISES)

    def __init__(self, title: str, weight: Weight) -> None:
        self.title = title
        self.weight = weight


@dataclass(frozen=True)
class Problem:
    """Something wrong, where it stands, and what to do. The file is named from the project's folder."""

    kind: Kind
    file: Path
    line: int
    message: str

    @property
    def blocks(self) -> bool:
        """Whether nothing can be trained before it is mended."""
        return self.kind.weight is Weight.BLOCKS

    def __str__(self) -> str:
        return f"{self.file.as_posix()}:{self.line}: {self.message}"


def quoted(text: str) -> str:
    """Returns a text in quotes, the beginning of a long one."""
    return f"'{text}'" if len(text) <= LONGEST_QUOTE else f"'{text[:LONGEST_QUOTE]}...'"


@dataclass
class Findings:
    """The problems found so far in one project."""

    project: Path
    problems: list[Problem] = field(default_factory=list)

    def note(self, kind: Kind, file: Path, line: int, message: str) -> None:
        """Adds a problem at a line (from 1) of a file."""
        self.problems.append(Problem(kind, self.named(file), line, message))

    def place(self, file: Path, line: int) -> str:
        """Returns a file and a line in it, as they are shown."""
        return f"{self.named(file).as_posix()}:{line}"

    def named(self, file: Path) -> Path:
        """Returns a file's path from the project's folder."""
        return file.relative_to(self.project) if file.is_relative_to(self.project) else file

    @property
    def blocking(self) -> list[Problem]:
        """What must be mended, by file and line, files that can't be read first."""
        found = (problem for problem in self.problems if problem.blocks)
        return sorted(found, key=lambda each: (each.kind is not Kind.UNREADABLE, each.file, each.line))

    def count(self) -> Counter[Kind]:
        """Returns how many there are of each kind."""
        return Counter(problem.kind for problem in self.problems)
