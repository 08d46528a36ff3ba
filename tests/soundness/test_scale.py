"""Wrong numbers without a word: a digit or a unit too many, and a nought over what was there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.filing.intake import Outcome
from tests.kpi.filing.filed_sheets import Filing, filing
from tests.soundness.catalog import QUALITY, files, indicator, target

_STOCK, _FLOW = "level-breaks-off", "far-above-known"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Filing]:
    with filing(tmp_path, files({2023: target("fines", "annual", "500")}, QUALITY)) as bureau:
        yield bureau


def spoken(small: Filing, period: str, *codes: str, **cells: str) -> list[tuple[str, str]]:
    """Code and severity of the findings of some codes."""
    return [(f.code, f.severity.value) for f in small.check(period, **cells).findings if not codes or f.code in codes]


@pytest.mark.parametrize("level", ["10030", "100", "4013", "250", "0", "100300", "10030000"])
def test_a_stock_that_leaves_a_quarter_to_four_times_of_its_last_level(small: Filing, level: str) -> None:
    """1001, 1002, 1003, then tenfold, a tenth, or nothing; the month's band reaches from 250.75 to 4012."""
    for month, shops in enumerate((1001, 1002, 1003), start=1):
        small.file(f"2023-{month:02}", shops=f"– {shops}")

    [(code, severity)] = spoken(small, "2023-04", _STOCK, "unit-slip", shops=f"– {level}")

    assert (code, severity) in {(_STOCK, "check"), ("unit-slip", "check")}


@pytest.mark.parametrize("level", ["4012", "251", "1003", "2000"])
def test_a_stock_within_its_band_is_no_wonder(small: Filing, level: str) -> None:
    """A quarter to four times of 1003."""
    for month, shops in enumerate((1001, 1002, 1003), start=1):
        small.file(f"2023-{month:02}", shops=f"– {shops}")

    assert (_STOCK, "check") not in spoken(small, "2023-05", shops="– 4012")
    assert spoken(small, "2023-04", _STOCK, shops=f"– {level}") == []


def test_the_second_level_is_held_against_the_first(small: Filing) -> None:
    """In whichever order they come, with the level under 本月数 too; small counts leap, ten of them tenfold are a hint."""
    small.file("2023-02", shops="– 1003", due="– 12")

    assert spoken(small, "2023-03", shops="– 10030") == [(_STOCK, "check")]
    assert spoken(small, "2023-03", shops="10030") == [(_STOCK, "check")]
    assert spoken(small, "2023-01", _STOCK, shops="– 10030") == [(_STOCK, "check")]
    assert spoken(small, "2023-03", due="– 60") == []
    assert spoken(small, "2023-03", due="– 130") == [(_STOCK, "check")]
    assert spoken(small, "2023-03", due="– 1") == []


def test_a_year_opens_where_the_last_one_closed(small: Filing) -> None:
    """1003 in December: tenfold in January is asked about, a tenth may be a base that is set anew; as it was last January it is neither."""
    small.file("2022-12", shops="– 1003", reported="– 5000")

    assert spoken(small, "2023-01", shops="– 10100") == [(_STOCK, "check")]
    assert spoken(small, "2023-01", shops="– 99") == [(_STOCK, "hint")]
    assert spoken(small, "2023-01", shops="– 500") == []
    small.file("2022-01", reported="– 300")
    assert spoken(small, "2023-01", reported="– 320", due="– 9000") == []
    assert spoken(small, "2023-01", _STOCK, reported="– 400", due="– 9000") == []


def test_a_level_that_leaps_every_year_may_leap(small: Filing) -> None:
    """Twice fivefold in 2021 and 2022: sixfold is nothing new."""
    for year in (2021, 2022):
        for month, shops in ((1, 100), (2, 100), (3, 500)):
            small.file(f"{year}-{month:02}", shops=f"– {shops}")
    small.file("2023-02", shops="– 100")

    assert spoken(small, "2023-03", _STOCK, shops="– 600") == []
    assert spoken(small, "2023-03", _STOCK, shops="– 6000") == [(_STOCK, "check")]


