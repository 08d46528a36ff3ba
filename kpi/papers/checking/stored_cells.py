"""The cells behind the figures of the store that a text was held against."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from kpi.bureau import Bureau
from kpi.papers.checking.against_store import StoreComparison
from kpi.papers.checking.figure_faces import FigureFace
from kpi.period import Month, Span
from kpi.review.source import Source, sources
from kpi.value import State
from kpi.workbook.report import Column

_YEAR = 12


def stored_cells(bureau: Bureau, comparisons: Sequence[StoreComparison], figures: Collection[int], org: str | None = None) -> Mapping[int, Sequence[Source]]:
    """
    The cells behind some figures of a text, by the index of the figure; of a figure of last year those of that year.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.

    """
    months: dict[Month, list[StoreComparison]] = defaultdict(list)
    for compared in comparisons:
        if compared.figure in figures and compared.code and compared.month is not None:
            months[compared.month.plus(-_YEAR) if compared.face.of_last_year else compared.month].append(compared)
    cells: dict[int, Sequence[Source]] = {}
    for month, each in months.items():
        of_code = sources(bureau, sorted({compared.code for compared in each}), month, org)
        cells.update({compared.figure: _own(of_code[compared.code], compared.face, month) for compared in each})
    return cells


def _own(cells: Sequence[Source], face: FigureFace, month: Month) -> Sequence[Source]:
    """The cells that state a figure themselves, where there are such; else all that it is made of."""
    stated = [cell for cell in cells if cell.value.state is not State.UNREPORTED]
    column = Column.MONTH if face.span is Span.MONTH else Column.YTD
    return [cell for cell in stated if cell.column is column and cell.period == month] or [cell for cell in stated if cell.column is not Column.PRIOR]
