"""Who is missing from the figures of an organisation above others; a sum of some of them is not passed off as the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kpi.bureau import Bureau
from kpi.compute.parts import family
from kpi.compute.row import BoardRow, Lacking
from kpi.period import Span


def lacked(bureau: Bureau, rows: Sequence[BoardRow], span: Span = Span.YTD) -> list[BoardRow]:
    """The rows of one month and organisation with those directly below it that lack figures, in the order of the tree."""
    incomplete = [row.indicator for row in rows if row.counted < row.leaves]
    children = bureau.catalog.children(rows[0].org) if incomplete else ()
    if not children:
        return list(rows)
    counted = _counted(bureau, rows, children, incomplete, span)
    return [replace(row, lacking=_lacking(bureau, row.indicator, children, counted)) if row.counted < row.leaves else row for row in rows]


def _counted(bureau: Bureau, rows: Sequence[BoardRow], children: Sequence[str], incomplete: Sequence[str], span: Span) -> dict[tuple[str, str], int]:
    """By child and indicator how many are counted: of what is kept ready the store says so, all else was summed with the rows."""
    org, period = rows[0].org, rows[0].period
    kept = [code for code in incomplete if span.cumulative and code in bureau.catalog.indicators]
    found = bureau.store.counted(children, kept, period) if kept else {}
    others = [row.indicator for row in rows if not (span.cumulative and row.indicator in bureau.catalog.indicators)]
    if set(others).intersection(incomplete):
        together = family(bureau.store, bureau.catalog, others, [period], span, org)
        found |= {(child, code): one.counted for child in children for (code, _), one in together[child].items()}
    return found


def _lacking(bureau: Bureau, code: str, children: Iterable[str], counted: dict[tuple[str, str], int]) -> tuple[Lacking, ...]:
    found = ((child, len(bureau.catalog.leaves(child))) for child in children)
    every = (Lacking(child, bureau.catalog.orgs[child].name, leaves - counted.get((child, code), 0), leaves) for child, leaves in found)
    return tuple(one for one in every if one.lacking)
