"""Reads the questions, each with its place, and notes what has no form that training understands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Container, Iterator, NamedTuple, Optional

import yaml

from bot.evaluation.training_data.annotations import entities_in, plain_text
from bot.evaluation.training_data.nodes import fields_of, is_empty, items_of, line_of, lines_of, name_of
from bot.evaluation.training_data.problems import Findings, Kind, quoted
from bot.evaluation.training_data.yaml_files import read_yaml, yaml_files
from bot.nlu.text import bare, normalise

FOLDER = "data/nlu"
SECTIONS = ("version", "nlu", "responses", "rules", "stories")
INTENT, LOOKUP = "intent", "lookup"
KINDS = (INTENT, LOOKUP, "regex", "synonym")
FIELDS = (*KINDS, "examples", "metadata")
VERSIONS = ("3.0", "3.1")

# What may stand at the end of a question and asks nothing.
END = " ?.。!"

# What an entry of each kind holds, in words.
LINES = {INTENT: "questions", LOOKUP: "words", "regex": "patterns", "synonym": "words"}


class Heading(NamedTuple):
    """The beginning of an intent's questions, or of the words of a lookup table."""

    name: str
    file: Path
    line: int


@dataclass(frozen=True)
class Example:
    """One training question and where it stands."""

    text: str
    intent: str
    file: Path
    line: int

    @property
    def key(self) -> str:
        """What the model sees of the text: equal for texts that it can't tell apart."""
        return key_of(self.text)


@lru_cache(maxsize=200_000)
def key_of(text: str) -> str:
    """Returns the normal form of a text without courtesy and punctuation around it."""
    whole = normalise(text)
    return bare(whole.rstrip(END) or whole)


def read_examples(folder: Path) -> list[Example]:
    """Returns the questions of all files below a folder. What can't be read is left out."""
    reader = QuestionReader(Findings(folder))
    reader.read_all(folder)
    return reader.questions


class QuestionReader:
    """Reads NLU files one after the other."""

    def __init__(self, findings: Findings, entities: Container[str] = ()) -> None:
        self.questions: list[Example] = []
        self.intents: list[Heading] = []
        self.lookups: list[Heading] = []
        self._findings = findings
        self._entities = entities

    def read_all(self, folder: Path) -> None:
        """Reads every file below a folder."""
        files = yaml_files(folder)
        if not files:
            self._findings.note(Kind.UNREADABLE, folder, 1, "no questions here; put *.yml files into it")
        for file in files:
            self.read_file(file)

    def read_file(self, file: Path) -> None:
        """Reads one file."""
        root = read_yaml(file, self._findings)
        if root is None:
            return
        if not isinstance(root, yaml.MappingNode):
            self._form(file, root, "expected `nlu:` with a list of intents; write it above them")
        for section, (key, value) in fields_of(root).items():
            if section not in SECTIONS:
                self._form(file, key, f"unknown section '{section}', which nothing reads; write `nlu:`")
            elif section == "version" and name_of(value) not in VERSIONS:
                self._form(file, value, f'Rasa reads no file of this version; write `version: "{VERSIONS[-1]}"`')
            elif section == "nlu":
                self._read_entries(file, value)

    def _read_entries(self, file: Path, node: yaml.Node) -> None:
        entries = items_of(node)
        if entries is None:
            self._form(file, node, "'nlu' is no list; begin each entry with `- intent: name`")
        for entry in entries or ():
            self._read_entry(file, entry)

    def _read_entry(self, file: Path, entry: yaml.Node) -> None:
        fields = fields_of(entry)
        kinds = [kind for kind in KINDS if kind in fields]
        for name in fields.keys() - set(FIELDS):
            self._form(file, fields[name][0], f"unknown field '{name}'; expected {', '.join(FIELDS)}")
        if len(kinds) != 1:
            if fields.keys() <= set(FIELDS):
                self._form(file, entry, "no entry that is known; begin it with `- intent: name`, and indent the rest")
            return
        kind = kinds[0]
        name = name_of(fields[kind][1])
        if not name:
            self._form(file, fields[kind][0], f"the {kind} has no name in letters; write `- {kind}: name`")
            return
        heading = Heading(name, file, line_of(fields[kind][0]))
        self._take(kind, heading, list(self._lines(kind, heading, fields.get("examples", (None, None))[1])))

    def _take(self, kind: str, heading: Heading, lines: list[tuple[int, str]]) -> None:
        if kind == INTENT:
            self.intents.append(heading)
            self.questions.extend(self._question(heading, number, text) for number, text in lines)
        elif kind == LOOKUP:
            self.lookups.append(heading)

    def _question(self, heading: Heading, number: int, text: str) -> Example:
        if "[" in text:
            self._check_marks(heading.file, number, text)
            text = plain_text(text)
        return Example(text, heading.name, heading.file, number)

    def _check_marks(self, file: Path, number: int, text: str) -> None:
        for entity in entities_in(text):
            if entity is None:
                what = "brackets that mark no entity; write `[words](entity)`, or leave the brackets out"
                self._findings.note(Kind.FORM, file, number, what)
            elif entity not in self._entities:
                what = f"the domain has no entity '{entity}'; add it there, or leave the brackets out"
                self._findings.note(Kind.DOMAIN, file, number, what)

    def _lines(self, kind: str, heading: Heading, node: Optional[yaml.Node]) -> Iterator[tuple[int, str]]:
        """Yields the texts of an entry with their lines, and notes what else stands among them."""
        if node is None or is_empty(node) or (isinstance(node, yaml.ScalarNode) and not node.value.strip()):
            what = f"the {kind} '{heading.name}' has no {LINES[kind]}; write them below `examples: |`, or delete it"
            self._findings.note(Kind.BLANK, heading.file, heading.line, what)
        elif isinstance(node, yaml.ScalarNode) and node.style != ">":
            for number, line in lines_of(node):
                yield from self._text(heading.file, number, line)
        elif kind == INTENT and isinstance(node, yaml.SequenceNode) and all("text" in fields_of(e) for e in node.value):
            for entry in node.value:
                value = fields_of(entry)["text"][1]
                yield from self._text(heading.file, line_of(value), f"- {name_of(value)}")
        else:
            self._form(heading.file, node, "the lines are no block of text; write `examples: |` above them")

    def _text(self, file: Path, number: int, line: str) -> Iterator[tuple[int, str]]:
        text = line[1:].strip()
        if not line.strip():
            return
        if line.startswith("-") and not normalise(text):
            self._findings.note(Kind.BLANK, file, number, "a line without text; write it, or delete the line")
        elif line.startswith("- "):
            yield number, text
        else:
            what = f"{quoted(line.strip())} is no line of the form `- text`; write it so, or delete it"
            self._findings.note(Kind.FORM, file, number, what)

    def _form(self, file: Path, node: yaml.Node, message: str) -> None:
        self._findings.note(Kind.FORM, file, line_of(node), message)
