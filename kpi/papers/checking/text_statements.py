"""The figures of a text by its sentences: what each counts, in which brackets and behind which 其中 it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from kpi.papers.figures.clauses import says_nothing
from kpi.papers.figures.even_text import even
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Paper
from kpi.value import Qualifier
from kpi.workbook.units import base_of, is_share, scale_of

_LEADING = re.compile(
    r"^(?:其中|分别|经检验|经检测|经核查|已经?|另有?|还有|并|(?:全[省市区县局]|我[市区县局]|辖区)|共计?|合计|总计|累计|截[至止][^，,]*?[日底前今]|对|给|为|(?:现有|共有|有)(?![机效关色线序])|和|及|与|以及|[“”\s])+"
)
_TRAILING = re.compile(r"(?:为|和|与|及|以及|达到?|共计?|合计|总计|累计|分别为?|约|近|超过?|至|是|的|[“”\s])+$")
_JOINED = re.compile(r"(?:和|与|及|以及)$")  # 2家销售店和3家培训机构: what stands before 3 belongs to 2
_BASE = re.compile(
    r"年初[的为有是]?$|(?:上年|去年|前年|上一年|前一年)(?:度)?(?:同期)?[^，。；]{0,8}$|同期(?:的|为|数)?$"
    r"|(?:由|从)[^，。；至到]{0,10}$|(?:比|较)(?:规定|法定|承诺|国家|原来?|上(?:一)?(?:次|期|轮|批|季度|学期|月))[^，。；]{0,8}$|同比$"
)
_REST = re.compile(r"^(?:其他|其它|其余|剩余|另外)")
_GREW = re.compile(
    r"(?:增长|上升|提高|下降|上涨|下跌|同比|环比|减少|增加|提升|降低|增幅|降幅|回落|下滑|缩短|压缩|压减|翻)(?!(?:到|至|为)|率\S*[^增降]$)(?![^到至]*(?:到|至))[^到至]{0,6}$"
)
_ADDED = re.compile(
    r"(?:净增|增加|增长|多|减少|下降|少|提高|上升|降低|回落|缩短|压缩|压减)(?:了)?$|^新增$|[比较](?:上年|去年)(?:同期)?(?:新增|[多少][检查办收报立结抽处]{1,2})$"
)
_LONGEST = 120  # figures of a sentence that somebody wrote; more are no sentence
_FORMER = 40  # sentences of a passage that are looked back at
_LIST_WORDS = ("其中", "分为", "包括")
_PARTING = "，、；：。"
_CONTINUES = re.compile(r"\s*[（(]?\s*其中")


@dataclass(frozen=True)
class TextStatement:
    """
    One exact figure in its sentence.

    Attributes:
        index: Its place among the figures of the text.
        figure: The figure.
        noun: What it counts, without words that say nothing: 不合格, 食品安全监督抽检.
        depth: In how many brackets it stands.
        within: The number of the bracket or of the 其中 of the sentence in which it stands, 0 outside.
        group: The number of its part of the sentence between semicolons.

    """

    index: int
    figure: TextFigure
    noun: str
    depth: int
    within: int
    group: int

    @cached_property
    def unit(self) -> str:
        """The key of its unit without words of size."""
        return base_of(self.figure.unit)

    @cached_property
    def value(self) -> Decimal:
        """Its number in that unit, of a share as written."""
        number = self.figure.value or Decimal(0)
        return number.scaleb(scale_of(self.figure.unit))

    @cached_property
    def step(self) -> Decimal:
        """What its last digit stands for; nothing of a whole number, for that is taken as exact."""
        return Decimal(1).scaleb(scale_of(self.figure.unit) - self.figure.decimals) if self.figure.decimals or self.share else Decimal(0)

    @cached_property
    def share(self) -> bool:
        """Whether it is a percentage."""
        return is_share(self.figure.unit)

    @cached_property
    def points(self) -> bool:
        """Whether it is in percentage points."""
        return self.figure.unit.endswith("百分点")

    @cached_property
    def growth(self) -> bool:
        """Whether it is a percentage by which something grew or fell."""
        return self.share and _GREW.search(self.figure.before) is not None

    @cached_property
    def added(self) -> bool:
        """Whether it says by how many something grew or fell."""
        return not self.share and not self.points and _ADDED.search(self.figure.before) is not None

    @cached_property
    def base(self) -> bool:
        """Whether it is of the year or the time before."""
        return _BASE.search(self.figure.before) is not None

    @cached_property
    def count(self) -> bool:
        """Whether it says how many there are, and neither a share nor a change."""
        return not self.share and not self.points and not self.added

    @cached_property
    def rest(self) -> bool:
        """Whether it counts what is left: 其他, 其余."""
        return _REST.match(self.noun) is not None

    @property
    def written(self) -> str:
        """The number and the unit as the text writes them."""
        return f"{self.figure.token}{self.figure.unit}"


@dataclass(frozen=True)
class Sentence:
    """The statements of a sentence, its words, and where in the passage they begin; where a figure is masked or vague, those of its unit are left out."""

    passage: int
    statements: tuple[TextStatement, ...]
    text: str
    start: int

    def sign_before(self, statement: TextStatement) -> str:
        """The last sign that parts the words before a statement from what stands before them; nothing at the beginning."""
        words = self.text[: statement.figure.start - self.start].replace("（", "").replace("）", "")
        return next((sign for sign in reversed(words) if sign in _PARTING), "")

    def pairs_in_a_row(self, statements: Sequence[TextStatement]) -> list[tuple[TextStatement, TextStatement]]:
        """The pairs of one unit that follow each other in a row: 企业210户、个体户340户."""
        return [
            (former, other)
            for former, other in pairwise(statements)
            if former.unit == other.unit and other.index == former.index + 1 and self.sign_before(other) == "、"
        ]

    def words_between(self, first: TextStatement, second: TextStatement) -> str:
        """The words between the numbers of two statements, with the unit of the first."""
        return self.text[first.figure.end - self.start : second.figure.start - self.start]

    def words_before(self, statement: TextStatement) -> str:
        """All words of the sentence before a statement."""
        return self.text[: statement.figure.start - self.start]


def sentences_before(sentences: Sequence[Sentence], number: int) -> Sequence[Sentence]:
    """The sentences of the passage of one before it, in their order; of an endless passage the nearest."""
    return [each for each in sentences[max(0, number - _FORMER) : number] if each.passage == sentences[number].passage]


def noun_of(figure: TextFigure) -> str:
    """What a figure counts, by the words next to it: of 1724批次合格 it is 合格, of 其中合格44批次 as well."""
    joined = _JOINED.search(figure.before) is not None and bool(figure.after)
    words = figure.after if joined or (says_nothing(figure.before) and figure.after) else figure.before
    return _TRAILING.sub("", _LEADING.sub("", words))


def sentences(document: Paper, figures: Sequence[TextFigure]) -> tuple[Sentence, ...]:
    """The sentences outside of tables that state figures; what stands in brackets and a 其中 behind the stop belongs to the sentence before."""
    by_passage: dict[int, list[tuple[int, TextFigure]]] = {}
    for index, figure in enumerate(figures):
        by_passage.setdefault(figure.passage, []).append((index, figure))
    result: list[Sentence] = []
    for passage in document.passages:
        if passage.index not in by_passage or passage.cell is not None:
            continue
        text = even(passage.text)
        places = _places(text)
        firsts: dict[int, int] = {}
        for at, place in enumerate(places):
            firsts.setdefault(place[0], at)
        runs: dict[int, list[tuple[int, TextFigure]]] = {}
        for index, figure in by_passage[passage.index]:
            runs.setdefault(places[figure.start][0], []).append((index, figure))
        for number, run in runs.items():
            vague = {base_of(figure.unit) for _, figure in run if figure.value is None or figure.qualifier is not Qualifier.EXACT}
            known = tuple(
                TextStatement(index, figure, noun_of(figure), *places[figure.start][1:])
                for index, figure in run
                if figure.value is not None and figure.qualifier is Qualifier.EXACT and (base_of(figure.unit) not in vague or is_share(figure.unit))
            )
            words = text[firsts[number] : firsts.get(number + 1, len(text))]
            if len(known) <= _LONGEST:
                result.append(Sentence(passage.index, known, words, firsts[number]))
    return tuple(result)


def _places(text: str) -> list[tuple[int, int, int, int]]:
    """Of each sign the number of its sentence, in how many brackets it stands, and the numbers of its bracket or 其中 and of its part of the sentence."""
    places: list[tuple[int, int, int, int]] = []
    sentence, depth, within, lists, group = 0, 0, 0, 0, 0
    opened: list[int] = []
    for place, sign in enumerate(text):
        if sign in "（(":
            opened.append(within)
            depth, lists = depth + 1, lists + 1
            within = lists
        elif sign in "）)" and depth:
            depth, within = depth - 1, opened.pop()
        elif sign in "。！？\n" and not depth and not _CONTINUES.match(text, place + 1):
            places.append((sentence, depth, within, group))
            sentence, within = sentence + 1, 0
            continue
        elif sign in "；;" and not depth:
            within, group = 0, group + 1
        elif text.startswith(_LIST_WORDS, place):
            lists += 1
            within = lists
        places.append((sentence, depth, within, group))
    return places
