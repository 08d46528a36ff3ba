"""What is kept of a form: its bytes where all of it was read, else a copy with the read cells, at their places and reading the same."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from kpi.catalog import load
from kpi.period import Month
from kpi.workbook.forms.left_out import original_not_kept
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.report import Column
from kpi.workbook.writing.form_copy import NOTE_SHEET, write_copy
from kpi.workbook.writing.template import Filling, write_template
from tests.kpi.workbook.layouts.drawing import specs, workbook
from tests.kpi.workbook.layouts.test_layouts import catalog_of, told

CATALOG = load.load(load.DEFAULT)
MARCH = Month(2023, 3)
NAME, PHONE = "欧阳试样", "13900139000"


def template(**more) -> bytes:
    return write_template(CATALOG, "food_coordination", MARCH, Filling({("food_samples_taken", Column.YTD): Decimal(9)}, **more))


def changed(data: bytes, change) -> bytes:
    """A workbook after somebody worked on it, whose program leaves no name."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book, book.worksheets[0])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(parser, data: bytes, name: str = "表.xlsx", catalog=CATALOG, **said):
    book = parser.read(data, name)
    return read_reports(book.sheets, catalog, outside=book.outside, **said)


def kept(parser, data: bytes, name: str = "表.xlsx"):
    return read(parser, data, name)[0].kept


@pytest.mark.parametrize("data", [template(), template(reporter="统计岗"), template(remarks={"food_samples_taken": "含快检"})])
def test_the_filled_template_is_kept_as_it_is(parser, data):
    """Every cell of it was read, or is one of our own; who filled it in is on record with it."""
    assert kept(parser, data).whole


def test_the_template_of_another_month_is_ours_as_well(parser):
    """The prompts name the days of the month; nobody's name is in them."""
    assert kept(parser, write_template(CATALOG, "consumer", Month(2024, 2), Filling({("complaints_12315", Column.YTD): Decimal(9)}))).whole


def test_a_text_file_that_was_read_through_is_kept_as_it_is(parser):
    lines = "食品安全协调科2023年3月报表\n数据项,计量单位,本月数,本年累计\n食品监督抽检批次,批次,3,9\n"
    assert kept(parser, lines.encode(), "表.csv").whole
    assert not kept(parser, f"{lines},,,,{NAME}\n".encode(), "表.csv").whole


def persons(book, sheet) -> None:
    other = book.create_sheet("投诉人")
    other.append(["投诉人", "电话"])
    other.append([NAME, PHONE])


def hidden(book, sheet) -> None:
    persons(book, sheet)
    book["投诉人"].sheet_state = "hidden"


def very_hidden(book, sheet) -> None:
    persons(book, sheet)
    book["投诉人"].sheet_state = "veryHidden"


def column(book, sheet) -> None:
    sheet["K4"], sheet["K14"] = "联系人", NAME


def number(book, sheet) -> None:
    sheet["K4"], sheet["K14"] = "联系电话", int(PHONE)


def below(book, sheet) -> None:
    sheet["C40"] = NAME


def comment(book, sheet) -> None:
    sheet["C5"].comment = Comment(NAME, NAME)


def footer(book, sheet) -> None:
    sheet.oddFooter.left.text = NAME


def creator(book, sheet) -> None:
    book.properties.creator = NAME


def last_saved_by(book, sheet) -> None:
    book.properties.lastModifiedBy = NAME


def keywords(book, sheet) -> None:
    book.properties.keywords = NAME


def named(book, sheet) -> None:
    book.defined_names["x"] = DefinedName("x", attr_text=f'"{NAME}"')


def in_a_format(book, sheet) -> None:
    sheet["F14"].number_format = f'0"{NAME}"'


def in_a_formula(book, sheet) -> None:
    sheet["F14"] = f'=IF(1,9,"{NAME}")'


def link(book, sheet) -> None:
    sheet["C5"].hyperlink = f"http://example.com/{NAME}"


def name_of_a_style(book, sheet) -> None:
    sheet.sheet_properties.codeName = NAME


def meta(book, sheet) -> None:
    book["_meta"]["C1"] = NAME


def guide(book, sheet) -> None:
    book["填表说明"]["D3"] = NAME


def remark(book, sheet) -> None:
    sheet["I14"] = f"致电{PHONE}"


def remark_in_digits(book, sheet) -> None:
    sheet["I14"] = int(PHONE)


def heading(book, sheet) -> None:
    sheet["H2"] = f"联系人：{NAME}"


