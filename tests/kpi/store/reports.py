"""A small bureau of two offices, and reports written down as a table is."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.office import Office
from kpi.finding import Finding
from kpi.period import Month
from kpi.place import Place
from kpi.store.submission import Accepted
from kpi.value import UNREPORTED, Qualifier, State, Value
from kpi.workbook.report import Column, Reading, Report

KINDS = {
    "food_sampling_tested": MeasureKind.FLOW,
    "food_sampling_passed": MeasureKind.FLOW,
    "food_producers": MeasureKind.STOCK,
    "license_days": MeasureKind.STANDARD,
    "food_pass_rate": MeasureKind.RATE,
}


def _measure(code: str, office: str, kind: MeasureKind) -> Measure:
    return Measure(code=code, name=code, office=office, topic="监督抽检", unit="批次", kind=kind)


def catalog_of(digest: str = "first", **more: MeasureKind) -> Catalog:
    """食品安全协调科 with one measure of each kind, and 药品科 with one; ``more`` measures go to the former."""
    measures = [_measure(code, "food", kind) for code, kind in (KINDS | more).items()]
    measures.append(_measure("drug_samples_tested", "drug", MeasureKind.FLOW))
    offices = [
        Office(code="food", name="食品安全协调科", parent="bureau", order=1, template="食品安全协调科月报表"),
        Office(code="drug", name="药品科", parent="bureau", order=2, template="药品科月报表"),
    ]
    return Catalog("某区市场监管局", {o.code: o for o in offices}, {m.code: m for m in measures}, {}, {}, {}, {}, digest)


def value(written: str) -> Value:
    """A figure as a cell spells it: 12, 0, ≥95, 未公开; – is 未报."""
    if written == "–":
        return UNREPORTED
    if written in tuple(State):
        return Value(State(written))
    qualifier = Qualifier(written[0]) if written[0] in "约≥≤" else Qualifier.EXACT
    return Value.of(written.lstrip("约≥≤"), qualifier)


def accepted(
    period: str,
    office: str = "food",
    more: Mapping[str, str] = MappingProxyType({}),
    *,
    as_of: date | None = None,
    note: str = "",
    findings: tuple[Finding, ...] = (),
    **cells: str,
) -> Accepted:
    """
    A report; each measure is written ``本月数 本年累计 上年同期累计``, what is left out at the end is 未报; ``more`` is for names in variables.

    ``accepted("2024-03", food_sampling_tested="5 12")``
    """
    cells |= more
    month = Month.parse(period)
    readings = []
    for row, (measure, written) in enumerate(cells.items(), start=3):
        texts = [*written.split(), "–", "–"][:3]
        for column, letter, text in zip(Column, "CDE", texts, strict=True):
            readings.append(Reading(measure, column, value(text), Place("月报表", f"{letter}{row}"), text, as_of or month.last_day))
    report = Report(office, month, tuple(readings), {}, ())
    data = repr((period, office, as_of, note, cells)).encode()
    return Accepted(report, data, f"{office}{period}.xlsx", "张三", note, findings)
