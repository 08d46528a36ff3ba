"""
What an .xlsx file says outside of its cells: who made it, prompts of cells, footers, words in formulas and formats.

Only a package of the plainest make is taken apart.  Comments, pictures, links, macros, names of ranges, parts nobody knows:
of those it is enough that they are there, for then the file is not kept as it is; the sender reads what they are.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from kpi.workbook.process.child.raw_sheet import RawSheet
from kpi.workbook.process.sniffing import Kind

FILE_PROPERTIES = "文件属性"
MADE_BY_PROGRAMS = "程序写入的内容"  # which nobody has typed: the order of formulas, the settings of a printer
_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:core|app|custom)\.xml|xl/(?:workbook|styles|sharedStrings|theme/theme\d+)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet\d+\.xml"
)
_PLAIN_PROPERTIES = re.compile(
    r"[\d.:\-TZ]*|true|false|[a-z]{2}-[A-Z]{2}|Microsoft (?:Macintosh )?Excel|WPS .{0,3}|Worksheets|工作表|Named Ranges|命名范围|[^!]*!Print_(?:Area|Titles)"
    r"|(?:Microsoft Excel Compatible / )?[Oo]penpyxl(?: [\d.]+)?|LibreOffice/[\d.]+\$\w+ LibreOffice_project/\w+(?:\$Build-\d+)?"
)
_BOOK = frozenset((
    "workbook", "fileVersion", "workbookPr", "bookViews", "workbookView", "sheets", "sheet", "definedNames", "definedName", "calcPr",
    "workbookProtection", "functionGroups", "extLst", "ext", "extCalcPr",
))  # fmt: skip
_PRINTED = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_SHEET = frozenset((
    "worksheet", "sheetPr", "tabColor", "outlinePr", "pageSetUpPr", "dimension", "sheetViews", "sheetView", "pane", "selection", "sheetFormatPr",
    "cols", "col", "sheetData", "row", "c", "v", "f", "is", "t", "r", "rPr", "b", "i", "u", "sz", "color", "rFont", "family", "charset", "scheme",
    "strike", "vertAlign", "sheetProtection", "mergeCells", "mergeCell", "dataValidations", "dataValidation", "formula1", "formula2", "printOptions",
    "pageMargins", "pageSetup", "headerFooter", *_PRINTED, "rowBreaks", "colBreaks", "brk", "outline", "shadow", "condense", "extend",
    "ignoredErrors", "ignoredError",
))  # fmt: skip
_PROMPTS = ("promptTitle", "prompt", "errorTitle", "error")
_OWN_NAMES = ("_xlnm.Print_Area", "_xlnm.Print_Titles")
_FORMAT_WORDS = re.compile(r'[年月日时分秒元万亿%‰"\s\d#,.;@_()\\*?/:$¥￥\-+\[\]A-Za-z]*')
_FONT = re.compile(r"[\u4e00-\u9fff]{0,6}(?:体|线|宋|黑|楷|雅黑)(?:[\w ]{0,10})", re.ASCII)
_WORDS = re.compile(r"[\u4e00-\u9fff@]")
_LONG_NUMBER = re.compile(r"\D{0,3}\d{11,}\D{0,3}|.*\d{3,4}[ -]\d{4}[ -]\d{4}.*", re.ASCII)
_SHORTEST_NUMBER = 11  # signs of what `_LONG_NUMBER` finds, at least
_DAY = re.compile(r"\d{1,5}", re.ASCII)  # the border of a rule for days
_REFERENCE = re.compile(r"(?<![\w$])\$?[A-Z]{1,3}\$?\d{1,4}(?!\w)", re.ASCII)  # of a rule, which programs write from the cell they list first
_MOST_FORMULAS = 1_000
_STRANGE_PARTS = {
    "comments": "批注", "threadedComments": "批注", "persons": "批注", "drawings": "图片和图形", "media": "图片和图形", "charts": "图表",
    "externalLinks": "外部链接", "embeddings": "嵌入的文件", "vbaProject.bin": "宏", "pivotTables": "数据透视表", "pivotCache": "数据透视表",
    "tables": "表格的名称", "ctrlProps": "控件", "activeX": "控件",
}  # fmt: skip
_STRANGE_ELEMENTS = {
    "conditionalFormatting": "条件格式", "hyperlinks": "超链接", "legacyDrawing": "批注", "drawing": "图片和图形", "legacyDrawingHF": "页眉页脚",
    "firstHeader": "页眉页脚", "firstFooter": "页眉页脚", "evenHeader": "页眉页脚", "evenFooter": "页眉页脚", "definedName": "自定义名称",
    "tableParts": "表格的名称", "oleObjects": "嵌入的文件", "controls": "控件", "externalReferences": "外部链接", "fileSharing": FILE_PROPERTIES,
}  # fmt: skip
_MOST_XML = 8 * 2**20  # bytes: more is no form, and taking it apart could cost the memory that reading it needs


def rule_words(formula: str) -> str:
    """The formula of a rule for cells with # for each cell; which cells those are says nothing."""
    return _REFERENCE.sub("#", formula or " ").replace(",TRUE)", ",1)")  # LibreOffice writes 1


