"""
What a label says beyond the name of the measure that somebody has said it is: 2022年合格批次, 罚没款（美元）, 合格批次（全市）.

An answer says which measure a label names.  It does not say that last year's figure, a target or the figure of the whole
city is the office's own of this month, nor that what is counted in another unit is not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from kpi.catalog.measure import Measure, MeasureKind
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.workbook.forms.measure_names import Names, label_unit
from kpi.workbook.forms.remark_doubts import doubted
from kpi.workbook.forms.table_subject import is_no_amount, is_other_place, other_than, with_insides
from kpi.workbook.layout.group_words import is_of_another
from kpi.workbook.layout.heading import read_heading
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.naming import name_key, unit_key
from kpi.workbook.report import Beside, Column
from kpi.workbook.signs import clean, unmarked
from kpi.workbook.units import is_share, power_between

_SIZE = re.compile("[十百千万亿]+|[wk]|[¥￥$€£]", re.IGNORECASE)
_RATE = re.compile("(?<!填报)率$")
_BEGINNING = re.compile("(?:年|期|季|月)初(?!以来|至今|起)")
_CURRENCY = re.compile(r"(?:[十百千万亿]*)(?:[美欧日港澳加]元|英镑|欧元|日圆|卢布|usd|eur|hkd|jpy|gbp)", re.IGNORECASE)
_EACH = re.compile(r"([^/每]+)(?:/|每)[^/]+")


def beyond_name(text: str, place: Place, period: Month, names: Names, measure: Measure, own: Sequence[str], read: Iterable[Column]) -> Iterator[Finding]:
    """
    What a label says beyond the name of its measure that the figures beside it may not be.

    Args:
        text: The label, which is no name of the measure.
        place: Its cell.
        period: The month of the report.
        names: The names of all measures.
        measure: The measure that somebody has said it is.
        own: The names of those whose figures they should be.
        read: The figures that were read for the measure.

    Yields:
        At most one finding for what it says of time, body or kind, and one for the unit.

    """
    label = unmarked(clean(text))[0]
    meant = (measure.name, *measure.aliases)
    words = _other_figure(label, period, names, measure, own) or _other_column(label, set(read), measure, period)
    if words and not any(_other_figure(name, period, names, measure, own) for name in meant):
        seen = f"「{text.strip()}」已说明为「{measure.name}」，但{words}，报送的是 {period.chinese}的"
        remedy = f"请核对：确是本单位 {period.chinese}的数，请改正名称，或写明说明后入库；不是的，请改填本期的数后重新上传"
        yield Finding("label-beyond-name", Severity.CHECK, place, seen, remedy, measures=(measure.code,))
    unit = next((unit for inside in with_insides(label)[1:] if (unit := _no_unit_of(inside, measure.unit))), "")
    if unit and unit != label_unit(label) and not any(unit in name_key(name) for name in meant):
        seen = f"「{text.strip()}」写的单位是「{unit}」，数按「{measure.unit}」读取"
        remedy = f"请核对：以「{measure.unit}」计的，请改正名称里的单位，或写明说明后入库；不是的，请换算后重新上传"
        yield Finding("unit-differs", Severity.CHECK, place, seen, remedy, measures=(measure.code,))


def other_unit(text: str, place: Place, stated: str, measure: Measure) -> Iterator[Finding]:
    """The unit in the brackets of a label that is no unit of its measure, where the column of units says another: 合格批次（%） | 批次."""
    unit = label_unit(text)
    if not unit or not stated.strip() or power_between(unit, measure.unit) is not None:
        return
    if any(unit_key(label_unit(name)) == unit_key(unit) for name in (measure.name, *measure.aliases)):
        return
    seen = f"「{text.strip()}」写的单位是「{unit}」，这一行的计量单位写的是「{stated.strip()}」，数按「{stated.strip()}」读取"
    remedy = f"请核对：以「{stated.strip()}」计的，请改正名称里的单位，或写明说明后入库；不是的，请改填「{measure.name}」的数后重新上传"
    yield Finding("unit-differs", Severity.CHECK, place, seen, remedy, measures=(measure.code,))


def rate_over(text: str, place: Place, measures: Sequence[Measure]) -> Iterator[Finding]:
    """The heading 累计率 over figures that are no rates."""
    counted = [measure for measure in measures if not is_share(measure.unit)]
    if counted and _RATE.search(re.sub(r"\([^()]*\)", "", name_key(text))):
        seen = f"表头「{text}」说的是率，「{counted[0].name}」{'等' if len(counted) > 1 else ''}不是率，数按数量读取"
        remedy = "请核对：是数量的，请改正表头，或写明说明后入库；不是的，请改填数量后重新上传"
        yield Finding("other-subject", Severity.CHECK, place, seen, remedy, measures=tuple(measure.code for measure in counted))


def _other_figure(label: str, period: Month, names: Names, measure: Measure, own: Sequence[str]) -> str:
    """What a label says the figure is, in words, where that is not the office's own of the month; empty where it says nothing of the kind."""
    rest = _without_names(label, measure)
    for words in (rest, *with_insides(label)[1:]):
        if is_other_place(words, own):
            return f"写的是「{words.strip('()')}」的"
        if not is_share(measure.unit) and is_no_amount(words.strip("()")):
            return f"写的是「{words.strip('()')}」，不是数量本身"
        if doubted(words.strip("()"), period, None):
            return f"写的是「{words.strip('()')}」"
    if match := _BEGINNING.search(label):
        return f"写的是「{match[0]}」的"
    figure = read_heading(label).figure
    if isinstance(figure, Beside) and not is_share(measure.unit):
        return f"写的是{figure.chinese}"
    if is_of_another(label, period, names, measure.code, targets=False) and (subject := other_than(label, period, targets=False)):
        return f"说的是{subject.words.strip()}数"
    return ""


def _other_column(label: str, read: set[Column], measure: Measure, period: Month) -> str:
    """The finding that a label says 本月 or 12月 where the year so far was read alone, or the other way round."""
    heading = read_heading(label)
    figure = heading.figure or (Column.MONTH if heading.months.single and period.month > 1 else None)
    if measure.kind is not MeasureKind.FLOW or figure not in (Column.MONTH, Column.YTD):
        return ""
    other = Column.YTD if figure is Column.MONTH else Column.MONTH
    return f"写的是{figure.chinese}，却读作{other.chinese}" if other in read and figure not in read else ""


def _without_names(label: str, measure: Measure) -> str:
    """What is left of a label without the longest of the names it has."""
    key = name_key(label)
    known = sorted((name for name in map(name_key, (measure.name, *measure.aliases)) if name in key), key=len, reverse=True)
    return key.replace(known[0], "") if known else key


def _no_unit_of(inside: str, unit: str) -> str:
    """A unit that figures in another cannot be turned out of, for want of a rate or of its own base: 美元, 万元/件, 千; empty where it is none."""
    if inside == unit_key(unit):
        return ""
    each = _EACH.fullmatch(inside)
    if _CURRENCY.fullmatch(inside) or _SIZE.fullmatch(inside) or (each and is_unit(each[1])):
        return inside
    return inside if is_unit(inside) and power_between(inside, unit) is None else ""
