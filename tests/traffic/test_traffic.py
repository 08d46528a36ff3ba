"""
Another bureau, another domain: traffic accidents, vehicles and fines, by the folder of definitions alone.

Every figure goes the whole way: from the generated workbook, filled in, through the command line into the store and out
of it as JSON.  The arithmetic stands beside each expectation.
"""

import json
from collections.abc import Callable
from decimal import Decimal as D
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from kpi.catalog.load import load
from kpi.cli.app import main
from kpi.period import Month
from kpi.present import formulas
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template

CATALOG = Path(__file__).with_name("catalog")
SHEETS = {  # 本月数, 本年累计
    "2022-08": {"accidents": {"deaths": (2, 23), "accidents": (60, 480), "fatal_accidents": (2, 22)}},
    "2022-09": {
        "accidents": {"deaths": (3, 26), "accidents": (60, 540), "fatal_accidents": (3, 25)},
        "vehicles": {"vehicles": (None, 118000), "people": (None, 300000), "inspected": (3000, 27000)},
        "fines": {"fines_due": (50, 400), "fines_paid": (45, 380)},
    },
    "2023-08": {"accidents": {"deaths": (1, 18), "accidents": (50, 450), "fatal_accidents": (1, 17)}},
    "2023-09": {
        "accidents": {"deaths": (3, 21), "accidents": (50, 500), "fatal_accidents": (3, 20)},
        "vehicles": {"vehicles": (None, 125000), "people": (None, 302500), "inspected": (3100, 27300)},
        "fines": {"fines_due": (40, 360), "fines_paid": (D("42.5"), D("372.6"))},
    },
}
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sheets of four months, generated, filled in and taken in by the command line."""
    folder = tmp_path_factory.mktemp("traffic")
    catalog = load(CATALOG)
    inbox = folder / "inbox"
    inbox.mkdir()
    for month, offices in SHEETS.items():
        for office, figures in offices.items():
            values = {
                (code, column): D(number)
                for code, pair in figures.items()
                for column, number in zip((Column.MONTH, Column.YTD), pair, strict=True)
                if number is not None
            }
            (inbox / f"{month}_{office}.xlsx").write_bytes(write_template(catalog, office, Month.parse(month), Filling(values)))
    assert main(["ingest", str(inbox), "--confirm", "属实", "--data", str(folder / "data"), "--catalog", str(CATALOG), "--json"]) == 0
    return folder / "data"


@pytest.fixture
def ask(data: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    def run(*arguments: str) -> Any:
        capsys.readouterr()
        assert main([*arguments, "--data", str(data), "--catalog", str(CATALOG), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture(scope="module")
def rows(data: Path) -> dict[str, dict[str, Any]]:
    from kpi.bureau import open_bureau
    from kpi.documents.figure_documents import board_document
    from kpi.documents.json_document import document_text
    from kpi.period import Span
    from kpi.review.board import board

    with open_bureau(data, CATALOG) as bureau:
        month = Month(2023, 9)
        document = board_document(month, Span.YTD, board(bureau, month), bureau.catalog)
    return {row["indicator"]: row for row in json.loads(document_text(document))["rows"]}


def close(written: str, exact: Fraction) -> bool:
    """Equal to every digit that a quotient of 28 digits can have."""
    return abs(Fraction(written) - exact) <= abs(exact) / 10**25


def test_a_yearly_rate_from_nine_months(rows):
    """21 deaths in 273 days among 125 000 vehicles: 21 × 10 000 ÷ 125 000 × 365 ÷ 273 = 146/65 = 2.246 a year, not 1.68."""
    row = rows["deaths_per_10k_vehicles"]

    assert close(row["value"], Fraction(146, 65))
    assert close(row["value"], Fraction(21 * 10000 * 365, 125000 * 273))
    assert (row["numerator"], row["denominator"], row["annualised_days"]) == ("21", "125000", 273)
    assert "已折合全年：273 天的数按 365 天计" in row["words"]


def test_a_yearly_rate_is_held_to_its_ceiling(rows):
    """2.246 against at most 2.2 with a tolerance of 0.1: behind by 0.046; without the year's days 1.68 would have met it."""
    row = rows["deaths_per_10k_vehicles"]

    assert (row["status"], row["target"], row["pace"]) == ("滞后", "2.2", None)
    assert close(row["gap"], Fraction(146, 65) - Fraction("2.2"))


