"""One dropped file: what was read, what is wrong at which cell, what it would change, and what can be done about it."""

from pathlib import PurePath

import streamlit as st

from kpi.filing.desk import Desk
from kpi.filing.desk_file import File
from kpi.filing.intake import Outcome, Prepared
from kpi.filing.questions import Asking, answer_words, keep
from kpi.filing.two_steps import to_the_sender
from kpi.finding import NAMED, Severity
from kpi.period import Month, months
from kpi.validation.taken_away import TAKEN_AWAY, Change
from kpi.value import State
from kpi.workbook.ledgers.on_file_faults import ADDS, MISSING, REPLACES
from kpi.workbook.report import QuestionKind
from kpi.workbook.writing.styles import MEDIA_TYPE
from pages.bodies import filing_cells
from pages.widgets import faults, filings, frame, running, session
from pages.widgets.plain import plain

_FIRST = (TAKEN_AWAY, MISSING)  # findings that stand above all others
_OFFICES = 3  # that the line of a file names
_MOST = 40  # findings that can be read on a page; the marked copy has them all
LOCKED, ASKS = ("◆", "需要密码"), ("◇", "先回答问题")
OUTCOMES = {
    Outcome.REJECTED: ("■", "需要修改"),
    Outcome.NEEDS_CONFIRMATION: ("▲", "写明说明后可以入库"),
    Outcome.READY: ("●", "可以入库"),
    Outcome.UNCHANGED: ("○", "与已入库的相同"),
}
STANDINGS = (OUTCOMES[Outcome.READY], OUTCOMES[Outcome.NEEDS_CONFIRMATION], ASKS, LOCKED, OUTCOMES[Outcome.REJECTED], OUTCOMES[Outcome.UNCHANGED])


def standing(report: Prepared) -> tuple[str, str]:
    """Shape and words for where a report stands."""
    if report.locked:
        return LOCKED
    if report.status is Outcome.REJECTED and report.report and report.report.questions:
        return ASKS
    return OUTCOMES[report.status]


def show(desk: Desk, file: File, by: str, *, own_note: bool) -> None:
    """
    Draw a file that was read.

    Args:
        desk: Where it lies.
        file: The file.
        by: Who sends it, as far as they have said.
        own_note: Whether to offer a 说明 for this file alone.

    """
    headline, plainly = _headline(file)
    with st.expander(plain(headline), expanded=not plainly):
        _messages(file)
        _questions(desk, file, by)
        if any(report.report for report in file.known):
            _findings(file)
            _every_case(file)
        for report in file.known:
            _changes(report)
        if own_note:
            _own_note(file)
        _buttons(desk, file)


def _headline(file: File) -> tuple[str, bool]:
    """Where the gravest of its reports stands, and whether there is nothing that has to be read."""
    shape, words = min((standing(report) for report in file.known), key=_gravity)
    hints = sum(finding.severity is Severity.HINT for finding in file.findings) if words == OUTCOMES[Outcome.READY][1] else 0
    plainly = words == OUTCOMES[Outcome.UNCHANGED][1] or (words == OUTCOMES[Outcome.READY][1] and not hints)
    about = "，".join(_about(file))
    return f"{shape} {to_the_sender(running.caller(), words)}{f'，{hints} 条提示' if hints else ''}：{file.name}{f' · {about}' if about else ''}", plainly


def _about(file: File) -> list[str]:
    """What tells a file from another one of its name: whose it is, of which month, how many figures it has, and what of those on file it changes."""
    read = [report for report in file.known if report.report]
    offices = list(dict.fromkeys(session.called(report.office, report.org or "") for report in read if report.office))
    periods = sorted({report.period for report in read if report.period})
    whose = "、".join(offices[:_OFFICES]) + (f"等 {len(offices)} 个科室" if offices[_OFFICES:] else "")
    when = f"{periods[0].chinese}{f'到 {periods[-1].chinese}' if periods[1:] else ''}" if periods else ""
    figures, gone = sum(report.figures for report in read), sum(len(_gone(report)) for report in read)
    changed = sum(len(report.changes) for report in read) - gone
    return [
        *filter(None, [" ".join(filter(None, (whose, when)))]),
        *([f"{figures} 个数"] if figures else []),
        *([f"与已入库的有 {changed} 个不同"] if changed else []),
        *([f"拿掉 {gone} 个"] if gone else []),
    ]


