"""
What is said beyond the status: how much is needed and whether that is realistic, where the year will end, signal or noise.

Short sentences for a meeting; the rules behind them stand in `kpi.compute.outlook` and `kpi.compute.signal`.
"""

from fractions import Fraction

from kpi.compute.growth import difference_in
from kpi.compute.outlook import Best, Needed, NoBase, Outlook, Projection, Reach
from kpi.compute.row import BoardRow
from kpi.compute.signal import SHIFT, TREND, Assurance, Rule, Signal, Variation
from kpi.period import Month
from kpi.present import day_words, numbers
from kpi.present.row_words import Spoken
from kpi.present.statuses import PACED
from kpi.value import Qualifier, as_decimal

VARIATION = {
    Variation.IMPROVING: "好转信号",
    Variation.CONCERNING: "转差信号",
    Variation.NEITHER: "异动信号",
    Variation.COMMON: "正常波动",
}
ASSURANCE = {
    Assurance.MEETS: "照此月月能达标",
    Assurance.MISSES: "照此月月达不到目标，要改办法才行",
    Assurance.HIT_AND_MISS: "照此有的月达标、有的月不达标",
}
_REACH = {
    Reach.ON_AVERAGE: "按今年的平均进度能完成",
    Reach.IN_BEST: "今年做到过，要月月接近最好的一个月才能完成",
    Reach.IN_LAST_YEAR: "今年没有做到过，上年做到过，要加快才能完成",
    Reach.BEYOND: "靠现有进度完不成",
    Reach.OPEN: "有的月份没有整月的确数，做没做到过还不能说",
}


def lines(spoken: Spoken, outlook: Outlook) -> dict[str, str]:
    """Everything that can be said of a row beyond its status, each under its name."""
    row, needed = spoken.row, need(spoken, outlook)
    texts = {
        "汇总": spoken.without,
        "目标依据": _document(spoken),
        "还需": needed if needed != numbers.NOTHING else "",
        "推算": projection(row, outlook, spoken.decimals),
        "波动": signal(row, outlook, spoken.decimals),
        "两年平均增速": numbers.amount(outlook.two_years, "%", 1) if outlook.two_years is not None else "",
    }
    return {name: f"{text.removesuffix('。')}。" for name, text in texts.items() if text}


def _document(spoken: Spoken) -> str:
    """The document that set the target in force, from when it holds, and how the pace is counted."""
    row = spoken.row
    if row.target.value is None:
        return ""
    since = f"（{row.target.since.isoformat()} 起执行）" if row.target.since else ""
    pace = f"；序时进度{row.target.pace_basis}，{numbers.amount(row.target.pace, '%', 2)}" if row.target.pace is not None else ""
    tolerance = (
        f"；差 {numbers.stated_amount(row.target.tolerance, '个百分点' if row.target.kind in PACED else difference_in(row.unit))}以内算滞后"
        if row.target.tolerance
        else ""
    )
    return f"{row.target.document}{since}，{spoken.target}{pace}{tolerance}"


def need(spoken: Spoken, outlook: Outlook | None) -> str:
    """What it takes from here on, and whether that has been done before."""
    row, left = spoken.row, outlook.needed if outlook else None
    if left is None or row.figure.qualifier != Qualifier.EXACT:
        return spoken.need
    if left.reach is Reach.DONE:
        return "全年目标已完成"
    unit, decimals = (spoken.counted_unit, 0) if row.figure.denominator is not None else (row.unit, spoken.decimals)
    lacking = numbers.amount(numbers.enough(as_decimal(left.left), decimals), unit, decimals)
    still = f"分母不变，{spoken.counted}离全年目标还差 {lacking}" if row.figure.denominator is not None else f"离全年目标还差 {lacking}"
    if left.each is None:
        return f"{still}，全年已结束"
    sentence = f"{still}，{_each(left, row, unit, decimals, '今后每月需')}"
    best = [_best("今年", left.best, unit, decimals)]
    if left.reach in (Reach.IN_LAST_YEAR, Reach.BEYOND, Reach.OPEN):
        best.append(_best("上年", left.best_before, unit, decimals))
    known = "，".join(text for text in best if text)
    return f"{sentence}；{known}：{_REACH[left.reach]}" if known else sentence


def need_briefly(spoken: Spoken, outlook: Outlook) -> str:
    """The same for a narrow column, the answer first: ``照此完不成：每月需 54 件，最多做过 32 件``."""
    left = outlook.needed
    most = max((best.amount for best in (left.best, left.best_before) if best), default=None) if left else None
    if left is None or left.each is None or left.reach in (Reach.DONE, Reach.OPEN) or most is None or spoken.row.figure.qualifier != Qualifier.EXACT:
        return need(spoken, outlook)
    unit, decimals = (spoken.counted_unit, 0) if spoken.row.figure.denominator is not None else (spoken.row.unit, spoken.decimals)
    answer = "照此完不成" if left.reach is Reach.BEYOND else "做得到"
    return f"{answer}：{_each(left, spoken.row, unit, decimals, '每月需')}，最多做过 {_amount(most, unit, decimals)}"


