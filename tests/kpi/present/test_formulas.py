"""Formulas in words."""

from kpi.catalog.formula import parse_linear
from kpi.catalog.measure import Measure, MeasureKind
from kpi.period import CALENDAR_YEAR
from kpi.present import formulas


def measure(code: str, name: str) -> Measure:
    return Measure(code=code, name=name, office="food", topic="抽检", unit="批次", kind=MeasureKind.FLOW)


MEASURES = {"passed": measure("passed", "合格批次"), "tested": measure("tested", "检验批次"), "people": measure("people", "常住人口")}


def test_names_stand_in_the_place_of_codes():
    assert formulas.linear(parse_linear("passed"), MEASURES) == "合格批次"
    assert formulas.linear(parse_linear("passed + 2 * tested"), MEASURES) == "合格批次 + 2 × 检验批次"
    assert formulas.linear(parse_linear("passed - passed@ly"), MEASURES) == "合格批次 - 上年同期合格批次"
    assert formulas.linear(parse_linear("-passed + tested"), MEASURES) == "- 合格批次 + 检验批次"


def test_parts_of_more_than_one_word_are_bracketed(demo):
    catalog = demo.catalog
    assert formulas.indicator(catalog.indicators["food_sampling_pass_rate"], catalog.measures).endswith(" ÷ 食品抽检检验批次 × 100%")
    growth = formulas.indicator(catalog.indicators["market_entities_growth_yoy"], catalog.measures)
    assert growth == "（期末在业市场主体总量 - 上年同期期末在业市场主体总量） ÷ 上年同期期末在业市场主体总量 × 100%"
    assert "÷ （10 × 常住人口）" in formulas.indicator(catalog.indicators["food_samples_per_thousand"], catalog.measures)


def test_what_a_reader_of_a_formula_must_know(demo):
    """Another year, another scope, a flow over what stands: said on the page, since each can mislead and none is an error."""
    catalog = demo.catalog

    def cautions(code: str) -> list[str]:
        return formulas.cautions(catalog.indicators[code], catalog.measures, CALENDAR_YEAR)

    assert cautions("food_sampling_pass_rate") == []
    assert cautions("annual_report_rate_enterprise") == ["2026 年报送的是 2025 年度的数，目标写在报送当年"]
    assert cautions("retail_pharmacy_inspection_coverage") == ["分子是本局的数，分母是全区的数", "分子是时期数，逐月累加；分母是时点数，取截止日的数"]
    assert cautions("drug_traceability_onboarding_rate")[1] == "分子是时点数，取截止日的数；分母是时期数，逐月累加"


def test_every_indicator_of_the_catalogue_can_be_said(demo):
    for indicator in demo.catalog.indicators.values():
        assert "_" not in formulas.indicator(indicator, demo.catalog.measures)
