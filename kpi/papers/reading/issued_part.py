"""What a paper said when it was issued, read back from its file: see `kpi.papers.issued_paper`."""

from lxml import etree

from kpi.errors import RequestError
from kpi.papers.issued_paper import NAMESPACE, IssuedFigure, IssuedPaper, IssuedParagraph
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.reading.word_package import WordPackage
from kpi.period import Month, Span

_MOST = 50  # hidden parts of a file; a program that saves it numbers them anew
_NAME = f"{{{NAMESPACE}}}"


def issued_paper(package: WordPackage) -> IssuedPaper | None:
    """What the paper said when it was issued; None where it was not issued here, or where what the file says of that is damaged."""
    for number in range(1, _MOST + 1):
        try:
            root = package.part(f"customXml/item{number}.xml")
        except PaperError:  # other programs keep there what they like
            continue
        if root is not None and root.tag == f"{_NAME}issued":
            try:
                paragraphs = tuple(map(_paragraph, root.iter(f"{_NAME}paragraph")))
                return IssuedPaper(Month.parse(root.get("month", "")), root.get("org", ""), paragraphs, Span(root.get("span", Span.YTD)))
            except (ValueError, RequestError):
                return None
    return None


def _paragraph(element: etree._Element) -> IssuedParagraph:
    """
    A paragraph.

    Raises:
        ValueError: A figure does not stand where it is said to stand.

    """
    text = element.get("text", "")
    figures = tuple(
        IssuedFigure(int(each.get("start", "")), each.get("text", ""), each.get("code", ""), each.get("aspect", ""), each.get("cells", ""))
        for each in element.iter(f"{_NAME}figure")
    )
    if any(text[figure.start : figure.start + len(figure.text)] != figure.text for figure in figures):
        raise ValueError(text)
    return IssuedParagraph(text, figures)
