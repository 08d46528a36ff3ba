"""
Bringing the log into the tables, and the derived ones (definitions, calendar, ``figure``, ``part``, ``remarkable``, ``uneven``) in step with them.

All of it runs inside one transaction of the caller, so that no reader ever sees facts and figures apart.  Figures are
made from the month on in which they changed to the end of its year, all years in one statement; the parts of indicators
follow as far as they look back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import groupby, product

import duckdb
import pyarrow as pa

from kpi.catalog.model import Catalog
from kpi.period import Month, ReportingYear, Span
from kpi.store.connection import insert, refill, replace_table, write_property
from kpi.store.decision import Act
from kpi.store.log_rows import Entered, batches, decisions, ends, left_by_end, tables
from kpi.store.month_calendar import calendar, reckon, stretch_calendar
from kpi.store.parts_sql import common_months, figures_of_stays, own_parts, wanted
from kpi.store.speaking_sql import figures_of_year
from kpi.store.statements import emptying, ending, insertion, parsed, run, statement
from kpi.value import State

Definitions = Mapping[str, Mapping[str, Sequence[object]]]
StaleFigures = tuple[str, str, Month]  # organisation, office, and the month from which its figures are other ones
_AT_ONCE = 200  # organisations × months that one statement sums: more costs memory, fewer the planning of many
BESIDE = ("remarkable", "uneven")  # the tables of what has to be kept in mind of single figures; each is filled by the statement of its name, see beside.sql
_DERIVED = ("calendar", "figure", "part", "like_day", "common", "blank", *BESIDE)
_FORGOTTEN = ("submission", "finding", "remark", "fact", "decision", "answer", "edition", "demo_end", *_DERIVED)
_OUTLIVING = ("follow_up", "follow_up_entry", "meeting_note")  # of which only the rows of the demonstration are
YEARS_AT_ONCE = 50  # years of organisations whose figures one statement makes, for the same reason
_LOOKS_BACK = 2  # years: last year's figure of a growth over last year
_LOOKS_BACK_DERIVED = 3  # and what stood a year before that, or a window that ends there


def recipe(catalog: Catalog, definitions: Definitions) -> str:
    """What the derived tables are made with, as a digest: another one, and they have to be made anew."""
    figures = (
        "blanks",
        "figures_in_scope",
        "speaking",
        "contributions_of_year",
        "running_sums",
        "figure",
        "begun_stays",
        "contributions_of_span",
        "spanned",
        "stays",
    )
    derived = ("plain_figures", "looking_back", "begun_windows", "windows", "contributions_of_products", "products", "sheets", "derived_figures")
    statements = ("reporting_year", *figures, "beside", *BESIDE, *derived, "bearing", "common", "like_day", "part", "rollup")
    ingredients = (catalog.digest, repr(definitions), repr(_states()), *map(statement, statements))
    return sha256("\n".join(ingredients).encode()).hexdigest()


def enter(connection: duckdb.DuckDBPyConnection, catalog: Catalog, logged: Sequence[Entered]) -> None:
    """Append what was logged and compute anew the figures it bears on; where a demonstration ended, all of it that was there is gone."""
    if ends(logged):
        for table in _FORGOTTEN:
            connection.execute(emptying(table))
        for table in _OUTLIVING:
            connection.execute(ending(table))
        logged = left_by_end(logged)
    reported = {(entry.batch.org, entry.batch.office, entry.batch.period) for entry in batches(logged)}
    withdrawals = [decision for decision in decisions(logged) if decision.act is Act.WITHDRAW]
    withdrawn = {(decision.org, decision.office, decision.period) for decision in withdrawals if decision.org and decision.office}
    grown = stretch_calendar(connection, catalog.year, {period for *_, period in reported})
    for table, rows in tables(logged).items():
        if rows.num_rows:
            insert(connection, table, rows)
    if reported or withdrawn:
        refresh(connection, catalog, _reach(connection, catalog.year, reported | withdrawn, grown))


def renew(connection: duckdb.DuckDBPyConnection, catalog: Catalog, definitions: Definitions) -> None:
    """Put a catalogue in force and compute every figure anew, over the years that it adds up."""
    _define(connection, catalog, definitions)
    reckon(connection, catalog.year)
    write_property(connection, "recipe", recipe(catalog, definitions))
    for table in ("figure", "part", "blank", *BESIDE):
        connection.execute(emptying(table))
    years = [catalog.year.first(year) for (year,) in connection.execute(statement("years")).fetchall()]
    refresh(connection, catalog, list(product(_orgs(connection), _offices(connection), years)))


def _define(connection: duckdb.DuckDBPyConnection, catalog: Catalog, definitions: Definitions) -> None:
    """Put the measures and organisations of the catalogue and the tables computed from it in place of those the database had."""
    measures, orgs = catalog.measures.values(), catalog.orgs.values()
    columns = {
        "code": pa.array([m.code for m in measures], pa.string()),
        "office": pa.array([m.office for m in measures], pa.string()),
        "name": pa.array([m.name for m in measures], pa.string()),
        "unit": pa.array([m.unit for m in measures], pa.string()),
        "kind": pa.array([m.kind.value for m in measures], pa.string()),
        "decimals": pa.array([m.decimals for m in measures], pa.int8()),
        "signed": pa.array([m.signed for m in measures], pa.bool_()),
        "blank_is_zero": pa.array([m.blank_is_zero for m in measures], pa.bool_()),
        "template": pa.array([catalog.offices[m.office].template if m.office in catalog.offices else "" for m in measures], pa.string()),
        "position": pa.array(range(len(measures)), pa.int32()),
    }
    refill(connection, "measure", pa.table(columns))
    tree = {
        "code": pa.array([org.code for org in orgs], pa.string()),
        "reports": pa.array([org.reports for org in orgs], pa.bool_()),
        "position": pa.array(range(len(orgs)), pa.int32()),
        "first": _days([org.first for org in orgs]),
        "last": _days([org.last for org in orgs]),
    }
    refill(connection, "organisation", pa.table(tree))
    stays = catalog.tree.dated_stays
    columns = {name: pa.array([getattr(stay, name) for stay in stays], pa.string()) for name in ("code", "leaf", "node")}
    columns |= {"first": _days([stay.first for stay in stays]), "last": _days([stay.last for stay in stays])}
    refill(connection, "stay", pa.table(columns))
    nodes = [org.code for org in orgs if not org.reports]
    below = {node: [stay.code for stay in catalog.tree.stays(node)] for node in nodes}
    for table, name, codes in (("below", "leaf", below), ("addend", "org", catalog.tree.addends)):
        pairs = [(node, code) for node in nodes for code in codes[node]]
        columns = {column: pa.array([pair[place] for pair in pairs], pa.string()) for place, column in enumerate(("node", name))}
        refill(connection, table, pa.table(columns))
    replace_table(connection, "state", pa.table(_states(), pa.schema({"word": pa.string(), "weight": pa.int32(), "nothing_to_count": pa.bool_()})))
    for table, rows in definition_tables(definitions).items():
        replace_table(connection, table, rows)


def definition_tables(definitions: Definitions) -> dict[str, pa.Table]:
    """The tables computed from a catalogue, by name, as the database takes them."""
    return {table: pa.table({name: pa.array(values) for name, values in columns.items()}) for table, columns in definitions.items()}


def _states() -> dict[str, list[object]]:
    """Columns of the table ``state``."""
    return {
        "word": [state.value for state in State],
        "weight": [state.weight for state in State],
        "nothing_to_count": [state.idle for state in State],
    }


def _days(months: Sequence[Month | None]) -> pa.Array:
    return pa.array([month.first_day if month else None for month in months], pa.date32())


def _reach(connection: duckdb.DuckDBPyConnection, year: ReportingYear, reported: Collection[StaleFigures], grown: Sequence[Month]) -> list[StaleFigures]:
    """
    Which figures a change touches.

    Args:
        connection: The writer, the new facts already in.
        year: The year over which figures add up.
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
    begun = [next(fresh) for _, fresh in groupby(grown, key=year.of)]
    return sorted(spoken_of.union(product(_orgs(connection), _offices(connection), begun) if begun else ()))


