"""Ledgers and forms with persons in them: in columns, sheets, headings, lines, remarks, comments, properties and names."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from kpi.catalog.model import Catalog
from kpi.filing.intake import Upload
from kpi.period import Month
from kpi.workbook.writing.template import write_template
from tests.privacy.marks import ADDRESSES, CARDS, MOBILES, NAMES, OTHERS, Marks

MARCH = Month(2023, 3)
HEADINGS = ("登记编号", "受理日期", "诉求类型", "来源", "商品或服务类别", "被诉主体代码", "办理结果", "投诉人", "联系电话", "身份证号", "住址")


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ledger(marks: Marks) -> Upload:
    """A ledger with a mark of every shape in its kept text, some in its codes, and a person in every row."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = marks.mobile()
    sheet.append([f"2023年3月12315投诉举报台账（{marks.name(NAMES[0])} {marks.mobile()}）"])
    sheet.append([*HEADINGS, f"商品类别（被诉人姓名{marks.mobile()}）"])
    for row, text in enumerate([*marks.in_every_shape(), int(marks.mobile()), int(marks.card())]):
        person = (marks.name(), int(marks.mobile()), marks.identity(), marks.address())
        sheet.append([f"TS{row:04d}", "2023-03-01", "投诉", "12315", text, f"9162{row:04d}", "调解成功", *person, marks.name()])
    codes = [
        marks.mobile(),
        int(marks.mobile()),
        marks.identity(),
        marks.mobile(MOBILES[1]),
        marks.name(),
        marks.card(),
        marks.other(OTHERS[1]),
        marks.other(OTHERS[0]),
    ]
    for row, code in enumerate(codes):
        sheet.append([code, "2023-03-02", "投诉", "12315", "食品", codes[-1 - row], marks.name(), marks.name(), "", "", marks.address(ADDRESSES[1])])
    sheet.append([f"填表人：{marks.name()}", f"电话：{marks.mobile()}"])
    hidden = book.create_sheet("人员")
    hidden.append(["投诉人", "电话", "住址"])
    hidden.append([marks.name(), marks.mobile(), marks.address()])
    hidden.sheet_state = "veryHidden"
    return Upload(f"投诉台账 {marks.name(NAMES[0])} {marks.mobile()}.xlsx", saved(book))


def form(catalog: Catalog, marks: Marks, office: str = "consumer") -> Upload:
    """The filled template of an office, with persons wherever a workbook has room for them."""
    book = openpyxl.load_workbook(io.BytesIO(write_template(catalog, office, MARCH)))
    sheet = book.worksheets[0]
    texts = marks.in_every_shape()
    last = sheet.max_row
    for row in range(5, last + 1):
        sheet.cell(row, 6).value = 0
        sheet.cell(row, 9).value = next(texts, None) or marks.mobile()
    sheet.cell(5, 9).value = int(marks.mobile())
    sheet.cell(4, 11).value, sheet.cell(4, 12).value = "联系人", "联系电话"
    for row in range(5, 9):
        sheet.cell(row, 11).value, sheet.cell(row, 12).value = marks.name(), int(marks.mobile())
    sheet.cell(2, 8).value = f"{marks.name(NAMES[1])} 电话 {marks.mobile()}"
    sheet.cell(3, 8).value, sheet.cell(3, 9).value = "联系人：", marks.name()
    sheet.cell(last + 1, 3).value = f"不认识的一行（{marks.name(NAMES[4])}{marks.mobile()}）"
    sheet.cell(last + 1, 6).value = 1
    sheet.cell(last + 2, 3).value, sheet.cell(last + 2, 6).value = f"电话 {marks.name()}", int(marks.mobile())
    for row, text in enumerate([*texts, marks.name(), marks.address()], start=last + 4):
        sheet.cell(row, 2).value = text
    sheet.cell(5, 6).comment = Comment(f"问 {marks.name()} {marks.mobile()}", marks.name())
    sheet.oddHeader.left.text = marks.name()
    rule = DataValidation(type="list", formula1=f'"{marks.name()}"', promptTitle="问谁", prompt=marks.mobile())
    rule.add("F6")
    sheet.add_data_validation(rule)
    sheet.column_dimensions["L"].hidden = True
    for title, state in (("投诉人名单", "visible"), (f"名单{marks.mobile()}", "hidden"), ("家庭住址", "veryHidden")):
        persons = book.create_sheet(title)
        persons.sheet_state = state
        persons.append(["投诉人", "电话", "身份证号", "住址", "银行卡号"])
        for _ in range(3):
            persons.append([marks.name(), int(marks.mobile()), marks.identity(), marks.address(), marks.card(CARDS[2])])
    book.defined_names["联系人"] = DefinedName("联系人", attr_text=f'"{marks.name()}"')
    book.properties.creator, book.properties.lastModifiedBy = marks.name(), marks.name()
    book.properties.description = marks.address()
    return Upload(f"月报 {marks.name(NAMES[1])} {marks.mobile(MOBILES[1])}.xlsx", saved(book))


def page(marks: Marks) -> Upload:
    """A form saved as a page, with a table of persons below."""
    rows = "".join(f"<tr><td>{marks.name()}</td><td>{marks.mobile()}</td><td>{marks.address()}</td></tr>" for _ in range(3))
    text = f"""<html><head><title>{marks.name()}</title></head><body><!-- {marks.mobile()} -->
    <table><tr><td>食品安全协调科2023年3月报表</td></tr>
    <tr><td>数据项</td><td>计量单位</td><td>本月数</td><td>本年累计</td><td>备注</td><td>联系人</td></tr>
    <tr><td>食品监督抽检批次</td><td>批次</td><td>3</td><td>9</td><td>{marks.mobile("致电{a}{b}{c}a")}</td><td>{marks.name()}</td></tr></table>
    <table><tr><td>投诉人</td><td>电话</td><td>住址</td></tr>{rows}</table></body></html>"""
    return Upload(f"食品月报{marks.mobile()}.xls", text.encode())


def text(marks: Marks) -> Upload:
    """The same as CSV, with a line for who may be asked."""
    lines: Sequence[Sequence[object]] = (
        ("食品安全协调科2023年4月报表",),
        (marks.name(NAMES[1]), "", "", "", marks.mobile()),
        ("数据项", "计量单位", "本月数", "本年累计", "备注", "责任人"),
        ("食品监督抽检批次", "批次", 3, 12, marks.identity("身份证{i}"), marks.name()),
        ("", "", "", "", marks.mobile(), marks.name()),
    )
    return Upload("食品四月.csv", "\n".join(",".join(map(str, line)) for line in lines).encode("gb18030"))


def broken(marks: Marks) -> Upload:
    """Persons alone: no form of ours, so that it is refused."""
    book = openpyxl.Workbook()
    book.active.append(["投诉人", "电话"])
    book.active.append([marks.name(), marks.mobile()])
    return Upload(f"{marks.name(NAMES[0])}{marks.mobile()}.xlsx", saved(book))
