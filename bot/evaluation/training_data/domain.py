"""The names that the domain knows: intents and entities, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.evaluation.training_data.nodes import fields_of, items_of, line_of, name_of
from bot.evaluation.training_data.problems import Findings, Kind
from bot.evaluation.training_data.yaml_files import read_yaml, yaml_files

FOLDER = "domain"

# Rasa sets these itself: they need no questions.
OWN_INTENTS = ("back", "nlu_fallback", "restart", "session_start")

Places = dict[str, tuple[Path, int]]


@dataclass
class Domain:
    """The intents and entities of all domain files."""

    intents: Places = field(default_factory=dict)
    entities: Places = field(default_factory=dict)


def read_domain(findings: Findings) -> Domain:
    """Reads the domain of a project."""
    domain = Domain()
    for file in yaml_files(findings.project / FOLDER):
        sections = fields_of(read_yaml(file, findings))
        for section, names in (("intents", domain.intents), ("entities", domain.entities)):
            if section in sections:
                _read_names(section, sections[section][1], names, file, findings)
    return domain


def _read_names(section: str, node: yaml.Node, names: Places, file: Path, findings: Findings) -> None:
    items = items_of(node)
    if items is None:
        findings.note(Kind.FORM, file, line_of(node), f"'{section}' is no list; write each name as `- name`")
    for item in items or ():
        # A name with settings is a mapping of one key: `- greet: {use_entities: []}`.
        name = next(iter(fields_of(item)), "") or name_of(item)
        if name:
            names.setdefault(name, (file, line_of(item)))
        else:
            findings.note(Kind.FORM, file, line_of(item), f"no name, under '{section}'; write it as `- name`")
