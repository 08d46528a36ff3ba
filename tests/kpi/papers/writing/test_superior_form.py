"""上级的表: filled from the store where the intake would read the same figure, and nothing else of it touched."""

import zipfile
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from kpi.errors import WorkbookError
from kpi.papers.writing.superior_form import FilledForm, filled_form
from kpi.period import Month
from kpi.review.board import everything
from kpi.workbook.process.sniffing import COMPOUND
from tests.kpi.province import report
from tests.kpi.store.reports import accepted

NOVEMBER = Month(2023, 11)
ROWS = (("新登记市场主体", "户"), ("挽回经济损失", "元"), ("有效发明专利拥有量", "件"), ("食品抽检合格率", "%"), ("合格批次", "批次"), ("不认识的一项", "件"))
HEADS = ("序号", "指标名称", "计量单位", "本年累计", "上年同期累计", "增长率", "备注")


def superior(typed: dict[str, object] | None = None, percent: bool = False) -> bytes:
    """A form as a superior sends it: merged title, styles, formulas, a second sheet, a chart."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.set_properties({"created": datetime(2023, 12, 1)})  # noqa: DTZ001 - a label, the same for every form
        sheet, other = book.add_worksheet("月报"), book.add_worksheet("说明")
        sheet.merge_range("A1:G1", "全市市场监管系统重点工作月报", book.add_format({"bold": True, "font_size": 18}))
        sheet.write("A2", "填报时间：2023年11月")
        look, rate = book.add_format({"border": 1, "num_format": "#,##0"}), book.add_format({"border": 1, "num_format": "0.0%"})
        for column, head in enumerate(HEADS):
            sheet.write(2, column, head, look)
        for row, (name, unit) in enumerate(ROWS, 3):
            shape = rate if percent and unit == "%" else look
            for column, value in enumerate((row - 2, name, unit, None, None, None, None)):
                sheet.write(row, column, value, shape)
            sheet.write_formula(row, 5, f'=IF(E{row + 1}="","",D{row + 1}/E{row + 1}-1)', look, "")
        sheet.write("B10", "合计")
        sheet.write_formula("D10", "=SUM(D4:D9)", look, 0)
        for cell, value in (typed or {}).items():
            sheet.write(cell, value, look)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=月报!$D$4:$D$9"})
        sheet.insert_chart("I3", chart)
        other.write("A1", "填报要求：按时报送")
    return buffer.getvalue()


def values(form: FilledForm, *cells: str) -> list[object]:
    sheet = openpyxl.load_workbook(BytesIO(form.data))["月报"]
    return [sheet[cell].value for cell in cells]


def package(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def filled(demo) -> FilledForm:
    """A form without anything in it, filled."""
    return filled_form(demo, "月报.xlsx", superior(), NOVEMBER)


def test_cells_are_filled_in_the_unit_of_the_form(filled):
    """4,909 户 and 3,862 of last year; 37.7663 万元 are 377,663 元; an indicator that is no measure is filled with its printed digits."""
    assert values(filled, "D4", "E4", "D5", "E5", "D6", "D7") == [4909, 3862, 377663, 312048, 33, 97.8]
    assert next((str(cell.place), cell.name, cell.value) for cell in filled.filled) == ("月报!D4", "新登记市场主体 本年累计", "4909")


def test_what_is_not_filled_is_listed_with_the_reason(filled):
    """Two measures end in 合格批次, and one name is nobody's."""
    assert [(str(cell.place), cell.reason.partition("，")[0]) for cell in filled.unfilled] == [
        ("月报!B8", "「合格批次」认不准是哪一项"),
        ("月报!B9", "「不认识的一项」认不准是哪一项"),
    ]
    assert values(filled, "D8", "D9") == [None, None]


