"""Parts and wholes over months that are known in unlike columns, of unlike offices, of last year, and roughly."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kpi.finding import Finding
from kpi.store.earlier_figures import Background
from tests.kpi.filing.filed_sheets import Filing, asked, filing
from tests.kpi.validation.sheets import CATALOG, findings, found, known, sheet
from tests.soundness.catalog import QUALITY, files, indicator, measure

_MORE = "".join(
    [
        measure("quick", "快检批次"),
        measure("quick_passed", "快检合格批次"),
        measure("received", "受理件数", "件"),
        measure("closed", "办结件数", "件"),
        indicator("quick_rate", "快检合格率", "quick_passed", "quick"),
        indicator("closure_rate", "办结率", "closed", "received", belated=True),
        indicator("cross", "跨科合格率", "passed", "food_tested", target_kind="floor"),
        indicator("both_rate", "检出率", "passed + failed", "taken", target_kind="floor"),
    ]
)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Filing]:
    with filing(tmp_path, files(quality=QUALITY + _MORE)) as bureau:
        yield bureau


def excess(findings: list[Finding] | tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Severity and words of what exceeds its whole."""
    return [(f.severity.value, f.seen) for f in findings if f.code == "part-exceeds-whole"]


def test_a_cumulative_part_and_a_monthly_whole(small: Filing) -> None:
    """50 of 60, then 62 so far and 5 in the month: twelve of five, whichever of the two stands under 本年累计."""
    small.file("2023-01", tested="60", passed="– 50")

    assert excess(small.check("2023-02", tested="5", passed="– 62").findings) == [("check", "本月合格批次 12，大于检验批次 5（合格批次按累计相减）")]
    assert excess(small.check("2023-02", tested="– 65", passed="12").findings) == [("check", "本月合格批次 12，大于检验批次 5（检验批次按累计相减）")]
    assert excess(small.check("2023-02", tested="5", passed="– 66").findings) == [("block", "合格批次 66，大于检验批次 65")]


def test_the_months_of_a_part_within_the_months_of_its_whole(small: Filing) -> None:
    """60 tested to January and 75 to March, so 15 since; March alone has 30 passed, with February unknown."""
    small.file("2023-01", tested="– 60", passed="– 50")

    assert excess(small.check("2023-03", tested="– 75", passed="30").findings) == [("check", "2—3 月检验批次 15（按累计相减），其中已报的合格批次就有 30")]
    assert excess(small.check("2023-03", tested="– 75", passed="15").findings) == []
    assert excess(small.check("2023-03", tested="– 75", passed="– 70").findings) == [("check", "2—3 月合格批次 20，大于检验批次 15（按累计相减）")]


def test_a_part_of_two_measures_in_unlike_columns(small: Filing) -> None:
    """62 passed so far, 5 + 1 failed in the months: 68 of 65 taken."""
    small.file("2023-01", taken="60", tested="35", passed="– 30", failed="5")

    assert excess(small.check("2023-02", taken="– 65", tested="33", passed="– 62", failed="1").findings) == [
        ("block", "合格批次 62、不合格批次 6，大于抽检批次 65")
    ]


def test_a_part_and_a_whole_of_two_offices_month_by_month(small: Filing) -> None:
    """50 of 60 in January; February's whole is 5 of the other office, its part 62 so far: asked at whichever comes last."""
    small.file("2023-01", passed="50", tested="60")
    small.file("2023-02", passed="– 62", tested="80")
    small.file("2023-01", "food", food_tested="– 60")

    assert excess(small.check("2023-02", "food", food_tested="5").findings) == [("check", "本月合格批次 12，大于食品检验批次 5（合格批次按累计相减）")]
    small.file("2023-02", "food", food_tested="– 85")
    [(severity, seen)] = excess(small.check("2023-01", "food", food_tested="– 80").findings)
    assert (severity, seen.rpartition("：")[2]) == ("check", "2 月的合格批次 12，大于食品检验批次 5（按累计相减）")


@pytest.mark.parametrize(
    ("january", "february", "seen"),
    [
        (("– 1600", "– 1500"), ("– 1700", "– 1690"), "本月快检合格批次 190，大于快检批次 100（按累计相减）"),
        (("– 60", "– 50"), ("– 65", "– 60"), "本月快检合格批次 10，大于快检批次 5（按累计相减）"),
        (("– 65", "– 62"), ("– 100", "– 100"), "本月快检合格批次 38，大于快检批次 35（按累计相减）"),
        (("– 60", "– 59"), ("– 60", "– 60"), "本月快检合格批次 1，大于快检批次 0（按累计相减）"),
        (("1600", "1500"), ("100", "190"), "本月快检合格批次 190，大于快检批次 100"),
        (("1600", "1500"), ("100", "– 1690"), "本月快检合格批次 190，大于快检批次 100（快检合格批次按累计相减）"),
    ],
)
def test_a_month_above_its_whole_is_asked_however_little(small: Filing, january: tuple[str, str], february: tuple[str, str], seen: str) -> None:
    """A month's rate above 100 % is asked about, be it little or much, stated or the difference of cumulatives, each of which looks right."""
    small.file("2023-01", quick=january[0], quick_passed=january[1])

    assert excess(small.check("2023-02", quick=february[0], quick_passed=february[1]).findings) == [("check", seen)]


