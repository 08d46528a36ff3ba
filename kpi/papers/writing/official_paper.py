"""
An official paper as a Word file, in the form of GB/T 9704—2012, written part by part.

A4, margins of 37, 35, 28 and 26 mm, 22 lines of 28 points to a page, title in 小标宋 of 22 points, chapters in 黑体, sections in 楷体 and text
in 仿宋 of 16 points, page numbers — 1 — outside.  There is no theme in the file, so that no typeface is taken from one; every style names its
East Asian typeface, and an indent of two signs is written in points as well, since not every program reads the one in signs.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

from kpi.present.seen_text import seen

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument"
_SONG, _FANG, _HEI, _KAI, _TITLE, _LATIN = "宋体", "仿宋", "黑体", "楷体", "方正小标宋简体", "Times New Roman"
_MM = 56.6929  # twentieths of a point to a millimetre
_MADE = (2020, 1, 1, 0, 0, 0)  # the same bytes from the same figures
_TEXT_WIDTH = 156  # millimetres between the margins


class Style(StrEnum):
    """The styles of a paragraph, by their id in the file."""

    TITLE = "Title"
    CHAPTER = "Heading1"
    SECTION = "Heading2"
    TEXT = "Normal"
    CELL = "TableText"


@dataclass(frozen=True, slots=True)
class Run:
    """Signs of a paragraph that go together; ``bookmark`` is the hidden name of their place, ``marked`` whether they are shown in yellow."""

    text: str
    bookmark: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class PaperParagraph:
    """A paragraph of a paper."""

    runs: tuple[Run, ...]
    style: Style = Style.TEXT


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table on pages of its own: its title, the headings and widths of its columns in millimetres, and its rows."""

    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[tuple[str, ...]]


def write_paper(title: str, blocks: Iterable[PaperParagraph | PaperTable], hidden: str = "") -> bytes:
    """
    The bytes of a Word file.

    Args:
        title: The title of the paper, which its properties name.
        blocks: Its paragraphs and tables in order.
        hidden: An XML text that travels with the file and is not shown; none where it is empty.

    """
    body = _Body()
    for block in blocks:
        body.add(block)
    parts = {
        "[Content_Types].xml": _content_types(bool(hidden)),
        "_rels/.rels": _relationships({"rId1": ("officeDocument", "word/document.xml"), "rId2": ("metadata/core-properties", "docProps/core.xml")}),
        "docProps/core.xml": _core(title),
        "word/document.xml": body.document(),
        "word/styles.xml": _styles(),
        "word/settings.xml": f'{_HEAD}<w:settings {_W}><w:evenAndOddHeaders/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
        "word/_rels/document.xml.rels": _relationships(
            {
                "rId1": ("styles", "styles.xml"),
                "rId2": ("settings", "settings.xml"),
                "rId3": ("footer", "footer1.xml"),
                "rId4": ("footer", "footer2.xml"),
                **({"rId5": ("customXml", "../customXml/item1.xml")} if hidden else {}),
            }
        ),
    }
    if hidden:
        parts["customXml/item1.xml"] = _HEAD + hidden
    return _zipped(parts)


