"""
What came and what is owed (报送), kept by the version of the data and drawn alike on the pages that show it.

Both pages offer more months than those with figures: a month that nobody reported is the very one to look at.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import streamlit as st

from kpi.filing import completeness, submissions
from kpi.filing.completeness import Arrival, Owed
from kpi.filing.submissions import Record, Standing
from kpi.finding import Finding, Severity
from kpi.period import Month, months
from kpi.present import numbers
from kpi.store import clock
from kpi.store.decision import Decision
from kpi.store.signature import signature
from kpi.validation.taken_away import Change
from pages.widgets import session
from pages.widgets.choice import choice, nearest_month
from pages.widgets.plain import BELOW, Markdown, bold, bullets, coloured, joined, plain

_EVERY = "全部期间"
_SHAPES = {Arrival.OVERDUE: "■", Arrival.PENDING: "○", Arrival.LATE: "▲", Arrival.ON_TIME: "●"}
_COLOURS = {Arrival.OVERDUE: "red", Arrival.PENDING: "gray", Arrival.LATE: "orange", Arrival.ON_TIME: "green"}
_FINDING_COLOURS = {Severity.BLOCK: "red", Severity.CHECK: "orange", Severity.HINT: "blue"}  # as in the marked copy
_STANDINGS = {Standing.IN_FORCE: "●", Standing.MERGED: "◐", Standing.SUPERSEDED: "○", Standing.WITHDRAWN: "✕"}


def history(office: str | None, period: Month | None, org: str | None = None) -> tuple[Record, ...]:
    """Every submission, the latest first; of the organisations at or below one where asked."""
    return session.kept(_history, office, period, org)


def owed(period: Month, org: str | None = None) -> tuple[Owed, ...]:
    """Every sheet owed for a month, as it stands today, by the organisations at or below one where asked."""
    return session.kept(_owed, period, clock.today(), org)


def months_owed() -> tuple[Month, ...]:
    """From the first month with figures to the last that is over; that one alone before the first sheet."""
    last = Month.of(clock.today()).plus(-1)
    known = session.periods()
    return months(known[0], max(last, known[-1])) if known else (last,)


def period() -> Month:
    """The month to look at; the latest one with figures until somebody chooses, the last one that is over before the first sheet."""
    choices = [str(month) for month in reversed(months_owed())]
    known = session.periods()
    latest = choices.index(str(known[-1])) if known else 0
    return Month.parse(choice("期间", choices, "period", 140, latest, nearest_month))


def period_or_all() -> Month | None:
    """The month whose submissions to list, the latest that has any until somebody chooses; None for all of them."""
    reported = sorted({str(record.submission.period) for record in history(None, None)}, reverse=True)
    chosen = choice("期间", [*reported, _EVERY], "period", 140, near=nearest_month)
    return Month.parse(chosen) if chosen != _EVERY else None


def badge(state: Arrival, words: str) -> str:
    """Shape and word: ``▲ 迟报 3 天``."""
    return f"{_SHAPES[state]} {words}"


def standing(record: Record) -> str:
    """Shape and word: ``● 有效``."""
    return f"{_STANDINGS[record.standing]} {record.standing.value}"


def colours(badges: Mapping[str, Arrival]) -> dict[str, str]:
    """The colours of badges, by their words, from the states they stand for."""
    return {words: _COLOURS[state] for words, state in badges.items()}


def findings(every: Iterable[Finding]) -> None:
    """核对意见, the gravest first: where, what is seen, and below it the way out; whole sentences, on a phone too."""
    ordered = sorted(every, key=lambda finding: list(Severity).index(finding.severity))
    st.markdown(bullets(_finding_line(finding) for finding in ordered))


def _finding_line(finding: Finding) -> Markdown:
    colour = _FINDING_COLOURS[finding.severity]
    line = joined([coloured(finding.severity.chinese, f"{colour}-badge"), bold(str(finding.place)), finding.seen], " ")
    return joined([line, coloured(finding.remedy, "gray")], BELOW)


def change_line(change: Change, before: str, nothing: str = numbers.NOTHING) -> dict[str, object]:
    """A figure that a submission changes, as a row; ``before``: the head of what it was, a measure that the catalogue has dropped goes by its code."""
    measure = session.bureau().catalog.measures.get(change.measure)
    name, unit = (measure.name, measure.unit) if measure else (change.measure, "")
    old = numbers.stated(change.old, unit) if change.old else nothing
    return {"数据项": name, "列": change.column.chinese, before: old, "这一份": numbers.stated(change.new, unit)}


def decided(decision: Decision) -> str:
    """Who decided it, when and why."""
    return f"{signature(decision.by, decision.at, '已由')} {decision.act.chinese}，理由：{decision.reason}"


def confirmed(label: str, icon: str, consequence: str, key: str) -> tuple[str, str] | None:
    """
    Ask for a name and a reason behind a button that says what will happen.

    Returns:
        Name and reason once they were given and confirmed.

    """
    with st.popover(plain(label), icon=icon), st.form(f"{key}-form", border=False):
        st.write(plain(consequence))
        by = st.text_input("姓名", value=st.session_state.get("by", ""), key=f"{key}-by")
        reason = st.text_input("理由", key=f"{key}-reason", help="理由一直留在记录里")
        if not st.form_submit_button("确认", type="primary"):
            return None
        if by.strip() and reason.strip():
            return by, reason
        st.warning("请写明姓名和理由。")
    return None


def done(sentence: str, left: Sequence[Finding] = ()) -> None:
    """Run the page again, and say on it what was done, and what is left to look at."""
    st.session_state["done"] = sentence, tuple(left)
    st.rerun()


def say_what_was_done() -> None:
    """The sentence and the findings that `done` left for this run."""
    sentence, left = st.session_state.pop("done", ("", ()))
    if sentence:
        st.success(plain(sentence), icon=":material/check:")
    if left:
        findings(left)


def _history(office: str | None, period: Month | None, org: str | None) -> tuple[Record, ...]:
    return tuple(submissions.history(session.bureau(), office, period, org))


def _owed(period: Month, today: date, org: str | None) -> tuple[Owed, ...]:
    return tuple(completeness.completeness(session.bureau(), period, today, org))
