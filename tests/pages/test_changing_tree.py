"""A tree that changes, on the pages: who is there in a month, and what a comparison over two trees says."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from kpi.bureau import Bureau, open_bureau
from kpi.period import Month
from tests.kpi.changing import LEAVES, changing_catalog, city, reports
from tests.pages.conftest import _over
from tests.pages.fragments import answer, fragments, texts
from tests.pages.test_filings import opened as opened_filing
from tests.pages.test_review import opened, sentence, table

MONTHS = (Month(2022, 8), Month(2023, 6), Month(2023, 8))
MOVED = "机构变动：新城区市场监管局 2022 年 9 月设立，上年同期不含；北山区市场监管局 4 月起划入，上年同期不含。各月的数按当月的机构汇总。"


@pytest.fixture
def changing(tmp_path) -> Iterator[Bureau]:
    with open_bureau(tmp_path / "data", changing_catalog(tmp_path / "catalog")) as bureau:
        bureau.store.commit([one for month in MONTHS for leaf in LEAVES if city(leaf, month) for one in reports(leaf, month)])
        yield bureau


@pytest.fixture
def changing_shell(changing, monkeypatch) -> AppTest:
    return _over(changing, monkeypatch)


def look(shell: AppTest, org: str, period: str) -> None:
    shell.selectbox(key="org").set_value(org).run()
    shell.selectbox(key="period").set_value(period).run()


def test_a_city_page_has_those_of_its_month_and_ranks_them(changing_shell):
    opened(changing_shell, "review/offices.py")
    look(changing_shell, "海州市市场监管局", "2023-08")
    assert set(table(changing_shell)["单位"]) == {"北山区市场监管局", "港口区市场监管局", "云台区市场监管局", "新城区市场监管局"}
    assert set(table(changing_shell, 1)["单位"]) == set(table(changing_shell)["单位"])
    assert changing_shell.info[0].value == MOVED

    look(changing_shell, "江城市市场监管局", "2023-08")
    assert list(table(changing_shell)["单位"]) == ["南湖区市场监管局"]
    look(changing_shell, "江城市市场监管局", "2023-06")
    assert set(table(changing_shell)["单位"]) == {"东湖区市场监管局", "南湖区市场监管局"}


def test_the_comparison_says_it_once_for_all_rows(changing_shell):
    opened(changing_shell, "review/compare.py")
    look(changing_shell, "海州市市场监管局", "2023-08")
    assert [info.value for info in changing_shell.info] == [MOVED]
    assert not any("划入" in text.value for text in changing_shell.markdown)


def test_a_dissolved_bureau_names_who_carries_on_and_keeps_its_past(changing_shell):
    opened(changing_shell, "review/overview.py")
    look(changing_shell, "东湖区市场监管局", "2023-08")
    assert changing_shell.warning[0].value == "东湖区市场监管局只到 2023 年 6 月，此后已撤销，由南湖区市场监管局承接；以前的数仍可按期间查看。"
    look(changing_shell, "东湖区市场监管局", "2023-06")
    assert not changing_shell.warning
    assert sentence(changing_shell).startswith("东湖区市场监管局 2023 年 6 月")
    look(changing_shell, "南湖区市场监管局", "2023-08")
    assert changing_shell.info[0].value == "机构变动：东湖区市场监管局 7 月起并入，上年同期不含。各月的数按当月的机构汇总。"


def test_a_trend_names_the_months_between_which_it_is_of_others(changing_shell):
    opened(changing_shell, "review/trends.py")
    look(changing_shell, "江城市市场监管局", "2023-08")
    assert any(info.value == "机构变动：北山区市场监管局 4 月起划归海州市市场监管局，前后的数口径不同。" for info in changing_shell.info)


def test_who_is_not_there_owes_nothing(changing_shell):
    """江城 owes 6 sheets of three bureaus until March, 4 of two until June, 2 since."""
    for period, owed in (("2023-03", 6), ("2023-06", 4), ("2023-08", 2)):
        opened_filing(changing_shell, "who_reported", org="江城市市场监管局", period=period)
        assert answer(fragments(changing_shell)).startswith(f"{Month.parse(period).chinese}应报 {owed} 份：")
    opened_filing(changing_shell, "who_reported", org="东湖区市场监管局", period="2023-08")
    page = fragments(changing_shell)
    assert answer(page) == "2023 年 8 月应报 0 份。"
    assert any(note.startswith("东湖区市场监管局只到 2023 年 6 月，此后已撤销，由南湖区市场监管局承接") for note in texts(page, ".k-note"))
