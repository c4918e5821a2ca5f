from __future__ import annotations

from typing import Any


def plan_of(case: Any) -> dict[str, Any]:
    return {}
