"""
Bringing the log into the tables, and the derived ones (definitions, calendar, ``figure``) in step with them.

All of it runs inside one transaction of the caller, so that no reader ever sees facts and figures apart.
"""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from itertools import product

import duckdb
import pyarrow as pa

from kpi.catalog.model import Catalog
from kpi.period import Month, months
from kpi.store.connection import insert, replace_table, write_property
from kpi.store.decision import Act
from kpi.store.logged import Entered, batches, decisions, tables
from kpi.store.statements import statement

Definitions = Mapping[str, Mapping[str, Sequence[object]]]
OfficeYear = tuple[str, int]


def recipe(catalog: Catalog, definitions: Definitions) -> str:
    """What the derived tables are made with, as a digest: another one, and they have to be made anew."""
    ingredients = (catalog.digest, repr(definitions), statement("figure"))
    return sha256("\n".join(ingredients).encode()).hexdigest()


def enter(connection: duckdb.DuckDBPyConnection, logged: Sequence[Entered]) -> None:
    """Append what was logged and compute anew the figures it bears on."""
    reported = {(one.batch.office, one.batch.period) for one in batches(logged)}
    withdrawn = {(one.office, one.period) for one in decisions(logged) if one.act is Act.WITHDRAW and one.office}
    grown = stretch_calendar(connection, {period for _, period in reported})
    for table, rows in tables(logged).items():
        if rows.num_rows:
            insert(connection, table, rows)
    if reported or withdrawn:
        refresh(connection, _reach(connection, reported | withdrawn, grown))


def renew(connection: duckdb.DuckDBPyConnection, catalog: Catalog, definitions: Definitions) -> None:
    """Put a catalogue in force and compute every figure anew."""
    _define(connection, catalog, definitions)
    write_property(connection, "recipe", recipe(catalog, definitions))
    connection.execute("delete from figure")
    years = [row[0] for row in connection.execute("select distinct year from calendar").fetchall()]
    refresh(connection, list(product(_offices(connection), years)))


def _define(connection: duckdb.DuckDBPyConnection, catalog: Catalog, definitions: Definitions) -> None:
    """Put the measures of the catalogue and the tables computed from it in place of those the database had."""
    measures = catalog.measures.values()
    connection.execute("delete from measure")
    columns = {
        "code": pa.array([m.code for m in measures], pa.string()),
        "office": pa.array([m.office for m in measures], pa.string()),
        "name": pa.array([m.name for m in measures], pa.string()),
        "unit": pa.array([m.unit for m in measures], pa.string()),
        "kind": pa.array([m.kind.value for m in measures], pa.string()),
        "decimals": pa.array([m.decimals for m in measures], pa.int8()),
        "position": pa.array(range(len(measures)), pa.int32()),
    }
    insert(connection, "measure", pa.table(columns))
    for table, definition in definitions.items():
        replace_table(connection, table, pa.table({name: pa.array(values) for name, values in definition.items()}))


def stretch_calendar(connection: duckdb.DuckDBPyConnection, periods: Collection[Month]) -> set[int]:
    """
    Let the calendar reach over the months now reported.

    Returns:
        The years it grew in: there every office needs its figures refreshed, not only those that reported.

    """
    [bounds] = connection.execute("select min(period), max(period) from calendar").fetchall()
    held = [Month.of(day) for day in bounds if day]
    if not periods:
        return set()
    reached = [*held, *periods]
    wanted = months(Month(min(reached).year, 1), max(reached))
    fresh = sorted(set(wanted).difference(months(*held) if held else ()))
    if fresh:
        columns = {
            "period": pa.array([month.first_day for month in fresh], pa.date32()),
            "year": pa.array([month.year for month in fresh], pa.int32()),
            "number": pa.array([month.month for month in fresh], pa.int32()),
        }
        insert(connection, "calendar", pa.table(columns))
    return {month.year for month in fresh}


def _reach(connection: duckdb.DuckDBPyConnection, reported: Collection[tuple[str, Month]], grown: Collection[int]) -> list[OfficeYear]:
    """
    Which figures a change touches.

    Args:
        connection: The writer, the new facts already in.
        reported: Office and month of the submissions that came or went.
        grown: The years the calendar grew in.

    Returns:
        The offices of all measures that any submission of theirs speaks of, and all offices in the years
        that grew.

    """
    asked = {"offices": [office for office, _ in reported], "periods": [month.first_day for _, month in reported]}
    spoken_of = set(connection.execute(statement("spoken_of"), asked).fetchall())
    return sorted(spoken_of.union(product(_offices(connection), grown)))


def refresh(connection: duckdb.DuckDBPyConnection, scope: Sequence[OfficeYear]) -> None:
    """Compute ``figure`` anew for some offices and years."""
    columns = {"office": pa.array([office for office, _ in scope], pa.string()), "year": pa.array([year for _, year in scope], pa.int32())}
    connection.execute("delete from scope")
    insert(connection, "scope", pa.table(columns))
    connection.execute(statement("forget_figures"))
    connection.execute(f"insert into figure {statement('figure')}")


def _offices(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in connection.execute("select distinct office from measure").fetchall()]
