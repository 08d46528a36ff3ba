"""The figures of the demonstration: true to the published summary, and sound in every one of their months."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from kpi.catalog.formula import Expression
from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.relation import Raises, Relation, RelationKind
from kpi.demo.demo_figures import DemoFigure, table
from kpi.demo.samples import FIRST, LAST, Origin, read_samples
from kpi.errors import RequestError
from kpi.period import Month, months

Table = dict[Month, dict[str, DemoFigure]]

with (Path(__file__).parent / "stated.tsv").open(encoding="utf-8", newline="") as file:
    STATED = list(csv.DictReader(file, delimiter="\t"))

COMPUTED_BY_FORM = (RelationKind.DERIVED, RelationKind.REACHABLE, RelationKind.EVERY_RATE, RelationKind.EVERY_COUNT)


def half_up(exact: Fraction, decimals: int) -> Decimal:
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def numbers(figures: Table, month: Month, sides: tuple[Expression, ...]) -> dict[tuple[str, int], Fraction] | None:
    """The parts of a relation in a month; None when one of them is no number."""
    found = {}
    for code, years_back in (key for side in sides for key in side.codes):
        figure = figures.get(month.plus(-12 * years_back), {}).get(code)
        if figure is None or isinstance(figure.ytd, str):
            return None
        found[code, years_back] = Fraction(figure.ytd)
    return found


def holds(relation: Relation, left: Fraction, right: Fraction) -> bool:
    if relation.op == "≈":
        return half_up(left, relation.decimals or 0) == right
    return {"=": left == right, "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right, "!=": left != right}[relation.op]


def violated(catalog: Catalog, figures: Table, relations: list[Relation]) -> Iterator[tuple[str, Month]]:
    for relation in relations:
        if relation.left is None or relation.right is None or relation.kind in COMPUTED_BY_FORM:
            continue
        for month in figures:
            parts = numbers(figures, month, (relation.left, relation.right))
            if parts is None or relation.period not in (None, str(month)):
                continue
            try:
                left, right = relation.left.evaluate(parts), relation.right.evaluate(parts)
            except ZeroDivisionError:
                continue
            if not holds(relation, left, right):
                yield relation.id, month


@pytest.mark.parametrize("row", STATED, ids=lambda row: row["code"])
def test_last_month_repeats_the_summary(row: dict[str, str], figures: Table) -> None:
    """What the 2023 summary states, contradictions included, stands in November's sheet, with its wording and its day."""
    figure = figures[LAST][row["code"]]

    assert figure.ytd == Decimal(row["value"])
    assert figure.as_of == date.fromisoformat(row["as_of"])
    assert str(figure.written) == (row["worded"] or str(figure.ytd))


def test_what_the_summary_does_not_state_is_called_fictional() -> None:
    """Every figure that is not in the frozen list is marked 虚构, and none that is."""
    invented = {sample.code for sample in read_samples().figures.values() if sample.origin is Origin.INVENTED}

    assert invented.isdisjoint(row["code"] for row in STATED)
    assert set(read_samples().figures) == invented | {row["code"] for row in STATED}


def test_covers_every_measure_in_every_month(catalog: Catalog, figures: Table) -> None:
    """23 months, and in each exactly the measures that stand on a sheet."""
    assert list(figures) == list(months(FIRST, LAST))
    assert all(list(row) == list(catalog.owed) for row in figures.values())


def test_last_month_has_a_number_everywhere(figures: Table) -> None:
    """November's board must not suffer from missing figures."""
    assert [code for code, figure in figures[LAST].items() if isinstance(figure.ytd, str)] == []


def test_months_add_up_to_the_cumulative_figure(catalog: Catalog, figures: Table) -> None:
    """Whenever a flow has a cumulative number, it is the sum of the year's monthly numbers so far."""
    for code, measure in catalog.owed.items():
        if measure.kind is not MeasureKind.FLOW:
            continue
        for month, row in figures.items():
            if isinstance(row[code].ytd, Decimal):
                year = [figures[each][code].month for each in months(Month(month.year, 1), month)]
                assert sum(part for part in year if isinstance(part, Decimal)) == row[code].ytd, (code, month)


def test_no_month_is_negative(figures: Table) -> None:
    """A cumulative figure never falls within its year."""
    steps = [figure.month for row in figures.values() for figure in row.values()]

    assert min(step for step in steps if isinstance(step, Decimal)) >= 0


def test_counts_are_whole_and_rates_are_rates(catalog: Catalog, figures: Table) -> None:
    """No figure has more digits than its measure allows, none is negative, and no rate passes 100 %."""
    for code, measure in catalog.owed.items():
        for row in figures.values():
            value = row[code].ytd
            if isinstance(value, Decimal):
                assert value == round(value, measure.decimals)
                assert value >= 0
                assert measure.kind is not MeasureKind.RATE or value <= 100


def test_a_month_is_empty_exactly_where_its_day_has_not_moved(catalog: Catalog, figures: Table) -> None:
    """A figure that runs to the end of October says in November: same cumulative, no 本月数."""
    for code, measure in catalog.owed.items():
        if measure.kind is not MeasureKind.FLOW:
            continue
        for month in months(FIRST.plus(1), LAST):
            before, now = figures[month.plus(-1)][code], figures[month][code]
            assert (now.month is None) == (before.as_of == now.as_of), (code, month)
            assert now.month is not None or before.ytd == now.ytd


