"""When the people of the account are there."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from bot.channels.wechat.words import say
from bot.channels.words import say_all
from bot.errors import SettingsError

CHINA = datetime.timezone(datetime.timedelta(hours=8))
_FORM = re.compile(r"(?:(?P<first>[1-7])(?:-(?P<last>[1-7]))?\s+)?(?P<start>\d{1,2}:\d{2})-(?P<end>\d{1,2}:\d{2})")


@dataclass(frozen=True)
class Hours:
    """Days of the week (1 is Monday) and a time from and to, in China. The end is not in it."""

    first: int = 1
    last: int = 7
    start: datetime.time = datetime.time(0)
    end: datetime.time = datetime.time.max

    @classmethod
    def parse(cls, text: str) -> Hours:
        """Reads "9:00-18:00" or "1-5 9:00-18:00"; an empty text is always. Raises SettingsError."""
        if not text.strip():
            return cls()
        found = _FORM.fullmatch(text.strip())
        try:
            if found is None:
                raise ValueError
            first = int(found["first"] or 1)
            last = int(found["last"] or found["first"] or 7)
            start, end = (datetime.datetime.strptime(found[name], "%H:%M").time() for name in ("start", "end"))
            if first > last or start >= end:
                raise ValueError
        except ValueError:
            raise SettingsError(
                f"WECHAT_AGENT_HOURS is '{text}': write 9:00-18:00, or 1-5 9:00-18:00 for Monday to Friday"
            ) from None
        return cls(first, last, start, end)

    def is_open(self, now: float) -> bool:
        """Whether somebody is there at a time, in seconds since 1970."""
        there = datetime.datetime.fromtimestamp(now, CHINA)
        return self.first <= there.isoweekday() <= self.last and self.start <= there.time() < self.end

    def told(self, language: str) -> str:
        """Returns the hours in words."""
        days = say_all("wechat.days", "en" if language == "en" else "zh")
        name = "every_day" if (self.first, self.last) == (1, 7) else "one_day" if self.first == self.last else "days"
        first, last = days[self.first - 1], days[self.last - 1]
        return say(f"hours_{name}", language, first=first, last=last, times=f"{self.start:%H:%M}-{self.end:%H:%M}")
