"""
Figures of organisations above others: Σ of the parts below, rates from parts, each level held to its own targets.

November 2023, food samples passed / tested, this year and last:

    东湖 392 / 400    380 / 400      98.0 %, target 98
    南湖 290 / –      300 / 300      not whole, so neither part of it is in any sum
    北山 190 / 200    –              nothing of last year
    江城 582 / 600                   97.0 %, target 97.5
    港口 245 / 250    240 / 250
    云台 490 / 500    –              as of 20 November
    海州 735 / 750                   98.0 %, target 97
    青澜 1317 / 1350                 97.56 %, target 97
"""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.bureau import Bureau, open_bureau
from kpi.catalog.model import Catalog
from kpi.cli.app import main
from kpi.compute.outlook import NoBase
from kpi.compute.row import BoardRow, Lacking, Status
from kpi.figures.history import history
from kpi.figures.indicator_parts import parts
from kpi.figures.indicators import indicators
from kpi.meeting.frozen_rows import FrozenRow, freeze, thaw
from kpi.period import Month, Span
from kpi.present.row_words import Spoken, spoken
from kpi.present.verdicts import lines
from kpi.review.board import board, missed
from kpi.review.prospects import outlooks
from kpi.review.scoring import score
from kpi.review.series import series
from kpi.review.source import source
from kpi.value import State
from tests.kpi.province import BUREAUS, report, write_catalog

NOVEMBER, RATE = Month(2023, 11), "food_pass_rate"
DAY = date(2023, 11, 20)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    folder = tmp_path_factory.mktemp("province")
    catalog = write_catalog(folder / "catalog")
    targets = catalog / "targets" / "2023.toml"
    targets.write_text(targets.read_text("utf-8").replace("value = 2000\n", "value = 2000\nscore = { points = 5 }\n"), "utf-8")
    targets.write_text(targets.read_text("utf-8").replace("value = 3000\n", "value = 3000\nscore = { points = 8 }\n"), "utf-8")
    with open_bureau(folder / "data", catalog) as bureau:
        bureau.store.commit(
            [
                report("donghu", "food", "2022-11", food_tested="– 400", food_passed="– 380"),
                report("nanhu", "food", "2022-11", food_tested="– 300", food_passed="– 300"),
                report("gangkou", "food", "2022-11", food_tested="– 250", food_passed="– 240"),
                report("donghu", "food", "2023-11", food_tested="– 400", food_passed="– 392", food_shops="– 900"),
                report("nanhu", "food", "2023-11", food_passed="– 290", food_shops="– 800"),
                report("beishan", "food", "2023-11", food_tested="– 200", food_passed="– 190", food_shops="– 700"),
                report("gangkou", "food", "2023-11", food_tested="– 250", food_passed="– 245"),
                report("yuntai", "food", "2023-11", as_of=DAY, food_tested="– 500", food_passed="– 490"),
                report("donghu", "credit", "2023-10", visits="50 500"),
                report("donghu", "credit", "2023-11", visits="60 560"),
                report("nanhu", "credit", "2023-10", visits="40 400"),
                report("gangkou", "credit", "2023-10", visits="90 1000"),
                report("gangkou", "credit", "2023-11", visits="100 1100"),
                report("yuntai", "credit", "2023-10", visits="80 800"),
                report("yuntai", "credit", "2023-11", visits="10 810"),
            ]
        )
        yield bureau


def row(bureau: Bureau, code: str, org: str, span: Span = Span.YTD) -> BoardRow:
    return next(one for one in board(bureau, NOVEMBER, span, org=org) if one.indicator == code)


def test_a_rate_is_that_of_the_parts_of_those_who_have_both(filled):
    """南湖 has no denominator: its 290 are no part of any numerator."""
    city = row(filled, RATE, "jiangcheng")
    assert (city.figure.numerator, city.figure.denominator, city.figure.value) == (582, 600, 97)
    assert (city.below.leaves, city.below.counted, city.below.compared) == (3, 2, 1)

    province = row(filled, RATE, "qinglan")
    assert (province.figure.numerator, province.figure.denominator) == (1317, 1350)
    assert (province.below.leaves, province.below.counted, province.below.compared) == (5, 4, 2)


