"""The fields of an entry of the catalogue on a page: each with its heading, its meaning, and the widget that suits it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.catalog.measure import MeasureKind
from kpi.catalog.noun_fields import FieldKind, NounField, NounSheet
from kpi.catalog.organisation import BUREAU
from kpi.defining.entry_change import EntryFault
from kpi.defining.field_texts import field_text, field_value
from kpi.defining.formula_text import coded
from kpi.present import formulas
from kpi.workbook.definitions.field_reading import FieldError
from pages.widgets import session
from pages.widgets.plain import plain

_COMPLETED = "formula-"  # in the keys of fields that kpi/web/formula.js completes
_UNSAID = ""  # in a list to choose from: nothing is written
_LONG = frozenset({"note", "remedy", "why_it_matters", "may_assess_note", "source", "data", "document", "denominator_words"})
_INNER = {"target": "月度计划、计分"}  # what the fields of inner tables are behind
_CODES = {"parts": ("indicator",), "feeds": ("indicator", "measure")}  # lists of codes of several nouns


@dataclass(slots=True)
class FilledFields:
    """What a form holds: the values that could be read, and what is wrong with the others; where each field stands, for what is said below it."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[EntryFault] = field(default_factory=list)
    places: dict[str, DeltaGenerator] = field(default_factory=dict)
    within_form: bool = False  # whether all of it is handed in at once

    def say(self, faults: Sequence[EntryFault]) -> list[EntryFault]:
        """Say each fault below its field; those of no field here are given back."""
        left = []
        for fault in faults:
            place = self.places.get(fault.key)
            if place is None or fault.part:
                left.append(fault)
            else:
                place.warning(plain(fault.words))
        return left


def fill_in(sheet: NounSheet, before: Mapping[str, Any], key: str, hidden: Sequence[str] = (), *, within_form: bool = False) -> FilledFields:
    """
    Draw the fields of a sheet.

    Args:
        sheet: The noun.
        before: What is written now.
        key: What the keys of the widgets begin with.
        hidden: Fields that tie a row to its entry, which are not asked for.
        within_form: Whether all of it is handed in at once.

    """
    filled = FilledFields(within_form=within_form)
    shown = [each for each in sheet.fields if each.key not in hidden]
    outer = [each for each in shown if "." not in each.key]
    inner = [each for each in shown if "." in each.key]
    for wide, fields in groupby(outer, _is_wide):
        _draw_beside(list(fields), 1 if wide else 2, before, key, filled)
    if inner:
        with st.expander(plain(_INNER.get(sheet.noun, "其他")), expanded=any(each.key in before for each in inner)):
            _draw_beside(inner, 3, before, key, filled)
    return filled


def _draw_beside(fields: Sequence[NounField], beside: int, before: Mapping[str, Any], key: str, filled: FilledFields) -> None:
    """Fields in rows of some, so that they are read from left to right on every width."""
    for start in range(0, len(fields), beside):
        for column, each in zip(st.columns(beside), fields[start : start + beside], strict=False):
            with column:
                _draw(each, before, key, filled)


def _is_wide(each: NounField) -> bool:
    return each.kind is FieldKind.FORMULA or each.key in _LONG


def _draw(each: NounField, before: Mapping[str, Any], key: str, filled: FilledFields) -> None:
    """A field with the place below it; a value that nobody touched stays exactly as it is."""
    now = before.get(each.key)
    name = f"{key}-{_COMPLETED if each.kind is FieldKind.FORMULA else ''}{each.key}"
    label = plain(each.heading + ("（必填）" if each.required else ""))
    try:
        value = _DRAWN.get(each.kind, _typed)(each, now, name, label, filled)
    except FieldError as error:
        filled.faults.append(EntryFault(f"「{each.heading}」{error}。", each.key))
        value = now
    filled.places[each.key] = st.empty()
    if value is not None:
        filled.values[each.key] = value


def _typed(each: NounField, now: Any, name: str, label: str, _: FilledFields) -> Any:
    if each.leads_to and each.kind is FieldKind.CODE:
        return _one_code(each, now, name, label)
    shown = field_text(each, now)
    if each.key in _LONG or "\n" in shown:
        text = st.text_area(plain(label), value=shown, key=name, help=plain(each.meaning), height=80)
    else:
        text = st.text_input(plain(label), value=shown, key=name, help=plain(each.meaning))
    return now if text == shown else field_value(each, text)


