"""Wrong numbers without a word: figures that contradict one another, whichever of them comes last."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.filing.intake import Outcome
from kpi.period import Month
from kpi.review.relation_results import relations
from kpi.validation.relation_figures import Result
from tests.kpi.filing.filed_sheets import Filing, asked, filing
from tests.kpi.store.reports import accepted
from tests.soundness.catalog import QUALITY, files, indicator, measure, target

_ADDS_UP = """[[relation]]
id = "R001"
name = "合格+不合格=检验"
kind = "sum"
strength = "hard"
raises = "check"
left = "passed + failed"
right = "tested"
"""
_MORE = "\n".join(
    [
        measure("new", "新登记户数", "户"),
        measure("costs", "查处金额", "万元", decimals=2),
        measure("grants", "补助金额", "万元", decimals=2),
        indicator("new_growth", "新登记增长率", "new - new@ly", "new@ly"),
        indicator("new_share", "新登记占比", "new", "shops"),
        indicator("cross", "跨科合格率", "passed", "food_tested", target_kind="floor"),
        _ADDS_UP,
    ]
)
_BLOCK, _CHECK = [("part-exceeds-whole", "block")], [("part-exceeds-whole", "check")]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Filing]:
    with filing(tmp_path, files(quality=QUALITY + _MORE)) as bureau:
        yield bureau


def test_a_growth_is_no_part_of_a_whole(small: Filing) -> None:
    """100 a year ago and 210 now is a growth of 110 %, and nothing is wrong with it; neither in a stock's growth."""
    small.file("2022-03", new="– 100", shops="– 1000")

    assert asked(small.file("2023-03", new="– 210", shops="– 2100")) == []


def test_the_month_between_two_cumulatives_is_checked(small: Filing) -> None:
    """合格 50 → 62 and 检验 60 → 65: twelve passed of five tested, though 62 of 65 looks right."""
    assert asked(small.file("2023-10", tested="– 60", passed="– 50")) == []

    [finding] = [f for f in small.file("2023-11", tested="– 65", passed="– 62") if f.severity.value != "hint"]

    assert (finding.code, finding.severity.value) == ("part-exceeds-whole", "check")
    assert finding.seen == "本月合格批次 12，大于检验批次 5（按累计相减）"
    assert finding.place.cell == "F7"


def test_a_month_of_which_both_are_stated_is_refused(small: Filing) -> None:
    """Twelve passed of five tested, in a bureau whose first report is March's: no cumulative is known."""
    assert asked(small.file("2023-03", tested="5", passed="12")) == _BLOCK


def test_the_cumulative_of_stated_months_is_checked(small: Filing) -> None:
    """January's 40 passed stand beside a stated 45; February's 20 make 60 of 50 tested, though 20 of 30 looks right."""
    small.file("2023-01", tested="– 20", passed="– 20")

    assert asked(small.file("2023-02", tested="– 50", passed="35")) == _BLOCK


def test_a_part_and_a_whole_of_two_offices_in_either_order(small: Filing) -> None:
    """120 passed of 100: refused whether the part or the whole comes last, and within one batch; the whole of May alone is less than April's part."""
    assert asked(small.file("2023-03", "food", food_tested="– 100")) == []
    assert asked(small.file("2023-03", passed="– 120", tested="– 130")) == _BLOCK
    assert asked(small.file("2023-04", passed="– 120", tested="– 130")) == []
    assert asked(small.file("2023-04", "food", food_tested="– 100")) == _BLOCK
    batch = small.batch(small.upload("2023-05", passed="– 120", tested="– 130"), small.upload("2023-05", "food", food_tested="– 100"))
    assert sorted(prepared.status for prepared in batch.values()) == [Outcome.NEEDS_CONFIRMATION, Outcome.REJECTED]


def test_more_of_a_flow_than_of_a_stock_is_asked_about(small: Filing) -> None:
    """New shops of the year may be more than there are at its end, if many closed."""
    assert asked(small.file("2023-03", new="– 120", shops="– 100")) == _CHECK


def test_a_part_that_runs_to_a_later_day_is_asked_about(small: Filing) -> None:
    """62 passed to 30 April may well be more than 60 tested to 31 March; to one day they cannot."""
    cells, march = {"tested": "– 60", "passed": "– 62"}, {"tested": date(2023, 3, 31)}

    assert asked(small.check("2023-04", **cells).findings) == _BLOCK
    assert asked(small.check("2023-04", days=march, **cells).findings) == _CHECK


def test_a_whole_counted_from_a_ledger(small: Filing) -> None:
    """The office's sheet leaves 检验 blank and its ledger has it: the blank cell silences nothing, in either order."""
    ledger = replace(accepted("2023-03", "quality", {"tested": "– 100"}), template="register")
    small.bureau.store.commit([ledger])

    assert asked(small.check("2023-03", passed="– 120").findings, "filed-under-old-name") == _BLOCK
    assert asked(small.check("2023-03", passed="– 90").findings, "filed-under-old-name") == []


