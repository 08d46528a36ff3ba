"""What is known while a batch is checked: the same as if its files had come one after the other."""

from datetime import date
from decimal import Decimal

from kpi.period import Month
from kpi.store.earlier_figures import Background, EarlierFigure, FiledCell, History
from kpi.validation.backgrounds import Backgrounds
from kpi.value import Qualifier, State
from tests.kpi.validation.sheets import CATALOG, known, sheet

OCTOBER, NOVEMBER = Month(2023, 10), Month(2023, 11)


class Stored:
    """A store that holds two months."""

    def background(self, period: Month, org: str = "bureau") -> Background:
        previous = known(date(2023, 9, 30), tested=(5, 40)) if period == OCTOBER else {}
        return Background(known(visits=9), previous, {})

    def cells(self, org: str, office: str, years: tuple[int, ...]) -> list[FiledCell]:
        return []

    def history(self, office: str, period: Month, org: str = "bureau") -> History:
        return {"tested": {Month(2023, 9): EarlierFigure(Decimal(40), State.NUMBER, date(2023, 9, 30), Decimal(5))}}


def backgrounds() -> Backgrounds:
    return Backgrounds(Stored(), CATALOG)  # type: ignore[arg-type]


def test_figures_of_the_batch_lie_over_those_of_the_store() -> None:
    """October's file is November's last month and October's present; the other office's figures still come from the store."""
    one = backgrounds()
    one.add("十月.xlsx", "", sheet(OCTOBER, tested=47, tested_month=7))

    background = one.background("quality", NOVEMBER)

    assert background.previous["tested"] == EarlierFigure(Decimal(47), State.NUMBER, OCTOBER.last_day, Decimal(7))
    assert background.present["visits"].ytd == 9
    assert background.history["tested"] == {Month(2023, 9): known(date(2023, 9, 30), tested=(5, 40))["tested"], OCTOBER: background.previous["tested"]}
    earlier = one.earlier(sheet(OCTOBER, tested=48))
    assert earlier is not None
    assert (earlier.file, one.earlier(sheet(NOVEMBER))) == ("十月.xlsx", None)


def test_the_month_follows_from_two_cumulatives() -> None:
    """47 after 40; not where the day stood still, not where it fell, all of it in January."""
    cases = [
        (OCTOBER, {"tested": 47}, Decimal(7)),
        (OCTOBER, {"tested": 47, "as_of": date(2023, 9, 30)}, None),
        (OCTOBER, {"tested": 39}, None),
        (OCTOBER, {"visits": 47}, None),
        (Month(2023, 1), {"tested": 47}, Decimal(47)),
    ]
    for period, figures, step in cases:
        one = backgrounds()
        one.add("f", "", sheet(period, **figures))
        [held] = one.background("quality", period.plus(1)).previous.values()
        assert held.month == step


def test_the_cumulative_follows_from_the_month() -> None:
    """上月累计 40 + 本月 7, though only 本月数 is filled in; the qualifier goes with it."""
    one = backgrounds()
    one.add("f", "", sheet(OCTOBER, tested=State.UNREPORTED, tested_month="约7"))

    assert one.background("quality", NOVEMBER).previous["tested"].ytd == 47
    assert one.background("quality", NOVEMBER).history["tested"][OCTOBER].qualifier is Qualifier.ABOUT


def test_a_cumulative_of_nothing_is_a_zero_and_any_other_a_number() -> None:
    """上月累计 40 + 7 of one, nothing known and 0 of the other; both fill in 本月数 only."""
    one = backgrounds()
    one.add("f", "", sheet(OCTOBER, tested_month=7, visits_month=0))

    previous = one.background("quality", NOVEMBER).previous
    assert {code: (held.ytd, held.state) for code, held in previous.items()} == {"tested": (47, State.NUMBER), "visits": (0, State.ZERO)}


def test_faces_are_kept_and_silence_leaves_no_history() -> None:
    """未公开 stays 未公开; 未报 in a correction takes away what an earlier submission had said."""
    one = backgrounds()
    one.add("f", "", sheet(Month(2023, 9), tested=State.UNREPORTED, passed=State.WITHHELD))

    background = one.background("quality", OCTOBER)

    assert background.history["tested"] == {}
    assert background.history["passed"][Month(2023, 9)].state is State.WITHHELD
    assert background.previous["tested"].state is State.UNREPORTED
