"""A tree that changes: every figure of a node is that of the bureaus which belonged to it in each of its months."""

from collections.abc import Iterator
from decimal import Decimal as D
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.bureau import Bureau, open_bureau
from kpi.compute.row import BoardRow, Lacking
from kpi.figures.history import history
from kpi.figures.indicators import indicators
from kpi.filing.completeness import completeness
from kpi.filing.submissions import withdraw
from kpi.meeting.differences import drift
from kpi.meeting.editions import freeze
from kpi.period import CALENDAR_YEAR, Month, Span, months
from kpi.present.organisation_words import moved
from kpi.present.row_words import spoken
from kpi.review.board import board
from kpi.review.ranking import rank
from kpi.review.source import source
from kpi.value import State
from tests.kpi.changing import FIRST, LAST, LEAVES, ORGS, added, amount, below, changing_catalog, city, reports
from tests.kpi.province import report, write_catalog

NODES = ("qinglan", "jiangcheng", "haizhou")


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    folder = tmp_path_factory.mktemp("changing")
    with open_bureau(folder / "data", changing_catalog(folder / "catalog")) as bureau:
        bureau.store.commit([one for month in months(FIRST, LAST) for leaf in LEAVES if city(leaf, month) for one in reports(leaf, month)])
        yield bureau


def row(bureau: Bureau, code: str, org: str, month: Month, span: Span = Span.YTD) -> BoardRow:
    return next(one for one in board(bureau, month, span, org=org) if one.indicator == code)


@pytest.mark.parametrize("span", [Span.YTD, Span.MONTH, Span.QUARTER, Span.HALF])
@pytest.mark.parametrize("node", NODES)
def test_every_month_adds_up_over_the_tree_of_that_month(changing, node, span):
    """Months, cumulatives, quarters and half-years, rates of them, and what stands, against a count in plain Python."""
    turns = [Month(2022, 3), Month(2022, 9), Month(2022, 10), *(Month(2023, number) for number in (3, 4, 6, 7, 9))]
    for month in months(FIRST, LAST) if span is Span.YTD else turns:  # what is kept ready costs little to read
        first = CALENDAR_YEAR.start(span, month)
        rows = {one.indicator: one for one in board(changing, month, span, org=node)}
        tested, passed = added(node, "food_tested", first, month), added(node, "food_passed", first, month)
        assert (rows["visits"].figure.value, rows["visits"].below.counted) == (added(node, "visits", first, month), rows["visits"].below.leaves), month
        assert (rows["food_pass_rate"].figure.numerator, rows["food_pass_rate"].figure.denominator) == (passed, tested), month
        assert rows["food_pass_rate"].figure.value == passed * 100 / tested
        assert (rows["entities"].figure.value, rows["entities"].below.leaves) == (added(node, "entities", month, month), len(below(node, month))), month
        if month > Month(2022, 12):
            ago, then = first.plus(-12), month.plus(-12)
            assert rows["visits"].last_year.value == added(node, "visits", ago, then), month
            assert rows["food_pass_rate"].last_year.value == added(node, "food_passed", ago, then) * 100 / added(node, "food_tested", ago, then), month
            assert rows["entities"].last_year.value == added(node, "entities", then, then), month
            assert rows["entities"].last_year.year_end_value == added(node, "entities", Month(2022, 12), Month(2022, 12)), month


def test_the_database_is_what_the_log_gives(changing):
    assert changing.store.verify() == []


def test_by_hand(changing):
    """
    江城, April 2023: 北山 belongs to it for three months of the four, 东湖 and 南湖 for all.

    visits of a month are 2 × (100 × number + 7 × month + 3) in 2023: 东湖 no. 1, 南湖 no. 2, 北山 no. 3.
    """
    april = row(changing, "visits", "jiangcheng", Month(2023, 4))
    donghu, nanhu = 2 * (4 * 103 + 7 * 10), 2 * (4 * 203 + 7 * 10)
    beishan = 2 * (3 * 303 + 7 * 6)
    assert (donghu, nanhu, beishan) == (964, 1764, 1902)
    assert (april.figure.value, april.below.counted, april.below.leaves) == (4630, 3, 3)
    assert april.month.value == 2 * (103 + 28) + 2 * (203 + 28)  # 北山's April is 海州's


