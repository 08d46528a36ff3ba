"""The kind of a measure: what its unit, the columns it fills and the course of its figures say, in this order."""

import re
from dataclasses import dataclass

from kpi.catalog.measure import MeasureKind
from kpi.setup.kind_words import is_rate, is_standard, named_unit, names_average, names_flow, names_stock, names_whole
from kpi.setup.measure_series import MeasureSeries
from kpi.setup.movement import Movement, movement_of
from kpi.setup.proposal import Certainty
from kpi.workbook.report import Column

_STOCK_HEAD = re.compile(r"期末|月末|年末|季末|时点|现有|存量|余额|截至")


@dataclass(frozen=True, slots=True)
class KindReason:
    """The kind of a series, how sure it is, why, and in how many of how many months it holds."""

    kind: MeasureKind
    certainty: Certainty
    why: str
    holds: int = 0
    of: int = 0


def kind_of(series: MeasureSeries) -> KindReason:
    """The kind of a series."""
    unit, months = series.unit, len(series.months)
    if is_rate(series.name, unit):
        return KindReason(MeasureKind.RATE, Certainty.STATED, f"单位是「{unit}」" if unit else "名称是率", months, months)
    movement = movement_of(series)
    if is_standard(series.name, unit):
        certainty = Certainty.STATED if movement.constant else Certainty.LIKELY
        return KindReason(MeasureKind.STANDARD, certainty, f"名称是时限，各月{'都' if movement.constant else '不'}相同", months, months)
    if names_average(series.name) and not (movement.added.always or movement.summed.always):
        return KindReason(MeasureKind.STOCK, Certainty.LIKELY, "名称是平均或状态，各月不相加", months, months)
    return _by_columns(series, movement) or _by_course(series, movement)


def _by_columns(series: MeasureSeries, movement: Movement) -> KindReason | None:
    """The kind that the columns 本月 and 本年累计 tell, both filled or one of them alone."""
    columns = {column for _, column, _ in series.figures}
    if Column.MONTH in columns and Column.YTD in columns:
        holds, of = movement.added.holds, movement.added.of
        stock, later = names_stock(series.name), movement.repeated
        if later.always:
            kind = MeasureKind.STOCK if stock or movement.level else MeasureKind.FLOW
            return KindReason(kind, Certainty.LIKELY if stock else Certainty.ASKED, "本月数与本年累计各月都是同一个数", later.holds, later.of)
        january = all(month.month == 1 for month in series.months)  # when a flow and a level look alike
        if movement.added.always and stock and january:
            return KindReason(MeasureKind.STOCK, Certainty.ASKED, "只有 1 月的数，名称是存量", holds, of)
        if movement.added.always:
            return KindReason(MeasureKind.FLOW, Certainty.STATED if january else Certainty.PROVED, "上月累计 + 本月数 = 本年累计", holds, of)
        if of and not holds and movement.level and stock:
            return KindReason(MeasureKind.STOCK, Certainty.ASKED, "本月数与本年累计不相加，名称是存量", holds, of)
        return KindReason(MeasureKind.FLOW, Certainty.STATED, "本月数、本年累计两栏都填", holds, of)
    if movement.unadded.always and movement.level and not names_flow(series.name, series.unit):
        trial = movement.unadded
        return KindReason(MeasureKind.STOCK, Certainty.LIKELY, "有累计一栏而不填，各月变动不大", trial.holds, trial.of)
    if Column.YTD in columns and movement.unmonthly.always:
        trial = movement.unmonthly
        if (
            movement.rises and names_flow("", series.unit) and not names_stock(series.name)
        ):  # 批次 and 人次 are counted over a time; the office may fill in the year's figure alone
            return KindReason(MeasureKind.FLOW, Certainty.ASKED, f"单位是「{series.unit}」，只填累计，逐月增加", trial.holds, trial.of)
        certainty = Certainty.ASKED if movement.restarted or (movement.rises and names_flow(series.name) and not names_stock(series.name)) else Certainty.STATED
        return KindReason(MeasureKind.STOCK, certainty, "有本月数一栏而不填，只填一个数", trial.holds, trial.of)
    return None


def _by_course(series: MeasureSeries, movement: Movement) -> KindReason:
    """The kind that headings, the course of the figures and the name tell together."""
    heads = {figure.heading for figure in series.figures.values()}
    months = len(series.months)
    stock = names_stock(series.name) or (names_whole(series.name) and movement.level)
    flow = names_flow(series.name, series.unit or named_unit(series.name))
    if any(_STOCK_HEAD.search(head) for head in heads) and not movement.restarted:
        return KindReason(MeasureKind.STOCK, Certainty.STATED, f"表头是「{sorted(heads)[0]}」", months, months)
    if movement.summed.always:
        return KindReason(MeasureKind.FLOW, Certainty.PROVED, "各月相加等于合计", movement.summed.holds, movement.summed.of)
    if movement.restarted:
        return KindReason(MeasureKind.FLOW, Certainty.PROVED, "每年 1 月重新累计", months, months)
    yearly = any(column is Column.YTD for _, column, _ in series.figures)
    if movement.fell and yearly and not flow:
        return KindReason(MeasureKind.STOCK, Certainty.PROVED if not movement.rises else Certainty.LIKELY, "同一年内比上月下降", months, months)
    if stock and flow and movement.steady:
        return KindReason(MeasureKind.STOCK, Certainty.LIKELY, "名称是存量，各月变动很小", months, months)
    if stock != flow:
        agrees = movement.level if stock else not movement.constant
        words = f"名称是{'存量' if stock else '一段时间内的数'}" + ("，各月变动不大" if stock and movement.level else "")
        return KindReason(MeasureKind.STOCK if stock else MeasureKind.FLOW, Certainty.LIKELY if agrees else Certainty.ASKED, words, months, months)
    monthly = any(column is Column.MONTH for _, column, _ in series.figures)
    if monthly or (yearly and movement.rises and not movement.steady):
        return KindReason(MeasureKind.FLOW, Certainty.LIKELY, "表头是本月数" if monthly else "累计逐月增加", months, months)
    if movement.steady:
        return KindReason(MeasureKind.STOCK, Certainty.ASKED, f"各月{'相同' if movement.constant else '变动不大'}", months, months)
    return KindReason(MeasureKind.FLOW, Certainty.ASKED, "看不出是时期数还是时点数", months, months)