def test_a_yearly_rate_against_last_years(rows):
    """26 among 118 000 in the same 273 days: 18980/6443 …; both years are put on 365 days, so the days cancel out."""
    row = rows["deaths_per_10k_vehicles"]

    assert close(row["prior_value"], Fraction(26 * 10000 * 365, 118000 * 273))
    assert abs(Fraction(row["yoy"]) - (Fraction(21 * 118000, 125000 * 26) - 1) * 100) < Fraction(1, 10**24)
    assert row["yoy_unit"] == "%"


def test_a_rate_by_a_hundred_thousand_people(rows):
    """21 × 100 000 ÷ 302 500 × 365 ÷ 273 = 9.28 …, from the sheets of two offices."""
    assert close(rows["deaths_per_100k_people"]["value"], Fraction(21 * 100000 * 365, 302500 * 273))


def test_a_rate_above_a_hundred(rows):
    """372.6 万元 collected of 360 due, old debts among them: 103.5 %, +8.5 个百分点 on 380/400, and no part larger than its whole."""
    row = rows["collection_rate"]

    assert (row["value"], row["prior_value"], row["yoy"], row["yoy_unit"], row["status"]) == ("103.5", "95", "8.5", "个百分点", "达标")


def test_growth_of_a_stock(rows):
    """125 000 after 118 000: 7000/118000."""
    assert close(rows["vehicles_growth"]["value"], Fraction(7000 * 100, 118000))


def test_less_is_better(rows):
    """20 of 500 are 4 % against at most 5; last year 25 of 540."""
    row = rows["fatal_share"]

    assert (row["value"], row["status"], row["gap"]) == ("4", "达标", "-1")
    assert close(row["prior_value"], Fraction(2500, 540))


def test_a_total_on_its_pace(rows):
    """27 300 of 36 500 by day 273 of 365: 27 300 were due, to the vehicle."""
    row = rows["inspected"]

    assert (row["status"], row["gap"]) == ("达标", "0")
    assert close(row["pace"], Fraction(27300, 365))


def test_the_months_own_yearly_rate(ask):
    """3 deaths in the 30 days of September: 3 × 10 000 ÷ 125 000 × 365 ÷ 30 = 2.92."""
    [row] = [
        row for row in ask("board", "--period", "2023-09", "--span", "month", "--office", "事故科")["rows"] if row["indicator"] == "deaths_per_10k_vehicles"
    ]

    assert (row["value"], row["annualised_days"]) == ("2.92", 30)


def test_the_series_and_the_missed(ask):
    """August has deaths but no vehicles, so its rate is 未报 and not carried; the missed list holds the one rate behind."""
    points = ask("series", "deaths_per_10k_vehicles", "--from", "2023-08", "--to", "2023-09")["points"]

    assert [(point["state"], point["carried"]) for point in points] == [("未报", False), ("数值", False)]
    assert [row["indicator"] for row in ask("missed", "--period", "2023-09")["rows"]] == ["deaths_per_10k_vehicles"]


def test_every_part_leads_to_its_cell(ask):
    """Deaths from one office's file, vehicles from the other's."""
    parts = ask("source", "deaths_per_10k_vehicles", "--period", "2023-09")["parts"]
    stated = [(part["part"], part["office"], part["file"], part["value"]) for part in parts if part["column"] == "本年累计"]

    assert stated == [("分子", "accidents", "2023-09_accidents.xlsx", "21"), ("分母", "vehicles", "2023-09_vehicles.xlsx", "125000")]


def test_relations_and_completeness_of_the_other_bureau(ask):
    """20 fatal accidents of 500; three sheets were owed and came."""
    [relation] = ask("relations", "--period", "2023-09")["relations"]

    assert (relation["id"], relation["result"]) == ("T1", "holds")
    assert [row["received"] is not None for row in ask("completeness", "--period", "2023-09")["rows"]] == [True, True, True]


def test_the_definition_prints_the_days(data):
    catalog = load(CATALOG)
    said = formulas.indicator(catalog.indicators["deaths_per_10k_vehicles"], catalog.measures)

    assert said == "交通事故死亡人数 ÷ 机动车保有量 × 10000 × 全年天数 ÷ 已过天数"
