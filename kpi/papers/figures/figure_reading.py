"""The figures of a document: every number that says how much, with its unit, its qualifier, its nouns and its day."""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kpi.papers.figures.clauses import words_round
from kpi.papers.figures.counting_units import unit_behind, unit_of
from kpi.papers.figures.cut_offs import DatedStretch, compared_day, cut_offs, stated_days
from kpi.papers.figures.even_text import even
from kpi.papers.figures.not_figures import not_figures
from kpi.papers.figures.number_tokens import NumberToken, is_year, number_tokens
from kpi.papers.figures.paired_names import paired_names
from kpi.papers.figures.table_heads import CellHeads, cell_heads
from kpi.papers.figures.text_figure import CutOffBasis, TextFigure
from kpi.papers.paper import Paper, Passage
from kpi.value import Qualifier, State
from kpi.workbook.number import ANY_BEFORE, ANY_BEHIND, QUALIFIERS
from kpi.workbook.units import is_share

_BEFORE = re.compile(rf"(?<![最附新商履签预节合违特公契])({ANY_BEFORE})(?:了|达|达到|至|到|为|占|有)?\s*$")
_BEHIND = re.compile(rf"\s*({ANY_BEHIND})(?![一-龥]*[家户])")
_FALLS = re.compile(
    r"[比较][^，。；]{1,6}少[检查办收报立结抽处]{1,2}$|(?:下降|下跌|减少|降低|回落|下滑|缩短|压减|压缩|少)(?:了)?(?:约|近|超过?)?\s*$|降幅(?:约|为|达到?)?\s*$"
)
_MINUS = re.compile(r"(?<![\d\w%])[-−]\s*$")
_BARE_END = re.compile(r"\s*(?:[，。；、！？,;）)\n]|$)")
_BARE_NOUN = re.compile(r"(?:[一-龥”）)]|[:：])(?:为|是|达|达到|约|计|共)?\s*$")
_IN_A_ROW = re.compile(r"\s*(?:、|和|与|及|以及)\s*")
_OF_THAT_TIME = re.compile(r"\s*(?:、|和|与|及)(?![^，。；\d]*(?:今年|本年|现|同比|增|减|升|降))[^，。；、：（(\d]{0,6}")  # 去年同期立案240件、结案200件
_RESPECTIVELY = re.compile(r"分别[^，。；\d]{0,8}(?:[\d.]+\s*[、和与及]\s*)*$")
_NO_CHANGE = r"(?:新增|(?![增降减升多少超高低翻])[^，。；、：\d])"  # 较去年同期增长 names no figure of that year
_YEAR_BEFORE = re.compile(rf"(?:去年|上年|上一年|前一年)(?:度)?(?:同期{_NO_CHANGE}{{0,10}}|(?P<end>全年|年?底|年?末|的){_NO_CHANGE}{{0,4}})$")
_MULTIPLE = re.compile(r"(?<![比较由从])(?:去年|上年|上一年|前一年)[^，。；]{0,6}的\s*$")
_OF_A_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年(?:度|底|末|全年)?(?P<same>同期)?(?:的|为|仅为)?\s*[（(]?\s*$")
_YEAR_BEFORE_WHOLE = re.compile(
    rf"(?<![比较与])(?:去年|上年|上一年|前一年)(?:度)?{_NO_CHANGE}{{0,8}}$|[比较与](?:去年|上年)\s*[（(]?$"
)  # of the whole of it only where the year itself is whole
_MONTH_BEFORE = re.compile(rf"上(?:个)?月(?:末|底)?{_NO_CHANGE}{{0,6}}(?:[为是]|达到?)$|[比较]上(?:个)?月(?:末|底)?的?$")
_QUARTER_BEFORE = re.compile(r"[比较]上(?:一)?(?:个)?季度(?:末)?的?[（(]?$")
_OF_A_MONTH = re.compile(r"(?:^|[（(，,；;。比较])\s*(?P<month>1[0-2]|[1-9])月(?:份)?(?:[^，。；、：（(\d]{0,6}?[为是率量数]|的?[（(]?)$")
_LAST_DAY = (12, 31)
_YEARS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "十": 10}
_YEARS_AGO = re.compile(rf"(?P<years>[{''.join(_YEARS)}])年(?:来|间)[^。；\d]{{0,20}}[由从]$")  # 五年来，主体由18.2万户增加到31.6万户
_OF_THAT_YEAR = re.compile(rf"(?:^|[，。；：（(])\s*(?P<year>(?:19|20)\d\d)\s*年(?!度){_NO_CHANGE}{{1,8}}$")
_SAME_PERIOD = re.compile(r"同比\s*$")  # 同比14万元下降10.0%
_FROM = re.compile(r"[由从](?:目前|现在|现行|原来)?的?$")  # 到2025年底，由60天缩短到45天: the first is of today
_BACK = 60  # signs before a number that are looked at
_SIGN = re.compile(r"\s*[-−+]?\s*")
_NO_NOUN = re.compile(r"(?:第|之|图|表|附件|附|序号|专栏|例|案|式|注)\s*$")


