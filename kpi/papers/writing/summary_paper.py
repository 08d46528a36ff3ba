"""A summary as a Word file: its paragraphs in official form, each figure at a hidden place, and behind them the list of the cells."""

from collections.abc import Iterator, Mapping, Sequence

from kpi.bureau import Bureau, LiveBureau
from kpi.papers.issued_paper import IssuedFigure, IssuedPaper, IssuedParagraph, issued_xml
from kpi.papers.writing.official_paper import PaperParagraph, PaperTable, Run, Style, write_paper
from kpi.papers.writing.publishing import record_publication
from kpi.papers.writing.summary_text import Summary, SummaryParagraph
from kpi.review.source import Source, sources
from kpi.workbook.report import Column

_STYLES = {0: Style.TEXT, 1: Style.CHAPTER, 2: Style.SECTION}
_HEADINGS, _WIDTHS = ("序号", "指标或数据项", "组成", "数", "来源（文件／工作表／单元格）", "截止日"), (11, 29, 27, 14, 56, 19)


def summary_file(bureau: Bureau, summary: Summary, *, with_sources: bool = False) -> bytes:
    """
    The Word file of a summary.

    Args:
        bureau: Whose figures it states.
        summary: The summary; a public one carries nothing that is not printed.
        with_sources: Whether the list of the cells stands behind it.

    """
    blocks: list[PaperParagraph | PaperTable] = [PaperParagraph((Run(summary.title),), Style.TITLE), PaperParagraph(())]
    places = iter(range(1, sum(1 for paragraph in summary.paragraphs for _ in paragraph.places()) + 1))
    blocks += (_paragraph(paragraph, None if summary.public else places) for paragraph in summary.paragraphs)
    if summary.public:
        return write_paper(summary.title, blocks)
    cells = sources(bureau, summary.codes, summary.month, summary.org)
    if with_sources:
        blocks.append(PaperTable("附：数据来源", _HEADINGS, _WIDTHS, list(_source_rows(bureau, cells))))
    return write_paper(summary.title, blocks, issued_xml(issued(summary, {code: cell_words(each) for code, each in cells.items()})))


def handed_out(bureau: LiveBureau, summary: Summary, *, with_sources: bool = False) -> bytes:
    """
    The Word file of a summary for somebody who takes it away: a public one is put on record first.

    Raises:
        OutdatedError, StoreError: As `record_publication`.

    """
    file = summary_file(bureau, summary, with_sources=with_sources)
    if summary.version is not None:
        record_publication(bureau, summary.title, summary.month, summary.span, summary.org, summary.version)
    return file


def _paragraph(paragraph: SummaryParagraph, places: Iterator[int] | None) -> PaperParagraph:
    runs: list[Run] = []
    words = paragraph.number
    for piece in paragraph.pieces:
        if isinstance(piece, str):
            words += piece
            continue
        runs += [Run(words)] if words else []
        runs.append(Run(piece.text, f"_kpi_{next(places)}" if places else "", marked=piece.gap))
        words = ""
    runs += [Run(words)] if words else []
    return PaperParagraph(tuple(runs), _STYLES[paragraph.level])


def issued(summary: Summary, cells: Mapping[str, str]) -> IssuedPaper:
    """What a summary says; ``cells`` are those behind a code, in words."""
    paragraphs = (
        IssuedParagraph(
            paragraph.text,
            tuple(IssuedFigure(start, figure.text, figure.code, figure.aspect.value, cells.get(figure.code, "")) for start, figure in paragraph.places()),
        )
        for paragraph in summary.paragraphs
    )
    return IssuedPaper(summary.month, summary.org, tuple(paragraphs), summary.span)


def cell_words(cells: Sequence[Source]) -> str:
    """The first of the cells behind a figure, and how many there are: 食品安全协调科月报表.xlsx!报表!C5 等3处."""
    if not cells:
        return ""
    first = f"{cells[0].file}/{cells[0].sheet}!{cells[0].cell}"
    return f"{first}等{len(cells)}处" if len(cells) > 1 else first


def _source_rows(bureau: Bureau, cells: Mapping[str, Sequence[Source]]) -> Iterator[tuple[str, ...]]:
    """One row for each part of each figure, with the first of its cells: that of the cumulative where one is stated."""
    number = 0
    for code, each in cells.items():
        name = bureau.catalog.indicator_or_measure(code).name
        parts: dict[tuple[str, str, str], list[Source]] = {}
        for cell in each:
            parts.setdefault((cell.part, cell.measure, cell.org), []).append(cell)
        for of_part in parts.values():
            number += 1
            cell = next((stated for stated in of_part if stated.column is Column.YTD and stated.value.number is not None), of_part[0])
            part = "" if cell.measure == code else f"{cell.part}：{cell.name}"
            yield (str(number), name, part, cell.raw, f"{cell.file}／{cell.sheet}／{cell.cell}", cell.as_of.isoformat())
