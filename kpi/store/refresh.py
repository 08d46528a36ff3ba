"""
Bringing the log into the tables, and the derived ones (definitions, calendar, ``figure``, ``part``, ``remarkable``, ``uneven``) in step with them.

All of it runs inside one transaction of the caller, so that no reader ever sees facts and figures apart.  Figures are
made month by month, each from the month before it, so that a new month costs one step and a correction those to the end
of its year; the parts of indicators follow as far as they look back.
"""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from itertools import groupby, product

import duckdb
import pyarrow as pa

from kpi.catalog.model import Catalog
from kpi.period import Month, Span, months
from kpi.store.connection import insert, replace_table, write_property
from kpi.store.decision import Act
from kpi.store.log_rows import Entered, batches, decisions, ends, tables
from kpi.store.parts_sql import common_months, figures_of_stays, own_parts, wanted
from kpi.store.statements import parsed, statement
from kpi.value import State

Definitions = Mapping[str, Mapping[str, Sequence[object]]]
Change = tuple[str, str, Month]  # organisation, office, and the month from which its figures are other ones
_AT_ONCE = 200  # organisations × months that one statement sums: more costs memory, fewer the planning of many
ASKED_IN_COMMON = ("leaves", "indicators", "ends", "starts", "cumulative")  # the parameters of common.sql among those of part.sql
BESIDE = ("remarkable", "uneven")  # the tables of what has to be kept in mind of single figures; each is filled by the statement of its name
_FORGOTTEN = ("submission", "finding", "remark", "fact", "decision", "answer", "edition", "calendar", "figure", "part", "common", *BESIDE)
_LOOKS_BACK = 2  # years: last year's figure of a growth over last year


def recipe(catalog: Catalog, definitions: Definitions) -> str:
    """What the derived tables are made with, as a digest: another one, and they have to be made anew."""
    statements = ("figure", "begun_stays", "spanned", "stays", *BESIDE, "common", "like_day", "part", "rollup")
    ingredients = (catalog.digest, repr(definitions), str(_states()), *map(statement, statements))
    return sha256("\n".join(ingredients).encode()).hexdigest()


def enter(connection: duckdb.DuckDBPyConnection, catalog: Catalog, logged: Sequence[Entered]) -> None:
    """Append what was logged and compute anew the figures it bears on; where a demonstration ended, all that was there before is gone."""
    if ended := ends(logged):
        for table in _FORGOTTEN:
            connection.execute(f"delete from {table}")
        logged = [entry for entry in logged if entry.seq >= ended[-1].seq]
    reported = {(one.batch.org, one.batch.office, one.batch.period) for one in batches(logged)}
    withdrawn = {(one.org, one.office, one.period) for one in decisions(logged) if one.act is Act.WITHDRAW and one.org and one.office}
    grown = stretch_calendar(connection, {period for *_, period in reported})
    for table, rows in tables(logged).items():
        if rows.num_rows:
            insert(connection, table, rows)
    if reported or withdrawn:
        refresh(connection, catalog, _reach(connection, reported | withdrawn, grown))


def renew(connection: duckdb.DuckDBPyConnection, catalog: Catalog, definitions: Definitions) -> None:
    """Put a catalogue in force and compute every figure anew."""
    _define(connection, catalog, definitions)
    write_property(connection, "recipe", recipe(catalog, definitions))
    for table in ("figure", "part", *BESIDE):
        connection.execute(f"delete from {table}")
    years = [Month(row[0], 1) for row in connection.execute("select distinct year from calendar").fetchall()]
    refresh(connection, catalog, list(product(_orgs(connection), _offices(connection), years)))