class _Body:
    """The text of the main part while it grows; bookmarks are numbered through."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._bookmarks = 0

    def add(self, block: PaperParagraph | PaperTable) -> None:
        if isinstance(block, PaperParagraph):
            self._pieces.append(f'<w:p><w:pPr><w:pStyle w:val="{block.style.value}"/></w:pPr>{"".join(map(self._run, block.runs))}</w:p>')
        else:
            self._pieces.append(_table(block))

    def _run(self, run: Run) -> str:
        looks = '<w:rPr><w:highlight w:val="yellow"/></w:rPr>' if run.marked else ""
        text = f'<w:r>{looks}<w:t xml:space="preserve">{clean(run.text)}</w:t></w:r>'
        if not run.bookmark:
            return text
        self._bookmarks += 1
        number = self._bookmarks
        return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(run.bookmark)}/>{text}<w:bookmarkEnd w:id="{number}"/>'

    def document(self) -> str:
        top, bottom, left, right = (round(edge * _MM) for edge in (37, 35, 28, 26))
        section = (
            '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/>'
            f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
            f'w:header="851" w:footer="{round(25 * _MM)}" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="560"/></w:sectPr>'
        )
        return f"{_HEAD}<w:document {_W}><w:body>{''.join(self._pieces)}{section}</w:body></w:document>"


def clean(text: str) -> str:
    """A text of people as it may stand in XML: a sign that no file may hold, or that steers the writing, is shown as �."""
    return escape(seen(text))


def _table(table: PaperTable) -> str:
    """A table behind a page break, its headings on every page."""
    scale = _TEXT_WIDTH / sum(table.widths)
    widths = [round(width * scale * _MM) for width in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in ("top", "left", "bottom", "right", "insideH", "insideV"))
    heading = f'<w:p><w:pPr><w:pStyle w:val="{Style.CHAPTER.value}"/><w:pageBreakBefore/></w:pPr><w:r><w:t>{clean(table.title)}</w:t></w:r></w:p>'
    rows = "".join(_row(cells, widths, place == 0) for place, cells in enumerate([table.headings, *table.rows]))
    looks = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    return f"{heading}<w:tbl><w:tblPr>{looks}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _row(cells: Sequence[str], widths: Sequence[int], is_heading: bool) -> str:
    kind = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_heading else "<w:trPr><w:cantSplit/></w:trPr>"
    texts = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{Style.CELL.value}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{clean(cell)}</w:t></w:r></w:p></w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{kind}{texts}</w:tr>"


def _footer(side: str) -> str:
    """The page number between two dashes, one sign in from the outer edge."""
    indent = f'<w:ind w:{side}Chars="100" w:{side}="280"/>'
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    number = f'<w:r><w:t xml:space="preserve">— </w:t></w:r>{number}<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    return f'{_HEAD}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/>{indent}<w:jc w:val="{side}"/></w:pPr>{number}</w:p></w:ftr>'


def _styles() -> str:
    exact = '<w:spacing w:before="0" w:after="0" w:line="560" w:lineRule="exact"/>'
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    kept = "<w:keepNext/>"
    defaults = f'<w:docDefaults><w:rPrDefault><w:rPr>{_typeface(_FANG, 16)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    styles = (
        _style(Style.TEXT.value, "Normal", f'{exact}{indent}<w:jc w:val="both"/>', _typeface(_FANG, 16)),
        _style(Style.TITLE.value, "Title", f'{exact}<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>', _typeface(_TITLE, 22)),
        _style(Style.CHAPTER.value, "heading 1", f'{kept}{exact}{indent}<w:outlineLvl w:val="0"/>', _typeface(_HEI, 16)),
        _style(Style.SECTION.value, "heading 2", f'{kept}{exact}{indent}<w:outlineLvl w:val="1"/>', _typeface(_KAI, 16)),
        _style("Footer", "footer", '<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLineChars="0" w:firstLine="0"/>', _typeface(_SONG, 14)),
        _style(
            Style.CELL.value,
            "Table Text",
            '<w:snapToGrid w:val="0"/><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
            '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>',
            _typeface(_SONG, 9),
        ),
    )
    return f"{_HEAD}<w:styles {_W}>{defaults}{''.join(styles)}</w:styles>"


def _style(code: str, name: str, paragraph: str, run: str) -> str:
    default = ' w:default="1"' if code == Style.TEXT.value else ""
    based = "" if default else f'<w:basedOn w:val="{Style.TEXT.value}"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{code}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _typeface(name: str, points: int) -> str:
    fonts = f'<w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:cs="{_LATIN}" w:eastAsia="{name}"/>'
    return f'{fonts}<w:sz w:val="{points * 2}"/><w:szCs w:val="{points * 2}"/>'


def _core(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{clean(title)}</dc:title></cp:coreProperties>'
    )


def _content_types(with_hidden: bool) -> str:
    word = f"{_TYPES}.wordprocessingml"
    overrides = {
        "word/document.xml": f"{word}.document.main+xml",
        "word/styles.xml": f"{word}.styles+xml",
        "word/settings.xml": f"{word}.settings+xml",
        "word/footer1.xml": f"{word}.footer+xml",
        "word/footer2.xml": f"{word}.footer+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **({"customXml/item1.xml": "application/xml"} if with_hidden else {}),
    }
    listed = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relationships(targets: dict[str, tuple[str, str]]) -> str:
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    listed = "".join(
        f'<Relationship Id="{code}" Type="{package if kind.startswith("metadata") else _RELATIONS}/{kind}" Target="{target}"/>'
        for code, (kind, target) in targets.items()
    )
    return f'{_HEAD}<Relationships xmlns="{package}">{listed}</Relationships>'


def _zipped(parts: dict[str, str]) -> bytes:
    """The parts as a file, of the same bytes whenever it is made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    return file.getvalue()
