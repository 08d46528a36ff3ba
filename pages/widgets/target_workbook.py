"""A bureau's own table of targets (目标任务分解表) on a page: read in whatever layout, looked at, and what nothing is asked about put in force."""

from collections.abc import Iterable

import streamlit as st

from kpi.bureau import LiveBureau
from kpi.errors import KpiError, RequestError
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.present.numbers import stated_amount
from kpi.present.target_words import asked
from kpi.setup.proposal import CellOfFile
from kpi.setup.surveyed_figure import SurveyedFile
from kpi.setup.target_keeping import with_targets
from kpi.setup.target_proposal import TargetProposal, TargetProposals
from kpi.setup.target_reading import TargetOptions, read_targets
from pages.widgets import catalog_adoption, confirmations, faults, frame, session
from pages.widgets.catalog_adoption import CatalogOffer
from pages.widgets.plain import plain

_FORM = "target-workbook"
_READ = (HtmlColumn("指标", title=True), HtmlColumn("科室或单位"), HtmlColumn("目标"), HtmlColumn("单元格", wide=True))
_ASKED = (HtmlColumn("名称", title=True), HtmlColumn("单元格"), HtmlColumn("为什么没有读成目标", wide=True))


def offer() -> None:
    """Let a table of targets be read."""
    bureau, key = session.bureau(), confirmations.form_key(_FORM)
    with st.expander("由目标任务分解表读入", icon=":material/table_view:"):
        frame.soft("本局下达的分解表什么版式都可以：先列出读到的目标，认不出的名称、对不上的合计、不是数的也列出来，看清了再生效。")
        document = st.text_input("依据文件", key=f"{key}-document", help="表上写了的可以不写")
        file = st.file_uploader("把分解表放到这里", type=["xlsx", "xls", "et"], key=f"{key}-file")
        if file is not None:
            _look(bureau, file.getvalue(), file.name, document.strip(), key)


def _look(bureau: LiveBureau, content: bytes, name: str, document: str, key: str) -> None:
    """What a table says, what of it is asked, and what would differ; it is read once."""
    kept: tuple[tuple[bytes, str], TargetProposals, int] | None = st.session_state.get(f"{key}-read")
    try:
        if kept is None or kept[0] != (content, document):
            survey = SurveyedFile(name, bureau.parser.parse(content, name))
            read = read_targets(survey, bureau.catalog, TargetOptions(document=document))
            kept = (content, document), read, catalog_adoption.number_of_last_change(bureau)
            st.session_state[f"{key}-read"] = kept
        proposals = kept[1]
        if not proposals.ready:
            raise RequestError(f"「{name}」里没有可以直接用的目标；表里要有指标目录里的指标名称、年份和依据文件，旁边或下面写要达到的数。")
        catalog = with_targets(bureau.catalog, proposals.ready, replacing=True)
    except KpiError as error:
        faults.show(error)
        if kept is not None:
            _show_asked(kept[1])
        return
    st.info(plain(f"读到 {len(proposals.ready)} 个 {proposals.year} 年的目标，依据：{proposals.document}。"))
    frame.table(HtmlTable("读到的目标", _READ, [_ready(bureau, proposal) for proposal in proposals.ready]))
    _show_asked(proposals)
    catalog_adoption.offer(bureau, CatalogOffer(catalog, kept[2], name, proposals.about), _FORM)


def _ready(bureau: LiveBureau, proposal: TargetProposal) -> HtmlRow:
    """A target as it would hold, how much of it falls due by when, and the cells that it stands in."""
    target, unit = proposal.target, bureau.catalog.indicators[proposal.target.indicator].unit
    due = tuple(f"到 {milestone.on.month} 月 {stated_amount(milestone.share, '%')}" for milestone in target.milestones[:-1])
    cells = {
        "指标": proposal.name,
        "科室或单位": bureau.catalog.called(target.office, target.org),
        "单元格": "、".join(str(cell.place) for cell in proposal.cells),
    }
    wanted = HtmlCell(asked(target.kind, target.value, target.upper, unit), notes=due or (("分到各月",) if target.monthly else ()))
    return HtmlRow({heading: HtmlCell(text) for heading, text in cells.items()} | {"目标": wanted})


def _show_asked(proposals: TargetProposals) -> None:
    rows = list(_asked(proposals))
    if rows:
        frame.table(HtmlTable("没有读成目标的", _ASKED, rows))


def _asked(proposals: TargetProposals) -> Iterable[HtmlRow]:
    yield from (_row(each.name, each.cells[0], each.question) for each in proposals.proposals if each.question)
    yield from (_row(each.name, each.cell, each.question) for each in proposals.asked)
    yield from (_row(unmatched.name, unmatched.cell, unmatched.words) for unmatched in proposals.unmatched)
    yield from (_row(unequal.name, unequal.cell, unequal.words) for unequal in proposals.sums)


def _row(name: str, cell: CellOfFile, words: str) -> HtmlRow:
    return HtmlRow({"名称": HtmlCell(name), "单元格": HtmlCell(str(cell.place)), "为什么没有读成目标": HtmlCell(words)})
