"""Which indicators divide a part by its whole: read from formula and catalogue."""

from dataclasses import replace

import pytest

from kpi.catalog.formula import parse_linear
from kpi.catalog.measure import MeasureKind
from kpi.catalog.target import TargetKind
from kpi.validation.wholes_of_formulas import parts_of_wholes
from tests.kpi.validation.sheets import CATALOG, MEASURES, indicator, measure

FOUND = {m.code: m for m in (*MEASURES, measure("closed", "注销", unit="户"), measure("opened", "设立", unit="户"))}


def pairs(numerator: str, denominator: str, relations: bool = False, **more: object) -> list[tuple[str, str, bool, bool]]:
    """Part, whole, whether the part can never be more, and whether in no month."""
    catalog = replace(
        CATALOG,
        measures=FOUND,
        indicators={"x": indicator("x", "某率", numerator, denominator, **more)},
        relations=CATALOG.relations if relations else {},
    )
    return [(pair.part.text, pair.whole.text, pair.strict, pair.at_once) for pair in parts_of_wholes(catalog)]


def test_what_is_a_part() -> None:
    """By itself, with its sisters, as what is left of the whole; a relation or the formula says whether they are counted at once."""
    assert pairs("passed", "tested") == [("passed", "tested", True, False)]
    assert pairs("passed", "tested", relations=True) == [("passed", "tested", True, True)]
    assert pairs("passed", "passed + failed") == [("passed", "passed + failed", True, True)]
    assert pairs("tested - failed", "tested") == [("failed", "tested", True, False)]
    assert pairs("passed", "tested", failed=parse_linear("failed")) == [("passed", "tested", True, True), ("failed", "tested", True, True)]


@pytest.mark.parametrize(
    ("numerator", "denominator", "more"),
    [
        ("passed - passed@ly", "passed@ly", {}),  # a growth
        ("passed", "passed@ly", {}),
        ("tested@ly - failed@ly", "tested@ly", {}),
        ("opened - closed", "opened", {}),  # may be less than nothing, but opened - closed ≤ opened whatever they are
        ("opened", "opened - closed", {}),
        ("2 * passed", "tested", {}),
        ("passed", "0.5 * tested", {}),
        ("recovered", "tested", {}),  # 万元 of 批次
        ("net", "opened", {}),  # signed
        ("shops", "leaflets", {}),
        ("passed", "tested", {"may_exceed": True}),
        ("passed", "tested", {"target_kind": TargetKind.PROGRESS}),
        ("passed", "tested", {"target_kind": TargetKind.GROWTH}),
        ("passed", "tested", {"unit": "批次/批次", "scale": 1}),
    ],
)
def test_what_is_no_part(numerator: str, denominator: str, more: dict[str, object]) -> None:
    """A growth, a net increase, a weighted sum, unlike things, a task that may be overfulfilled, a ratio that is no share."""
    strict = [pair for pair in pairs(numerator, denominator, **more) if pair[0] == numerator]

    assert strict == []


def test_a_flow_of_a_stock_may_be_more() -> None:
    """What came this year may be more than what is there at its end; a stock is no part of what has come so far."""
    catalog = FOUND | {"present": measure("present", "在册", MeasureKind.STOCK, "批次")}
    flow = replace(CATALOG, measures=catalog, relations={}, indicators={"x": indicator("x", "某率", "passed", "present")})
    stock = replace(CATALOG, measures=catalog, relations={}, indicators={"x": indicator("x", "某率", "present", "tested")})

    assert [(pair.strict, pair.at_once) for pair in parts_of_wholes(flow)] == [(False, False)]
    assert parts_of_wholes(stock) == ()