def _messages(file: File) -> None:
    for finding in file.findings:
        if finding.code in _FIRST:  # before anything else: it is what nobody would notice
            st.warning(plain(f"{finding.seen}。{finding.remedy}。"), icon=":material/playlist_remove:")
    for report in file.known:
        st.write(plain(report.message))
    if file.personal and not session.bureau().store.seals:
        st.caption("台账可能写有人名和电话，上传的文件不留存；刷新页面后要重新拖入。")


def _questions(desk: Desk, file: File, by: str) -> None:
    """Ask for what only its sender knows: a password, whose it is, whether its cases count besides those on file."""
    if file.locked:
        _password(desk, file)
    elif file.untold.keys() - {QuestionKind.ORG, QuestionKind.CASES}:  # of which organisation is asked once for all files
        _untold(desk, file, by)
    if QuestionKind.CASES in file.untold:
        _cases(desk, file, by)


def _own_note(file: File) -> None:
    away = file.takes_away
    st.text_area(
        "这一份的说明（必须写）" if away else "这一份的说明",
        key=note_key(file),
        placeholder="会让已入库的数变为未报或 0，或让在库的件不再计，写明为什么；共同的说明对它不起作用" if away else "只用于这一份；不写就用下面共同的说明",
        height=80,
    )


def _buttons(desk: Desk, file: File) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if file.findings and any(report.report for report in file.known):
            _copy(file)
        if not file.locked:
            _choose_anew(desk, file)
        if st.button("移除这一份", key=f"remove-{file.key}", icon=":material/close:", help="从这一批里拿掉，不入库；系统内的数据不变"):
            desk.remove(file)
            st.rerun()


def note_key(file: File) -> str:
    """Where the 说明 of one file is kept between runs."""
    return f"note-{file.key}"


def _gravity(standing: tuple[str, str]) -> int:
    order = (LOCKED, ASKS, *OUTCOMES.values())
    return order.index(standing)