def refresh(connection: duckdb.DuckDBPyConnection, catalog: Catalog, changes: Collection[StaleFigures]) -> None:
    """Compute figures and parts anew from the months in which they changed."""
    if not changes:
        return
    by_org_and_year: dict[tuple[str, int], list[StaleFigures]] = {}
    for change in changes:
        by_org_and_year.setdefault((change[0], catalog.year.of(change[2])), []).append(change)
    courses = list(by_org_and_year.values())
    for start in range(0, len(courses), YEARS_AT_ONCE):
        _scope(connection, catalog.year, [change for course in courses[start : start + YEARS_AT_ONCE] for change in course])
        if catalog.blanks_count:
            connection.execute(parsed(statement("forget_blanks")))
            connection.execute(parsed(insertion("blank", statement("blanks"))))
        connection.execute(parsed(statement("forget_figures")))
        connection.execute(parsed(insertion("figure", figures_of_year(), order="period, org, measure")))
    years = sorted({year for _, year in by_org_and_year})
    for year in years:
        _stay(connection, catalog, sorted({org for org, own in by_org_and_year if own == year}), year)
    first, reach = min(since for *_, since in changes), _LOOKS_BACK_DERIVED if catalog.derived else _LOOKS_BACK
    points = [month for month in calendar(connection) if first <= month and any(year <= catalog.year.of(month) <= year + reach for year in years)]
    _sum(connection, catalog.resting_on({office for _, office, _ in changes}), catalog, sorted({org for org, *_ in changes}), points)


