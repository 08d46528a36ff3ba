"""The rows of what belongs to an entry (先后上级、台账列、台账条件 …): listed, and one at a time added, changed, taken out."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kpi.catalog.noun_entries import PARTS, FieldValues, NounEntry, ties
from kpi.catalog.noun_fields import NounSheet
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.defining.entry_change import EntryFault
from kpi.defining.entry_differences import EntryNames, value_words
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from pages.bodies import entry_list
from pages.widgets import confirmations, entry_fields, frame
from pages.widgets.plain import plain

_NEW = 0  # in the list of rows: one that is not there yet
EntryParts = dict[str, Sequence[FieldValues]]


def change_parts(noun: str, entry: NounEntry | None, key: str) -> EntryParts:
    """
    Draw what belongs to an entry, each kind as a table with a form for one of its rows.

    Args:
        noun: Of the entry.
        entry: As it is in force; nothing of a new one.
        key: What the keys of the widgets begin with; what was changed is kept under it.

    Returns:
        The rows as they are to be, by the noun of their sheet.

    """
    now = entry.parts if entry else {}
    kept: dict[str, list[FieldValues]] = st.session_state.setdefault(f"{key} rows", {part: list(rows) for part, rows in now.items()})
    for part in PARTS[noun]:
        _change(noun, part, kept, f"{key}-{part.noun}")
    return {part: rows for part, rows in kept.items() if rows}


def say(parts: EntryParts, faults: Sequence[EntryFault]) -> None:
    """Say what is wrong with rows, each by its number."""
    for fault in faults:
        where = f"{NOUN_SHEETS[fault.part].title}第 {fault.position} 行：" if fault.part in parts else ""
        st.warning(plain(f"{where}{fault.words}"))


def _change(noun: str, part: NounSheet, kept: dict[str, list[FieldValues]], key: str) -> None:
    rows = kept.setdefault(part.noun, [])
    hidden, known = ties(part, noun), entry_list.names()
    with st.expander(plain(f"{part.title}（{len(rows)} 行）"), icon=":material/table_rows:"):
        frame.soft(f"{part.meaning}。")
        if rows:
            frame.table(_table(part, rows, hidden, known))
        numbers = [*range(1, len(rows) + 1), _NEW]
        form = f"{key}-row"
        begun = confirmations.form_key(form)
        words = {number: _called(number, rows, part, hidden, known) for number in numbers}
        picked = st.selectbox("改哪一行", numbers, index=len(rows), format_func=lambda number: plain(words[number]), key=f"{begun}-which")
        row = rows[picked - 1] if picked else {}
        with st.form(f"{begun}-form-{picked}", border=True):
            filled = entry_fields.fill_in(part, row, f"{begun}-{picked}", hidden, within_form=True)
            put = st.form_submit_button("放进表里" if not picked else "改这一行")
            gone = bool(picked) and st.form_submit_button("删去这一行")
        if gone:
            del rows[picked - 1]
        elif put and filled.faults:
            filled.say(filled.faults)
            return
        elif put and filled.values:
            _place(rows, picked, filled.values)
        if gone or (put and filled.values):
            confirmations.begin_anew(form)


def _place(rows: list[FieldValues], number: int, values: Mapping[str, Any]) -> None:
    if number:
        rows[number - 1] = values
    else:
        rows.append(values)


def _called(number: int, rows: Sequence[FieldValues], part: NounSheet, hidden: Sequence[str], known: EntryNames) -> str:
    if not number:
        return "新增一行"
    words = [value_words(field, rows[number - 1].get(field.key), known) for field in part.fields if field.key not in hidden]
    return f"第 {number} 行：{'，'.join(word for word in words if word)[:40]}"


def _table(part: NounSheet, rows: Sequence[FieldValues], hidden: Sequence[str], known: EntryNames) -> HtmlTable:
    fields = [field for field in part.fields if field.key not in hidden]
    columns = [HtmlColumn("行"), *(HtmlColumn(field.heading, title=place == 0) for place, field in enumerate(fields))]
    listed = []
    for number, row in enumerate(rows, 1):
        cells = {field.heading: HtmlCell(value_words(field, row.get(field.key), known)) for field in fields}
        listed.append(HtmlRow({"行": HtmlCell(str(number), number)} | cells))
    return HtmlTable(part.title, columns, listed)
