"""材料核数：放入或粘贴写好的材料，与库里的数、与它自己核对；Word 文件带着批注下载；旧材料里的数可以补录。"""

import hashlib
from pathlib import PurePath

import streamlit as st

from kpi.papers.checking.paper_check import PaperCheck, check_paper
from kpi.papers.checking.paper_finding import Grade
from kpi.papers.checking.stored_cells import stored_cells
from kpi.papers.checking.two_papers import discrepancies
from kpi.papers.marking.finding_marks import marks_of
from kpi.papers.marking.paper_marking import mark_paper
from kpi.papers.reading.paper_reading import pasted_paper, read_paper
from kpi.store.clock import now
from pages.bodies import check_opening
from pages.view import View
from pages.widgets import confirmations, faults, frame, past_figures, session
from pages.widgets.plain import plain

KINDS = ["docx", "doc", "pdf", "ofd", "txt"]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARKED = (".docx", ".doc")
_CHECKS = "paper-checks"  # in the state of a visit: what was checked, by what was put in
_MOST_KEPT = 4


def take() -> tuple[tuple[str, bytes | str] | None, tuple[str, bytes] | None]:
    """What is put in: a file or a text, and another file beside it."""
    file = st.file_uploader("把总结、汇报、简报拖到这里", type=KINDS, key="paper")
    frame.large_files()
    text = "" if file else st.text_area("或者把文字粘贴到这里", key="pasted", height=160)
    other = None
    if file or text.strip():
        with st.expander("与另一份比较", icon=":material/compare:"):
            other = st.file_uploader("另一份材料，例如上一稿、去年的、科室的", type=KINDS, key="other-paper")
    own: tuple[str, bytes | str] | None = (file.name, file.getvalue()) if file else ("", text) if text.strip() else None
    return own, (other.name, other.getvalue()) if other else None


def checked(view: View, name: str, content: bytes | str) -> PaperCheck:
    """A paper that was checked; within a visit it is not checked again as long as nothing has changed."""
    data = content if isinstance(content, bytes) else content.encode()
    key = (hashlib.sha256(data).hexdigest(), name, str(view.period), view.org, session.standing())
    kept: dict[tuple[str, ...], PaperCheck] = st.session_state.setdefault(_CHECKS, {})
    if key not in kept:
        document = read_paper(content, name) if isinstance(content, bytes) else pasted_paper(content)
        while len(kept) >= _MOST_KEPT:
            del kept[next(iter(kept))]
        kept[key] = check_paper(session.bureau(), document, view.period, view.org)
    return kept[key]


def show(view: View, check: PaperCheck) -> None:
    """The findings and the text."""
    shown = {finding.figures[0] for finding in check.findings if finding.grade is Grade.STORE}
    frame.fragment(check_opening.checked(view, check, stored_cells(session.bureau(), check.comparisons, shown, view.org)))


def download(check: PaperCheck, name: str, data: bytes) -> None:
    """Offer a Word file with the findings as comments; all else of it is as it was."""
    st.download_button(
        "下载带批注的 Word 文件",
        data=lambda: mark_paper(data, name, marks_of(check.figures, check.findings), now().replace(tzinfo=None)),
        file_name=f"{PurePath(name).stem}（核数）.docx",
        mime=WORD,
        icon=":material/download:",
        on_click="ignore",
    )


view = frame.view()
frame.fragment(frame.head(view))
confirmations.say_what_was_done()
top = st.container()  # the answer stands above what it is about, which is put in below it
own, other = take()
if own is None:
    with top:
        frame.fragment(check_opening.opening(view))
else:
    with faults.shown():
        name, content = own
        with st.spinner(plain("正在核对")):
            check = checked(view, name, content)
        with top:
            frame.fragment(check_opening.conclusion(check))
            if not session.periods():
                frame.soft("库里还没有数，只核对了文中自己；只有上年的总结的，可以从「补录上年」开始。")
        if isinstance(content, bytes) and name.lower().endswith(MARKED) and check.findings:
            download(check, name, content)
        if other is not None:
            second = checked(view, *other)
            frame.fragment(check_opening.beside(check, second, discrepancies(session.bureau().catalog, check, second)))
        past_figures.offer(view, check.document)
        show(view, check)
