"""报送情况：这个月谁按时报了，谁迟了，谁还没有报，催谁。"""

from collections import Counter
from itertools import product

import streamlit as st

from kpi.filing.completeness import Arrival, Owed, provisional_words, reminder
from kpi.filing.submissions import lock, unlock
from kpi.period import Month, months
from kpi.store.decision import lock_in_force
from pages.widgets import board_lists, filing_lists, organisations, page_head, pickers, session
from pages.widgets.filing_lists import badge
from pages.widgets.plain import plain

MONTHS = 12
MOST = 20  # offices that one sentence names


def line(row: Owed) -> dict[str, object]:
    whose = {"单位": row.org_name} if row.org_name else {}
    return whose | {
        "科室": row.name,
        "情况": [badge(row.state, row.words)],
        "应报日": row.due_words,
        "收到": f"{row.received:%Y-%m-%d %H:%M}" if row.received else f"{'、'.join(row.ledgers)}已报" if row.ledgers else "",
        "报送人": row.current.by if row.current else "",
        "请核对": f"{row.findings_open} 条" if row.findings_open else "",
        "报表": row.template,
    }


def matrix(last: Month, org: str) -> None:
    """The months side by side: by office of one organisation, of several by organisation, each by its most urgent sheet."""
    several = len(session.bureau().catalog.leaves(org)) > 1
    noun = "单位" if several else "科室"
    shown = months(max(last.plus(1 - MONTHS), filing_lists.months_owed()[0]), last)[::-1]
    by_month: dict[str, dict[str, Owed]] = {}
    for month in shown:
        states = by_month[str(month)] = {}
        for row in sorted(filing_lists.owed(month, org), key=lambda row: list(Arrival).index(row.state)):
            states.setdefault(row.org if several else row.office, row)
    every = [row for month in shown for row in filing_lists.owed(month, org)]
    names = {row.org if several else row.office: row.org_name if several else row.name for row in every}
    badges = {badge(row.state, row.state_words): row.state for states in by_month.values() for row in states.values()}
    lines = [
        {noun: name} | {month: [badge(states[code].state, states[code].state_words)] if code in states else [] for month, states in by_month.items()}
        for code, name in names.items()
    ]
    st.subheader(plain(f"近 {len(shown)} 个月"), anchor=False)
    board_lists.records(lines, f"各{noun}各月的报送情况", filing_lists.colours(badges))


def part(locked: list[tuple[str, str]], every: list[tuple[str, str]]) -> str:
    """What of the offices that are shown a lock covers."""
    rest = [sheet for sheet in every if sheet not in locked]
    fewer = min(locked, rest, key=len)
    named = "、".join(session.called(office, org) for org, office in fewer) if len(fewer) <= MOST else f"{len(fewer)} 个科室"
    return "的" if not rest else f"{named}的" if len(locked) <= len(rest) else f"除{named}外的"


def closing(month: Month, org: str) -> None:
    bureau, catalog = session.bureau(), session.bureau().catalog
    decisions = bureau.store.decisions(month)
    every = list(product(catalog.leaves(org, month, month), catalog.offices))
    locks = {(leaf, office): decision for leaf, office in every if (decision := lock_in_force(decisions, office, month, leaf))}
    for decision in dict.fromkeys(locks.values()):
        st.info(
            plain(f"{month.chinese}{part([sheet for sheet in locks if locks[sheet] == decision], every)}数据{filing_lists.decided(decision)}。"),
            icon=":material/lock:",
        )
    if org != catalog.root and not catalog.orgs[org].reports:
        st.caption("锁定和解锁请在上面选一个报数的单位，或选最上级，对全部单位生效。")
        return
    whose = "全部单位的全部科室" if catalog.branched and org == catalog.root else f"{catalog.called(None, org)}全部科室"
    with st.container(horizontal=True):
        if len(locks) < len(every) and (
            given := filing_lists.confirmed("锁定…", ":material/lock:", f"锁定{month.chinese}：{whose}不能再报送、更正或撤回，直到解锁。", "lock")
        ):
            lock(bureau, month, *given, org=org)
            filing_lists.done(f"{month.chinese}已锁定。")
        if locks and (given := filing_lists.confirmed("解锁…", ":material/lock_open:", f"解锁{month.chinese}：{whose}可以重新报送、更正和撤回。", "unlock")):
            unlock(bureau, month, *given, org=org)
            filing_lists.done(f"{month.chinese}已解锁。")


with page_head.head("报送情况"):
    org = pickers.org()
    month = filing_lists.period()
filing_lists.say_what_was_done()
rows = sorted(filing_lists.owed(month, org), key=lambda row: (list(Arrival).index(row.state), -row.days))
counts = Counter(row.state for row in rows)
counted = "，".join(f"{counts[state]} 份{state.value}" for state in Arrival if counts[state])
st.subheader(plain(f"{month.chinese}应报 {len(rows)} 份{'：' if counted else ''}{counted}。"), anchor=False)
organisations.state(org, month)
silent = [later for later in filing_lists.months_owed() if session.periods() and later > session.periods()[-1]]
later = f"{silent[0].chinese}{f'到 {silent[-1].chinese}' if silent[1:] else ''}还没有收到任何报表。" if silent else ""
st.caption(plain(f"期限逢休息日顺延到下一个工作日；以第一份有效报送的时间为准，后来的更正不算迟报。{provisional_words(rows)}{later}"))
board_lists.records(
    board_lists.without_empty([line(row) for row in rows]),
    "本月报送情况",
    filing_lists.colours({badge(row.state, row.words): row.state for row in rows}),
)
st.page_link("filing/submission_list.py", label=plain(f"{month.chinese}的报送记录"), icon=":material/history:", query_params={"period": str(month)})

if text := reminder(rows):
    st.subheader("催报名单", anchor=False)
    st.caption("点右上角复制，发到工作群。")
    st.code(text, language=None, wrap_lines=True)
matrix(month, org)
st.subheader("锁定期间", anchor=False)
st.caption("数据上报或会议定稿以后锁定，防止看过的数再变；锁定和解锁都记入日志。")
closing(month, org)
