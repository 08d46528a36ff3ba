"""The marked copy, opened again: colours, comments, the list with its links, and all else as it was."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.workbook.process.parser import Parser
from kpi.workbook.report import Column
from kpi.workbook.writing.marked_copy import FINDINGS_SHEET, Foreseen, foreseen, mark
from kpi.workbook.writing.template import Filling, write_template
from tests.kpi.workbook.books import HUGE_STRINGS, LAUGHS, book, packed, parts
from tests.kpi.workbook.one_report import read_report

RED, ORANGE, BLUE = "FFF4B6B6", "FFFFD58A", "FFCFE3F7"
SUM = Finding("parts-do-not-add-up", Severity.CHECK, Place("报表", "C2"), "合格 44 + 不合格 7 = 51，检验批次为 54", "请核对在检批次")
SLIP = Finding("unit-slip", Severity.HINT, Place("报表", "C2"), "约为平常的 10000 倍", "是否按元填写了？")
NEGATIVE = Finding("impossible-value", Severity.BLOCK, Place("报表", "C3"), "合格批次是 -3", "请改正")
WHOLE = Finding("sheet-not-read", Severity.HINT, Place("别的表"), "这张表没有读取", "请另存")


def saved(workbook: Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def report() -> Workbook:
    """A small sheet, a second one, a formula, a number format, a text that only looks like a formula."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "报表"
    for row in (["数据项", "本月数", "本年累计"], ["检验批次", 5, 54], ["合格批次", 2, -3], ["合计", None, "=C2+C3"]):
        sheet.append(row)
    sheet["C2"].number_format = "#,##0.00"
    sheet["A6"].value, sheet["A6"].data_type = "=1+1", "s"
    sheet.merge_cells("A8:C9")
    workbook.create_sheet("别的表")
    return workbook


def marked(data: bytes, *findings: Finding) -> Workbook:
    return load_workbook(io.BytesIO(mark(data, findings)))


def listed(workbook: Workbook) -> list[tuple[object, ...]]:
    return list(workbook[FINDINGS_SHEET].iter_rows(values_only=True))


def test_each_cell_bears_the_colour_of_its_worst_finding_and_a_comment() -> None:
    """需修改 red, 请核对 orange, 提示 blue; the words are in the comment, no code is."""
    copy = marked(saved(report()), SLIP, SUM, NEGATIVE)

    sheet = copy["报表"]
    assert (sheet["C2"].fill.start_color.rgb, sheet["C3"].fill.start_color.rgb, sheet["B2"].fill.fill_type) == (ORANGE, RED, None)
    assert sheet["C2"].comment.text.splitlines() == [
        "—— 核对意见 ——",
        "【请核对】",
        "所见：合格 44 + 不合格 7 = 51，检验批次为 54",
        "怎样改：请核对在检批次",
        "",
        "【提示】",
        "所见：约为平常的 10000 倍",
        "怎样改：是否按元填写了？",
    ]
    assert sheet["C3"].comment.text == "—— 核对意见 ——\n【需修改】\n所见：合格批次是 -3\n怎样改：请改正"


def test_the_list_stands_in_front_and_leads_to_the_cells() -> None:
    """The worst first; a finding about a whole sheet leads to its first cell."""
    copy = marked(saved(report()), WHOLE, SUM, NEGATIVE)

    assert copy.sheetnames == [FINDINGS_SHEET, "报表", "别的表"]
    assert listed(copy) == [
        ("序号", "程度", "位置", "所见", "怎样改"),
        ("1", "需修改", "报表!C3", "合格批次是 -3", "请改正"),
        ("2", "请核对", "报表!C2", "合格 44 + 不合格 7 = 51，检验批次为 54", "请核对在检批次"),
        ("3", "提示", "别的表", "这张表没有读取", "请另存"),
    ]
    assert [copy[FINDINGS_SHEET].cell(row, 3).hyperlink.location for row in (2, 3, 4)] == ["'报表'!C3", "'报表'!C2", "'别的表'!A1"]
    assert copy.active.title == FINDINGS_SHEET
    assert [sheet.sheet_view.tabSelected for sheet in copy.worksheets].count(True) <= 1


def test_everything_else_stays() -> None:
    """Values, formulas, formats, merged areas, and text that only looks like a formula."""
    sheet = marked(saved(report()), SUM)["报表"]

    assert [[cell.value for cell in row] for row in sheet["A1:C4"]] == [
        ["数据项", "本月数", "本年累计"],
        ["检验批次", 5, 54],
        ["合格批次", 2, -3],
        ["合计", None, "=C2+C3"],
    ]
    assert (sheet["C4"].data_type, sheet["A6"].data_type, sheet["A6"].value) == ("f", "s", "=1+1")
    assert sheet["C2"].number_format == "#,##0.00"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A8:C9"]


