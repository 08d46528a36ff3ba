"""Organisations in the store: figures apart, corrections, locks and withdrawals of one alone, old folders as they were."""

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal as D

import pytest

from kpi.bureau import Bureau, open_bureau, rebuild_store
from kpi.catalog.organisation import Organisation
from kpi.errors import RequestError, StoreError
from kpi.filing.submissions import history, lock, unlock, withdraw
from kpi.period import Month
from kpi.store.database import Store
from kpi.store.decision import Act, Decision
from kpi.workbook.report import Column
from tests.kpi.province import BUREAUS, report
from tests.kpi.store.reports import accepted, catalog_of

NOVEMBER = Month(2023, 11)


def figures(store: Store, measure: str) -> dict[str, tuple[D | None, str]]:
    """The cumulative figure of November by organisation."""
    asked = "select org, ytd, ytd_state from figure where measure = $measure and period = $day order by org"
    return {org: (ytd, state) for org, ytd, state in store.rows(asked, {"measure": measure, "day": NOVEMBER.first_day})}


@pytest.fixture
def filed(province: Bureau) -> Bureau:
    """Two bureaus have reported November, the same office of both."""
    province.store.commit(
        [
            report("donghu", "food", "2023-11", food_tested="40 400", food_passed="39 392"),
            report("gangkou", "food", "2023-11", food_tested="25 250", food_passed="25 245"),
        ]
    )
    return province


def test_the_figures_of_organisations_stand_apart(filed):
    unreported = dict.fromkeys(("beishan", "nanhu", "yuntai"), (None, "未报"))
    assert figures(filed.store, "food_tested") == {"donghu": (D(400), "数值"), "gangkou": (D(250), "数值")} | unreported
    assert sorted(BUREAUS) == list(figures(filed.store, "visits"))


def test_each_organisation_has_a_submission_of_its_own(filed):
    assert [(one.org, one.office) for one in filed.store.current_submissions(NOVEMBER)] == [("donghu", "food"), ("gangkou", "food")]
    assert filed.store.current("food", NOVEMBER, org="gangkou").file == "gangkou-food-2023-11.xlsx"
    assert filed.store.current("food", NOVEMBER, org="nanhu") is None
    assert [one.batch.split("/")[:4] for one in filed.store.submissions()] == [["batches", org, "food", "2023-11"] for org in ("donghu", "gangkou")]
    assert filed.store.verify() == []


def test_a_correction_replaces_the_same_organisations_figures_alone(filed):
    [again] = filed.store.commit([report("donghu", "food", "2023-11", food_tested="41 401", food_passed="39 392")])

    assert (again.seq, again.org) == (3, "donghu")
    assert {org: ytd for org, (ytd, _) in figures(filed.store, "food_tested").items() if ytd} == {"donghu": 401, "gangkou": 250}
    assert [(record.submission.seq, record.before) for record in history(filed, org="donghu")] == [(3, 1), (1, None)]


def test_a_withdrawal_takes_back_one_organisations_sheet(filed):
    withdraw(filed, 1, "李主任", "拿错了")

    assert {org: ytd for org, (ytd, _) in figures(filed.store, "food_tested").items() if ytd} == {"gangkou": 250}


def test_what_a_sheet_is_compared_with_is_its_own_organisations(filed):
    assert filed.store.stated("food", NOVEMBER, "gangkou")["food_tested", Column.YTD].number == 250
    assert filed.store.background(NOVEMBER, "donghu").present["food_tested"].ytd == 400
    assert filed.store.background(NOVEMBER, "nanhu").present == {}
    assert filed.store.history(["food"], NOVEMBER, NOVEMBER, "gangkou")["food_passed"][NOVEMBER].ytd == 245
    assert [(cell.org, cell.raw) for cell in filed.store.sources(["food_tested"], NOVEMBER, org="gangkou")][:2] == [("gangkou", "25"), ("gangkou", "250")]


def test_one_organisation_may_be_locked_or_all(filed):
    lock(filed, NOVEMBER, "李主任", "已上报", org="donghu")
    late = [report(org, "credit", "2023-11", visits="10 100") for org in ("donghu", "gangkou")]

    with pytest.raises(StoreError, match="东湖区市场监管局信用监管科 2023 年 11 月）没有入库：这个月的数据已由李主任"):
        filed.store.commit(late[:1])
    assert filed.store.commit(late[1:])[0].seq == 4

    lock(filed, NOVEMBER, "李主任", "全省定稿")
    assert {org: bool(filed.store.locked("food", NOVEMBER, org)) for org in BUREAUS} == dict.fromkeys(BUREAUS, True)
    unlock(filed, NOVEMBER, "李主任", "更正", org="yuntai")
    assert filed.store.locked("food", NOVEMBER, "yuntai") is None
    assert filed.store.decisions()[1].org is None


def test_a_city_cannot_be_locked_or_report_itself(filed):
    with pytest.raises(RequestError, match="江城市市场监管局自己不报数；锁定和解锁请写报数的单位"):
        lock(filed, NOVEMBER, "李主任", "定稿", org="jiangcheng")
    with pytest.raises(StoreError, match="江城市市场监管局自己不报数，它的数由下级机构汇总得出"):
        filed.store.commit([report("jiangcheng", "food", "2023-11", food_tested="1 1")])
    with pytest.raises(StoreError, match="「wuhu」不在指标目录的机构中"):
        filed.store.commit([report("wuhu", "food", "2023-11", food_tested="1 1")])


def test_the_database_is_made_again_from_the_batches(filed, province_catalog, tmp_path):
    before = filed.store.rows("select * from figure order by all")
    filed.close()

    assert rebuild_store(tmp_path / "data", province_catalog) == 2
    with open_bureau(tmp_path / "data", province_catalog) as again:
        assert again.store.rows("select * from figure order by all") == before
        assert again.store.verify() == []


def test_a_bureau_that_stands_alone_keeps_its_files_as_they_were(folder):
    """Nothing in its folder speaks of organisations; so what was written before there were any still opens."""
    with Store.open(folder, catalog_of()) as store:
        [made] = store.commit([accepted("2024-03", food_sampling_tested="5 12")])
        store.decide(Decision(Act.LOCK, Month(2024, 3), None, None, "李主任", datetime.fromisoformat("2024-04-08T12:00"), "定稿"))

        assert made.org == "bureau"
        assert made.batch.startswith("batches/food/2024-03/")
        assert store.rows("select distinct org from figure") == [("bureau",)]
    assert b'"org"' not in (folder / made.batch).read_bytes()
    entries = [entry for name in ("00000001.json", "00000002.json") for entry in json.loads((folder / "log" / name).read_text("utf-8"))["entries"]]
    assert ["org" in entry for entry in entries] == [False, False]


def test_a_bureau_that_joins_a_tree_brings_its_figures_along(folder):
    """It stands in the tree under the code that every record without an organisation is of."""
    alone = catalog_of()
    with Store.open(folder, alone) as store:
        store.commit([accepted("2023-11", food_producers="– 300")])

    orgs = [Organisation(code="city", name="江城市局"), *(Organisation(code=code, name=code, parent="city") for code in ("bureau", "other"))]
    with Store.open(folder, replace(alone, orgs={org.code: org for org in orgs}, digest="second")) as joined:
        assert figures(joined, "food_producers") == {"bureau": (D(300), "数值"), "other": (None, "未报")}
        assert joined.verify() == []
