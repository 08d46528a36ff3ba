"""What pages say about a row: exact sentences."""

from datetime import date
from decimal import Decimal as D

import pytest

from kpi.catalog.target import TargetKind
from kpi.compute.row import Status
from kpi.period import Month
from kpi.present import day_words, headlines, row_words, statuses
from kpi.present.row_words import Spoken
from kpi.value import State
from tests.kpi.present.rows import row

FOOD = D(1724) * 100 / D(1763)


def spoken(decimals=1, **said):
    return Spoken(row(**said), decimals)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.MET, "● 达标"),
        (Status.BEHIND, "▲ 滞后"),
        (Status.MISSED, "■ 未达标"),
        (Status.UNDECIDED, "◆ 未定"),
        (Status.NO_TARGET, "○ 无目标"),
        (Status.UNREPORTED, "□ 未报"),
    ],
)
def test_a_status_is_a_shape_and_a_word(status, said):
    assert statuses.badge(status) == said


def test_the_headline_counts_the_urgent_first():
    rows = [row(status=status) for status in (Status.MET, Status.MISSED, Status.MISSED, Status.BEHIND, Status.UNDECIDED, Status.UNREPORTED)]
    assert headlines.headline(rows) == "2 项未达标，1 项滞后，1 项未定；1 项达标，1 项未报。"


def test_the_headline_of_a_good_month():
    assert headlines.headline([row(), row()]) == "没有未达标的指标；2 项达标。"


def test_the_headline_of_an_empty_month():
    assert headlines.headline([row(status=Status.UNREPORTED)]) == "这个月还没有一项指标有数。"
    assert headlines.headline([]) == "这个月还没有一项指标有数。"


def test_a_month_in_which_nothing_is_asked_for_is_neither_good_nor_bad():
    rows = [row(status=Status.NO_TARGET), row(status=Status.NO_TARGET), row(status=Status.UNREPORTED)]
    assert headlines.headline(rows) == "2 项有数，都没有目标，不能判断是否达标；1 项未报。"
    assert headlines.missed(rows[:1], str) == "1 项有数，没有目标，不能判断是否达标"


def test_what_is_not_known_to_be_met_stands_beside_no_miss():
    rows = [row(status=status) for status in (Status.MET, Status.BEHIND, Status.UNDECIDED, Status.UNREPORTED, Status.UNREPORTED)]
    assert headlines.missed(rows, str) == "没有未达标的指标，1 项滞后，1 项未定，2 项未报"
    assert headlines.missed(rows[:1], str) == "没有未达标的指标"


@pytest.mark.parametrize(
    ("others", "all_met"),
    [((), True), ((Status.NO_TARGET,), True), ((Status.UNREPORTED,), False), ((Status.UNDECIDED,), False), ((Status.BEHIND,), False)],
)
def test_everything_is_met_only_where_everything_is_known(others, all_met):
    assert headlines.all_met([row(), *(row(status=status) for status in others)]) is all_met
    assert not headlines.all_met([row(status=Status.NO_TARGET)])


def test_what_may_not_be_assessed_is_never_counted_as_missed():
    """促进个体工商户发展条例 第三十二条."""
    assert headlines.headline([row(status=Status.MISSED, may_assess=False), row()]) == "没有未达标的指标；1 项达标。"


def test_a_print_that_would_tell_another_verdict_shows_its_digits():
    """1724 of 1763 prints as 97.8 % and does not meet 97.8 %."""
    food = spoken(value=FOOD, target=D("97.8"))
    assert food.value == "97.8%（未舍入 97.788%）"
    assert food.short == "未舍入 97.788%"


@pytest.mark.parametrize(
    ("value", "target", "kind", "said"),
    [
        (FOOD, "97.7", TargetKind.FLOOR, "97.8%"),
        (FOOD, "97.8", TargetKind.CEILING, "97.8%"),  # met, and reads as met
        (D("97.84"), "97.8", TargetKind.CEILING, "97.8%（未舍入 97.840%）"),
        (D("97.79999996"), "97.8", TargetKind.FLOOR, "97.8%（未舍入 97.79999996%）"),
        (FOOD, "97.8", TargetKind.ANNUAL, "97.8%"),  # a total is held against the pace
    ],
)
def test_digits_are_added_only_where_the_verdict_hangs_on_them(value, target, kind, said):
    assert spoken(value=value, target=target, target_kind=kind).value == said


def test_a_rate_that_exists_only_as_typed_says_so():
    assert spoken(state=State.UNREPORTED, reported_value="97.80", reported_decimals=2).value == "97.80%（填报值）"
    assert spoken(state=State.UNREPORTED, reported_value="97.84", reported_decimals=1).value == "97.84%（填报值）"