def test_months_of_which_a_part_is_blank_are_not_summed_with_it(small: Filing) -> None:
    """100/100/96/4, 100/–/97/3, 100/100/96/4 and once more: no sum of three months against one of two, and February is hinted at."""
    small.file("2023-01", taken="100", tested="100", passed="96", failed="4")
    [hint] = small.file("2023-02", taken="100", passed="97", failed="3")
    assert (hint.code, hint.severity.value, hint.place.cell) == ("part-without-whole", "hint", "E6")
    for month in ("2023-03", "2023-04"):
        assert {one.code for one in small.file(month, taken="100", tested="100", passed="96", failed="4")} == {"stale-copy"}
    [law] = relations(small.bureau, Month(2023, 4))
    assert (law.result, law.left, law.right) == (Result.HOLDS, 300, 300)

    [finding] = small.file("2023-05", taken="100", tested="100", passed="90", failed="4")
    assert (finding.code, finding.seen) == ("parts-do-not-add-up", "检验批次 400，应等于合格批次 378 + 不合格批次 16 = 394，差 6")


def test_a_correction_names_the_later_month_that_it_contradicts(small: Filing) -> None:
    """January 5, February 4 with a cumulative of 9; January corrected to 7 no longer makes 9."""
    small.file("2023-01", tested="5")
    small.file("2023-02", tested="4 9")

    [finding] = small.file("2023-01", tested="7")

    assert (finding.code, finding.severity.value, finding.place.cell) == ("cumulative-differs", "check", "E6")
    assert finding.seen == ("与 2023 年 2 月的报表（「quality2023-02.xlsx」质量科月报表!F6）对不上：2 月的检验批次本年累计 9，应为上月累计 7 + 本月数 4 = 11")
    assert "2023 年 2 月的报表是否也要更正" in finding.remedy


def test_a_contradiction_stays_flagged_as_long_as_it_stands(small: Filing) -> None:
    """Another figure of January is corrected: the flag of its predecessor is not lost; put right, it is gone."""
    small.file("2023-01", tested="5")
    small.file("2023-02", tested="4 9")
    small.file("2023-01", tested="7")

    assert asked(small.file("2023-01", tested="7", net="1")) == [("cumulative-differs", "check")]
    assert asked(small.file("2023-01", tested="5", net="1")) == []


def test_what_was_explained_before_is_not_asked_of_another_correction(small: Filing) -> None:
    """February's difference was February's; January's sheet comes anew with another measure and says nothing new."""
    small.file("2023-01", tested="5")
    assert asked(small.file("2023-02", tested="4 10")) == [("cumulative-differs", "check")]

    assert asked(small.file("2023-01", tested="5", net="1")) == []


def test_a_late_month_is_held_against_those_after_it(small: Filing) -> None:
    """February's cumulative 9 came first; a late January of 12 makes it fall."""
    small.file("2023-02", tested="– 9")

    [finding] = small.file("2023-01", tested="– 12")

    assert (finding.code, finding.severity.value) == ("cumulative-falls", "check")
    assert "2023 年 2 月" in finding.seen


def test_months_corrected_together_do_not_contradict_what_they_replace(small: Filing) -> None:
    """January to 7 and February's cumulative to 11 in one batch; if February is refused, January contradicts it after all."""
    small.file("2023-01", tested="5")
    small.file("2023-02", tested="4 9")

    good = small.batch(small.upload("2023-02", tested="4 11"), small.upload("2023-01", tested="7"))
    assert {file: asked(prepared.findings) for file, prepared in good.items()} == {"quality2023-02.xlsx": [], "quality2023-01.xlsx": []}

    bad = small.batch(small.upload("2023-02", tested="4.5 11.5"), small.upload("2023-01", tested="7"))
    assert bad["quality2023-02.xlsx"].status is Outcome.REJECTED
    assert asked(bad["quality2023-01.xlsx"].findings) == [("cumulative-differs", "check")]


def test_a_correction_of_last_year_contradicts_the_base_on_this_years_sheet(small: Filing) -> None:
    """100 in November 2022, stated as 上年同期 in 2023; corrected to 90 the two differ."""
    small.file("2022-11", tested="– 100")
    small.file("2023-11", tested="– 110 100")

    [finding] = small.file("2022-11", tested="– 90")

    assert (finding.code, finding.severity.value) == ("base-differs", "check")
    assert "2023 年 11 月" in finding.seen
    assert finding.seen.endswith("检验批次上年同期填 100，系统记录的 2022 年 11 月是 90")


