"""
What a web page shows without text: fields of forms, pictures, bars and the like.

What is typed into a field is not saved with the page, only what it began with; a picture may show a figure that nobody can
read here.  Each becomes words that are no figure, so that a cell with it is never taken for a blank one or for a number.
"""

from selectolax.lexbor import LexborNode

from kpi.workbook.process.child.raw_sheet import typed

FIELDS = ("select", "input", "textarea")
_PICTURES = dict.fromkeys(("img", "svg", "canvas", "picture"), "图片")
_BARS = dict.fromkeys(("meter", "progress"), "进度条")
_EMBEDDED = dict.fromkeys(("object", "embed", "applet", "iframe", "video", "audio"), "嵌入的内容")
OBJECTS = _PICTURES | _BARS | _EMBEDDED  # whose text is shown only by programs that cannot show them
_WITHOUT_TEXT = {
    "submit": "按钮",
    "button": "按钮",
    "reset": "按钮",
    "image": "图片",
    "checkbox": "选框",
    "radio": "选框",
    "range": "滑块",
    "color": "颜色框",
    "file": "文件框",
    "password": "密码框",
}
_FIELD, _LIST = "输入框", "下拉框"
_SPACERS = ("0", "1", "2", "0px", "1px", "2px")


def field_text(node: LexborNode) -> str:
    """The text that a field shows, a figure in words that it stands in a field; empty where it shows none."""
    if node.tag == "select":
        options = [option.text() for option in node.css("option")]
        chosen = [option.text() for option in node.css("option[selected]")]
        text = " ".join(chosen or options[:1])
        certain = len(chosen) == 1 or len(options) == 1
        return text if certain or typed(text)[:1] != "n" else _named(_LIST, text)
    if node.tag == "input" and _kind(node) in (*_WITHOUT_TEXT, "hidden"):
        return ""
    value = (node.text() if node.tag == "textarea" else node.attributes.get("value")) or ""
    return _named(_FIELD, value) if value.strip() else ""


def object_text(node: LexborNode) -> str:
    """Words for what an element shows instead of text; empty where it shows nothing, or text."""
    attributes = node.attributes
    if node.tag == "input":
        name = _WITHOUT_TEXT.get(_kind(node), "")
        ticked = "已选" if "checked" in attributes else "未选"
        value = "" if name == "密码框" else attributes.get("alt") or attributes.get("value") or ""
        return _named(name, ticked if name == "选框" else value) if name else ""
    if any((attributes.get(size) or "").strip() in _SPACERS for size in ("width", "height")):
        return ""
    name = OBJECTS.get(node.tag or "", "")
    return _named(name, attributes.get("alt") or attributes.get("value") or "") if name else ""


def _kind(node: LexborNode) -> str:
    return (node.attributes.get("type") or "text").strip().lower()


def _named(name: str, text: str) -> str:
    return f"{name}「{text.strip()}」" if text.strip() else name