@dataclass(frozen=True, slots=True)
class _Read:
    """A number with the unit that was found behind it."""

    token: NumberToken
    unit: str
    end: int
    behind: str


def read_figures(document: Paper, as_of: date | None = None) -> tuple[TextFigure, ...]:
    """
    The figures of a document, in the order of reading.

    Args:
        document: The document.
        as_of: The day of the whole document; where none is given, the latest that it states.

    """
    evens = [even(passage.text) for passage in document.passages]
    default = as_of or _latest(document, evens)
    year = default.year if default else None
    heads = cell_heads(document)
    return tuple(
        figure if (head := heads.get(passage.index)) is None else _in_table(figure, head, year)
        for passage, text in zip(document.passages, evens, strict=True)
        if (known := heads.get(passage.index)) is None or known.figure
        for figure in _of_passage(passage, text, year, default)
    )


def _latest(document: Paper, evens: list[str]) -> date | None:
    """The latest day that a document states, by the year that it names most often."""
    years = re.findall(r"((?:19|20)\d\d)\s*年", "\n".join([document.name, *evens]))
    year = int(max(years, key=lambda each: (years.count(each), each))) if years else None
    days = [day for text in evens for day in stated_days(text, year) if year is None or day.year == year]
    return max(days, default=date(year, 12, 31) if year else None)


def _of_passage(passage: Passage, text: str, year: int | None, default: date | None) -> Iterator[TextFigure]:
    closed = [False] * len(text)
    for begin, end in not_figures(text):
        closed[begin:end] = [True] * (end - begin)
    numbers = _numbers(passage, text, closed)
    taken = [(read.token.start, read.end) for read in numbers]
    stretches = cut_offs(text, [begin for begin, _ in taken], year, default)
    names = dict(paired_names(text, taken))
    former: TextFigure | None = None
    for number, read in enumerate(numbers):
        figure = _figure(passage, text, number, read, taken, stretches, year)
        if former is not None and _OF_THAT_TIME.fullmatch(text, taken[number - 1][1], taken[number][0]) and _is_earlier(former, figure):
            figure = replace(figure, as_of=former.as_of, basis=former.basis)
        if default and figure.as_of and figure.as_of > default and _FROM.search(text[max(0, figure.start - _BACK) : figure.start]):
            figure = replace(figure, as_of=default, basis=CutOffBasis.DEFAULT)
        former = figure
        yield replace(figure, before=names[number], subject=figure.subject or figure.before) if number in names else figure


def _is_earlier(figure: TextFigure, other: TextFigure) -> bool:
    return figure.as_of is not None and other.as_of is not None and figure.as_of < other.as_of


def _in_table(figure: TextFigure, heads: CellHeads, year: int | None) -> TextFigure:
    """A figure of a cell with the nouns, the unit and the day of its row and column, where it has none of its own."""
    words = heads.until(year) or f"{heads.column}{heads.row}"
    figure = replace(
        figure, unit=figure.unit or heads.unit, before=figure.before.strip("-−+") or heads.row or heads.column, subject=figure.subject or heads.column
    )
    day = next(iter(stated_days(words, year)), None) or _base_day(f"{heads.column}的", figure.as_of, year)
    return figure if day is None else replace(figure, as_of=day, basis=CutOffBasis.STATED)


def _numbers(passage: Passage, text: str, closed: list[bool]) -> list[_Read]:
    """The numbers that count something; in a row (21、188、836户) the unit stands behind the last of them only."""
    numbers: list[_Read] = []
    for token in reversed([*number_tokens(text, closed, in_cell=passage.cell is not None)]):
        read = _read(text, token, passage)
        follows = numbers[-1] if numbers else None
        if (read is None or not read.unit) and follows is not None and token.value is not None and _IN_A_ROW.fullmatch(text, token.end, follows.token.start):
            in_row = bool(follows.unit) or _RESPECTIVELY.search(text[max(0, token.start - _BACK) : token.start])
            read = _Read(token, follows.unit, token.end, "") if in_row and not is_year(text[token.start : token.end]) else read
        if read is not None:
            numbers.append(read)
    return numbers[::-1]


