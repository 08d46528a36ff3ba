"""The figures of a text by its sentences: what each counts, in which brackets and behind which 其中 it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.papers.document import Document
from kpi.papers.figures.clauses import says_nothing
from kpi.papers.figures.even_text import even
from kpi.papers.figures.text_figure import TextFigure
from kpi.value import Qualifier
from kpi.workbook.naming import unit_key
from kpi.workbook.units import is_share

_LEADING = re.compile(
    r"^(?:其中|分别|经检验|经检测|经核查|已经?|另有?|还有|并|(?:全[省市区县局]|我[市区县局]|辖区)|共计?|合计|总计|累计|截[至止][^，,]*?[日底前今]|对|给|为|(?:现有|共有|有)(?![机效关色线序])|和|及|与|以及|[“”\s])+"
)
_TRAILING = re.compile(r"(?:为|和|与|及|以及|达到?|共计?|合计|总计|累计|分别为?|约|近|超过?|至|是|[“”\s])+$")
_JOINED = re.compile(r"(?:和|与|及|以及)$")  # 2家销售店和3家培训机构: what stands before 3 belongs to 2
_TOTAL = re.compile(r"(?:共|合计|总计|总数|总量|累计|总共)")
_BARE_TOTAL = re.compile(r"^(?:以上|上述)?(?:共|共计|合计|总计|总共)$")
_BASE = re.compile(r"(?:上年|去年|上一年|前一年|20\d\d年)(?:度)?(?:同期)?[^，。；]{0,8}$|同期(?:的|为|数)?$|(?:由|从)[^，。；至到]{0,10}$")
_REST = re.compile(r"^(?:其他|其它|其余|剩余|另外)")


@dataclass(frozen=True, slots=True)
class Statement:
    """
    One exact figure in its sentence.

    Attributes:
        index: Its place among the figures of the text.
        figure: The figure.
        noun: What it counts, without words that say nothing: 不合格, 食品安全监督抽检.
        unit: The key of its unit.
        depth: In how many brackets it stands.
        within: The number of the bracket or of the 其中 of the sentence in which it stands, 0 outside.

    """

    index: int
    figure: TextFigure
    noun: str
    unit: str
    depth: int
    within: int

    @property
    def value(self) -> Decimal:
        """Its number; a masked figure is no statement."""
        return self.figure.value or Decimal(0)

    @property
    def share(self) -> bool:
        """Whether it is a percentage."""
        return is_share(self.figure.unit)

    @property
    def total(self) -> bool:
        """Whether its own words say that it sums up: 共, 合计."""
        return _TOTAL.search(self.figure.before) is not None

    @property
    def bare_total(self) -> bool:
        """Whether its own words say nothing else than that it sums up."""
        return _BARE_TOTAL.match(self.figure.before) is not None

    @property
    def rest(self) -> bool:
        """Whether it counts what is left: 其他, 其余."""
        return _REST.match(self.noun) is not None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The statements of a sentence in their order, and whether figures of it are masked."""

    passage: int
    statements: tuple[Statement, ...]
    masked: bool


def noun_of(figure: TextFigure) -> str:
    """What a figure counts, by the words next to it: of 1724批次合格 it is 合格, of 其中合格44批次 as well."""
    joined = _JOINED.search(figure.before) is not None and bool(figure.after)
    words = figure.after if joined or (says_nothing(figure.before) and figure.after) else figure.before
    return _TRAILING.sub("", _LEADING.sub("", words))


def is_base(statement: Statement) -> bool:
    """Whether a figure is one of the year or the time before."""
    return _BASE.search(statement.figure.before) is not None


def sentences(document: Document, figures: Sequence[TextFigure]) -> tuple[Sentence, ...]:
    """The sentences of a document that state figures; what stands in brackets belongs to the sentence round them."""
    result: list[Sentence] = []
    for passage in document.passages:
        own = [(index, figure) for index, figure in enumerate(figures) if figure.passage == passage.index]
        if not own:
            continue
        places = _places(even(passage.text))
        runs: dict[int, list[tuple[int, TextFigure]]] = {}
        for index, figure in own:
            runs.setdefault(places[figure.start][0], []).append((index, figure))
        for run in runs.values():
            known = tuple(
                Statement(index, figure, noun_of(figure), unit_key(figure.unit), *places[figure.start][1:])
                for index, figure in run
                if figure.value is not None and figure.qualifier is Qualifier.EXACT
            )
            result.append(Sentence(passage.index, known, len(known) < len(run)))
    return tuple(result)


def _places(text: str) -> list[tuple[int, int, int]]:
    """Of each sign the number of its sentence, in how many brackets it stands, and the number of its bracket or 其中."""
    places: list[tuple[int, int, int]] = []
    sentence, depth, within, lists = 0, 0, 0, 0
    opened: list[int] = []
    for place, sign in enumerate(text):
        if sign in "（(":
            opened.append(within)
            depth, lists = depth + 1, lists + 1
            within = lists
        elif sign in "）)" and depth:
            depth, within = depth - 1, opened.pop()
        elif sign in "。！？\n" and not depth:
            places.append((sentence, depth, within))
            sentence, within = sentence + 1, 0
            continue
        elif sign in "；;" and not depth:
            within = 0
        elif text.startswith("其中", place):
            lists += 1
            within = lists
        places.append((sentence, depth, within))
    return places
