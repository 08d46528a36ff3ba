"""Formulas in words."""

from kpi.catalog.formula import parse_linear
from kpi.catalog.model import Measure, MeasureKind
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


def test_every_indicator_of_the_catalogue_can_be_said(demo):
    for indicator in demo.catalog.indicators.values():
        assert "_" not in formulas.indicator(indicator, demo.catalog.measures)
