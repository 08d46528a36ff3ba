"""When a sheet is owed: the 5th, or the first working day after it."""

from datetime import date

import pytest

from kpi.filing.deadline import due_date, is_provisional
from kpi.period import Month


@pytest.mark.parametrize(
    ("period", "due", "why"),
    [
        (Month(2023, 11), date(2023, 12, 5), "a Tuesday"),
        (Month(2023, 10), date(2023, 11, 6), "the 5th is a Sunday"),
        (Month(2023, 7), date(2023, 8, 7), "the 5th is a Saturday"),
        (Month(2023, 12), date(2024, 1, 5), "the next year"),
        (Month(2023, 9), date(2023, 10, 7), "National Day; the Saturday after it was worked"),
        (Month(2025, 9), date(2025, 10, 9), "National Day and Mid-Autumn together"),
        (Month(2023, 4), date(2023, 5, 5), "Labour Day ends on the 3rd"),
        (Month(2039, 10), date(2039, 11, 7), "a Saturday of a year whose holidays nobody has published"),
    ],
)
def test_the_deadline_is_a_working_day(period: Month, due: date, why: str) -> None:
    """As the State Council published holidays; by weekends alone where it has not yet."""
    assert due_date(period, 5) == due, why


@pytest.mark.parametrize(("period", "provisional"), [(Month(2026, 11), False), (Month(2026, 12), True), (Month(2027, 1), True), (Month(2023, 11), False)])
def test_a_deadline_in_a_year_without_published_holidays_is_provisional(period: Month, provisional: bool) -> None:
    """The published holidays end with 2026: what is due in 2027 only avoids weekends, and says so."""
    assert is_provisional(due_date(period, 5)) is provisional
