"""Wrong numbers without a word: what a withdrawal or a correction does to sheets of other offices and of other years."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.cli.app import main
from kpi.filing.submissions import withdraw
from kpi.finding import Finding
from tests.kpi.filing.filed_sheets import Filing, asked, filing
from tests.soundness.catalog import QUALITY, files, indicator

_CROSS = indicator("cross", "跨科合格率", "passed", "food_tested", target_kind="floor")
_TYPED = QUALITY.replace('denominator = "tested"', 'denominator = "tested"\nreported = "pass_rate"', 1)
_LAST_YEAR = """[[relation]]
id = "R001"
name = "食品检验不少于上年合格"
kind = "bound"
strength = "soft"
raises = "check"
left = "food_tested"
op = ">="
right = "passed@ly"
"""


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Filing]:
    with filing(tmp_path, files(quality=_TYPED + _CROSS + _LAST_YEAR)) as bureau:
        yield bureau


def taken_back(small: Filing, office: str, period: str) -> tuple[Finding, ...]:
    """Withdraw what an office has in force for a month; what is found."""
    [current] = [s for s in small.bureau.store.current_submissions() if (s.office, str(s.period)) == (office, period)]
    return withdraw(small.bureau, current.seq, "李主任", "拿错了").findings


def test_a_withdrawal_that_leaves_more_of_a_part_than_of_its_whole(small: Filing) -> None:
    """80 tested of one office, corrected to 100; 90 passed of another agree with that alone."""
    small.file("2023-01", "food", food_tested="– 80")
    small.file("2023-01", "food", food_tested="– 100")
    assert asked(small.file("2023-01", passed="– 90", tested="– 95")) == []

    [finding] = taken_back(small, "food", "2023-01")

    assert (finding.code, finding.severity.value) == ("part-exceeds-whole", "check")
    assert finding.seen.endswith("合格批次 90，大于食品检验批次 80")
    assert "quality2023-01.xlsx" in finding.seen or "food2023-01.xlsx" in finding.seen


def test_a_withdrawal_that_leaves_a_part_without_its_whole(small: Filing) -> None:
    """The only sheet with 食品检验批次 goes: the rate loses the month, and the sheet of the part is named."""
    small.file("2023-01", "food", food_tested="– 100")
    small.file("2023-01", passed="– 90", tested="– 95")

    [finding] = taken_back(small, "food", "2023-01")

    assert (finding.code, finding.place.cell) == ("part-without-whole", "F7")
    assert finding.seen == "撤回后，2023 年 1 月的合格批次（「quality2023-01.xlsx」质量科月报表!F7）没有食品检验批次，跨科合格率不计这个月"


def test_a_withdrawal_that_breaks_the_sum_of_later_months(small: Filing) -> None:
    """5 and then 4 make 9; a correction to 5 is withdrawn and 3 stands again, which makes 7."""
    small.file("2023-01", tested="3")
    small.file("2023-01", tested="5")
    small.file("2023-02", tested="4 9")

    [finding] = taken_back(small, "quality", "2023-01")

    assert finding.code == "cumulative-differs"
    assert finding.seen == "撤回后，2023 年 2 月的报表（「quality2023-02.xlsx」质量科月报表!F6）：检验批次本年累计 9，应为上月累计 3 + 本月数 4 = 7"


def test_a_withdrawal_that_mends_says_nothing(small: Filing) -> None:
    """3 becomes 5 by mistake and is taken back: all is as it was."""
    small.file("2023-01", tested="5")
    small.file("2023-02", tested="4 9")
    assert asked(small.file("2023-01", tested="7")) == [("cumulative-differs", "check")]

    assert taken_back(small, "quality", "2023-01") == ()


def test_a_withdrawal_that_moves_the_base_of_next_year(small: Filing) -> None:
    """10 became 11, March of this year was compared with 11; taken back, with 10."""
    small.file("2022-03", tested="– 10")
    small.file("2022-03", tested="– 11")
    small.file("2023-03", tested="– 12")

    [finding] = taken_back(small, "quality", "2022-03")

    assert finding.code == "base-moves"
    assert finding.seen == "撤回后，2023 年 3 月的报表（「quality2023-03.xlsx」质量科月报表!F6）已按原来的数作同比：检验批次由 11 变为 10"


def test_the_command_says_what_a_withdrawal_leaves_behind(small: Filing, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In its JSON and in a sentence."""
    for tested in ("– 80", "– 100", "– 105"):
        small.file("2023-01", "food", food_tested=tested)
    small.file("2023-01", passed="– 103", tested="– 103")
    small.bureau.close()
    where = ["--reason", "错", "--data", str(tmp_path / "data"), "--catalog", str(tmp_path / "catalog")]

    assert main(["withdraw", "3", *where, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["act"], [f["code"] for f in document["findings"]]) == ("withdraw", ["part-exceeds-whole"])
    assert main(["withdraw", "2", *where]) == 0
    assert "合格批次 103，大于食品检验批次 80" in capsys.readouterr().out


def test_a_correction_that_moves_the_base_of_next_year(small: Filing) -> None:
    """100 in November 2022 became 90: November 2023 was compared with 100; a first filing moves nothing, nor does a base that is stated."""
    small.file("2022-11", tested="– 100", shops="– 50")
    small.file("2023-11", tested="– 110", shops="– 55")

    [finding] = [f for f in small.check("2022-11", tested="– 90", shops="– 50").findings if f.severity.value == "check"]
    assert (finding.code, finding.place.cell) == ("base-moves", "F6")
    assert finding.seen == "2023 年 11 月的报表（「quality2023-11.xlsx」质量科月报表!F6）已按原来的数作同比：检验批次由 100 变为 90"
    assert asked(small.check("2022-11", tested="– 100", shops="– 51").findings) == [("base-moves", "check")]
    assert asked(small.check("2022-11", tested="– 100", shops="– 50", taken="– 100").findings) == []
    small.file("2023-11", tested="– 110 100", shops="– 55")
    assert asked(small.check("2022-11", tested="– 90", shops="– 50").findings) == [("base-differs", "check")]


def test_a_months_correction_moves_the_bases_up_to_the_next_cumulative(small: Filing) -> None:
    """January's 10 is in February's sum, and no more in March's cumulative."""
    small.file("2022-01", tested="10")
    small.file("2022-02", tested="10")
    small.file("2022-03", tested="– 30")
    for month, tested in (("01", "11"), ("02", "11"), ("03", "11")):
        small.file(f"2023-{month}", tested=tested)

    [finding] = [f for f in small.check("2022-01", tested="9").findings if f.code == "base-moves"]

    assert finding.seen == "2023 年 1 月等 2 个月的报表（「quality2023-01.xlsx」质量科月报表!E6）已按原来的数作同比：检验批次由 10 变为 9"


def test_a_correction_contradicts_a_sheet_of_another_office_a_year_later(small: Filing) -> None:
    """The other office's 100 of this year are not to be fewer than our passed of last year, which become 120; we have no sheet of that month."""
    small.file("2022-03", passed="– 90", tested="– 130")
    assert asked(small.file("2023-03", "food", food_tested="– 100")) == []

    findings = small.check("2022-03", passed="– 120", tested="– 130").findings

    assert asked(findings) == [("part-exceeds-whole", "check")]
    [finding] = [f for f in findings if f.severity.value == "check"]
    assert finding.relation == "R001"
    assert "2023 年 3 月的报表（「food2023-03.xlsx」食品科月报表!F5）" in finding.seen


def test_a_correction_of_a_denominator_contradicts_a_rate_typed_later(small: Filing) -> None:
    """9 of 10 and 18 of 20 are 90.0 %; January's 12 tested make 18 of 22, which February's sheet does not say."""
    small.file("2023-01", tested="10", passed="9")
    assert asked(small.file("2023-02", tested="10", passed="9", pass_rate="– 90.0")) == []

    assert asked(small.check("2023-01", tested="12", passed="9").findings) == [("rate-differs", "check")]
