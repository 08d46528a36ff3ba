"""Who is missing from the figures of an organisation above others; a sum of some of them is not passed off as the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kpi.bureau import Bureau
from kpi.compute.parts import parts
from kpi.compute.row import BoardRow, Lacking
from kpi.period import Month, Span


def lacked(bureau: Bureau, rows: Sequence[BoardRow], span: Span = Span.YTD) -> list[BoardRow]:
    """The rows of one month and organisation with those directly below it that lack figures, in the order of the tree."""
    incomplete = [row.indicator for row in rows if row.counted < row.leaves]
    children = bureau.catalog.children(rows[0].org) if incomplete else ()
    if not children:
        return list(rows)
    counted = _counted(bureau, children, incomplete, rows[0].period, span)
    return [replace(row, lacking=_lacking(bureau, row.indicator, children, counted)) if row.counted < row.leaves else row for row in rows]


def _counted(bureau: Bureau, children: Sequence[str], codes: Sequence[str], period: Month, span: Span) -> dict[tuple[str, str], int]:
    """What is kept ready is asked at once, any other span is summed child by child."""
    kept = [code for code in codes if span.cumulative and code in bureau.catalog.indicators]
    found = bureau.store.counted(children, kept, period) if kept else {}
    others = [code for code in codes if code not in kept]
    for child in children if others else ():
        found |= {(child, code): one.counted for (code, _), one in parts(bureau.store, bureau.catalog, others, [period], span, child).items()}
    return found


def _lacking(bureau: Bureau, code: str, children: Iterable[str], counted: dict[tuple[str, str], int]) -> tuple[Lacking, ...]:
    found = ((child, len(bureau.catalog.leaves(child))) for child in children)
    every = (Lacking(child, bureau.catalog.orgs[child].name, leaves - counted.get((child, code), 0), leaves) for child, leaves in found)
    return tuple(one for one in every if one.lacking)
