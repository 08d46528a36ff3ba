"""
What an .xlsx file says outside of its cells: who made it, prompts of cells, footers, words in formulas and formats.

Only a package of the plainest make is taken apart.  Comments, pictures, links, macros, names of ranges, parts nobody knows:
of those it is enough that they are there, for then the file is not kept as it is.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from kpi.workbook.child.found import Found
from kpi.workbook.guard import Kind

_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:core|app|custom)\.xml|xl/(?:workbook|styles|sharedStrings|theme/theme\d+)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet\d+\.xml"
)
_PLAIN_PROPERTIES = re.compile(
    r"[\d.:\-TZ]*|true|false|Microsoft (?:Macintosh )?Excel|WPS .{0,3}|Worksheets|工作表|Named Ranges|命名范围|[^!]*!Print_(?:Area|Titles)"
    r"|(?:Microsoft Excel Compatible / )?[Oo]penpyxl(?: [\d.]+)?|LibreOffice/[\d.]+\$\w+ LibreOffice_project/\w+(?:\$Build-\d+)?"
)
_BOOK = frozenset((
    "workbook", "fileVersion", "workbookPr", "bookViews", "workbookView", "sheets", "sheet", "definedNames", "definedName", "calcPr",
    "workbookProtection", "functionGroups", "extLst", "ext", "extCalcPr",
))  # fmt: skip
_MARGINS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")  # empty ones too are written by openpyxl and LibreOffice
_SHEET = frozenset((
    "worksheet", "sheetPr", "tabColor", "outlinePr", "pageSetUpPr", "dimension", "sheetViews", "sheetView", "pane", "selection", "sheetFormatPr",
    "cols", "col", "sheetData", "row", "c", "v", "f", "is", "t", "r", "rPr", "b", "i", "u", "sz", "color", "rFont", "family", "charset", "scheme",
    "strike", "vertAlign", "sheetProtection", "mergeCells", "mergeCell", "dataValidations", "dataValidation", "formula1", "formula2", "printOptions",
    "pageMargins", "pageSetup", "headerFooter", *_MARGINS, "rowBreaks", "colBreaks", "brk", "outline", "shadow", "condense", "extend",
    "ignoredErrors", "ignoredError",
))  # fmt: skip
_PROMPTS = ("promptTitle", "prompt", "errorTitle", "error")
_OWN_NAMES = ("_xlnm.Print_Area", "_xlnm.Print_Titles")
_FORMAT_WORDS = re.compile(r'[年月日时分秒元万亿%‰"\s\d#,.;@_()\\*?/:$¥￥\-+\[\]A-Za-z]*')
_FONT = re.compile(r"[\u4e00-\u9fff]{0,6}(?:体|线|宋|黑|楷|雅黑)(?:[\w ]{0,10})", re.ASCII)
_WORDS = re.compile(r"[\u4e00-\u9fff@]")
_LONG_NUMBER = re.compile(r"\D{0,3}\d{11,}\D{0,3}|.*\d{3,4}[ -]\d{4}[ -]\d{4}.*", re.ASCII)
_DAY = re.compile(r"\d{1,5}", re.ASCII)  # the border of a rule for days
_MOST_FORMULAS = 1_000
_MOST_XML = 8 * 2**20  # bytes: more is no form, and taking it apart could cost the memory that reading it needs


def words_of(data: bytes) -> list[str]:
    """Every text of a workbook that we wrote ourselves, in its cells or outside of them."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return list(_texts(container, data))


class _StrangeError(Exception):
    """The package holds something that is neither a cell nor said in words we know."""


def outside(data: bytes, kind: Kind, sheets: list[Found]) -> list[str] | None:
    """
    The texts of a file that stand in no cell.

    Args:
        data: The file.
        kind: Its format; of a text file there is nothing beside the cells, of any but .xlsx it cannot be told.
        sheets: What was read of it.

    Returns:
        Each once; None where there is more than texts, or where it cannot be told.

    """
    if kind is Kind.TEXT:
        return []
    if kind is not Kind.XLSX or any(sheet.macros for sheet in sheets):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            if sum(entry.file_size for entry in container.infolist()) > _MOST_XML:
                return None
            return sorted({text for text in _texts(container, data) if text.strip() and not _DAY.fullmatch(text)})
    except (_StrangeError, zipfile.BadZipFile, ElementTree.ParseError, KeyError, NotImplementedError, RuntimeError):
        return None


def _texts(container: zipfile.ZipFile, data: bytes) -> Iterator[str]:
    names = container.namelist()
    if container.comment or not data.startswith(b"PK\3\4") or len(names) != len(set(names)) or not all(map(_PARTS.fullmatch, names)):
        raise _StrangeError
    for entry in container.infolist():
        xml = container.read(entry)
        if entry.comment or b"<!" in xml or b"<?" in xml[5:]:
            raise _StrangeError
        root = ElementTree.fromstring(xml)  # noqa: S314 - this process may be lost
        yield from _of_attributes(root)
        if entry.filename.startswith("docProps/"):
            yield from (name for element in root.iter() if (name := element.get("name")))
            yield from (text for element in root.iter() if not _PLAIN_PROPERTIES.fullmatch(text := (element.text or "").strip()))
        elif entry.filename.endswith(".rels"):
            if any(link.get("TargetMode") == "External" for link in root.iter()):
                raise _StrangeError
        elif entry.filename == "xl/workbook.xml":
            yield from _of_book(root)
        elif entry.filename == "xl/styles.xml":
            yield from _of_styles(root)
        elif entry.filename == "xl/sharedStrings.xml":
            yield from _of_strings(root)
        elif entry.filename.startswith("xl/worksheets/"):
            yield from _of_sheet(root)


def _of_attributes(root: ElementTree.Element) -> Iterator[str]:
    """The words and long numbers in attributes, where names of fonts, sheets and styles stand, and hardly ever more."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name in ("typeface", "formatCode", *_PROMPTS) or (name == "val" and _FONT.fullmatch(value)):
                continue
            if (_WORDS.search(value) and not (_tag(element) == "cellStyle" and element.get("builtinId"))) or _LONG_NUMBER.fullmatch(value):
                yield value


def _of_book(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        if _tag(element) not in _BOOK or (_tag(element) == "definedName" and element.get("name") not in _OWN_NAMES):
            raise _StrangeError
        if element.get("userName"):
            yield str(element.get("userName"))


def _of_styles(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        code, name = element.get("formatCode"), element.get("name")
        if code and not _FORMAT_WORDS.fullmatch(code):
            yield code
        if name and _tag(element) == "cellStyle" and element.get("builtinId") is None:
            yield name


def _of_strings(root: ElementTree.Element) -> Iterator[str]:
    """Every text that cells refer to; one to which none does is found by its missing there."""
    for item in root:
        if any(_tag(element) in ("rPh", "phoneticPr") for element in item.iter()):
            raise _StrangeError
        yield "".join(element.text or "" for element in item.iter() if _tag(element) == "t")


def _of_sheet(root: ElementTree.Element) -> Iterator[str]:
    formulas = 0
    for element in root.iter():
        tag = _tag(element)
        if tag not in _SHEET:
            raise _StrangeError
        if tag in ("formula1", "formula2", *_MARGINS):
            yield element.text or ""
        elif tag == "dataValidation":
            yield from (element.get(name, "") for name in _PROMPTS)
        elif tag == "f" and element.text and '"' in element.text:
            formulas += 1
            if formulas > _MOST_FORMULAS:
                raise _StrangeError
            yield element.text


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
