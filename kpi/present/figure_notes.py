"""What must be said beside a figure so that nobody reads it for more than it is: one sentence each, without a full stop."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from kpi.catalog.earlier_definition import ReplacedDefinition
from kpi.compute.marks import Adjustment, Blank, Idle, Restated
from kpi.compute.row import BoardRow, Lacking, Status
from kpi.period import Month, year_earlier
from kpi.present import day_words, growths, numbers
from kpi.present.organisation_words import moved
from kpi.present.statuses import PACED, assessed
from kpi.value import Qualifier

RESULTS_OPEN = "抽检、结果的数不全，看不出还有没有结果未出"
_MOST_NAMED = 3


def of_row(row: BoardRow, decimals: int) -> list[str]:
    """Everything that must be said beside a row whose indicator prints so many digits."""
    other_year = row.data_year != row.year_called
    notes = [
        without(row),
        replaced_definition(row.caveats.definition),
        *moved(row),
        f"同比按两年都有数的 {row.below.compared} 家比" if matched(row) else "",
        pending(row, decimals),
        RESULTS_OPEN if row.caveats.results_open else "",
        _inexact_base(row),
        _typed_differs(row),
        f"已折合全年：{row.figure.annualised_days} 天的数按 {row.year.days(row.year_called)} 天计" if row.figure.annualised_days else "",
        gapped(row),
        base_gapped(row),
        _alike(row, decimals),
        *(idle(mark, row.period.year) for mark in row.caveats.idle),
        *(blank(mark, row.period.year) for mark in row.caveats.blank),
        several_days(row),
        *(adjusted(mark) + ("" if mark.counted else "，按月相加的数里没有它") for mark in row.caveats.adjustment),
        *(restated(base) for base in row.caveats.restated),
        *marks_below(row),
        mixed_base(row),
        (different_days(row) if None not in (row.figure.value, row.last_year.value) else "") or growth_days(row),
        f"{row.data_year} 年度的数在 {row.year.chinese(row.year_called)}报送，用 {row.year.chinese(row.year_called)}的目标"
        if other_year and row.target.value is not None
        else "",
        f"对比的是 {row.data_year} 年度与 {row.data_year - 1} 年度" if other_year and row.last_year.value is not None else "",
    ]
    return [note for note in notes if note]


def without(row: BoardRow) -> str:
    """Who of those below is missing, and that the target cannot be judged without them; empty where nobody is."""
    if not row.below.lacking:
        return ""
    return lacking(row.below.lacking) + ("，还不能下结论" if row.figure.value is not None and assessed(row) is Status.UNDECIDED else "")


def replaced_definition(definition: ReplacedDefinition | None, formula: str = "") -> str:
    """By which definition a figure is computed, where another one is in force now: ``按到 2026 年 3 月为止的口径计算；现行口径自 2026 年 4 月起``."""
    if definition is None:
        return ""
    words = f"：{formula}" if formula else ""
    return f"按到 {definition.until.chinese}为止的口径计算{words}；现行口径自 {definition.current_from.chinese}起"


def bounds(row: BoardRow, decimals: int) -> str:
    """Between what the figure can still end while lots are pending; empty when none are."""
    if row.figure.low is None or row.figure.high is None or row.figure.low == row.figure.high:
        return ""
    return f"{numbers.figure(row.figure.low, decimals)}～{numbers.amount(row.figure.high, row.unit, decimals)}"


def pending(row: BoardRow, decimals: int) -> str:
    """What results still to come can change: nothing once the verdict is locked; empty where none are pending."""
    between = bounds(row, decimals)
    if not between:
        return ""
    words = {Status.MET: "已锁定达标", Status.MISSED: "已锁定不达标", Status.UNDECIDED: "未定"}
    verdict = words.get(assessed(row)) if row.target.value is not None else None
    return f"还有结果未出，最后在 {between} 之间" + (f"，{verdict}" if verdict else "")


def matched(row: BoardRow) -> bool:
    """Whether fewer organisations are in the comparison with last year than in the value."""
    return row.last_year.value is not None and 0 < row.below.compared < row.below.counted


def different_days(row: BoardRow) -> str:
    """That last year's figure runs to another day of the year; empty when both run alike."""
    return _days_apart(row, row.last_year.as_of)


def growth_days(row: BoardRow) -> str:
    """That the two years of a growth (@ly) run to unlike days; empty when both run alike, and where there is no growth to speak of."""
    if row.figure.value is None and row.figure.low is None:
        return ""
    unlike = _days_apart(row, row.figure.base_as_of)
    return f"增长率的{unlike}" if unlike else ""


def half_month(month: Month, mom: Decimal | None, as_of: date | None, latest: date | None) -> str:
    """That the month is not over yet by its figure, and the one before it was."""
    if mom is None or as_of is None or as_of >= month.last_day:
        return ""
    return f"{month.chinese}的环比用的本月数只到 {day_words.days(as_of, latest, month.year)}，不是整月"


def gapped(row: BoardRow) -> str:
    """Which months a cumulative lacks, of a sum how many of the cumulatives in it do; empty where none does."""
    if row.caveats.missing:
        months = day_words.months_of(row.caveats.missing)
        return f"{months}缺分子或分母，没有计入" if row.figure.denominator is not None else f"本年累计缺 {months}"
    return f"有 {row.below.gapped} 家的本年累计缺月份" if row.below.gapped and row.below.leaves > 1 else ""


def base_gapped(row: BoardRow) -> str:
    """Of which months of last year there is no number, missing or said in words; of a sum of how many organisations some are."""
    if row.caveats.prior_missing:
        return f"上年 {day_words.months_of(row.caveats.prior_missing)}没有数"
    return f"有 {row.below.prior_gapped} 家上年有月份没有数" if row.below.prior_gapped else ""


