"""Web pages saved as .xls: the number Excel would keep, and no figure joined to another."""

import pytest

from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.number import read_value
from kpi.workbook.process.parser import Parser
from kpi.workbook.signs import struck
from tests.kpi.workbook.one_report import read_report


def cells(parser: Parser, page: str) -> dict[int, dict[int, str]]:
    [sheet] = parser.parse(page.encode(), "表.xls")
    return {row: {column: cell.text for column, cell in found.items()} for row, found in sheet.rows.items()}


def test_a_table_in_a_cell_is_a_table_of_its_own(parser: Parser):
    """17 and 63 are not 1763, and what stands behind them keeps its column; the cell says why it holds no figure."""
    page = "<table><tr><td>合格<td><table><tr><td>17<td>63</table><td>5<tr><td>检验<td>80<td>6</table>"
    assert cells(parser, page) == {
        0: {0: "合格", 1: "格内另有表格", 2: "5"},
        1: {0: "检验", 1: "80", 2: "6"},
        3: {0: "17", 1: "63"},
    }


def test_a_table_in_a_table_that_only_lays_out_the_page_is_read(parser: Parser):
    page = "<table><tr><td><table><tr><td>项目<td>累计<tr><td>检验批次<td>1763</table></table>"
    assert cells(parser, page) == {2: {0: "项目", 1: "累计"}, 3: {0: "检验批次", 1: "1763"}}


def test_heads_without_a_row_are_a_row(parser: Parser):
    """As browsers show them."""
    assert cells(parser, "<table><th>项目<th>累计<tr><td>检验批次<td>1763</table>") == {0: {0: "项目", 1: "累计"}, 1: {0: "检验批次", 1: "1763"}}


@pytest.mark.parametrize(
    ("tag", "shown", "expected"),
    [
        ('<td x:num="0.97788">', "97.8%", Cell(CellKind.NUMBER, "97.788%")),
        ("<td x:num=1.5>", "150.0%", Cell(CellKind.NUMBER, "150%")),
        ('<td class=xl1 x:num="0.97788">', "97.8%", Cell(CellKind.NUMBER, "97.788%")),
        ('<td class="xl9 xl1" x:num="0.97788">', "98", Cell(CellKind.NUMBER, "97.788%")),
        ("<td x:num=97.8 style='mso-number-format:\"0\\.0\\0022%\\0022\"'>", "97.8%", Cell(CellKind.NUMBER, "97.8", "97.8%")),
        ('<td x:num="97.8">', "97.8%", Cell(CellKind.NUMBER, "97.8", "97.8%")),
        ('<td x:num="12345.678">', "12,346", Cell(CellKind.NUMBER, "12345.678")),
        ("<td x:num>", "163", Cell(CellKind.NUMBER, "163")),
        ("<td x:num=45255 style='mso-number-format:\"yyyy\\0022年\\0022m\\0022月\\0022\"'>", "2023年11月", Cell(CellKind.DATE, "2023-11-25")),
        ("<td x:num=45255>", "某日", Cell(CellKind.TEXT, "某日")),
        ('<td x:str="0012">', "0012", Cell(CellKind.TEXT, "0012")),
        ('<td x:err="#DIV/0!">', "#DIV/0!", Cell(CellKind.ERROR, "#DIV/0!")),
        ('<td x:num="">', "在检", Cell(CellKind.TEXT, "在检")),
    ],
)
def test_the_number_excel_keeps_is_read_with_its_format(parser: Parser, tag: str, shown: str, expected: Cell):
    """97.788 % does not meet 97.8 %, whatever is printed."""
    style = '<style>.xl1 {color:red; mso-number-format:"0\\.0%";} .xl9 {color:blue}</style>'
    [sheet] = parser.parse(f"<html><head>{style}</head><table><tr>{tag}{shown}</td></tr></table>".encode(), "表.xls")
    assert sheet.cell(0, 0) == expected


def test_what_a_page_hides_and_does_not_show(parser: Parser):
    page = (
        "<table><col><col span=2 style='display:none'><tr hidden><td>1<script>2</script><!-- 3 --><style>4</style>"
        "<tr style='display: none'><td>5<tr><td>6</table>"
    )
    [sheet] = parser.parse(page.encode(), "表.xls")
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({0, 1}, {1, 2})
    assert [sheet.cell(row, 0).text for row in range(3)] == ["1", "5", "6"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12<sup>3</sup>", "12³"),
        ("12<sub>3</sub>", "12₃"),
        ("12<span style='vertical-align: super'>3</span>", "12³"),
        ("12<font class=note>3</font>", "12³"),
        ("<sup>12</sup>", "12"),
    ],
)
def test_a_raised_digit_is_no_part_of_the_number(parser: Parser, cell: str, expected: str):
    """12³ is twelve with a footnote mark, never 123; where all is raised alike none is."""
    page = f"<style><!--\n.note\n{{font-size:8pt; vertical-align:super}} td {{vertical-align:bottom}}--></style><table><tr><td>{cell}</table>"
    assert cells(parser, page)[0][0] == expected


