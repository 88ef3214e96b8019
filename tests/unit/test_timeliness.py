"""Ages, and what a day has to do with evidence."""

from __future__ import annotations

from datetime import date

import pytest

from briefgen.periods import Age, Period
from briefgen.timeliness import speaks_for
from tests.library import LIBRARY, fact


@pytest.mark.parametrize(
    ("age", "day", "before"),
    [
        ("90 days", date(2026, 3, 31), date(2025, 12, 31)),
        ("1 day", date(2024, 3, 1), date(2024, 2, 29)),
        ("6 weeks", date(2026, 2, 12), date(2026, 1, 1)),
        ("1 month", date(2026, 3, 31), date(2026, 2, 28)),
        ("18 months", date(2026, 11, 21), date(2025, 5, 21)),
        ("2 years", date(2024, 2, 29), date(2022, 2, 28)),
        ("9999 years", date(2026, 1, 1), date.min),
        ("9999 days", date(20, 1, 1), date.min),
    ],
)
def test_ages(age: str, day: date, before: date) -> None:
    assert Age.parse(age).before(day) == before


@pytest.mark.parametrize("text", ["", "months", "1.5 years", "-3 days", "18 moons", "two years"])
def test_what_is_no_age(text: str) -> None:
    with pytest.raises(ValueError, match="write 90 days"):
        Age.parse(text)


def test_what_has_no_date_is_as_old_as_its_newest_source() -> None:
    assert speaks_for(fact("dated", as_of=Period(2024, 6)), LIBRARY) == date(2024, 6, 30)
    assert speaks_for(fact("undated"), LIBRARY) == date(2025, 8, 15)
    assert speaks_for(LIBRARY.facts["visit"], LIBRARY) is None
    assert speaks_for(LIBRARY.facts["trade-2030"], LIBRARY) is None
