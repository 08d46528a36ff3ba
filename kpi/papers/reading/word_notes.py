"""What of a Word file is still open, and what in it was not read, as sentences."""

from collections.abc import Iterator, Sequence

from lxml import etree

from kpi.papers.reading.word_names import W

_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{http://purl.oclc.org/ooxml/drawingml/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_CHARTS = ("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart", "{http://purl.oclc.org/ooxml/drawingml/chart}chart")
_CHANGES = tuple(f"{W}{name}" for name in ("ins", "del", "moveTo"))  # what was moved is one change


def notes_on(roots: Sequence[etree._Element]) -> Iterator[str]:
    """The sentences on the parts of a file."""
    changes = sum(1 for root in roots for change in root.iter(*_CHANGES) if change.getparent() is not None and change.getparent().tag != f"{W}rPr")
    if changes:
        yield f"文中有 {changes} 处未接受的修订：新增的算在内，删除的和移走的不算；请先接受或拒绝修订再定稿。"
    if pictures := _count(roots, _PICTURES):
        yield f"文中有 {pictures} 张图片，图片里的字没有读。"
    if charts := _count(roots, _CHARTS):
        yield f"文中有 {charts} 张图表，图表里的数没有读。"
    if _count(roots, (f"{W}altChunk", f"{W}object", f"{W}subDoc")):
        yield "文中嵌有另一个文件，其中的字没有读；请把它的内容粘贴进来再核对。"


def _count(roots: Sequence[etree._Element], tags: tuple[str, ...]) -> int:
    return sum(1 for root in roots for _ in root.iter(*tags))
