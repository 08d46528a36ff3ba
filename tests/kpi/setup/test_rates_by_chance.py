"""Parts of a rate that the figures admit by chance are shown, and not accepted with all that is sure."""

from kpi.setup.proposal import Certainty, RateProposal
from kpi.setup.proposing import propose
from kpi.setup.setup_draft import SetupDraft
from tests.kpi.setup.drawn import drawn_file

OTHERS = ("检查户次", "发现问题", "责令改正", "培训人次", "宣传场次", "咨询", "回访", "转办")


def proposed_rate(whole: str, *months: tuple[int, int, str]) -> tuple[RateProposal, bool]:
    """The rate 投诉办结率 of sheets with 办结投诉, another count and the rate as typed; and whether it is accepted with all that is sure."""
    files = []
    for month, (closed, other, rate) in enumerate(months, 1):
        rows = [f"办结投诉 | 件 | {closed}", f"{whole} | 件 | {other}", f"投诉办结率 | % | {rate}"]
        rows += [f"{name} | 件 | {7 * at + month + 40}" for at, name in enumerate(OTHERS)]
        text = "\n".join([f"2026年{month}月消保科月报表 | < | <", "项目 | 单位 | 本月数", *rows])
        files.append(drawn_file(f"消保科2026年{month}月.xlsx", {"报表": text}))
    proposed = propose(files)
    [rate] = proposed.rates
    return rate, rate.key in SetupDraft(proposed).all_accepted().answers


def test_one_small_month_proves_no_denominator_of_another_name() -> None:
    """17 of 21 is 80.95 %: of ten counts about as large one is 21 by chance, though the typed rate has four digits."""
    rate, accepted = proposed_rate("整改完成", (17, 21, "80.95"))

    assert (rate.certainty, accepted) == (Certainty.LIKELY, False)
    assert rate.parts is not None
    assert rate.parts.numerator == "banjietousu"


def test_three_months_prove_it() -> None:
    """21 × 34 × 55 denominators are too many for chance among ten."""
    rate, accepted = proposed_rate("整改完成", (17, 21, "80.95"), (30, 34, "88.24"), (41, 55, "74.55"))

    assert (rate.certainty, accepted) == (Certainty.PROVED, True)


def test_one_large_month_proves_it() -> None:
    """One number in 1763 is 1763."""
    rate, accepted = proposed_rate("整改完成", (1724, 1763, "97.79"))

    assert (rate.certainty, accepted) == (Certainty.PROVED, True)