def _password(desk: Desk, file: File) -> None:
    """Ask for the password; it opens the file once and is kept nowhere."""
    with st.form(f"password-{file.key}", clear_on_submit=True, border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        password = st.text_input("打开密码", type="password", key=f"password-{file.key}-{file.tries}", autocomplete="off", width=260)
        opened = st.form_submit_button("打开文件", icon=":material/lock_open:")
    st.caption("密码只用来打开这一次，不保存、不写入日志。")
    if opened and password:
        desk.unlock(file, password)
        st.rerun()


def _untold(desk: Desk, file: File, by: str) -> None:
    """Let the sender say what the sheet does not: whose it is, of which month."""
    catalog, untold = session.bureau().catalog, file.untold
    with st.form(f"tell-{file.key}"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            office = period = None
            if question := untold.get(QuestionKind.OFFICE):
                codes = list(dict.fromkeys([*(code for code, _ in question.candidates), *catalog.offices]))
                office = st.selectbox("科室", codes, index=None, format_func=session.office_name, placeholder="请选择", width=240)
            if question := untold.get(QuestionKind.PERIOD):
                likely = [month for month, _ in question.candidates]
                choices = list(dict.fromkeys([*likely, *(str(month) for month in reversed(_recent()))]))
                period = st.selectbox("期间", choices, index=None, placeholder="请选择", width=160)
        keeps = QuestionKind.OFFICE in untold and st.checkbox("记住：以后同样的表都按这个科室读取", help="几个科室用同一种没写科室的表时，不要记住")
        if not st.form_submit_button("按这里选的读取", icon=":material/refresh:"):
            return
    with faults.shown():
        if keeps and office:
            keep(session.bureau(), [(Asking(untold[QuestionKind.OFFICE], None, ((file.name, untold[QuestionKind.OFFICE].place),), ()), office)], by)
        desk.tell(file, office, Month.parse(period) if period else None)
        st.rerun()


def _cases(desk: Desk, file: File, by: str) -> None:
    """Let the sender say of a ledger whether its cases count besides those on file that it lacks, or instead of them."""
    question = file.untold[QuestionKind.CASES]
    with st.form(f"cases-{file.key}"):
        given = [answer for answer, _ in question.candidates] if len(question.candidates) == 1 else []
        answer = st.radio(
            "在库的有些件这份台账里没有",
            (ADDS, REPLACES),
            index=(ADDS, REPLACES).index(given[0]) if given else None,
            format_func=lambda choice: answer_words(session.bureau().catalog, QuestionKind.CASES, choice),
            captions=("另一个所或另一批的件：在库的照旧计，同一编号的按这一份", "这一份代替在库的：没有的件不再计，要写明说明"),
        )
        keeps = st.checkbox("记住：以后文件名相同（日期、数字除外）的台账都这样", help="按月按所分开报、文件名固定的台账可以记住")
        if not st.form_submit_button("按这里选的读取", icon=":material/refresh:") or not answer:
            return
    with faults.shown():
        if keeps:
            keep(session.bureau(), [(Asking(question, file.known[0].office, ((file.name, question.place),), ()), answer)], by)
        desk.tell(file, cases=answer)
        st.rerun()


def _choose_anew(desk: Desk, file: File) -> None:
    """Let the sender say of a file that it is another office's, month's or organisation's than it was read for."""
    catalog = session.bureau().catalog
    with (
        st.popover("改选…", icon=":material/edit_calendar:", help="这份文件是别的科室、月份或单位的，在这里改选后重新读取"),
        st.form(f"anew-{file.key}", border=False),
    ):
        office = st.selectbox("科室", list(catalog.offices), index=None, format_func=session.office_name, placeholder="按表上写的")
        period = st.selectbox("期间", [str(month) for month in reversed(_recent())], index=None, placeholder="按表上写的")
        org = None
        if catalog.branched:
            org = st.selectbox("单位", catalog.leaves(catalog.root), index=None, format_func=lambda code: catalog.orgs[code].name, placeholder="按表上写的")
        if st.form_submit_button("按这里选的读取", icon=":material/refresh:"):
            desk.tell_anew(file, office, Month.parse(period) if period else None, org)
            st.rerun()


def _recent() -> tuple[Month, ...]:
    """Ten years of months: whatever a sheet may be of can be chosen."""
    last = filings.months_owed()[-1].plus(1)
    return months(last.plus(-120), last)


def _findings(file: File) -> None:
    rest = [finding for finding in file.findings if finding.code not in _FIRST]  # which stands above them
    gravest = sorted(rest, key=lambda finding: list(Severity).index(finding.severity))
    if gravest:
        frame.fragment(filing_cells.findings(gravest[:_MOST]))
    if gravest[_MOST:]:
        st.caption(plain(f"只列最重的 {_MOST} 条，共 {len(gravest)} 条；全部意见在标注副本里。"))


def _every_case(file: File) -> None:
    """The cases that a finding could only name the first of."""
    for finding in file.findings:
        if len(finding.cases) > NAMED:
            with st.expander(plain(f"{finding.seen.partition('：')[0]}：全部 {len(finding.cases)} 件"), icon=":material/list:"):
                st.write(plain("、".join(finding.cases)))


def _changes(report: Prepared) -> None:
    month = report.period.chinese if report.period else ""
    gone = _gone(report)
    if changed := [change for change in report.changes if change not in gone]:
        st.caption(plain(f"{month}与已入库的相比，有 {len(changed)} 个数不同："))
        frame.table(filing_cells.changes(changed, "已入库", f"{month}变动的数", "（没有）"))
    if gone:
        with st.expander(plain(f"{month}有 {len(gone)} 个数这一份里没有，入库后变为未报"), icon=":material/playlist_remove:"):
            frame.table(filing_cells.changes(gone, "已入库", f"{month}没有了的数", "（没有）"))


def _gone(report: Prepared) -> list[Change]:
    """The figures on file that would be 未报."""
    return [change for change in report.changes if change.new.state is State.UNREPORTED]


def _copy(file: File) -> None:
    """Offer the workbook back with its findings at their cells."""
    suffix = file.key[-4:]  # two files of one name are two downloads
    st.download_button(
        "下载标注副本",
        data=file.marked,
        file_name=f"{PurePath(file.name).stem}_标注_{suffix}.xlsx",
        mime=MEDIA_TYPE,
        icon=":material/download:",
        on_click="ignore",
        key=f"copy-{file.key}",
        help=plain(_about_copy(file)),
    )


def _about_copy(file: File) -> str:
    if not file.copy.cells:
        return "这种格式不能直接标注，下载的是一张核对意见清单，逐条写明单元格。"
    lost = ["图表、图片和形状可能走样或丢失"] if file.copy.drawings else []
    lost += ["公式的结果要在 Excel 或 WPS 里打开并保存后才有"] if file.copy.formulas else []
    return "；".join(["有问题的单元格涂色并写了批注", *lost]) + "。"