def outside(data: bytes, kind: Kind, sheets: list[RawSheet]) -> list[tuple[str, str]] | None:
    """
    The texts of a file that stand in no cell, each behind what it is: (页眉页脚, 第&P页).

    Args:
        data: The file.
        kind: Its format; of a text file there is nothing beside the cells, of any but .xlsx nobody can tell.
        sheets: What was read of it.

    Returns:
        Each once, an empty text where there is more than texts, such as a picture; None where nobody can tell.

    """
    if kind is Kind.TEXT:
        return []
    if kind is not Kind.XLSX:
        return None
    macros = [("宏", "")] if any(sheet.macros for sheet in sheets) else []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            if sum(entry.file_size for entry in container.infolist()) > _MOST_XML:
                return None
            texts = {(what, text) for what, text in _texts(container, data) if not text or (text.strip() and not _DAY.fullmatch(text))}
            return sorted({*macros, *texts})
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, NotImplementedError, RuntimeError):
        return None


def _texts(container: zipfile.ZipFile, data: bytes) -> Iterator[tuple[str, str]]:
    names = container.namelist()
    if container.comment or not data.startswith(b"PK\3\4") or len(names) != len(set(names)):
        yield "压缩包里的其他内容", ""
    for entry in container.infolist():
        if not _PARTS.fullmatch(entry.filename):
            yield _strange_part(entry.filename), ""
            continue
        xml = container.read(entry)
        if entry.comment or b"<!" in xml or b"<?" in xml[5:]:
            yield "压缩包里的其他内容", ""
        root = ElementTree.fromstring(xml)  # noqa: S314 - this process may be lost
        properties = entry.filename.startswith("docProps/")
        yield from ((FILE_PROPERTIES if properties else "格式和样式的名称", text) for text in _of_attributes(root))
        if properties:
            yield from ((FILE_PROPERTIES, name) for element in root.iter() if (name := element.get("name")))
            yield from ((FILE_PROPERTIES, text) for element in root.iter() if not _PLAIN_PROPERTIES.fullmatch(text := (element.text or "").strip()))
        elif entry.filename.endswith(".rels"):
            if any(link.get("TargetMode") == "External" for link in root.iter()):
                yield "外部链接", ""
        elif entry.filename == "xl/workbook.xml":
            yield from _of_book(root)
        elif entry.filename == "xl/styles.xml":
            yield from _of_styles(root)
        elif entry.filename == "xl/sharedStrings.xml":
            yield from _of_strings(root)
        elif entry.filename.startswith("xl/worksheets/"):
            yield from _of_sheet(root)


def _strange_part(name: str) -> str:
    """What a part of the package holds that is not taken apart."""
    if name.startswith("docProps/"):
        return FILE_PROPERTIES
    if name.endswith(".vml"):  # the boxes of comments
        return "批注"
    if name.endswith(".rels") or re.match(r"xl/(?:calcChain|metadata|printerSettings)|xl/.*\.bin$(?<!vbaProject\.bin)", name):
        return MADE_BY_PROGRAMS
    folder = re.sub(r"\d*\.\w+$", "", name.removeprefix("xl/").partition("/")[0])
    return _STRANGE_PARTS.get(folder) or _STRANGE_PARTS.get(name.rpartition("/")[2], "其他内容")


def _of_attributes(root: ElementTree.Element) -> Iterator[str]:
    """The words and long numbers in attributes, where names of fonts, sheets and styles stand, and hardly ever more."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if len(value) < _SHORTEST_NUMBER and value.isascii() and "@" not in value:  # most: places of cells, numbers of styles
                continue
            if name in ("typeface", "formatCode", *_PROMPTS) or (name == "val" and _FONT.fullmatch(value)):
                continue
            if (_WORDS.search(value) and not (_tag(element) == "cellStyle" and element.get("builtinId"))) or _LONG_NUMBER.fullmatch(value):
                yield value


def _of_book(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for element in root.iter():
        if _tag(element) == "definedName" and element.get("name") not in _OWN_NAMES:
            yield _STRANGE_ELEMENTS["definedName"], ""
        elif _tag(element) not in _BOOK:
            yield _STRANGE_ELEMENTS.get(_tag(element), MADE_BY_PROGRAMS), ""
        if element.get("userName"):
            yield FILE_PROPERTIES, str(element.get("userName"))


def _of_styles(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for element in root.iter():
        code, name = element.get("formatCode"), element.get("name")
        if code and not _FORMAT_WORDS.fullmatch(code):
            yield "数字格式里的文字", code
        if name and _tag(element) == "cellStyle" and element.get("builtinId") is None:
            yield "格式和样式的名称", name


def _of_strings(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Every text that cells refer to; one to which none does is found by its missing there."""
    for item in root:
        if any(_tag(element) in ("rPh", "phoneticPr") for element in item.iter()):
            yield ("拼音" if any(_tag(element) == "rPh" for element in item.iter()) else MADE_BY_PROGRAMS), ""
        yield "没有单元格用到的文字", "".join(element.text or "" for element in item.iter() if _tag(element) == "t") or " "


def _of_sheet(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    formulas = 0
    for element in root.iter():
        tag = _tag(element)
        if tag in _PRINTED and not element.text:
            continue
        if tag not in _SHEET:
            yield _STRANGE_ELEMENTS.get(tag, MADE_BY_PROGRAMS), ""
        if tag in _PRINTED:
            yield "页眉页脚", element.text or " "
        elif tag in ("formula1", "formula2"):
            yield "数据有效性", rule_words(element.text or "")
        elif tag == "dataValidation":
            yield from (("数据有效性", element.get(name) or " ") for name in _PROMPTS)
        elif tag == "f" and element.text and '"' in element.text:
            formulas += 1
            if formulas > _MOST_FORMULAS:
                yield "公式里的文字", ""
                return
            yield "公式里的文字", element.text


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