@pytest.mark.parametrize(
    ("row", "out", "left"),
    [
        ("<td><del>12</del>13", "12", "13"),
        ("<td><s>12</s>13", "12", "13"),
        ("<td><strike>12</strike><ins>13</ins>", "12", "13"),
        ("<td><span style='TEXT-DECORATION:underline line-through'>12</span>13", "12", "13"),
        ("<td><b class='x out'>12</b>13", "12", "13"),
        ("<td class=out>12", "12", ""),
        ("<td class=out x:num=12>12", "12", ""),
        ("<td style='text-decoration-line: line-through'>12", "12", ""),
        ("<td x:num=1213><del>12</del>13", "12", "13"),
    ],
)
@pytest.mark.parametrize("struck_row", [False, True])
def test_what_is_struck_out_is_no_number(parser: Parser, row: str, out: str, left: str, *, struck_row: bool):
    """It is refused at its cell: nobody can tell which figure counts."""
    page = f"<style>.out{{color:red;text-decoration:line-through}}</style><table><tr{' class=out' * struck_row}>{row}</table>"
    text = cells(parser, page)[0][0]
    assert text == struck(out) + (struck(left) if struck_row else left)
    with pytest.raises(ValueError, match="划掉"):
        read_value(text, "件")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12<span style='display:none'>3</span>", "12"),
        ("12<span style='DISPLAY : NONE !important'>3</span>", "12"),
        ("12<span class=gone>3</span>", "12"),
        ("12<span class=gone><b>3</b></span>", "12"),
        ("12<span hidden>3</span>", "12"),
        ("12<span style='visibility:hidden'>3</span>", "12"),
        ("<span style='visibility:hidden'>3<b style='visibility:visible'>12</b></span>", "12"),
        ("12<span style='mso-hide:all'>3</span>", "12"),
        ("12<span style='font-size:0'>3</span>", "12"),
        ("12<i>3</i>", "12"),
        ("12<b title=x>3</b>", "12"),
        ("12<span class=paper>3</span>", "123"),
        ("<select><option>3<option selected>12</select>", "12"),
        ("12<ruby><rt>3</rt></ruby>", "12"),
        ("<div>12</div>3", "12 3"),
        ("12<h4>3</h4>", "12 3"),
        ("<span style='display:block'>12</span>3", "12 3"),
    ],
)
def test_what_is_hidden_in_a_cell_is_no_part_of_it(parser: Parser, cell: str, expected: str):
    """A figure is what the page shows on a screen, line by line."""
    page = (
        f"<style>/* .x{{}} */ .gone{{display:none}} i::before, table td > i, b[title] {{display:none}} "
        f"td:hover, u:bogus {{display:none}} @media print {{.paper {{display:none}}}}</style><table><tr><td>{cell}<td>5</table>"
    )
    assert cells(parser, page) == {0: {0: expected, 1: "5"}}


def test_a_cell_that_is_hidden(parser: Parser):
    """One that is not there leaves its place to the next, one that only cannot be seen keeps it, and a hidden column is a column."""
    page = "<table><tr><td style='display:none'>1<td>2<td style='visibility:hidden' x:num=3>3<td>4</table>"
    assert cells(parser, page) == {0: {0: "2", 2: "4"}}
    page = "<style>.gone{display:none}</style><table><col><col class=gone><tr><td>1<td class=gone>2<td>3<tr class=gone><td>4<td>5<td>6</table>"
    [sheet] = parser.parse(page.encode(), "表.xls")
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1}, {1})
    assert [sheet.cell(0, column).text for column in range(3)] == ["1", "2", "3"]


def test_text_above_a_table_is_its_title(parser: Parser):
    """Line by line, as a caption is; what is hidden or in the head of the page is none."""
    page = (
        "<html><head><title>导出</title></head><body><h3>2022<b>年度</b></h3><p hidden>2021年度</p><div>单位：万元<br>表一</div>"
        "<table><caption>情况表</caption><tr><td>项目<td>累计<tr><td>检验批次<td>1763</table>注：快报<h3>2023年度</h3><table><tr><td>6</table>"
    )
    assert cells(parser, page) == {
        0: {0: "2022年度"},
        1: {0: "单位：万元"},
        2: {0: "表一"},
        3: {0: "情况表"},
        4: {0: "项目", 1: "累计"},
        5: {0: "检验批次", 1: "1763"},
        7: {0: "注：快报"},
        8: {0: "2023年度"},
        9: {0: "6"},
    }


def test_a_hidden_table_is_hidden_rows(parser: Parser):
    page = "<div style='display:none'><table><tr><td>5</table></div><table><tr><td>6</table>"
    [sheet] = parser.parse(page.encode(), "表.xls")
    assert sheet.hidden_rows == {0}
    assert (sheet.cell(0, 0).text, sheet.cell(2, 0).text) == ("5", "6")


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("<input value=12>", "输入框「12」"),
        ('<input type="number" value=" 12 " readonly>件', "输入框「12」件"),
        ("<textarea>12</textarea>", "输入框「12」"),
        ("1<input value=2>", "1输入框「2」"),
        ("<input type=hidden value=7>12", "12"),
        ("<input type=checkbox value=7>12", "12"),
        ("<input value=''>12", "12"),
        ("<span style='display:none'><input value=7></span>12", "12"),
        ("<select><option>11<option selected>12</select>", "12"),
    ],
)
def test_a_figure_in_a_field_of_a_form_is_no_blank_and_no_figure(parser: Parser, field: str, shown: str):
    """What was typed is not saved with the page: 12 may be what it began with, and is refused with its place."""
    assert cells(parser, f"<table><tr><td>检验<td>{field}</table>") == {0: {0: "检验", 1: shown}}


