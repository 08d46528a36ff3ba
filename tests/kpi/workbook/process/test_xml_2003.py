"""XML-2003 workbooks: marks and struck-out signs are no digits, whether a font of the cell or of a few signs says so."""

import re

import pytest

from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.number import read_value
from kpi.workbook.process.parser import Parser
from kpi.workbook.signs import struck

STYLES = (
    '<Styles><Style ss:ID="Default"/><Style ss:ID="s1"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="s2" ss:Parent="s1"/>'
    '<Style ss:ID="s3" ss:Parent="s1"><Font ss:StrikeThrough="0"/></Style><Style ss:ID="s4"><NumberFormat ss:Format="Percent"/></Style>'
    '<Style ss:ID="s5" ss:Parent="s4"><Font ss:Bold="1"/></Style><Style ss:ID="s6"><Font ss:VerticalAlign="Superscript"/></Style></Styles>'
)


def cell(parser: Parser, data: str, *, style: str = "", kind: str = "String") -> Cell:
    """The one cell of a workbook; ``data`` may hold the tags of HTML."""
    named = f' ss:StyleID="{style}"' * bool(style)
    inner = f'<ss:Data ss:Type="{kind}" xmlns="http://www.w3.org/TR/REC-html40">{data}</ss:Data>'
    book = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
        f' xmlns:html="http://www.w3.org/TR/REC-html40">{STYLES}<Worksheet ss:Name="表"><Table><Row><Cell{named}>{inner}</Cell></Row></Table>'
        "</Worksheet></Workbook>"
    )
    [sheet] = parser.parse(book.encode(), "表.xls")
    return sheet.cell(0, 0)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("12<Sup>3</Sup>", "12³"),
        ("12<Sub>3</Sub>", "12₃"),
        ('<B>12</B><Font html:Size="8"><Sup>①</Sup></Font>', "12①"),
        ("<S>12</S>13", f"{struck('12')}13"),
        ("<Del>12</Del>13", f"{struck('12')}13"),
        ('1<Font html:Color="#FF0000"><S>9</S></Font>2', f"1{struck('9')}2"),
        ("<B>1</B>2<I>3</I>", "123"),
        ("<Sup>12</Sup>", "12"),
        ("12<Sup> </Sup>", "12 "),
    ],
)
def test_runs_that_are_raised_or_struck_out_are_no_digits(parser: Parser, data: str, text: str):
    """12 with a mark 3 is not 123; all raised alike, or merely bold, is a number."""
    assert cell(parser, data) == Cell(CellKind.TEXT, text)


@pytest.mark.parametrize("kind", ["String", "Number"])
@pytest.mark.parametrize("style", ["s1", "s2"])
def test_a_cell_struck_out_by_its_style_is_no_figure(parser: Parser, kind: str, style: str):
    """Its own style may say so, or the one that it is made from."""
    found = cell(parser, "12", style=style, kind=kind)

    assert found == Cell(CellKind.TEXT, struck("12"))
    with pytest.raises(ValueError, match="划掉"):
        read_value(found.text, "件")


def test_a_style_may_take_back_what_its_parent_says(parser: Parser):
    """A font of its own that is not struck out; a number format is taken over."""
    assert cell(parser, "12", style="s3", kind="Number") == Cell(CellKind.NUMBER, "12")
    assert cell(parser, "0.978", style="s5", kind="Number") == Cell(CellKind.NUMBER, "97.8%")
    assert cell(parser, "12", style="s6", kind="Number") == Cell(CellKind.NUMBER, "12")


# ── styles of rows and columns ──

FORMATS = (
    '<Styles><Style ss:ID="Default"/><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
    '<Style ss:ID="w"><NumberFormat ss:Format="0!.0,&quot;万元&quot;"/></Style><Style ss:ID="g"><NumberFormat ss:Format="General"/></Style>'
    '<Style ss:ID="t"><NumberFormat ss:Format="@&quot;亿元&quot;"/></Style><Style ss:ID="x"><Font ss:StrikeThrough="1"/></Style></Styles>'
)


