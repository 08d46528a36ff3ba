"""What an indicator is made of, as the rows that SQL joins."""

from decimal import Decimal as D

import pytest

from kpi.catalog import load
from kpi.catalog.formula import parse_linear
from kpi.catalog.model import Catalog
from kpi.figures.definitions import definitions, formulas, shift, subtracts
from tests.bureaus import write
from tests.soundness.catalog import QUALITY, files, indicator

MORE = [
    indicator("weighted", "加权合格率", "0.5 * passed + 0.25 * failed", "tested"),
    indicator("balance", "合格比不合格多", "passed - failed", unit="批次"),
    indicator("balance_rate", "合格比不合格多占比", "passed - failed", "tested"),
    indicator("base", "比上年", "tested", "tested@ly"),
]
Row = dict[str, object]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return load.load(write(tmp_path_factory.mktemp("catalog"), files(quality="\n".join([QUALITY, *MORE]))))


@pytest.fixture(scope="module")
def rows(catalog: Catalog) -> list[Row]:
    """The rows of the table ``term``."""
    columns = definitions(catalog)["term"]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def told(rows: list[Row], code: str, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row[column] for column in columns) for row in rows if row["indicator"] == code]


@pytest.mark.parametrize(
    ("formula", "power"),
    [("tested", 0), ("100 * tested", 0), ("0.5 * tested", 1), ("0.0001 * fines", 4), ("0.5 * passed + 0.25 * failed", 2), ("0.25 * passed + 3 * failed", 2)],
)
def test_coefficients_are_made_whole_by_the_digits_of_the_longest(formula, power):
    """0.25 has two digits and becomes 25 by 100, and 0.5 beside it 50; 100 is whole as it is, and is not made smaller."""
    assert shift(parse_linear(formula)) == power


@pytest.mark.parametrize(
    ("formula", "takes_off"),
    [
        ("passed + failed", False),
        ("0.5 * passed", False),
        ("passed + failed - failed", False),  # counted not at all
        ("passed - failed", True),
        ("passed - 0.5 * failed", True),
        ("tested@ly", True),
        ("passed + failed@ly", True),
    ],
)
def test_one_term_that_takes_off_or_looks_back_is_enough(formula, takes_off):
    assert subtracts(parse_linear(formula)) is takes_off


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("pass_rate", {"numerator": "passed", "denominator": "tested", "failed": "failed", "total": "taken", "reported": "pass_rate"}),
        ("plain_rate", {"numerator": "passed", "denominator": "tested"}),
        ("both", {"numerator": "tested + food_tested"}),
        ("taken", {"numerator": "taken"}),  # a measure
    ],
)
def test_an_indicator_has_the_parts_that_the_catalogue_writes_and_a_measure_itself(catalog, code, parts):
    assert {part: formula.text for part, formula in formulas(catalog, code).items()} == parts


@pytest.mark.parametrize(
    ("code", "terms"),
    [
        ("weighted", [("numerator", "passed", 50, 0, 2), ("numerator", "failed", 25, 0, 2), ("denominator", "tested", 1, 0, 1)]),
        ("fines_billion", [("numerator", "fines", 1, 0, 1)]),
        ("shops_growth", [("numerator", "shops", 1, 0, 2), ("numerator", "shops", -1, 1, 2), ("denominator", "shops", 1, 1, 1)]),
        ("taken", [("numerator", "taken", 1, 0, 1)]),
    ],
)
def test_a_term_is_a_row_with_a_whole_coefficient(rows, code, terms):
    """0.5 and 0.25 by 100 are 50 and 25; 0.0001 by 10000 is 1; each row knows how many terms its part has."""
    assert told(rows, code, "part", "measure", "coefficient", "years_back", "terms") == [(*term[:2], D(term[2]), *term[3:]) for term in terms]


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        # part, whether its months add up, whether the indicator is divided, whether its parts need each other's months
        ("tested", [("numerator", True, False, False)]),
        ("taken", [("numerator", True, False, False)]),
        ("balance", [("numerator", False, False, True), ("numerator", False, False, True)]),
        ("plain_rate", [("numerator", True, True, True), ("denominator", True, True, True)]),
        ("balance_rate", [("numerator", False, True, True), ("numerator", False, True, True), ("denominator", True, True, True)]),
        ("base", [("numerator", True, True, True), ("denominator", False, True, True)]),
    ],
)
def test_the_months_of_a_part_add_up_where_it_takes_off_nothing(rows, code, parts):
    """合格 less 不合格 of different months says nothing, nor does last year's; a rate or a difference is of months that all its terms have."""
    assert told(rows, code, "part", "additive", "divided", "joint") == parts


def test_what_is_a_rate_per_year_says_so_in_every_row(rows):
    assert {row["indicator"] for row in rows if row["annualised"]} == {"failed_per_shop"}
    assert told(rows, "failed_per_shop", "annualised") == [(True,), (True,)]


def test_every_code_that_can_be_asked_for_has_rows(catalog, rows):
    """Measures that are no indicators are entered as ones of themselves, 食品检验批次 of the other office too."""
    assert {"plain_rate", "taken", "food_tested"} <= {row["indicator"] for row in rows} == set(catalog.codes)
