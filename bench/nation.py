"""
A store of national size: a fictional tree of bureaus, their measures and indicators, and ten years of figures.

The facts are written straight into the tables by one statement; from there on everything is what the product does:
its own statements make figures and parts of them.
"""

import time
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from kpi.catalog.formula import parse_linear
from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Better, Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.office import Office
from kpi.catalog.organisation import BUREAU, Organisation
from kpi.catalog.target import Target, TargetKind
from kpi.figures.definitions import definitions
from kpi.period import Month, months
from kpi.store.connection import connect
from kpi.store.folder import DataFolder
from kpi.store.reader import StoreReader
from kpi.store.refresh import renew
from kpi.store.statements import statement
from kpi.store.vault import Vault

FIRST, LAST = Month(2014, 1), Month(2023, 12)
INDICATORS = 100
OFFICE = "all"
_FACTS = """
insert into fact
select
    (number * $leaves + leaf) + 1 as seq,
    org.code as org,
    'all' as office,
    period,
    measure.code as measure,
    header,
    case header when 'month' then own else total end as value,
    case when case header when 'month' then own else total end = 0 then '零' else '数值' end as state,
    0 as decimals,
    '=' as qualifier,
    last_day(period) as as_of,
    '月报表' as sheet,
    'F' || (measure.position + 5) as cell,
    (case header when 'month' then own else total end)::varchar as raw
from (
    select *, sum(own) over (partition by leaf, position, year order by number) as total
    from (
        select
            c.period, c.year, n.number, o.leaf, m.position,
            (hash(o.leaf * 1000003 + m.position * 10007 + n.number) % 1000)::decimal(22, 6) as own
        from calendar as c
        inner join (select period, row_number() over (order by period) - 1 as number from calendar) as n using (period)
        cross join (select range as leaf from range($leaves)) as o
        cross join (select range as position from range($measures)) as m
        where c.year = $year
    )
)
inner join (select code, row_number() over (order by position) - 1 as leaf from organisation where reports) as org using (leaf)
inner join measure using (position)
cross join (select unnest(['month', 'ytd']) as header)
where hash(leaf * 31 + position * 17 + number * 7) % 97 <> 0
order by period, org.code, measure.position
"""


@dataclass(frozen=True)
class Size:
    """How much there is: organisations at each level from the top, and measures of each that reports."""

    name: str
    levels: tuple[int, ...]  # how many there are at each level below the root; empty: one bureau that stands alone
    measures: int

    @property
    def leaves(self) -> int:
        return self.levels[-1] if self.levels else 1

    @property
    def facts(self) -> int:
        """About how many cells: two for each measure and month, one in 97 left out."""
        return self.leaves * self.measures * 2 * len(months(FIRST, LAST)) * 96 // 97


SIZES = (
    Size("one bureau", (), 1_136),
    Size("100 bureaus", (5, 100), 842),
    Size("2,844 counties", (31, 341, 2_844), 75),
)


