"""Programs of tests/node: clients of WeChat and Slack that nobody here wrote, spoken to in lines of JSON."""

from __future__ import annotations

import json
import re
import selectors
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Optional

NODE = Path(__file__).with_name("node")
SECONDS = 20.0

PACKAGES = {
    "wechat_crypto": ("wechat-crypto",),
    "wechat_server": ("wechat", "wechat-crypto"),
    "wechat_api": ("wechat-api",),
    "slack_peers": ("@slack/bolt", "@slack/events-api"),
}
"""The npm packages that each program stands on."""


class NodeProgram:
    """A running program: a request in, its answer out. `with` stops it."""

    def __init__(self, name: str) -> None:
        self._log = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed with the program
        self._process = subprocess.Popen(
            ["node", f"{name}.js"],
            cwd=NODE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            encoding="utf-8",
        )

    def __enter__(self) -> NodeProgram:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._log.close()

    def ask(self, do: str, **request: Any) -> Any:
        """Returns the answer to one request. Raises NodeError where the program does."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"do": do, **request}) + "\n")
        self._process.stdin.flush()
        # Unlike select.select, this takes any number of open files.
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            line = self._process.stdout.readline() if selector.select(SECONDS) else ""
        if not line:
            self._log.seek(0)
            raise AssertionError(f"no answer to {do!r}: {self._log.read()[-2000:]}")
        answer = json.loads(line)
        if "error" in answer:
            raise NodeError(answer["error"])
        return answer["answer"]


class NodeError(Exception):
    """What a program threw."""


def why_not(name: str) -> str:
    """Returns why a program can't run here, or nothing where it can."""
    version = _node_version()
    if version is None:
        return "node is not installed"
    for package in PACKAGES[name]:
        manifest = NODE / "node_modules" / package / "package.json"
        if not manifest.exists():
            return f"npm's {package} is not installed: scripts/setup.sh does it where npm is"
        needed = re.match(r">=\s*(\d+)", json.loads(manifest.read_text("utf-8")).get("engines", {}).get("node", ""))
        if needed and version < int(needed[1]):
            return f"npm's {package} needs node {needed[1]}, and this is node {version}"
    return ""


@cache
def _node_version() -> Optional[int]:
    if shutil.which("node") is None:
        return None
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", said)
    return int(found[1]) if found else None
