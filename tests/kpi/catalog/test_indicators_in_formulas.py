"""Indicators within the formulas of others: their parts stand in their place, or a fault says why they cannot."""

from decimal import Decimal

import pytest

from kpi.catalog.derivation import Derivation, DerivationRule
from kpi.catalog.indicators_in_formulas import CatalogNames, read_earlier, read_parts

_RATE = {"numerator": "passed", "denominator": "tested", "scale": 100}
DOCUMENTS = {
    "offices.toml": {"office": [{"code": "quality", "name": "质量科"}, {"code": "food", "name": "食品科"}, {"code": "empty", "name": "综合科"}]},
    "quality.toml": {
        "measure": [
            {"code": "cases", "kind": "flow", "ledger_only": True},
            *({"code": code, "kind": "flow"} for code in ("passed", "tested")),
            {"code": "typed", "kind": "rate"},
        ],
        "indicator": [
            {"code": "rate", **_RATE},
            {"code": "typed", **_RATE},
            {"code": "tested", "numerator": "tested"},
            {"code": "work", "numerator": "tested + 2 * passed"},
            {"code": "failed_rate", "numerator": "tested - passed", "denominator": "tested", "scale": 100},
            {"code": "growth", "numerator": "tested - tested@ly", "denominator": "tested@ly", "scale": 100},
            {"code": "yearly", "numerator": "passed", "denominator": "shops", "annualised": True},
            {"code": "first", "numerator": "second + tested"},
            {"code": "second", "numerator": "first - tested"},
            {"code": "broken", "numerator": "tested +"},
            {"code": "product", "numerator": "passed * hours"},
        ],
    },
    "food.toml": {"measure": [{"code": "shops", "kind": "stock"}, {"code": "hours", "kind": "standard"}]},
}
NAMES = CatalogNames(DOCUMENTS)


def read(numerator: str, denominator: str = "", code: str = "new", **more: object):
    """The terms of the two parts, as ``coefficient code years_back``, the scale that the rate within says, and the faults."""
    faults: list[str] = []
    formulas, scale = read_parts({"code": code, "numerator": numerator, **({"denominator": denominator} if denominator else {}), **more}, NAMES, faults)
    sides = [
        " ".join(f"{term.coefficient:+f}·{term.measure}{'@ly' * term.years_back}" for term in formulas[key].terms) if key in formulas else ""
        for key in ("numerator", "denominator")
    ]
    return (*sides, scale, faults)


@pytest.mark.parametrize(
    ("numerator", "above"),
    [
        ("work", "+1·tested +2·passed"),
        ("3 * work - tested", "+2·tested +6·passed"),
        ("work@ly", "+1·tested@ly +2·passed@ly"),
        ("work@last_3m", "+1·tested@last_3m +2·passed@last_3m"),
        ("work * hours", "+1·hours*tested +2·hours*passed"),
        ("work - tested", "+2·passed"),
        ("tested", "+1·tested"),  # a measure before an indicator of its code: they are the same
    ],
)
def test_a_sum_within_a_formula_is_its_terms(numerator, above):
    assert read(numerator) == (above, "", None, [])


@pytest.mark.parametrize(
    ("numerator", "above", "below"),
    [
        ("rate", "+1·passed", "+1·tested"),
        ("typed", "+1·passed", "+1·tested"),  # the one that is computed, never the typed one
        ("100 - rate", "+1·tested -1·passed", "+1·tested"),
        ("rate / 2", "+0.5·passed", "+1·tested"),
        ("rate@last_12m", "+1·passed@last_12m", "+1·tested@last_12m"),
        ("rate@ly", "+1·passed@ly", "+1·tested@ly"),
        ("rate - failed_rate", "+2·passed -1·tested", "+1·tested"),
        ("100 + growth", "+1·tested", "+1·tested@ly"),
    ],
)
def test_a_rate_within_a_formula_keeps_its_two_parts_and_its_scale(numerator, above, below):
    """100 − 合格率 is (检验 − 合格) ÷ 检验 × 100, so that the one of a year is that of its batches and never a mean."""
    assert read(numerator) == (above, below, 100, [])


def test_rates_of_the_same_whole_are_divided_by_their_parts():
    assert read("rate", "failed_rate") == ("+1·passed", "+1·tested -1·passed", None, [])


