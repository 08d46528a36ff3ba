"""What a page gives away as a workbook: its tables, with the second lines of their cells as columns of their own."""

from kpi.access.roles import Right
from kpi.present import day_words
from kpi.present.html.table import HtmlCell, HtmlTable
from kpi.present.seen_text import seen
from kpi.workbook.writing.table_book import BookCell, BookTable, write_tables
from pages.bodies import TABLES
from pages.view import View
from pages.widgets import frame, running, session

_FOLLOW_UP = "督办"


def workbook(view: View) -> bytes:
    """The tables of a page with its title, its month, how far its figures run, and whose they are."""
    title = "　".join([view.page.title, *frame.about(view)])
    edition = view.get("edition")
    facts = [
        day_words.of_board(session.rows(view.period, view.office, view.org)) if session.periods() and running.caller().may(Right.READ) else "",
        f"会议版编号 {edition}" if edition else "",
        "演示数据：与公开的 2023 年工作总结相同的数取自该总结，其余均为虚构。" if session.demonstration().shown else "",
    ]
    return write_tables(title, [fact for fact in facts if fact], [book_table(table) for table in TABLES[view.page.path](view)])


def file_name(view: View, suffix: str) -> str:
    """The name of what is taken away: ``未达标_2023-11.xlsx``."""
    month = "" if view.every_month or not frame.month(view) else f"_{view.period}"
    office = f"_{session.office_name(view.office)}" if view.office else ""
    return f"{view.page.title}{office}{month}.{suffix}"


def book_table(table: HtmlTable) -> BookTable:
    """A table as it goes into a workbook: small lines are left out, what stands below a cell has a column of its own."""
    heads: list[str] = []
    columns: list[list[BookCell]] = []
    for column in table.filled:
        cells = [row.cells.get(column.head) or HtmlCell() for row in table.rows]
        if any(cell.spark for cell in cells):
            continue
        heads.append(column.head)
        columns.append([_cell(cell) for cell in cells])
        if any(cell.note or cell.notes for cell in cells):
            head = column.note_head or f"{column.head}（说明）"
            heads.append(head)
            columns.append([_note(cell, head) for cell in cells])
        if any(_follow_up(cell) for cell in cells):
            heads.append(_FOLLOW_UP)
            columns.append([BookCell(_follow_up(cell)) for cell in cells])
    return BookTable(table.name, heads, list(zip(*columns, strict=True)))


def _follow_up(cell: HtmlCell) -> str:
    """What is followed up of a row; a link by which something could be is none of a workbook's."""
    return f"{cell.tail.badge.text} {cell.tail.text.removeprefix(f'{_FOLLOW_UP}：')}" if cell.tail and cell.tail.badge else ""


def _note(cell: HtmlCell, head: str) -> BookCell:
    """What stands below a cell, without the name that is the head of its column there."""
    return BookCell(seen("；".join(text.removesuffix("。") for text in (cell.note.removeprefix(f"{head} "), *cell.notes) if text)), cell.note_value)


def _cell(cell: HtmlCell) -> BookCell:
    if cell.bullet:  # of the picture, how far the figure has come on its way to the target
        return BookCell("" if cell.value is None else f"{cell.value:.1f}%", cell.value)
    return BookCell(seen(" ".join(badge.text for badge in cell.badges) or cell.text), None if cell.badges else cell.value)