def _define(connection: duckdb.DuckDBPyConnection, catalog: Catalog, definitions: Definitions) -> None:
    """Put the measures and organisations of the catalogue and the tables computed from it in place of those the database had."""
    measures, orgs = catalog.measures.values(), catalog.orgs.values()
    connection.execute("delete from measure")
    columns = {
        "code": pa.array([m.code for m in measures], pa.string()),
        "office": pa.array([m.office for m in measures], pa.string()),
        "name": pa.array([m.name for m in measures], pa.string()),
        "unit": pa.array([m.unit for m in measures], pa.string()),
        "kind": pa.array([m.kind.value for m in measures], pa.string()),
        "decimals": pa.array([m.decimals for m in measures], pa.int8()),
        "signed": pa.array([m.signed for m in measures], pa.bool_()),
        "position": pa.array(range(len(measures)), pa.int32()),
    }
    insert(connection, "measure", pa.table(columns))
    connection.execute("delete from organisation")
    tree = {
        "code": pa.array([org.code for org in orgs], pa.string()),
        "reports": pa.array([org.reports for org in orgs], pa.bool_()),
        "position": pa.array(range(len(orgs)), pa.int32()),
        "first": _days([org.first for org in orgs]),
        "last": _days([org.last for org in orgs]),
    }
    insert(connection, "organisation", pa.table(tree))
    stays = catalog.tree.dated_stays
    connection.execute("delete from stay")
    columns = {name: pa.array([getattr(stay, name) for stay in stays], pa.string()) for name in ("code", "leaf", "node")}
    columns |= {"first": _days([stay.first for stay in stays]), "last": _days([stay.last for stay in stays])}
    insert(connection, "stay", pa.table(columns))
    nodes = [org.code for org in orgs if not org.reports]
    below = {node: [stay.code for stay in catalog.tree.stays(node)] for node in nodes}
    for table, name, codes in (("below", "leaf", below), ("addend", "org", catalog.tree.addends)):
        pairs = [(node, code) for node in nodes for code in codes[node]]
        columns = {column: pa.array([pair[place] for pair in pairs], pa.string()) for place, column in enumerate(("node", name))}
        connection.execute(f"delete from {table}")
        insert(connection, table, pa.table(columns))
    replace_table(connection, "state", pa.table(_states()))
    for table, definition in definitions.items():
        replace_table(connection, table, pa.table({name: pa.array(values) for name, values in definition.items()}))


def _states() -> dict[str, pa.Array]:
    """Columns of the table ``state``."""
    return {
        "word": pa.array([state.value for state in State], pa.string()),
        "weight": pa.array([state.weight for state in State], pa.int32()),
        "nothing_to_count": pa.array([state.idle for state in State], pa.bool_()),
    }


def _days(months: Sequence[Month | None]) -> pa.Array:
    return pa.array([month.first_day if month else None for month in months], pa.date32())


def stretch_calendar(connection: duckdb.DuckDBPyConnection, periods: Collection[Month]) -> tuple[Month, ...]:
    """
    Let the calendar reach over the months now reported.

    Returns:
        The months it grew by, ascending: there every office needs figures, not only those that reported.

    """
    held = calendar(connection)
    if not periods:
        return ()
    reached = [*held, *periods]
    fresh = sorted(set(months(Month(min(reached).year, 1), max(reached))).difference(held))
    if fresh:
        columns = {
            "period": pa.array([month.first_day for month in fresh], pa.date32()),
            "year": pa.array([month.year for month in fresh], pa.int32()),
            "number": pa.array([month.month for month in fresh], pa.int32()),
        }
        insert(connection, "calendar", pa.table(columns))
    return tuple(fresh)


def calendar(connection: duckdb.DuckDBPyConnection) -> tuple[Month, ...]:
    """Every month that has figures, ascending."""
    return tuple(Month.of(day) for (day,) in connection.execute("select period from calendar order by period").fetchall())


def _reach(connection: duckdb.DuckDBPyConnection, reported: Collection[Change], grown: Sequence[Month]) -> list[Change]:
    """
    Which figures a change touches.

    Args:
        connection: The writer, the new facts already in.
        reported: Organisation, office and month of the submissions that came or went.
        grown: The months the calendar grew by.

    Returns:
        The offices of all measures that any submission of theirs speaks of, and all offices of all that report from the
        first month on by which a year grew.

    """
    asked = {
        "orgs": [org for org, _, _ in reported],
        "offices": [office for _, office, _ in reported],
        "periods": [month.first_day for *_, month in reported],
    }
    spoken_of = {(org, office, Month.of(day)) for org, office, day in connection.execute(parsed(statement("spoken_of")), asked).fetchall()}
    begun = [next(fresh) for _, fresh in groupby(grown, key=lambda month: month.year)]
    return sorted(spoken_of.union(product(_orgs(connection), _offices(connection), begun)))


