"""The sheet an office fills in: what is open, what is locked, and that a filled one reads back."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.catalog.load import DEFAULT, load
from kpi.catalog.measure import MeasureKind
from kpi.errors import RequestError
from kpi.period import Month
from kpi.value import State, Value
from kpi.workbook.number import read_value
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, sheet_name, write_template
from tests.kpi.workbook.office import needs_office, saved_again
from tests.kpi.workbook.one_report import read_report

NOVEMBER = Month(2023, 11)
FILLED = Filling(
    values={
        ("tested", Column.MONTH): Decimal(163),
        ("tested", Column.YTD): Decimal(1763),
        ("tested", Column.PRIOR): Decimal(1692),
        ("passed", Column.YTD): "*",
        ("pass_rate", Column.YTD): Decimal("97.8"),
        ("fines", Column.YTD): Decimal("37.7663"),
        ("growth", Column.YTD): Decimal(-5),
        ("entities", Column.YTD): Decimal(65000),
        ("days", Column.YTD): "不超过1",
        ("trained", Column.YTD): "3000余",
    },
    as_of={"fines": date(2023, 11, 23)},
    remarks={"fines": "=含上年结转案件"},
    sheet_as_of=date(2023, 11, 28),
    reporter="某某",
)


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def stated(report):
    return {(reading.measure, reading.column): reading.value for reading in report.readings if reading.value.state is not State.UNREPORTED}


def expected(catalog, filling: Filling):
    return {key: read_value(content, catalog.measures[key[0]].unit) for key, content in filling.values.items()}


def test_a_filled_sheet_reads_back_as_it_was_filled(catalog, parser):
    report = read_report(parser.parse(write_template(catalog, "food", NOVEMBER, FILLED), "报表.xlsx"), catalog)

    assert (report.office, report.period, report.findings) == ("food", NOVEMBER, ())
    assert stated(report) == expected(catalog, FILLED)
    assert report.remarks == {"fines": "=含上年结转案件"}
    as_of = {reading.measure: reading.as_of for reading in report.readings}
    assert (as_of["fines"], as_of["tested"]) == (date(2023, 11, 23), date(2023, 11, 28))


def test_an_empty_sheet_reads_as_all_not_reported(catalog, parser):
    report = read_report(parser.parse(write_template(catalog, "food", NOVEMBER), "空.xlsx"), catalog)

    assert report.findings == ()
    assert {reading.measure for reading in report.readings} == {measure.code for measure in catalog.office_measures("food")}
    assert {reading.value for reading in report.readings} == {Value(State.UNREPORTED)}


_FIGURES = st.one_of(
    st.decimals(-(10**8), 10**8, places=4).map(Decimal.normalize),
    st.integers(0, 10**9).map(Decimal),
    st.sampled_from(["*", "在检", "未开展", "不适用", "3000余", "约100", "不超过5", "≥90"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.tuples(st.sampled_from(["tested", "passed", "fines", "trained"]), st.sampled_from(list(Column))), _FIGURES))
def test_whatever_is_filled_in_reads_back(catalog, parser, values):
    filling = Filling(values=values)

    report = read_report(parser.parse(write_template(catalog, "food", NOVEMBER, filling), "报表.xlsx"), catalog)

    assert {key: (value.state, value.number, value.qualifier) for key, value in stated(report).items()} == {
        key: (value.state, value.number, value.qualifier) for key, value in expected(catalog, filling).items()
    }


def test_only_the_yellow_cells_are_open(catalog):
    sheet = opened(write_template(catalog, "food", NOVEMBER)).worksheets[0]
    kinds = {measure.code: measure.kind for measure in catalog.office_measures("food")}

    assert sheet.protection.sheet
    assert sheet.protection.password is None
    for row in sheet.iter_rows(min_row=5):
        *labels, month, ytd, prior, as_of, remark, code = row
        assert all(cell.protection.locked for cell in labels)
        assert month.protection.locked is (kinds[code.value] is not MeasureKind.FLOW)
        for cell in (ytd, prior, as_of, remark):
            assert not cell.protection.locked
            assert cell.fill.fgColor.rgb == "FFFFF8DC"


def test_entry_rules_warn_and_never_forbid(catalog):
    sheet = opened(write_template(catalog, "food", NOVEMBER)).worksheets[0]
    rules = sheet.data_validations.dataValidation

    assert len(rules) == len(catalog.office_measures("food")) + 2
    assert {rule.errorStyle for rule in rules} == {"warning"}
    by_title = {rule.promptTitle: rule for rule in rules}
    assert "单位：批次" in by_title["合格批次"].prompt
    assert "E6>=0" in by_title["合格批次"].formula1
    assert ">=0" not in by_title["净增户数"].formula1
    assert str(by_title["期末市场主体总量"].sqref) == "F10:G10"


def test_prints_on_one_page_width_with_the_header_repeated(catalog):
    sheet = opened(write_template(catalog, "food", NOVEMBER)).worksheets[0]

    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight, sheet.print_title_rows) == (True, 0, "$4:$4")
    assert sheet.freeze_panes == "D5"
    assert sheet.column_dimensions["J"].hidden


def test_says_in_a_hidden_sheet_what_it_is(catalog):
    book = opened(write_template(catalog, "food", NOVEMBER))

    assert book.sheetnames == ["食品安全协调科月报表", "填表说明", "_meta"]
    assert book["_meta"].sheet_state == "veryHidden"
    meta = dict(book["_meta"].iter_rows(values_only=True))
    assert meta == {"office": "food", "period": "2023-11", "template": "monthly/food", "version": "1", "digest": "0" * 64}


def test_the_same_form_is_the_same_bytes(catalog):
    assert write_template(catalog, "food", NOVEMBER, FILLED) == write_template(catalog, "food", NOVEMBER, FILLED)


def test_an_unknown_office_is_named(catalog):
    with pytest.raises(RequestError, match="没有代码为「nobody」的科室"):
        write_template(catalog, "nobody", NOVEMBER)


def test_a_title_becomes_a_name_excel_accepts():
    assert sheet_name("食品[生产]/流通科" + "很" * 40) == ("食品 生产  流通科" + "很" * 40)[:31]


def test_every_office_gets_a_form_that_reads_back_without_a_finding(parser):
    catalog = load(DEFAULT)
    for office in catalog.offices:
        report = read_report(parser.parse(write_template(catalog, office, NOVEMBER), office), catalog)

        assert (report.office, report.period, report.findings) == (office, NOVEMBER, ())
        assert {reading.measure for reading in report.readings} == {measure.code for measure in catalog.office_measures(office)}


@needs_office
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_saved_again_by_another_program_it_reads_the_same(catalog, parser, tmp_path: Path, ending: str):
    original = write_template(catalog, "food", NOVEMBER, FILLED)
    saved = saved_again({"form": original}, [ending], tmp_path)[ending]["form"]

    report = read_report(parser.parse(saved, f"报表.{ending}"), catalog)

    assert report.readings == read_report(parser.parse(original, "报表.xlsx"), catalog).readings
    assert report.findings == ()