@pytest.mark.parametrize("state", [State.UNREPORTED, State.WITHHELD, State.PENDING, State.NOT_STARTED, State.NOT_APPLICABLE])
def test_no_number_is_a_word_and_never_zero(state):
    assert spoken(state=state).value == state.value


def test_pending_lots_leave_bounds():
    """44 passed, 7 failed, 27 open of 78."""
    coal = spoken(state=State.PENDING, low=D(4400) / 78, high=D(7100) / 78)
    assert coal.value == "56.4～91.0%"
    assert coal.bounds == "56.4～91.0%"
    assert spoken(value="80").bounds == ""


@pytest.mark.parametrize(
    ("kind", "target", "upper", "unit", "said"),
    [
        (TargetKind.FLOOR, "97.8", None, "%", "≥97.8%"),
        (TargetKind.FLOOR, "90.00", None, "%", "≥90%"),
        (TargetKind.GROWTH, "10", None, "%", "≥10%"),
        (TargetKind.CEILING, "20", None, "天", "≤20 天"),
        (TargetKind.ANNUAL, "19000", None, "批次", "全年 19,000 批次"),
        (TargetKind.PROGRESS, "100", None, "%", "年底前 100%"),
        (TargetKind.MILESTONE, "5", None, "项", "限期 5 项"),
        (TargetKind.RANGE, "5", "10.5", "%", "5～10.5%"),
        (TargetKind.FLOOR, None, None, "%", "未下达目标"),
        (TargetKind.NONE, None, None, "%", "不设目标"),
    ],
)
def test_a_target_in_words(kind, target, upper, unit, said):
    assert spoken(target_kind=kind, target=target, target_upper=upper, unit=unit).target == said


def test_progress_stands_beside_the_pace_and_reads_apart_from_it():
    assert spoken(progress="85.8", pace=D(32700) / 365).progress == "85.8%（序时 89.6%）"
    assert spoken(progress="89.57", pace=D(32700) / 365).progress == "89.57%（序时 89.59%）"
    assert spoken().progress == "—"


@pytest.mark.parametrize(
    ("said", "gap"),
    [
        ({"gap": D("97.8") - FOOD, "target": "97.8"}, "差 0.012 个百分点"),
        ({"gap": "36.95"}, "差 37.0 个百分点"),
        ({"gap": "1.5", "target_kind": TargetKind.CEILING, "unit": "天"}, "超出 1.5 天"),
        ({"gap": "29", "target_kind": TargetKind.ANNUAL, "unit": "件"}, "比序时差 29.0 件"),
        ({"gap": "2", "target_kind": TargetKind.RANGE, "target": "5", "target_upper": "10", "value": "12"}, "超出 2.0 个百分点"),
        ({"gap": "0"}, "—"),
        ({"gap": "-3"}, "—"),
        ({"gap": None}, "—"),
    ],
)
def test_a_gap_is_never_a_bare_zero(said, gap):
    assert spoken(**said).gap == gap


def test_what_a_total_needs_from_here_on():
    sentence = spoken(0, value="246", target="300", target_kind=TargetKind.ANNUAL, unit="件").need
    assert sentence == "离全年目标还差 54 件，12 月需 54 件"
    october = spoken(0, value="246", target="300", target_kind=TargetKind.ANNUAL, unit="件", period=Month(2023, 9)).need
    assert october == "离全年目标还差 54 件，今后每月需 18 件"
    december = spoken(0, value="246", target="300", target_kind=TargetKind.ANNUAL, unit="件", period=Month(2023, 12)).need
    assert december == "离全年目标还差 54 件"
    assert spoken(0, value="300", target="300", target_kind=TargetKind.ANNUAL, unit="件").need == "全年目标已完成"


def test_what_a_rate_needs_in_what_it_counts():
    """97.8 % of 1763 is reached with 1725, one more than 1724."""
    food = Spoken(row(value=FOOD, numerator="1724", denominator="1763", target="97.8"), 1, "「食品抽检合格批次」", "批次")
    assert food.need == "分母不变，「食品抽检合格批次」还差 1 批次"


def test_growth_in_words():
    assert spoken(yoy="-0.11").yoy == "-0.11 个百分点"
    assert spoken(yoy="0", yoy_words="持平").yoy == "持平"
    assert spoken(yoy_words="上年同期为 0").yoy == "上年同期为 0"
    assert spoken(yoy="136.36", yoy_unit="%", yoy_words="是上年同期的 2.4 倍").yoy == "+136.36%，是上年同期的 2.4 倍"
    assert spoken().yoy == "—"


def test_a_small_change_is_not_printed_as_none():
    assert spoken(yoy="0.0004").yoy == "+0.0004 个百分点"