def test_those_without_dates_are_as_they_were(changing):
    [own] = indicators(changing.store, changing.catalog, [Month(2023, 12)], ["visits"], org="nanhu")
    assert own.figure.value == sum(2 * (203 + 7 * month) for month in range(1, 13))
    assert D(own.below.leaves) == 1


@pytest.mark.parametrize(
    ("org", "month", "said"),
    [
        ("haizhou", Month(2023, 7), ["北山区市场监管局 4 月起划入，上年同期不含", "新城区市场监管局 2022 年 9 月设立，上年同期不含"]),
        ("haizhou", Month(2023, 4), ["北山区市场监管局 4 月起划入，上月、上年同期不含", "新城区市场监管局 2022 年 9 月设立，上年同期不含"]),
        ("haizhou", Month(2023, 12), ["北山区市场监管局 4 月起划入，上年同期不含", "新城区市场监管局 2022 年 9 月设立，上年同期只含这以后的数"]),
        ("jiangcheng", Month(2023, 12), ["北山区市场监管局 4 月起划归海州市市场监管局，上年同期仍含"]),
        ("nanhu", Month(2023, 12), ["东湖区市场监管局 7 月起并入，上年同期不含"]),
        ("donghu", Month(2023, 8), ["7 月起撤销，由南湖区市场监管局承接，今年只有以前的数"]),
        ("qinglan", Month(2023, 8), ["新城区市场监管局 2022 年 9 月设立，上年同期不含"]),
        ("yuntai", Month(2023, 8), []),
    ],
)
def test_a_comparison_over_two_trees_says_so(changing, org, month, said):
    """What 东湖 did is 南湖's work since July and was 江城's all the time: it changes 南湖, not the city."""
    found = row(changing, "visits", org, month)
    assert sorted(moved(found)) == sorted(said)
    assert set(said) <= set(spoken(found, changing.catalog).notes)


def test_a_month_of_a_stay_that_is_not_known_is_named(tmp_path):
    """
    北山 moves to 海州 in April; of March there is no cumulative, of April none of the month: what April brought is not known.

    In May the month is stated, 30: 海州 has 30 without April.  In June the cumulatives of May and June tell that month.
    """
    with open_bureau(tmp_path / "data", changing_catalog(tmp_path / "catalog")) as bureau:
        written = {"2023-01": "10", "2023-02": "10 20", "2023-04": "– 60", "2023-05": "30 90", "2023-06": "– 130"}
        for period, visits in written.items():
            bureau.store.commit([report("beishan", "credit", period, visits=visits)])
            bureau.store.commit([report(org, "credit", period, visits="1") for org in ("gangkou", "yuntai", "xincheng")])
        [may] = indicators(bureau.store, bureau.catalog, [Month(2023, 5)], ["visits"], org="haizhou")
        assert (may.figure.value, may.below.counted, may.below.leaves, may.below.gapped) == (3 * 4 + 30, 4, 4, 4)  # nobody has March
        [june] = indicators(bureau.store, bureau.catalog, [Month(2023, 6)], ["visits"], org="haizhou")
        assert june.figure.value == 3 * 5 + 30 + 40
        [city] = indicators(bureau.store, bureau.catalog, [Month(2023, 2)], ["visits"], org="jiangcheng")
        assert (city.figure.value, city.below.counted, city.below.leaves) == (20, 1, 3)
        assert bureau.store.verify() == []