def test_a_partial_sum_decides_nothing_and_says_who_is_missing(filled):
    city = row(filled, RATE, "jiangcheng")
    assert city.status is Status.UNDECIDED
    assert city.below.lacking == (Lacking("nanhu", "南湖区市场监管局", 1, 1),)
    assert spoken(city, filled.catalog).value == "97.0%（已报 2/3 家合并计算）"
    assert spoken(city, filled.catalog).notes[:2] == ["缺 1 家：南湖区市场监管局，还不能下结论", "同比按两年都有数的 1 家比"]
    assert missed(filled, NOVEMBER, "jiangcheng") == []

    visits = row(filled, "visits", "qinglan")
    assert visits.below.lacking == (Lacking("jiangcheng", "江城市市场监管局", 2, 3),)
    assert spoken(visits, filled.catalog).value == "2,470 家次（已报 3/5 家之和）"
    shops = row(filled, "food_shops", "qinglan")
    assert [(one.org, one.lacking) for one in shops.below.lacking] == [("haizhou", 2)]
    assert spoken(shops, filled.catalog).without == "缺 2 家：海州市市场监管局（2 家都缺）"


def test_last_year_is_compared_with_the_same_organisations(filled):
    """江城: only 东湖 has both years, 98 % against 95 %; what 南湖 reported last year is left out with it."""
    city = row(filled, RATE, "jiangcheng")
    assert (city.last_year.value, city.last_year.yoy) == (95, 3)
    other = row(filled, RATE, "haizhou")
    assert (other.figure.value, other.last_year.value, other.last_year.yoy, other.below.compared) == (98, 96, 2, 1)
    province = row(filled, RATE, "qinglan")  # (392 + 245) / 650 = 98 % against (380 + 240) / 650
    assert province.last_year.value == D(620) * 100 / 650
    assert province.last_year.yoy == 98 - D(620) * 100 / 650


def test_each_level_is_held_to_its_own_target(filled):
    held = {org: (row(filled, RATE, org).target.value, row(filled, RATE, org).status) for org in ("donghu", "beishan", "haizhou", "yuntai", "qinglan")}
    assert held == {
        "donghu": (98, Status.MET),
        "beishan": (None, Status.NO_TARGET),
        "haizhou": (97, Status.MET),
        "yuntai": (None, Status.NO_TARGET),
        "qinglan": (97, Status.UNDECIDED),
    }
    assert row(filled, "visits", "donghu").status is Status.MISSED  # 560 of 1000 × 334/365 = 915
    assert row(filled, "visits", "haizhou").status is Status.MET  # 1910 of 2000 × 334/365 = 1830
    assert row(filled, "visits", "jiangcheng").status is Status.UNDECIDED  # 560 of 3000, two are missing


def test_both_ends_of_the_days_are_named(filled):
    city = row(filled, RATE, "haizhou")
    assert (city.figure.as_of, city.figure.as_of_latest) == (DAY, date(2023, 11, 30))
    assert "截至 11 月 20 日至 11 月 30 日" in spoken(city, filled.catalog).sentence


@pytest.mark.parametrize(("span", "haizhou", "jiangcheng"), [(Span.MONTH, 110, 60), (Span.QUARTER, 280, 110), (Span.YTD, 1910, 560)])
def test_spans_over_a_node(filled, span, haizhou, jiangcheng):
    whole, part = row(filled, "visits", "haizhou", span), row(filled, "visits", "jiangcheng", span)
    assert (whole.figure.value, whole.below.counted, whole.below.lacking) == (haizhou, 2, ())
    assert (part.figure.value, part.below.counted, [one.org for one in part.below.lacking]) == (jiangcheng, 1, ["nanhu", "beishan"])
    top = row(filled, "visits", "qinglan", span)
    assert (top.figure.value, top.below.lacking) == (haizhou + jiangcheng, (Lacking("jiangcheng", "江城市市场监管局", 2, 3),))


def test_a_series_of_a_node_says_how_many_are_in_each_month(filled):
    points = series(filled, "visits", Month(2023, 9), NOVEMBER, org="jiangcheng").points
    assert [(point.value, point.counted, point.leaves) for point in points] == [(None, 0, 3), (900, 2, 3), (560, 1, 3)]
    assert points[0].state is State.UNREPORTED
    latest = series(filled, RATE, NOVEMBER, NOVEMBER, org="haizhou").points[0]
    assert (latest.as_of, latest.as_of_latest) == (DAY, date(2023, 11, 30))


