"""What is being done, on standard error, with the time since the start."""

from __future__ import annotations

import sys
import time

BEGAN = time.monotonic()


def say(doing: str) -> None:
    """Prints one line of progress."""
    print(f"[{time.monotonic() - BEGAN:6.0f} s] {doing}", file=sys.stderr, flush=True)
