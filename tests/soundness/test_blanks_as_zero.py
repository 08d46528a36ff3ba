"""A measure whose blanks count as 0: only where the sheet of the month is in force, and said beside the figure."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from kpi.catalog import load
from kpi.errors import CatalogError
from kpi.period import Month, Span
from kpi.present import figure_notes
from kpi.store.decision import Act, Decision
from kpi.value import State
from tests.bureaus import Small, opened, write
from tests.soundness.catalog import QUALITY, files, indicator, measure

MORE = [
    measure("letters", "来信件数", "件", blank_is_zero=True),
    measure("waiting", "在办件数", "件", "stock", blank_is_zero=True),
    indicator("letters", "来信件数", "letters", unit="件"),
    indicator("waiting", "在办件数", "waiting", unit="件"),
    indicator("per_batch", "每批次来信", "letters", "tested", unit="件", scale=1),
    indicator("recent_letters", "近 3 个月来信", "letters@last_3m", unit="件"),
]
_MOMENT = datetime(2023, 4, 6, 9)  # noqa: DTZ001  # local time, as the store keeps it


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    with opened(tmp_path, files(quality="\n".join([QUALITY, *MORE]))) as bureau:
        yield bureau


def test_a_blank_on_a_sheet_that_came_is_0(small):
    """3 letters in January; February's sheet leaves the row blank, March's has none: 3 so far, and March is 0, not 未报."""
    small.months(2023, letters="3|–", tested="10|20|30")

    row = small.row("letters", "2023-03")

    assert (row.figure.value, row.caveats.missing, row.figure.as_of) == (3, (), Month(2023, 3).last_day)
    assert small.row("letters", "2023-03", Span.MONTH).figure.state is State.ZERO
    assert [(mark.name, mark.months) for mark in row.caveats.blank] == [("来信件数", (Month(2023, 2), Month(2023, 3)))]
    assert "「来信件数」2 月、3 月没有填，按 0 计" in figure_notes.of_row(row, 0)


def test_where_no_sheet_came_it_is_not_reported(small):
    """February's sheet never came: 3 and 4 lack it, and the rate leaves it out."""
    small.months(2023, letters="3||4", tested="10||30")

    row = small.row("letters", "2023-03")

    assert (row.figure.value, row.caveats.missing, row.caveats.blank) == (7, (Month(2023, 2),), ())
    assert small.row("per_batch", "2023-03").figure.numerator == 7
    assert small.row("letters", "2023-02", Span.MONTH).figure.state is State.UNREPORTED
    assert small.row("letters", "2023-04").figure.state is State.UNREPORTED


def test_what_the_sheet_says_in_words_is_no_blank(small):
    """未公开 hides it, 未开展 had nothing to count; neither is 0."""
    small.months(2023, letters="3|未公开", tested="10|20")
    assert small.row("letters", "2023-02").figure.state is State.WITHHELD
    small.report("2023-02", letters="未开展", tested="20")

    row = small.row("letters", "2023-02")

    assert (row.figure.value, row.caveats.blank, [mark.word for mark in row.caveats.idle]) == (3, (), ["未开展"])


def test_a_cumulative_alone_says_its_month(small):
    """Nothing under 本月数 but 3, then 8 so far: 5 in February, and no blank."""
    small.months(2023, letters="– 3|– 8", tested="10|20")

    assert small.row("letters", "2023-02", Span.MONTH).figure.value == 5
    assert small.row("letters", "2023-02").caveats.blank == ()


def test_what_stands_is_0_for_its_own_month_only(small):
    small.months(2023, waiting="– 12|", tested="10|20|")

    assert [small.row("waiting", f"2023-0{month}").figure.value for month in (1, 2, 3)] == [12, 0, None]


def test_a_rate_is_of_the_months_with_a_sheet(small):
    """3 letters of 10 batches and none of 20: 3 of 30."""
    small.months(2023, letters="3|", tested="10|20")

    row = small.row("per_batch", "2023-02")

    assert (row.figure.numerator, row.figure.denominator) == (3, 30)
    assert row.caveats.blank[0].months == (Month(2023, 2),)


def test_a_window_says_what_of_it_was_blank(small):
    small.months(2023, letters="3||2", tested="10|20|30")

    row = small.row("recent_letters", "2023-03")

    assert (row.figure.value, row.caveats.blank[0].months) == (5, (Month(2023, 2),))


def test_another_office_s_sheet_makes_no_blank(small):
    small.report("2023-01", letters="3", tested="10")
    small.report("2023-02", office="food", food_tested="5")

    assert small.row("letters", "2023-02", Span.MONTH).figure.state is State.UNREPORTED


def test_a_ledger_s_sheet_is_not_the_sheet(small):
    """A submission of another template is in force for February: the sheet itself did not come."""
    small.report("2023-01", letters="3", tested="10")
    small.report("2023-02", template="batches", tested="20")

    assert small.row("letters", "2023-02", Span.MONTH).figure.state is State.UNREPORTED


def test_a_sheet_taken_back_leaves_nothing(small):
    """0 while the sheet is in force; then 未报 again; a correction that fills the row counts."""
    blank = small.filed("2023-01", tested="10")
    assert small.row("letters", "2023-01").figure.state is State.ZERO
    small.bureau.store.decide(Decision(Act.WITHDRAW, Month(2023, 1), "quality", blank.seq, "李四", _MOMENT, "报错了"))
    assert small.row("letters", "2023-01").figure.state is State.UNREPORTED
    small.report("2023-01", tested="11")
    small.report("2023-01", tested="11", letters="6", note="补填")

    row = small.row("letters", "2023-01")

    assert (row.figure.value, row.caveats.blank) == (6, ())
    assert small.bureau.store.verify() == []


def test_the_store_made_anew_says_the_same(small):
    small.months(2023, letters="3|", tested="10|20|30")
    assert small.row("letters", "2023-03").figure.value == 3

    assert small.bureau.store.verify() == []


def test_a_node_says_of_how_many_below_it_a_blank_was_counted(tmp_path):
    """East 3 and a blank, west 4 and 5: 12, of one of them a month counted as 0."""
    tree = "".join(
        f'[[org]]\ncode = "{code}"\nname = "{name}"\nlevel = "区"\norder = {order}\n' + ('parent = "city"\n' if order else "")
        for order, (code, name) in enumerate({"city": "全市", "east": "东区局", "west": "西区局"}.items())
    )
    with opened(tmp_path, files(quality="\n".join([QUALITY, *MORE])) | {"orgs.toml": tree}) as small:
        for org, months in {"east": ("3", "–"), "west": ("4", "5")}.items():
            for number, letters in enumerate(months, 1):
                small.report(f"2023-0{number}", org=org, letters=letters, tested="10")

        row = small.row("letters", "2023-02")

        assert (row.figure.value, row.below.marks.blank) == (12, 1)
        assert "有 1 家有没有填的月份，按 0 计" in figure_notes.of_row(row, 0)
        assert small.bureau.store.verify() == []


@pytest.mark.parametrize("more", [{"kind": "standard"}, {"ledger_only": True}])
def test_only_what_is_counted_on_a_sheet_has_blanks_that_are_0(tmp_path, more):
    wrong = measure("odd", "怪", "件", **{"kind": "flow", **more}, blank_is_zero=True)

    with pytest.raises(CatalogError) as caught:
        load.load(write(tmp_path, files(quality="\n".join([QUALITY, wrong]))))

    [line] = [line for line in caught.value.faults if "blank_is_zero 只用于" in line]
    assert line.startswith("quality.toml 的数据项 odd：")
