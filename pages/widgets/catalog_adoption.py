"""Another catalogue before it comes in force: what differs, and the fields with which somebody puts it in force."""

from dataclasses import dataclass

import streamlit as st

from kpi.bureau import LiveBureau
from kpi.catalog.model import Catalog
from kpi.catalog.plain_tables import documents_of
from kpi.defining.entry_differences import EntryDifference, differences
from kpi.defining.in_force import ChangeNote, put_in_force
from kpi.errors import KpiError, OutdatedError
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from pages.bodies import entry_list
from pages.widgets import confirmations, faults, frame
from pages.widgets.plain import plain
from pages.widgets.signer import signed

_DIFFERENCES = (HtmlColumn("哪一条", title=True), HtmlColumn("改了什么", most="40em"))


@dataclass(frozen=True, slots=True)
class CatalogOffer:
    """A catalogue that may come in force, the number of the last change when it was made, and where it is from."""

    catalog: Catalog
    number: int
    name: str  # of the file
    about: str  # for the audit


def number_of_last_change(bureau: LiveBureau) -> int:
    """The number of the last change of the catalogue; 0 where there is none, or it is kept elsewhere."""
    return bureau.kept.number if bureau.kept else 0


def offer(bureau: LiveBureau, offered: CatalogOffer, form: str) -> None:
    """Say what differs from the catalogue in force, and let somebody put it in force; ``form`` names the form, which begins anew then."""
    changed, key = differences(documents_of(bureau.catalog), documents_of(offered.catalog)), confirmations.form_key(form)
    if not changed:
        st.info(plain(f"「{offered.name}」与现在的指标目录没有不同。"))
        return
    frame.soft(f"「{offered.name}」有 {len(changed)} 处与现在的不同：")
    frame.table(HtmlTable("不同的地方", _DIFFERENCES, list(map(_row, changed))))
    with st.form(f"{key}-form", border=True):
        by = signed("姓名", f"{key}-by")
        why = st.text_input("理由", key=f"{key}-why", help="理由一直留在变动记录里；有文件的写明文件")
        if not st.form_submit_button("生效", type="primary"):
            return
    try:
        put_in_force(bureau, offered.catalog, ChangeNote(by, why, about=offered.about), after=offered.number)
    except OutdatedError as fault:
        confirmations.outdated(str(fault), form)
    except KpiError as fault:
        faults.show(fault)
    else:
        confirmations.done(f"「{offered.name}」里的 {len(changed)} 处改动已经生效。", form=form)


def _row(difference: EntryDifference) -> HtmlRow:
    first, *others = entry_list.difference_words(difference) or (difference.act,)
    return HtmlRow({"哪一条": HtmlCell(f"{difference.title}「{difference.name}」"), "改了什么": HtmlCell(first, notes=tuple(others))})
