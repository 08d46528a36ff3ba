"""总结生成：选定时期的总结写得出多少个数、缺多少；全文预览，每个数点开是它的来源。"""

from collections.abc import Iterator
from dataclasses import dataclass

from kpi.errors import RequestError, StoreError
from kpi.papers.writing.summary_text import Summary, SummaryFigure, SummaryParagraph
from kpi.papers.writing.summary_writing import write_summary
from kpi.present.html.engine import render
from pages.view import View
from pages.widgets import session

PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """Words of the preview, with the address of the figure that they are; empty where they are none."""

    text: str
    address: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph of the preview."""

    tag: str  # of a heading or a paragraph
    pieces: tuple[ShownPiece, ...]


def summary_of(view: View) -> Summary:
    """
    The summary that a view asks for, kept as long as nothing changes.

    Raises:
        RequestError: There is nothing that it could state, or something hidden could be reckoned back.
        StoreError: The record of a public version is damaged.

    """
    return session.kept(_written, view, len(session.bureau().store.publications()) if is_public(view) else 0)


def is_public(view: View) -> bool:
    """Whether the public version is asked for."""
    return view.get("version") == PUBLIC


def hidden_by_name(view: View) -> list[str]:
    """The codes that a public version hides besides, as the address names them."""
    return [code for code in view.get("hide").split(",") if code]


def _written(view: View, _publications: int) -> Summary:
    """A summary; what a public version hides depends on those that were handed out before."""
    hide = hidden_by_name(view) if is_public(view) else ()
    return write_summary(session.bureau(), view.period, view.span, office=view.office, area=view.area, org=view.org, public=is_public(view), hide=hide)


def opening(view: View) -> str:
    """The answer: how many figures the summary states, and how many are missing; else why there is none."""
    try:
        summary = summary_of(view)
    except (RequestError, StoreError) as error:
        return render("answer.html", answer=str(error))
    gaps = f"，其中 {summary.gaps} 处没有数，用【】标出" if summary.gaps else "，没有缺数的地方"
    note = (
        f"公开版：{summary.version.words}人和案件的小数目不公开，凭合计、比率、增幅能推算出它们的数一并隐去；下载的文件不带来源，下载的每一份都有记录。"
        if summary.version
        else "每个数都取自库里，点开看它的来源；下载的文件记着每个数的出处，改过的数拿回来核对时会逐个指出。"
    )
    return render("summary_opening.html", answer=f"{summary.title}：{summary.figures} 个数{gaps}。", note=note)


def preview(view: View, summary: Summary) -> str:
    """The text, each figure a link to where it comes from."""
    return render("summary.html", title=summary.title, paragraphs=[_shown(view, paragraph) for paragraph in summary.paragraphs])


def _shown(view: View, paragraph: SummaryParagraph) -> ShownParagraph:
    return ShownParagraph(f"h{paragraph.level + 2}" if paragraph.level else "p", tuple(_pieces(view, paragraph)))


def _pieces(view: View, paragraph: SummaryParagraph) -> Iterator[ShownPiece]:
    if paragraph.number:
        yield ShownPiece(paragraph.number)
    for piece in paragraph.pieces:
        if isinstance(piece, SummaryFigure):
            yield ShownPiece(piece.text, view.link(figure=piece.code), piece.gap)
        else:
            yield ShownPiece(piece)
