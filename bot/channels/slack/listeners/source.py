"""From which workspace something came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

from bot.channels.slack.payloads import UnreadableError, text_or_none


@dataclass(frozen=True)
class Source:
    """A workspace, and the organisation it belongs to if any."""

    team: str
    enterprise: Optional[str] = None

    @classmethod
    def of(cls, context: Any) -> Source:
        """Returns what bolt found in a payload. Raises UnreadableError where it names no workspace."""
        # An app installed for a whole organisation may be told no workspace.
        enterprise = text_or_none(context.enterprise_id)
        team = text_or_none(context.team_id) or enterprise
        if not team:
            raise UnreadableError("a payload of no workspace")
        return cls(team, enterprise)
