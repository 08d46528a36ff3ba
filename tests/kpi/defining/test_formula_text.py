"""A formula typed with names is one of codes; what could be several things is asked, and a slip is named with what is nearest."""

from dataclasses import replace

import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.catalog.model import Catalog
from kpi.defining.formula_text import coded
from kpi.present import formulas
from kpi.workbook.definitions.field_reading import FieldError


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The catalogue of the project."""
    return load(DEFAULT)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("食品抽检合格批次", "food_samples_passed"),
        ("（食品抽检合格批次＋上年同期食品抽检检验批次）÷ 2", "(food_samples_passed+food_samples_tested@ly)/ 2"),
        ("food_samples_passed  -\n2×食品抽检不合格批次", "food_samples_passed - 2*food_samples_failed"),
        ("food_samples_passed@ly", "food_samples_passed@ly"),
    ],
)
def test_names_become_codes_and_signs_those_of_formulas(catalog: Catalog, typed: str, code: str) -> None:
    """Signs of a Chinese keyboard too; a code stays one."""
    assert coded(typed, catalog) == code


def test_what_a_page_says_of_a_formula_can_be_typed(catalog: Catalog) -> None:
    """Every formula of the catalogue in names, typed by its own office, is that formula again."""
    for indicator in catalog.indicators.values():
        for formula in filter(None, (indicator.numerator, indicator.denominator, indicator.failed, indicator.total)):
            assert coded(formulas.side(formula.text, catalog), catalog, indicator.office) == formula.text


def test_a_name_that_is_nobodys_is_named_with_the_nearest(catalog: Catalog) -> None:
    """The rest of the formula is not taken for a part of it."""
    with pytest.raises(FieldError, match="里的「食品抽检检验批」不是数据项的名称或代码，最接近的是「食品抽检检验批次」；请改正"):
        coded("食品抽检检验批 + 1", catalog)


def test_a_name_of_several_offices_is_asked_except_of_one_of_them(catalog: Catalog) -> None:
    """The office whose indicator it is means its own."""
    two = catalog.measures["food_samples_passed"].model_copy(update={"code": "other", "office": "drug"})
    both = replace(catalog, measures={**catalog.measures, "other": two})
    with pytest.raises(FieldError, match="里的「食品抽检合格批次」有 2 个：食品安全协调科的 food_samples_passed、药品监管科的 other；请写代码"):
        coded("食品抽检合格批次", both)
    assert coded("食品抽检合格批次", both, "drug") == "other"
