"""Sheets as offices really have them: every value right or asked about, and no wrong value in silence."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kpi.catalog import load
from kpi.catalog.model import Catalog
from kpi.period import Month
from kpi.value import State
from kpi.workbook.answer_mapping import AnswerMapping
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.report import Column
from tests.kpi.workbook.layouts.drawing import Spec, specs, workbook
from tests.kpi.workbook.learning import learn

CATALOG = load.load(load.DEFAULT)
COLUMNS = (Column.MONTH, Column.YTD, Column.PRIOR)


def told(spec: Spec) -> dict[str, object]:
    """What is said beside the file."""
    return {
        "office": spec.told.get("科室"),
        "period": Month.parse(spec.told["月份"]) if "月份" in spec.told else None,
        "hints": (spec.told.get("文件", "表.xlsx"), *spec.told.get("夹", "").split()),
    }


def catalog_of(spec: Spec) -> Catalog:
    """The shipped catalogue, with the aliases a spec adds."""
    if not spec.aliases:
        return CATALOG
    more = {next(code for code, measure in CATALOG.measures.items() if measure.name == name): aliases for name, aliases in spec.aliases.items()}
    measures = {
        code: measure.model_copy(update={"aliases": (*measure.aliases, *more.get(code, ()))}) if code in more else measure
        for code, measure in CATALOG.measures.items()
    }
    return replace(CATALOG, measures=measures)


def read(parser, spec: Spec, mapping: AnswerMapping | None = None, catalog: Catalog = CATALOG):
    return read_reports(parser.parse(workbook(spec), "表.xlsx"), catalog, mapping=mapping or AnswerMapping(), **told(spec))


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


def values(reports) -> dict[tuple[str, str, str, str], str]:
    """Every value that was read: office, month, measure, column."""
    return {
        (report.office or "?", str(report.period or "?"), CATALOG.measures[reading.measure].name, reading.column.value): shown(reading.value)
        for report in reports
        for reading in report.readings
        if reading.value.state is not State.UNREPORTED
    }


def drawn(expected) -> dict[tuple[str, str, str, str], str]:
    """Every value that a spec expects, in the same form."""
    return {
        (office, period, name, column.value): wanted(text)
        for (office, period), rows in expected.items()
        for name, texts in rows.items()
        for column, text in zip(COLUMNS, texts, strict=False)
        if text
    }


@pytest.mark.parametrize("spec", specs(), ids=lambda spec: spec.name)
def test_every_value_is_right_or_asked_about(parser, spec: Spec):
    reports = read(parser, spec, catalog=catalog_of(spec))
    questions = list(
        dict.fromkeys((f"{question.kind.value} {question.seen}".strip(), question.place.cell) for report in reports for question in report.questions)
    )
    raised = {text for report in reports for finding in report.findings for text in (finding.code, f"{finding.code}@{finding.place.cell}")}

    assert values(reports) == drawn(spec.expected)
    assert [f"{text}@{cell}" if "@" in wish else text for (text, cell), wish in zip(questions, spec.questions, strict=True)] == spec.questions
    assert set(spec.findings) <= raised
    assert not set(spec.absent) & raised


@pytest.mark.parametrize("spec", [spec for spec in specs() if spec.answers], ids=lambda spec: spec.name)
def test_what_was_asked_is_read_once_it_is_answered(parser, spec: Spec):
    """The answers are kept by layout and words: the same sheet then raises no question."""
    catalog = catalog_of(spec)
    mapping = AnswerMapping()
    for question in {question for report in read(parser, spec, catalog=catalog) for question in report.questions}:
        asked = f"{question.kind.value} {question.seen}".strip()
        mapping = learn(mapping, question, spec.answers[f"{asked}@{question.place.cell}"])

    reports = read(parser, spec, mapping, catalog)

    assert values(reports) == drawn(spec.answered)
    assert [question.seen for report in reports for question in report.questions] == []