def refresh(connection: duckdb.DuckDBPyConnection, catalog: Catalog, changes: Collection[Change]) -> None:
    """Compute figures and parts anew from the months in which they changed."""
    if not changes:
        return
    held = calendar(connection)
    by_year: dict[int, list[Change]] = {}
    for change in changes:
        by_year.setdefault(change[2].year, []).append(change)
    for year, begun in sorted(by_year.items()):
        _scope(connection, begun)
        for month in months(min(since for *_, since in begun), Month(year, 12)):
            if month in held:
                connection.execute(parsed(statement("forget_figures")), {"period": month.first_day})
                connection.execute(parsed(f"insert into figure {statement('figure')}"), step(month))
        _stay(connection, catalog, sorted({org for org, *_ in begun}), year)
    first = min(since for *_, since in changes)
    points = [month for month in held if first <= month and any(year <= month.year <= year + _LOOKS_BACK for year in by_year)]
    _sum(connection, catalog, sorted({org for org, *_ in changes}), points)


def _stay(connection: duckdb.DuckDBPyConnection, catalog: Catalog, orgs: Collection[str], year: int) -> None:
    """What the figures of a year of some organisations are for those above them, where they stand below those in some months alone."""
    if codes := [stay.code for stay in catalog.tree.dated_stays if stay.leaf in orgs]:
        connection.execute(parsed(statement("forget_stays")), {"stays": codes, "year": year})
        connection.execute(parsed(f"insert into figure {figures_of_stays()}"), {"orgs": list(orgs), "year": year})


def _scope(connection: duckdb.DuckDBPyConnection, changes: Sequence[Change]) -> None:
    columns = {
        "org": pa.array([org for org, _, _ in changes], pa.string()),
        "office": pa.array([office for _, office, _ in changes], pa.string()),
        "since": pa.array([since.first_day for *_, since in changes], pa.date32()),
    }
    connection.execute("delete from changed")
    insert(connection, "changed", pa.table(columns).group_by(["org", "office"]).aggregate([("since", "min")]).select(["org", "office", "since_min"]))


def step(month: Month) -> dict[str, object]:
    """The parameters of figure.sql for a month: it follows from its facts and the month before, January from its facts alone."""
    return {"period": month.first_day, "before": month.plus(-1).first_day if month.month > 1 else None}


def summing(catalog: Catalog, leaves: Sequence[str], points: Sequence[Month]) -> dict[str, object]:
    """The parameters of part.sql for what is kept ready: every indicator of the catalogue, year to date."""
    return {"leaves": list(leaves), "indicators": list(catalog.indicators), **wanted(points, Span.YTD)}


def _sum(connection: duckdb.DuckDBPyConnection, catalog: Catalog, leaves: Sequence[str], points: Sequence[Month]) -> None:
    """What follows from figures: what is said beside them, and the parts of every indicator of organisations that report, then of those above them."""
    orgs = [*leaves, *(stay.code for stay in catalog.tree.dated_stays if stay.leaf in leaves)]
    above = _above(catalog, leaves)
    nodes = [node for level in above for node in level]
    at_once = max(1, _AT_ONCE // len(orgs))
    for start in range(0, len(points), at_once):
        some = points[start : start + at_once]
        days = [point.first_day for point in some]
        for table in BESIDE:
            connection.execute(parsed(statement(f"forget_{table}")), {"orgs": orgs, "points": days})
            connection.execute(parsed(f"insert into {table} {statement(table)}"), {"orgs": orgs, "points": days})
        if not catalog.indicators:
            continue
        connection.execute(parsed(statement("forget_parts")), {"orgs": [*orgs, *nodes], "points": days})
        asked = summing(catalog, orgs, some)
        connection.execute("delete from common")
        [(lacking,)] = connection.execute(parsed(statement("any_missing")), {"orgs": orgs, "last": max(days)}).fetchall()
        if lacking:
            connection.execute(parsed(f"insert into common {common_months()}"), {name: asked[name] for name in ASKED_IN_COMMON})
        # those of one organisation and month stand together, so that reading them is reading one place
        connection.execute(parsed(f"insert into part from ({own_parts()}) order by period, org"), asked)
        for level in above:
            connection.execute(parsed(f"insert into part {statement('rollup')}"), {"nodes": level, "points": days, "direct": True})


def _above(catalog: Catalog, orgs: Collection[str]) -> list[list[str]]:
    """The organisations ever above some that report, level by level, the lowest first: each is summed from what is summed before it."""
    levels: dict[int, list[str]] = {}
    for node in sorted({node for org in orgs for node in catalog.tree.ancestors(org)}):
        levels.setdefault(catalog.tree.height[node], []).append(node)
    return [levels[height] for height in sorted(levels)]


def _orgs(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in connection.execute("select code from organisation where reports order by position").fetchall()]


def _offices(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in connection.execute("select distinct office from measure").fetchall()]
