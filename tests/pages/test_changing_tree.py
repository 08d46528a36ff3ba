"""A tree that changes, on the pages: who is there in a month, and what a comparison over two trees says."""

from collections.abc import Iterator

import pytest

from kpi.bureau import Bureau, open_bureau
from kpi.period import Month
from tests.kpi.changing import LEAVES, changing_catalog, city, reports
from tests.pages.conftest import _over
from tests.pages.fragments import answer, body_of, table, texts

MONTHS = (Month(2022, 8), Month(2023, 6), Month(2023, 8))
MOVED = "机构变动：新城区市场监管局 2022 年 9 月设立，上年同期不含；北山区市场监管局 4 月起划入，上年同期不含。各月的数按当月的机构汇总。"


@pytest.fixture
def changing(tmp_path) -> Iterator[Bureau]:
    with open_bureau(tmp_path / "data", changing_catalog(tmp_path / "catalog")) as bureau:
        bureau.store.commit([one for month in MONTHS for leaf in LEAVES if city(leaf, month) for one in reports(leaf, month)])
        yield bureau


@pytest.fixture(autouse=True)
def _looking(changing, monkeypatch) -> None:
    _over(changing, monkeypatch)


def below(org: str, period: str) -> set[str]:
    """Who stands below an organisation on 科室与单位, in the table and in the ranking alike."""
    page = body_of("offices", org=org, period=period)
    ranking = next(name for name in texts(page, "caption") if name.endswith("的排名"))
    listed = {row["单位"] for row in table(page, "各单位的指标")}
    assert {row["单位"] for row in table(page, ranking)} == listed
    return listed


def test_a_city_page_has_those_of_its_month_and_ranks_them():
    assert below("haizhou", "2023-08") == {"北山区市场监管局", "港口区市场监管局", "云台区市场监管局", "新城区市场监管局"}
    assert MOVED in texts(body_of("offices", org="haizhou", period="2023-08"), ".k-note")
    assert below("jiangcheng", "2023-08") == {"南湖区市场监管局"}
    assert below("jiangcheng", "2023-06") == {"东湖区市场监管局", "南湖区市场监管局"}


def test_the_comparison_says_it_once_for_all_rows():
    page = body_of("compare", org="haizhou", period="2023-08")
    assert MOVED in texts(page, ".k-note")
    assert not any("划入" in text for text in texts(page, "td, th, li"))


def test_a_dissolved_bureau_names_who_carries_on_and_keeps_its_past():
    ended = "东湖区市场监管局只到 2023 年 6 月，此后已撤销，由南湖区市场监管局承接；以前的数仍可按期间查看。"
    assert ended in texts(body_of("", org="donghu", period="2023-08"), ".k-note")
    assert not texts(body_of("", org="donghu", period="2023-06"), ".k-note")
    joined = "机构变动：东湖区市场监管局 7 月起并入，上年同期不含。各月的数按当月的机构汇总。"
    assert joined in texts(body_of("", org="nanhu", period="2023-08"), ".k-note")


def test_a_trend_names_the_months_between_which_it_is_of_others():
    page = body_of("trends", org="jiangcheng", period="2023-08")
    assert "机构变动：北山区市场监管局 4 月起划归海州市市场监管局，前后的数口径不同。" in texts(page, ".k-note")
    assert any("4 月：北山区市场监管局 4 月起划归海州市市场监管局，前后的数口径不同" in mark for mark in texts(page, ".k-marks li"))


def test_who_is_not_there_owes_nothing():
    """江城 owes 6 sheets of three bureaus until March, 4 of two until June, 2 since."""
    for period, owed in (("2023-03", 6), ("2023-06", 4), ("2023-08", 2)):
        assert answer(body_of("completeness", org="江城市市场监管局", period=period)).startswith(f"{Month.parse(period).chinese}应报 {owed} 份：")
    page = body_of("completeness", org="东湖区市场监管局", period="2023-08")
    assert answer(page) == "2023 年 8 月应报 0 份。"
    assert any(note.startswith("东湖区市场监管局只到 2023 年 6 月，此后已撤销，由南湖区市场监管局承接") for note in texts(page, ".k-note"))
