"""When the demonstration's sheets came in: as fictional as they are, so that 报送情况 shows what it is for."""

from datetime import datetime, time, timedelta

from kpi.catalog.office import Office
from kpi.filing.deadline import due_date
from kpi.period import Month


def arrival(office: Office, period: Month) -> datetime:
    """A moment in office hours up to four days before the sheet is due; now and then, the same every time, some days after."""
    due = due_date(period, office.due_day)
    late = (5 * office.order + 3 * period.month + period.year) % 17 == 0
    day = due + timedelta(days=1 + office.order % 4) if late else due - timedelta(days=(3 * office.order + period.month) % 5)
    return datetime.combine(day, time(9)) + timedelta(minutes=37 * office.order % 480)