CHANGES = (
    *(persons, hidden, very_hidden, column, number, below, comment, footer, creator, last_saved_by, keywords, named),
    *(in_a_format, in_a_formula, link, name_of_a_style, meta, guide, remark, remark_in_digits, heading),
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_form_with_somebody_in_it_is_kept_as_a_copy_without_them(parser, change):
    """Wherever a workbook has room for a name or a telephone: none of its parts has them, and the figures read the same."""
    [before] = read(parser, changed(template(), change))
    assert before.kept is not None
    assert not before.kept.whole

    copy = write_copy(before.kept)

    with zipfile.ZipFile(io.BytesIO(copy)) as container:
        every = b"".join(map(container.read, container.namelist()))
    assert NAME.encode() not in every
    assert PHONE.encode() not in every
    [after] = read(parser, copy, office="food_coordination")
    assert after.period == MARCH
    assert figures([after]) == figures([before])
    assert openpyxl.load_workbook(io.BytesIO(copy)).sheetnames[-1] == NOTE_SHEET


def figures(reports):
    return {
        (report.office, report.period, reading.measure, reading.column): (reading.value, str(reading.place))
        for report in reports
        for reading in report.readings
        if reading.value.number is not None
    }


def test_every_figure_of_every_drawn_sheet_stands_in_its_copy(parser):
    """From each figure the way leads to its cell, also in a copy; and the same cells give the same bytes."""
    for spec in specs():
        reports = read(parser, workbook(spec), catalog=catalog_of(spec), **told(spec))
        own = reports[0].kept
        if own.whole or not figures(reports):
            continue
        copy = write_copy(own)
        assert copy == write_copy(replace(own))
        book = openpyxl.load_workbook(io.BytesIO(copy))
        for _, place in figures(reports).values():
            sheet, _, cell = place.replace("'", "").rpartition("!")
            assert book[sheet][cell].value is not None, (spec.name, place)


def test_the_names_of_the_rows_stay_under_a_line_about_persons(parser):
    """联系人 over 数据项 with no line between them is taken for a heading of its column."""
    book = openpyxl.Workbook()
    for line in (["消保科2023年3月统计表"], ["联系人", NAME, "电话", PHONE], ["数据项", "本月数", "本年累计", "备注"], ["12315 平台投诉", 5, 50]):
        book.active.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    [report] = read(parser, buffer.getvalue())
    [again] = read(parser, write_copy(report.kept))
    assert [(one.measure, one.value) for one in again.readings] == [(one.measure, one.value) for one in report.readings] != []


def test_a_stranger_to_the_copy_sees_what_was_left_out(parser):
    copy = write_copy(kept(parser, changed(template(), persons)))

    note = openpyxl.load_workbook(io.BytesIO(copy))[NOTE_SHEET]
    assert note["A1"].value == "这是留存副本，不是上传的原件：只有读取了的单元格，位置与原件相同。"
    assert note["A3"].value == "另有 1 张工作表没有保留。"


_ROWS = (
    ["填报人", NAME, "审核人", NAME],
    ["负责人", NAME, "填表日期", "2023年4月5日"],
    ["填报科室", "食品安全协调科", "联系电话", PHONE],
    ["单位负责人（签字）", "王月", "科长", NAME],
    [f"填报人：{NAME}", f"审核人：{NAME}"],
)


@pytest.mark.parametrize("line", _ROWS)
@pytest.mark.parametrize("at", [1, 3])
def test_a_line_of_labels_over_or_under_a_table_is_no_part_of_it(parser, line, at):
    """The form is read as without it, and nobody in it is kept."""
    book = openpyxl.Workbook()
    rows = [["食品安全协调科2023年3月报表"], ["数据项", "计量单位", "本月数", "本年累计"], ["食品监督抽检批次", "批次", 3, 9]]
    for row in (*rows[:at], line, *rows[at:]):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)

    [report] = read(parser, buffer.getvalue())

    assert {(one.measure, one.column): one.value.number for one in report.readings if one.value.number is not None} == {
        ("food_samples_taken", Column.MONTH): 3,
        ("food_samples_taken", Column.YTD): 9,
    }
    assert {finding.code for finding in report.findings} <= {"missing-row", "personal-data"}
    assert report.questions == ()
    kept_texts = " ".join(cell.text for sheet in report.kept.sheets for cell in sheet.cells.values())
    assert not report.kept.whole
    assert NAME not in kept_texts
    assert "王月" not in kept_texts
    assert PHONE not in kept_texts


def test_a_target_beside_the_figures_stays_what_it_is(parser):
    """13,900,139,000 under 全年目标 is a number by its column, though a telephone could be written so."""
    book = openpyxl.Workbook()
    for row in (
        ["食品安全协调科2023年3月报表"],
        ["数据项", "计量单位", "全年目标", "本年累计", "联系电话"],
        ["食品监督抽检批次", "批次", 13900139000, 9, 13900139000],
    ):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)

    [report] = read(parser, buffer.getvalue())

    cells = report.kept.sheets[0].cells
    assert cells[2, 2].text == PHONE
    assert (2, 4) not in cells


def test_a_row_that_counts_by_a_channel_is_no_line_of_the_form(parser):
    """电话 before 120 may be how many came by it: it is asked about, and not passed over."""
    book = openpyxl.Workbook()
    for row in (["食品安全协调科2023年3月报表"], ["数据项", "本年累计"], ["食品监督抽检批次", 9], ["电话", 120]):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)

    [report] = read(parser, buffer.getvalue())

    assert [question.seen for question in report.questions] == ["电话"]


def test_who_signs_in_a_remark_is_not_in_what_was_read_either(parser):
    """The words beside a figure are kept with it: 填报人：欧阳试样 is as little in them as in the copy of the form."""
    lines = f"食品安全协调科2023年3月报表\n数据项,计量单位,本月数,本年累计,备注\n食品监督抽检批次,批次,3,9,填报人：{NAME}\n"
    [report] = read(parser, lines.encode(), "表.csv")
    assert report.remarks == {"food_samples_taken": "填报人：〔姓名〕"}


def hint(parser, change) -> list[str]:
    return [finding.seen for finding in original_not_kept(read(parser, changed(template(), change)))]


@pytest.mark.parametrize("change", [lambda book, sheet: None, creator, last_saved_by, keywords])
def test_nothing_is_said_of_what_a_program_or_the_properties_of_the_file_say(parser, change):
    """Nothing that anybody has put there is missing in the copy."""
    assert hint(parser, change) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [(comment, "批注"), (footer, "页眉页脚"), (named, "自定义名称"), (in_a_format, "数字格式里的文字")],
)
def test_the_note_names_what_was_there_and_nothing_else(parser, change, what):
    assert hint(parser, change) == [f"原件不会照原样保留，入库后只有留存副本；不在其中的：{what}"]
