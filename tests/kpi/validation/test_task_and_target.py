"""What a figure may be held against before it has a past."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kpi.catalog.formula import parse_linear
from kpi.catalog.measure import Better
from kpi.catalog.target import Target, TargetKind
from kpi.store.earlier_figures import NOTHING_KNOWN
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.task_and_target import whole_year
from tests.kpi.validation.sheets import CATALOG, MEASURES, NOVEMBER, PASS_RATE, TODAY, found, sheet

VISITS = next(measure for measure in MEASURES if measure.code == "visits")
COUNT = PASS_RATE.model_copy(
    update={"code": "visits", "numerator": parse_linear("visits"), "denominator": None, "failed": None, "total": None, "reported": None}
)


@pytest.mark.parametrize(
    ("kind", "better", "upper", "aim"),
    [
        (TargetKind.ANNUAL, Better.HIGHER, None, (1200.0, "目标")),
        (TargetKind.ANNUAL, Better.LOWER, None, (1200.0, "目标")),
        (TargetKind.FLOOR, Better.HIGHER, None, (1200.0, "目标")),
        (TargetKind.CEILING, Better.LOWER, None, (None, "")),
        (TargetKind.RANGE, Better.HIGHER, Decimal(1300), (None, "")),
    ],
)
def test_a_target_tells_how_much_a_year_brings_unless_it_is_a_ceiling(
    kind: TargetKind, better: Better, upper: Decimal | None, aim: tuple[float | None, str]
) -> None:
    """1200 visits to be made, or at least to be made; what must not be exceeded, or has two ends, tells nothing."""
    visits = COUNT.model_copy(update={"target_kind": kind, "better": better})
    target = Target(indicator="visits", year=2023, office="quality", kind=kind, value=Decimal(1200), upper=upper, tolerance=Decimal(0), document="分解表")
    catalog = replace(CATALOG, indicators={"visits": visits}, targets={("visits", 2023): (target,)})

    assert whole_year(CheckedSheet(sheet(visits=9), NOVEMBER, catalog, NOTHING_KNOWN, TODAY), VISITS) == aim


def test_without_a_target_nothing_tells() -> None:
    """The small catalogue sets none."""
    catalog = replace(CATALOG, indicators={"visits": COUNT.model_copy(update={"target_kind": TargetKind.ANNUAL})})

    assert whole_year(CheckedSheet(sheet(visits=9), NOVEMBER, catalog, NOTHING_KNOWN, TODAY), VISITS) == (None, "")


@pytest.mark.parametrize(("visits", "severity"), [(600, []), (601, ["hint"]), (2400, ["hint"]), (2401, ["check"])])
def test_a_first_month_is_held_against_the_target_of_the_year(visits: int, severity: list[str]) -> None:
    """1200 to be made in the year: more than half of them in one month is noted, more than twice as many is asked about."""
    target = Target(indicator="visits", year=2023, office="quality", kind=TargetKind.ANNUAL, value=Decimal(1200), tolerance=Decimal(0), document="分解表")
    annual = COUNT.model_copy(update={"target_kind": TargetKind.ANNUAL})
    catalog = replace(CATALOG, indicators={"visits": annual}, targets={("visits", 2023): (target,)})

    assert [(code, grade) for code, grade, _ in found(sheet(visits_month=visits), catalog=catalog)] == [("far-above-known", grade) for grade in severity]
