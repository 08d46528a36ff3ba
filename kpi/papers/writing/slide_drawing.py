"""
Slides drawn as a PowerPoint file, 16:9: title, chart or table, facts beside it, the edition at the foot, how it is counted in the notes.

Titles stand in the title placeholder, so that the outline and a screen reader have them.  Whatever is longer than its box is set
smaller, and what is longer still is cut and stands whole in the notes.
"""

import re
from io import BytesIO
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE

from kpi.papers.writing.slide_charts import add_chart, rgb
from kpi.papers.writing.slide_contents import Slide, SlideDeck
from kpi.papers.writing.slide_tables import pages, table_xml
from kpi.papers.writing.slide_texts import GREY, INK, TYPEFACE, body, fitting, height_of, paragraph, run, run_properties
from kpi.papers.writing.status_colors import INKS
from kpi.present import statuses

_POINT = 12700  # EMU
_WIDTH, _HEIGHT = 960.0, 540.0  # of a slide, in points
_EDGE = 36.0
_TITLE = (_EDGE, 22.0, _WIDTH - 2 * _EDGE, 62.0)  # left, top, width, height
_BADGE = 96.0  # how wide the status stands beside the title
_CONTENT_TOP, _CONTENT_BOTTOM = 96.0, 500.0
_FACTS = 300.0  # how wide the facts are
_GAP = 18.0
_FOOT = (_EDGE, 510.0, _WIDTH - 2 * _EDGE, 18.0)
_TITLE_SIZES, _FACT_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0), (16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
_LAYOUT = "Title Only"
_FONTS = re.compile(rb'<a:(latin|ea|cs) typeface="[^"]*"([^>]*)/>')


def draw_slides(deck: SlideDeck) -> bytes:
    """The bytes of the .pptx file of a deck."""
    presentation = _blank()
    _cover(presentation, deck)
    for slide in deck.slides:
        if slide.table is None:
            _drawn(presentation, deck, slide)
        else:
            _tabled(presentation, deck, slide)
    presentation.core_properties.title = deck.title
    presentation.core_properties.author = ""
    if presentation.slides and any(slide.notes for slide in deck.slides):
        _set_theme(presentation.notes_master.part)
    buffer = BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def _blank() -> Any:
    """An empty file of 16:9 with one layout, its typefaces Chinese ones."""
    presentation: Any = Presentation()
    wider = _WIDTH * _POINT / presentation.slide_width
    presentation.slide_width, presentation.slide_height = round(_WIDTH * _POINT), round(_HEIGHT * _POINT)
    for layout in list(presentation.slide_layouts):
        if layout.name != _LAYOUT:
            presentation.slide_layouts.remove(layout)
    higher = presentation.slide_height / 6858000
    for owner in (presentation.slide_master, *presentation.slide_layouts):
        for shape in owner.placeholders:
            if shape.element.spPr.xfrm is not None:
                shape.left, shape.width = round(shape.left * wider), round(shape.width * wider)
                shape.top, shape.height = round(shape.top * higher), round(shape.height * higher)
    _set_theme(presentation.slide_master.part)
    return presentation


def _set_theme(part: Any) -> None:
    """Give the theme of a master the typeface for both kinds of letters."""
    theme = part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _FONTS.sub(lambda match: b'<a:%s typeface="%s"/>' % (match[1], TYPEFACE.encode()), theme.blob)


def _cover(presentation: Any, deck: SlideDeck) -> None:
    slide = _added(presentation)
    _title(slide, deck.title, (_EDGE * 2, 150.0, _WIDTH - 4 * _EDGE, 110.0), (40.0, 36.0, 32.0, 28.0, 24.0, 20.0, 16.0), anchor="b")
    rule = slide.shapes.add_shape(1, round(_EDGE * 2 * _POINT), round(272 * _POINT), round(120 * _POINT), round(4 * _POINT))
    rule.fill.solid()
    rule.fill.fore_color.rgb = rgb("1F5FA8")
    rule.line.fill.background()
    top, room = 290.0, 190.0
    size = next((size for size in (20.0, 18.0, 16.0, 14.0, 12.0) if _tall(deck.lines, size) <= room), 10.0)
    lines = "".join(paragraph(run(line, size, GREY), size, after=8) for line in deck.lines)
    _text(slide, (_EDGE * 2, top, _WIDTH - 4 * _EDGE, room), lines)
    _foot(slide, deck)


def _tall(lines: Any, size: float) -> float:
    return sum(height_of(line, size, _WIDTH - 4 * _EDGE) + 8 for line in lines)


def _drawn(presentation: Any, deck: SlideDeck, content: Slide) -> None:
    """A slide with a chart and facts beside it."""
    slide = _headed(presentation, deck, content, content.title)
    height = _CONTENT_BOTTOM - _CONTENT_TOP
    right = _FACTS if content.facts else 0.0
    left = 0.0
    if content.chart is not None:
        left = _WIDTH - 2 * _EDGE - (right + _GAP if right else 0.0)
        above = 20.0 if content.chart.caption else 0.0
        if above:
            caption, size = fitting(content.chart.caption, left, above, (12.0, 11.0, 10.0))
            _text(slide, (_EDGE, _CONTENT_TOP, left, above), paragraph(run(caption, size, GREY), size))
        box = (_EDGE, _CONTENT_TOP + above, left, height - above)
        add_chart(slide, content.chart, *(round(side * _POINT) for side in box))
    if content.facts:
        start = _EDGE + (left + _GAP if left else 0.0)
        _facts(slide, content, (start, _CONTENT_TOP, _WIDTH - _EDGE - start, height))
    _notes(slide, content)


def _facts(slide: Any, content: Slide, box: tuple[float, float, float, float]) -> None:
    """The facts of a slide, the name of each before it, as large as they all stand in the box."""
    _, _, width, height = box
    inner = width - 24

    def tall(size: float) -> float:
        return sum(height_of(f"{name}　{text}", size, inner) + size * 0.45 for name, text in content.facts)

    size = next((size for size in _FACT_SIZES if tall(size) <= height - 24), _FACT_SIZES[-1])
    share = (height - 24) / len(content.facts)
    texts = [(name, fitting(text, inner, share, (size,))[0] if tall(size) > height - 24 else text) for name, text in content.facts]
    ink = INKS[content.status] if content.status else INK
    runs = [run(f"{name}　", size, GREY) + run(text, size, ink if name == "状态" else INK, bold=name in ("状态", "本年累计")) for name, text in texts]
    shape = _text(slide, box, "".join(paragraph(each, size, after=size * 0.45) for each in runs), inset=12)
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb("F3F6FA")


def _tabled(presentation: Any, deck: SlideDeck, content: Slide) -> None:
    """A table over as many slides as it needs."""
    if content.table is None:
        return
    width, height = _WIDTH - 2 * _EDGE, _CONTENT_BOTTOM - _CONTENT_TOP
    size, parts = pages(content.table, width, height)
    for number, rows in enumerate(parts, 1):
        slide = _headed(presentation, deck, content, f"{content.title}（{number}/{len(parts)}）" if parts[1:] else content.title)
        place = (round(side * _POINT) for side in (_EDGE, _CONTENT_TOP, width, 20.0))
        graphic = slide.shapes.add_table(1, 1, *place)._element.graphic.graphicData
        graphic.replace(graphic.tbl, etree.fromstring(table_xml(content.table, rows, width, size)))
        _notes(slide, content)


def _headed(presentation: Any, deck: SlideDeck, content: Slide, title: str) -> Any:
    """A slide with its title, and beside it the status that it is about."""
    slide = _added(presentation)
    left, top, width, height = _TITLE
    if content.status is not None:
        width -= _BADGE + _GAP
        badge = _text(
            slide,
            (left + width + _GAP, top + 12, _BADGE, height - 24),
            paragraph(run(statuses.badge(content.status), 16, "FFFFFF", bold=True), 16, align="ctr"),
            anchor="ctr",
        )
        badge.fill.solid()
        badge.fill.fore_color.rgb = rgb(INKS[content.status])
    _title(slide, title, (left, top, width, height), _TITLE_SIZES)
    _foot(slide, deck)
    return slide


def _added(presentation: Any) -> Any:
    return presentation.slides.add_slide(presentation.slide_layouts[0])


def _title(slide: Any, text: str, box: tuple[float, float, float, float], sizes: tuple[float, ...], anchor: str = "ctr") -> None:
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = (round(side * _POINT) for side in box)
    shown, size = fitting(text, box[2], box[3], sizes)
    _fill(shape, paragraph(run(shown, size, INK, bold=True), size), anchor=anchor)


def _foot(slide: Any, deck: SlideDeck) -> None:
    left, top, width, height = _FOOT
    foot, size = fitting(deck.foot, width - 60, height, (11.0, 10.0, 9.0, 8.0))
    _text(slide, (left, top, width - 60, height), paragraph(run(foot, size, GREY), size))
    number = f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">{run_properties(11, GREY)}<a:t>‹#›</a:t></a:fld>'
    _text(slide, (left + width - 60, top, 60, height), paragraph(number, 11, align="r"))


def _text(slide: Any, box: tuple[float, float, float, float], paragraphs: str, *, anchor: str = "t", inset: float = 0) -> Any:
    shape = slide.shapes.add_textbox(*(round(side * _POINT) for side in box))
    _fill(shape, paragraphs, anchor=anchor, inset=inset)
    return shape


def _fill(shape: Any, paragraphs: str, *, anchor: str = "t", inset: float = 0) -> None:
    shape._element.replace(shape._element.txBody, etree.fromstring(body(paragraphs, anchor=anchor, inset=round(inset * _POINT))))


def _notes(slide: Any, content: Slide) -> None:
    """What the speaker has below a slide; the title stands first, for it may be cut above."""
    frame = slide.notes_slide.notes_text_frame
    lines = [content.title, *content.notes]
    element = frame._txBody
    element.getparent().replace(element, etree.fromstring(body("".join(paragraph(run(line, 12), 12) for line in lines if line))))