def test_nothing_else_of_the_form_is_touched(filled):
    """Part by part: all but the sheet are the same bytes, but for the order to calculate; of the sheet the filled cells alone differ, their styles do not."""
    before, after = package(superior()), package(filled.data)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    assert after["xl/workbook.xml"].count(b"fullCalcOnLoad") == 1
    sheets = [etree.fromstring(content["xl/worksheets/sheet1.xml"]) for content in (before, after)]
    cells = {cell.place.cell for cell in filled.filled}
    styles: list[dict[str, str]] = []
    for sheet in sheets:
        own = [cell for cell in sheet.iter("{*}c") if cell.get("r") in cells]
        styles.append({cell.get("r"): cell.get("s") for cell in own})
        for cell in own:
            cell.getparent().remove(cell)
    assert styles[0] == styles[1]
    assert etree.tostring(sheets[0], method="c14n") == etree.tostring(sheets[1], method="c14n")


def test_a_cell_that_shows_per_cents_gets_the_fraction(demo):
    """97.8 in a cell of 0.0% would show 9780 %."""
    form = filled_form(demo, "月报.xlsx", superior(percent=True), NOVEMBER)
    assert values(form, "D7") == [0.978]


def test_what_stands_beside_a_figure_is_filled_too(demo):
    """4,909 against 3,862: +27.11 %, 1,047 more; 246 of 300 件 are 82 %."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("月报")
        sheet.write_row("A1", ("指标名称", "计量单位", "本年累计", "同比（%）", "同比增减数", "全年目标", "完成率（%）"))
        sheet.write_row("A2", ("新登记市场主体", "户"))
        sheet.write_row("A3", ("新增商标注册", "件"))
    form = filled_form(demo, "月报.xlsx", buffer.getvalue(), NOVEMBER)
    assert values(form, "C2", "D2", "E2") == [4909, 27.11, 1047]
    assert values(form, "C3", "D3", "E3", "F3", "G3") == [246, -14.29, -41, 300, 82]


def test_what_stands_beside_a_figure_is_in_the_unit_of_its_row(demo):
    """A target of 39.364 万元 is 393,640 元, a growth of 400 万元 0.04 亿元; where no figure tells the unit of the row nothing is written."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("月报")
        sheet.write_row("A1", ("指标名称", "计量单位", "本年累计", "同比增减数", "全年目标"))
        sheet.write_row("A2", ("挽回经济损失", "元"))
        sheet.write_row("A3", ("知识产权质押融资", "亿元"))
        sheet.write_row("A4", ("新增商标注册", "件", 246))
    form = filled_form(demo, "月报.xlsx", buffer.getvalue(), NOVEMBER)
    assert values(form, "C2", "D2", "E2", "C3", "D3", "E3") == [377663, 65615, 393640, 0.1, 0.04, 0.1]
    assert values(form, "D4", "E4") == [None, None]
    assert {cell.reason for cell in form.unfilled} == {"这一行没有空着的数，认不准表上的单位"}


