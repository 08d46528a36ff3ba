"""
What a page says about a row of the board, in sentences a leader can read aloud.

Status is always a shape and a word, so that it survives a black-and-white print and a colour-blind reader.  Nothing
is decided here: verdicts come with the row, this module only says them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from kpi.catalog.model import Catalog, TargetKind
from kpi.compute.growth import difference_in
from kpi.compute.marks import Adjustment, Idle, Restated
from kpi.compute.row import BoardRow, Lacking, Status
from kpi.period import Month, Span, days_of_year, year_earlier
from kpi.present import numbers
from kpi.store.edition import Edition
from kpi.value import Qualifier

SHAPES = {
    Status.MISSED: "■",
    Status.BEHIND: "▲",
    Status.UNDECIDED: "◆",
    Status.UNREPORTED: "□",
    Status.NO_TARGET: "○",
    Status.MET: "●",
}
PACED = (TargetKind.ANNUAL, TargetKind.PROGRESS)  # held against the pace, not against the target itself
_MEANT = {Qualifier.EXACT: "", Qualifier.ABOUT: "约 ", Qualifier.MIXED: "约 ", Qualifier.AT_LEAST: "≥", Qualifier.AT_MOST: "≤"}
_MOST_DIGITS = 12
_MOST_NAMED = 3


def badge(status: Status) -> str:
    """Shape and word: ``■ 未达标``."""
    return f"{SHAPES[status]} {status.value}"


def assessed(row: BoardRow) -> Status:
    """The status that may be counted: what the law forbids to assess has no target, met or missed."""
    return row.status if row.may_assess or row.status is Status.UNREPORTED else Status.NO_TARGET


def tally(rows: Iterable[BoardRow]) -> dict[Status, int]:
    """How many indicators stand where, most urgent first."""
    counts = Counter(assessed(row) for row in rows)
    return {status: counts[status] for status in Status}


def headline(rows: Sequence[BoardRow]) -> str:
    """The first line of a board: what leaders must know before anything else."""
    counts = tally(rows)
    if counts[Status.UNREPORTED] == len(rows):
        return "这个月还没有一项指标有数。"
    urgent = [f"{counts[s]} 项{s.value}" for s in (Status.MISSED, Status.BEHIND, Status.UNDECIDED) if counts[s]]
    rest = [f"{counts[s]} 项{s.value}" for s in (Status.MET, Status.UNREPORTED) if counts[s]]
    sentence = "，".join(urgent) or "没有未达标的指标"
    return f"{sentence}；{'，'.join(rest)}。" if rest else f"{sentence}。"


def as_of(row: BoardRow) -> str:
    """The date a figure runs to, both ends when its parts run to different days: ``11 月 23 日``."""
    if row.as_of is None or row.status is Status.UNREPORTED:  # its days are those of an earlier month, or of one part
        return numbers.NOTHING
    return days(row.as_of, row.as_of_latest, row.period.year)


def days(first: date, last: date | None, year: int) -> str:
    """A date, or the earliest and the latest of several."""
    return day(first, year) if last in (None, first) else f"{day(first, year)}至 {day(last, year)}"


def day(when: date, year: int) -> str:
    """A date, with its year only where that is another one."""
    return f"{when.month} 月 {when.day} 日" if when.year == year else f"{when.year} 年 {when.month} 月 {when.day} 日"


@dataclass(frozen=True, slots=True)
class Spoken:
    """
    A row of the board in words.

    ``decimals`` is how many digits its indicator prints, ``counted`` what its numerator counts and ``counted_unit`` in what.
    """

    row: BoardRow
    decimals: int
    counted: str = "分子"
    counted_unit: str = ""

    @property
    def value(self) -> str:
        """The figure with what must be said beside it: its unrounded digits, or that it was typed in."""
        notes = "，".join(note for note in (self.unrounded, self.typed, self.partial) if note)
        return f"{self.printed}（{notes}）" if notes else self.printed

    @property
    def printed(self) -> str:
        """The figure as it is printed, or the word that says why there is none."""
        row = self.row
        if row.value is not None:
            return f"{_MEANT[Qualifier(row.qualifier)]}{self._amount(row.value)}"
        if row.reported_value is not None:
            return numbers.amount(row.reported_value, row.unit, row.reported_decimals or 0)
        return self.bounds or row.state_words or row.state.value

    @property
    def unrounded(self) -> str:
        """More digits, where the printed ones would tell another verdict than the exact figure; else empty."""
        value = self.row.value
        if value is None or (digits := self._digits_of_truth(value)) == self.decimals:
            return ""
        return f"未舍入 {numbers.amount(value, self.row.unit, max(digits, self.decimals + 2))}"

    @property
    def short(self) -> str:
        """The figure for a narrow column: the digits that tell the verdict."""
        return self.unrounded or self.printed

    @property
    def typed(self) -> str:
        """Says that the figure shown is the office's own and cannot be computed here; else empty."""
        return "填报值" if self.row.value is None and self.row.reported_value is not None else ""

    @property
    def partial(self) -> str:
        """Says that the figure is that of some of those below alone; else empty."""
        row = self.row
        if not row.lacking or row.value is None:
            return ""
        return f"已报 {row.counted}/{row.leaves} 家{'之和' if row.denominator is None else '合并计算'}"

    @property
    def without(self) -> str:
        """Who of those below is missing, and that the target cannot be judged without them; empty where nobody is."""
        row = self.row
        if not row.lacking:
            return ""
        return lacking(row.lacking) + ("，还不能下结论" if row.target is not None and row.value is not None else "")

    @property
    def bounds(self) -> str:
        """Between what the figure can still end while lots are pending; empty when none are."""
        row = self.row
        if row.low is None or row.high is None or row.low == row.high:
            return ""
        return f"{numbers.figure(row.low, self.decimals)}～{self._amount(row.high)}"

    @property
    def target(self) -> str:
        """What is asked for: ``≥97.8%``, ``全年 19,000 批次``."""
        row = self.row
        if row.target is None:
            return "不设目标" if row.target_kind is TargetKind.NONE else "未下达目标"
        wanted = numbers.stated_amount(row.target, row.unit)
        if row.target_kind is TargetKind.RANGE and row.target_upper is not None:
            return f"{numbers.stated_amount(row.target, '')}～{numbers.stated_amount(row.target_upper, row.unit)}"
        signs = {TargetKind.ANNUAL: "全年 ", TargetKind.PROGRESS: "年底前 ", TargetKind.MILESTONE: "限期 ", TargetKind.CEILING: "≤"}
        return signs.get(row.target_kind, "≥") + wanted

    @property
    def progress(self) -> str:
        """How far an annual task has come, beside the pace; anything else is compared with its target directly."""
        row = self.row
        if row.progress is None or row.pace is None:
            return numbers.NOTHING
        digits = numbers.apart(row.progress, row.pace, 1)
        return f"{numbers.amount(row.progress, '%', digits)}（序时 {numbers.amount(row.pace, '%', digits)}）"

    @property
    def gap(self) -> str:
        """How far from where it should be, never printed as a bare zero: ``差 0.012 个百分点``."""
        row = self.row
        if row.gap is None or row.gap <= 0:
            return numbers.NOTHING
        unit = difference_in(row.unit)
        above = row.target_kind is TargetKind.CEILING or (row.target_upper is not None and row.value is not None and row.value > row.target_upper)
        digits = self.decimals if numbers.rounded(row.gap, self.decimals) else numbers.apart(row.gap, Decimal(0), self.decimals) + 1
        text = f"{'超出' if above else '差'} {numbers.amount(row.gap, unit, digits)}"
        return f"比序时{text}" if row.target_kind in PACED else text

    @property
    def need(self) -> str:
        """What it takes from here on to meet the target."""
        row = self.row
        if row.value is None or row.target is None or row.lacking:
            return numbers.NOTHING
        if row.target_kind is TargetKind.ANNUAL:
            return self._need_of_total(row.target - row.value)
        if row.unit == "%" and row.numerator is not None and row.denominator and row.target_kind in (TargetKind.FLOOR, TargetKind.PROGRESS):
            short = row.target * row.denominator / 100 - row.numerator
            return f"分母不变，{self.counted}还差 {numbers.amount(_up(short, 0), self.counted_unit, 0)}" if short > 0 else numbers.NOTHING
        return self.gap

    @property
    def yoy(self) -> str:
        """The change against last year: a number, words where there can be none, both when it is many times as much."""
        row = self.row
        if not row.yoy:
            return row.yoy_words or numbers.change(row.yoy, row.yoy_unit)
        printed = numbers.change(row.yoy, row.yoy_unit, numbers.apart(row.yoy, Decimal(0), 2))
        return f"{printed}，{row.yoy_words}" if row.yoy_words else printed

    @property
    def last_year(self) -> str:
        """The figure of the same period last year; our own record too, when the office has restated its base."""
        row = self.row
        if row.prior_value is None:
            return numbers.NOTHING
        matched = f"（{row.compared} 家）" if self._matched else ""
        restated = "" if row.prior_own is None else f"（上年报送 {self._amount(row.prior_own)}）"
        return self._amount(row.prior_value) + matched + restated

    @property
    def different_days(self) -> str:
        """A note when last year's figure runs to another day of the year; empty when both run alike."""
        row = self.row
        return self._days_apart(row.as_of, row.prior_as_of)

    @property
    def about(self) -> str:
        """The name, with the year the figure is about where that is not the year it is reported in: ``企业年报率（2022 年度）``."""
        row = self.row
        return row.name if row.data_year == row.period.year else f"{row.name}（{row.data_year} 年度）"

    @property
    def notes(self) -> list[str]:
        """What must be said beside the figure so that nobody reads it for more than it is, one sentence each without a full stop."""
        row = self.row
        growth = self._days_apart(row.as_of, row.base_as_of)
        said = [
            self.without,
            f"同比按两年都有数的 {row.compared} 家比" if self._matched else "",
            self.pending,
            "抽检、结果的数不全，看不出还有没有结果未出" if row.results_open else "",
            "上年同期数不是确数，同比只是约数" if row.prior_qualifier != Qualifier.EXACT else "",
            self._typed_differs,
            f"已折合全年：{row.annualised_days} 天的数按 {days_of_year(row.period.year)} 天计" if row.annualised_days else "",
            gapped(row),
            f"上年同期累计缺 {months_of(row.prior_missing)}"
            if row.prior_missing
            else f"有 {row.prior_gapped} 家的上年同期累计缺月份"
            if row.prior_gapped
            else "",
            self._alike,
            *(idle(one) for one in row.idle),
            self._several_days,
            self._half_month,
            *(adjusted(one) + ("，按月相加的数里没有它" if row.beside_adjustment else "") for one in row.adjustment),
            *(self._restated(one) for one in row.restated),
            self._mixed_base,
            (self.different_days if row.prior_value is not None else "") or (f"增长率的{growth}" if growth else ""),
            f"{row.data_year} 年度的数在 {row.period.year} 年报送，用 {row.period.year} 年的目标"
            if row.data_year != row.period.year and row.target is not None
            else "",
            f"对比的是 {row.data_year} 年度与 {row.data_year - 1} 年度" if row.data_year != row.period.year and row.prior_value is not None else "",
        ]
        return [one for one in said if one]

    @property
    def pending(self) -> str:
        """What results still to come can change: nothing once the verdict is locked; empty where none are pending."""
        if not self.bounds:
            return ""
        words = {Status.MET: "已锁定达标", Status.MISSED: "已锁定不达标", Status.UNDECIDED: "未定"}
        verdict = words.get(self.row.status) if self.row.target is not None else None
        return f"还有结果未出，最后在 {self.bounds} 之间" + (f"，{verdict}" if verdict else "")

    @property
    def _alike(self) -> str:
        """That the comparison with last year is of fewer months than the figure."""
        row = self.row
        if row.like_value is None or not (row.missing or row.prior_missing or row.gapped or row.prior_gapped):
            return ""
        return f"同比按两年都有数的月份比，这些月份今年为 {self._amount(row.like_value)}"

    @property
    def _several_days(self) -> str:
        """That there is no one day to hold a figure to its pace on."""
        row = self.row
        if row.target_kind not in PACED or row.target is None or row.as_of in (None, row.as_of_latest) or row.pace is not None:
            return ""
        return f"数据截止日不一（{as_of(row)}），序时进度没有共同的一天"

    @property
    def _half_month(self) -> str:
        """That the month is not over yet, and the one before it was."""
        row = self.row
        if row.mom is None or row.as_of is None or row.as_of >= row.period.last_day:
            return ""
        return f"环比用的本月数只到 {as_of(row)}，不是整月"

    @property
    def _matched(self) -> bool:
        """Whether fewer organisations are in the comparison with last year than in the value."""
        row = self.row
        return row.prior_value is not None and 0 < row.compared < row.counted

    @property
    def _typed_differs(self) -> str:
        """That the office's own rate is not the computed one, to the digits it was typed with."""
        row = self.row
        if row.value is None or row.reported_value is None or numbers.rounded(row.value, row.reported_decimals or 0) == row.reported_value:
            return ""
        typed = numbers.amount(row.reported_value, row.unit, row.reported_decimals or 0)
        return f"填报值 {typed}，与计算值 {numbers.amount(row.value, row.unit, row.reported_decimals or 0)} 不一致"

    @property
    def _mixed_base(self) -> str:
        """That the two parts of last year's rate are not of one scope."""
        part = self.row.restated_part
        if part is None:
            return ""
        return f"上年同期的率{part}为同口径数、{'分母' if part == '分子' else '分子'}为上年报送数"

    @staticmethod
    def _restated(one: Restated) -> str:
        stated, recorded = (numbers.stated_amount(number, "") for number in (one.stated, one.recorded))
        note = f"说明：{one.note}" if one.note else "没有说明"
        who = f"{one.by} {one.at:%Y-%m-%d} 报" if one.at else one.by
        return f"「{one.name}」上年同期用同口径数 {stated}，上年报送为 {recorded}（{who}，{note}）"

    @staticmethod
    def _days_apart(now: date | None, then: date | None) -> str:
        if now is None or then is None or year_earlier(now) == then:
            return ""
        return f"今年截至 {day(now, now.year)}，上年截至 {day(then, now.year - 1)}"

    @property
    def sentence(self) -> str:
        """The whole row in one sentence, and one more for each thing that must be said beside it."""
        row = self.row
        parts = [f"{self.about} {self.value}"]
        if row.target is not None:
            parts.append(f"目标 {self.target}")
        parts.append(assessed(row).value if row.status is not Status.MISSED or not row.may_assess else f"未达标，{self.gap}")
        if row.prior_value is not None:
            parts.append(f"同比 {self.yoy}")
        elif row.yoy_words:
            parts.append(f"同比{row.yoy_words}")
        if row.since_year_end is not None:
            parts.append(f"较上年末 {numbers.change(row.since_year_end, row.yoy_unit, numbers.apart(row.since_year_end, Decimal(0), 2))}")
        if row.as_of is not None:
            parts.append(f"截至 {as_of(row)}")
        return "。".join(["，".join(parts), *self.notes]) + "。"

    def _amount(self, value: Decimal) -> str:
        return numbers.amount(value, self.row.unit, self.decimals)

    def _need_of_total(self, left: Decimal) -> str:
        if left <= 0:
            return "全年目标已完成"
        months = 12 - self.row.period.month
        still = f"离全年目标 {self._amount(left)}"
        return f"{still}，今后每月需 {self._amount(_up(left / months, self.decimals))}" if months else still

    def _meets(self, value: Decimal) -> bool:
        """The comparison a reader makes between a printed figure and the target beside it."""
        row = self.row
        if row.target is None or row.target_kind in PACED:
            return True  # the figure itself is compared with nothing
        if row.target_kind is TargetKind.CEILING:
            return value <= row.target
        return row.target <= value and (row.target_upper is None or value <= row.target_upper)

    def _digits_of_truth(self, value: Decimal) -> int:
        """The digits it takes until print and unrounded figure tell the same verdict."""
        truth = self._meets(value)
        return next((d for d in range(self.decimals, _MOST_DIGITS) if self._meets(numbers.rounded(value, d)) == truth), _MOST_DIGITS)