def idle(mark: Idle, year: int) -> str:
    """What says that there was nothing to count: of the months that say so, or of the year so far; ``year`` is that of the figure."""
    return f"「{mark.name}」{day_words.months_of(mark.months, year)}{mark.word}，没有计入"


def blank(mark: Blank, year: int) -> str:
    """That the sheets of some months say nothing of a measure, and that this counts as 0; ``year`` is that of the figure."""
    return f"「{mark.name}」{day_words.months_of(mark.months, year)}没有填，按 0 计"


def lacking(missing: Sequence[Lacking]) -> str:
    """Who of those below is missing, the first of them by name: ``缺 3 家：东湖区市场监管局、海州市市场监管局（2 家都缺）``."""
    named = [
        child.name if child.leaves == 1 else f"{child.name}（{child.leaves} 家{'都缺' if child.lacking == child.leaves else f'中缺 {child.lacking} 家'}）"
        for child in missing
    ]
    return f"缺 {sum(child.lacking for child in missing)} 家：{'、'.join(named[:_MOST_NAMED])}{'等' if named[_MOST_NAMED:] else ''}"


def marks_below(row: BoardRow) -> list[str]:
    """How many of those below have 调整数, a restated base, or months of which there was nothing to count."""
    below = row.below.marks
    return [
        f"有 {below.adjusted} 家的数有调整数" if below.adjusted else "",
        restated_below(row),
        f"有 {below.idle} 家有未开展或不适用的月份，没有计入" if below.idle and row.figure.value is not None else "",
        f"有 {below.blank} 家有没有填的月份，按 0 计" if below.blank and row.figure.value is not None else "",
    ]


def restated_below(row: BoardRow) -> str:
    """How many of those below have a restated base; empty where none has."""
    restated = row.below.marks.restated if row.last_year.value is not None else 0
    return f"有 {restated} 家的上年同期按同口径填报，与上年报送数不同" if restated else ""


def adjusted(adjustment: Adjustment) -> str:
    """调整数 with its month and the 说明 given with it."""
    note = f"说明：{adjustment.note}" if adjustment.note else "没有说明"
    amount = f"{'+' if adjustment.amount > 0 else '-'}{numbers.stated_amount(abs(adjustment.amount), '')}"
    return f"「{adjustment.name}」{adjustment.period.chinese}有调整数 {amount}，{note}"


def _inexact_base(row: BoardRow) -> str:
    """That it is last year's figure that makes 同比 an approximate one; empty where 同比 itself says that it cannot be compared."""
    if row.last_year.qualifier == Qualifier.EXACT or growths.yoy(row) == growths.UNTOLD:
        return ""
    return "上年同期数不是确数" + ("，同比只是约数" if row.last_year.yoy is not None else "")


def _alike(row: BoardRow, decimals: int) -> str:
    """That the comparison with last year is of fewer months than the figure, or than last year's own."""
    fewer_organisations = matched(row) and not (row.below.gapped or row.below.prior_gapped)
    if row.last_year.like_value is None or fewer_organisations:
        return ""
    return f"同比按两年都有数的月份比，这些月份今年为 {numbers.amount(row.last_year.like_value, row.unit, decimals)}"


def several_days(row: BoardRow) -> str:
    """That there is no one day to hold a figure to its pace on, or at which both parts of it are known."""
    if row.caveats.days_apart:
        return f"各数的数据截止日不一（{day_words.as_of(row)}），同一天的数算不出"
    if (
        row.target.kind not in PACED
        or row.target.value is None
        or row.figure.value is None
        or row.figure.as_of == row.figure.as_of_latest
        or row.target.pace is not None
    ):
        return ""
    return f"数据截止日不一（{day_words.as_of(row)}），序时进度没有共同的一天"


def _typed_differs(row: BoardRow) -> str:
    """That the office's own rate is not the computed one, to the digits it was typed with; both with as many as tell them apart."""
    value, typed = row.figure.value, row.figure.reported_value
    if value is None or typed is None or numbers.rounded(value, digits := numbers.precision(typed)) == typed:
        return ""
    digits = numbers.apart(typed, value, max(digits, row.figure.reported_decimals or 0))
    return f"填报值 {numbers.amount(typed, row.unit, digits)}，与计算值 {numbers.amount(value, row.unit, digits)} 不一致"


def mixed_base(row: BoardRow) -> str:
    """That the two parts of last year's rate are not of one scope; empty where they are."""
    part = row.last_year.restated_part
    if part is None:
        return ""
    return f"上年同期的率{part}为同口径数、{'分母' if part == '分子' else '分子'}为上年报送数"


def restated(base: Restated) -> str:
    """A base to this year's scope beside the one on record, and who stated it."""
    stated, recorded = (numbers.stated_amount(number, "") for number in (base.stated, base.recorded))
    note = f"说明：{base.note}" if base.note else "没有说明"
    who = f"{base.by} {base.at:%Y-%m-%d} 报" if base.at else base.by
    return f"「{base.name}」上年同期用同口径数 {stated}，上年报送为 {recorded}（{who}，{note}）"


def _days_apart(row: BoardRow, then: date | None) -> str:
    """To which days the two years run; empty where those agree, and where the month itself is left out: what is compared ends before it."""
    now = row.figure.as_of
    left_out = {month.month for month in (*row.caveats.missing, *row.caveats.prior_missing)}
    if now is None or then is None or year_earlier(now) == then or row.period.month in left_out:
        return ""
    return f"今年截至 {day_words.day(now, now.year)}，上年截至 {day_words.day(then, now.year - 1)}"
