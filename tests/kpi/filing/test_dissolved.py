"""Sheets of a district that was dissolved: its successor may send them, and nobody is led to a unit that is not there."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from kpi.bureau import Bureau, open_bureau
from kpi.cli.app import main
from kpi.filing.intake import Outcome, Prepared, Upload, prepare
from kpi.period import Month
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template
from tests.kpi.changing import changing_catalog

TODAY = date(2023, 12, 4)
FIGURES = {("visits", Column.MONTH): D(30), ("entities", Column.YTD): D(9000)}


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    folder = tmp_path_factory.mktemp("dissolved")
    with open_bureau(folder / "data", changing_catalog(folder / "catalog")) as opened:
        yield opened


def read(bureau: Bureau, month: str, org: str | None = None, of: str | None = "donghu") -> Prepared:
    """The sheet of 东湖区, which was there until June 2023, or of nobody; as told."""
    data = write_template(bureau.catalog, "credit", Month.parse(month), Filling(values=FIGURES), of)
    [found] = prepare(bureau, [Upload("报表.xlsx", data, org=org)], today=TODAY)
    return found


def said(found: Prepared) -> dict[str, tuple[str, str]]:
    return {f.code: (f.severity.value, f.seen) for f in found.findings if f.code in ("wrong-org", "org-mismatch", "org-not-there", "unknown-org")}


def test_the_successor_may_send_a_sheet_of_after_the_end(bureau):
    """Of August it is let through with a CHECK that says whose sheet it was; of June it is 东湖区's own still."""
    heir = read(bureau, "2023-08", "nanhu")
    seen = "这是东湖区市场监管局的报表，它只到 2023 年 6 月，此后由南湖区市场监管局承接，这份按南湖区市场监管局读取"
    assert (heir.org, heir.status, said(heir)) == ("nanhu", Outcome.NEEDS_CONFIRMATION, {"org-mismatch": ("check", seen)})

    own = read(bureau, "2023-06", "nanhu")
    assert (own.status, said(own)) == (Outcome.REJECTED, {"wrong-org": ("block", "这是东湖区市场监管局的报表，不是南湖区市场监管局的")})
    other = read(bureau, "2023-08", "gangkou")
    assert said(other) == {"wrong-org": ("block", "这是东湖区市场监管局的报表，不是港口区市场监管局的")}


def test_a_sheet_of_after_the_end_says_how_the_successor_sends_it(bureau):
    found = read(bureau, "2023-08")
    [finding] = [f for f in found.findings if f.code == "org-not-there"]
    assert (found.status, finding.severity.value) == (Outcome.REJECTED, "block")
    assert finding.remedy == "请核对表上的月份；确是这个月的，用「改选」选南湖区市场监管局，或把表上的单位改写成南湖区市场监管局，由它报送"


@pytest.mark.parametrize(("month", "there"), [("2023-08", False), ("2023-06", True)])
def test_nobody_is_led_to_a_unit_that_is_not_there(bureau, month, there):
    """A sheet that does not say whose it is offers 东湖区 up to its last month."""
    found = read(bureau, month, of=None)
    assert found.report is not None
    [question] = found.report.questions
    [finding] = [f for f in found.findings if f.code == "unknown-org"]
    assert ("donghu" in {code for code, _ in question.candidates} or "东湖区" in finding.remedy) is there


def test_the_template_of_a_dissolved_unit_says_since_when_and_who_carries_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    catalog = changing_catalog(tmp_path / "catalog")

    def template(month: str, org: str) -> str:
        assert main(["template", "credit", "--period", month, "--org", org, "--out", str(tmp_path / "表.xlsx"), "--catalog", str(catalog)]) == 1
        return capsys.readouterr().err.replace("\n", "")

    assert template("2023-08", "东湖").endswith("东湖区市场监管局只到 2023 年 6 月，此后已撤销，由南湖区市场监管局承接；请改选南湖区市场监管局，或改选月份。")
    assert template("2022-08", "新城").endswith("新城区市场监管局 2022 年 9 月才设立，2022 年 8 月没有它的报表；请改选月份或单位。")
