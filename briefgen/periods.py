"""Dates as sources give them: a day, a month, a quarter, a half or a year, never more exact than stated; and ages."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_AGE = re.compile(r"(\d{1,4})\s+(day|week|month|year)s?")
_PATTERN = re.compile(r"(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|Q([1-4])|H([12])))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A span of the calendar, at the precision in which it was stated.

    At most one of (`month`, with or without `day`), `quarter` and `half` is set; a bare year sets none.
    """

    year: int
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2025`, `2025-H1`, `2025-Q3`, `2025-08` or `2025-08-15` (ISO 8601, and its usual extension).

        Raises:
            ValueError: with a message fit for a user.
        """
        match = _PATTERN.fullmatch(text.strip())
        expected = "write a year, half, quarter, month or day, such as 2025, 2025-H1, 2025-Q3, 2025-08 or 2025-08-15"
        if match is None:
            raise ValueError(f"{text!r} is not a date: {expected}")
        year, month, day, quarter, half = (int(group) if group else None for group in match.groups())
        assert year is not None
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            raise ValueError(f"{text!r} is not in the calendar: {expected}") from None
        return cls(year, month, day, quarter, half)

    @classmethod
    def of(cls, day: date) -> Period:
        """The one day."""
        return cls(day.year, day.month, day.day)

    @property
    def first(self) -> date:
        """The first day of the period."""
        return date(self.year, self._months()[0], self.day or 1)

    @property
    def last(self) -> date:
        """The last day of the period."""
        month = self._months()[1]
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def _months(self) -> tuple[int, int]:
        if self.month:
            return self.month, self.month
        if self.quarter:
            return self.quarter * 3 - 2, self.quarter * 3
        if self.half:
            return self.half * 6 - 5, self.half * 6
        return 1, 12

    def __str__(self) -> str:
        """The form that `parse` reads."""
        if self.quarter:
            return f"{self.year:04}-Q{self.quarter}"
        if self.half:
            return f"{self.year:04}-H{self.half}"
        parts = [f"{self.year:04}"] + [f"{n:02}" for n in (self.month, self.day) if n]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Age:
    """A length of time as people state one: so many days, or so many months of the calendar."""

    days: int = 0
    months: int = 0

    @classmethod
    def parse(cls, text: str) -> Age:
        """Read `90 days`, `6 weeks`, `18 months` or `2 years`.

        Raises:
            ValueError: with a message fit for a user.
        """
        match = _AGE.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not an age: write 90 days, 6 weeks, 18 months or 2 years")
        number = int(match[1])
        match match[2]:
            case "day" | "week" as unit:
                return cls(days=number * (7 if unit == "week" else 1))
            case unit:
                return cls(months=number * (12 if unit == "year" else 1))

    def before(self, day: date) -> date:
        """The day that lies so long before another; a month's day that there is not is its last."""
        if self.days:
            return date.fromordinal(max(1, day.toordinal() - self.days))
        year, month = divmod(day.year * 12 + day.month - 1 - self.months, 12)
        if year < 1:
            return date.min
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

    def __str__(self) -> str:
        number, unit = (self.days, "day") if self.days else (self.months, "month")
        return f"{number} {unit}{'' if number == 1 else 's'}"
