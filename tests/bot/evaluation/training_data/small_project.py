"""A project of two intents in a folder, to spoil."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.training_data.problems import Findings, Kind
from bot.evaluation.training_data.soundness import TrainingData, check

NLU = """version: "3.1"
nlu:
  # a comment
  - intent: ask_menu
    examples: |
      - Which account has the menu?
      - 服务号有菜单吗
  - lookup: account/service
    examples: |
      - service account
      - 服务号
  - intent: greet
    examples: |
      - hello
"""

DOMAIN = """version: "3.1"
intents:
  - ask_menu
  - greet:
      use_entities: []
entities:
  - account
"""


@dataclass(frozen=True)
class SmallProject:
    """`data/nlu/a.yml` and `domain/all.yml` are sound; what is added may be anything."""

    folder: Path

    @classmethod
    def into(cls, folder: Path) -> SmallProject:
        project = cls(folder)
        project.write("data/nlu/a.yml", NLU)
        project.write("domain/all.yml", DOMAIN)
        return project

    def write(self, path: str, content: str | bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))

    def add(self, intent: str, *texts: str, file: str = "data/nlu/b.yml") -> None:
        """Adds a file whose first question is on line 5."""
        lines = "".join(f"      - {text}\n" for text in texts)
        self.write(file, f'version: "3.1"\nnlu:\n  - intent: {intent}\n    examples: |\n{lines}')

    def check(self) -> TrainingData:
        return check(self.folder)

    def problems(self) -> list[str]:
        """Returns what stops training."""
        return [str(problem) for problem in self.check().findings.blocking]


def of_kind(findings: Findings, kind: Kind) -> list[str]:
    """Returns the problems of a kind."""
    return [str(problem) for problem in findings.problems if problem.kind is kind]
