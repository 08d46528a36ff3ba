"""报送情况：这个月谁按时报了，谁迟了，谁还没有报，催谁；锁定和解锁一个月。"""

from itertools import product

import streamlit as st

from kpi.access.roles import Right
from kpi.filing.completeness import reminder
from kpi.filing.submissions import lock, unlock
from kpi.period import Month
from kpi.store.decision import lock_in_force
from pages.bodies import arrivals, filing_cells
from pages.widgets import confirmations, frame, running, session
from pages.widgets.plain import plain

MOST = 20  # offices that one sentence names


def part(locked: list[tuple[str, str]], every: list[tuple[str, str]]) -> str:
    """What of the offices that are shown a lock covers."""
    rest = [sheet for sheet in every if sheet not in locked]
    fewer = min(locked, rest, key=len)
    named = "、".join(session.called(office, org) for org, office in fewer) if len(fewer) <= MOST else f"{len(fewer)} 个科室"
    return "的" if not rest else f"{named}的" if len(locked) <= len(rest) else f"除{named}外的"


def closing(month: Month, org: str) -> None:
    bureau, catalog = session.bureau(), session.bureau().catalog
    decisions = bureau.store.decisions(month)
    every = list(product(catalog.leaves(org, month, month), (office.code for office in catalog.offices_in(month))))
    locks = {(leaf, office): decision for leaf, office in every if (decision := lock_in_force(decisions, office, month, leaf))}
    for decision in dict.fromkeys(locks.values()):
        st.info(
            plain(f"{month.chinese}{part([sheet for sheet in locks if locks[sheet] == decision], every)}数据{filing_cells.decided(decision)}。"),
            icon=":material/lock:",
        )
    if org != catalog.root and not catalog.orgs[org].reports:
        frame.soft("锁定和解锁请在上面选一个报数的单位，或选最上级，对全部单位生效。")
        return
    if not running.caller().may(Right.CLOSE):
        return
    whose = "全部单位的全部科室" if catalog.branched and org == catalog.root else f"{catalog.called(None, org)}全部科室"
    with st.container(horizontal=True):
        if len(locks) < len(every) and (
            given := confirmations.confirmed("锁定…", ":material/lock:", f"锁定{month.chinese}：{whose}不能再报送、更正或撤回，直到解锁。", "lock")
        ):
            lock(bureau, month, *given, org=org)
            confirmations.done(f"{month.chinese}已锁定。")
        if locks and (given := confirmations.confirmed("解锁…", ":material/lock_open:", f"解锁{month.chinese}：{whose}可以重新报送、更正和撤回。", "unlock")):
            unlock(bureau, month, *given, org=org)
            confirmations.done(f"{month.chinese}已解锁。")


view = frame.view()
frame.fragment(frame.opened(view))
confirmations.say_what_was_done()
if text := reminder(arrivals.owed(view)):
    st.header("催报名单", anchor=False)
    frame.soft("点右上角复制，发到工作群。")
    st.code(text, language=None, wrap_lines=True)
frame.fragment(arrivals.sheets(view))
st.header("锁定期间", anchor=False)
frame.soft("数据上报或会议定稿以后锁定，防止看过的数再变；锁定和解锁都记入日志。")
closing(view.period, view.org)