class Nation(StoreReader):
    """A reader whose tables were filled without a log."""

    def __init__(self, folder: DataFolder, catalog: Catalog) -> None:
        super().__init__(folder, catalog, definitions(catalog), Vault())
        self._connection = connect(folder)
        self._version = 1

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The open database."""
        return self._connection

    def forget(self) -> None:
        """As if something had come in: whatever was read before is out of date."""
        self._version += 1

    def close(self) -> None:
        """Give the file free."""
        self._connection.close()


def catalog(size: Size) -> Catalog:
    """Its definitions: 40 totals with a target for the year, 60 rates with a floor, over measures of one office."""
    codes = [f"m{number:04d}" for number in range(size.measures)]
    orgs = _orgs(size)
    indicators = {f"i{number:03d}": _indicator(number, codes) for number in range(INDICATORS)}
    root = next(iter(orgs)) if orgs else BUREAU
    targets: dict[tuple[str, int], tuple[Target, ...]] = {(code, LAST.year): (_target(indicator, root),) for code, indicator in indicators.items()}
    return Catalog(
        bureau="测速局（虚构）",
        offices={OFFICE: Office(code=OFFICE, name="综合科", parent=BUREAU, order=1, template="月报表")},
        measures={code: Measure(code=code, name=code, office=OFFICE, topic="测速", unit="件", kind=MeasureKind.FLOW) for code in codes},
        indicators=indicators,
        relations={},
        systems={},
        targets=targets,
        digest=size.name,
        orgs=orgs,
    )


def fill(size: Size, folder: Path) -> dict[str, float]:
    """
    Make the store, all months but the last; nothing is done where it is there already.

    Returns:
        Seconds it took to write the facts, and to make every figure and part of them.
    """
    data = DataFolder(folder)
    data.prepare()
    if data.database.exists():
        return {}
    definition = catalog(size)
    connection = connect(data)
    started = time.perf_counter()
    span = months(FIRST, LAST)[:-1]
    connection.executemany("insert into calendar values (?, ?, ?)", [(month.first_day, month.year, month.month) for month in span])
    with connection.cursor() as cursor:
        cursor.execute(statement("changed"))
        _define(cursor, definition)
        for year in range(FIRST.year, LAST.year + 1):
            cursor.execute(_FACTS, {"leaves": size.leaves, "measures": size.measures, "year": year})
        cursor.execute(
            """
            insert into submission
                (seq, org, office, period, template, file, sha256, submitted_by, submitted_at, note, batch, demo, accepted_by, referral)
            select distinct seq, org, office, period, '月报表', '月报表.xlsx', '', '统计员', period + interval '40' day, '', '', false, '', ''
            from fact
            """
        )
        written = time.perf_counter()
        renew(cursor, definition, definitions(definition))
    connection.execute("checkpoint")
    connection.close()
    return {"facts": written - started, "figures and parts": time.perf_counter() - written}


def _define(cursor: duckdb.DuckDBPyConnection, definition: Catalog) -> None:
    """What the statement that writes the facts joins."""
    cursor.executemany(
        "insert into measure values (?, ?, ?, ?, ?, 0, ?, false, '月报表', ?)",
        [(m.code, m.office, m.name, m.unit, m.kind.value, m.signed, position) for position, m in enumerate(definition.measures.values())],
    )
    cursor.executemany(
        "insert into organisation values (?, ?, ?, null, null)",
        [(org.code, org.reports, position) for position, org in enumerate(definition.orgs.values())],
    )


def _orgs(size: Size) -> dict[str, Organisation]:
    """A tree in which each level's organisations are dealt out evenly to those of the level above."""
    if not size.levels:
        return {}
    orgs = {"root": Organisation(code="root", name="总局（虚构）")}
    above = ["root"]
    for depth, count in enumerate(size.levels, 1):
        level = [f"n{depth}_{number:04d}" for number in range(count)]
        for number, code in enumerate(level):
            orgs[code] = Organisation(code=code, name=f"第 {depth} 级第 {number + 1} 局", parent=above[number * len(above) // count], order=number)
        above = level
    return orgs


def _indicator(number: int, codes: list[str]) -> Indicator:
    """Every fifth numerator is a sum of two measures; the first 40 are totals, the others rates."""
    picked = [codes[(number * 7 + shift * 13) % len(codes)] for shift in range(3)]
    top = picked[0] if number % 5 else f"{picked[0]} + {picked[1]}"
    total = number < 40
    return Indicator(
        code=f"i{number:03d}",
        name=f"指标 {number + 1}",
        office=OFFICE,
        unit="件" if total else "%",
        numerator=parse_linear(top),
        denominator=None if total else parse_linear(picked[2]),
        scale=1 if total else 100,
        better=Better.HIGHER,
        target_kind=TargetKind.ANNUAL if total else TargetKind.FLOOR,
        why_it_matters="测速",
        denominator_words="测速",
        source="测速",
        reviewed_on=date(2023, 1, 1),
    )


def _target(indicator: Indicator, org: str) -> Target:
    kind, value = (TargetKind.ANNUAL, 6_000) if indicator.denominator is None else (TargetKind.FLOOR, 90)
    common = {"indicator": indicator.code, "year": LAST.year, "office": BUREAU, "org": org}
    return Target.model_validate({**common, "kind": kind, "value": Decimal(value), "tolerance": Decimal(5), "document": "测速（虚构）"})
