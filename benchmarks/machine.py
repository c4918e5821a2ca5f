"""The machine that a run was made on."""

from __future__ import annotations

import datetime
import os
import platform
import re
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil

LIBRARIES = ("rasa", "rasa-sdk", "tensorflow", "scikit-learn", "sanic")


@dataclass(frozen=True)
class Machine:
    """What the figures depend on."""

    date: str
    cores: int
    gigabytes: float
    processor: str
    kernel: str
    python: str
    libraries: str
    load: float

    @classmethod
    def read(cls) -> Machine:
        """Returns this machine, now."""
        return cls(
            date=datetime.date.today().isoformat(),
            cores=len(os.sched_getaffinity(0)),
            gigabytes=psutil.virtual_memory().total / 1e9,
            processor=_processor(),
            kernel=f"{platform.system()} {platform.release()}",
            python=platform.python_version(),
            libraries=", ".join(f"{name} {version(name)}" for name in LIBRARIES),
            load=os.getloadavg()[0],
        )

    def __str__(self) -> str:
        return f"{self.cores} cores, {self.processor}, {self.gigabytes:.0f} GB, {self.kernel}, Python {self.python}"


def _processor() -> str:
    names = re.findall(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    return str(names[0]) if names else platform.machine()