def test_what_its_owner_wrote_on_a_cell_is_kept() -> None:
    """Above ours; and it stays when the copy comes back and is marked anew."""
    workbook = report()
    workbook["报表"]["C2"].comment = Comment("含复检 3 批次", "王统计")

    first = mark(saved(workbook), [SUM])
    second = mark(first, [])

    comment = load_workbook(io.BytesIO(first))["报表"]["C2"].comment
    assert (comment.text.startswith("含复检 3 批次\n\n—— 核对意见 ——"), comment.author) == (True, "王统计")
    assert load_workbook(io.BytesIO(second))["报表"]["C2"].comment.text == "含复检 3 批次"


def test_marks_of_an_earlier_copy_are_taken_away() -> None:
    """Mended and sent in again, a cell is clean; there is one list, not two."""
    again = load_workbook(io.BytesIO(mark(mark(saved(report()), [SUM, NEGATIVE]), [NEGATIVE])))

    sheet = again["报表"]
    assert (sheet["C2"].fill.fill_type, sheet["C2"].comment) == (None, None)
    assert sheet["C3"].fill.start_color.rgb == RED
    assert sheet["C3"].comment.text.count("核对意见") == 1
    assert again.sheetnames == [FINDINGS_SHEET, "报表", "别的表"]
    assert len(listed(again)) == 2


def test_a_headline_stands_above_the_list_and_goes_with_it() -> None:
    """What became of the file is its first line, as text; a copy that was mended and comes in again loses it with the list."""
    first = mark(saved(report()), [SUM], "=未收：「十一月」")
    book = load_workbook(io.BytesIO(first))
    assert [row[:4] for row in listed(book)] == [
        ("=未收：「十一月」", None, None, None),
        ("序号", "程度", "位置", "所见"),
        ("1", "请核对", "报表!C2", SUM.seen),
    ]
    assert (book[FINDINGS_SHEET]["A1"].data_type, book[FINDINGS_SHEET].freeze_panes) == ("s", "A3")

    again = load_workbook(io.BytesIO(mark(first, [], "已入库")))
    assert again.sheetnames == [FINDINGS_SHEET, "报表", "别的表"]
    assert [row[0] for row in listed(again)] == ["已入库", "序号", None]


def test_a_range_is_coloured_and_commented_once() -> None:
    """B2:C3 and the whole of row 1; in a merged area it is the cell that shows."""
    area = Finding("a", Severity.HINT, Place("报表", "B2:C3"), "见", "改")
    row = Finding("b", Severity.CHECK, Place("报表", "1:1"), "见", "改")
    merged = Finding("c", Severity.CHECK, Place("报表", "B9"), "见", "改")

    sheet = marked(saved(report()), area, row, merged)["报表"]

    assert {cell.coordinate for line in sheet["A1:C9"] for cell in line if cell.fill.fill_type} == {"A1", "B1", "C1", "B2", "C2", "B3", "C3", "A8"}
    assert [cell.coordinate for line in sheet["A1:C9"] for cell in line if cell.comment] == ["A1", "B2", "A8"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_words_never_become_formulas(sign: str) -> None:
    """What an office typed is repeated in a finding and must not calculate there."""
    evil = Finding("a", Severity.CHECK, Place("报表", "C2"), f"{sign}HYPERLINK(1)", f"{sign}1+1")

    for data in (saved(report()), b"no workbook"):
        sheet = marked(data, evil)[FINDINGS_SHEET]
        assert [(sheet.cell(2, column).data_type, sheet.cell(2, column).quotePrefix) for column in (4, 5)] == [("s", True), ("s", True)]
        assert sheet["D2"].value == f"{sign}HYPERLINK(1)"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "数据项,本年累计\n检验批次,54".encode(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
        b"PK\x05\x06" + bytes(18),
        saved(report())[:-60],
        packed(parts("") | {"xl/workbook.xml": LAUGHS}),
        packed(parts("") | {"xl/workbook.xml": "<workbook"}),
        book('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'),
        book("", strings=HUGE_STRINGS) + b"x",
        packed(parts("") | {"xl/worksheets/sheet1.xml": "<worksheet>" + " " * 9 * 2**20 + "</worksheet>"}),
        packed(parts("") | {"xl/worksheets/sheet1.xml": '<worksheet><sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'}),
    ],
    ids=["empty", "csv", "xls", "empty-zip", "torn", "laughs", "broken-xml", "no-string", "huge-strings", "large", "merged"],
)
def test_what_cannot_be_opened_gives_the_list_alone(data: bytes) -> None:
    """Never an exception, never a machine brought down: a new workbook with 核对意见."""
    copy = marked(data, SUM)

    assert FINDINGS_SHEET in copy.sheetnames
    assert listed(copy)[1][2:4] == ("报表!C2", "合格 44 + 不合格 7 = 51，检验批次为 54")


