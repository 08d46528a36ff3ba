"""报送情况：这个月谁按时报了，谁迟了，谁还没有报；近几个月谁总是迟。"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kpi.filing.completeness import Arrival, Owed, provisional_words
from kpi.period import Month, months
from kpi.present import day_words
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from pages.bodies import filing_cells, organisation_notes
from pages.bodies.filing_cells import KINDS, SHAPES
from pages.view import View
from pages.widgets import filings, session

MONTHS = 12
_ORDER = list(Arrival)
COLUMNS = (
    HtmlColumn("单位"),
    HtmlColumn("科室", title=True),
    HtmlColumn("情况"),
    HtmlColumn("应报日"),
    HtmlColumn("收到"),
    HtmlColumn("报送人"),
    HtmlColumn("请核对", numeric=True),
    HtmlColumn("报表"),
)


@dataclass(frozen=True, slots=True)
class ArrivalCell:
    """A cell of the heat map: the colour, shape and words of how the sheets of a month came, and where it leads."""

    kind: str
    shape: str
    text: str
    words: str
    link: str


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """An office, or an organisation with all its offices, over the months."""

    name: str
    link: str
    cells: Sequence[ArrivalCell]


def opening(view: View) -> str:
    """The answer, and what has to be known of the days."""
    rows = owed(view)
    counts = Counter(row.state for row in rows)
    counted = "，".join(f"{counts[state]} 份{state.value}" for state in Arrival if counts[state])
    silent = [later for later in filings.months_owed() if session.periods() and later > session.periods()[-1]]
    later = f"{silent[0].chinese}{f'到 {silent[-1].chinese}' if silent[1:] else ''}还没有收到任何报表。" if silent else ""
    if not session.periods():
        later = "还没有收到过任何报表。"
    return render(
        "arrivals.html",
        answer=f"{view.period.chinese}应报 {len(rows)} 份{'：' if counted else ''}{counted}。",
        notes=organisation_notes.of_board(view.org, view.period),
        rule=f"期限逢休息日顺延到下一个工作日；以第一份有效报送的时间为准，后来的更正不算迟报。{provisional_words(rows)}{later}",
    )


def sheets(view: View) -> str:
    """What is owed for the month, the most urgent first, and how punctual the last months were."""
    shown = course(view.period)
    several = len(session.bureau().catalog.leaves(view.org)) > 1
    return render(
        "arrival_tables.html",
        view=view,
        sheets=table(view),
        noun="单位" if several else "科室",
        heads=[*day_words.heads(shown), "按时"],
        rows=punctuality(view, shown),
        keys=[(KINDS[state], f"{SHAPES[state]} {state.value}") for state in Arrival],
    )


def owed(view: View) -> list[Owed]:
    """The sheets of the month, the most urgent first."""
    return sorted(filings.owed(view.period, view.org), key=lambda row: (_ORDER.index(row.state), -row.days))


def table(view: View) -> HtmlTable:
    """The sheets of the month; a row leads to the submissions of its office."""
    return HtmlTable(f"{view.period.chinese}应报的报表", COLUMNS, [_row(view, row) for row in owed(view)], search=True)


def course(last: Month) -> tuple[Month, ...]:
    """The months that are shown side by side, the latest last."""
    return months(max(last.plus(1 - MONTHS), filings.months_owed()[0]), last)


def punctuality(view: View, shown: Sequence[Month]) -> list[ArrivalRow]:
    """By office of one organisation, of several by organisation: each month by its most urgent sheet; who was late most often comes first."""
    several = len(session.bureau().catalog.leaves(view.org)) > 1
    lines: dict[str, dict[Month, list[Owed]]] = {}
    names: dict[str, str] = {}
    for month in shown:
        for row in filings.owed(month, view.org):
            key = row.org if several else row.office
            names[key] = row.org_name if several else row.name
            lines.setdefault(key, {}).setdefault(month, []).append(row)
    rows = []
    for key, by_month in lines.items():
        every = [row for sheets in by_month.values() for row in sheets]
        on_time, due = sum(row.state is Arrival.ON_TIME for row in every), sum(row.state is not Arrival.PENDING for row in every)
        share = ArrivalCell("nothing", "", f"{on_time}/{due}", f"{names[key]}近 {len(shown)} 个月到期 {due} 份，按时 {on_time} 份", "")
        cells = [_cell(view, names[key], month, by_month.get(month, []), several=several) for month in shown]
        whose = {"org": key} if several else {"office": key}
        rows.append((due - on_time, ArrivalRow(names[key], view.link("submissions", period="all", **whose), [*cells, share])))
    return [row for _, row in sorted(rows, key=lambda counted: -counted[0])]


def _cell(view: View, name: str, month: Month, sheets: Sequence[Owed], *, several: bool) -> ArrivalCell:
    if not sheets:
        return ArrivalCell("nothing", "", "", f"{name} {month.chinese}：不用报", "")
    first = min(sheets, key=lambda row: (_ORDER.index(row.state), -row.days))
    late = sum(row.state in (Arrival.OVERDUE, Arrival.LATE) for row in sheets)
    text = str(late) if several and late else str(first.days) if not several and first.days else ""
    counts = Counter(row.state for row in sheets)
    words = "，".join(f"{counts[state]} 份{state.value}" for state in Arrival if counts[state]) if several else f"{first.words}{first.ledger_words}"
    whose = {"org": first.org} if several else {"office": first.office}
    return ArrivalCell(KINDS[first.state], SHAPES[first.state], text, f"{name} {month.chinese}：{words}", view.link("submissions", period=str(month), **whose))


def _row(view: View, row: Owed) -> HtmlRow:
    renamed = row.renamed_words if row.received is None else ""
    received = filing_cells.time(row.received) if row.received else HtmlCell(f"{'、'.join(row.ledgers)}已报" if row.ledgers else "")
    cells = {
        "单位": HtmlCell(row.org_name),
        "科室": HtmlCell(row.name),
        "情况": HtmlCell(badges=(filing_cells.arrival(row),), note=f"{renamed}{row.referred_words}{row.ledger_words}"),
        "应报日": HtmlCell(row.due_words, row.due),
        "收到": received,
        "报送人": HtmlCell(row.current.by if row.current else ""),
        "请核对": HtmlCell(f"{row.findings_open} 条", row.findings_open) if row.findings_open else HtmlCell(),
        "报表": HtmlCell(row.template),
    }
    whose = {"org": row.org} if session.bureau().catalog.branched else {}
    return HtmlRow(cells, view.link("submissions", office=row.office, period=str(row.period), **whose))
