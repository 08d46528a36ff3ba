"""The form of one proposal: its fields, and 接受 or 不要."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from kpi.setup.proposal import MeasureProposal, Proposal, RateParts, RateProposal
from kpi.setup.proposal_fields import fields_of, parts_formula, value_of
from kpi.setup.setting_up import SettingUp
from kpi.setup.setup_draft import SetupDraft
from pages.bodies import proposal_tables
from pages.view import View
from pages.widgets import faults, frame, session
from pages.widgets.plain import plain

_OWN = "自己选分子、分母"


def show(view: View, setup: SettingUp, proposal: Proposal) -> None:
    """Draw a proposal that is opened or next; once it is answered the page goes on without it."""
    draft, bureau = setup.draft, session.bureau()
    frame.fragment(proposal_tables.proposal(draft, proposal))
    with st.form(f"proposal-{proposal.key}", border=False, enter_to_submit=False):
        wanted = _parts(draft, proposal) if isinstance(proposal, RateProposal) else {}
        wanted |= _fields(draft, proposal)
        with st.container(horizontal=True):
            accepted = st.form_submit_button("接受", type="primary", icon=":material/check:")
            refused = st.form_submit_button("不要", icon=":material/close:")
            again = proposal.key in draft.answers and st.form_submit_button("收回回答", icon=":material/undo:")
    if not (accepted or refused or again):
        return
    with faults.shown():
        if accepted:
            setup.accept(bureau, proposal.key, wanted)
        elif refused:
            setup.refuse(bureau, [proposal.key])
        else:
            setup.reopen(bureau, proposal.key)
        if view.get("row"):
            st.query_params.pop("row", None)
        st.rerun()


def _fields(draft: SetupDraft, proposal: Proposal) -> dict[str, str]:
    """What was typed into the fields of a proposal."""
    typed = {}
    fields = fields_of(proposal)
    columns = st.columns(min(len(fields), 3)) if fields else []
    for at, field in enumerate(fields):
        column, now, key = columns[at % len(columns)], value_of(draft, proposal, field.key), f"{proposal.key}-{field.key}"
        if field.words:
            values = list(field.words)
            typed[field.key] = column.selectbox(
                plain(field.heading), values, index=values.index(now), format_func=partial(_word, field.words), key=key, help=plain(field.meaning) or None
            )
        else:
            typed[field.key] = column.text_input(plain(field.heading), value=now, key=key, help=plain(field.meaning) or None)
    return typed


def _word(words: Mapping[str, str], value: str) -> str:
    return plain(words[value])


def _parts(draft: SetupDraft, rate: RateProposal) -> dict[str, str]:
    """The parts of a rate that were chosen: of those that may be, or a measure each."""
    known = list(dict.fromkeys([*([rate.parts] if rate.parts else []), *rate.choices]))
    chosen: RateParts | str | None = _OWN
    if known:
        options: list[RateParts | str] = [*known, _OWN]
        chosen = st.radio("分子 ÷ 分母", options, index=0 if len(known) == 1 else None, format_func=partial(_option, draft), key=f"{rate.key}-parts")
    measures = [measure for measure in draft.proposed.measures if measure.office == rate.office and measure.code != rate.code]
    left, right = st.columns(2)
    above = _measure(left, "自己选的分子", measures, f"{rate.key}-above")
    below = _measure(right, "自己选的分母", measures, f"{rate.key}-below")
    if isinstance(chosen, RateParts):
        return {} if chosen == rate.parts else {"numerator": chosen.numerator, "denominator": chosen.denominator}
    return {"numerator": above, "denominator": below} if above and below else {}


def _option(draft: SetupDraft, option: RateParts | str) -> str:
    return plain(option if isinstance(option, str) else parts_formula(draft.proposed, option.numerator, option.denominator))


def _measure(place: "st.delta_generator.DeltaGenerator", label: str, measures: Sequence[MeasureProposal], key: str) -> str:
    names = {measure.code: f"{measure.name}（{measure.unit}）" for measure in measures}
    return (
        place.selectbox(plain(label), list(names), index=None, format_func=lambda code: plain(names[code]), placeholder="点开选择，或输入名称查找", key=key)
        or ""
    )