def test_signs_no_workbook_can_hold_are_left_out() -> None:
    """A control character in a cell would make the copy unreadable."""
    strange = Finding("a", Severity.CHECK, Place("报表", "C2"), "写的是\x00「\x0b五\ud800」", "请改正")

    copy = marked(saved(report()), strange)

    assert copy["报表"]["C2"].comment.text.endswith("所见：写的是「五」\n怎样改：请改正")
    assert listed(copy)[1][3] == "写的是「五」"


def test_places_that_are_not_there_are_only_listed() -> None:
    """A file name, an unknown sheet, no sheet at all."""
    findings = [Finding("a", Severity.BLOCK, place, "见", "改") for place in (Place("报表.xlsx"), Place("无此表", "B2"), Place(""))]

    copy = marked(saved(report()), *findings)

    assert [row[2] for row in listed(copy)[1:]] == ["'报表.xlsx'", "无此表!B2", "全表"]
    assert not any(copy[FINDINGS_SHEET].cell(row, 3).hyperlink for row in (2, 3, 4))


def test_without_findings_the_list_says_so() -> None:
    """An empty list is an answer."""
    assert listed(marked(saved(report())))[1][3] == "没有需要核对的问题"


def test_the_marked_fill_in_sheet_still_reads_as_the_report_it_is(catalog: Catalog, parser: Parser) -> None:
    """Our own template: the copy can be mended and sent in, lock, hidden sheet and print setup still there."""
    office, period = next(iter(catalog.offices)), Month(2023, 11)
    [first, *_] = catalog.office_measures(office)
    data = write_template(catalog, office, period, Filling({(first.code, Column.YTD): Decimal(54)}, sheet_as_of=date(2023, 11, 23)))
    [place] = [r.place for r in read_report(parser.parse(data, "a.xlsx"), catalog).readings if r.measure == first.code and r.column is Column.YTD]

    copy = mark(data, [Finding("a", Severity.CHECK, place, "见", "改")], "未收：「十月.xlsx」办公室 2023 年 10 月报表没有入库")

    before, after = (read_report(parser.parse(one, "a.xlsx"), catalog) for one in (data, copy))
    assert (after.office, after.period, after.readings, after.findings) == (office, period, before.readings, before.findings)
    form = load_workbook(io.BytesIO(copy))[place.sheet]
    assert form.protection.sheet
    assert form.print_title_rows == "$4:$4"
    assert form[place.cell].fill.start_color.rgb == ORANGE
    assert zipfile.ZipFile(io.BytesIO(copy)).testzip() is None


def test_a_fill_of_its_owner_is_replaced_only_where_a_finding_stands() -> None:
    """Other colours of the sheet are not ours to touch."""
    workbook = report()
    for cell in ("B2", "C2"):
        workbook["报表"][cell].fill = PatternFill("solid", start_color="FF00FF00")

    sheet = marked(saved(workbook), SLIP)["报表"]

    assert (sheet["B2"].fill.start_color.rgb, sheet["C2"].fill.start_color.rgb) == ("FF00FF00", BLUE)


def charted() -> bytes:
    workbook = report()
    chart = BarChart()
    chart.add_data(Reference(workbook["报表"], min_col=3, min_row=2, max_row=3))
    workbook["报表"].add_chart(chart, "E2")
    return saved(workbook)


def plain_values() -> bytes:
    workbook = Workbook()
    workbook.active.append(["检验批次", 54])
    return saved(workbook)


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (saved(report()), Foreseen(cells=True, formulas=True)),
        (charted(), Foreseen(cells=True, drawings=True, formulas=True)),
        (plain_values(), Foreseen(cells=True)),
        ("数据项,本年累计\n检验批次,54\n".encode(), Foreseen(cells=False)),
        (b"", Foreseen(cells=False)),
        (b"PK\x03\x04 torn", Foreseen(cells=False)),
    ],
    ids=["formulas", "chart", "values", "csv", "empty", "torn"],
)
def test_what_a_copy_will_lose_is_told_before_it_is_made(data: bytes, wanted: Foreseen) -> None:
    """Charts may suffer, formulas come without results, what is no .xlsx is a list alone."""
    assert foreseen(data) == wanted
    copy = load_workbook(io.BytesIO(mark(data, [SUM])), data_only=True)
    assert ("报表" in copy.sheetnames or "Sheet" in copy.sheetnames) == wanted.cells
    if wanted.formulas:
        assert copy["报表"]["C4"].value is None


def test_a_sheet_called_by_a_telephone_is_marked_all_the_same():
    """Findings call it 〔电话〕; the copy, which goes back to its sender, has its own name and the colour at the cell."""
    workbook = report()
    workbook["报表"].title = "报表13900139000"

    finding = Finding("impossible-value", Severity.BLOCK, Place("报表〔电话〕", "C3"), "合格批次是 -3", "请改正")

    book = load_workbook(io.BytesIO(mark(saved(workbook), [finding])))

    assert book["报表13900139000"]["C3"].fill.start_color.rgb == RED
