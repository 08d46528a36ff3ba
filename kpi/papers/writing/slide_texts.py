"""
Texts on slides: every run with its typeface for Latin letters and for Chinese, and no text larger than the box it stands in.

PowerPoint takes the typeface of Chinese letters from ``a:ea`` alone and WPS from whichever is there, so both are written.
"""

from math import ceil
from xml.sax.saxutils import escape

from kpi.present.seen_text import seen
from kpi.workbook.writing.text_sizes import printed_width

TYPEFACE = "微软雅黑"
INK, GREY = "1B2430", "55606E"
_LINE = 1.3  # a line of text, in heights of its letters; written out, for every typeface has another one of its own
_WIDE, _NARROW = 1.02, 0.62  # how wide a Chinese letter and a Latin one are, in the height of the letters, in whatever typeface stands in for another
_ROUNDED_UP = 1.001  # a box as wide as its line has room for it whatever is lost in the reckoning
_NAMESPACE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def run(text: str, size: float, color: str = INK, *, bold: bool = False) -> str:
    """A run of DrawingML: ``size`` in points, ``color`` RRGGBB."""
    return f"<a:r>{run_properties(size, color, bold=bold)}<a:t>{escape(seen(text))}</a:t></a:r>"


def run_properties(size: float, color: str = INK, *, bold: bool = False, tag: str = "rPr") -> str:
    """The properties of a run, or under another tag those that a chart's texts begin with."""
    return (
        f'<a:{tag} lang="zh-CN" altLang="en-US" sz="{round(size * 100)}" b="{int(bold)}"><a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'
        f'<a:latin typeface="{TYPEFACE}"/><a:ea typeface="{TYPEFACE}"/><a:cs typeface="{TYPEFACE}"/></a:{tag}>'
    )


def paragraph(runs: str, size: float, *, align: str = "l", after: float = 0) -> str:
    """A paragraph of runs of one size; ``after`` is the space below it in points."""
    line, above, below = (
        f'<a:{tag}><a:spcPts val="{round(points * 100)}"/></a:{tag}>' for tag, points in (("lnSpc", size * _LINE), ("spcBef", 0), ("spcAft", after))
    )
    return f'<a:p><a:pPr algn="{align}">{line}{above}{below}<a:buNone/></a:pPr>{runs}</a:p>'


def body(paragraphs: str, tag: str = "p:txBody", *, anchor: str = "t", inset: int = 0) -> str:
    """The text of a shape or a cell, with its namespaces; ``inset`` in EMU on every side."""
    spaces = f'{_NAMESPACE} xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    inside = f'lIns="{inset}" tIns="{inset}" rIns="{inset}" bIns="{inset}" anchor="{anchor}"'
    return f'<{tag} {spaces}><a:bodyPr wrap="square" {inside}><a:noAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</{tag}>'


def lines_of(text: str, size: float, width: float) -> int:
    """How many lines a text takes at a size in a box, both in points; a word may be broken anywhere, so that one letter a line is spared."""
    room = max(_WIDE, width / size - _WIDE)
    return sum(max(1, ceil(_ems(line) / room)) for line in text.split("\n"))


def line_width(text: str, size: float) -> float:
    """How wide a box is in which a text stands on one line, in points."""
    return (_ems(text) + _WIDE) * size * _ROUNDED_UP


def _ems(text: str) -> float:
    """How wide a text is, in heights of its letters."""
    wide = printed_width(text) - len(text)
    return wide * _WIDE + (len(text) - wide) * _NARROW


def height_of(text: str, size: float, width: float) -> float:
    """How high a text stands, in points."""
    return lines_of(text, size, width) * size * _LINE


def fitting(text: str, width: float, height: float, sizes: tuple[float, ...]) -> tuple[str, float]:
    """
    A text with the largest of the sizes at which it stands within a box, in points.

    One that is too long for the smallest is cut, with … at its end.
    """
    text = seen(text)
    for size in sizes:
        if height_of(text, size, width) <= height:
            return text, size
    kept = text
    while kept and height_of(f"{kept}…", sizes[-1], width) > height:
        kept = kept[: -max(1, len(kept) // 20)]
    return f"{kept}…", sizes[-1]
