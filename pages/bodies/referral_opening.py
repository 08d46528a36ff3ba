"""审核：哪些报表送审了还没有审核，哪些被退回了；选定的一件改了哪些数。"""

from collections.abc import Sequence

from kpi.access.roles import Right
from kpi.filing import acceptance, two_steps
from kpi.filing.acceptance import Waiting
from kpi.present.html.engine import render
from kpi.present.html.table import Badge, HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.store.referral import Referral
from kpi.store.signature import signature
from pages.bodies import filing_cells
from pages.view import View
from pages.widgets import running, session

COLUMNS = (
    HtmlColumn("科室", title=True),
    HtmlColumn("期间"),
    HtmlColumn("情况"),
    HtmlColumn("送审时间"),
    HtmlColumn("送审人"),
    HtmlColumn("核对意见", numeric=True),
    HtmlColumn("文件", most="20em"),
)


def opening(view: View) -> str:
    """How many wait and how many were returned, and of the one that is chosen who sent it."""
    listed = every()
    opened = chosen(view, listed)
    waits = sum(waiting.referral.returned is None for waiting in listed)
    returned = len(listed) - waits
    answer = f"{waits} 件送审等待审核{f'，{returned} 件已退回' if returned else ''}。" if listed else "没有等待审核的报表。"
    return render(
        "referrals.html",
        answer=answer,
        faults=session.bureau().store.referral_faults(),
        title=title(opened.referral) if opened else "",
        badge=badge(opened.referral) if opened else None,
        words=fate(opened.referral) if opened else "",
    )


def every() -> list[Waiting]:
    """What concerns the caller: what waits before what was returned, the oldest first."""
    return sorted(acceptance.referred(session.bureau()), key=lambda waiting: waiting.referral.returned is not None)


def to_decide() -> int:
    """How many the caller is waited for to accept or to return; none where reports are accepted in one step."""
    if not two_steps.two_steps() or not running.caller().may(Right.ACCEPT):
        return 0
    return sum(waiting.decides and waiting.referral.returned is None for waiting in every())


def chosen(view: View, listed: Sequence[Waiting]) -> Waiting | None:
    """Of those listed the one that the address names, else the only one."""
    named = next((waiting for waiting in listed if waiting.referral.code == view.get("row")), None)
    return named or (listed[0] if len(listed) == 1 else None)


def table(view: View, listed: Sequence[Waiting]) -> HtmlTable:
    """What waits and what was returned; a row opens one."""
    opened = chosen(view, listed)
    return HtmlTable("送审", COLUMNS, [_row(view, waiting.referral, opened) for waiting in listed], search=len(listed) > 1)


def title(referral: Referral) -> str:
    """Whose it is and of which months."""
    return f"{_offices(referral)} {_months(referral)}"


def badge(referral: Referral) -> Badge:
    """Shape and word: ``○ 等待审核``, ``✕ 已退回``."""
    return Badge("✕ 已退回", "missed") if referral.returned else Badge("○ 等待审核", "unreported")


def fate(referral: Referral) -> str:
    """Who sent it, and who returned it and why."""
    files = "、".join(f"「{file}」" for file in dict.fromkeys(sheet.file for sheet in referral.sheets))
    sent = f"{signature(referral.by, referral.at)} 送审{files}。"
    if referral.returned is None:
        return f"{sent}审核以前不计入看板。"
    back = referral.returned
    return f"{sent}{signature(back.by, back.at, '已由')} 退回，理由：{back.reason}。请改好后在「报表导入」重新送审。"


def _row(view: View, referral: Referral, opened: Waiting | None) -> HtmlRow:
    findings = sum(len(report.batch.findings) for report in referral.reports)
    cells = {
        "科室": HtmlCell(_offices(referral)),
        "期间": HtmlCell(_months(referral), referral.sheets[0].period.first_day),
        "情况": HtmlCell(badges=(badge(referral),)),
        "送审时间": filing_cells.time(referral.at),
        "送审人": HtmlCell(referral.by),
        "核对意见": HtmlCell(str(findings), findings) if findings else HtmlCell(),
        "文件": HtmlCell("、".join(dict.fromkeys(sheet.file for sheet in referral.sheets))),
    }
    return HtmlRow(cells, view.link(row=referral.code), chosen=opened is not None and opened.referral.code == referral.code)


def _offices(referral: Referral) -> str:
    return "、".join(dict.fromkeys(session.called(sheet.office, sheet.org) for sheet in referral.sheets))


def _months(referral: Referral) -> str:
    known = sorted({sheet.period for sheet in referral.sheets})
    return known[0].chinese + (f"到 {known[-1].chinese}" if known[1:] else "")