def test_a_cumulative_goes_to_each_parent_by_its_months(tmp_path):
    """北山 reports 本年累计 alone: 90 to March are 江城's, 150 − 90 of June 海州's, and the province has all of it."""
    with open_bureau(tmp_path / "data", changing_catalog(tmp_path / "catalog")) as bureau:
        bureau.store.commit([report("beishan", "credit", period, visits=f"– {ytd}") for period, ytd in (("2023-03", 90), ("2023-06", 150))])
        found = {org: indicators(bureau.store, bureau.catalog, [Month(2023, 6)], ["visits"], org=org)[0] for org in (*NODES, "beishan")}
        assert {org: one.figure.value for org, one in found.items()} == {"qinglan": 150, "jiangcheng": 90, "haizhou": 60, "beishan": 150}
        assert row(bureau, "visits", "jiangcheng", Month(2023, 6)).below.lacking == (
            Lacking("donghu", "东湖区市场监管局", 1, 1),
            Lacking("nanhu", "南湖区市场监管局", 1, 1),
        )
        bureau.store.commit([report("nanhu", "credit", "2023-07", visits="1")])
        assert [one.org for one in row(bureau, "visits", "haizhou", Month(2023, 7)).below.lacking] == ["beishan", "gangkou", "yuntai", "xincheng"]
        assert bureau.store.verify() == []


def test_who_was_set_up_within_the_year_lacks_no_month_before(tmp_path):
    """新城 began in September 2022: its own year lacks nothing, its first cumulative is that month, and a year later it has a base of four months."""
    with open_bureau(tmp_path / "data", changing_catalog(tmp_path / "catalog")) as bureau:
        bureau.store.commit([report("xincheng", "credit", "2022-09", visits="– 5"), report("xincheng", "credit", "2022-10", visits="7")])
        [september, october] = indicators(bureau.store, bureau.catalog, [Month(2022, 9), Month(2022, 10)], ["visits"], org="xincheng")
        assert (september.figure.value, september.month.value, september.caveats.missing) == (5, 5, ())
        assert (october.figure.value, october.caveats.missing, october.caveats.idle) == (12, (), ())
        [august] = indicators(bureau.store, bureau.catalog, [Month(2022, 8)], ["visits"], org="xincheng")
        assert august.figure.state is State.NOT_APPLICABLE
        assert [one.org for one in completeness(bureau, Month(2022, 8), org="haizhou")] == ["gangkou", "gangkou", "yuntai", "yuntai"]
        assert {one.org for one in completeness(bureau, Month(2022, 9), org="haizhou")} == {"gangkou", "yuntai", "xincheng"}
        assert [one.org for one in rank(bureau, "visits", Month(2022, 8), "haizhou").rows] == ["gangkou", "yuntai"]
        assert bureau.store.verify() == []


def test_dates_given_later_change_the_figures_and_nothing_else(changing, tmp_path):
    """
    The same log under a tree without dates, and then with them: the tables are made anew, to the very same figures.

    What was frozen before says whose months came: of 北山, which left 江城 in April, those to March.
    """
    catalog = changing_catalog(tmp_path / "catalog")
    (catalog / "orgs.toml").write_text(undated(ORGS), "utf-8")
    frozen = [("haizhou", LAST), ("jiangcheng", Month(2023, 6)), ("jiangcheng", Month(2023, 3)), ("qinglan", Month(2023, 6))]
    with open_bureau(tmp_path / "data", catalog) as bureau:
        bureau.store.commit([one for month in months(FIRST, LAST) for leaf in LEAVES if city(leaf, month) for one in reports(leaf, month)])
        [flat] = indicators(bureau.store, bureau.catalog, [LAST], ["visits"], org="haizhou")
        meeting, left, *others = (freeze(bureau, month, "王统计", org=org).edition for org, month in frozen)
    (catalog / "orgs.toml").write_text(ORGS, "utf-8")
    with open_bureau(tmp_path / "data", catalog) as bureau:
        for node in NODES:
            assert board(bureau, LAST, org=node) == board(changing, LAST, org=node)
        [dated] = indicators(bureau.store, bureau.catalog, [LAST], ["visits"], org="haizhou")
        [why] = {reason.words for one in drift(bureau, meeting) if one.indicator == "visits" for reason in one.reasons}
        assert why == "会后机构树改了：新城区市场监管局 2022 年 9 月设立、北山区市场监管局 4 月起划入"
        told = [{reason.words for one in drift(bureau, of) for reason in one.reasons if one.indicator == "visits"} for of in (left, *others)]
        assert told == [
            {"会后机构树改了：调入 北山区市场监管局（2023 年 1—3 月属于这里）"},
            {"会后机构树改了：调入 北山区市场监管局"},
            {"会后机构树改了：新城区市场监管局 2022 年 9 月设立"},
        ]
    assert flat.figure.value - dated.figure.value == sum(amount("beishan", "visits", month) for month in months(Month(2023, 1), Month(2023, 3)))


