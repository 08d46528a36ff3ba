"""What the sheets leave open, asked once on the page and kept; and what has been kept, to be taken back."""

from collections.abc import Sequence

import streamlit as st

from kpi.filing.questions import Asking, answer_words, keep, undo
from kpi.place import Place
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.store.answer import Answer
from kpi.workbook.report import QuestionKind
from pages.bodies import filing_cells
from pages.widgets import confirmations, faults, frame, session
from pages.widgets.plain import plain
from pages.widgets.signer import signed

_COLUMNS = (HtmlColumn("表上写的", title=True), HtmlColumn("就是"), HtmlColumn("科室"), HtmlColumn("在哪里问的"), HtmlColumn("说明人"), HtmlColumn("时间"))
_MOST = 20  # questions at once; the others follow
_ASKS = {
    QuestionKind.ROW: "这一行是哪个数据项？",
    QuestionKind.LINE: "这一行是不是本科室的数？",
    QuestionKind.COLUMN: "这一列是什么数？",
    QuestionKind.HEADING: "这一列是哪个数据项？",
    QuestionKind.OFFICE: "是哪个科室？",
}
_NAMELESS = {QuestionKind.LINE: "没有名称，"}
_ALONG = {QuestionKind.COLUMN: "这一列的数", QuestionKind.HEADING: "这一列的数"}


def ask(open_ones: Sequence[Asking], by: str) -> None:
    """Ask, and keep the answers under the name of who gives them."""
    if not open_ones:
        return
    st.header(plain(f"有 {len(open_ones)} 处看不懂，请说明一次，以后同样的表不再问"), anchor=False)
    st.caption("没有说明的行和列不会读进来。拿不准就先空着，问清楚了再说明。")
    with st.form("questions"):
        given = [(asking, answer) for asking in open_ones[:_MOST] if (answer := _ask(asking))]
        if open_ones[_MOST:]:
            st.caption(plain(f"还有 {len(open_ones) - _MOST} 处，这些说明以后再问。"))
        if not st.form_submit_button("记住并重新读取", type="primary", icon=":material/check:"):
            return
    if not given:
        st.warning("还没有选任何一项。")
        return
    with faults.shown():
        keep(session.bureau(), given, by)
        confirmations.done(f"记住了 {len(given)} 条对应关系，文件已按它重新读取。")


def remembered() -> None:
    """What has been answered, and a way to take an answer back."""
    bureau = session.bureau()
    kept = bureau.store.answers_in_force()[::-1]
    with st.expander(plain(f"已记住的对应关系（{len(kept)} 条）"), icon=":material/bookmark:"):
        if not kept:
            st.caption("还没有。表里有看不懂的行或列时，页面会问一次，说明以后记在这里，下个月同样的表不再问。")
            return
        frame.table(HtmlTable("已记住的对应关系", _COLUMNS, [_row(answer) for answer in kept]))
        st.caption("撤销以后，下次同样的表会重新问，已经入库的数不变。")
        chosen = st.selectbox(
            "撤销哪一条",
            kept,
            index=None,
            format_func=lambda answer: f"「{answer.seen}」就是{answer_words(bureau.catalog, answer.kind, answer.said or '')}",
            placeholder="点开选择",
            key=f"remembered-{len(bureau.store.answers())}",
        )
        if chosen is None:
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            by = signed("姓名", "undo-by", width=200)
            if st.button(plain(f"撤销「{chosen.seen}」的对应关系"), icon=":material/undo:"):
                with faults.shown():
                    undo(bureau, chosen, by)
                    confirmations.done(f"「{chosen.seen}」的对应关系已撤销，下次会重新问。")


def _row(answer: Answer) -> HtmlRow:
    cells = {
        "表上写的": HtmlCell(answer.seen),
        "就是": HtmlCell(answer_words(session.bureau().catalog, answer.kind, answer.said or "")),
        "科室": HtmlCell(session.office_name(answer.office) if answer.office else ""),
        "在哪里问的": HtmlCell(f"{answer.file} {answer.place}"),
        "说明人": HtmlCell(answer.by),
        "时间": filing_cells.time(answer.at),
    }
    return HtmlRow(cells)


def _ask(asking: Asking) -> str | None:
    """One question with all that helps to answer it."""
    question, catalog = asking.question, session.bureau().catalog
    seen = f"「{question.seen}」" if question.seen else _NAMELESS.get(question.kind, "没有表头，")
    answer = st.selectbox(
        plain(f"{seen}{_ASKS[question.kind]}"),
        asking.choices,
        index=None,
        format_func=lambda choice: answer_words(catalog, question.kind, choice),
        placeholder="点开选择，或输入名称查找",
        key=f"answer-{question.layout}-{question.key}",
    )
    st.caption(plain(f"{_places(asking.places)}{_figures(asking)}"))
    return answer


def _places(places: Sequence[tuple[str, Place]]) -> str:
    file, place = places[0]
    more = f"，另有 {len(places) - 1} 处相同" if places[1:] else ""
    return f"{file} 的 {place}{more}。"


def _figures(asking: Asking) -> str:
    if not asking.question.figures:
        return ""
    shown = "，".join(f"{words} {text}".strip() for words, text in asking.question.figures)
    return f"{_ALONG.get(asking.question.kind, '这一行的数')}：{shown}。"