@pytest.mark.parametrize(("fines", "severity"), [("400", "hint"), ("1500", "check"), ("4000", "check"), ("40000", "check")])
def test_a_month_above_all_that_is_known_and_twice_the_years_target(small: Filing, fines: str, severity: str) -> None:
    """40 万元 in January of a year that is to bring 500: tenfold is unlikely; thirty-eight times, and three years' targets, must be explained."""
    small.file("2023-01", fines="40")

    assert spoken(small, "2023-02", fines=fines) == [(_FLOW, severity)]
    assert [said for _, said in spoken(small, "2023-02", _FLOW, "unit-slip", fines=f"– {int(fines) + 40}")] == [severity]


@pytest.mark.parametrize(("tested", "severity"), [("500", "hint"), ("5000", "check"), ("50000", "check")])
def test_a_month_above_the_only_one_that_is_known(small: Filing, tested: str, severity: str) -> None:
    """50 lots, then 500, 5,000 or 50,000: no target is set; in either order of the two months."""
    small.file("2023-02", tested="50")

    assert spoken(small, "2023-03", tested=tested) == [(_FLOW, severity)]
    assert spoken(small, "2023-01", tested=tested) == [(_FLOW, severity)]
    assert spoken(small, "2023-03", tested="249") == []


def test_the_first_month_is_held_against_last_year_as_the_sheet_states_it(small: Filing) -> None:
    """50,000 to 48 上年同期 on the first sheet of all; 1,100 in a month against the 500 of the year, 900 as a hint, 240 not at all."""
    assert spoken(small, "2023-01", tested="– 50000 48") == [(_FLOW, "check")]
    assert spoken(small, "2023-01", fines="1100") == [(_FLOW, "check")]
    assert spoken(small, "2023-01", fines="900") == [(_FLOW, "hint")]
    assert spoken(small, "2023-01", fines="240") == []
    assert spoken(small, "2023-11", fines="– 900") == []


def test_a_year_that_is_known_leaves_less_room(small: Filing) -> None:
    """Twelve months of at most 60: 310 is more than five times what ever was, 290 is not."""
    for month in range(1, 13):
        small.file(f"2022-{month:02}", tested=str(49 + month))

    assert spoken(small, "2023-01", _FLOW, tested="310") == [(_FLOW, "check")]
    assert spoken(small, "2023-01", _FLOW, tested="290") == []


def test_a_correction_is_held_against_what_it_replaces(small: Filing) -> None:
    """50 lots of the only month become 5,000."""
    small.file("2023-01", tested="50", shops="– 100")

    assert (_FLOW, "check") in spoken(small, "2023-01", tested="5000", shops="– 100")
    assert (_STOCK, "check") in spoken(small, "2023-01", tested="50", shops="– 1000")
    assert spoken(small, "2023-01", tested="60", shops="– 110") == []


def test_small_counts_leap(small: Filing) -> None:
    """Three, then thirty; nothing, then anything."""
    small.file("2023-01", tested="3", taken="0")

    assert spoken(small, "2023-02", _FLOW, tested="30", taken="5000") == []
    assert small.check("2023-02", tested="30", taken="5000").status is not Outcome.REJECTED


def test_figures_replaced_by_noughts_are_taken_away(small: Filing) -> None:
    """Five tested, all passed, a hundred shops; the same form with 0 in every cell, and with one figure left."""
    small.file("2023-01", tested="5 5", passed="5 5", shops="– 100")

    zeros = small.check("2023-01", tested="0 0", passed="0 0", shops="– 0")
    assert (zeros.status, zeros.takes_away) == (Outcome.NEEDS_CONFIRMATION, True)
    assert zeros.findings[0].code == "figures-taken-away"
    assert zeros.findings[0].seen == "入库后，已入库的 5 个数会变为 0：「检验批次」、「合格批次」、「在册户数」"
    assert spoken(small, "2023-01", tested="5 5", passed="0 0", shops="– 100") == [("figures-taken-away", "check")]
    assert spoken(small, "2023-01", "figures-taken-away", tested="6 6", passed="5 5", shops="– 100") == []