def test_figures_outside_of_a_life_that_was_dated_later_do_not_count_and_are_named(tmp_path):
    """
    东湖 filed 10 visits a month from May to August; then it is written that it was there until June alone, and that 新城 began in September 2022.

    Its own row says what its node says: 20, to June; four figures are named with what to do, until they are withdrawn.
    """
    catalog = changing_catalog(tmp_path / "catalog")
    (catalog / "orgs.toml").write_text(undated(ORGS), "utf-8")
    with open_bureau(tmp_path / "data", catalog) as bureau:
        for number in range(5, 9):
            bureau.store.commit([report("donghu", "credit", f"2023-{number:02d}", visits="10 –", entities=f"– {number}")])
        bureau.store.commit([report("xincheng", "credit", "2022-08", visits="7")])
        assert (bureau.store.notices, row(bureau, "visits", "donghu", Month(2023, 8)).figure.value) == ((), 40)
    (catalog / "orgs.toml").write_text(ORGS, "utf-8")
    sentences = [
        "东湖区市场监管局只到 2023 年 6 月，在库却有它 2023 年 7 月、2023 年 8 月的 4 个数（第 3、4 号报送），没有计入；日期写错了的，"
        "请改正指标目录 orgs.toml 里这个单位的 until 后重新启动；日期没有错的，请撤回这些报送，改选南湖区市场监管局重新报送。",
        "新城区市场监管局 2022 年 9 月才设立，在库却有它 2022 年 8 月的 1 个数（第 5 号报送），没有计入；日期写错了的，"
        "请改正指标目录 orgs.toml 里这个单位的 from 后重新启动；日期没有错的，请撤回这些报送，改选对的单位重新报送。",
    ]
    with open_bureau(tmp_path / "data", catalog) as bureau:
        assert list(bureau.store.notices) == bureau.store.verify() == sentences
        august = row(bureau, "visits", "donghu", Month(2023, 8))
        assert (august.figure.value, moved(august)) == (20, ["7 月起撤销，由南湖区市场监管局承接，今年只有以前的数"])
        assert row(bureau, "visits", "jiangcheng", Month(2023, 8)).figure.value == 20
        assert [one.numerator for one in history(bureau.store, bureau.catalog, ["visits"], Month(2023, 8), org="donghu")["visits"]][-2:] == [None, None]
        assert {str(cell.period) for cell in source(bureau, "visits", Month(2023, 8), "donghu")} == set()
        for number in (3, 4, 5):
            withdraw(bureau, number, "王统计", "单位已撤销")
        assert bureau.store.verify() == []


def undated(orgs: str) -> str:
    lines = (line for line in orgs.splitlines() if not line.startswith(("from", "until", "successor")))
    return "\n".join('parent = "haizhou"' if line.startswith("parents") else line for line in lines)


def test_the_cells_behind_a_node_are_of_the_months_in_which_it_had_them(changing):
    """海州 has of 北山 what December tells less what March told."""
    cells = [(cell.org, str(cell.period)) for cell in source(changing, "food_pass_rate", LAST, "haizhou") if cell.org == "beishan" and cell.part == "分子"]
    assert set(cells) == {("beishan", "2023-12"), ("beishan", "2023-03")}
    assert {str(cell.period) for cell in source(changing, "food_pass_rate", LAST, "jiangcheng") if cell.org == "donghu"} == {"2023-06"}