def test_a_restated_base_is_named():
    assert spoken(prior_value="97.1", prior_own="97.4").last_year == "97.1%（上年报送 97.4%）"
    assert spoken(prior_value="97.1").last_year == "97.1%"
    assert spoken().last_year == "—"


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (date(2023, 11, 23), date(2022, 11, 23), ""),
        (date(2024, 2, 29), date(2023, 2, 28), ""),
        (date(2023, 11, 23), date(2022, 12, 31), "今年截至 11 月 23 日，上年截至 12 月 31 日"),
        (date(2023, 11, 23), None, ""),
    ],
)
def test_different_days_are_named(now, then, said):
    assert spoken(as_of=now, prior_as_of=then).different_days == said


def test_the_data_date_names_both_ends():
    assert day_words.as_of(row()) == "11 月 23 日"
    assert day_words.as_of(row(as_of_latest=date(2023, 11, 30))) == "11 月 23 日至 11 月 30 日"
    assert day_words.as_of(row(as_of=date(2022, 12, 31))) == "2022 年 12 月 31 日"
    assert day_words.as_of(row(as_of=None)) == "—"


def test_months_beside_each_other_name_the_year_where_one_begins():
    assert day_words.heads([Month(2022, 11), Month(2022, 12), Month(2023, 1), Month(2023, 2)]) == ["2022 年\n11 月", "12 月", "2023 年\n1 月", "2 月"]


def test_a_row_in_one_sentence():
    food = row(value=FOOD, target="97.8", gap=D("97.8") - FOOD, status=Status.MISSED, prior_value="97.4", yoy="0.39")
    assert row_words.row_sentence(food, 1) == (
        "食品抽检合格率 97.8%（未舍入 97.788%），目标 ≥97.8%，未达标，差 0.012 个百分点，同比 +0.39 个百分点，截至 11 月 23 日。"
    )
    assert row_words.row_sentence(row(state=State.UNREPORTED, status=Status.UNREPORTED, as_of=None)) == "食品抽检合格率 未报，未报。"


@pytest.mark.parametrize(
    ("typed", "value", "said"),
    [
        ("97.84", D(1810) * 100 / D(1850), []),  # 97.837…
        ("97.8", D(1810) * 100 / D(1850), []),
        ("97.85", D(1810) * 100 / D(1850), ["填报值 97.85%，与计算值 97.84% 不一致"]),
        ("97.838", D(1810) * 100 / D(1850), []),
        ("98", D(90), ["填报值 98.0%，与计算值 90.0% 不一致"]),
    ],
)
def test_a_typed_rate_is_held_to_the_digits_it_was_typed_with(typed, value, said):
    """1810 of 1850 are 97.8378… %: 97.84 is that rounded, although the catalogue has one digit."""
    assert spoken(value=value, reported_value=typed, reported_decimals=1).notes == said


def test_days_are_not_named_of_a_growth_that_is_not_there():
    """A growth that nobody reported has no two years to run to unlike days; one with a figure has."""
    days = {"as_of": date(2023, 11, 23), "base_as_of": date(2022, 12, 31)}
    assert spoken(**days, state=State.UNREPORTED, status=Status.UNREPORTED).notes == []
    assert spoken(**days, value="5.1").notes == ["增长率的今年截至 11 月 23 日，上年截至 12 月 31 日"]


@pytest.mark.parametrize(
    ("value", "target", "qualifier", "unit", "seen"),
    [
        ("377663", "300000", "=", "元", ("37.8 万元", "377,663 元")),
        ("377663", "300000", "约", "元", ("约 37.8 万元", "约 377,663 元")),
        ("377663", "300000", "≥", "元", ("≥37.8 万元", "≥377,663 元")),
        ("12.3444", "12.3443", "=", "分", ("12.3444 分", "")),  # 12.3 and 12.34 would read as if 12.3443 were not reached
        (str(FOOD), "97.8", "=", "%", ("97.788%", "")),
    ],
)
def test_a_figure_in_large_type_is_rounded_only_where_it_still_reads_right(value, target, qualifier, unit, seen):
    decimals = 0 if unit == "元" else 2 if unit == "分" else 1
    assert spoken(decimals, value=value, target=target, qualifier=qualifier, unit=unit).from_afar == seen


def test_what_may_not_be_assessed_is_never_locked_as_missed():
    """44 of 78 passed and 27 open: at most 91.0 %, below 95 %."""
    bounds = {"value": "86.3", "low": "56.4", "high": "91.0", "target": "95", "status": Status.MISSED}
    assert spoken(**bounds).pending == "还有结果未出，最后在 56.4～91.0% 之间，已锁定不达标"
    assert spoken(**bounds, may_assess=False).pending == "还有结果未出，最后在 56.4～91.0% 之间"
