"""
A bureau's own Word file as a template: placeholders with the code or name of a measure or indicator become its figure, and nothing else is touched.

``{{食品抽检合格率}}`` is the number alone, since the file mostly has the unit behind it; ``{{…:带单位}}`` has it, ``{{…:同比}}`` says how the figure
moved against last year, ``{{…:截止日}}`` to which day it runs.  ``{{年份}}``, ``{{月份}}`` and ``{{单位}}`` are those of the paper.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from kpi.access.roles import Right
from kpi.bureau import Bureau
from kpi.catalog.model import Catalog
from kpi.compute.row import BoardRow
from kpi.errors import RequestError
from kpi.figures.indicators import indicators
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.writing import summary_figures
from kpi.papers.writing.placeholder_text import UnreadablePartError, placeholders, replaced
from kpi.papers.writing.summary_text import Piece
from kpi.papers.zip_copying import with_parts
from kpi.period import Month, Span

_TEXT_PART = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_MOST_NAMED = 8


class Wanted(StrEnum):
    """What of a figure a placeholder asks for; the values are what is written behind the colon."""

    NUMBER = ""
    WITH_UNIT = "带单位"
    GROWTH = "同比"
    DAY = "截止日"


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """
    A template that was filled.

    Attributes:
        content: Its bytes.
        places: How many placeholders it had.
        gaps: How many of them have no figure.
        caveats: What has to be said of figures that stand there as bare numbers, one sentence each.

    """

    content: bytes
    places: int
    gaps: int
    caveats: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """How much was filled, and what has to be said of it, in sentences."""
        gaps = f"，其中 {self.gaps} 处没有数，已用【】标出" if self.gaps else ""
        return f"已填好 {self.places} 处{gaps}。{''.join(self.caveats)}"


def fill_template(bureau: Bureau, content: bytes, name: str, month: Month, span: Span = Span.YTD, org: str | None = None) -> FilledTemplate:
    """
    Fill a template.

    Args:
        bureau: Whose figures it is filled with.
        content: The bytes of the file.
        name: Its name, for what is said where it cannot be filled.
        month: The last month of the figures.
        span: How many months they cover.
        org: The organisation, the root of the tree unless told.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.
        RequestError: It is no Word file, has no placeholder, or one that names nothing.
        PaperError: A part of it cannot be read.

    """
    bureau.require(Right.READ, org)
    catalog = bureau.catalog.at(month)
    parts = _parts(content, name)
    try:
        asked = [place for text in parts.values() for place in placeholders(text)]
    except UnreadablePartError:
        raise RequestError(f"「{name}」里有读不了的内容；请在 Word 或 WPS 中打开，另存为 .docx 再试。") from None
    if not asked:
        raise RequestError(f"「{name}」里没有占位符；请在要填数的地方写 {{{{代码}}}} 或 {{{{名称}}}}，如 {{{{食品抽检合格率}}}}。")
    fixed = {"年份": str(month.year), "月份": str(month.month), "单位": catalog.orgs[org or catalog.root].name}
    codes = _codes(catalog, [place for place in dict.fromkeys(asked) if place not in fixed], name)
    rows = {row.indicator: row for row in indicators(bureau.store, bureau.catalog, [month], sorted({code for code, _ in codes.values()}), span, org)}
    values = fixed | {place: _value(catalog, rows[code], wanted, month) for place, (code, wanted) in codes.items()}
    filled = {part: replaced(text, values.__getitem__) for part, text in parts.items()}
    bare = {place: summary_figures.caveat(rows[code]) for place, (code, wanted) in codes.items() if wanted is Wanted.NUMBER}
    caveats = tuple(f"「{place}」只填了数，没有写明{caveat}；请在文中写上。" for place, caveat in bare.items() if caveat)
    return FilledTemplate(with_parts(content, filled), len(asked), sum(values[place].startswith("【") for place in asked), caveats)


def _parts(content: bytes, name: str) -> dict[str, bytes]:
    """The parts of the file that hold text, by name; raises RequestError where it cannot be read."""
    from kpi.papers.reading.zipped_parts import ZippedParts  # who fills no template needs no library for it

    try:
        zipped = ZippedParts(content)
        names = [entry.filename for entry in zipped.zip.infolist() if _TEXT_PART.fullmatch(entry.filename)]
        parts = {part: zipped.content(part) or b"" for part in names}
    except PaperError as error:
        raise RequestError(f"「{name}」没有填：{error}") from None
    if "word/document.xml" not in parts:
        raise RequestError(f"「{name}」不是 .docx 文件，或已损坏；请在 Word 或 WPS 中打开，另存为 .docx 再试。")
    return parts


def _codes(catalog: Catalog, places: Iterable[str], name: str) -> dict[str, tuple[str, Wanted]]:
    """What each placeholder means: a code and what of its figure."""
    named: dict[str, list[str]] = {}
    for code in catalog.codes:
        entry = catalog.indicator_or_measure(code)
        spellings = {entry.name} | ({*catalog.measures[code].aliases, catalog.measures[code].name} if code in catalog.measures else set())
        for spelling in spellings:
            named.setdefault(spelling, []).append(code)
    codes: dict[str, tuple[str, Wanted]] = {}
    faults: list[str] = []
    for place in places:
        what, wanted = _asked(place)
        known = [what] if what in catalog.codes else named.get(what, [])
        if len(known) == 1:
            codes[place] = (known[0], Wanted(wanted))
        elif known:
            faults.append(f"「{place}」有 {len(known)} 个同名的，请改写代码 {'、'.join(known)}")
        elif place.replace("：", ":").rpartition(":")[0] in (*named, *catalog.codes):
            faults.append(f"「{place}」冒号后面只能写 {'、'.join(tuple(Wanted)[1:])}")
        else:
            near = get_close_matches(what, [*named, *catalog.codes], n=1)
            faults.append(f"「{place}」不是任何指标或数据项{f'，最接近的是「{near[0]}」' if near else ''}")
    if faults:
        more = f"；另有 {len(faults) - _MOST_NAMED} 处" if len(faults) > _MOST_NAMED else ""
        raise RequestError(f"「{name}」有 {len(faults)} 个占位符填不了：{'；'.join(faults[:_MOST_NAMED])}{more}。没有写出文件，请改好再试。")
    return codes


def _asked(place: str) -> tuple[str, str]:
    """The code or name of a placeholder, and what of the figure it asks for: a name may have a colon of its own."""
    what, _, wanted = place.replace("：", ":").rpartition(":")
    return (place[: len(what)].strip(), wanted.strip()) if what and wanted.strip() in tuple(Wanted)[1:] else (place, "")


def _value(catalog: Catalog, row: BoardRow, wanted: Wanted, month: Month) -> str:
    """What stands in the place of a placeholder."""
    if wanted is Wanted.GROWTH:
        return _text(summary_figures.growth(row)) or "【无同比】"
    if row.figure.value is None and row.figure.reported_value is None:
        return summary_figures.gap(row).text
    if wanted is Wanted.DAY:
        return summary_figures.day_words(row.figure.as_of, month).removeprefix("截至") if row.figure.as_of else "【无截止日】"
    pieces = summary_figures.value(catalog, row)
    return _text(pieces) if wanted is Wanted.WITH_UNIT else _text(pieces[: next(i for i, piece in enumerate(pieces) if not isinstance(piece, str)) + 1])


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
