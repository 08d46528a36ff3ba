"""可信度: what is old, missing, stored with an open finding, or of another definition, each with the reason."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from kpi.bureau import Bureau
from kpi.catalog.organisation_moves import Move, MoveKind
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.review.board import board
from kpi.review.source import sources
from kpi.review.trust import Doubt, Trust, trust
from kpi.store.submission import Accepted
from tests.bureaus import Small, opened
from tests.kpi.province import report
from tests.kpi.store.reports import accepted
from tests.soundness.catalog import files, target

NOVEMBER, DECEMBER = Month(2023, 11), Month(2023, 12)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    with opened(tmp_path, files()) as bureau:
        yield bureau


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Callable[[Mapping[int, str]], Small]]:
    """``held({2023: target(…)})``: the small bureau with targets."""
    with ExitStack() as stack:
        yield lambda targets: stack.enter_context(opened(tmp_path, files(targets)))


def of(bureau: Bureau, month: Month = NOVEMBER, org: str | None = None) -> Trust:
    return trust(bureau, board(bureau, month, org=org))


def sentences(doubts: tuple[Doubt, ...]) -> dict[str, str]:
    return {doubt.indicator: doubt.sentence for doubt in doubts}


def filed(small: Small, period: str, *findings: Finding, note: str = "已核对", **cells: str) -> None:
    """A sheet that was stored with findings."""
    item: Accepted = accepted(period, "quality", cells, note=note, findings=findings)
    small.bureau.store.commit([item])


def doubt(*measures: str, severity: Severity = Severity.CHECK, cell: str = "C3") -> Finding:
    return Finding("doubt", severity, Place("月报表", cell), "5 比上月多", "请核对", measures=measures)


def test_a_figure_that_ends_before_the_others_is_old_by_so_many_days(small):
    """Of 30 November: 30 September is 61 days earlier, and before the month; 20 November 10, and within it."""
    small.report("2023-11", shops="– 9", tested="5 50@2023-09-30", fines="– 3@2023-11-20")

    stale = of(small.bureau).stale

    assert [(doubt.indicator, doubt.days) for doubt in stale if doubt.indicator in ("tested", "fines")] == [("tested", 61), ("fines", 10)]
    assert sentences(stale)["tested"] == "截至 9 月 30 日，比 11 月末早 61 天"
    assert sentences(stale)["fines"] == "截至 11 月 20 日，比 11 月末早 10 天"
    assert "shops" not in sentences(stale)


def test_of_parts_that_run_to_several_days_the_earliest_counts(small):
    """检查覆盖率: visits to 30 November over shops as they stood on 31 October."""
    small.report("2023-11", inspected="– 6", shops="– 9@2023-10-31", tested="– 5")

    assert sentences(of(small.bureau).stale)["coverage"] == "最早的一部分截至 10 月 31 日，比 11 月末早 30 天"


def test_a_month_that_all_of_the_bureau_reports_to_the_same_day_is_not_old(small):
    """Everything runs to the 23rd: that is the day of the meeting, no figure's own delay."""
    small.report("2023-11", as_of="2023-11-23", tested="– 5", shops="– 9")

    assert of(small.bureau).stale == ()


def test_what_is_not_reported_says_to_which_day_the_last_figure_ran(small):
    """November came whole, of December the sheet of the other office alone."""
    small.report("2023-11", shops="– 9")
    small.report("2023-12", "food", food_tested="– 3")

    unreported = sentences(of(small.bureau, DECEMBER).unreported)

    assert unreported["shops"] == "未报，上次的数截至 11 月 30 日"
    assert "shops" not in sentences(of(small.bureau).unreported)
    assert "shops" not in sentences(of(small.bureau, DECEMBER).stale)


def test_what_lacks_a_part_says_which(small):
    """合格率 without 检验批次."""
    small.report("2023-11", passed="– 5", shops="– 9")

    assert sentences(of(small.bureau).unreported)["plain_rate"] == "算不出，缺「检验批次」"


def test_a_cumulative_without_a_month_is_there_and_not_whole(small):
    """January and March by the month, nothing of February."""
    small.months(2023, tested="5||7")

    lists = of(small.bureau, Month(2023, 3))

    assert sentences(lists.incomplete)["tested"] == "本年累计缺 2 月"
    assert "tested" not in sentences(lists.unreported)


def test_a_sum_without_all_that_report_below_names_who_is_missing(province):
    """Two of three bureaus of the city."""
    province.store.commit([report(org, "credit", "2023-11", visits="5 50") for org in ("donghu", "nanhu")])

    assert sentences(of(province, org="jiangcheng").incomplete)["visits"] == "缺 1 家：北山区市场监管局，还不能下结论"


def test_a_finding_that_was_explained_stands_with_its_explanation_at_all_that_rests_on_its_measure(small):
    """检验批次 itself, and each rate over it; not what is made of other measures."""
    filed(small, "2023-11", doubt("tested"), tested="– 50", passed="– 45", shops="– 9")

    flagged = sentences(of(small.bureau).flagged)

    assert {"tested", "plain_rate", "both"} <= set(flagged)
    assert "shops" not in flagged
    assert flagged["tested"] == "5 比上月多（说明：已核对）"


def test_a_finding_that_names_no_measure_stands_at_its_cell(small):
    """The first row of the sheet is 检验批次, its 本年累计 in D3."""
    filed(small, "2023-11", doubt(cell="D3"), tested="– 50", shops="– 9")

    assert set(sentences(of(small.bureau).flagged)) >= {"tested"}
    assert "shops" not in sentences(of(small.bureau).flagged)


