"""XML-2003 workbooks: marks and struck-out signs are no digits, whether a font of the cell or of a few signs says so."""

import pytest

from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.number import read_value
from kpi.workbook.sandbox import Parser
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
