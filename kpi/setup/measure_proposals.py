"""Measures as the sheets show them: name, unit, kind, and why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.catalog.measure import MeasureKind, UnstatedFigure
from kpi.setup.kind_words import called_rate, named_unit
from kpi.setup.measure_kind import KindReason, kind_of
from kpi.setup.measure_series import MeasureSeries
from kpi.setup.proposal import CellOfFile, Certainty, MeasureProposal, ProposalEvidence
from kpi.setup.proposed_codes import ProposedCodes
from kpi.setup.surveyed_figure import SurveyedFigure
from kpi.setup.unstated_figures import UnstatedReading, unstated_figures
from kpi.workbook.naming import name_key
from kpi.workbook.report import Column

RATIO = "比值"  # the unit of a rate that is typed as a fraction of one
_OF_BODIES_ALONE = "「{}」只有{}等各单位的数，没有合计，入库时读不出本科室的数：请在表上补一行（列）合计，或把这些单位登记为机构后分别报送"
_CELLS = 6  # of a series that a proposal shows


@dataclass(frozen=True, slots=True)
class ProposedMeasures:
    """The proposed measures, and the series that each was made from by its code."""

    proposals: tuple[MeasureProposal, ...]
    series: Mapping[str, MeasureSeries]


def propose_measures(every: Sequence[MeasureSeries], offices: Mapping[str, str], codes: ProposedCodes) -> ProposedMeasures:
    """
    The measures of all series.

    Args:
        every: The series.
        offices: The codes of the offices by their names.
        codes: The codes given so far.

    """
    own = {codes.code(series.name): series for series in every if _is_measure(series)}
    kinds = {code: kind_of(series) for code, series in own.items()}
    unstated = unstated_figures({code: (own[code], kind.kind) for code, kind in kinds.items()})
    return ProposedMeasures(tuple(_proposal(code, series, offices[series.office], kinds[code], unstated.get(code)) for code, series in own.items()), own)


def _is_measure(series: MeasureSeries) -> bool:
    """Whether a series has a figure of its own, and not merely a target or a growth beside others."""
    return any(column is None or column in (Column.MONTH, Column.YTD) for _, column, _ in series.figures) and bool(re.search(r"[^\W\d_]", series.name))


def _proposal(code: str, series: MeasureSeries, office: str, finding: KindReason, unstated: UnstatedReading | None) -> MeasureProposal:
    unit, wording, question = _unit(series, finding.kind)
    certainty = Certainty.ASKED if question else finding.certainty
    if finding.certainty is Certainty.ASKED:
        asked = "时期数（各月相加）还是时点数（取最后一个）" if finding.kind in (MeasureKind.FLOW, MeasureKind.STOCK) else "是哪一种"
        question = f"{question}{'；' if question else ''}「{series.name}」是{asked}？现按「{kind_words(finding.kind)}」"
    if unstated and not unstated.shown:
        certainty = Certainty.ASKED
        read = "本月数" if unstated.figure is UnstatedFigure.MONTH else "本年累计"
        question = f"{question}{'；' if question else ''}「{series.name}」没有写本月还是累计，是哪个？现按「{read}」"
    if "" not in series.bodies:
        certainty = Certainty.ASKED
        question = f"{question}{'；' if question else ''}{_OF_BODIES_ALONE.format(series.name, '、'.join(series.bodies[:2]))}"
    return MeasureProposal(
        f"measure/{office}/{name_key(series.name)}",
        certainty,
        (ProposalEvidence(f"{wording}；{finding.why}", cells_of(series), finding.holds, finding.of),),
        question,
        code,
        series.name,
        office,
        series.topic,
        unit,
        finding.kind,
        series.decimals,
        _leaves_bounds(series, finding.kind, unit),
        series.aliases,
        unstated.figure if unstated else UnstatedFigure.ASKED,
    )


def kind_words(kind: MeasureKind) -> str:
    """A kind of measures as a statistician calls it."""
    return {"flow": "时期数", "stock": "时点数", "standard": "服务标准", "rate": "填报率"}[kind.value]


def _unit(series: MeasureSeries, kind: MeasureKind) -> tuple[str, str, str]:
    """The unit of a series, what says so, and the question where nothing does or two things differ."""
    if len(series.units) > 1:
        named = "、".join(sorted({figure.unit for figure in series.figures.values() if figure.unit}))
        return series.unit, f"各表的单位写作 {named}", f"「{series.name}」的单位写了几种：{named}；以哪个为准？"
    if series.unit:
        return series.unit, f"单位「{series.unit}」", ""
    if kind is MeasureKind.RATE and _is_fraction(series):
        return RATIO, "没有写单位，都是不大于 1 的小数", f"「{series.name}」是用小数表示的率（1 就是 100%）吗？现按「{RATIO}」"
    if kind is MeasureKind.RATE or called_rate(series.name):
        return "%", "没有写单位，名称是率", f"「{series.name}」没有写单位，是 % 吗？"
    likely = named_unit(series.name)
    return likely, "没有写单位", f"「{series.name}」以什么为单位？" + (f"看名称是「{likely}」" if likely else "")


def _leaves_bounds(series: MeasureSeries, kind: MeasureKind, unit: str) -> bool:
    """Whether a figure is below nought, or a share above the whole: 结收比 103 %."""
    most = {"%": 100, "‰": 1000}.get(unit) if kind is MeasureKind.RATE else None
    return any(number < 0 or (most is not None and number > most) for number in series.numbers.values())


def _is_fraction(series: MeasureSeries) -> bool:
    """Whether all figures are at most 1, and some have two digits behind the point: 0.985 for 98.5 %."""
    return bool(series.numbers) and max(series.numbers.values()) <= 1 and series.decimals > 1


def cells_of(series: MeasureSeries) -> tuple[CellOfFile, ...]:
    """Some cells of a series, the latest of its own figures first."""
    shown: list[SurveyedFigure] = [series.figures[slot] for slot in sorted(series.figures, key=lambda slot: (slot[0], str(slot[1])), reverse=True)]
    return tuple(CellOfFile(figure.file, str(figure.place)) for figure in shown[:_CELLS])
