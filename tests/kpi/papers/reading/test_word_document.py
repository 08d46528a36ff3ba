"""What a Word file says, letter by letter: each row is one thing that libraries leave out, give twice or join to a figure."""

import pytest

from kpi.papers.paper import PaperPart, Passage, TablePlace
from kpi.papers.reading.word_document import WordReader
from tests.kpi.papers.word_files import cell, field, package, paragraph, row, run, table, text_box, word_file

DELETED = '<w:del w:id="1" w:author="a">{}</w:del>'
INSERTED = '<w:ins w:id="2" w:author="a">{}</w:ins>'


def passages(data: bytes) -> tuple[Passage, ...]:
    return WordReader(data, "总结.docx").document().passages


def texts(body: str) -> list[str]:
    return [passage.text for passage in passages(word_file(body))]


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["截至", f'<w:smartTag w:uri="u" w:element="chsdate">{run("11月20日")}</w:smartTag>', "抽检"], "截至11月20日抽检"),
        (["抽检", DELETED.format("<w:r><w:delText>1763</w:delText></w:r>"), INSERTED.format(run("1692")), "批次"], "抽检1692批次"),
        (["合计", f'<w:fldSimple w:instr=" =SUM(ABOVE) ">{run("54")}</w:fldSimple>', "批次"], "合计54批次"),
        (["合计", field("=SUM(ABOVE)", "54"), "批次"], "合计54批次"),
        (["第", field("PAGE", "3"), "页"], "第页"),
        (["见", f'<w:hyperlink r:id="r9">{run("附件2")}</w:hyperlink>'], "见附件2"),
        (["共", f"<w:sdt><w:sdtPr/><w:sdtContent>{run('38')}</w:sdtContent></w:sdt>", "张"], "共38张"),
        (["办结", "<w:r><w:t>90</w:t><w:noBreakHyphen/><w:t>100</w:t><w:br/><w:t>件</w:t></w:r>"], "办结90-100\n件"),
        ([f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('shi')}</w:rt><w:rubyBase>{run('食')}</w:rubyBase></w:ruby></w:r>", "品"], "食品"),
        (["按期", '<w:r><w:footnoteReference w:id="1"/></w:r>', "办结1316件"], "按期办结1316件"),
    ],
    ids=["smart tag", "tracked change", "simple field", "complex field", "page number", "link", "content control", "signs", "reading", "note mark"],
)
def test_a_paragraph_says_every_letter_once(pieces: list[str], text: str):
    assert texts(paragraph(*pieces)) == [text]


def test_a_field_inside_the_command_of_another_is_not_shown():
    """{ IF { =7 } = "7" "达标" }: the 7 decides and is not printed."""
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    assert texts(paragraph(begin, "<w:r><w:instrText>IF </w:instrText></w:r>", field("=7", "7"), separate, run("达标"), end)) == ["达标"]


def test_moved_text_stands_where_it_was_moved_to():
    body = paragraph(f'<w:moveFrom w:id="1">{run("受理1316件。")}</w:moveFrom>', "一段。") + paragraph(
        "二段。", f'<w:moveTo w:id="2">{run("受理1316件。")}</w:moveTo>'
    )
    assert texts(body) == ["一段。", "二段。受理1316件。"]


def test_paragraphs_whose_mark_was_deleted_are_one():
    """举报31 and 0件 on two lines are 310件 once the mark between them is gone."""
    gone = '<w:rPr><w:del w:id="3" w:author="a"/></w:rPr>'
    assert texts(paragraph("举报31", looks=gone) + paragraph("0件。") + paragraph("咨询2件。")) == ["举报310件。", "咨询2件。"]


def test_a_row_in_a_content_control_is_a_row():
    body = table(row("合格", "44"), f"<w:sdt><w:sdtContent>{row('不合格', '7')}</w:sdtContent></w:sdt>")
    assert [(each.text, each.place) for each in passages(word_file(body))] == [
        ("合格", "表1第1行第1列"),
        ("44", "表1第1行第2列"),
        ("不合格", "表1第2行第1列"),
        ("7", "表1第2行第2列"),
    ]


