"""Sheets as offices really have them: every value right or asked about, and no wrong value in silence."""

from decimal import Decimal

import pytest

from kpi.catalog import load
from kpi.period import Month
from kpi.value import State
from kpi.workbook.mapping import Mapping
from kpi.workbook.reading import read_reports
from kpi.workbook.report import Column
from tests.kpi.workbook.layouts.drawing import Spec, specs, workbook

CATALOG = load.load(load.DEFAULT)
COLUMNS = (Column.MONTH, Column.YTD, Column.PRIOR)


def read(parser, spec: Spec, mapping: Mapping | None = None):
    told = {"office": spec.told.get("科室"), "period": Month.parse(spec.told["月份"]) if "月份" in spec.told else None}
    hints = (spec.told.get("文件", "表.xlsx"), *spec.told.get("夹", "").split())
    return read_reports(parser.parse(workbook(spec), "表.xlsx"), CATALOG, mapping=mapping or Mapping(), hints=hints, **told)


def shown(value) -> str:
    if value.number is None:
        return value.state.value
    return value.qualifier.value.replace("=", "") + f"{value.number.normalize():f}"


def wanted(text: str) -> str:
    mark = text[0] if text[0] in "约≥≤" else ""
    try:
        return mark + f"{Decimal(text.removeprefix(mark)).normalize():f}"
    except ArithmeticError:
        return text


@pytest.mark.parametrize("spec", specs(), ids=lambda spec: spec.name)
def test_every_value_is_right_or_asked_about(parser, spec: Spec):
    reports = read(parser, spec)
    found = {}
    for report in reports:
        key = (report.office or "?", str(report.period or "?"))
        for reading in report.readings:
            if reading.value.state is not State.UNREPORTED:
                found[(*key, CATALOG.measures[reading.measure].name, reading.column.value)] = shown(reading.value)
    expected = {
        (office, period, name, column.value): wanted(text)
        for (office, period), rows in spec.expected.items()
        for name, texts in rows.items()
        for column, text in zip(COLUMNS, texts, strict=False)
        if text
    }
    asked = list(dict.fromkeys(f"{question.kind.value} {question.seen}".strip() for report in reports for question in report.questions))
    raised = {finding.code for report in reports for finding in report.findings}
    assert found == expected
    assert asked == spec.questions
    assert set(spec.findings) <= raised
    assert not set(spec.absent) & raised
