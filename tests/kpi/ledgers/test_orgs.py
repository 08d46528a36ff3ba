"""Ledgers of several organisations: told, or by the name of the sheet, of the file or of its folder; each filed for itself."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from kpi.bureau import open_bureau
from kpi.catalog.load import DEFAULT
from kpi.intake import Outcome, accept, prepare
from tests.kpi.ledgers.books import workbook

TODAY = date(2023, 12, 3)
ORGS = """
[[org]]
code = "city"
name = "江城市市场监管局"

[[org]]
code = "donghu"
name = "东湖区市场监管局"
aliases = ["东湖"]
parent = "city"

[[org]]
code = "nanhu"
name = "南湖区市场监管局"
aliases = ["南湖"]
parent = "city"
"""
CASES = """
2023年11月食品抽检台账
抽样单编号 | 抽样日期   | 检验结论
A1         | 2023-11-05 | 合格
A2         | 2023-11-06 | 不合格
"""


@pytest.fixture
def city(tmp_path):
    """The shipped catalogue under a city of two districts."""
    shutil.copytree(DEFAULT, tmp_path / "catalog")
    (tmp_path / "catalog" / "orgs.toml").write_text(ORGS, encoding="utf-8")
    with open_bureau(tmp_path / "data", tmp_path / "catalog") as bureau:
        yield bureau


def test_whose_a_ledger_is_says_its_sheet_its_file_or_its_folder(city):
    uploads = [workbook("台账.xlsx", 东湖台账=CASES), workbook("南湖抽检.xlsx", 台账=CASES), replace(workbook("台账.xlsx", 台账=CASES), folders=("东湖区",))]

    assert [[one.org for one in prepare(city, [upload], today=TODAY)] for upload in uploads] == [["donghu"], ["nanhu"], ["donghu"]]
    [told] = prepare(city, [workbook("台账.xlsx", 台账=CASES)], today=TODAY, org="nanhu")
    assert (told.org, told.message.partition("读出")[0]) == ("nanhu", "南湖区市场监管局食品安全协调科 2023 年 11 月食品抽检台账")
    [unknown] = prepare(city, [workbook("台账.xlsx", 台账=CASES)], today=TODAY)
    assert (unknown.org, unknown.status, unknown.findings[0].code) == (None, Outcome.REJECTED, "unknown-org")


def test_the_same_cases_of_two_organisations_are_not_filed_twice(city):
    """Numbers of cases are each organisation's own."""
    found = prepare(city, [workbook(f"{name}.xlsx", 台账=CASES) for name in ("东湖", "南湖")], today=TODAY)
    assert not [finding for one in found for finding in one.findings if finding.code in ("case-filed-before", "same-report-twice")]

    stored = accept(city, found, "王统计", "已核对")
    assert [(one.org, one.template, one.batch.split("/")[1]) for one in stored] == [(org, "food_sampling_ledger", org) for org in ("donghu", "nanhu")]
    assert city.store.filed_cases("food_coordination", "food_sampling_ledger", "nanhu")[0][1] == {"A1": 3, "A2": 4}
    assert city.store.verify() == []
