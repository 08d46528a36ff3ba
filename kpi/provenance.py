"""Where a figure comes from (溯源): from an indicator to its parts, from each part to its cell."""

from dataclasses import dataclass
from datetime import date, datetime

from kpi.bureau import Bureau
from kpi.period import Month
from kpi.series import known_code
from kpi.store.submission import Stated
from kpi.value import Value
from kpi.workbook.report import Column


@dataclass(frozen=True, slots=True)
class Source:
    """One stated figure with the cell it stands in, and how it came there."""

    part: str  # 分子, 分母, 填报值, or 数据项 for a measure asked for itself
    measure: str
    name: str
    unit: str
    column: Column
    value: Value
    raw: str
    file: str
    sheet: str
    cell: str
    office: str
    submission: int
    by: str
    at: datetime
    as_of: date
    note: str  # the 说明 given with the submission
    remark: str  # the 备注 of the row


def source(bureau: Bureau, code: str, period: Month) -> list[Source]:
    """
    The cells behind an indicator, or behind a measure, in one month.

    Returns:
        One entry per part, measure and filled column of the submissions in force; for a growth also last year's cells.

    Raises:
        RequestError: No such code.
    """
    known_code(bureau.catalog, code)
    indicator = bureau.catalog.indicators.get(code)
    asked: list[tuple[str, str, int]] = []  # part, measure, years back
    if indicator is None:
        asked.append(("数据项", code, 0))
    else:
        for part, formula in (("分子", indicator.numerator), ("分母", indicator.denominator)):
            part = part if indicator.denominator else "数据项"
            asked += [(part, term.measure, term.years_back) for term in formula.terms] if formula else []
        if indicator.reported:
            asked.append(("填报值", indicator.reported, 0))
    found: list[Source] = []
    for part, measure, years_back in dict.fromkeys(asked):
        month = period.plus(-12 * years_back)
        spoken = part + ("（上年同期）" if years_back else "")
        found += [_source(bureau, spoken, stated) for stated in bureau.store.sources([measure], month)]
    return found


def _source(bureau: Bureau, part: str, stated: Stated) -> Source:
    measure = bureau.catalog.measures[stated.measure]
    return Source(
        part=part,
        measure=measure.code,
        name=measure.name,
        unit=measure.unit,
        column=stated.column,
        value=stated.value,
        raw=stated.raw,
        file=stated.file,
        sheet=stated.sheet,
        cell=stated.cell,
        office=stated.office,
        submission=stated.seq,
        by=stated.by,
        at=stated.at,
        as_of=stated.as_of,
        note=stated.note,
        remark=stated.remark,
    )
