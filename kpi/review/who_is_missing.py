"""Who is missing from the figures of an organisation above others; a sum of some of them is not passed off as the whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kpi.bureau import Bureau
from kpi.catalog.model import Catalog
from kpi.catalog.tree import Stay
from kpi.compute.row import BoardRow, Lacking
from kpi.figures.indicator_parts import divide_by_readiness, family
from kpi.period import Month, Span


def lacked(bureau: Bureau, rows: Sequence[BoardRow], span: Span = Span.YTD) -> list[BoardRow]:
    """The rows of one month and organisation with those directly below it that lack figures, in the order of the tree."""
    incomplete = [row.indicator for row in rows if row.below.counted < row.below.leaves]
    if not incomplete or bureau.catalog.orgs[rows[0].org].reports:
        return list(rows)
    counted = _counted(bureau, rows, incomplete, span)
    below = _below(bureau.catalog, rows[0].org, rows[0].period)
    leaves = _leaves(bureau.catalog, below, bureau.catalog.year.start(span, rows[0].period), rows[0].period)
    return [_with_lacking(bureau.catalog, row, below, counted, leaves) for row in rows]


def _counted(bureau: Bureau, rows: Sequence[BoardRow], incomplete: Sequence[str], span: Span) -> dict[tuple[str, str], tuple[int, int]]:
    """By addend and indicator how many report and are counted: of what is kept ready the store says so, all else was summed with the rows."""
    org, period = rows[0].org, rows[0].period
    addends = bureau.catalog.tree.addends[org]
    catalog = bureau.catalog.at(period)
    kept, others = divide_by_readiness(catalog, incomplete, span)
    asked = {catalog.key(code): code for code in kept}
    counted = {(addend, asked[key]): of for (addend, key), of in bureau.store.counted(addends, list(asked), period).items()} if kept else {}
    _, others = divide_by_readiness(catalog, (row.indicator for row in rows), span)
    if set(others).intersection(incomplete):
        together = family(bureau.store, catalog, others, [period], span, org)
        counted |= {(addend, code): (parts.leaves, parts.counted) for addend in addends for (code, _), parts in together[addend].items()}
    return counted


def _below(catalog: Catalog, org: str, last: Month) -> dict[str, str]:
    """Of all that an organisation is added up from the one directly below it; of a stay the one below which it ends, or goes on in a month."""
    tree = catalog.tree
    stays = {stay.code: stay for stay in tree.stays(org)}
    children = {}
    for addend in tree.addends[org]:
        path = tree.path(stays[addend].leaf, _end(stays[addend], last)) if addend in stays else ()
        children[addend] = path[path.index(org) + 1] if path else addend
    return children


def _leaves(catalog: Catalog, addends: Iterable[str], first: Month, last: Month) -> dict[str, int]:
    """How many report at or below each addend in some months; of a stay one."""
    return {addend: len(catalog.leaves(addend, first, last)) if addend in catalog.orgs else 1 for addend in addends}


def _with_lacking(
    catalog: Catalog, row: BoardRow, below: Mapping[str, str], counted: Mapping[tuple[str, str], tuple[int, int]], leaves: Mapping[str, int]
) -> BoardRow:
    if row.below.counted == row.below.leaves:
        return row
    return replace(row, below=replace(row.below, lacking=_lacking(catalog, row, below, counted, leaves)))


def _lacking(
    catalog: Catalog, row: BoardRow, below: Mapping[str, str], counted: Mapping[tuple[str, str], tuple[int, int]], leaves: Mapping[str, int]
) -> tuple[Lacking, ...]:
    sums: dict[str, tuple[int, int]] = {}
    for addend, child in below.items():
        (every, there), (more, also) = counted.get((addend, row.indicator), (leaves[addend], 0)), sums.get(child, (0, 0))
        sums[child] = every + more, there + also
    children = ((child, *sums[child]) for child in catalog.children(row.org) if child in sums)
    return tuple(Lacking(child, catalog.orgs[child].name, every - there, every) for child, every, there in children if there < every)


def _end(stay: Stay, last: Month) -> Month:
    """The last month of a stay up to a month; its first where it has not begun."""
    end = min(stay.last or last, last)
    return max(end, stay.first) if stay.first else end
