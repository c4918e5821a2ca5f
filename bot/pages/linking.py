"""Which page belongs to a reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

from bot.pages.pages import Pages

PLAN, COMPARISON = "plan", "comparison"


async def keep_page(pages: Pages, reply: Mapping[str, Any]) -> Optional[tuple[str, str]]:
    """Keeps what of a reply object is too wide for a chat. Returns its kind and its path, or None where nothing is."""
    if plan := reply.get("plan"):
        return PLAN, await pages.keep(PLAN, plan)
    parts = reply.get("parts") or []
    if any(part.get("table") for part in parts):
        return COMPARISON, await pages.keep(COMPARISON, {"language": reply.get("language", "zh"), "parts": parts})
    return None
