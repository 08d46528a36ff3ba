"""The findings about the sheets of a ledger as a whole: the columns, rows and sheets that were not read, the months without a row."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePath

from kpi.catalog.ledger import Ledger, Role
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.layout.month_words import month_words
from kpi.workbook.ledgers.case_faults import WRITTEN_OUT
from kpi.workbook.ledgers.cases import Cases, month_of
from kpi.workbook.ledgers.coverage import Coverage
from kpi.workbook.ledgers.ledger_money import about_units
from kpi.workbook.ledgers.ledger_sheet import LedgerSheet, UnreadSheet
from kpi.workbook.report import limited_format

NO_CASES = "months-without-cases"


def about_sheets(cases: Cases, coverage: Coverage, unread: Sequence[UnreadSheet]) -> Iterator[Finding]:
    """
    The findings about the sheets.

    Args:
        cases: All rows.
        coverage: The days they cover.
        unread: The sheets that were not read.

    """
    for sheet in cases.sheets:
        yield from _about_columns(sheet)
        yield from about_units(sheet, cases.ledger)
        yield from _about_rows(sheet)
        yield from _about_personal_data(sheet, cases.ledger)
        yield from _about_other_tables(sheet)
        if not sheet.complete:
            yield limited_format(sheet.name)
    yield from _about_open_month(coverage, cases.first_sheet)
    for other in unread:
        yield _about_unread(other)


def _about_columns(sheet: LedgerSheet) -> Iterator[Finding]:
    """The columns that are not kept, and those whose headings are not spelled as they should be."""
    if sheet.dropped:
        seen = f"只读取了 {len(sheet.fields)} 列，其余 {sheet.dropped} 列不在允许保留之列，没有读取"
        yield Finding("columns-not-kept", Severity.HINT, Place(sheet.name), seen, "这是为了不留存个人信息，不必处理")
    for field in sheet.fields.values():
        if not field.certain:
            place, seen = Place(sheet.name, cell_name(sheet.first - 1, field.index)), f"列名「{field.heading}」按「{field.name}」读取"
            yield Finding("similar-heading", Severity.HINT, place, seen, f"请把列名改为「{field.name}」")


def _about_rows(sheet: LedgerSheet) -> Iterator[Finding]:
    """The rows that are sums or parts of a case and are not counted."""
    if sheet.total_rows:
        seen = f"第 {'、'.join(str(row + 1) for row in sheet.total_rows[:WRITTEN_OUT])} 行等 {len(sheet.total_rows)} 行是合计，没有计入"
        yield Finding("total-row", Severity.HINT, Place(sheet.name), seen, "合计由系统计算，不必处理")
    if sheet.continued_rows:
        seen = f"有 {len(sheet.continued_rows)} 行与上一行合并了编号，作为同一件只计一次"
        yield Finding("merged-case", Severity.HINT, Place(sheet.name), seen, "确是几件的，请取消合并并各写编号")


def _about_personal_data(sheet: LedgerSheet, ledger: Ledger) -> Iterator[Finding]:
    """The columns in which telephones, numbers of identity cards or names were masked."""
    for name, rows in sheet.masked.items():
        place = Place(sheet.name, cell_name(rows[0], sheet.fields[name].index))
        if ledger.column(name).role is Role.CODE:
            seen = f"「{name}」一列有 {len(rows)} 处写法像证件号、电话或姓名，只留存认得出同一个编号的摘要，计数不受影响"
            yield Finding("personal-data", Severity.HINT, place, seen, "确是业务编号的不必处理；不是的，请在原表中换成业务编号")
        else:
            yield Finding("personal-data", Severity.HINT, place, f"「{name}」一列有 {len(rows)} 处电话、证件号等个人信息，已遮盖", "请在原表中删去")


def _about_other_tables(sheet: LedgerSheet) -> Iterator[Finding]:
    """The hidden rows, which are counted, and the further tables of a sheet, which are not."""
    if sheet.unseen:
        seen = f"有 {sheet.unseen} 行是隐藏的（筛选、折叠或隐藏），也计入了"
        yield Finding("hidden-rows", Severity.HINT, Place(sheet.name), seen, "不应计入的，请删去这些行后重新上传")
    if sheet.beside:
        seen = f"右边还有一张同样表头的表，有 {sheet.beside} 行，没有读取"
        remedy = "要计入的，请把它接到左边的表下面，或放到另一张工作表，再重新上传；不计入的，写明说明后可以入库"
        yield Finding("table-beside", Severity.CHECK, Place(sheet.name), seen, remedy)
    if sheet.below[0] is not None:
        seen = f"第 {sheet.below[0] + 1} 行起另有一张表，列的位置与上面的不同，有 {sheet.below[1]} 行，没有读取"
        remedy = "要计入的，请照上面的列排好，或放到另一张工作表，再重新上传；不计入的，写明说明后可以入库"
        yield Finding("table-below", Severity.CHECK, Place(sheet.name), seen, remedy)


def _about_unread(sheet: UnreadSheet) -> Finding:
    """A sheet that was not read: one that is hidden, or has no title and few columns, may be a ledger all the same."""
    if sheet.cases and not sheet.hidden:
        seen = f"工作表「{sheet.name}」像台账，但没有写台账的标题，有 {sheet.cases} 件，没有计入"
        remedy = "要计入请照另一张的样子写上标题后再传；不计入的，写明说明后可以入库"
        return Finding("untitled-ledger", Severity.CHECK, Place(sheet.name), seen, remedy)
    if sheet.cases:
        seen = f"隐藏的工作表「{sheet.name}」像台账，有 {sheet.cases} 件，没有计入"
        remedy = "要计入请取消隐藏后再传；不计入的，请删去这张工作表，或写明说明后入库"
        return Finding("hidden-ledger", Severity.CHECK, Place(sheet.name), seen, remedy)
    if sheet.hidden:
        return Finding("sheet-not-read", Severity.HINT, Place(sheet.name), f"隐藏的工作表「{sheet.name}」没有读取", "不必处理")
    return Finding("sheet-not-read", Severity.HINT, Place(sheet.name), f"工作表「{sheet.name}」不是台账，没有读取", "汇总表请另存为一个文件报送")


def about_name(cases: Cases, coverage: Coverage, file: str) -> Iterator[Finding]:
    """A name of the file that says another month than most rows of sheets without a title are of."""
    named = find_months(PurePath(file).stem)
    if coverage.requested or named.last is None or named.scattered or named.day is not None or not len(coverage.untitled):
        return
    numbers = range(named.first or named.last, named.last + 1)
    of_others = [index for index in coverage.untitled.tolist() if index % 12 + 1 not in numbers or named.year not in (None, index // 12)]
    if 2 * len(of_others) > len(coverage.untitled):
        months = tuple(month_of(index) for index in sorted(set(of_others)))
        year = f"{named.year} 年 " if named.year else ""
        written = f"{year}{f'{numbers[0]}—' if len(numbers) > 1 else ''}{named.last} 月"
        seen = f"文件名写的是 {written}，{len(coverage.untitled)} 行里有 {len(of_others)} 行的{cases.ledger.date}在 {month_words(months)}；按各行的日期计"
        remedy = "请核对是不是拿错了文件；日期没有错的，写明说明后可以入库，或把文件名改为台账的期间后重新上传"
        yield Finding("file-name-differs", Severity.CHECK, cases.first_sheet, seen, remedy)


def about_empty_months(coverage: Coverage, place: Place, reported: Collection[Month]) -> Iterator[tuple[Month, Finding]]:
    """
    The months that become zero without a row of theirs: one CHECK that lists them all, given to each of them.

    Args:
        coverage: The days that the ledger covers.
        place: Where it stands.
        reported: The months that are not on file as they are; of the others it was asked before.

    """
    whence, remedy_of_named = "文件名写的期间里，", "确实没有的，写明说明后可以入库；文件名写的不是台账的期间的，请改文件名后重新上传"
    if coverage.requested:
        whence, remedy_of_named = "选定的 ", "请核对选定的月份；这个月确实没有的，写明说明后可以入库"
    to_today = "请核对标题中的期间；到今天确实没有的，写明说明后可以入库"
    shorten = "请核对台账是否缺了行、写错了日期；确实没有的，写明说明后可以入库；台账不含这几个月的，请在标题中写明起止月份"
    kinds = (
        ("标题只写了年度，", coverage.bare, "没有一行，这几个月按 0 计", shorten),
        ("标题写的期间里，", coverage.titled, "没有一行，按 0 计", shorten),
        ("", (coverage.empty,) if coverage.empty else (), "还没有过完，没有一行，按 0 计", to_today),
        (whence, coverage.named, "没有一行，按 0 计", remedy_of_named),
    )
    for before, empty, behind, remedy in kinds:
        if own := tuple(month for month in empty if month in reported):
            finding = Finding(NO_CASES, Severity.CHECK, place, f"{before}{month_words(own)}{behind}", remedy)
            yield from ((month, finding) for month in own)


def _about_open_month(coverage: Coverage, place: Place) -> Iterator[Finding]:
    """The month of today, up to which a title runs, without a row: no zero yet."""
    if coverage.open:
        seen = f"标题写到 {coverage.open.chinese}，这个月还没有过完，也没有一行，这次不报这个月，在库的照旧"
        yield Finding(NO_CASES, Severity.HINT, place, seen, "这个月有了件以后，或过完以后，再报一次")
