"""补录上年：从一份旧材料里认出各数据项的数，一个科室一个科室地确认，确认的作为报送入库。"""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from kpi.access.roles import Right
from kpi.filing.two_steps import refers
from kpi.papers.paper import Paper
from kpi.papers.past.past_sheets import past_sheets, take_in
from kpi.papers.past.proposed_figures import ProposalStanding, ProposedFigure, proposed_figures
from kpi.period import Month
from kpi.present.numbers import stated
from kpi.workbook.report import Column
from pages.view import View
from pages.widgets import confirmations, faults, running, session, warmth
from pages.widgets.plain import plain
from pages.widgets.signer import signed

_FORM = "past-figures"
_MONTHS_BACK = 36


def offer(view: View, paper: Paper) -> None:
    """Offer the figures of a paper to who may submit, those of an office at a time; nothing is looked for before it is wanted."""
    if not running.caller().may(Right.SUBMIT):
        return
    with st.expander("补录上年", icon=":material/history:"):
        st.write(plain("还没有上年的报表、只有上年的总结时，把这份材料里的数补录进库，同比就有了基数。已有报送的一概不动；率由分子分母计算，不补录。"))
        if not st.checkbox("认出这份材料里可以补录的数", key="past-wanted"):
            return
        with faults.shown():
            _confirm(view, paper, proposed_figures(session.bureau(), paper, _undated(view), view.org))


def _undated(view: View) -> Month | None:
    """Ask of which month the figures are that the paper gives no day of; None where it is the latest that the paper names."""
    before = [None, *(view.period.plus(-back) for back in range(1, _MONTHS_BACK + 1))]
    words = {None: "材料里最晚的截止日期"} | {month: month.chinese for month in before if month}
    return st.selectbox("没有写明日期的数，算到哪个月", before, format_func=lambda month: plain(words[month]), key="past-month", width=320)


def _confirm(view: View, paper: Paper, proposed: Sequence[ProposedFigure]) -> None:
    """Ask which figures of an office are right, and take those in."""
    catalog = session.bureau().catalog
    free = Counter(each.measure.office for each in proposed if each.standing is not ProposalStanding.ON_FILE)
    on_file = len(proposed) - free.total()
    if not free:
        st.write(plain(f"{len(proposed)} 个数对应到数据项，那个月都已有报送，没有可以补录的。" if on_file else "没有认出可以补录的数。"))
        return
    st.write(plain(f"{len(proposed)} 个数对应到数据项" + (f"，其中 {on_file} 个那个月已有报送。" if on_file else "。")))
    office = st.selectbox("科室", list(free), format_func=lambda code: plain(f"{catalog.offices[code].name}（{free[code]} 个）"), key="past-office", width=320)
    own = [each for each in proposed if each.measure.office == office and each.standing is not ProposalStanding.ON_FILE]
    with st.form(confirmations.form_key(_FORM)):
        whole = st.checkbox("这个科室的都核对过，全部补录（文中另有一个数的除外）", key=confirmations.form_key("past-all"))
        chosen = [each for number, each in enumerate(own) if _ticked(each, confirmations.form_key(f"past-{office}-{number}"))]
        by = signed("姓名", "past-by", width=240)
        note = st.text_input("说明", key=confirmations.form_key("past-note"), help="有请核对的问题时写明是怎么回事，一直留在记录里")
        wanted = st.form_submit_button(plain("送审" if refers(running.caller()) else "补录入库"), type="primary", icon=":material/save:")
    if not wanted:
        return
    confirmed = [each for each in own if each in chosen or (whole and each.standing is ProposalStanding.OPEN)]
    with faults.shown():
        bureau = session.bureau()
        stored = take_in(bureau, paper.name, past_sheets(bureau, paper.name, confirmed, view.org), by, note)
        warmth.keep_ready()
        months = "、".join(each.period.chinese for each in stored)
        done = "已送审，等审核员审核" if refers(running.caller()) else "已补录"
        confirmations.done(f"{catalog.offices[office].name} {months}：{len(confirmed)} 个数{done}。", form=_FORM)


def _ticked(figure: ProposedFigure, key: str) -> bool:
    """Whether a person has confirmed a figure, below which stands the sentence that states it."""
    shown = f"{stated(figure.value)}{figure.measure.unit if figure.value.number is not None else ''}"
    kind = "（当月）" if figure.column is Column.MONTH else ""
    doubt = f"，{figure.standing.value}" if figure.standing is ProposalStanding.CONTESTED else ""
    ticked = st.checkbox(plain(f"{figure.measure.name}{kind} {shown}，截至 {figure.as_of.isoformat()}{doubt}"), key=key)
    st.caption(plain(f"{figure.place}：{figure.sentence}"))
    return ticked