def test_a_form_of_noughts_where_there_were_figures(small: Filing) -> None:
    """The first form of February is all 0: asked about, also under 本月数 alone; one that was so before may be so again."""
    zero = "figures-fall-to-zero"
    small.file("2023-01", tested="5", passed="5", net="0")

    assert spoken(small, "2023-02", tested="0", passed="0", net="0") == [(zero, "check")]
    assert spoken(small, "2023-02", zero, tested="– 0", passed="– 0") == [(zero, "check")]
    assert spoken(small, "2023-02", zero, tested="0", passed="1") == []
    small.file("2023-02", tested="0", passed="0", net="0")
    small.file("2023-03", tested="2", passed="2", net="1")
    assert spoken(small, "2023-04", tested="0", passed="0", net="0") == []


def test_noughts_but_for_one_figure(small: Filing) -> None:
    """Three that had figures in every month are 0 at once, the shops are still there; on a first form noughts are a hint."""
    zero = "figures-fall-to-zero"
    assert spoken(small, "2023-01", tested="0", passed="0", inspected="0") == [(zero, "hint")]
    for month in ("2023-01", "2023-02"):
        small.file(month, tested="5", passed="5", inspected="7", shops="– 100")

    assert spoken(small, "2023-03", tested="0", passed="0", inspected="0", shops="– 100") == [(zero, "check")]
    assert spoken(small, "2023-03", tested="0 10", passed="0 10", inspected="0 14", shops="– 100") == [(zero, "check")]
    assert spoken(small, "2023-03", tested="0", passed="0", inspected="1", shops="– 100") == []


def test_a_year_that_opens_far_from_its_last_close_and_from_last_january(small: Filing) -> None:
    """1,000 in January 2022 and 1,003 in December: 240 is no base that is set anew."""
    small.file("2022-01", shops="– 1000")
    small.file("2022-12", shops="– 1003")

    assert spoken(small, "2023-01", shops="– 240") == [(_STOCK, "check")]
    assert spoken(small, "2023-01", shops="– 260") == []


def test_a_month_far_below_several_and_a_cumulative_far_below_its_base(small: Filing) -> None:
    """Three months of 500 and more, then 5; 52 so far against 5,200 上年同期: hints, for work may end."""
    below = "far-below-known"
    for month, tested in enumerate((500, 520, 510), start=1):
        small.file(f"2023-{month:02}", tested=str(tested), taken="5")

    assert spoken(small, "2023-04", below, tested="5", taken="0") == [(below, "hint")]
    assert spoken(small, "2023-04", below, tested="26", taken="5") == []
    assert spoken(small, "2023-04", below, passed="– 52 5200") == [(below, "hint")]
    assert spoken(small, "2023-04", below, passed="– 520 5200") == []


def test_a_correction_far_below_what_it_replaces_is_a_hint(small: Filing) -> None:
    """500 lots become 5; 40 is less than a tenth, and may be true."""
    small.file("2023-01", tested="500")

    assert spoken(small, "2023-01", tested="5") == [("far-below-known", "hint")]
    assert spoken(small, "2023-01", tested="40") == []


def test_a_task_that_slipped_too_is_no_measure_of_it(tmp_path: Path) -> None:
    """检验 is to fulfil 抽检, and both are written a hundred times too large."""
    task = indicator("testing_rate", "检验完成率", "tested", "taken", target_kind="progress")
    with filing(tmp_path, files(quality=QUALITY + task)) as small:
        small.file("2023-01", taken="50", tested="50")

        assert spoken(small, "2023-02", taken="5000", tested="5000") == [(_FLOW, "check"), (_FLOW, "check")]
