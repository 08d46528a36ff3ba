"""The tables of a board, as it stands or as it was frozen."""

from collections.abc import Sequence

from kpi.cli.options import console, table_of
from kpi.cli.printing import print_document
from kpi.documents import edition_documents
from kpi.meeting import editions
from kpi.meeting.frozen_rows import FrozenRow
from kpi.present import numbers, row_words, statuses
from kpi.store.signature import signature


def print_rows(title: str, rows: Sequence[row_words.Spoken]) -> None:
    """Print the rows of a board."""
    table = table_of(title, "状态", "指标", "数值", "目标", "上年同期", "同比")
    for spoken in rows:
        table.add_row(statuses.badge(spoken.row.status), spoken.row.name, spoken.value, spoken.target, spoken.last_year, spoken.yoy)
    console.show(table)


def print_frozen(issue: editions.Issue, rows: Sequence[FrozenRow], as_json: bool, office: str | None = None) -> None:
    """Print the rows of an edition, all of them or those of an office, as they were frozen."""
    with numbers.ruled(editions.rounding_of(rows)):
        _print_as_ruled(issue, [row for row in rows if office in (None, row.row.office)], as_json)


def _print_as_ruled(issue: editions.Issue, chosen: Sequence[FrozenRow], as_json: bool) -> None:
    if as_json:
        print_document(edition_documents.frozen_document(issue, chosen))
        return
    edition = issue.edition
    whose = f"{issue.whose} " if issue.whose else ""
    title = f"{whose}{edition.period.chinese}看板 会议版第 {issue.number} 版 {edition.code}（{signature(edition.by, edition.at)} 定稿）"
    print_rows(title, [row_words.Spoken(frozen.row, frozen.decimals) for frozen in chosen])
    if again := issue.once_more:
        console.print(again, soft_wrap=True)