def test_a_month_that_some_are_missing_from_is_no_signal_and_no_projection(filled):
    found = row(filled, "visits", "jiangcheng")
    outlook = outlooks(filled, [found])["visits"]
    assert (outlook.signal, outlook.judged, outlook.needed, outlook.projection) == (None, None, None, NoBase.LACKING)
    assert lines(spoken(found, filled.catalog), outlook)["汇总"] == "缺 2 家：南湖区市场监管局、北山区市场监管局，还不能下结论。"


def test_scores_of_each_level(filled):
    """海州 1910 of 2000 × 334/365 = 1830 due: all 5 points; 江城 waits for those who are missing."""
    earned = {org: [(one.points, one.score.points) for one in score(filled, board(filled, NOVEMBER, org=org))] for org in ("haizhou", "jiangcheng", "donghu")}
    assert earned == {"haizhou": [(5, 5)], "jiangcheng": [(None, 8)], "donghu": []}


def test_the_cells_of_a_node_are_those_of_all_below_it(filled):
    cells = source(filled, RATE, NOVEMBER, "haizhou")
    assert {cell.org for cell in cells} == {"gangkou", "yuntai"}
    assert sum(cell.value.number for cell in cells if cell.part == "分子" and cell.value.number) == 735


def test_who_was_missing_is_frozen_with_the_row(filled):
    one = FrozenRow(row(filled, RATE, "jiangcheng"), 1, "合格 ÷ 抽检", "一句话")
    assert thaw(freeze(NOVEMBER, Span.YTD, [one])) == [one]


def test_a_stock_of_some_is_not_set_against_the_whole_of_last_years_end(province):
    province.store.commit([report(org, "credit", "2022-12", entities="– 100") for org in ("gangkou", "yuntai")])
    province.store.commit([report("gangkou", "credit", "2023-01", entities="– 110")])
    [found] = indicators(province.store, province.catalog, [Month(2023, 1)], ["entities"], org="haizhou")
    assert (found.figure.value, found.below.counted, found.last_year.year_end_value, found.last_year.since_year_end) == (110, 1, None, None)


def test_a_month_is_compared_with_the_month_before_of_the_same_organisations(province):
    """云台 withholds September, so its year has no sum although both later months are known; 港口 alone is 30 after 20."""
    for period, gangkou, yuntai in (("2023-09", "10 10", "未公开 –"), ("2023-10", "20 30", "500 –"), ("2023-11", "30 60", "700 –")):
        province.store.commit([report("gangkou", "credit", period, visits=gangkou), report("yuntai", "credit", period, visits=yuntai)])
    [row] = [row for row in board(province, NOVEMBER, org="haizhou") if row.indicator == "visits"]
    assert (row.figure.numerator, row.below.counted, row.month.value, row.month.mom) == (60, 1, 30, None)
    assert province.store.verify() == []


def test_a_sum_says_how_many_of_its_cumulatives_lack_months(province):
    """港口 skips September this year, and so is not in the sum of that month, and October last year; 云台 lacks nothing."""
    for year, september, october in ((2022, "10", "–"), (2023, "–", "20")):
        for period, gangkou in (("01", "5"), ("09", september), ("10", october), ("11", "30")):
            reports = [report(org, "credit", f"{year}-{period}", visits=visits) for org, visits in (("gangkou", gangkou), ("yuntai", f"1 {int(period)}"))]
            province.store.commit(reports)
    for month in range(2, 9):
        province.store.commit([report("gangkou", "credit", f"{year}-{month:02}", visits="0") for year in (2022, 2023)])

    [gangkou] = [row for row in board(province, NOVEMBER, org="gangkou") if row.indicator == "visits"]
    assert (gangkou.figure.value, gangkou.last_year.value) == (55, 35)
    assert (gangkou.caveats.missing, gangkou.caveats.prior_missing) == ((Month(2023, 9),), (Month(2022, 10),))
    assert (gangkou.last_year.like_value, gangkou.last_year.yoy) == (35, 0)  # both years without September and October
    [haizhou] = [row for row in board(province, NOVEMBER, org="haizhou") if row.indicator == "visits"]
    assert (haizhou.figure.value, haizhou.last_year.value, haizhou.below.gapped, haizhou.below.prior_gapped) == (66, 46, 1, 1)
    assert [point.gapped for point in series(province, "visits", Month(2023, 8), NOVEMBER, org="haizhou").points] == [0, 0, 1, 1]
    [whole] = [row for row in board(province, NOVEMBER, org="yuntai") if row.indicator == "visits"]
    assert (whole.below.gapped, whole.below.prior_gapped) == (0, 0)
    past = history(province.store, province.catalog, ["visits"], NOVEMBER, org="haizhou")["visits"][-1]
    assert (past.numerator, past.ytd) == (31, None)  # nothing is projected from a year that is not whole
    notes = Spoken(haizhou, 0).notes
    assert "有 1 家的本年累计缺月份" in notes
    assert "有 1 家上年有月份没有数" in notes
    assert province.store.verify() == []


