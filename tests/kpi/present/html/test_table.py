"""Tables: what is sorted by what, and which columns are drawn."""

from datetime import date
from decimal import Decimal

from selectolax.lexbor import LexborHTMLParser

from kpi.present.html.engine import render
from kpi.present.html.table import MOST_ROWS, Badge, HtmlCell, HtmlColumn, HtmlRow, HtmlTable


def test_cells_sort_by_value_and_words_come_last():
    assert HtmlCell("1,763 批次", Decimal(1763)).sorting == "n1763"
    assert HtmlCell("11 月 23 日", date(2023, 11, 23)).sorting == "d2023-11-23"
    assert HtmlCell("未报").sorting == "w未报"
    assert HtmlCell("差 5 户", Decimal(5), order=0.25).sorting == "n0.25"
    assert HtmlCell("—").sorting == HtmlCell().sorting == ""


def test_a_few_signs_stay_on_their_line_and_sentences_do_not():
    row = {"甲": HtmlCell("食品安全协调科"), "乙": HtmlCell("11 月 30 日", date(2023, 11, 30)), "丙": HtmlCell("照此完不成：12 月需 5 个")}
    drawn = LexborHTMLParser(render("table.html", table=HtmlTable("表", [HtmlColumn("甲"), HtmlColumn("乙"), HtmlColumn("丙", wide=True)], [HtmlRow(row)])))
    assert [(cell.attributes["class"] or "").strip() for cell in drawn.css("td")] == ["k-brief", "k-fixed", ""]
    assert [cell.attributes.get("class") for cell in drawn.css("th")] == [None, None, "k-sentences"]


def test_columns_that_no_row_fills_are_left_out():
    row = HtmlRow({"甲": HtmlCell("1"), "丙": HtmlCell(badges=(Badge("● 达标", "met"),))})
    table = HtmlTable("表", [HtmlColumn("甲", title=True), HtmlColumn("乙"), HtmlColumn("丙")], [row])
    assert [column.head for column in table.filled] == ["甲", "丙"]


def test_a_long_table_draws_its_first_rows_and_says_how_many_there_are():
    rows = [HtmlRow({"甲": HtmlCell(f"第 {number} 行")}) for number in range(1, MOST_ROWS + 2)]
    drawn = LexborHTMLParser(render("table.html", table=HtmlTable("表", [HtmlColumn("甲", title=True)], rows)))
    assert (len(drawn.css("tbody tr")), drawn.css("tbody th")[-1].text().strip()) == (300, "第 300 行")
    assert drawn.css_first("p").text() == "只列前 300 行，共 301 行；要看其余的，请缩小范围，或者导出 Excel。"
    whole = LexborHTMLParser(render("table.html", table=HtmlTable("表", [HtmlColumn("甲", title=True)], rows[:-1])))
    assert (len(whole.css("tbody tr")), whole.css("p")) == (300, [])


def test_the_link_of_a_row_stands_in_its_title_and_the_whole_row_opens_it():
    table = HtmlTable(
        "表",
        [HtmlColumn("甲", title=True), HtmlColumn("乙", numeric=True)],
        [HtmlRow({"甲": HtmlCell("名"), "乙": HtmlCell("5 户", 5)}, link="/?figure=x", chosen=True)],
    )
    row = LexborHTMLParser(render("table.html", table=table)).css_first("tbody tr")
    assert row.css_first("th a").attributes["href"] == "/?figure=x"
    assert "data-open" in row.attributes
    assert row.attributes["aria-current"] == "true"
    assert "k-number" in row.css_first("td").attributes["class"]