def spoken(row: BoardRow, catalog: Catalog) -> Spoken:
    """A row of an indicator in words, with the digits it prints and the name of what it counts."""
    indicator = catalog.indicators[row.indicator]
    counted = [catalog.measures[code] for code in indicator.numerator.codes]
    if len(counted) == 1:
        return Spoken(row, indicator.decimals, f"「{counted[0].name}」", counted[0].unit)
    return Spoken(row, indicator.decimals)


def gapped(row: BoardRow) -> str:
    """Which months a cumulative lacks, of a sum how many of the cumulatives in it do; empty where none does."""
    if row.missing:
        lacking = months_of(row.missing)
        return f"{lacking}缺分子或分母，没有计入" if row.denominator is not None else f"本年累计缺 {lacking}"
    return f"有 {row.gapped} 家的本年累计缺月份" if row.gapped else ""


def idle(one: Idle) -> str:
    """What says that there was nothing to count: of the months that say so, or of the year so far."""
    return f"「{one.name}」{months_of(one.months)}{one.word}，没有计入"


def lacking(found: Sequence[Lacking]) -> str:
    """Who of those below is missing, the first of them by name: ``缺 3 家：东湖区市场监管局、海州市市场监管局（2 家都缺）``."""
    named = [
        one.name if one.leaves == 1 else f"{one.name}（{one.leaves} 家{'都缺' if one.lacking == one.leaves else f'中缺 {one.lacking} 家'}）" for one in found
    ]
    return f"缺 {sum(one.lacking for one in found)} 家：{'、'.join(named[:_MOST_NAMED])}{'等' if named[_MOST_NAMED:] else ''}"


