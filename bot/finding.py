"""What a check found, for `wenhao doctor` to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class Finding:
    """One line of the report. `good` is None where something is simply not set up."""

    subject: str
    says: str
    good: Optional[bool] = True
