"""YAML files as nodes, which know their lines. What Rasa could not read is noted, each with its line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator, Optional, Sequence

import yaml

from bot.evaluation.training_data.problems import Findings, Kind

# YAML takes the first ones for line breaks, so that the rest of an example is torn off, and forbids the others.
TORN = "\x85\u2028\u2029"
FORBIDDEN = re.compile(f"[^\t\n\r -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[{TORN}]")
HAN = re.compile("[\u4e00-\u9fff]")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def yaml_files(path: Path) -> list[Path]:
    """Returns the YAML files below a folder, or the file itself."""
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix in (".yml", ".yaml") and file.is_file())


def read_yaml(file: Path, findings: Findings) -> Optional[yaml.Node]:
    """Returns what a file holds; None where it is empty, or where it can't be read, which is noted."""
    text = _read_text(file, findings)
    if text is None or _holds_forbidden(text, file, findings):
        return None
    try:
        root: Optional[yaml.Node] = yaml.compose(text, Loader=yaml.CSafeLoader)
        for key in _repeated_keys(root):
            raise yaml.MarkedYAMLError(problem=f"the key '{key.value}' is there twice", problem_mark=key.start_mark)
    except yaml.MarkedYAMLError as error:
        line, what = _not_yaml(error, text.splitlines())
        findings.note(Kind.UNREADABLE, file, line, what)
        return None
    except (yaml.YAMLError, RecursionError) as error:
        findings.note(Kind.UNREADABLE, file, 1, f"can't be read as YAML ({' '.join(str(error).split())}); mend it")
        return None
    return root


def _not_yaml(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> tuple[int, str]:
    """Returns the line at which reading stopped, and what is wrong there."""
    line, column = (error.problem_mark.line, error.problem_mark.column) if error.problem_mark else (0, 0)
    if line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    begun = ""
    if error.context_mark and error.context_mark.line < line:
        begun = f", {error.context} begun on line {error.context_mark.line + 1}"
    what = f"column {column + 1}: can't be read as YAML ({error.problem}{begun})"
    return line + 1, f"{what}; mend this line, or the one above it"


def _read_text(file: Path, findings: Findings) -> Optional[str]:
    try:
        content = file.read_bytes()
    except OSError as error:
        findings.note(Kind.UNREADABLE, file, 1, f"can't be read ({error.strerror}); make it readable, or move it away")
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        findings.note(Kind.UNREADABLE, file, line, _not_utf_8(content, error.start))
        return None


def _not_utf_8(content: bytes, start: int) -> str:
    column = start - content.rfind(b"\n", 0, start)
    broken = sum(not _is_utf_8(line) for line in content.split(b"\n"))
    more = f" (lines with such bytes: {broken})" if broken > 1 else ""
    found = f"byte 0x{content[start]:02X}, byte {start + 1} of the file and {column} of the line, is not UTF-8{more}"
    return f"{found}; {_remedy(content)}"


def _remedy(content: bytes) -> str:
    """Returns what to do about a file that is not UTF-8, by what it seems to be."""
    if content.startswith(UTF_16):
        return "the file is UTF-16: save it as UTF-8"
    if not any(not line.isascii() and _is_utf_8(line) for line in content.split(b"\n")):
        try:
            if HAN.search(content.decode("gb18030")):
                return "the file looks like GBK: save it as UTF-8 (iconv -f GB18030 -t UTF-8)"
        except UnicodeDecodeError:
            pass
    return "write the line anew, and save the file as UTF-8"


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _holds_forbidden(text: str, file: Path, findings: Findings) -> bool:
    places = {text.count("\n", 0, match.start()) + 1: match for match in FORBIDDEN.finditer(text)}
    for line, match in places.items():
        column = match.start() - text.rfind("\n", 0, match.start())
        what = f"column {column}: the invisible character U+{ord(match[0]):04X} can't stand in YAML; delete it"
        findings.note(Kind.UNREADABLE, file, line, what)
    return bool(places)


def _repeated_keys(node: Optional[yaml.Node]) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        known = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in known:
                yield key
            known.add(key.value if isinstance(key, yaml.ScalarNode) else None)
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated_keys(item)
