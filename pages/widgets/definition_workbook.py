"""The whole catalogue as a workbook on a page: taken away, changed in Excel, and put in force with all that differs before one's eyes."""

import streamlit as st

from kpi.bureau import LiveBureau
from kpi.errors import CatalogError, KpiError
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.workbook.definitions.definition_reading import read_definitions
from kpi.workbook.writing.definition_book import write_definitions
from kpi.workbook.writing.styles import MEDIA_TYPE
from pages.widgets import catalog_adoption, confirmations, faults, frame, session
from pages.widgets.catalog_adoption import CatalogOffer

_FORM = "definition-workbook"
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
    """What is wrong with a workbook, or what differs in it; it is read once."""
    kept: tuple[bytes, CatalogOffer] | None = st.session_state.get(f"{key}-read")
    try:
        if kept is None or kept[0] != content:
            catalog = read_definitions(bureau.parser.definitions(content, name), name)
            kept = content, CatalogOffer(catalog, catalog_adoption.number_of_last_change(bureau), name, f"指标目录换成「{name}」的")
            st.session_state[f"{key}-read"] = kept
    except CatalogError as error:
        frame.table(HtmlTable("要改的地方", _FAULTS, [HtmlRow({"要改的地方": HtmlCell(line)}) for line in error.faults]))
    except KpiError as error:
        faults.show(error)
    else:
        catalog_adoption.offer(bureau, kept[1], _FORM)
