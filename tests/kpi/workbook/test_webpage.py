"""Web pages saved as .xls: the number Excel would keep, and no figure joined to another."""

import pytest

from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.sandbox import Parser


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