def _formula(each: NounField, now: Any, name: str, label: str, filled: FilledFields) -> Any:
    """A formula of names or codes, what it says in names, and a list to put a name into it from."""
    shown = field_text(each, now)
    left, right = (st.container(), None) if filled.within_form else st.columns([3, 1])
    if name not in st.session_state:
        st.session_state[name] = shown  # not its default, for the list beside it writes into it
    with left:
        text = st.text_area(plain(label), key=name, help=plain(each.meaning), height=80)
    if right is not None:  # a form takes no list that acts at once
        options = _code_options("measure")
        right.selectbox(
            "插入数据项",
            list(options),
            index=None,
            format_func=lambda code: plain(options[code]),
            key=f"{name}-insert",
            placeholder="输入名称查找",
            on_change=_insert(name),
        )
    formula = now if text == shown else coded(text, session.bureau().catalog, str(filled.values.get("office", ""))) or None
    if formula:
        st.caption(plain(f"即：{formulas.side(formula, session.bureau().catalog)}"))
    return formula


def _insert(name: str) -> Callable[[], None]:
    def insert() -> None:
        code = st.session_state.get(f"{name}-insert")
        if code:
            text = str(st.session_state.get(name, "")).rstrip()
            between = " " if text.endswith(("+", "-", "*", "/", "(")) else " + "
            st.session_state[name] = f"{text}{between}{code}" if text else code
        st.session_state[f"{name}-insert"] = None

    return insert


def _word(each: NounField, now: Any, name: str, label: str, _: FilledFields) -> Any:
    return _chosen(dict(each.words), each, now, name, label)


def _truth(each: NounField, now: Any, name: str, label: str, _: FilledFields) -> Any:
    words = {_UNSAID: "不写", "是": "是", "否": "否"}
    shown = _UNSAID if now is None else "是" if now else "否"
    picked = st.selectbox(
        plain(label), list(words), index=list(words).index(shown), format_func=lambda word: plain(words[word]), key=name, help=plain(each.meaning)
    )
    return None if picked == _UNSAID else picked == "是"


def _one_code(each: NounField, now: Any, name: str, label: str) -> Any:
    options = _code_options(each.leads_to)
    if each.key == "reported":
        measures = session.bureau().catalog.measures
        options = {code: called for code, called in options.items() if measures[code].kind is MeasureKind.RATE}
    if each.leads_to == "office" and BUREAU in each.meaning:
        options = {BUREAU: session.bureau().catalog.bureau, **options}
    return _chosen(options, each, now, name, label)


def _several_codes(each: NounField, now: Any, name: str, label: str, _: FilledFields) -> Any:
    nouns = (each.leads_to,) if each.leads_to else _CODES.get(each.key, ("indicator", "measure"))
    options = {code: called for noun in nouns for code, called in _code_options(noun).items()}
    options = {**{code: code for code in now or ()}, **options}
    return (
        st.multiselect(plain(label), list(options), default=now or [], format_func=lambda code: plain(options[code]), key=name, help=plain(each.meaning))
        or None
    )


def _chosen(options: Mapping[str, str], each: NounField, now: Any, name: str, label: str) -> Any:
    """One of some values; what is written now stays among them, whatever it is."""
    offered = {**({} if each.required and now is not None else {_UNSAID: "不写"}), **options}
    if now is not None:
        offered.setdefault(now, str(now))
    values = list(offered)
    at = values.index(_UNSAID if now is None else now)
    picked = st.selectbox(plain(label), values, index=at, format_func=lambda value: plain(offered[value]), key=name, help=plain(each.meaning))
    return None if picked == _UNSAID else picked


def _code_options(noun: str) -> dict[str, str]:
    """The codes of a noun with the names they are offered by."""
    catalog = session.bureau().catalog
    if noun in ("measure", "indicator"):
        entries = catalog.measures if noun == "measure" else catalog.indicators
        return {code: f"{entry.name}（{catalog.offices[entry.office].name}）" for code, entry in entries.items()}
    if noun == "reference":
        return {reference.code: reference.name for reference in catalog.references.values()}
    named: Mapping[str, Mapping[str, Any]] = {"office": catalog.offices, "org": catalog.orgs, "area": catalog.areas, "ledger": catalog.ledgers}
    return {code: entry.name for code, entry in named[noun].items()}


_DRAWN: Mapping[FieldKind, Callable[[NounField, Any, str, str, FilledFields], Any]] = {
    FieldKind.FORMULA: _formula,
    FieldKind.WORD: _word,
    FieldKind.YES_NO: _truth,
    FieldKind.CODES: _several_codes,
}
