"""
The figures of one name of one office over all months and columns: what may be a measure.

A name that stands in several groups of one office, 合格批次 under 商品煤 and under 工业产品, is several series, each called with its group.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kpi.period import Month
from kpi.setup.office_words import OfficeWords, most_common, subject_words, without_time
from kpi.setup.surveyed_figure import FigureColumn, SurveyedFigure
from kpi.setup.surveyed_words import is_sum
from kpi.value import Qualifier
from kpi.workbook.layout.heading import Part, read_heading
from kpi.workbook.naming import name_key, unit_key
from kpi.workbook.report import Column

_SUM_ALONE = re.compile(r"(?:[全本总各][区市县旗州省局院校所司镇厂]?)?(?:合计|总计|小计|总数|计|汇总|部)?")  # 支出合计 says of what it is one
SeriesSlot = tuple[Month, FigureColumn, str]
"""Where a figure stands in time: its month, its column, and the body it is of."""


@dataclass(frozen=True, eq=False)
class MeasureSeries:
    """One series; ``order`` is its place among those of all sheets."""

    office: str
    name: str
    topic: str
    whole: str  # the name of what it is said to be part of; empty where it says no 其中
    order: int
    figures: Mapping[tuple[Month, FigureColumn, str], SurveyedFigure]
    numbers: Mapping[tuple[Month, FigureColumn, str], Decimal] = field(init=False)  # the exact ones
    aliases: tuple[str, ...] = ()  # what it is called on the sheets of other months

    def __post_init__(self) -> None:
        exact = {
            slot: figure.value.number for slot, figure in self.figures.items() if figure.value.number is not None and figure.value.qualifier is Qualifier.EXACT
        }
        object.__setattr__(self, "numbers", exact)

    @property
    def unit(self) -> str:
        """The unit that most of its figures have; empty where none says one."""
        return most_common(figure.unit for figure in self.figures.values())

    @property
    def units(self) -> frozenset[str]:
        return frozenset(unit_key(figure.unit) for figure in self.figures.values() if figure.unit)

    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(sorted({month for month, _, _ in self.figures}))

    @property
    def decimals(self) -> int:
        """The digits behind the point that its figures have at most."""
        return max((min(figure.value.decimals, 6) for slot, figure in self.figures.items() if isinstance(slot[1], Column | None)), default=0)

    def run(self, column: FigureColumn, body: str = "") -> dict[Month, Decimal]:
        """The exact figures of one column by month, ascending."""
        return {month: number for (month, own, of), number in sorted(self.numbers.items(), key=lambda pair: pair[0][0]) if own == column and of == body}

    @property
    def bodies(self) -> tuple[str, ...]:
        """The bodies that it is told of; the office itself first."""
        return tuple(sorted({body for _, _, body in self.figures}))


def series_of(figures: Sequence[SurveyedFigure], words: OfficeWords) -> list[MeasureSeries]:
    """All series, in the order in which their names stand on the sheets; figures of no month are left out."""
    groups: dict[tuple[str, tuple[str, ...]], list[SurveyedFigure]] = {}
    for figure in figures:
        if figure.month is not None:
            path = _path(figure, words.bureau)
            groups.setdefault((words.office(figure).name, tuple(map(name_key, path))), []).append(replace(figure, path=path))
    return list(_named(groups, words.bureau))


def _path(figure: SurveyedFigure, bureau: str) -> tuple[str, ...]:
    """What a figure is of; a row 合计 is called by what is over it, else by its title."""
    if not is_sum(figure.name) or not _SUM_ALONE.fullmatch(name_key(figure.name)):
        return figure.path
    over = figure.path[-2] if len(figure.path) > 1 else subject_words(figure.title.words).removeprefix(bureau)
    return (*figure.path[:-1], f"{over}{figure.name}")


def _named(groups: Mapping[tuple[str, tuple[str, ...]], Sequence[SurveyedFigure]], bureau: str) -> Iterator[MeasureSeries]:
    paths: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for office, path in groups:
        paths.setdefault((office, path[-1]), []).append(path)
    merged: dict[tuple[str, str], tuple[str, list[SurveyedFigure]]] = {}
    for (office, path), own in groups.items():
        others = paths[office, path[-1]]
        name = own[-1].name if len(others) == 1 or _never_together([groups[office, other] for other in others]) else _qualified(own[-1].path, others)
        merged.setdefault((office, name_key(name)), (name, []))[1].extend(own)
    for order, ((office, _), (name, own)) in enumerate(merged.items()):
        last = own[-1]
        whole = last.path[-2] if last.among and len(last.path) > 1 else ""
        qualified = name_key(name) != name_key(last.name)
        crossings = tuple(dict.fromkeys(word for figure in own for word in (figure.crossing, figure.grouped if qualified else "") if word))
        yield MeasureSeries(office, name, _topic(last, bureau), whole, order, {_slot(figure): figure for figure in reversed(own)}, crossings)


def _slot(figure: SurveyedFigure) -> SeriesSlot:
    if figure.month is None:
        raise ValueError("a figure of no month")
    return figure.month, figure.column, figure.body


def _never_together(groups: Sequence[Sequence[SurveyedFigure]]) -> bool:
    """Whether the same name stands in another group in other files only: the group was renamed, and the name is one."""
    files = [{figure.file for figure in group} for group in groups]
    return sum(map(len, files)) == len(set().union(*files))


def _qualified(path: Sequence[str], others: Sequence[Sequence[str]]) -> str:
    """A name with the nearest group that tells it from some others of the same name; that which has no group of its own is called with its first."""
    for group in reversed(path[:-1]):
        if sum(name_key(group) in other[:-1] for other in others) < len(others):
            return path[-1] if path[-1].startswith(group) else f"{group}{path[-1]}"
    return path[-1] if len(path) == 1 or path[-1].startswith(path[0]) else f"{path[0]}{path[-1]}"


def _topic(figure: SurveyedFigure, bureau: str) -> str:
    """What a measure stands under on a blank sheet: its first group, and the title where it has none; what it is a part of is none."""
    groups = [group for group in figure.path[: -2 if figure.among else -1] if read_heading(group).part in (None, Part.TOPIC)]
    return groups[0] if groups else without_time(figure.title.words).removeprefix(bureau) or figure.title.words
