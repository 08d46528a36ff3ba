"""The whole catalogue as a workbook on a page: taken away, changed in Excel, and put in force with all that differs before one's eyes."""

from functools import partial

import streamlit as st

from kpi.bureau import LiveBureau
from kpi.catalog.plain_tables import documents_of
from kpi.defining.entry_differences import EntryDifference, differences
from kpi.defining.in_force import ChangeNote, put_in_force
from kpi.errors import CatalogError, KpiError, OutdatedError
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.workbook.definitions.definition_reading import read_definitions
from kpi.workbook.writing.definition_book import write_definitions
from kpi.workbook.writing.styles import MEDIA_TYPE
from pages.bodies import entry_list
from pages.widgets import confirmations, faults, frame, session
from pages.widgets.plain import plain
from pages.widgets.signer import signed

_FORM = "definition-workbook"
_DIFFERENCES = (HtmlColumn("哪一条", title=True), HtmlColumn("改了什么", most="40em"))
_FAULTS = (HtmlColumn("要改的地方", title=True, wide=True),)


def offer() -> None:
    """Let the catalogue be taken away as a workbook, and a changed one be looked at and put in force."""
    bureau, key = session.bureau(), confirmations.form_key(_FORM)
    with st.expander("整个目录一起改（Excel）", icon=":material/table_view:"):
        frame.soft("下载的工作簿里科室、数据项、指标、目标等各有一张表。在 Excel 里改好放回来，先列出改了什么、哪一格有错，看清了再生效。")
        st.download_button(
            "下载指标目录",
            data=lambda: write_definitions(bureau.catalog),
            file_name="指标目录.xlsx",
            mime=MEDIA_TYPE,
            icon=":material/download:",
            on_click="ignore",
        )
        file = st.file_uploader("把改好的工作簿放到这里", type=["xlsx"], key=f"{key}-file")
        if file is not None:
            _look(bureau, file.getvalue(), file.name, key)


def _look(bureau: LiveBureau, content: bytes, name: str, key: str) -> None:
    """What is wrong with a workbook, or what differs in it, with the fields that put it in force."""
    kept = st.session_state.get(f"{key}-read")
    number = bureau.kept.number if bureau.kept else 0
    try:
        if kept is None or kept[0] != (name, content):
            kept = (name, content), read_definitions(bureau.parser.definitions(content, name), name), number
            st.session_state[f"{key}-read"] = kept
    except CatalogError as error:
        frame.table(HtmlTable("要改的地方", _FAULTS, [HtmlRow({"要改的地方": HtmlCell(line)}) for line in error.faults]))
        return
    except KpiError as error:
        faults.show(error)
        return
    changed = differences(documents_of(bureau.catalog), documents_of(kept[1]))
    if not changed:
        st.info(plain(f"「{name}」与现在的指标目录没有不同。"))
        return
    frame.soft(f"「{name}」有 {len(changed)} 处与现在的不同：")
    frame.table(HtmlTable("不同的地方", _DIFFERENCES, list(map(_row, changed))))
    with st.form(f"{key}-form", border=True):
        by = signed("姓名", f"{key}-by")
        why = st.text_input("理由", key=f"{key}-why", help="理由一直留在变动记录里；有文件的写明文件")
        if st.form_submit_button("生效", type="primary"):
            _adopt(partial(put_in_force, bureau, kept[1], ChangeNote(by, why, about=f"指标目录换成「{name}」的"), after=kept[2]), len(changed))


def _row(difference: EntryDifference) -> HtmlRow:
    first, *others = entry_list.difference_words(difference) or (difference.act,)
    return HtmlRow({"哪一条": HtmlCell(f"{difference.title}「{difference.name}」"), "改了什么": HtmlCell(first, notes=tuple(others))})


def _adopt(act: partial[LiveBureau], count: int) -> None:
    try:
        act()
    except OutdatedError as fault:
        confirmations.outdated(str(fault), _FORM)
        return
    except KpiError as fault:
        faults.show(fault)
        return
    confirmations.done(f"工作簿里的 {count} 处改动已经生效。", form=_FORM)
