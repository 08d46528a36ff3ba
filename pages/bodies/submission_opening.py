"""报送记录：收到哪些报送、各是什么状态；选定的一份是谁报的、现在算不算数。"""

from collections import Counter
from collections.abc import Iterable

from kpi.filing.submissions import Record, Standing
from kpi.present import submission_words
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from pages.bodies import filing_cells
from pages.choices import ALL
from pages.view import View
from pages.widgets import filings, session

MOST = 100  # rows that a page draws at once; pickers and search reach the others
FICTIONAL = "这一份是演示数据，是虚构的。"
COLUMNS = (
    HtmlColumn("编号", numeric=True),
    HtmlColumn("科室", title=True),
    HtmlColumn("期间"),
    HtmlColumn("报送状态"),
    HtmlColumn("报送时间"),
    HtmlColumn("报送人"),
    HtmlColumn("核对意见", numeric=True),
    HtmlColumn("说明", most="16em"),
    HtmlColumn("文件", most="20em"),
)


def opening(view: View) -> str:
    """The answer, and of the submission that is chosen what became of it."""
    records, record = every(view), chosen(view)
    counts = Counter(record.standing for record in records)
    counted = "，".join(f"{counts[standing]} 份{standing.value}" for standing in Standing if counts[standing])
    asked = view.get("row")
    return render(
        "submissions.html",
        view=view,
        answer=f"{_where(view)}共 {len(records)} 份报送，{counted}。" if records else f"{_where(view)}还没有任何报送。",
        absent=asked[:20] if asked and (record is None or str(record.submission.seq) != asked) else "",
        record=record,
        title=title(record) if record else "",
        badge=filing_cells.standing(record) if record else None,
        words=f"{fate(record)}{_came(record)}" if record else "",
    )


def every(view: View) -> tuple[Record, ...]:
    """The submissions of the office, month and organisation, the latest first."""
    return filings.history(view.office, None if view.every_month else view.period, view.org if view.org != session.root() else None)


def listed(view: View) -> tuple[Record, ...]:
    """Those of the state that is asked for."""
    return tuple(record for record in every(view) if view.get("standing") in ("", ALL, record.standing.value))


def chosen(view: View) -> Record | None:
    """The submission that is opened: the one that the address names, else the only one."""
    number = view.get("row")
    records = {str(record.submission.seq): record for record in every(view)}
    only = listed(view)
    return records.get(number) or (only[0] if len(only) == 1 else None)


def table(view: View) -> HtmlTable:
    """The submissions, the latest first; a row opens one."""
    records, opened = listed(view)[:MOST], chosen(view)
    return HtmlTable("报送记录", COLUMNS, [_row(view, record, opened) for record in records], search=len(records) > 1)


def title(record: Record) -> str:
    """Its number, whose it is, of which month, and of which ledger."""
    ledger = session.bureau().catalog.ledgers.get(record.submission.template)
    kind = f" {ledger.name}" if ledger else ""
    return f"第 {record.submission.seq} 号：{session.called(record.submission.office, record.submission.org)} {record.submission.period.chinese}{kind}"


def fate(record: Record) -> str:
    """Whether it counts, and if not, what took its place or who took it back."""
    if record.withdrawal:
        return f"{filing_cells.decided(record.withdrawal)}。"
    if record.counts_in:
        last = f"第 {record.counts_in} 号"
        first = numbers_of(record.on_top)
        return (
            f"它的 {record.merged} 件仍计入{last}，看板上的数含这些件。要拿掉这些件：先依次撤回第 {first} 号，"
            f"这一份重新有效后撤回它，再把第 {first} 号的文件重新报送。"
        )
    if record.after:
        return f"已被第 {record.after} 号替换。"
    others = f"，连同第 {numbers_of(record.brought)} 号的件：{_brought(record)}" if record.brought else ""
    return f"现在有效，看板上的数来自这一份{others}。"


def numbers_of(submissions: Iterable[int]) -> str:
    """Numbers of submissions in a sentence."""
    return "、".join(map(str, submissions))


def _row(view: View, record: Record, opened: Record | None) -> HtmlRow:
    submission = record.submission
    cells = {
        "编号": HtmlCell(str(submission.seq), submission.seq),
        "科室": HtmlCell(session.called(submission.office, submission.org)),
        "期间": HtmlCell(submission.period.chinese, submission.period.first_day),
        "报送状态": HtmlCell(badges=(filing_cells.standing(record),)),
        "报送时间": filing_cells.time(submission.at),
        "报送人": HtmlCell(
            f"{submission.by}（虚构）" if submission.demo else submission.by, note=f"{submission.accepted_by} 审核" if submission.accepted_by else ""
        ),
        "核对意见": HtmlCell(str(len(submission.findings)), len(submission.findings)) if submission.findings else HtmlCell(),
        "说明": HtmlCell(submission.note),
        "文件": HtmlCell(submission.file),
    }
    return HtmlRow(cells, view.link(row=str(submission.seq), cell=None), chosen=opened is not None and opened.submission.seq == submission.seq)


def _where(view: View) -> str:
    catalog = session.bureau().catalog
    whose = session.called(view.office, view.org) if view.office else catalog.called(None, view.org) or "全局"
    return f"{whose}{'' if view.every_month or not filings.history(None, None) else f' {view.period.chinese}'}"


def _came(record: Record) -> str:
    submission = record.submission
    return f"{submission_words.sent(submission)}「{submission.file}」。{FICTIONAL if submission.demo else ''}"


def _brought(record: Record) -> str:
    """How many of the cases that count came from which submission."""
    each = [f"第 {number} 号 {record.origins[number]} 件" for number in record.brought]
    return "、".join([f"这一份 {record.origins.get(record.submission.seq, 0)} 件", *each])