def test_a_cell_that_would_read_as_another_figure_is_left(demo):
    """A format that shows 万 of 元: 37.7663 under 万元 would show 0.0, and be read so."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("月报")
        sheet.write_row("A1", ("指标名称", "计量单位", "本年累计"))
        sheet.write_row("A2", ("挽回经济损失", "万元"))
        sheet.write_blank("C2", None, book.add_format({"num_format": '0!.0,"万元"'}))
    form = filled_form(demo, "月报.xlsx", buffer.getvalue(), NOVEMBER)
    assert values(form, "C2") == [None]
    assert form.unfilled[0].reason.startswith("写进去会读成")


def test_what_stands_there_is_kept_unless_it_is_to_be_replaced(demo):
    """A number of last month in D4; a formula is never written over."""
    data = superior({"D4": 4500})
    kept, replaced = (filled_form(demo, "月报.xlsx", data, NOVEMBER, replace=replace) for replace in (False, True))
    assert (values(kept, "D4"), values(replaced, "D4")) == ([4500], [4909])
    assert "已写有「4500」，没有改动；库中是 4909" in [cell.reason for cell in kept.unfilled]
    assert values(replaced, "F4", "D10") == ['=IF(E4="","",D4/E4-1)', "=SUM(D4:D9)"]


def test_what_is_hidden_stays_hidden_and_what_nobody_reported_is_listed(empty):
    empty.store.commit([accepted("2023-11", "registration", {"market_entities_new": "– 未公开"})])
    form = filled_form(empty, "月报.xlsx", superior(), NOVEMBER)
    assert values(form, "D4", "D5") == ["*", None]
    assert ("月报!D5", "未报") in [(str(cell.place), cell.reason) for cell in form.unfilled]


def test_a_form_of_another_month_is_not_filled(demo):
    """November's figures under a head of October would be false."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("月报")
        sheet.write("A1", "2023年10月")
        sheet.write_row("A2", ("指标名称", "计量单位", "本月数", "本年累计", "同比增减数"))
        sheet.write_row("A3", ("新登记市场主体", "户"))
        sheet.write_row("A4", ("食品抽检合格率", "%"))
    with pytest.raises(WorkbookError, match="表上写的是 2023 年 10 月，要填的是 2023 年 11 月，没有填"):
        filled_form(demo, "月报.xlsx", buffer.getvalue(), NOVEMBER)
    form = filled_form(demo, "月报.xlsx", buffer.getvalue(), Month(2023, 10))
    assert len(form.filled) > 2
    assert not any(cell.value.endswith("000") for cell in form.filled)


def test_a_file_that_is_no_xlsx_or_names_nothing_of_ours_is_refused(demo):
    for name, data, words in (
        ("月报.csv", "指标名称,本年累计\n新登记市场主体,\n".encode(), r"「月报\.csv」：不是 \.xlsx 文件"),
        ("空表.xlsx", b"", "「空表.xlsx」：文件是空的"),
        ("带密码.xlsx", COMPOUND + "EncryptedPackage".encode("utf-16-le"), "「带密码.xlsx」：打开要密码，填不了；请用 Excel 或 WPS 打开，去掉打开密码"),
    ):
        with pytest.raises(WorkbookError, match=words):
            filled_form(demo, name, data, NOVEMBER)
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate((("指标名称", "计量单位", "本年累计"), ("桥梁", "座", None), ("道路", "公里", None))):
            sheet.write_row(row, 0, cells)
    with pytest.raises(WorkbookError):
        filled_form(demo, "别的.xlsx", buffer.getvalue(), NOVEMBER)


def test_a_last_year_with_holes_is_no_figure(empty):
    """Of last year February is not on file: the sum of the other months is no 上年同期累计."""
    months = [f"{year}-{month:02}" for year in (2022, 2023) for month in range(1, 12) if (year, month) != (2022, 2)]
    empty.store.commit([accepted(month, "registration", {"market_entities_new": "40"}) for month in months])
    form = filled_form(empty, "月报.xlsx", superior(), NOVEMBER)
    assert values(form, "D4", "E4") == [440, None]
    assert next(cell.reason for cell in form.unfilled if cell.place.cell == "E4") == "上年同期的数不全，没有填"


def test_months_beside_each_other_are_filled_up_to_the_month(demo):
    """377 new entities in November, of October what the board has; December is not over; a title of cumulative figures is no month's."""
    form = filled_form(demo, "月报.xlsx", by_months("2023年分月情况"), NOVEMBER)
    shown = openpyxl.load_workbook(BytesIO(form.data))["分月"]
    assert [shown[cell].value for cell in ("M3", "N3", "M4")] == [377, None, None]
    assert shown["L3"].value == demo_month(demo, Month(2023, 10), "market_entities_new")
    assert [(str(cell.place), cell.reason) for cell in form.unfilled] == [("分月!C4:N4", "不是逐月累加的数，没有本月数")]
    with pytest.raises(WorkbookError, match="表里没有找到"):
        filled_form(demo, "月报.xlsx", by_months("2023年各月累计数"), NOVEMBER)