def test_a_month_that_was_asked_about_is_not_asked_about_again(small: Filing) -> None:
    """190 of 100 in February; March's 100 of 100 adds nothing to it, its 101 of 100 does."""
    small.file("2023-01", quick="– 1600", quick_passed="– 1500")
    small.file("2023-02", quick="– 1700", quick_passed="– 1690")

    assert excess(small.check("2023-03", quick="– 1800", quick_passed="– 1790").findings) == []
    assert excess(small.check("2023-03", quick="– 1800", quick_passed="– 1791").findings) == [("check", "本月快检合格批次 101，大于快检批次 100（按累计相减）")]


def test_what_is_belated_is_noted_with_what_was_left_over(small: Filing) -> None:
    """60 received and 50 closed to January leave ten: 7 closed of 5 may be of them; 15 of 5 is far more; without February nobody knows."""
    small.file("2023-01", received="60", closed="50")

    assert excess(small.check("2023-02", received="5", closed="7").findings) == [("hint", "本月办结件数 7，大于受理件数 5；到 1 月底还有 10 没有计入分子")]
    assert excess(small.check("2023-02", received="– 65", closed="– 57").findings) == [
        ("hint", "本月办结件数 7，大于受理件数 5（按累计相减）；到 1 月底还有 10 没有计入分子")
    ]
    assert excess(small.check("2023-02", received="5", closed="15").findings) == [("check", "本月办结件数 15，大于受理件数 5")]
    assert excess(small.check("2023-03", received="5", closed="7").findings) == [("hint", "本月办结件数 7，大于受理件数 5")]


def test_last_year_as_it_is_stated(small: Filing) -> None:
    """上年同期 70 passed of 60 tested is impossible where both are typed, and asked about where one is recorded."""
    assert excess(small.check("2023-02", passed="– 50 70", tested="– 60 60").findings) == [("block", "上年同期合格批次 70，大于检验批次 60")]
    small.file("2022-02", passed="– 55", tested="– 60")
    assert excess(small.check("2023-02", passed="– 50 70", tested="– 60").findings) == [("check", "上年同期合格批次 70，大于检验批次 60")]
    assert excess(small.check("2023-02", passed="– 50 55", tested="– 60 60").findings) == []


@pytest.mark.parametrize(
    ("passed", "tested", "severity"), [("62", "60", "block"), ("约62", "60", "check"), ("≥62", "60", "block"), ("≤62", "60", "check"), ("62", "≥60", "check")]
)
def test_what_is_meant_roughly_is_asked_not_refused(passed: str, tested: str, severity: str) -> None:
    """约62 may be 59 of 60; at least 62 of 60 can not be."""
    report = sheet(passed=passed, tested=tested)

    assert [s for code, s, _ in found(report, catalog=CATALOG) if code == "part-exceeds-whole"] == [severity]


@pytest.mark.parametrize(("day", "severity", "more"), [(25, "check", "，数据截止日分别是 2023-11-30 和 2023-11-25"), (30, "block", "")])
def test_a_part_that_runs_to_a_later_day_is_asked_not_refused(day: int, severity: str, more: str) -> None:
    """62 passed to 30 November of 60 tested to the 25th, which another office filed, may be true; of 60 to the same day it cannot."""
    background = Background(known(date(2023, 11, day), tested=60), {}, {})

    assert excess(findings(sheet(passed=62), background)) == [(severity, f"合格批次 62，大于检验批次 60{more}")]


def test_a_month_that_is_meant_roughly_is_asked_too() -> None:
    """约12 of 5 in the month, of 40 of 60 so far."""
    report = sheet(passed=40, passed_month="约12", tested=60, tested_month=5)

    assert [s for code, s, _ in found(report, catalog=CATALOG) if code == "part-exceeds-whole"] == ["check"]


def test_more_results_than_samples_are_asked_once(small: Filing) -> None:
    """Two indicators have the same two counts."""
    assert asked(small.check("2023-01", taken="50", tested="54", passed="50", failed="4").findings, "part-exceeds-whole") == [("tested-exceeds-taken", "check")]
