"""What is said beyond the status: limits that read apart from the figures, and the months that are really left."""

from datetime import date
from fractions import Fraction as F

import pytest

from kpi.catalog.measure import Better
from kpi.catalog.target import TargetKind
from kpi.compute.outlook import Needed, Outlook, Reach
from kpi.compute.row import Status
from kpi.compute.signal import Rule, signal
from kpi.present import verdicts
from kpi.present.row_words import Spoken
from tests.kpi.present.rows import row


def test_a_mean_reads_apart_from_the_months_above_it() -> None:
    """Four months about 98.8 % and eight of 100 % and 99.8 % by turns: the mean of 99.53 % would print as 100 % without digits."""
    months = [F(988, 10), F(992, 10), F(984, 10), F(988, 10), *[F(1000, 10), F(998, 10)] * 4]
    found = signal(months, Better.HIGHER, most=F(100))
    assert found is not None
    assert found.rule is Rule.SHIFT
    mean = found.limits.mean
    assert mean == F(11944, 120)  # 99.53…
    assert verdicts.variation(found, "%", 0) == "好转信号：连续 8 个月高于平均 99.5%（当月 99.8%）"


def test_limits_read_apart_from_the_month_beyond_them() -> None:
    """
    Twelve months 99.6 %, 99.7 % by turns and then 99.2 %: to no digit all of them are 99 or 100 %.

    The ranges are 0.1 eleven times and 0.5, which is screened out (3.267 × 1.6/12 = 0.44): limits are the mean ± 0.266.
    The mean is (99.65 × 12 + 99.2) / 13 = 99.615…, so they are 99.349… and 99.881….
    """
    found = signal([*[F(996, 10), F(997, 10)] * 6, F(992, 10)], Better.HIGHER, most=F(100))
    assert found is not None
    assert verdicts.variation(found, "%", 0) == "转差信号：低于正常波动范围 99.3～99.9%（当月 99.2%）"


def test_limits_keep_their_digits_where_those_tell_enough() -> None:
    """10 and 11 by turns: the mean ± 2.66."""
    found = signal([F(10), F(11)] * 6, Better.HIGHER)
    assert found is not None
    assert verdicts.variation(found, "件", 0) == "正常波动（8～13 件）"


@pytest.mark.parametrize(
    ("as_of", "months", "said"),
    [
        (date(2023, 10, 31), F(2), "离全年目标还差 54 件，今后每月需 27 件"),
        (date(2023, 11, 23), F(37, 30), "离全年目标还差 54 件，今后每月需 44 件（还剩 1 个月零 7 天）"),
        (date(2023, 11, 30), F(1), "离全年目标还差 54 件，12 月需 54 件"),
        (date(2023, 12, 15), F(16, 31), "离全年目标还差 54 件，12 月还剩 16 天，需 54 件（合每月 105 件）"),
    ],
)
def test_what_is_left_is_said_of_the_months_that_are_left(as_of: date, months: F, said: str) -> None:
    """54 over 37/30 months are 43.8 a month, over 16/31 of one 104.6."""
    spoken = Spoken(row(value="246", target="300", target_kind=TargetKind.ANNUAL, unit="件", as_of=as_of, status=Status.MISSED), 0)
    left = Needed(F(54), months, F(54) / months, None, None, Reach.UNKNOWN)
    outlook = Outlook(left, None, None, False, None, None, (), False, None)
    assert verdicts.need(spoken, outlook) == said


def test_limits_that_are_equal_need_no_digits() -> None:
    """Twelve months of 100 %: both limits are the mean."""
    found = signal([F(100)] * 12, Better.HIGHER, most=F(100))
    assert found is not None
    assert verdicts.variation(found, "%", 0) == "正常波动（100～100%）"
