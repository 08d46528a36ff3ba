"""The months that have figures, each with the year that it belongs to and its place in it."""

from collections.abc import Collection

import duckdb
import pyarrow as pa

from kpi.period import Month, ReportingYear, months
from kpi.store.connection import insert
from kpi.store.statements import emptying, reckoning, statement


def reckon(connection: duckdb.DuckDBPyConnection, year: ReportingYear) -> None:
    """Let the calendar and the statements go by such years: the months stay those that are reported and all before them in their years."""
    connection.execute(reckoning(year.begins))
    reported = connection.execute(statement("months_reported")).fetchall()
    connection.execute(emptying("calendar"))
    stretch_calendar(connection, year, [Month.of(period) for (period,) in reported])


def stretch_calendar(connection: duckdb.DuckDBPyConnection, year: ReportingYear, periods: Collection[Month]) -> tuple[Month, ...]:
    """
    Let the calendar reach over the months now reported.

    Returns:
        The months it grew by, ascending: there every office needs figures, not only those that reported.

    """
    reached = calendar(connection)
    if not periods:
        return ()
    all_months = [*reached, *periods]
    fresh = sorted(set(months(year.opening(min(all_months)), max(all_months))).difference(reached))
    if fresh:
        columns = {
            "period": pa.array([month.first_day for month in fresh], pa.date32()),
            "year": pa.array([year.of(month) for month in fresh], pa.int32()),
            "number": pa.array([year.number(month) for month in fresh], pa.int32()),
        }
        insert(connection, "calendar", pa.table(columns))
    return tuple(fresh)


def calendar(connection: duckdb.DuckDBPyConnection) -> tuple[Month, ...]:
    """Every month that has figures, ascending."""
    return tuple(Month.of(day) for (day,) in connection.execute(statement("calendar")).fetchall())
