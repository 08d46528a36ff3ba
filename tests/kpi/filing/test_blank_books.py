"""Blank sheets: all of them at once, and what is printed in before somebody fills them in."""

import io
import zipfile
from dataclasses import replace

import openpyxl

from kpi.filing.blank_books import blank_book, blank_books
from kpi.filing.intake import Outcome, accept, prepare
from kpi.period import Month
from tests.kpi.filing.test_intake import NOVEMBER, coal

OCTOBER = NOVEMBER.plus(-1)


def test_the_sheets_of_all_offices_lie_in_one_archive(empty):
    """The same each time, each the one that is downloaded alone."""
    data = blank_books(empty, [empty.catalog.root], NOVEMBER, prefill=False)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == [f"2023-11_{office.template}.xlsx" for office in empty.catalog.offices.values()]
        assert archive.read("2023-11_质量监管科月报表.xlsx") == blank_book(empty, None, "product_quality", NOVEMBER, prefill=False)
    assert blank_books(empty, [empty.catalog.root], NOVEMBER, prefill=False) == data


def test_of_several_organisations_each_has_a_folder(province):
    leaves = province.catalog.leaves(province.catalog.root)[:2]
    with zipfile.ZipFile(io.BytesIO(blank_books(province, leaves, NOVEMBER, prefill=True))) as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {province.catalog.orgs[leaf].name for leaf in leaves}


def test_a_prefilled_sheet_is_read_like_any_other(empty):
    """上年同期累计 is there to be changed; what was reported last month is a text behind the rows that no reader takes for a figure."""
    accept(empty, prepare(empty, [coal(empty, NOVEMBER.plus(-12), passed=40, tested=47), coal(empty, OCTOBER, taken__month=8)]), "王统计", "核对过")
    book = openpyxl.load_workbook(io.BytesIO(blank_book(empty, None, "product_quality", NOVEMBER, prefill=True)))
    sheet = book.worksheets[0]
    assert (sheet["K4"].value, sheet["K9"].value, sheet["K13"].value, sheet["G11"].value) == ("说明", "上月累计 78，当月 8", "上月 27", 40)
    for row, figure in zip(range(9, 14), (90, 60, 51, 9, 30), strict=True):
        sheet[f"F{row}"].value = figure
    sheet["I11"].value = "补报"
    sink = io.BytesIO()
    book.save(sink)
    [prepared] = prepare(empty, [replace(coal(empty), data=sink.getvalue())])
    assert (prepared.status, prepared.figures, prepared.report.questions, prepared.report.typed) == (Outcome.READY, 5 + 5, (), ())
    assert prepared.report.remarks == {"coal_samples_passed": "补报"}
    assert prepared.report.kept.whole


def test_without_earlier_figures_a_prefilled_sheet_is_a_blank_one(empty):
    assert blank_book(empty, None, "ip", Month(2020, 1), prefill=True) == blank_book(empty, None, "ip", Month(2020, 1), prefill=False)
