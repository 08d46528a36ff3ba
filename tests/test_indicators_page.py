"""
docs/indicators.md: every number in it is computed here, by the code that the board runs.

An example is a line that begins with ``> ``; the examples of the page are exactly those below, in their order.  What
numbers stand outside of them are constants of the code.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal as D
from fractions import Fraction as F
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kpi.bureau import open_bureau
from kpi.catalog.measure import Better
from kpi.catalog.target import Milestone, Pace, Score, ScoreRule, TargetKind
from kpi.compute.growth import growth, two_year_average
from kpi.compute.interval import FEW, wilson
from kpi.compute.outlook import needed, project
from kpi.compute.pace import DatedFigures, Stretch, stretches
from kpi.compute.range_left_open import ABOUT, Range
from kpi.compute.row import BoardRow
from kpi.compute.score import Asked, earn
from kpi.compute.signal import FEWEST, SHIFT, TREND, Assurance, limits, signal
from kpi.compute.target_in_force import TargetInForce
from kpi.compute.verdict import judge
from kpi.figures.indicators import indicators
from kpi.meeting.differences import drift
from kpi.meeting.editions import freeze
from kpi.period import CALENDAR_YEAR, Month, ReportingYear, Span, days, year_earlier
from kpi.present import day_words
from kpi.present.numbers import Rounding, figure, spaced
from kpi.present.row_words import Spoken
from kpi.review.board import board
from kpi.review.ranking import rank
from kpi.review.series import series
from kpi.review.who_is_missing import lacked
from kpi.store.decision import Act, Decision
from kpi.validation.relation_figures import reachable
from tests.bureaus import Small, opened
from tests.kpi.compute.targets import target, verdict, year
from tests.kpi.province import report, write_catalog
from tests.kpi.store.reports import accepted
from tests.soundness.catalog import BUREAU, QUALITY, earlier, files, indicator
from tests.soundness.catalog import target as target_text
from tests.soundness.test_blanks_as_zero import MORE as BLANKS
from tests.soundness.test_derivations import MORE as DERIVED
from tests.soundness.test_indicators_within import MORE as WITHIN

PAGE = Path(__file__).parents[1] / "docs" / "indicators.md"
DAY = date(2023, 11, 23)
WHOLE = Stretch(DAY, DAY, 1, 0, 1, CALENDAR_YEAR)
GOLDEN = [F(n) for n in (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)]


def shown(value: F | D, decimals: int = 2) -> str:
    exact = F(value)
    return figure(D(exact.numerator) / exact.denominator, decimals)


def due(day: date, course: DatedFigures = (), **said: object) -> F:
    return next(one for one in stretches(target(year=day.year, **said), course, CALENDAR_YEAR) if one.first <= day <= one.last).due(day)


def status(value: int | str, denominator: int = 1, scale: int = 1, /, **said: object) -> str:
    """The verdict on a figure of 23 November 2023."""
    entry = target(**said)
    [stretch] = [one for one in stretches(entry, (), CALENDAR_YEAR) if one.first <= DAY <= one.last] if entry.paced else [WHOLE]
    return str(verdict(TargetInForce(Month.of(DAY), entry, entry.value, entry.paced, stretch, ""), DAY, D(value), D(denominator), scale).status)


def pooled() -> Iterator[str]:
    rate = F(497, 555) * 100
    yield f"六个月合格 497 批次、检验 555 批次，合格率是 497 ÷ 555 = {shown(rate)}%，不是六个月合格率的平均。"


def courses(small: Small) -> Iterator[str]:
    """From reports through the store to the page."""

    def said(values: Iterable[D | None]) -> str:
        return "、".join("–" if value is None else shown(value, 0) for value in values)

    small.report("2023-01", tested="10 10")
    small.report("2023-02", tested="5 18")
    [booked] = small.row("tested", "2023-02").caveats.adjustment
    first, second = small.values("tested", "2023-01", "2023-02", Span.MONTH)
    yield (
        f"1 月累计 10，2 月本月数 5、累计 18：{booked.period.month} 月有调整数 {shown(booked.amount, 0)}；"
        f"1 月仍是 {shown(first, 0)}，2 月仍是 {shown(second, 0)}。"
    )
    small.months(2021, tested="|1|2||3|", shops="1|1|1|1|1|1")
    points = small.points("tested", "2021-01", "2021-06")
    lacking = "、".join(str(month.month) for month in points[-1].missing)
    yield f"本月数 –、1、2、–、3、–：累计 {said(point.value for point in points)}；6 月的累计缺 {lacking} 月。"
    small.report("2019-02", tested="– 50")
    small.report("2019-03", tested="– 80")
    january, february, march = small.values("tested", "2019-01", "2019-03", Span.MONTH)
    assert (january, february) == (None, None)
    quarter = small.row("tested", "2019-03", Span.QUARTER).figure.value
    yield f"2 月累计 50、3 月累计 80：3 月 {shown(march, 0)}，一季度 {shown(quarter, 0)}，1 月和 2 月没有单月数。"
    yearly = F(21 * 10000 * 365, 125000 * days(date(2023, 1, 1), date(2023, 9, 30)))
    yield (
        f"{days(date(2023, 1, 1), date(2023, 9, 30))} 天死亡 21 人、机动车 125,000 辆："
        f"21 × 10,000 ÷ 125,000 × 365 ÷ 273 = {shown(yearly)} 人/万辆；不折合是 {shown(F(210000, 125000))}。"
    )


def school() -> Iterator[str]:
    """A year that begins in September, from reports to figures and words."""
    year = ReportingYear(9)
    named = files() | {"bureau.toml": f"{BUREAU}year_begins = {year.begins}\n"}
    with TemporaryDirectory() as folder, opened(Path(folder), named) as small:
        for period, tested in {"2022-11": "– 30", "2023-09": "10", "2023-10": "20", "2023-11": "– 45", "2024-01": "5"}.items():
            small.report(period, tested=tested)
        values, last = small.values("tested", "2023-09", "2024-01"), small.row("tested", "2024-01")
        growth = small.row("tested", "2023-11").last_year.yoy
    [missing] = last.caveats.missing
    yield (
        f"年度从 9 月开始，9 月 10、10 月 20、11 月累计 45、12 月没有报、1 月 5：累计 {'、'.join(shown(value, 0) for value in values if value is not None)}，"
        f"缺 {missing.month} 月；上一年度 11 月累计 30，11 月同比增长 {shown(growth, 0)}%。"
    )
    day, whole = year.day_number(date(2023, 11, 30)), year.days(2023)
    [stretch] = stretches(target(year=2023), (), year=year)
    yield (
        f"年度从 9 月开始：2023-11-30 是第 {day} 天，{day} ÷ {whole} = {shown(stretch.due(date(2023, 11, 30)) * 100)}%；"
        f"二季度是 {day_words.span(Span.QUARTER, Month(2024, 2), year)}。"
    )


def derived() -> Iterator[str]:
    """What stood earlier, windows and products."""
    with TemporaryDirectory() as folder, opened(Path(folder), files(quality="\n".join([QUALITY, *DERIVED]))) as small:
        small.report("2020-12", shops="– 1000")
        small.report("2021-03", shops="– 1030")
        more, growth = (small.row(code, "2021-03").figure.value for code in ("kept", "growth"))
        yield f"上年末在册 1,000 户，今年 3 月 1,030 户：比年初增加 {shown(more, 0)} 户，增长 {shown(growth)}%。"
        small.year(2022, tested=["10"] * 12)
        small.months(2023, tested="1|2|3")
        three, twelve = small.row("quarterly", "2023-02").figure.value, small.row("yearly", "2023-03").figure.value
        yield (
            f"上年每月 10，今年 1、2、3 月是 1、2、3：近 3 个月到 2 月是 10 + 1 + 2 = {shown(three, 0)}，近 12 个月到 3 月是 9 × 10 + 6 = {shown(twelve, 0)}。"
        )
        small.months(2019, tested="– – | – 50 | – 80 | – 95")
        march, april = small.values("quarterly", "2019-03", "2019-04")
        assert april is None
        yield f"2 月累计 50、3 月累计 80、4 月累计 95：近 3 个月到 3 月是 {shown(march, 0)}，到 4 月没有数，因为不知道 1 月。"
        small.months(2018, inspected="10|20|30", hours="– 2.5||– 3")
        row = small.row("worked", "2018-03")
        [gap] = row.caveats.missing
        yield (
            f"检查 10、20、30 户次，每户次工时 2.5、没有报、3：乘积是 10 × 2.5 + 30 × 3 = {shown(row.figure.value, 0)} 小时，"
            f"缺 {gap.month} 月；不是 60 × 3 = 180。"
        )


def within() -> Iterator[str]:
    """Indicators within others, sheets that came in, and blanks that are 0."""
    with TemporaryDirectory() as folder, opened(Path(folder), files(quality="\n".join([QUALITY, *WITHIN, *BLANKS]))) as small:
        small.months(2018, tested="100|50", passed="96|45")
        row = small.row("not_passed", "2018-02").figure
        months = [small.row("not_passed", f"2018-0{month}", Span.MONTH).figure.value for month in (1, 2)]
        yield (
            f"检验 100、50 批次，合格 96、45 批次：100 - 合格率是（{shown(row.denominator, 0)} - {shown(row.denominator - row.numerator, 0)}）÷ "
            f"{shown(row.denominator, 0)} = {shown(row.value)}%，不是 100 减去 96% 与 90% 的平均，那是 {shown(sum(months) / 2)}%。"
        )
        small.months(2020, tested="10|10|20|20", passed="9|8|10|18")
        recent = small.row("recent_rate", "2020-04").figure
        yield (
            f"检验 10、10、20、20，合格 9、8、10、18：到 4 月，近 3 个月合格率是 "
            f"{shown(recent.numerator, 0)} ÷ {shown(recent.denominator, 0)} = {shown(recent.value)}%。"
        )
        small.months(2022, tested="10||30")
        small.report("2022-01", office="food", food_tested="5")
        own, every = (small.row(code, "2022-03").figure for code in ("reporting", "reporting_all"))
        yield (
            f"质量科 1 月、3 月报来，2 月没有，食品科只报来 1 月：到 3 月质量科 {shown(own.numerator, 0)} ÷ {shown(own.denominator, 0)} = {shown(own.value)}%，"
            f"两个科室 {shown(every.numerator, 0)} ÷ {shown(every.denominator, 0)} = {shown(every.value)}%。"
        )
        small.months(2023, letters="3|||4", tested="10|20||30")
        letters = small.row("letters", "2023-04")
        [gap], [[nought]] = letters.caveats.missing, [mark.months for mark in letters.caveats.blank]
        yield (f"来信 3、空着、没有报表、4：累计 {shown(letters.figure.value, 0)}，{nought.month} 月按 0 计，缺 {gap.month} 月；不是缺 2 月、3 月。")


def lacking() -> Iterator[str]:
    """What lacks, from reports through the store to the verdict."""
    limits = (
        ("pass_rate", "floor", "97.8"),
        ("plain_rate", "floor", "60"),
        ("accidents", "ceiling", "10"),
        ("failed_per_shop", "ceiling", "30"),
        ("complaint_rate", "ceiling", "10"),
    )
    targets = "".join(target_text(*limit) for limit in limits) + target_text("tested", "annual", "120")
    with TemporaryDirectory() as folder, opened(Path(folder), files({2023: targets})) as small:
        small.months(2023, taken="100|100|100", tested="100||100", passed="96|97|96", failed="3||4")
        row = small.row("pass_rate", "2023-03")
        [gap] = row.caveats.missing
        yield (
            f"检验 100、没有报、100，合格 96、97、96：{shown(row.figure.numerator, 0)} ÷ {shown(row.figure.denominator, 0)} = {shown(row.figure.value, 1)}%，"
            f"缺 {gap.month} 月，对 97.8% 是{row.status}；不是 {shown(F(289, 200) * 100, 1)}%。"
        )
        row = small.row("accidents", "2023-03")
        small.report("2023-03", failed="9")
        broken = small.row("accidents", "2023-03")
        third = f"第三个月是 9，累计 {shown(broken.figure.value, 0)}，已经{broken.status}"
        yield f"事故 3、没有报、4，不高于 10：累计 {shown(row.figure.value, 0)}，{row.status}；{third}。"
        small.months(2023, tested="100|100|100", passed="96||96")
        row = small.row("plain_rate", "2023-03")
        least = f"缺的全不合格也有 192 ÷ 300 = {shown(F(192, 300) * 100, 1)}%"
        yield f"检验三个月都有，合格缺一个月：{shown(row.figure.value, 1)}%；{least}，对 60% 已{row.status}。"
        small.months(2023, failed="3|–|–|3", shops="– 1000|–|–|– 1000")
        row = small.row("failed_per_shop", "2023-04")
        yield (
            f"1 月 3、4 月 3，2 月、3 月没有报，1,000 户：按有数的 {row.figure.annualised_days} 天折合，6 × 365 ÷ 61 = {shown(row.figure.value)}；"
            f"按 120 天也有 {shown(F(6 * 365, 120))}，对不高于 30 是{row.status}。"
        )
        small.report("2022-11", net="30")
        small.months(2023, net="|".join(["25"] * 12))
        row = small.row("net", "2023-12")
        base = row.last_year
        yield f"上年只有 11 月的 30，今年每月 25：比 11 月，{shown(base.like_value, 0)} 与 {shown(base.value, 0)}，{shown(base.yoy)}%；不是 300 与 30。"
        small.months(2023, tested="100|100|100", failed="30|未公开|2")
        hidden = small.row("complaint_rate", "2023-03").status
    entry = target(kind=TargetKind.FLOOR, value=D(100), tolerance=D(0))
    held, about = TargetInForce(Month.of(DAY), entry, entry.value, False, Stretch(DAY, DAY, 1, 0, 1, CALENDAR_YEAR), ""), F(100) * ABOUT
    found = [judge(Range(F(100) - about, F(100) + about), F(100), [(held, DAY)]).status, judge(Range(F(0), F(100), below=True), F(100), [(held, DAY)]).status]
    yield f"不低于 100：约 100 是 {shown(100 - about, 0)} 到 {shown(100 + about, 0)}，{found[0]}；不超过 100 的是{found[1]}。"
    yield f"不合格 30、未公开、2，检验每月 100：至少 32 ÷ 300 = {shown(F(32, 300) * 100, 1)}%，不高于 10% 已{hidden}。"
    yield from _apart()


def _apart() -> Iterator[str]:
    """Parts that run to unlike days, and a quarter that lacks a month."""
    found = []
    for floor in ("90", "95"):
        with TemporaryDirectory() as folder, opened(Path(folder), files({2023: target_text("plain_rate", "floor", floor)})) as small:
            small.report("2023-03", tested="– 30@2023-03-20", passed="– 27@2023-03-31")
            found.append(small.row("plain_rate", "2023-03"))
            small.months(2023, tested="|||20|50|30", passed="|||20||10")
            quarter, passed = (small.row(code, "2023-06", Span.QUARTER) for code in ("plain_rate", "passed"))
    tested, counted = found[0].figure.as_of, found[0].figure.as_of_latest
    assert tested is not None
    assert counted is not None
    assert passed.figure.value is None
    yield (
        f"检验到 {tested.month} 月 {tested.day} 日 30、合格到 {counted.month} 月 {counted.day} 日 27：{shown(found[0].figure.value, 1)}%，哪一天都至多这么多，"
        f"对 90% 是{found[0].status}，对 95% 已{found[1].status}。"
    )
    [gap] = quarter.caveats.missing
    rate = quarter.figure
    yield (
        f"二季度检验 20、50、30，合格 20、没有报、10：{shown(rate.numerator, 0)} ÷ {shown(rate.denominator, 0)} = {shown(rate.value, 1)}%，"
        f"缺 {gap.month} 月；合格的合计没有数。"
    )


def time(small: Small) -> Iterator[str]:
    over = growth(D(16641), D(11183), "户")
    yield f"今年 16,641 户，上年同期 11,183 户：增加 {16641 - 11183:,} 户，增长 {shown(over.amount)}%。"
    points = growth(D(70174) * 100 / D(2921763), D("2.51"), "%")
    yield f"今年 70,174 ÷ 2,921,763 = {shown(F(70174, 2921763) * 100)}%，上年 2.51%：变动 {shown(points.amount)} 个百分点，不说百分之几。"
    averages = "、".join(f"{g}% → {shown(two_year_average(100 + D(g), D(100)), 1)}%" for g in ("72.1", "45.5", "42.5"))
    yield f"比两年前的增长换成每年：{averages}。"
    small.report("2016-10", tested="– 80")
    small.report("2016-11", tested="– 95")
    small.report("2017-11", as_of="2017-10-31", tested="– 88")
    stale = small.row("tested", "2017-11")
    yield f"今年截至 10 月 31 日，上年 10 月末 80、11 月末 95：与 {shown(stale.last_year.value, 0)} 比。"
    small.report("2016-10", shops="– 250")
    small.report("2017-10", shops="– 264 240")
    row = small.row("shops", "2017-10")
    plain = growth(row.figure.value, row.last_year.own, "户")
    yield (
        f"今年 264，上年报送 {shown(row.last_year.own, 0)}、今年改报 {shown(row.last_year.value, 0)}：增长 {shown(row.last_year.yoy, 0)}%，"
        f"旁注 {shown(row.last_year.own, 0)}；不用 250 算成 {shown(plain.amount, 1)}%。"
    )
    times = growth(D(10), D(4), "户")
    yield f"4 到 10：增长 {shown(times.amount)}%，{times.words}。"
    leap = year_earlier(date(2024, 2, 29))
    yield f"2024-02-29 与上年的 {leap.isoformat()} 比。"


def redefined() -> Iterator[str]:
    """A definition that holds from April on, before and after, and through the line of a trend."""
    rate = indicator("rate", "检出率", "passed", "taken") + earlier("2026-03", "passed", "tested")
    permille = indicator("permille", "不合格率", "failed", "taken", unit="‰", scale=1000) + earlier("2026-03", "failed", "tested")
    with TemporaryDirectory() as folder, opened(Path(folder), files(quality="\n".join([QUALITY, rate, permille]))) as small:
        for year, (taken, tested, passed) in ((2025, (10, 8, 6)), (2026, (20, 16, 15))):
            counts = {"taken": taken, "tested": tested, "passed": passed, "failed": 1}
            small.months(year, **{code: "|".join([str(count)] * 4) for code, count in counts.items()})
        march, april = (small.row("rate", f"2026-{month}") for month in ("03", "04"))
        spoken = [
            f"{shown(row.figure.numerator, 0)} ÷ {shown(row.figure.denominator, 0)} = {shown(row.figure.value)}%，"
            f"上年同期 {above} ÷ {below} = {shown(row.last_year.value)}%"
            for row, above, below in ((march, 18, 24), (april, 24, 40))
        ]
        yield f"每月抽检 20、检验 16、合格 15，上年每月 10、8、6；到 3 月为止按检验算，4 月起按抽检算。3 月：{spoken[0]}；4 月：{spoken[1]}。"
        apart = april.month.value - march.month.value
        yield f"上例 4 月的环比是 {shown(april.month.mom)} 个百分点；按各自的口径相减会是 {shown(apart)} 个百分点，那是口径变了，不是工作变了。"
        line = series(small.bureau, "permille", Month(2026, 3), Month(2026, 4))
        assert [point.drawable.value is None for point in line.points] == [True, False]
        then, now = (f"{point.period.month} 月 {shown(point.value)}{line.unit_of(point)}" for point in line.points)
        yield f"不合格率到 3 月为止按检验算百分率，4 月起按抽检算千分率，每月不合格 1：{then}，{now}，线从 {line.changes[0].month} 月画起。"


def rounding() -> Iterator[str]:
    half = [(D("1.050"), 1), (D("0.35"), 1), (D("8.53459"), 2)]
    yield "五成双：" + "、".join(f"{value} → {figure(value, digits, Rounding.HALF_EVEN)}" for value, digits in half) + "。"
    yield (
        f"合格 1,724、检验 1,763：{shown(F(1724, 1763) * 100, 3)}%，印成 {shown(F(1724, 1763) * 100, 1)}%，"
        f"达不到 97.8%；要 {-(-1763 * 978 // 1000):,} 批次合格才达到。"
    )
    pair = [f"{n:,}" for n in reachable(F("99.38"), F(17017), 2)]
    yield f"17,017 的 99.38% 只能是 {' 或 '.join(pair)}；1,692 取不到 3.79%（能取到的有 {len(reachable(F('3.79'), F(1692), 2))} 个）。"


def paces() -> Iterator[str]:
    yield f"按天数：2023-11-23 是第 {DAY.timetuple().tm_yday} 天，{DAY.timetuple().tm_yday} ÷ 365 = {shown(due(DAY) * 100)}%。"
    yield f"按月数：11 月就是 11 ÷ 12 = {shown(due(DAY, pace=Pace.MONTHS) * 100)}%，不论哪一天。"
    steps = (Milestone(on=date(2023, 4, 30), share=D(33)), Milestone(on=date(2023, 8, 31), share=D(66)), Milestone(on=date(2023, 12, 31), share=D(100)))
    parts = [
        f"{day.isoformat()} 应完成 {shown(due(day, pace=Pace.MILESTONES, milestones=steps) * 100, 0)}%" for day in (date(2023, 4, 29), date(2023, 4, 30), DAY)
    ]
    yield f"按节点，4 月末 33%、8 月末 66%、年末 100%：{'，'.join(parts)}。"
    course = tuple((Month(2022, number).last_day, D(n)) for number, n in enumerate((10, 20, 30, 50, 60, 70, 80, 90, 100, 110, 120, 200), 1))
    parts = [f"到 {day.isoformat()} 应完成 {shown(due(day, course, pace=Pace.PROFILE) * 100)}%" for day in (date(2023, 11, 30), date(2023, 11, 15))]
    yield f"按上年自身进度，上年 10 月末 110、11 月末 120、全年 200：{'，'.join(parts)}。"
    plan = (D(5), D(15), *[D(8)] * 10)
    yield f"按月度计划，1 月 5、2 月 15、其余每月 8：到 2 月 14 日应完成 {shown(due(date(2023, 2, 14), monthly=plan) * 100)}%，2 月当月的目标是 {plan[1]}。"


def statuses() -> Iterator[str]:
    asked = 120 * due(DAY)
    yield f"全年 120 户、容差 5 个百分点：应完成 120 × 327 ÷ 365 = {shown(asked)} 户；容差是 120 的 5%，即 {shown(F(6), 0)} 户。"
    told = [f"{value} 户{status(value, value=D(120))}" for value in (108, 107, 102, 101)]
    yield f"同一目标，截至 2023-11-23：{'，'.join(told)}。"
    told = [f"{value}% {status(value, 100, 100, kind=TargetKind.FLOOR, value=D(90))}" for value in (90, 85, 84)]
    yield f"不低于 90%、容差 5 个百分点：{'，'.join(told)}。"
    told = [f"{value}% {status(value, 100, 100, kind=TargetKind.CEILING, value=D(10))}" for value in (10, 15, 16)]
    yield f"不高于 10%、容差 5 个百分点：{'，'.join(told)}。"
    low, high = (shown(F(n, 78) * 100, 1) for n in (44, 78 - 7))
    yield f"78 批次中合格 44、不合格 7、在检 {78 - 44 - 7}：合格率最后在 {low}% 到 {high}% 之间，对 85% 是未定，对 56% 已达标，对 92% 已不达标。"
    pair = [f"{done} ÷ {of} = {shown(F(done, of) * 100)}%" for done, of in ((9, 14), (25, 34))]
    yield f"任务完成率：{'，'.join(pair)}，与序时进度 {shown(due(date(2023, 11, 30)) * 100)}% 比。"
    yield f"每万人 1.3 万元，常住人口 30.28 万人：目标是 {D('1.3') * D('30.28'):f} 万元。"
    yield f"科室目标 1,200，两个所 700 和 600：合计 {700 + 600:,}，多 {700 + 600 - 1200}，启动时报出。"


def outlooks() -> Iterator[str]:
    found = needed(F(2400), date(2023, 10, 31), F(5000), [*year(2022, [950, *[100] * 11]), *year(2023, [*[500] * 8, 200, 800])], CALENDAR_YEAR)
    yield (
        f"离全年目标还差 2,400，还剩 {found.months} 个月，今后每月需 {shown(found.each, 0)}；"
        f"今年最好 {found.best.amount}，上年最好 {found.best_before.amount}："
        "靠现有进度完不成。"
    )
    late = needed(F(17), DAY, F(103), [], CALENDAR_YEAR)
    yield f"截至 11 月 23 日还差 17：还剩 1 个月零 7 天，即 {late.months} 个月，每月需 17 ÷ {late.months} = {shown(late.each)}。"
    past = [*year(2021, [100] * 12), *year(2022, [100] * 10 + [150, 150]), *year(2023, [100, 100, 110, 115, 120, 115])]
    now = project([*year(2022, [100] * 12), *past[24:]], date(2023, 6, 30), CALENDAR_YEAR)
    yield f"上年全年 1,200、6 月末 600，今年 6 月末 660：660 ÷ (600 ÷ 1,200) = {shown(now.estimate, 0)}。"
    yield (
        f"还剩 6 个月，今年任意连续 3 个月与上年之比最低 310 ÷ 300、最高 350 ÷ 300："
        f"区间 660 + 600 × 310 ÷ 300 = {shown(now.low, 0)} 到 660 + 600 × 350 ÷ 300 = {shown(now.high, 0)}。"
    )
    tried = project([*past[:24], *year(2023, [100] * 11)], date(2023, 11, 30), CALENDAR_YEAR)
    estimate = F(1150 * 1200, 1100)
    yield (
        "回测：2021 年 11 月末 1,100、全年 1,200，2022 年 11 月末 1,150，"
        f"会估成 {shown(estimate, 1)}；实际 1,300，误差 {shown(abs(tried.errors[2022]) * 100, 1)}%。"
    )


def signals() -> Iterator[str]:
    drawn, whole = limits(GOLDEN), limits(GOLDEN, screened=False)
    yield (
        f"十八个月 {'、'.join(str(n) for n in GOLDEN)}：平均 {shown(drawn.mean)}，"
        f"移动极差平均 32 ÷ 17 = {shown(whole.spread)}，不小于 3.267 × {shown(whole.spread)} = {shown(F('3.267') * whole.spread)} 的两个去掉。"
    )
    yield (
        f"剩下十五个移动极差都是 {drawn.spread}：自然界限 {shown(drawn.mean)} ± 2.66 × {drawn.spread}，"
        f"即 {shown(drawn.high)} 和 {shown(drawn.low)}（不去掉则是 {shown(whole.high)} 和 {shown(whole.low)}）；"
        "第五个月的 10 是信号。"
    )
    one, two = F(2, 2**7), F(2, 2**SHIFT)
    yield (
        f"全凭偶然，最近 7 个月同在一边的机会是 1/{one.denominator}，8 个月是 1/{two.denominator}；"
        f"看板 81 个指标，前者每月误报 {shown(81 * one)} 个，后者 {shown(81 * two)} 个。"
    )
    turn = signal([F(10), F(11)] * 6, Better.HIGHER, F(6))
    kinds = {asked: signal([F(10), F(11)] * 6, Better.HIGHER, F(asked)).assurance for asked in (6, 10, 14)}
    words = {Assurance.MEETS: "月月能达标", Assurance.HIT_AND_MISS: "有的月达标、有的月不达标", Assurance.MISSES: "月月达不到"}
    yield (
        f"10 和 11 交替，越高越好：界限 {shown(turn.low)} 和 {shown(turn.high)}；{'，'.join(f'目标 {asked} {words[kind]}' for asked, kind in kinds.items())}。"
    )
    found = wilson(D(43), D(50))
    yield (
        f"合格 43、检验 50，合格率 {shown(F(43, 50) * 100, 0)}%，区间 {shown(found.low, 1)}%～{shown(found.high, 1)}%；"
        "目标 85% 在区间里：样本少，差异不能说明问题。"
    )


def scores() -> Iterator[str]:
    asked = Asked(TargetKind.ANNUAL, F(80), F(100))
    rule = Score(points=D(5), floor=D(60))
    told = [f"完成 {value} 得 {shown(earn(F(value), asked, rule).points)} 分" for value in (64, 48, 47)]
    yield f"满分 5 分、低于 60% 不得分，截止日应完成 80：{'，'.join(told)}。"
    deduct = Score(points=D(8), rule=ScoreRule.DEDUCT, step=D("0.5"), deduct=D(1))
    floor = Asked(TargetKind.FLOOR, F(98), F(98))
    told = [f"{value}% 得 {shown(earn(F(value), floor, deduct).points)} 分" for value in ("97.99", "97.5", "97.4")]
    yield f"满分 8 分、不低于 98%、每差 0.5 个百分点扣 1 分（不足一步按一步）：{'，'.join(told)}。"
    bonus = Score(points=D(5), bonus_step=D(100), bonus=D("0.5"), cap=D(6))
    told = [f"完成 {value:,} 得 {shown(earn(F(value), Asked(TargetKind.ANNUAL, F(900), F(1000)), bonus).points)} 分" for value in (1099, 1100, 1500)]
    yield f"满分 5 分、全年 1,000、每超 100 加 0.5 分、封顶 6 分：{'，'.join(told)}。"


def nodes() -> Iterator[str]:
    month, code = Month(2023, 11), "food_pass_rate"
    with TemporaryDirectory() as folder, open_bureau(Path(folder) / "data", write_catalog(Path(folder) / "catalog")) as bureau:

        def send(**shares: str) -> None:
            items = []
            for org, share in shares.items():
                passed, tested, *period = share.split()
                items.append(report(org, "food", *(period or ["2023-11"]), food_passed=f"– {passed}", food_tested=f"– {tested}"))
            bureau.store.commit(items)

        send(donghu="380 400 2022-11", nanhu="300 300 2022-11")
        send(donghu="392 400", nanhu="290 –", beishan="190 200")
        [city] = indicators(bureau.store, bureau.catalog, [month], [code], org="jiangcheng")
        [row] = lacked(bureau, [city])
        parts = f"{shown(row.figure.numerator, 0)} ÷ {shown(row.figure.denominator, 0)}"
        yield f"合格、抽检：东湖 392、400，北山 190、200，南湖 290、抽检没有报。上级是 {parts} = {shown(row.figure.value, 1)}%，南湖的 290 不计入。"
        said = Spoken(row, 1)
        yield f"上例的目标是 {shown(row.target.value, 1)}%：{row.status.value}，不是{judged(row)}；写作「{said.value}」「{said.without}」。"
        moved = f"392 ÷ 400 与 380 ÷ 400 比，变动 +{shown(row.last_year.yoy, 0)} 个百分点"
        yield f"上例的上年同期，东湖 380、400，南湖 300、300：两年都有数的有 {row.below.compared} 家，{moved}。"
        visits = [report("gangkou", "credit", "2023-10", visits="30"), report("gangkou", "credit", "2023-11", visits="40")]
        bureau.store.commit([*visits, report("yuntai", "credit", "2023-11", visits="– 200")])
        [total] = indicators(bureau.store, bureau.catalog, [month], ["visits"], org="haizhou")
        [note] = [one for one in Spoken(total, 0).notes if "本年累计" in one]
        yield f"双随机检查：港口只报了 10 月 30、11 月 40，云台报到 11 月累计 200。上级是 {shown(total.figure.value, 0)}，写明「{note}」；环比没有。"
        assert total.month.mom is None

        def ranked() -> str:
            found = {one.org: one for one in rank(bureau, code, month, "jiangcheng").rows}
            told = [f"第 {found[org].rank}" if found[org].rank else f"不排，{found[org].reason}" for org in ("donghu", "nanhu", "beishan")]
            return "；".join(told)

        send(donghu="4900 5000", nanhu="9800 10000", beishan="4700 5000")
        yield f"4,900 ÷ 5,000、9,800 ÷ 10,000、4,700 ÷ 5,000：{ranked()}。"
        send(donghu="99 100", nanhu="9700 10000", beishan="43 50")
        yield f"99 ÷ 100、9,700 ÷ 10,000、43 ÷ 50：{ranked()}。"


def judged(row: BoardRow) -> str:
    """What a figure would be if nobody were missing from it."""
    entry = target(kind=TargetKind.FLOOR, value=row.target.value, tolerance=D(1))
    held = TargetInForce(row.period, entry, row.target.value, False, Stretch(DAY, DAY, 1, 0, 1, CALENDAR_YEAR), "")
    return str(verdict(held, DAY, row.figure.numerator, row.figure.denominator, 100).status)


def meetings() -> Iterator[str]:
    with TemporaryDirectory() as folder, open_bureau(Path(folder) / "data") as bureau:
        rate, november = "food_sampling_pass_rate", Month(2023, 11)

        def send(day: int, passed: int, note: str = "") -> None:
            cells = {"food_samples_passed": f"– {passed}", "food_samples_tested": "– 1763"}
            bureau.store.commit([accepted("2023-11", "food_coordination", cells, note=note)], at=datetime(2023, 12, day, 9, 30))  # noqa: DTZ001 - local time

        def known(day: int) -> str:
            row = next(row for row in board(bureau.as_known(date(2023, 12, day)), november) if row.indicator == rate)
            return f"按 12 月 {day} 日所知是{spaced(Spoken(row, 1).printed)}"

        send(3, 1724)
        issue = freeze(bureau, november, "王统计")
        send(8, 1700, "复核更正")
        yield f"12 月 3 日报合格 1,724、检验 1,763，12 月 8 日更正为合格 1,700：{'，'.join(known(day) for day in (2, 5, 8))}。"
        [found] = [one for one in drift(bureau, issue.edition) if one.indicator == rate]
        yield f"上例在 12 月 5 日定稿，会后：{found.words}"
        gone = datetime(2023, 12, 9, 10, 0)  # noqa: DTZ001 - local time
        bureau.store.decide(Decision(Act.WITHDRAW, november, "food_coordination", 3, "李主任", gone, "文件拿错了"))
        left = [one for one in drift(bureau, issue.edition) if one.indicator == rate]
        yield f"12 月 9 日又把更正撤回：{known(8)}，{known(9)}，较会议版变动 {len(left)} 项。"
    edition = replace(issue.edition, figures=f"{'15dd4a3d':0<64}")
    yield f"定稿内容的 SHA-256 以 15dd4a3d 开头，编号是 {edition.code}。"


PARTS = (redefined, rounding, paces, statuses, outlooks, signals, scores, nodes, meetings)
CONSTANTS = {"2.66", "3.267", str(SHIFT), str(TREND), str(FEWEST), str(FEW), "95", "12", "29", "28", "2", "3", "5", "0", "1", "2021", "2022", "2023"}


def test_the_examples_of_the_page_are_what_the_code_computes(tmp_path):
    with opened(tmp_path, files()) as small:
        compared = [*time(small)]  # the oldest reports first, since each makes all later months anew
        examples = [*pooled(), *courses(small), *school(), *derived(), *within(), *lacking(), *compared, *(line for part in PARTS for line in part())]

    assert [line.removeprefix("> ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("> ")] == examples


def test_other_numbers_of_the_page_are_constants_of_the_code():
    prose = "\n".join(line for line in PAGE.read_text("utf-8").splitlines() if not line.startswith(("> ", "#", "来源：")))
    prose = prose.replace("GB/T 8170", "").replace("SHA-256", "").replace("`tested@since_9` 是 9 月以来", "")

    assert set(re.findall(r"\d+(?:\.\d+)?", prose)) <= CONSTANTS


@pytest.mark.parametrize(("asked", "expected"), [(56, "达标"), (85, "未定"), (92, "未达标")])
def test_pending_lots_against_the_three_targets_of_the_page(asked, expected):
    entry = target(kind=TargetKind.FLOOR, value=D(asked))
    held = TargetInForce(Month.of(DAY), entry, entry.value, False, Stretch(DAY, DAY, 1, 0, 1, CALENDAR_YEAR), "")

    assert verdict(held, DAY, 44, 51, 100, pending=(7, 78)).status == expected
