"""
The demonstration's workbooks: what nineteen offices would have sent in, month by month.

They are written by the same writer that makes the fill-in sheets, and every one of them says that it is fictional.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.demo.demo_figures import CellContent, DemoFigure, table
from kpi.demo.samples import LAST, Origin, Samples, read_samples
from kpi.period import Month
from kpi.store.demonstration import FICTIONAL
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template

_REMARKS = {
    Origin.STATED: f"本年累计为 2023 年工作总结所载；其余为{FICTIONAL}",
    Origin.IMPLIED: f"本年累计据 2023 年工作总结文意推定；其余为{FICTIONAL}",
    Origin.INVENTED: FICTIONAL,
}


def workbooks(catalog: Catalog, wanted: Collection[Month] | None = None) -> Iterator[tuple[str, str, Month, bytes]]:
    """
    The workbooks of the demonstration, in the order in which they would have come in.

    Args:
        catalog: Says which offices there are and what each owes.
        wanted: The months whose workbooks are written; None for all.

    Yields:
        File name, office code, month, and the bytes of the .xlsx file; by month, then in the catalogue's order of offices.

    Raises:
        RequestError: The catalogue holds a measure for which there is no anchor.

    """
    samples = read_samples()
    figures = table(catalog, samples)
    for month, current in figures.items():
        if wanted is not None and month not in wanted:
            continue
        earlier = figures.get(month.plus(-12), {})
        for office in catalog.offices.values():
            filling = _filling(catalog, office.code, month, current, earlier, samples)
            yield f"{month}_{office.template}.xlsx", office.code, month, write_template(catalog, office.code, month, filling)


def _filling(catalog: Catalog, office: str, month: Month, current: Mapping[str, DemoFigure], earlier: Mapping[str, DemoFigure], samples: Samples) -> Filling:
    """What the office's statistician would have typed in."""
    values: dict[tuple[str, Column], Decimal | str] = {}
    as_of = {}
    remarks = {}
    for measure in catalog.office_measures(office):
        figure = current[measure.code]
        cells: dict[Column, CellContent | None] = {
            Column.MONTH: figure.month,
            Column.YTD: figure.written,
            Column.PRIOR: earlier[measure.code].written if measure.code in earlier else None,
        }
        values.update({(measure.code, column): cell for column, cell in cells.items() if cell is not None})
        if figure.as_of != month.last_day:
            as_of[measure.code] = figure.as_of
        remarks[measure.code] = "；".join(_remarks(measure, month, figure, samples))
    return Filling(values, as_of, remarks, month.last_day, reporter=FICTIONAL)


def _remarks(measure: Measure, month: Month, figure: DemoFigure, samples: Samples) -> Iterator[str]:
    """Where the figure comes from, and what is unusual about its month."""
    sample = samples.figures[measure.code]
    yield _REMARKS[sample.origin if month == LAST else Origin.INVENTED]
    if (measure.code, month) in samples.faces:
        yield samples.faces[measure.code, month].why
    elif measure.kind is not MeasureKind.FLOW or sample.cutoff is None:
        return
    elif figure.month is None:
        yield "数据截止日未变，本月数不填"
    elif month.month == 12:
        since = date(month.year, *sample.cutoff) + timedelta(days=1)
        yield f"本月数自 {since.month} 月 {since.day} 日计起"