def test_pending_lots_of_some_bound_nothing_of_the_whole(tmp_path):
    """港口: 90 passed, 2 failed of 100; 云台 tells failed and total, not how many passed: the bounds of the city are not known."""
    catalog = write_catalog(tmp_path / "catalog")
    measures = "".join(
        f'[[measure]]\ncode = "food_{code}"\nname = "食品抽检{name}批次"\ntopic = "工作数据"\nunit = "批次"\nkind = "flow"\nscope = "本局"\n\n'
        for code, name in (("failed", "不合格"), ("sent", "送检"))
    )
    food = (catalog / "food.toml").read_text("utf-8")
    bounded = 'numerator = "food_passed"\ndenominator = "food_tested"\nfailed = "food_failed"\ntotal = "food_sent"\nscale = 100'
    food = food.replace('numerator = "food_passed"\ndenominator = "food_tested"\nscale = 100', bounded)
    (catalog / "food.toml").write_text(measures + food, "utf-8")
    with open_bureau(tmp_path / "data", catalog) as bureau:
        bureau.store.commit([report("gangkou", "food", "2023-11", food_tested="– 92", food_passed="– 90", food_failed="– 2", food_sent="– 100")])
        bureau.store.commit([report("yuntai", "food", "2023-11", food_tested="– 50", food_failed="– 3", food_sent="– 60")])
        bounds = {
            org: [(row.figure.low, row.figure.high, row.below.counted) for row in board(bureau, NOVEMBER, org=org) if row.indicator == RATE]
            for org in ("gangkou", "haizhou")
        }
    assert bounds == {"gangkou": [(90, 98, 1)], "haizhou": [(None, None, 1)]}


def test_who_is_not_in_a_sum_says_nothing_about_it(province):
    """南湖 has no rate and runs to 5 November, and of visits only 东湖 has come: neither day nor month of the others suffers."""
    rates = {"donghu": ("– 98", "– 100", None), "nanhu": ("– 50", "–", date(2023, 11, 5)), "beishan": ("– 97", "– 100", None)}
    province.store.commit([report(org, "food", "2023-11", as_of=day, food_passed=passed, food_tested=tested) for org, (passed, tested, day) in rates.items()])
    province.store.commit([report("donghu", "credit", "2023-11", visits="60 560")])
    city = {one.indicator: one for one in board(province, NOVEMBER, org="jiangcheng")}
    assert (city[RATE].figure.value, city[RATE].figure.as_of, city[RATE].figure.as_of_latest) == (D("97.5"), date(2023, 11, 30), date(2023, 11, 30))
    assert (city["visits"].figure.value, city["visits"].month.value, city["visits"].below.counted) == (560, 60, 1)


def test_the_sums_of_sums_are_those_of_all_who_report(filled):
    assert filled.store.verify() == []