def sheet(parser: Parser, table: str, *, styles: str = FORMATS) -> Sheet:
    """The sheet of a workbook; the numbers of ``table`` are written N:0.5 and its texts S:5."""
    for kind, name in (("N", "Number"), ("S", "String")):
        table = re.sub(rf"{kind}:([^<]+)", rf'<Data ss:Type="{name}">\1</Data>', table)
    book = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'{styles}<Worksheet ss:Name="表">{table}</Worksheet></Workbook>'
    )
    [found] = parser.parse(book.encode(), "表.xls")
    return found


def test_a_cell_without_a_style_has_that_of_its_row_else_of_its_column(parser: Parser):
    """0.5 under a percentage format is 50%, 15000 is 1.5万元 and the text 5 is 5亿元, wherever the format is said; the nearest counts."""
    found = sheet(
        parser,
        '<Table><Column/><Column ss:StyleID="p" ss:Span="1"/><Column ss:StyleID="w"/><Column ss:Index="7" ss:StyleID="t"/>'
        '<Row><Cell>N:0.5</Cell><Cell>N:0.5</Cell><Cell>N:0.5</Cell><Cell>N:15000</Cell><Cell>N:15000</Cell><Cell ss:Index="7">S:5</Cell></Row>'
        '<Row ss:StyleID="w"><Cell>N:15000</Cell><Cell>N:15000</Cell><Cell ss:StyleID="g">N:0.5</Cell></Row>'
        '<Row ss:Index="5" ss:StyleID="x"><Cell>N:7</Cell></Row></Table>',
    )
    number = CellKind.NUMBER

    assert [found.cell(0, column) for column in (0, 1, 2, 3, 4, 6)] == [
        Cell(number, "0.5"),
        Cell(number, "50%"),
        Cell(number, "50%"),
        Cell(number, "15000", "1.5万元"),
        Cell(number, "15000"),
        Cell(CellKind.TEXT, "5亿元"),
    ]
    assert [found.cell(1, column) for column in range(3)] == [Cell(number, "15000", "1.5万元"), Cell(number, "15000", "1.5万元"), Cell(number, "0.5")]
    assert found.cell(4, 0) == Cell(CellKind.TEXT, struck("7"))


@pytest.mark.parametrize(
    ("table", "styles"),
    [
        ('<Table ss:StyleID="p"><Row><Cell>N:0.5</Cell></Row></Table>', FORMATS),
        ("<Table><Row><Cell>N:0.5</Cell></Row></Table>", FORMATS.replace('"Default"/>', '"Default"><NumberFormat ss:Format="0%"/></Style>')),
    ],
)
def test_the_style_of_the_table_and_of_all_cells_count_last(parser: Parser, table: str, styles: str):
    assert sheet(parser, table, styles=styles).cell(0, 0) == Cell(CellKind.NUMBER, "50%")


def test_hidden_rows_and_columns_are_told_also_where_some_are_left_out(parser: Parser):
    """Behind ss:Index and ss:Span the counting goes on; what has no height or width is hidden."""
    found = sheet(
        parser,
        '<Table><Column ss:Span="1"/><Column ss:Hidden="1" ss:Span="1"/><Column ss:Index="7" ss:Width="0"/><Column ss:Hidden="1"/>'
        '<Row ss:Index="3" ss:Hidden="1"><Cell>N:1</Cell></Row><Row><Cell>N:2</Cell></Row><Row ss:Height="0"><Cell ss:Index="4">N:3</Cell></Row></Table>',
    )

    assert (found.hidden_columns, found.hidden_rows) == ({2, 3, 6, 7}, {2, 4})
    assert found.cell(4, 3) == Cell(CellKind.NUMBER, "3")


@pytest.mark.parametrize(
    ("name", "shown"), [("Yes/No", "Yes"), ("True/False", "True"), ("On/Off", "On"), ("Euro Currency", "€5"), ("Currency", ""), ("Fixed", "")]
)
def test_a_format_may_have_a_name(parser: Parser, name: str, shown: str):
    """Yes shown for 5 is no 5, and € is not our currency."""
    styles = f'<Styles><Style ss:ID="Default"/><Style ss:ID="n"><NumberFormat ss:Format="{name}"/></Style></Styles>'

    assert sheet(parser, '<Table><Row><Cell ss:StyleID="n">N:5</Cell></Row></Table>', styles=styles).cell(0, 0) == Cell(CellKind.NUMBER, "5", shown)