def test_both_years_run_to_the_same_days(figures: Table) -> None:
    """November 2022 has the cut-offs of November 2023, so that like is compared with like."""
    for code, figure in figures[LAST].items():
        assert figures[LAST.plus(-12)][code].as_of == figure.as_of.replace(year=2022)
        assert figures[Month(2022, 12)][code].as_of == date(2022, 12, 31)


def test_relations_hold_but_for_the_published_contradictions(catalog: Catalog, figures: Table) -> None:
    """Every relation that asks for a correction or an explanation holds in all 23 months, save three in the last."""
    grave = [relation for relation in catalog.relations.values() if relation.raises in (Raises.BLOCK, Raises.CHECK) or relation.strength == "hard"]

    assert set(violated(catalog, figures, grave)) == {("R051", LAST), ("R052", LAST), ("R100", LAST)}


def test_coal_and_certificates_differ_by_what_was_published(figures: Table) -> None:
    """44 + 7 is not 54, and 38 + 12 + 20 + 17 is not 89; a month earlier both added up."""
    coal = ("coal_samples_passed", "coal_samples_failed"), "coal_samples_tested"
    certificates = tuple(f"certificates_{kind}" for kind in ("qms", "organic", "green", "other")), "certificates_total"

    for (parts, whole), gap in ((coal, 3), (certificates, 2)):
        for month, expected in ((LAST, gap), (LAST.plus(-1), 0)):
            total, *rest = (Decimal(figures[month][code].ytd) for code in (whole, *parts))
            assert total - sum(rest) == expected


@pytest.mark.parametrize(("code", "growth"), [("x_market_entities_stock", "13.7"), ("market_entities_new", "27.1")])
def test_growth_of_market_entities(code: str, growth: str, figures: Table) -> None:
    """The two growth rates of the summary follow from our own record of the year before."""
    now, before = (Fraction(Decimal(figures[month][code].ytd)) for month in (LAST, LAST.plus(-12)))

    assert half_up((now / before - 1) * 100, 1) == Decimal(growth)


@pytest.mark.parametrize(
    ("part", "whole", "rate"),
    [
        ("x_annual_reports_enterprise", "x_annual_report_due_enterprise", "86.04"),
        ("x_annual_reports_cooperative", "x_annual_report_due_cooperative", "76.09"),
        ("x_annual_reports_individual", "x_annual_report_due_individual", "86.25"),
        ("x_catering_rated", "x_catering_licensed", "99.01"),
        ("x_longshang_active_entities", "x_longshang_required_entities", "98.25"),
        ("x_food_rapid_tests_passed", "food_rapid_tests", "99.38"),
        ("x_special_equipment_inspected_in_time", "x_special_equipment_inspection_due", "98.41"),
        ("x_double_random_results_timely", "x_double_random_results", "53.05"),
        ("x_double_random_risk_tasks", "x_double_random_risk_base", "46.67"),
        ("x_double_random_problems", "x_double_random_checked", "3.79"),
    ],
)
def test_invented_parts_give_the_stated_rate(part: str, whole: str, rate: str, figures: Table) -> None:
    """Where the summary gives a rate without its parts, the parts made up for it round to that rate."""
    row = figures[LAST]

    assert half_up(Fraction(Decimal(row[part].ytd)) / Fraction(Decimal(row[whole].ytd)) * 100, 2) == Decimal(rate)


def test_faces_are_kept_apart(figures: Table) -> None:
    """What had not begun, was withheld, is being tested or was forgotten is a word, never a zero."""
    assert figures[Month(2022, 11)]["mashang_fangxin_enterprises"].ytd == "未开展"
    assert figures[Month(2022, 11)]["drug_traceability_onboarding_rate"].ytd == "未开展"
    assert figures[Month(2022, 1)]["industrial_sampling_pass_rate"].ytd == "未开展"
    assert figures[Month(2022, 6)]["daily_control_enterprises"].ytd == "*"
    assert figures[Month(2022, 7)]["mobile_cooks_registered"].ytd == "未报"
    assert figures[Month(2023, 6)]["drug_samples_tested"].ytd == "在检"
    assert figures[LAST]["drug_samples_tested"].ytd == 0


def test_seasons_show(figures: Table) -> None:
    """Complaints peak round 15 March, food inspections before the autumn festival, annual reports in June."""

    def busiest(code: str) -> int:
        return max((Decimal(figures[month][code].month or 0), month.month) for month in months(Month(2023, 1), LAST))[1]

    assert busiest("complaints_12315") == 3
    assert busiest("food_entities_inspected") == 9
    rate = [Decimal(figures[Month(2023, month)]["annual_report_rate_individual"].ytd) for month in (5, 6, 7)]
    assert rate[1] - rate[0] > 10 * (rate[2] - rate[1])


def test_same_figures_every_time(catalog: Catalog, figures: Table) -> None:
    """Nothing depends on the clock or on chance."""
    assert table(catalog) == figures


def test_a_foreign_catalogue_is_refused_by_name(catalog: Catalog) -> None:
    """Another bureau's measure has no anchor: the message names it and says where one could be added."""
    measure = next(iter(catalog.measures.values())).model_copy(update={"code": "bridges_painted"})
    foreign = replace(catalog, measures={**catalog.measures, "bridges_painted": measure})

    with pytest.raises(RequestError, match="bridges_painted"):
        table(foreign)
