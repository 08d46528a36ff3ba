"""The form of an entry of the catalogue: its fields, what is wrong with them, what would come of them, and what puts them in force."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.catalog.model import Catalog
from kpi.catalog.noun_entries import NounEntry
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.plain_tables import documents_of
from kpi.defining.dated_definition import is_redefined
from kpi.defining.entry_change import EntryError
from kpi.defining.entry_differences import called, differences
from kpi.defining.entry_saving import save, tried
from kpi.defining.in_force import ChangeNote
from kpi.defining.value_preview import PreviewedMonth, preview
from kpi.errors import KpiError, OutdatedError
from kpi.period import Month, months
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.present.row_words import Spoken
from kpi.store import clock
from pages.bodies import entry_list, row_cells
from pages.view import View
from pages.widgets import confirmations, entry_fields, entry_parts, faults, frame, running, session
from pages.widgets.plain import plain
from pages.widgets.signer import signed

_SEEN = "entry-seen"  # in the state of a visit: by the key of a form the entry as it was shown first, and the number of the last change then
_PREVIEW = (
    HtmlColumn("月份", title=True),
    HtmlColumn("现在", numeric=True),
    HtmlColumn("改后", numeric=True),
    HtmlColumn("现在的状态"),
    HtmlColumn("改后的状态"),
)
_PREVIEWED = ("indicator", "target")
_EVERY_MONTH = ""  # in the list of months: no month
_BACK, _AHEAD = 24, 2  # months that a change may begin with, before and after this one


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """An entry as a form showed it first; whoever changes it meanwhile does not change it under the hands of who types."""

    entry: NounEntry | None
    number: int


def show(view: View, noun: str, entry: NounEntry | None) -> None:
    """Draw the form of an entry, or of a new one."""
    bureau, form = session.bureau(), f"define-{noun}-{view.get('row')}"
    key = confirmations.form_key(form)
    seen = _as_first_shown(bureau, entry, key)
    before = seen.entry
    filled = entry_fields.fill_in(NOUN_SHEETS[noun], before.own if before else {}, key)
    parts = entry_parts.change_parts(noun, before, key)
    after = NounEntry(noun, filled.values, parts)
    if filled.faults:
        filled.say(filled.faults)
    elif before == after:
        frame.soft("改了哪一栏，这里就写明会变成什么、算出来是多少，看清了再保存。")
    elif before is not None or filled.values:
        _offer(bureau, seen, after, filled, form)
    if before is not None:
        _offer_removal(bureau, seen, before, form)


def _as_first_shown(bureau: LiveBureau, entry: NounEntry | None, key: str) -> SeenEntry:
    kept: dict[str, SeenEntry] = st.session_state.get(_SEEN, {})
    if key not in kept:
        st.session_state[_SEEN] = kept = {key: SeenEntry(entry, bureau.kept.number if bureau.kept else 0)}  # of the one that is open
    return kept[key]


def _offer(bureau: LiveBureau, seen: SeenEntry, after: NounEntry, filled: entry_fields.FilledFields, form: str) -> None:
    """What is wrong with a change, or what comes of it and the fields that put it in force."""
    key = confirmations.form_key(form)
    first = _first_month(key) if seen.entry and is_redefined(seen.entry, after) else None
    try:
        catalog = tried(bureau, seen.entry, after, first)
    except EntryError as error:
        entry_parts.say(dict(after.parts), filled.say(error.faults))
        return
    for difference in differences(documents_of(bureau.catalog), documents_of(catalog)):
        lines = entry_list.difference_words(difference)
        st.info(plain(f"{difference.act}{difference.title}「{difference.name}」{'。' if not lines else '：'}{'；'.join(lines)}"), icon=":material/difference:")
    code = str(after.own.get("indicator" if after.noun == "target" else "code", ""))
    if after.noun in _PREVIEWED and bureau.may(Right.READ) and session.periods():
        _show_preview(bureau, catalog, code, f"{form}-{after!r}-{first}")
    _ask(bureau, seen, after, form, first)


def _show_preview(bureau: LiveBureau, catalog: Catalog, code: str, what: str) -> None:
    """The last twelve months, as they are and as they would be; computed once for what is typed."""
    kept = st.session_state.get("entry-preview")
    if kept is None or kept[0] != (what, running.version()):
        st.session_state["entry-preview"] = kept = (what, running.version()), preview(bureau, catalog, code, session.root())
    st.subheader("最近十二个月算出来是多少", anchor=False)
    frame.table(HtmlTable("试算", _PREVIEW, [_preview_row(bureau.catalog, catalog, month) for month in kept[1]]))


def _preview_row(now: Catalog, then: Catalog, month: PreviewedMonth) -> HtmlRow:
    cells = {"月份": HtmlCell(month.period.chinese, month.period.first_day)}
    for head, state, catalog, row in (("现在", "现在的状态", now, month.now), ("改后", "改后的状态", then, month.then)):
        if row is not None:
            cells[head] = HtmlCell(Spoken(row, catalog.indicator_or_measure(row.indicator).decimals).printed, row.figure.value)
            cells[state] = HtmlCell(badges=(row_cells.mark(row),))
    return HtmlRow(cells)


def _ask(bureau: LiveBureau, seen: SeenEntry, after: NounEntry, form: str, first: Month | None) -> None:
    """Who and why."""
    key = f"{confirmations.form_key(form)}-save"
    with st.form(f"{key}-form", border=True):
        by = signed("姓名", f"{key}-by")
        why = st.text_input("理由", key=f"{key}-why", help="理由一直留在变动记录里；有文件的写明文件")
        if not st.form_submit_button("保存，马上生效", type="primary"):
            return
    sentence = f"{after.sheet.title}「{_called(after)}」{'改好了' if seen.entry else '加上了'}，马上生效。"
    _attempt(partial(save, bureau, seen.entry, after, ChangeNote(by, why, first), number=seen.number), sentence, form, after.key)


def _first_month(key: str) -> Month | None:
    """From which month a definition is to hold, chosen before its values are shown; None: for all months."""
    today = Month.of(clock.today())
    offered = [_EVERY_MONTH, *(str(month) for month in reversed(months(min([today.plus(-_BACK), *session.periods()[:1]]), today.plus(_AHEAD))))]
    picked = st.selectbox(
        "从哪个月起",
        offered,
        format_func=lambda month: plain(Month.parse(month).chinese if month else "所有月份都按新的算"),
        key=f"{key}-first",
        help="选了月份的，以前的月份仍按原来的口径算；口径本来就写错了的，选所有月份",
    )
    return Month.parse(picked) if picked else None


def _offer_removal(bureau: LiveBureau, seen: SeenEntry, before: NounEntry, form: str) -> None:
    key = f"{confirmations.form_key(form)}-remove"
    what = f"{before.sheet.title}「{_called(before)}」"
    confirmed = confirmations.confirmed("删去…", ":material/delete:", f"从指标目录里删去{what}。已经有数的、别处用着的不能删。", key)
    if confirmed:
        by, why = confirmed
        _attempt(partial(save, bureau, before, None, ChangeNote(by, why), number=seen.number), f"{what}删去了。", form, None)


def _called(entry: NounEntry) -> str:
    return called(entry, entry_list.names())


def _attempt(act: partial[LiveBureau], sentence: str, form: str, row: str | None) -> None:
    """Do it and say what came of it; the page then shows the entry as it is now, or the list."""
    try:
        act()
    except OutdatedError as fault:
        confirmations.outdated(str(fault), form)
        return
    except KpiError as fault:
        faults.show(fault)
        return
    if row is None:
        st.query_params.pop("row", None)
    else:
        st.query_params["row"] = row
    confirmations.done(sentence, form=form)
