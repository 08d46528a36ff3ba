"""报表: the month in a workbook in which nothing calculates and every figure has its cell."""

import re
import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from lxml import etree

from kpi.papers.writing.report_book import report_book
from kpi.period import Month
from tests.kpi.store.reports import accepted

NOVEMBER = Month(2023, 11)


@pytest.fixture(scope="module")
def whole(demo) -> bytes:
    """The workbook of the whole demo bureau."""
    return report_book(demo, NOVEMBER)


@pytest.fixture(scope="module")
def opened(whole):
    return openpyxl.load_workbook(BytesIO(whole))


def table(sheet) -> tuple[list[str], list[list]]:
    """The heads of a sheet, which are frozen above its rows, and those."""
    top = int(re.sub(r"\D", "", sheet.freeze_panes)) - 1
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=top)]
    return heads, rows


def row_of(sheet, name: str, *more: str) -> dict[str, object]:
    heads, rows = table(sheet)
    [row] = [row for row in rows if row[0] == name and set(more) <= set(row)]
    return dict(zip(heads, row, strict=True))


def test_every_sheet_has_its_table(opened):
    """129 relations of the catalogue; of 81 indicators 7 missed and 7 behind, worst first."""
    assert opened.sheetnames == ["看板", "未达标", "同比", "历月", "勾稽", "来源", "口径", "图"]
    assert [len(table(opened[name])[1]) for name in ("看板", "未达标", "勾稽", "口径")] == [81, 14, 129, 81]
    assert [row[2] for row in table(opened["未达标"])[1]] == ["■ 未达标"] * 7 + ["▲ 滞后"] * 7
    assert all(sheet.page_setup.orientation == "landscape" for sheet in opened)
    assert all(opened[name].print_title_rows for name in opened.sheetnames[:-1])


def test_figures_are_numbers_as_they_print(opened):
    """1724/1763 = 0.97788: printed 97.8 %, with the digits that tell the verdict beside it; 246 of 300."""
    rate, marks = row_of(opened["看板"], "食品抽检合格率"), row_of(opened["看板"], "新增商标注册")
    assert round(rate["本年累计"], 5) == 0.97788
    assert (rate["目标"], rate["差距"], rate["状态"], rate["说明"]) == ("≥97.8%", "差 0.012 个百分点", "▲ 滞后", "未舍入 97.788%")
    assert (marks["本年累计"], marks["上年同期"], round(marks["同比"], 4)) == (246, 287, -0.1429)
    months = row_of(opened["历月"], "新增商标注册", "本年累计")
    assert [months["科室"], months["单位"], months["11 月"]] == ["知识产权科", "件", 246]


def test_every_figure_leads_to_its_cell(opened):
    heads, rows = table(opened["来源"])
    cells = [dict(zip(heads, row, strict=True)) for row in rows if row[0] == "食品抽检合格率" and row[4] == "2023-11"]
    top = next(cell for cell in cells if cell["部分"] == "分子" and cell["栏目"] == "本年累计")
    assert (top["数值"], top["单位"], top["数据截止日"].date()) == (1724, "批次", date(2023, 11, 30))
    assert top["文件"].endswith(".xlsx")
    assert re.fullmatch(r"[A-Z]+\d+", top["单元格"])


def test_nothing_in_it_calculates_or_leads_elsewhere(whole):
    """No formula, no link; a chart of each of the 14 that are late, in which a month without a figure is a gap."""
    with zipfile.ZipFile(BytesIO(whole)) as package:
        names = package.namelist()
        sheets = [package.read(name) for name in names if name.startswith("xl/worksheets/sheet")]
        series = package.read("xl/worksheets/sheet4.xml")
        charts = [package.read(name) for name in names if name.startswith("xl/charts/chart")]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    assert not any("externalLink" in name for name in names)
    assert len(charts) == 14
    assert all(b"dispBlanksAs" not in chart and b'<a:prstDash val="dash"/>' in chart for chart in charts)  # gap is what goes without saying
    texts = [cell.get("r") for cell in etree.fromstring(series).iter("{*}c") if cell.get("t") == "s" and cell.get("r")[0] in "EFGHIJKLMNO"]
    assert {int(re.sub(r"\D", "", cell)) for cell in texts} == {6}  # only the heads: a text would be drawn as nought


def test_text_of_people_stays_text(empty):
    """A 说明 that begins like a formula is that text."""
    item = accepted("2023-11", "food_coordination", {"food_samples_passed": "– 1724", "food_samples_tested": "– 1763"}, note='=HYPERLINK("http://x")')
    empty.store.commit([item])
    sheet = openpyxl.load_workbook(BytesIO(report_book(empty, NOVEMBER)))["来源"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == '=HYPERLINK("http://x")']
    assert cells
    assert all(cell.hyperlink is None and cell.data_type != "n" for cell in cells)


def test_the_report_of_an_office_holds_its_own(demo):
    book = openpyxl.load_workbook(BytesIO(report_book(demo, NOVEMBER, office="知识产权科")))
    assert {row[1] for row in table(book["看板"])[1]} == {"知识产权科"}
    assert {row[0] for row in table(book["来源"])[1]} <= {row[0] for row in table(book["看板"])[1]}
