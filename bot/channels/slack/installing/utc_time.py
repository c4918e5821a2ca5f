"""A column of times that are the same wherever the server stands."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Optional

from sqlalchemy.types import DateTime, TypeDecorator


class UtcTime(TypeDecorator[datetime]):
    """Keeps times without a zone, as slack_sdk's tables do, and reads them as what they are: UTC.

    slack_sdk reads them as local times, by which a token expires hours too late or too early.
    """

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: Optional[datetime], dialect: Any) -> Optional[datetime]:
        return value if value is None or value.tzinfo is None else value.astimezone(timezone.utc).replace(tzinfo=None)

    def process_result_value(self, value: Optional[datetime], dialect: Any) -> Optional[datetime]:
        return value if value is None else value.replace(tzinfo=timezone.utc)
