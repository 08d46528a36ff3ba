"""
The figures of a summary, as an official paper writes them: no separators, no blank before the unit, rounded once.

What is missing is a word in brackets that cannot be overlooked: 【未报】, 【未公开】.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kpi.catalog.model import Catalog
from kpi.catalog.target import TargetKind
from kpi.compute.growth import difference_in
from kpi.compute.row import BoardRow
from kpi.papers.writing.summary_text import Aspect, Piece, SummaryFigure
from kpi.period import Month
from kpi.present import numbers, row_words
from kpi.present.statuses import PACED
from kpi.value import Qualifier, plain

_QUALIFIERS = {Qualifier.ABOUT: "约", Qualifier.MIXED: "约", Qualifier.AT_LEAST: "不少于", Qualifier.AT_MOST: "不超过"}
_RATES = ("%", "‰")
_TARGETS = {TargetKind.CEILING: "目标为不高于", TargetKind.ANNUAL: "全年目标为", TargetKind.PROGRESS: "年底前目标为", TargetKind.MILESTONE: "限期目标为不低于"}


def digits(catalog: Catalog, row: BoardRow) -> int:
    """How many digits behind the point the figure of a row is printed with."""
    return catalog.at(row.period).indicator_or_measure(row.indicator).decimals


def written(value: Decimal, decimals: int) -> str:
    """A number as an official paper writes it, idle zeros left out where it is exact: ``1763``, ``97.8``, ``28.42``; but ``2.0`` of 1.96."""
    return plain(value) if numbers.precision(value) <= decimals else f"{numbers.rounded(value, decimals):f}"


def value(catalog: Catalog, row: BoardRow) -> tuple[Piece, ...]:
    """The figure of a row with its unit, or the gap it leaves; then in brackets what has to be said of it."""
    figure = row.figure
    if figure.value is not None:
        number = SummaryFigure(written(figure.value, digits(catalog, row)), row.indicator)
        before = _QUALIFIERS.get(Qualifier(figure.qualifier), "")
        note = caveat(row)
        return tuple(piece for piece in (before, number, row.unit, f"（{note}）" if note else "") if piece)
    if figure.reported_value is not None:
        decimals = max(numbers.precision(figure.reported_value), figure.reported_decimals or 0)
        return (SummaryFigure(written(figure.reported_value, decimals), row.indicator), f"{row.unit}（{caveat(row)}）")
    return (gap(row),)


def name(row: BoardRow) -> str:
    """The name of a row as it stands before its figure: a name that ends with the unit does not say it twice."""
    for ending in (row.unit, f"{row.unit}数"):
        if len(ending) > 1 and row.name.endswith(ending) and len(row.name) > len(ending) + 1:  # 事项 ends with 项 and is another word
            return row.name.removesuffix(ending)
    return row.name


def unrounded(catalog: Catalog, row: BoardRow) -> tuple[Piece, ...]:
    """More digits in brackets, where the printed ones would tell another verdict than the exact figure."""
    exact = row_words.spoken(row, catalog).unrounded.removeprefix("未舍入 ").removesuffix(row.unit).strip().replace(",", "")
    return ("（未舍入为", SummaryFigure(exact, row.indicator), f"{row.unit}）") if exact else ()


def gap(row: BoardRow) -> SummaryFigure:
    """What stands where a row has no figure."""
    return SummaryFigure(f"【{row.figure.state_words or row.figure.state.value}】", row.indicator, gap=True)


def growth(row: BoardRow, *, decimals: int = 1) -> tuple[Piece, ...]:
    """How a figure moved against last year; nothing where that cannot be said."""
    moved = row.last_year.yoy
    if moved is None or not row.whole or row.figure.qualifier != Qualifier.EXACT or row.last_year.qualifier != Qualifier.EXACT:
        return ()
    if not moved:
        return ("同比持平",)
    rate = row.unit in _RATES
    shown = written(abs(moved), numbers.apart(moved, Decimal(0), 2 if rate else decimals))
    verb = ("上升" if moved > 0 else "下降") if rate else ("增长" if moved > 0 else "下降")
    return (f"同比{verb}", SummaryFigure(shown, row.indicator, Aspect.GROWTH), row.last_year.yoy_unit)


def target(row: BoardRow) -> tuple[Piece, ...]:
    """What a row is to reach; nothing where no target is set."""
    wanted = row.target
    if wanted.value is None:
        return ()
    number = SummaryFigure(written(wanted.value, numbers.precision(wanted.value)), row.indicator, Aspect.TARGET)
    if wanted.upper is not None:
        upper = SummaryFigure(written(wanted.upper, numbers.precision(wanted.upper)), row.indicator, Aspect.TARGET)
        return ("目标为", number, f"{row.unit}至", upper, row.unit)
    before = _TARGETS.get(wanted.kind, "目标为不低于")
    return (before, number, row.unit)


def lacking(catalog: Catalog, row: BoardRow) -> tuple[Piece, ...]:
    """How far a row is from where it should be; nothing where it is there, or where the figure is no exact number and so the distance is none."""
    far = row.target.gap
    if far is None or far <= 0 or row.figure.value is None or row.figure.qualifier != Qualifier.EXACT:
        return ()
    printed = digits(catalog, row)
    decimals = printed if numbers.rounded(far, printed) else numbers.apart(far, Decimal(0), printed) + 1  # as the board prints it
    words = "高出目标" if row.too_high else (("比序时进度低" if row.unit in _RATES else "比序时进度少") if row.target.kind in PACED else "距目标差")
    return (words, SummaryFigure(written(far, decimals), row.indicator, Aspect.GAP), difference_in(row.unit))


def day_words(day: date, month: Month) -> str:
    """A cut-off day as a clause begins with it; its year where that is another one."""
    year = "" if day.year == month.year else f"{day.year}年"
    return f"截至{year}{day.month}月{day.day}日"


def caveat(row: BoardRow) -> str:
    """What must not be overlooked of a figure; nothing where there is nothing."""
    return "，".join(_caveats(row))


def _caveats(row: BoardRow) -> Iterator[str]:
    if row.figure.value is None:
        if row.figure.reported_value is not None:
            yield "填报值"
        return
    if row.below.lacking:
        yield "有单位未报，未计入"
    if row.below.gapped and row.below.leaves > 1:
        yield f"有{row.below.gapped}家缺月份"
    if row.caveats.missing:
        yield f"不含{'、'.join(f'{month.month}月份' for month in row.caveats.missing)}"
    first, last = row.figure.as_of, row.figure.as_of_latest
    if first and last and first != last:
        yield f"各部分的截止日为{first.month}月{first.day}日和{last.month}月{last.day}日"