def _read(text: str, token: NumberToken, passage: Passage) -> _Read | None:
    """A number as a figure; None where it counts nothing."""
    if token.as_share:
        return _Read(token, "%", token.end, "")
    match = unit_behind(text, token.end)
    if match is not None:
        groups = match.groupdict()
        return _Read(token, unit_of(match), match.end(), groups.get("early") or groups.get("middle") or "")
    alone = passage.cell is not None and _SIGN.fullmatch(text[: token.start]) is not None and not text[token.end :].strip()
    bare = (
        bool(_BARE_END.match(text, token.end))
        and bool(_BARE_NOUN.search(text[max(0, token.start - _BACK) : token.start]))
        and not _NO_NOUN.search(text[max(0, token.start - _BACK) : token.start])
        and not is_year(text[token.start : token.end])
    )
    return _Read(token, "", token.end, "") if alone or bare else None


def _figure(
    passage: Passage, text: str, number: int, read: _Read, taken: list[tuple[int, int]], stretches: tuple[DatedStretch, ...], year: int | None
) -> TextFigure:
    token = read.token
    words = words_round(text, number, taken)
    led = text[max(0, token.start - 12) : token.start]
    behind = _BEHIND.match(text, read.end)
    before = _BEFORE.search(led)
    qualifying = (read.behind, before and before[1], behind and behind[1])
    qualifier = next((QUALIFIERS[word] for word in qualifying if word), Qualifier.EXACT)
    minus = token.value is not None and bool(_MINUS.search(led))
    value = -token.value if minus and token.value is not None else token.value
    stretch = stretches[bisect_right(stretches, token.start, key=lambda each: each.start) - 1]
    as_of, basis = stretch.as_of, stretch.basis
    if as_of is not None and read.unit and not is_share(read.unit) and _SAME_PERIOD.search(led):
        as_of, basis = _in_year(as_of, as_of.year - 1), CutOffBasis.STATED
    base = None if _is_part_of_base(text, read) else _base_day(text[max(0, token.start - _BACK) : token.start], as_of, year)
    if base is not None:
        as_of, basis = base, CutOffBasis.STATED
    return TextFigure(
        passage=passage.index,
        start=token.start,
        end=token.end,
        token=passage.text[token.start : token.end],
        value=value,
        state=State.WITHHELD if value is None else State.NUMBER if value else State.ZERO,
        qualifier=qualifier,
        decimals=token.decimals,
        unit=read.unit,
        before=words.before,
        after=words.after,
        subject=words.subject,
        falls=minus or bool(_FALLS.search(led)),
        as_of=as_of,
        basis=basis,
    )


def _is_part_of_base(text: str, read: _Read) -> bool:
    """Whether a figure is a multiple or a share of the year before, and of this year: 是去年同期的1.6倍."""
    return read.unit == "倍" or (read.unit == "%" and _MULTIPLE.search(text[max(0, read.token.start - _BACK) : read.token.start]) is not None)


def _base_day(before: str, as_of: date | None, year: int | None) -> date | None:
    """The day of a figure of a year before: 去年同期的264件, 2022年的35件; None of one of the year itself."""
    if as_of is None:
        return None
    if (compared := compared_day(before, year)) is not None and compared < as_of:
        return compared
    if "年" not in before:
        return _base_month(before, as_of)
    if (as_of.month, as_of.day) == _LAST_DAY and _YEAR_BEFORE_WHOLE.search(before):
        return date(as_of.year - 1, *_LAST_DAY)
    if match := _YEARS_AGO.search(before):
        return date(as_of.year - _YEARS[match["years"]], *_LAST_DAY)
    if match := _YEAR_BEFORE.search(before):
        return date(as_of.year - 1, 12, 31) if match["end"] else _in_year(as_of, as_of.year - 1)
    match = _OF_A_YEAR.search(before) or (_OF_THAT_YEAR.search(before) if (as_of.month, as_of.day) == _LAST_DAY else None)
    if match is None or year is None or int(match["year"]) >= year:
        return None
    return _in_year(as_of, int(match["year"])) if match.groupdict().get("same") else date(int(match["year"]), 12, 31)


def _base_month(before: str, as_of: date) -> date | None:
    """The last day of the month that a figure names as its own: 上月末为35件, 环比下降4.9%（4月为1,100件）."""
    former = 1 if _MONTH_BEFORE.search(before) else (as_of.month - 1) % 3 + 1 if _QUARTER_BEFORE.search(before) else 0
    if not former:
        match = _OF_A_MONTH.search(before)
        former = (as_of.month - int(match["month"])) % 12 if match else 0
    if not former:
        return None
    year, month = divmod(as_of.year * 12 + as_of.month - 1 - former, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _in_year(day: date, year: int) -> date:
    """The same day of another year; the end of February is its end in every year."""
    last = monthrange(year, day.month)[1]
    whole = day.day == monthrange(day.year, day.month)[1]
    return date(year, day.month, last if whole else min(day.day, last))