def test_a_hint_is_no_doubt_and_a_finding_without_words_says_so(small):
    filed(small, "2023-11", doubt("tested", severity=Severity.HINT), doubt("shops"), note="", tested="– 50", shops="– 9")

    flagged = sentences(of(small.bureau).flagged)

    assert flagged["shops"] == "5 比上月多（没有说明）"
    assert "tested" not in flagged


def test_a_finding_goes_with_the_sheet_that_replaces_its_own(small):
    filed(small, "2023-11", doubt("tested"), tested="– 50")
    filed(small, "2023-11", tested="– 51")

    assert of(small.bureau).flagged == ()


@pytest.mark.parametrize(("november", "expected"), [("5", {"tested": "2023 年 10 月：5 比上月多（说明：已核对）"}), ("5 55", {})])
def test_a_finding_of_an_earlier_month_stands_as_long_as_the_figure_rests_on_it(small, november, expected):
    """A year summed from months rests on October; a cumulative that November states does not."""
    filed(small, "2023-10", doubt("tested"), tested="50")
    small.report("2023-11", tested=november)

    flagged = sentences(of(small.bureau).flagged)

    assert {code: sentence for code, sentence in flagged.items() if code == "tested"} == expected


def test_of_an_organisation_above_others_a_finding_says_whose_it_is(province):
    item = report("donghu", "credit", "2023-11", visits="5 50")
    finding = Finding("doubt", Severity.CHECK, Place("月报表", "C6"), "5 比上月多", "请核对", measures=("visits",))
    province.store.commit([Accepted(item.report, item.data, item.file, item.by, "已核对", (finding,))])

    assert sentences(of(province, org="jiangcheng").flagged)["visits"] == "东湖区市场监管局信用监管科：5 比上月多（说明：已核对）"
    assert sentences(of(province, org="donghu").flagged)["visits"] == "5 比上月多（说明：已核对）"


def test_a_target_set_anew_within_the_year_is_another_definition_from_its_month_on(held):
    """100 from January, 120 from July; in June nobody knows of it yet."""
    small = held({2023: target("tested", "annual", "100") + target("tested", "annual", "120").replace("[[target]]", "[[target]]\nfrom = 2023-07-01")})
    small.report("2023-06", tested="– 50")
    small.report("2023-07", tested="– 60")

    assert sentences(of(small.bureau, Month(2023, 6)).redefined) == {}
    assert sentences(of(small.bureau, Month(2023, 7)).redefined) == {"tested": "目标 7 月 1 日起由 100 批次改为 120 批次，依据「分解表」"}


def test_a_target_of_which_only_the_tolerance_changed_says_that_its_number_stands(held):
    small = held({2023: target("plain_rate", "floor", "90", 1) + target("plain_rate", "floor", "90", 2).replace("[[target]]", "[[target]]\nfrom = 2023-07-01")})
    small.report("2023-07", tested="– 60", passed="– 60")

    assert sentences(of(small.bureau, Month(2023, 7)).redefined)["plain_rate"] == "目标 7 月 1 日起调整，仍为 90%，依据「分解表」"


def test_a_base_that_the_office_restates_is_another_definition(small):
    """75 on record, 80 to this year's scope."""
    small.report("2022-11", tested="– 75")
    small.report("2023-11", tested="– 90 80", note="合并两类批次")

    sentence = sentences(of(small.bureau).redefined)["tested"]

    assert sentence.startswith("「检验批次」上年同期用同口径数 80，上年报送为 75（张三 ")
    assert sentence.endswith("说明：合并两类批次）")


def test_an_organisation_that_came_to_another_is_another_definition(small):
    """Since July one more bureau is in the figures, and last year's are without it."""
    small.report("2022-11", tested="– 75")
    small.report("2023-11", tested="– 90")
    [row] = [row for row in board(small.bureau, NOVEMBER) if row.indicator == "tested"]
    joined = Move(Month(2023, 7), MoveKind.JOINED, "donghu", "东湖区市场监管局", "")

    lists = trust(small.bureau, [replace(row, caveats=replace(row.caveats, moves=(joined,)))])

    assert sentences(lists.redefined) == {"tested": "东湖区市场监管局 7 月起划入，上年同期不含"}


def test_what_else_is_known_of_a_definition_is_told_with_it(small):
    small.report("2023-11", tested="– 50")

    lists = trust(small.bureau, board(small.bureau, NOVEMBER), {"tested": ["口径由「甲」改为「乙」"]})

    assert sentences(lists.redefined) == {"tested": "口径由「甲」改为「乙」"}


def test_of_no_rows_every_list_is_empty(empty):
    assert trust(empty, []).lists == {"陈旧": (), "未报": (), "不全": (), "带核对意见": (), "定义变动": ()}


def test_cells_that_are_known_already_give_the_same(demo):
    """The demo in November and in its third month, where two growths lack last year."""
    for month in (NOVEMBER, Month(2022, 3)):
        rows = board(demo, month)

        assert trust(demo, rows, cells=sources(demo, demo.catalog.codes, month)) == trust(demo, rows)


def test_the_demo_in_november(demo):
    lists = of(demo)

    assert {name: len(doubts) for name, doubts in lists.lists.items()} == {"陈旧": 21, "未报": 0, "不全": 0, "带核对意见": 4, "定义变动": 1}
    assert lists.stale[0].indicator == "notification_commitment_share"
    assert sum(doubt.days >= NOVEMBER.last_day.day for doubt in lists.stale) == 7  # they end before the month begins
    assert sentences(lists.redefined) == {"ip_pledge_loans": "目标 7 月 1 日起由 800 万元改为 1,000 万元，依据「2023 年年中目标调整通知（演示用，虚构）」"}