def test_rows_and_cells_that_are_left_are_all_listed(demo):
    """A row that is there twice, a cell merged over two rows, a name that the catalogue writes otherwise, the month of a rate."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("月报")
        sheet.write_row("A1", ("指标名称", "计量单位", "本月数", "本年累计"))
        names = (
            ("新登记市场主体", "户"),
            ("消费者诉求总量", "件"),
            ("食品抽检合格率", "%"),
            ("食品监督抽检检验数", "批次"),
            ("新登记市场主体", "户"),
            ("发展 ODR 企业", "户"),
        )
        for row, cells in enumerate(names, 1):
            sheet.write_row(row, 0, cells)
        sheet.merge_range("C2:C3", "")
    form = filled_form(demo, "月报.xlsx", buffer.getvalue(), NOVEMBER)
    assert values(form, "D2", "D3", "D4") == [4909, 2134, 97.8]
    assert [(str(cell.place), cell.reason.partition("，")[0]) for cell in form.unfilled] == [
        ("月报!C2", "与别的行或列合并在一格里"),
        ("月报!C4", "不是逐月累加的数"),
        ("月报!A5", "「食品监督抽检检验数」认不准是哪一项"),
        ("月报!A6", "「新登记市场主体」在第 2 行和第 6 行各有一行"),
    ]


def test_of_the_lines_of_several_bureaus_the_own_one_is_filled(demo):
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("分单位")
        sheet.write_row("A1", ("单位", "新登记市场主体本年累计", "食品抽检合格率本年累计"))
        for row, name in enumerate(("甲区市场监管局", "区市场监管局"), 1):
            sheet.write(row, 0, name)
    form = filled_form(demo, "分单位.xlsx", buffer.getvalue(), NOVEMBER)
    shown = openpyxl.load_workbook(BytesIO(form.data))["分单位"]
    assert [shown[cell].value for cell in ("B2", "C2", "B3", "C3")] == [None, None, 4909, 97.8]
    assert [str(cell.place) for cell in form.unfilled] == ["分单位!A2"]


def test_each_bureau_below_has_its_own_line(province):
    """98 of 100 in 东湖 and 45 of 50 in 南湖 are 143 of 150 in the city, which stands in its own line; a stranger's is left."""
    for org, tested, passed in (("donghu", 100, 98), ("nanhu", 50, 45)):
        province.store.commit([report(org, "food", "2023-11", food_tested=f"– {tested}", food_passed=f"– {passed}")])
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("分单位")
        sheet.write_row("A1", ("单位", "食品抽检批次本年累计", "食品抽检合格率本年累计"))
        for row, name in enumerate(("东湖", "南湖区市场监管局", "西岭区市场监管局", "江城市市场监管局"), 1):
            sheet.write(row, 0, name)
    form = filled_form(province, "分单位.xlsx", buffer.getvalue(), NOVEMBER, "jiangcheng")
    shown = openpyxl.load_workbook(BytesIO(form.data))["分单位"]
    assert [[shown.cell(row, column).value for column in (2, 3)] for row in (2, 3, 4)] == [[100, 98], [50, 90], [None, None]]
    assert "分单位!A4" in [str(cell.place) for cell in form.unfilled]


def by_months(title: str) -> bytes:
    """A form with a column for each month."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("分月")
        sheet.write("A1", title)
        sheet.write_row("A2", ("指标", "单位", *(f"{month}月" for month in range(1, 13))))
        sheet.write_row("A3", ("新登记市场主体", "户"))
        sheet.write_row("A4", ("食品抽检合格率", "%"))
    return buffer.getvalue()


def demo_month(demo, month: Month, code: str) -> float:
    """What the board has of a month alone."""
    return float(next(row.month.value for row in everything(demo, month) if row.indicator == code))
