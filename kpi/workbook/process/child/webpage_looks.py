"""
How a web page makes its elements look where that changes what they say.

What is hidden is no part of a text, a raised digit behind a number is a footnote mark, and what is struck out no longer
counts, be it by a tag, by the style of an element or by a rule of the page's style sheets.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from kpi.workbook.signs import in_runs

_POSITIONS = {"sup": "superscript", "sub": "subscript", "super": "superscript"}  # of tags and of vertical-align
_STRIKES = ("del", "s", "strike")
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "hr", "legend", "summary", "figcaption")
_BLOCKS = (
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "div",
    "fieldset",
    "figure",
    "footer",
    "form",
    "main",
    "nav",
    "p",
    "pre",
    "section",
)
_BREAKS = frozenset(("br", "dd", "dl", "dt", "li", "ol", "tr", "ul", *_HEADS, *_BLOCKS))
_NOT_SHOWN = re.compile(r"/\*.*?\*/|<!--|-->|@(?!media\s+(?:all|screen)\s*\{)[\w-]+[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,1000})\{([^{}]{0,4000})\}")
_TELLING = re.compile(
    r"(?<![\w-])(display|visibility|vertical-align|text-decoration|mso-hide|font-size|opacity|color|clip|clip-path|left|top|text-indent|unicode-bidi|direction)"
    r"(?:-line)?\s*:\s*([^;!\"'{}]*)",
    re.IGNORECASE,
)
_RAISED = re.compile(r"(-?)(?=[\d.]*[1-9])[\d.]+[a-z%]+")
_NOTHING = re.compile(r"[0.]+(?:[a-z]+|%)?")
_TELLING_TAGS = frozenset(("bdo", *_POSITIONS, *_STRIKES))
_SEEN_THROUGH = re.compile(r"transparent|rgba\(.*,\s*0(?:\.0*)?\s*\)")
_TURNED = "\u202e"
_CUT_OFF = re.compile(r"rect\((?:[01](?:px)?[,\s]*){4}\)|inset\((?:50|100)%\)")
_FAR_AWAY = re.compile(r"-\d{3,}(?:\.\d+)?[a-z]*")
_NO_STYLE: dict[str, str] = {}


@dataclass(frozen=True)
class ElementLook:
    """The look of an element, or of a piece of text from all that is around it."""

    position: str = ""  # superscript, subscript
    struck: bool = False
    gone: bool = False  # not there at all, nor what is in it
    unseen: bool = False  # has its place, and what is in it may be seen again
    turned: bool = False  # shown from its end to its beginning: 12 looks like 21

    @property
    def plain(self) -> bool:
        """Whether a text looks as it is written."""
        return not (self.position or self.struck or self.turned)


class PageLooks:
    """The looks of a page's elements."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._styles: dict[int, dict[str, str]] = {}  # of the elements whose style is telling
        sheets = _NOT_SHOWN.sub(" ", "\n".join(style.text() for style in tree.css("style")))
        self._apply(tree.css("[hidden]"), {"display": "none"})
        for selectors, body in _RULE.findall(sheets):
            if (style := _style(body)) and (_is_telling(style) or self._styles):
                self._apply(_matched(tree, selectors), style)
        for node in tree.css("[style]"):
            if style := _style(node.attributes.get("style") or ""):
                self._apply([node], style)

    def of(self, node: LexborNode, around: ElementLook = ElementLook()) -> ElementLook:
        """The look of an element within a look around it."""
        tag, style = node.tag or "", self._styles.get(node.mem_id)
        if style is None and tag not in _TELLING_TAGS:  # nearly every element
            return around
        style = style or _NO_STYLE
        seen = style.get("visibility", "")
        return ElementLook(
            _POSITIONS.get(tag) or _position(style.get("vertical-align", "")) or around.position,
            around.struck or tag in _STRIKES or "line-through" in style.get("text-decoration", ""),
            around.gone or _is_gone(style),
            seen in ("hidden", "collapse") if seen else around.unseen,
            around.turned or _turns(style) or (tag == "bdo" and (node.attributes.get("dir") or "").lower() == "rtl"),
        )

    def within(self, node: LexborNode) -> ElementLook:
        """The look of an element within all that is around it."""
        line = []
        above: LexborNode | None = node
        while above is not None:
            line.append(above)
            above = above.parent
        look = ElementLook()
        for element in reversed(line):
            look = self.of(element, look)
        return look

    def breaks(self, node: LexborNode) -> bool:
        """Whether an element stands on a line of its own."""
        display = self._styles.get(node.mem_id, _NO_STYLE).get("display", "")
        return display in ("block", "flex", "grid", "list-item", "table") or (node.tag in _BREAKS and not display.startswith("inline"))

    def _apply(self, nodes: Iterable[LexborNode], style: dict[str, str]) -> None:
        """Set a style; a style that changes nothing only takes back what another one changed."""
        telling = _is_telling(style)
        for node in nodes:
            if telling or node.mem_id in self._styles:
                self._styles.setdefault(node.mem_id, {}).update(style)


def shown(pieces: Iterable[tuple[str, ElementLook]]) -> str:
    """The text of its pieces, raised and struck out as they look; where all are raised alike none is."""
    return in_runs((_TURNED + text if look.turned and text.strip() else text, look.position, look.struck) for text, look in pieces)


def _style(body: str) -> dict[str, str]:
    return {name.lower(): value.strip().lower() for name, value in _TELLING.findall(body)}


def _is_telling(style: dict[str, str]) -> bool:
    return (
        _is_gone(style)
        or style.get("visibility") in ("hidden", "collapse", "visible")
        or "line-through" in style.get("text-decoration", "")
        or _position(style.get("vertical-align", "")) != ""
        or "display" in style
        or _turns(style)
    )


def _turns(style: dict[str, str]) -> bool:
    """Whether a text is shown from its end to its beginning."""
    return "override" in style.get("unicode-bidi", "") and style.get("direction") == "rtl"


def _is_gone(style: dict[str, str]) -> bool:
    hidden = style.get("display") == "none" or style.get("mso-hide") == "all" or bool(_SEEN_THROUGH.fullmatch(style.get("color", "")))
    hidden = hidden or any(_CUT_OFF.fullmatch(style.get(cut, "")) for cut in ("clip", "clip-path"))
    hidden = hidden or any(_FAR_AWAY.fullmatch(style.get(side, "")) for side in ("left", "top", "text-indent"))
    return hidden or any(_NOTHING.fullmatch(style.get(size, "")) for size in ("font-size", "opacity"))


def _position(align: str) -> str:
    match = _RAISED.fullmatch(align)
    return _POSITIONS.get(align, "") if match is None else "subscript" if match[1] else "superscript"


def _matched(tree: LexborHTMLParser, selectors: str) -> list[LexborNode]:
    """The elements that a rule is about, without those of a selector that is not understood, such as ``td::before``."""
    try:
        return tree.css(selectors)
    except SelectolaxError:
        each = selectors.split(",")
        return [node for selector in each for node in _matched(tree, selector)] if len(each) > 1 else []