def projection(row: BoardRow, outlook: Outlook, decimals: int) -> str:
    """Where the year will end, how sure that is, and how the same estimate did in earlier years; empty where none is made."""
    projection = outlook.projection
    if not isinstance(projection, Projection):
        return f"全年推算：{projection.value}。" if isinstance(projection, NoBase) and projection is not NoBase.YEAR_OVER else ""
    sentence = f"照上年的进度推算，全年约 {_amount(projection.estimate, row.unit, decimals)}"
    if projection.low is not None and projection.high is not None:
        sentence += f"（{numbers.figure(as_decimal(projection.low), decimals)}～{_amount(projection.high, row.unit, decimals)}）"
    if row.target.value:
        sentence += f"，是目标的 {numbers.amount(as_decimal(projection.estimate / Fraction(row.target.value) * 100), '%', 1)}"
    month = row.figure.as_of.month if row.figure.as_of else row.period.month
    tested = [f"{row.year.chinese(year)}，{month} 月时误差 {numbers.amount(as_decimal(abs(error) * 100), '%', 1)}" for year, error in projection.errors.items()]
    return f"{sentence}；{'按此法估 ' + '；'.join(tested) if tested else '没有更早一年的逐月数，误差还无法回测'}。"


def signal(row: BoardRow, outlook: Outlook, decimals: int) -> str:
    """
    Signal or noise, in plain words: the month's variation, the outlook on the target, and how far few cases can be trusted.

    A process that is changing gives no assurance either way, so the target is spoken of only where the variation is ordinary.
    """
    parts = [_variation(outlook, row.unit, decimals)]
    if outlook.signal is not None and outlook.signal.assurance is not None and outlook.signal.variation is Variation.COMMON:
        parts.append(ASSURANCE[outlook.signal.assurance])
    if outlook.interval is not None:
        low, high = (numbers.figure(bound, 1) for bound in (outlook.interval.low, outlook.interval.high))
        parts.append(f"{row.figure.numerator:.0f}/{row.figure.denominator:.0f}，95% 区间 {low}%～{high}%，{_trust(outlook)}")
    return "；".join(parts)


def variation(signal: Signal, unit: str, decimals: int) -> str:
    """
    ``好转信号：连续 8 个月高于平均`` or ``正常波动（12～40 件）``.

    Limits and mean have as many digits as tell them apart, and from a figure that lies beyond them: ``连续 8 个月高于平均 99.6%（当月 100.0%）``.
    """
    word = VARIATION[signal.variation]
    value, low, high, mean = map(as_decimal, (signal.value, signal.low, signal.high, signal.limits.mean))
    passed = [high if signal.upwards else low] if signal.rule is Rule.OUTSIDE else [mean] if signal.rule is Rule.SHIFT else []
    digits = max(numbers.apart(*pair, decimals) for pair in ((low, high), *((value, limit) for limit in passed)))
    usual = f"{numbers.figure(low, digits)}～{numbers.amount(high, unit, digits)}"
    way = "高" if signal.upwards else "低"
    month = f"（当月 {numbers.amount(value, unit, digits)}）" if digits > decimals else ""
    match signal.rule:
        case None:
            return f"{word}（{usual}）"
        case Rule.OUTSIDE:
            return f"{word}：{way}于正常波动范围 {usual}{month}"
        case Rule.SHIFT:
            return f"{word}：连续 {SHIFT} 个月{way}于平均 {numbers.amount(mean, unit, digits)}{month}"
        case Rule.TREND:
            return f"{word}：连续 {TREND} 个月{'上升' if signal.upwards else '下降'}"
        case Rule.NEAR:
            return f"{word}：三个月里有两个月接近正常波动范围 {usual} 的{'上' if signal.upwards else '下'}限"


def _variation(outlook: Outlook, unit: str, decimals: int) -> str:
    if not outlook.monthly:
        return "不是逐月发生的数，不作波动判断"
    if outlook.judged is None:
        return "最近的单月数不全，不作波动判断"
    if outlook.signal is None:
        return "逐月数不足 12 个月，暂不作波动判断"
    return f"{day_words.month(outlook.judged)}{variation(outlook.signal, unit, decimals)}"


def _trust(outlook: Outlook) -> str:
    """What the interval of few cases says about the differences from target and last year, which may be of few cases itself."""
    if outlook.apart:
        return "样本虽少，与目标的差异已超出偶然" + (f"，与{outlook.alike[0]}的不能说明问题" if outlook.alike else "")
    return "样本少，差异不能说明问题" if outlook.alike else "样本少"


def _best(word: str, best: Best | None, unit: str, decimals: int) -> str:
    return f"{word}最好的一个月（{day_words.month(best.period)}）{_amount(best.amount, unit, decimals)}" if best else ""


def _each(left: Needed, row: BoardRow, unit: str, decimals: int, every: str) -> str:
    """What the months that are left take: ``今后每月需 14 户（还剩 1 个月零 7 天）``; in the last of them no month is every month: ``12 月需 54 件``."""
    each = numbers.amount(numbers.enough(as_decimal(left.each or left.left), decimals), unit, decimals)
    days = Month.of(row.figure.as_of).last_day.day - row.figure.as_of.day if row.figure.as_of else 0
    last = f"{row.year.last(row.year_called).month} 月"
    if left.months == 1:
        return f"{last}需 {each}"
    if left.months < 1:
        return f"{last}还剩 {days} 天，需 {numbers.amount(numbers.enough(as_decimal(left.left), decimals), unit, decimals)}（合每月 {each}）"
    return f"{every} {each}" + (f"（还剩 {int(left.months)} 个月零 {days} 天）" if left.months % 1 else "")


def _amount(value: Fraction, unit: str, decimals: int) -> str:
    return numbers.amount(as_decimal(value), unit, decimals)