def adjusted(one: Adjustment) -> str:
    """调整数 with its month and the 说明 given with it."""
    note = f"说明：{one.note}" if one.note else "没有说明"
    return f"「{one.name}」{one.period.chinese}有调整数 {'+' if one.amount > 0 else '-'}{numbers.stated_amount(abs(one.amount), '')}，{note}"


def ranked(ranks: Sequence[int | None], reason: str) -> str:
    """How many have a rank, or why nobody has."""
    if reason:
        return f"{reason}。"
    without = ranks.count(None)
    if without == len(ranks):
        return f"{without} 个单位都没有名次。"
    return f"{len(ranks) - without} 个单位有名次{f'，{without} 个没有' if without else ''}。"


def months_of(lacking: Sequence[Month]) -> str:
    """Months of one year: ``1 月、4 月``."""
    return "、".join(f"{month.month} 月" for month in lacking)


def row_sentence(row: BoardRow, decimals: int | None = None) -> str:
    """
    A row in one sentence.

    Args:
        row: The row.
        decimals: The digits its indicator prints; as many as its value has, at most two, when nobody says.

    """
    return Spoken(row, min(2, numbers.precision(row.value)) if decimals is None and row.value is not None else decimals or 0).sentence


def named(edition: Edition, number: int, whose: str = "") -> str:
    """
    An edition in a sentence: ``2023 年 11 月会议版第 1 版``, the span named where it is not the cumulative one.

    Args:
        edition: The edition.
        number: Which one it is of its organisation, month and span.
        whose: The name of its organisation, where there are several.

    """
    span = "" if edition.span is Span.YTD else f"（{edition.span.chinese}）"
    return f"{whose}{' ' if whose else ''}{edition.period.chinese}会议版{span}第 {number} 版"


def frozen(edition: Edition, number: int, whose: str = "") -> str:
    """What became of a wish to freeze."""
    name = named(edition, number, whose)
    if edition.unchanged:
        return f"与{numbers.spaced(name)}完全相同，没有另存；编号仍是 {edition.code}。"
    return f"{name}已定稿，编号 {edition.code}，记为日志第 {edition.seq} 号。"


def recorded(edition: Edition, number: int, whose: str = "") -> str:
    """An edition on record: its code, of what, for what occasion, by whom and when."""
    occasion = f"，{edition.title}" if edition.title else ""
    return f"{edition.code}：{named(edition, number, whose)}{occasion}，{edition.by} 于 {edition.at:%Y-%m-%d %H:%M} 定稿"


def drifted(edition: Edition, number: int, count: int, whose: str = "") -> str:
    """How much of an edition has changed."""
    return f"{named(edition, number, whose)}（{edition.code}）定稿以来{f'有 {count} 项变动。' if count else '没有变动，现在的数与会上看到的相同。'}"


def _up(value: Decimal, decimals: int) -> Decimal:
    """Rounded towards doing enough."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_CEILING)