def test_the_command_line_asks_any_node(filled_copy, capsys):
    def asked(*words: str) -> dict:
        assert main([*words, *filled_copy, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    document = asked("board", "--period", "2023-11", "--org", "海州")
    [line] = [line for line in document["rows"] if line["indicator"] == "visits"]
    assert (document["org"], line["org"], line["value"], line["leaves"], line["counted"]) == ("haizhou", "haizhou", "100", 2, 1)
    assert line["lacking"] == [{"org": "yuntai", "name": "云台区市场监管局", "lacking": 1, "leaves": 1}]
    assert asked("board", "--period", "2023-11")["org"] == "qinglan"
    assert [line["org"] for line in asked("missed", "--period", "2023-11", "--org", "港口")["rows"]] == ["gangkou"]
    assert asked("series", "visits", "--from", "2023-11", "--to", "2023-11", "--org", "江城")["points"][0]["state"] == "未报"
    assert {part["org"] for part in asked("source", "visits", "--period", "2023-11")["parts"]} == {"gangkou"}
    assert asked("score", "--period", "2023-11", "--org", "港口")["org"] == "gangkou"
    ranking = asked("rank", "visits", "--period", "2023-11", "--org", "海州")
    assert [(line["org"], line["rank"], line["reason"]) for line in ranking["rows"]] == [("gangkou", 1, None), ("yuntai", None, "未报")]
    assert main(["rank", "visits", "--period", "2023-11", "--org", "东湖", *filled_copy]) == 1
    assert "东湖区市场监管局没有下级单位" in capsys.readouterr().err


@pytest.fixture
def filled_copy(tmp_path: Path, province_catalog: Path) -> tuple[str, ...]:
    """A province in which one bureau has reported, closed; the options that lead to it."""
    with open_bureau(tmp_path / "data", province_catalog) as bureau:
        bureau.store.commit([report("gangkou", "credit", "2023-11", visits="– 100")])
    return ("--data", str(tmp_path / "data"), "--catalog", str(province_catalog))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    folder = tmp_path_factory.mktemp("law")
    with open_bureau(folder / "data", write_catalog(folder / "catalog")) as bureau:
        yield bureau


def below(catalog: Catalog, org: str) -> tuple[str, ...]:
    return tuple(one for child in catalog.children(org) for one in (child, *below(catalog, child)))


PART = st.none() | st.integers(0, 9999)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.fixed_dictionaries({org: st.tuples(PART, PART) for org in BUREAUS}))
def test_a_nodes_parts_are_the_sums_of_its_childrens(bare, told):
    """Whoever has reported whatever: of those who have both parts, each exactly once, at every level."""
    said = {org: ["–" if part is None else str(part) for part in pair] for org, pair in told.items()}
    bare.store.commit([report(org, "food", "2023-11", food_passed=f"– {passed}", food_tested=f"– {tested}") for org, (passed, tested) in said.items()])
    whole = {org: pair for org, pair in told.items() if None not in pair}

    for node in (org for org in bare.catalog.orgs if bare.catalog.children(org)):
        found = parts(bare.store, bare.catalog, [RATE], [NOVEMBER], org=node)[RATE, NOVEMBER]
        own = [whole[leaf] for leaf in bare.catalog.leaves(node) if leaf in whole]
        sums = [sum(pair[place] for pair in own) if own else None for place in (0, 1)]
        assert [found.numerator, found.denominator, found.counted] == [*sums, len(own)]
        children = [parts(bare.store, bare.catalog, [RATE], [NOVEMBER], org=child)[RATE, NOVEMBER] for child in bare.catalog.children(node)]
        assert sum(child.numerator or 0 for child in children if child.counted) == (found.numerator or 0)
        [line] = [line for line in board(bare, NOVEMBER, org=node) if line.indicator == RATE]
        assert sum(one.lacking for one in line.below.lacking) == line.below.leaves - line.below.counted


def test_of_a_month_before_that_one_withholds_the_whole_says_so(province: Bureau) -> None:
    """Two have January and the third has it 未公开: the sum of February has no month before, because of that and not because a report lacks."""
    province.store.commit(
        [
            *(report(org, "credit", "2023-01", visits=text) for org, text in (("donghu", "50 50"), ("nanhu", "40 40"), ("beishan", "未公开 未公开"))),
            *(report(org, "credit", "2023-02", visits=text) for org, text in (("donghu", "60 110"), ("nanhu", "45 85"), ("beishan", "30 –"))),
        ]
    )
    row = {row.indicator: row for row in board(province, Month(2023, 2), org="jiangcheng")}["visits"]

    assert row.month.mom is None
    assert row.month.mom_words == "缺上月数（2023 年 1 月未公开）"
