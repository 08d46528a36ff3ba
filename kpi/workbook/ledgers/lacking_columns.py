"""
The columns that a ledger has not, or that only some of its sheets have: the figures that are lost by it.

A sheet without a column takes a figure from the months that hold a row of it, and from no other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity, few
from kpi.period import Month
from kpi.place import Place
from kpi.workbook.ledgers.case_columns import Flags, Ints
from kpi.workbook.ledgers.cases import Cases, month_of
from kpi.workbook.ledgers.coverage import Coverage


def about_columns(cases: Cases, coverage: Coverage, reported: Collection[Month], catalog: Catalog) -> Iterator[tuple[Month | None, Finding]]:
    """One HINT for each column that sheets of the file lack, with the last reported month that has a row of them; None where none has."""
    for column in cases.ledger.columns:
        bare = [sheet for sheet in cases.sheets if column.name not in sheet.fields]
        measures = tuple(figure.measure for figure in cases.ledger.figures if column.name in figure.columns)
        if not bare or not measures:
            continue
        names = "、".join(f"「{sheet.name}」" for sheet in bare[:5]) + (f"等 {len(bare)} 张工作表" if len(bare) > 5 else "")
        where = names if len(bare) < len(cases.sheets) else ""
        seen = f"{where}没有「{column.name}」一列，没有计算{''.join(f'「{catalog.measures[measure].name}」' for measure in measures)}"
        months = np.unique(coverage.month[coverage.valid & cases.without([column.name])]).tolist()
        month = next((month for index in reversed(months) if (month := month_of(index)) in reported), None)
        yield month, Finding("missing-column", Severity.HINT, Place(bare[0].name), seen, "需要由台账得出的，请补上这一列", measures=measures)


def about_parts(cases: Cases, counts: Flags, indexes: Ints, catalog: Catalog) -> Iterator[tuple[Month, Finding]]:
    """
    A CHECK for each month of which a figure is lost though rows of the file have all columns for it.

    Args:
        cases: The rows of the file, and behind them those that stay on file.
        counts: Those that count.
        indexes: The month of each.
        catalog: The measures of the figures.

    """
    own = np.arange(len(cases)) < cases.own
    lost: defaultdict[tuple[int, tuple[str, ...]], list[str]] = defaultdict(list)
    for figure in cases.ledger.figures:
        bare = counts & cases.without(figure.columns)
        for index in np.intersect1d(indexes[bare], indexes[counts & own & ~bare]).tolist():
            absent = tuple(name for name in figure.columns if cases.without([name])[bare & (indexes == index)].any())
            lost[index, absent].append(figure.measure)
    for (index, absent), measures in lost.items():
        inside = counts & (indexes == index)
        bare = inside & cases.without(absent)
        sheets = [cases.sheets[number].name for number in np.unique(cases.sheet[bare & own]).tolist()]
        filed = ["在库的那一份"] if (bare & ~own).any() else []
        columns, whose = "".join(f"「{name}」" for name in absent), "、".join([*(f"「{name}」" for name in sheets), *filed])
        having, figures = np.count_nonzero(inside & ~bare), "".join(f"「{catalog.measures[measure].name}」" for measure in measures)
        seen = f"{month_of(index).chinese}有 {np.count_nonzero(bare)} 件（{whose}）没有{columns}一列，另外 {having} 件有；这个月的{figures}算不出，记为未报"
        remedy = f"请给{whose}补上{columns}后重新上传；确实没有的，写明说明后可以入库"
        place = Place(sheets[0] if sheets else cases.sheets[0].name)
        yield month_of(index), Finding("column-missing-in-part", Severity.CHECK, place, seen, remedy, measures=tuple(measures))


def about_keys(cases: Cases, coverage: Coverage) -> Iterator[tuple[Month, Finding]]:
    """A CHECK for each month with rows that may be a case of another sheet: a column that tells cases apart stands there, and here it does not."""
    leading = cases.cells[cases.ledger.keys[0]]
    for name in cases.ledger.keys[1:]:
        bare = cases.without([name]) & coverage.valid & leading.filled
        alike = bare & np.isin(leading.codes, leading.codes[coverage.valid & ~cases.without([name])])
        for index in np.unique(coverage.month[alike]).tolist():
            at = np.flatnonzero(alike & (coverage.month == index)).tolist()
            yield month_of(index), _alike(cases, name, at, [leading.words[int(leading.codes[row])] for row in at])


def _alike(cases: Cases, name: str, at: Sequence[int], codes: Sequence[str]) -> Finding:
    place = cases.place(at[0], cases.ledger.keys[0])
    seen = f"「{place.sheet}」没有「{name}」一列，有 {len(at)} 件的编号与别的工作表的相同，分不清是不是同一件，两边都计了：{few(codes)}"
    return Finding("key-column-missing", Severity.CHECK, place, seen, f"是同一件的，请删去一边；不是的，请补上「{name}」一列后重新上传", cases=tuple(codes))