def test_nothing_is_projected_from_a_year_of_two_trees(changing):
    past = history(changing.store, changing.catalog, ["visits"], LAST, org="haizhou")["visits"]
    assert tuple(one.period for one in past if one.numerator is not None) == months(Month(2023, 4), LAST)
    assert all(one.ytd is None for one in past if one.period.year == 2023 and one.same)


MONTH_OF_2023 = st.integers(2, 11).map(lambda number: Month(2023, number))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moved_in=MONTH_OF_2023, gone=MONTH_OF_2023, founded=MONTH_OF_2023, cumulative=st.lists(st.booleans(), min_size=6, max_size=6))
def test_nothing_is_lost_or_counted_twice_wherever_the_tree_changes(moved_in, gone, founded, cumulative):
    """In every month the cities together are the province, and each is what its bureaus brought in the months in which it had them."""
    orgs = ORGS.replace('until = "2023-03" }', f'until = "{moved_in.plus(-1)}" }}').replace('from = "2023-04" }', f'from = "{moved_in}" }}')
    orgs = orgs.replace('until = "2023-06"\nsuccessor', f'until = "{gone}"\nsuccessor').replace('from = "2022-09"', f'from = "{founded}"')
    year = months(Month(2023, 1), LAST)

    def where(leaf: str, month: Month) -> str | None:
        if (leaf == "donghu" and month > gone) or (leaf == "xincheng" and month < founded):
            return None
        return ("jiangcheng" if month < moved_in else "haizhou") if leaf == "beishan" else city(leaf, LAST) or "jiangcheng"

    with TemporaryDirectory() as folder:
        catalog = changing_catalog(Path(folder) / "catalog")
        (catalog / "orgs.toml").write_text(orgs, "utf-8")
        with open_bureau(Path(folder) / "data", catalog) as bureau:
            filed = []
            for leaf, running in zip(LEAVES, cumulative, strict=True):
                there = [month for month in year if where(leaf, month)]
                for month in there:
                    total = sum(amount(leaf, "visits", one) for one in there if one <= month)
                    filed.append(report(leaf, "credit", str(month), visits=f"– {total}" if running else f"{amount(leaf, 'visits', month)}"))
            bureau.store.commit(filed)
            found = {node: indicators(bureau.store, bureau.catalog, year, ["visits"], org=node) for node in NODES}
    for place, month in enumerate(year):
        values = {node: rows[place].figure.value for node, rows in found.items()}
        for node in NODES:
            brought = sum(
                amount(leaf, "visits", one) for one in year[: place + 1] for leaf in LEAVES if where(leaf, one) and node in ("qinglan", where(leaf, one))
            )
            assert values[node] == brought, (node, month)
        assert values["qinglan"] == values["jiangcheng"] + values["haizhou"]


def test_a_rate_per_year_of_one_set_up_within_the_year_counts_its_own_days(tmp_path):
    """30 of 1,000 from July to September are 30 in 92 days, for the bureau itself as for the city of which it is the only one that reports."""
    folder = write_catalog(tmp_path / "catalog")
    orgs, food = folder / "orgs.toml", folder / "food.toml"
    orgs.write_text(orgs.read_text(encoding="utf-8").replace('code = "gangkou"', 'code = "gangkou"\nfrom = "2023-07"'), encoding="utf-8")
    per_year = 'numerator = "food_passed"\ndenominator = "food_shops"\nscale = 1000\nannualised = true'
    text = food.read_text(encoding="utf-8").replace('numerator = "food_passed"\ndenominator = "food_tested"\nscale = 100', per_year)
    food.write_text(text.replace('unit = "%"', 'unit = "‰"'), encoding="utf-8")
    with open_bureau(tmp_path / "data", folder) as bureau:
        bureau.store.commit([report("gangkou", "food", "2023-09", food_passed="– 30", food_shops="1000")])
        rows = [row for org in ("gangkou", "haizhou") for row in board(bureau, Month(2023, 9), org=org) if row.indicator == "food_pass_rate"]

    assert [(row.figure.annualised_days, row.figure.value) for row in rows] == [(92, D(30 * 365) / 92)] * 2