def test_a_merged_cell_is_one_at_its_first_place():
    """Over three rows and, in the heading, over two columns; the row that was deleted is none."""
    first, further = (cell("食品" if value else "", properties=f"<w:vMerge{value}/>") for value in (' w:val="restart"', ""))
    gone = row("删除", "1", "2").replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>')
    heading = row(cell("抽检", properties='<w:gridSpan w:val="2"/>'), "件数")
    body = table(heading, row(first, "甲", "1"), row(further, "乙", "2"), gone, row(further, "丙", "3"))
    assert [(each.text, each.cell) for each in passages(word_file(body))] == [
        ("抽检", TablePlace(1, 1, 1, 1, 2)),
        ("件数", TablePlace(1, 1, 3)),
        ("食品", TablePlace(1, 2, 1, 3, 1)),
        ("甲", TablePlace(1, 2, 2)),
        ("1", TablePlace(1, 2, 3)),
        ("乙", TablePlace(1, 3, 2)),
        ("2", TablePlace(1, 3, 3)),
        ("丙", TablePlace(1, 4, 2)),
        ("3", TablePlace(1, 4, 3)),
    ]


def test_a_nested_table_is_entered_behind_its_cell():
    body = table(row(cell("外", table(row("内", "7")), "尾"), "9"))
    assert [(each.text, each.place) for each in passages(word_file(body))] == [
        ("外\n尾", "表1第1行第1列"),
        ("内", "表2第1行第1列"),
        ("7", "表2第1行第2列"),
        ("9", "表1第1行第2列"),
    ]


def test_a_text_box_is_read_once():
    found = passages(word_file(paragraph("正文", text_box("框内38张"))))
    assert [(each.text, each.part, each.place) for each in found] == [("正文", PaperPart.BODY, "正文第1段"), ("框内38张", PaperPart.TEXT_BOX, "文本框1")]


def test_notes_headers_and_footers_are_passages_of_their_own():
    footnotes = f'<w:footnote w:id="0" w:type="separator">{paragraph("分隔")}</w:footnote><w:footnote w:id="1">{paragraph("不含12345平台495件。")}</w:footnote>'
    data = word_file(
        paragraph("受理1316件", '<w:r><w:footnoteReference w:id="1"/></w:r>'),
        footnotes=footnotes,
        header=paragraph("内部资料"),
        footer=paragraph("共", field("NUMPAGES", "9")),
    )
    assert [(each.text, each.place) for each in passages(data)] == [
        ("受理1316件", "正文第1段"),
        ("不含12345平台495件。", "脚注1"),
        ("内部资料", "页眉1"),
        ("共", "页脚1"),
    ]


def test_open_changes_pictures_and_charts_are_named():
    document = WordReader(
        word_file(paragraph("甲", INSERTED.format(run("乙")), DELETED.format("<w:r><w:delText>丙</w:delText></w:r>"), "<w:r><v:imagedata/></w:r>")), "x"
    ).document()
    assert document.notes == (
        "文中有 2 处未接受的修订：新增的算在内，删除的和移走的不算；请先接受或拒绝修订再定稿。",
        "文中有 1 张图片，图片里的字没有读。",
    )


def test_the_strict_form_and_other_names_of_parts_are_read():
    """ISO/IEC 29500 strict has other namespaces; a part may have any name."""
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>合格44批次</w:t></w:r></w:p></w:body></w:document>'
    assert [each.text for each in passages(package({"text/main.xml": body}, main="text/main.xml"))] == ["合格44批次"]


def test_headings_are_known_by_style_and_by_number():
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    )
    body = (
        paragraph("工作情况", looks='<w:pStyle w:val="1"/>')
        + paragraph("细目", looks='<w:pStyle w:val="own"/>')
        + paragraph("（一）抽检")
        + paragraph("抽检1763批次。")
    )
    assert [each.heading for each in passages(word_file(body, styles=styles))] == [1, 3, 2, 0]