def test_a_correction_of_a_month_contradicts_a_relation_later(small: Filing) -> None:
    """
    February's 检验 is 20 so far, its 合格 and 不合格 stand in months.

    January's 8 + 2 of 10 leaves 20; 9 + 2 of 11 makes 21, and leaves 9 tested in February, of which 10 passed; with 11 + 1
    of 12 more would have passed so far than were tested.
    """
    small.file("2023-01", tested="– 10", passed="9", failed="1")
    small.file("2023-02", tested="– 20", passed="10", failed="0")

    assert asked(small.file("2023-01", tested="– 10", passed="8", failed="2")) == []
    assert asked(small.file("2023-01", tested="– 11", passed="9", failed="2")) == [*_CHECK, ("parts-do-not-add-up", "check")]
    findings = small.file("2023-01", tested="– 12", passed="11", failed="1")
    assert asked(findings) == [("part-exceeds-whole", "block"), ("parts-do-not-add-up", "check")]
    assert findings[0].remedy == "请核对本月的数；2023 年 2 月的报表也要更正的，请与本月的一起上传"


def test_a_january_that_goes_on_from_december_is_said_by_itself(small: Filing) -> None:
    """480 in December, 520 in January: with or without its month; not where January alone brought so much, nor where work lies there."""
    small.file("2022-01", fines="– 11")
    small.file("2022-12", tested="– 480", fines="– 12", taken="– 2")

    for cells in ("– 520", "40 520"):
        [finding] = small.check("2023-01", tested=cells).findings
        assert (finding.code, finding.severity.value, finding.place.cell) == ("cumulative-not-reset", "check", "F6")
        assert finding.seen == "检验批次本年累计 520，不小于 2022 年 12 月的累计 480，像是 1 月 1 日没有清零"
    assert asked(small.check("2023-01", tested="520 520").findings) == []
    assert asked(small.check("2023-01", fines="– 13", taken="– 3").findings) == []
    assert asked(small.check("2023-02", tested="– 520").findings) == [("cumulative-not-reset", "check")]


def test_a_late_december_is_held_against_the_january_that_goes_on_from_it(small: Filing) -> None:
    """The order of the two sheets does not matter."""
    small.file("2023-01", tested="– 520")

    assert asked(small.file("2022-12", tested="– 480")) == [("cumulative-not-reset", "check")]


def test_a_months_addition_typed_for_a_stock_is_asked_about(small: Filing) -> None:
    """About 1,000 for ten months, then 7; 700 may be true, and so may a stock that starts each year."""
    for month in range(1, 11):
        small.file(f"2023-{month:02}", shops=f"– {1000 + month}", reported=f"– {month * 90}")

    for cells in ("7", "– 7", "– 150"):
        [finding] = [f for f in small.check("2023-11", shops=cells).findings if f.severity.value != "hint"]
        assert (finding.code, finding.severity.value) == ("level-breaks-off", "check")
    assert asked(small.check("2023-11", shops="– 700").findings) == []
    assert asked(small.check("2024-01", reported="– 80").findings) == []
    assert asked(small.check("2024-01", shops="– 9").findings) == [("level-breaks-off", "check")]


def test_a_slip_by_ten_thousand_is_asked_about_from_the_first_month_that_allows_it(tmp_path: Path) -> None:
    """元 for 万元: after one month, after last year alone, beside a target, beside its sisters; tenfold is a hint."""
    with filing(tmp_path, files({2023: target("fines", "annual", "40")}, QUALITY + _MORE)) as small:
        assert asked(small.check("2023-01", fines="34000").findings) == [("unit-slip", "check")]
        assert asked(small.check("2022-01", fines="34000").findings) == []
        assert asked(small.check("2022-01", fines="34000", costs="3.1", grants="4.2").findings) == [("unit-slip", "check")]
        small.file("2022-01", costs="3.1")
        assert asked(small.check("2022-02", costs="34000").findings) == [("unit-slip", "check")]
        assert asked(small.check("2023-01", costs="34000").findings) == [("unit-slip", "check")]
        assert asked(small.check("2022-02", costs="31").findings) == []


def test_a_figure_whose_sums_could_not_be_kept_is_refused_at_its_cell(small: Filing) -> None:
    """Fifteen nines in a month: eleven of them would close the store; a large figure that can be kept is taken."""
    [finding] = small.file("2023-01", tested="999999999999999")
    assert (finding.code, finding.severity.value, finding.place.cell) == ("too-large", "block", "E6")
    assert finding.seen.startswith("检验批次的本月数是 999999999999999 批次")
    for month in range(1, 13):
        assert asked(small.file(f"2023-{month:02}", tested="300000000000000"), "parts-do-not-add-up") == []
    assert small.bureau.store.verify() == []


def test_a_coefficient_lowers_what_a_figure_may_be(tmp_path: Path) -> None:
    """Under 100 × x fourteen nines are too many, and the largest that is allowed still sums."""
    heavy = indicator("heavy", "折算", "100 * tested", unit="批次")
    with filing(tmp_path, files(quality=QUALITY + heavy)) as small:
        assert asked(small.check("2023-01", tested="99999999999999").findings) == [("too-large", "block")]
        for month in range(1, 13):
            assert asked(small.file(f"2023-{month:02}", tested="6250000000000")) == []
        assert small.bureau.store.verify() == []