def _stay(connection: duckdb.DuckDBPyConnection, catalog: Catalog, orgs: Collection[str], year: int) -> None:
    """What the figures of a year of some organisations are for those above them, where they stand below those in some months alone."""
    if codes := [stay.code for stay in catalog.tree.dated_stays if stay.leaf in orgs]:
        connection.execute(parsed(statement("forget_stays")), {"stays": codes, "year": year})
        connection.execute(parsed(insertion("figure", figures_of_stays())), {"orgs": list(orgs), "year": year})


def _scope(connection: duckdb.DuckDBPyConnection, year: ReportingYear, changes: Sequence[StaleFigures]) -> None:
    """Put into scope the figures of the organisations and offices, from the first month of each year in which they changed."""
    since: dict[tuple[str, str, int], Month] = {}
    for org, office, month in changes:
        key = org, office, year.of(month)
        since[key] = min(month, since.get(key, month))
    columns = {
        "org": pa.array([org for org, _, _ in since], pa.string()),
        "office": pa.array([office for _, office, _ in since], pa.string()),
        "since": pa.array([month.first_day for month in since.values()], pa.date32()),
    }
    refill(connection, "changed", pa.table(columns))


def summing(year: ReportingYear, indicators: Iterable[str], leaves: Sequence[str], points: Sequence[Month], *, derived: bool = False) -> dict[str, object]:
    """The parameters of part.sql for what is kept ready: indicators of the catalogue, year to date."""
    return {"leaves": list(leaves), "indicators": list(indicators), **wanted(year, points, Span.YTD, derived=derived)}


def _sum(connection: duckdb.DuckDBPyConnection, indicators: Sequence[str], catalog: Catalog, leaves: Sequence[str], points: Sequence[Month]) -> None:
    """What follows from figures: what is said beside them, and the parts of indicators of organisations that report, then of those above them."""
    orgs = [*leaves, *(stay.code for stay in catalog.tree.dated_stays if stay.leaf in leaves)]
    above = _above(catalog, leaves)
    nodes = [node for level in above for node in level]
    at_once = max(1, _AT_ONCE // len(orgs))
    for start in range(0, len(points), at_once):
        some = points[start : start + at_once]
        days = [point.first_day for point in some]
        asked = {"orgs": orgs, "points": days}
        [needed] = connection.execute(parsed(statement("beside")), asked).fetchall()
        for table, any_row in zip(BESIDE, needed, strict=True):
            connection.execute(parsed(statement(f"forget_{table}")), asked)
            if any_row:
                connection.execute(parsed(insertion(table, statement(table))), asked)
        if not indicators:
            continue
        connection.execute(parsed(statement("forget_parts")), {"orgs": [*orgs, *nodes], "points": days, "indicators": indicators})
        for derived in (False, True):
            if own := [code for code in indicators if (code in catalog.derived) == derived]:
                _sum_own(connection, summing(catalog.year, own, orgs, some, derived=derived), derived=derived)
        for level in above:
            connection.execute(parsed(insertion("part", statement("rollup"))), {"nodes": level, "points": days, "indicators": indicators, "direct": True})


def _sum_own(connection: duckdb.DuckDBPyConnection, asked: Mapping[str, object], *, derived: bool) -> None:
    """The parts of indicators with derivations, or of those without, of organisations that report; of what bears on them only what there is."""
    for table in ("like_day", "common"):
        connection.execute(emptying(table))
    [(lacking, last_year)] = [(True, False)] if derived else run(connection, statement("bearing"), asked).fetchall()
    if last_year:
        run(connection, insertion("like_day", statement("like_day")), asked)
    if lacking:
        run(connection, insertion("common", common_months(derived=derived)), asked)
    # those of one organisation and month stand together, so that reading them is reading one place
    run(connection, insertion("part", own_parts(derived=derived), order="period, org"), asked)


def _above(catalog: Catalog, orgs: Collection[str]) -> list[list[str]]:
    """The organisations ever above some that report, level by level, the lowest first: each is summed from what is summed before it."""
    levels: dict[int, list[str]] = {}
    for node in sorted({node for org in orgs for node in catalog.tree.ancestors(org)}):
        levels.setdefault(catalog.tree.height[node], []).append(node)
    return [levels[height] for height in sorted(levels)]


def _orgs(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [code for (code,) in connection.execute(statement("reporting")).fetchall()]


def _offices(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [office for (office,) in connection.execute(statement("offices")).fetchall()]