@pytest.mark.parametrize(
    ("numerator", "denominator", "fault"),
    [
        ("first", "", "numerator 的公式绕成了圈：first → second → first"),
        ("rate", "shops", "numerator 的公式「rate」里的「rate」是率，再除以别的数，就没有自己的分子分母，累计、各科室合计都算不出"),
        ("shops", "rate", "numerator 的公式「shops」里的「rate」是率，作了分母，就没有自己的分子分母"),
        ("rate + shops", "", "numerator 的公式「rate + shops」把率「rate」和件数、户数等相加减；率只能与常数相加减"),
        ("rate * shops", "", "把率「rate」和数据项相乘；累计的率乘累计的数不等于逐月相乘再相加，请把率的分子、分母分别写进 numerator 和 denominator"),
        ("rate - rate@ly", "", "把分母不同的率「rate」和「rate」相加减"),
        ("growth@ly", "", "里的指标「growth」自己已经带 @ly，不能再带 @ly"),
        ("product@last_3m", "", "里的指标「product」含有乘积，不能带 @last_3m"),
        ("yearly", "", "numerator 的指标「yearly」折合成全年，不能写进别的公式"),
        ("broken", "", "numerator 的公式「tested +」写法有误"),
        ("empty@due", "", "里的「empty@due」不是科室"),
    ],
)
def test_what_cannot_be_said_in_sums_is_a_fault_with_what_to_write_instead(numerator, denominator, fault):
    *_, faults = read(numerator, denominator)

    assert fault in faults[0]


def changed(**earlier: str) -> CatalogNames:
    """The same catalogue, of which some indicators were defined otherwise up to a month."""
    indicators = [
        {**table, "earlier": [{"until": earlier[table["code"]], "numerator": "passed"}]} if table["code"] in earlier else table
        for table in (*DOCUMENTS["quality.toml"]["indicator"], {"code": "outer", "numerator": "100 - rate"}, {"code": "wide", "numerator": "2 * outer"})
    ]
    return CatalogNames({**DOCUMENTS, "quality.toml": {**DOCUMENTS["quality.toml"], "indicator": indicators}})


@pytest.mark.parametrize(
    ("earlier", "refused"),
    [({}, False), ({"rate": "2023-06"}, True), ({"rate": "2023-06", "wide": "2023-06"}, False), ({"rate": "2023-06", "wide": "2023-05"}, True)],
)
def test_an_indicator_that_was_defined_otherwise_needs_one_around_it_that_was_as_well(earlier, refused):
    """Else a month before the change would be computed as nobody computed it then; through however many indicators it stands."""
    faults: list[str] = []
    read_parts({"code": "wide", "numerator": "2 * outer"}, changed(**earlier), faults)

    assert bool(faults) == refused
    if refused:
        assert "的口径改过（到 2023-06 为止是另一种）" in faults[0]


@pytest.mark.parametrize(
    ("numerator", "alone"),
    [
        ("100 - rate", ("tested - passed", "tested")),
        ("rate / 2", ("0.5 * passed", "tested")),
        ("2 * work@ly - passed * hours", ("2 * tested@ly + 4 * passed@ly - hours * passed", "")),
        ("tested + passed / 4", ("tested + passed / 4", "")),
    ],
)
def test_a_formula_is_written_without_the_indicators_within_it(numerator, alone):
    """As an earlier definition is kept, which says all of itself; one of measures alone stays as it is written."""
    formulas, _ = read_parts({"code": "new", "numerator": numerator}, NAMES, [])

    assert tuple(formulas[key].in_measures if key in formulas else "" for key in ("numerator", "denominator")) == alone


def test_an_earlier_definition_may_count_sheets_and_holds_no_indicator():
    read = read_earlier({"until": "2023-06", "numerator": "quality@received", "denominator": "rate", "total": "rate +"}, NAMES)

    assert read["numerator"].terms[0].derivation == Derivation("quality@received", DerivationRule.RECEIVED, ("passed",), subject="质量科")
    assert (read["denominator"].codes, read["total"]) == (("rate",), "rate +")


def test_an_indicator_within_itself_is_a_loop():
    *_, faults = read("first + passed", code="second")

    assert faults == ["numerator 的公式绕成了圈：second → first → second"]


def test_the_scale_of_a_rate_is_written_once():
    *_, faults = read("100 - rate", scale=100)

    assert faults == ["numerator 的公式「100 - rate」里的率「rate」已经乘过 100，这里不要再写 scale"]


def test_results_are_counts():
    *_, faults = read("passed", "tested", total="rate", failed="work")

    assert faults == ["total 的公式「rate」里的「rate」是率；total 只能是件数、户数等"]


def test_sheets_are_of_an_office_or_of_all_that_owe_one():
    """The code of the first measure of a sheet stands for the sheet; one that a ledger counts is on none."""
    faults: list[str] = []
    formulas, _ = read_parts({"code": "new", "numerator": "quality@received", "denominator": "bureau@due"}, NAMES, faults)

    assert faults == []
    assert formulas["numerator"].terms[0].derivation == Derivation("quality@received", DerivationRule.RECEIVED, ("passed",), subject="质量科")
    assert formulas["denominator"].terms[0].derivation == Derivation("bureau@due", DerivationRule.DUE, ("passed", "shops"), subject="各科室")
    assert formulas["denominator"].terms[0].coefficient == Decimal(1)