@pytest.mark.parametrize(
    "style",
    [
        "opacity:0",
        "opacity: 0.0",
        "color:transparent",
        "color:rgba(0, 0, 0, 0)",
        "position:absolute;left:-9999px",
        "display:inline-block;text-indent:-999em",
        "position:absolute;clip:rect(0,0,0,0)",
        "clip-path:inset(50%)",
    ],
)
def test_what_is_seen_through_or_out_of_sight_is_no_part_of_a_number(parser: Parser, style: str):
    """Nobody sees the 2 of 12."""
    assert cells(parser, f"<table><tr><td>检验<td>1<span style='{style}'>2</span></table>") == {0: {0: "检验", 1: "1"}}
    assert cells(parser, "<table><tr><td>检验<td>1<span style='opacity:0.5;color:#ffffff'>2</span></table>") == {0: {0: "检验", 1: "12"}}


@pytest.mark.parametrize("inner", ["<bdo dir=rtl>12</bdo>", "<span style='unicode-bidi:bidi-override;direction:rtl'>12</span>", "<bdo dir=RTL><b>12</b></bdo>"])
def test_a_number_that_is_shown_backwards_is_refused_by_its_name(parser: Parser, inner: str):
    """12 looks like 21."""
    [(_, row)] = cells(parser, f"<table><tr><td>检验<td>{inner}</table>").items()

    with pytest.raises(ValueError, match=r"U\+202E"):
        read_value(row[1], "件")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<img src=5.png>", "图片"),
        ("<a><img src=5.png alt=5></a>", "图片「5」"),
        ("<svg><text>5</text></svg>", "图片"),
        ("<canvas>5</canvas>", "图片"),
        ("<meter value=5 max=10>5</meter>", "进度条「5」"),
        ("<progress value=0.5>50%</progress>", "进度条「0.5」"),
        ("<object data=x>5</object>", "嵌入的内容"),
        ("<iframe src=x></iframe>", "嵌入的内容"),
        ("<input type=checkbox checked>", "选框「已选」"),
        ("<input type=submit value=5>", "按钮「5」"),
        ("<input type=range value=5>", "滑块「5」"),
        ("<input type=password value=5>", "密码框"),
        ("<select><option>4<option>5</select>", "下拉框「4」"),
        ("<select multiple><option selected>4<option selected>5</select>", "4 5"),
    ],
)
def test_a_cell_that_shows_something_else_than_text_is_no_blank_one(parser: Parser, cell: str, text: str):
    """A picture, a bar or a field may show a figure; the cell says so in words that are none."""
    page = f"<table><tr><td>检验批次<td>批次<td>{cell}<td>后</table>"

    assert cells(parser, page) == {0: {0: "检验批次", 1: "批次", 2: text, 3: "后"}}
    with pytest.raises(ValueError, match="请"):
        read_value(text, "批次")


@pytest.mark.parametrize(
    "cell",
    [
        "<img src=x hidden>",
        "<img src=x style='display:none'>",
        "<img src=x width=1 height=1>",
        "<input>",
        "<input type=hidden value=5>",
        "<br>",
        "<select></select>",
    ],
)
def test_what_shows_nothing_leaves_a_cell_blank(parser: Parser, cell: str):
    """A hidden picture, one that only keeps a distance, an empty field."""
    assert cells(parser, f"<table><tr><td>检验批次<td>{cell}<td>后</table>") == {0: {0: "检验批次", 2: "后"}}


@pytest.mark.parametrize("cell", ["<img src=up.gif>5", "5 <progress value=5 max=10>五</progress>", "5<svg><text>6</text></svg>"])
def test_a_picture_or_a_bar_beside_a_figure_is_no_part_of_it(parser: Parser, cell: str):
    assert cells(parser, f"<table><tr><td>检验批次<td>{cell}</table>") == {0: {0: "检验批次", 1: "5"}}


def test_a_picture_in_the_place_of_a_figure_is_a_finding_at_its_cell(parser: Parser, catalog):
    """Refused with the cell, never 未报."""
    page = "<table><tr><td>数据项<td>单位<td>本年累计<tr><td>检验批次<td>批次<td><img src=x><tr><td>合格批次<td>批次<td>5</table>"
    report = read_report(parser.parse(page.encode(), "表.xls"), catalog, office="food", period=Month(2023, 11))

    assert [(f.code, f.place.cell) for f in report.findings if f.severity is Severity.BLOCK] == [("not-a-number", "C2")]
    assert "「图片」" in next(f.seen for f in report.findings if f.code == "not-a-number")
