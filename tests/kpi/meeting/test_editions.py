"""会议版: what was shown stays as it was, and what differs now has its reason."""

import json
import shutil
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal as D
from pathlib import Path

import pytest

from kpi.bureau import Bureau, open_bureau
from kpi.catalog.load import DEFAULT
from kpi.errors import RequestError
from kpi.meeting import editions
from kpi.meeting.differences import Drift, drift
from kpi.meeting.frozen_rows import FrozenRow, freeze, thaw
from kpi.meeting.reasons import Cause
from kpi.period import Month, Span
from kpi.present import edition_words
from kpi.review.board import board
from kpi.review.prospects import signalled
from kpi.store.decision import Act, Decision
from tests.kpi.province import report, write_catalog
from tests.kpi.store.reports import accepted

NOVEMBER = Month(2023, 11)
RATE = "food_sampling_pass_rate"
PASSED, TESTED = "food_samples_passed", "food_samples_tested"


def send(bureau: Bureau, day: int, passed: str, tested: str, period: str = "2023-11", note: str = "", as_of: date | None = None) -> int:
    """A report of 食品安全协调科 on a day of December 2023."""
    item = accepted(period, "food_coordination", {PASSED: passed, TESTED: tested}, note=note, as_of=as_of)
    return bureau.store.commit([item], at=datetime(2023, 12, day, 9, 30))[0].seq  # noqa: DTZ001 - the store keeps local time


def withdraw(bureau: Bureau, seq: int) -> None:
    when = datetime(2023, 12, 9, 10, 0)  # noqa: DTZ001
    bureau.store.decide(Decision(Act.WITHDRAW, NOVEMBER, "food_coordination", seq, "李主任", when, "文件拿错了"))


def frozen(bureau: Bureau, title: str = "局务会", span: Span = Span.YTD) -> editions.Issue:
    return editions.freeze(bureau, NOVEMBER, "王统计", title, span)


def changed(bureau: Bureau, issue: editions.Issue) -> Drift:
    """The one figure of the pass rate that differs; the others that its parts bear on are left aside."""
    [found] = [one for one in drift(bureau, issue.edition) if one.indicator == RATE]
    return found


def other_catalog(folder: Path, file: str, *edits: tuple[str, str]) -> Path:
    """The shipped catalogue with words of one file replaced."""
    shutil.copytree(DEFAULT, folder)
    text = (folder / file).read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / file).write_text(text, "utf-8")
    return folder


def test_a_frozen_figure_stays_and_a_correction_is_told(empty):
    """1724 of 1763 is 97.788 %, 滞后; 1700 is 96.427 %, 未达标: 1.361 个百分点 less."""
    send(empty, 3, "– 1724", "– 1763")
    issue = frozen(empty)
    send(empty, 8, "– 1700", "– 1763", note="复核更正")

    [row] = [one.row for one in editions.shown(empty, issue.edition) if one.row.indicator == RATE]
    found = changed(empty, issue)

    assert (row.figure.numerator, row.figure.denominator, row.status) == (1724, 1763, "滞后")
    assert round(found.difference, 3) == D("-1.361")
    assert found.difference_unit == "个百分点"
    [reason] = found.reasons
    assert (reason.cause, reason.submission, reason.replaces, reason.by, reason.note) == (Cause.CORRECTED, 3, 1, "张三", "复核更正")
    assert [(cell.measure, cell.was.number, cell.now.number, cell.before.cell, cell.after.cell) for cell in reason.cells] == [(PASSED, 1724, 1700, "D3", "D3")]
    assert found.words == (
        "食品抽检合格率：会上 97.8%，现在 96.4%（-1.4 个百分点），由滞后变为未达标；"
        "原因：第 3 号报送（「food_coordination2023-11.xlsx」，张三于 2023-12-08 09:30，说明：复核更正）替换第 1 号，"
        "食品抽检合格批次（本年累计）由 1,724 批次改为 1,700 批次。"
    )


def test_nothing_changed_is_nothing_told_and_the_same_code(empty):
    """Frozen again, even for another meeting, it is the same edition; a correction makes the next one."""
    send(empty, 3, "– 1724", "– 1763")
    first = frozen(empty)
    again = frozen(empty, "党组会")
    assert (again.edition.seq, again.edition.unchanged, again.edition.code, again.number) == (2, True, first.edition.code, 1)
    assert (again.edition.title, again.untaken, frozen(empty).untaken) == ("局务会", "党组会", "")
    said = edition_words.frozen(again.edition, again.number, again.whose, again.before, again.untaken)
    assert said.endswith(f"完全相同，没有另存；编号仍是 {first.edition.code}，会议仍是「局务会」，这次写的「党组会」没有记下。")
    assert drift(empty, first.edition) == []

    send(empty, 8, "– 1700", "– 1763")
    second = frozen(empty, "党组会")

    assert (second.number, second.edition.unchanged) == (2, False)
    assert second.edition.code != first.edition.code
    assert drift(empty, second.edition) == []
    assert changed(empty, first).was.row.figure.numerator == 1724
    assert [one.edition.seq for one in editions.editions(empty)] == [4, 2]
    assert editions.find(empty, first.edition.code.lower().replace("-", " ")).edition == first.edition


def test_a_withdrawal_is_told_with_who_and_why_and_what_counts_again(empty):
    """1700 was shown, and taken back: 1724 counts."""
    send(empty, 3, "– 1724", "– 1763")
    send(empty, 4, "– 1700", "– 1763")
    issue = frozen(empty)
    withdraw(empty, 2)

    [reason] = changed(empty, issue).reasons

    assert (reason.cause, reason.submission, reason.replaces, reason.by, reason.note) == (Cause.WITHDRAWN, 2, 1, "李主任", "文件拿错了")
    assert reason.words == (
        "第 2 号报送已由李主任于 2023-12-09 10:00 撤回（理由：文件拿错了），第 1 号重新有效，食品抽检合格批次（本年累计）由 1,700 批次改为 1,724 批次"
    )


def test_a_withdrawn_only_report_leaves_nothing(empty):
    send(empty, 3, "– 1724", "– 1763")
    issue = frozen(empty)
    withdraw(empty, 1)

    found = changed(empty, issue)

    assert (found.now.row.figure.state, found.difference, found.difference_words) == ("未报", None, "—")
    assert found.words.startswith("食品抽检合格率：会上 97.8%，现在未报，由滞后变为未报；原因：第 1 号报送已由李主任于")
    assert found.words.endswith("没有别的报送可用，变为未报。")


def test_a_correction_that_leaves_a_figure_out_is_a_correction(empty):
    """The new sheet speaks of 检验批次 alone: the rate is 未报, by that sheet and not by a withdrawal."""
    send(empty, 3, "– 1724", "– 1763")
    issue = frozen(empty)
    empty.store.commit([accepted("2023-11", "food_coordination", {TESTED: "– 1763"})])

    [reason] = changed(empty, issue).reasons

    assert (reason.cause, reason.submission, reason.replaces, reason.file) == (Cause.CORRECTED, 3, 1, "food_coordination2023-11.xlsx")
    assert reason.words.endswith("替换第 1 号，食品抽检合格批次（本年累计）由 1,724 批次改为未报")


def test_figures_that_came_late_are_told_as_such(empty):
    """未报 in the meeting."""
    empty.store.commit([accepted("2023-11", "ip", trademarks_registered_new="– 200")])
    issue = frozen(empty)
    send(empty, 20, "– 1724", "– 1763")

    found = changed(empty, issue)

    assert (found.was.row.figure.state, found.reasons[0].cause, found.reasons[0].replaces) == ("未报", Cause.LATE, None)
    assert "现在 97.8%" in found.words
    assert "会后补报，食品抽检合格批次（本年累计）由未报改为 1,724 批次、食品抽检检验批次（本年累计）由未报改为 1,763 批次" in found.words


def test_only_months_that_the_figure_rests_on_are_told(empty):
    """The cumulative figure of November hides a correction of October; months that only add up do not."""
    send(empty, 1, "– 1500", "– 1540", "2023-10")
    send(empty, 3, "– 1724", "– 1763")
    issue = frozen(empty)
    send(empty, 7, "– 1400", "– 1540", "2023-10")
    november = changed(empty, issue)
    assert (november.difference, november.differences[0][:3]) == (0, "本月数")
    assert [cell.period for cell in november.reasons[0].cells] == [Month(2023, 10)]
    send(empty, 8, "– 1700", "– 1763")
    assert [cell.period for cell in changed(empty, issue).reasons[0].cells] == [NOVEMBER]
    assert len(changed(empty, issue).reasons) == 1


def test_an_earlier_month_that_adds_up_is_told_with_its_month(empty):
    """100 of 100 in October and 50 of 50 in November; October was 90."""
    send(empty, 1, "100", "100", "2023-10")
    send(empty, 3, "50", "50")
    issue = frozen(empty)
    send(empty, 7, "90", "100", "2023-10")

    found = changed(empty, issue)

    assert (found.was.row.figure.numerator, found.now.row.figure.numerator) == (150, 140)
    assert "2023 年 10 月食品抽检合格批次（本月数）由 100 批次改为 90 批次" in found.words


def test_last_years_figure_is_part_of_what_was_shown(empty):
    """Corrected a year later: 95 of 100 was 90."""
    send(empty, 1, "– 90", "– 100", "2022-11")
    send(empty, 3, "– 1724", "– 1763")
    issue = frozen(empty)
    send(empty, 7, "– 95", "– 100", "2022-11")

    found = changed(empty, issue)

    assert found.difference == 0
    assert found.words.startswith("食品抽检合格率：上年同期由 90.0%变为 95.0%；原因：第 4 号报送")
    assert "2022 年 11 月食品抽检合格批次（本年累计）由 90 批次改为 95 批次" in found.words


def test_another_date_of_the_data_is_told(empty):
    """16,000 of 18,000: by 10 November 15,485 were due, by 30 November 16,471."""
    for day in (10, 30):
        issue = frozen(empty) if day == 30 else None
        empty.store.commit([accepted("2023-11", "food_coordination", food_rapid_tests="– 16000", as_of=date(2023, 11, day))])

    found = next(one for one in drift(empty, issue.edition) if one.indicator == "food_rapid_tests")

    assert found.words.startswith("食品快检批次：由达标变为滞后；原因：第 3 号报送（")
    assert found.words.endswith("替换第 1 号，食品快检批次（本年累计）的截止日由 2023-11-10 改为 2023-11-30。")


def test_a_changed_target_is_told_with_its_document(tmp_path):
    """97.8 % lowered to 97 %: met after all."""
    lowered = other_catalog(tmp_path / "catalog", "targets/2023.toml", ("value = 97.8\n", "value = 97\n"))
    with open_bureau(tmp_path / "data") as bureau:
        send(bureau, 3, "– 1724", "– 1763")
        issue = frozen(bureau)
    with open_bureau(tmp_path / "data", lowered) as bureau:
        found = changed(bureau, issue)
        assert found.reasons[0].cause is Cause.TARGET
        assert found.words == (
            "食品抽检合格率：目标由 ≥97.8%变为 ≥97%，由滞后变为达标；原因：目标由「≥97.8%」改为「≥97%」，依据「2023 年目标任务分解表（演示用，虚构）」。"
        )
        assert next(one.row.target.value for one in editions.shown(bureau, issue.edition) if one.row.indicator == RATE) == D("97.8")


def test_a_changed_definition_is_told_in_words(tmp_path):
    """Over 抽检批次 instead of 检验批次: 90 of 100 instead of 90 of 95."""
    file = "food_coordination.toml"
    other = other_catalog(
        tmp_path / "catalog",
        file,
        ('numerator = "food_samples_passed"\ndenominator = "food_samples_tested"', 'numerator = "food_samples_passed"\ndenominator = "food_samples_taken"'),
    )
    with open_bureau(tmp_path / "data") as bureau:
        bureau.store.commit([accepted("2023-11", "food_coordination", {PASSED: "– 90", TESTED: "– 95", "food_samples_taken": "– 100"})])
        issue = frozen(bureau)
    with open_bureau(tmp_path / "data", other) as bureau:
        found = changed(bureau, issue)
        [reason] = found.reasons
        assert (reason.cause, found.now.row.figure.denominator) == (Cause.DEFINITION, 100)
        assert reason.words == "口径由「食品抽检合格批次 ÷ 食品抽检检验批次 × 100%」改为「食品抽检合格批次 ÷ 食品监督抽检批次 × 100%」"


def test_another_tolerance_is_a_change_of_the_catalogue(tmp_path):
    """0.012 个百分点 lacking is 滞后 within 0.5, 未达标 beyond 0.01."""
    other = other_catalog(tmp_path / "catalog", "targets/2023.toml", ("value = 97.8\ntolerance = 0.5", "value = 97.8\ntolerance = 0.01"))
    with open_bureau(tmp_path / "data") as bureau:
        send(bureau, 3, "– 1724", "– 1763")
        issue = frozen(bureau)
    with open_bureau(tmp_path / "data", other) as bureau:
        assert (
            changed(bureau, issue).words
            == "食品抽检合格率：由滞后变为未达标，容差由 0.5 个百分点改为 0.01 个百分点；原因：容差由 0.5 个百分点改为 0.01 个百分点。"
        )


def test_an_indicator_that_is_gone_is_still_shown(empty):
    """And told apart from one that the meeting did not have."""
    empty.store.commit([accepted("2023-11", "ip", trademarks_registered_new="– 200")])
    send(empty, 3, "– 1724", "– 1763")
    issue = frozen(empty)
    catalog = replace(empty.catalog, indicators={code: one for code, one in empty.catalog.indicators.items() if code != RATE})
    without = replace(empty, catalog=catalog)

    [gone] = drift(without, issue.edition)
    assert gone.words == "食品抽检合格率：会上 97.8%，现在没有这一项；原因：指标目录里已经没有这一项。"
    assert RATE in [one.row.indicator for one in editions.shown(without, issue.edition)]

    send(empty, 4, "– 1724", "– 1763", note="再报一次")
    later = frozen(without)
    assert [(one.indicator, one.was) for one in drift(empty, later.edition)] == [(RATE, None)]


def test_a_frozen_board_reads_back_exactly_and_always_writes_the_same(demo):
    """Every field of 81 rows, decimals to the last digit."""
    rows = [FrozenRow(row, 1, "甲 ÷ 乙", "一句话") for row in signalled(demo, board(demo, NOVEMBER))]
    data = freeze(NOVEMBER, Span.YTD, rows)
    assert len(rows) == 81
    assert thaw(data) == rows
    assert freeze(NOVEMBER, Span.YTD, thaw(data)) == data


def test_a_single_month_is_another_edition(empty):
    """3 of 3 in the month, 1724 of 1763 since January."""
    send(empty, 3, "3 1724", "3 1763")
    month, ytd = frozen(empty, span=Span.MONTH), frozen(empty)
    values = [next(one.row.figure.value for one in editions.shown(empty, issue.edition) if one.row.indicator == RATE) for issue in (month, ytd)]
    assert values == [100, D(1724) * 100 / D(1763)]
    assert (month.number, ytd.number) == (1, 1)
    send(empty, 8, "2 1724", "3 1763")
    assert "食品抽检合格批次（本月数）由 3 批次改为 2 批次" in changed(empty, month).words
    assert changed(empty, ytd).differences == ("本月数由 100.0% 变为 66.7%",)  # the year is what it was, the month beside it is not


def test_an_edition_needs_a_name_and_figures(empty):
    send(empty, 3, "– 1724", "– 1763")
    with pytest.raises(RequestError, match="要写明姓名"):
        editions.freeze(empty, NOVEMBER, " ")
    with pytest.raises(RequestError, match="2021 年 11 月还没有数据，不能定稿"):
        editions.freeze(empty, Month(2021, 11), "王统计")
    with pytest.raises(RequestError, match="没有编号为「2023-11-XXXX-XX」的会议版"):
        editions.find(empty, "2023-11-XXXX-XX")
    assert empty.store.version == 1


def test_as_known_on_a_day_every_question_has_the_answer_of_that_day(empty):
    """97.8 % was known on the 5th, 96.4 % on the 8th; a completed list shows who had reported by then."""
    from kpi.filing.completeness import completeness
    from kpi.review.series import series
    from kpi.review.source import source

    send(empty, 3, "– 1724", "– 1763")
    send(empty, 8, "– 1700", "– 1763")

    known = {day: empty.as_known(date(2023, 12, day)) for day in (2, 5, 8)}

    rates = {day: next(row.figure.numerator for row in board(bureau, NOVEMBER) if row.indicator == RATE) for day, bureau in known.items()}
    assert rates == {2: None, 5: 1724, 8: 1700}
    assert known[8].store is empty.store
    assert [point.value for point in series(known[5], PASSED, NOVEMBER, NOVEMBER).points] == [1724]
    assert {cell.submission for cell in source(known[5], RATE, NOVEMBER)} == {1}
    received = {day: [row.received is not None for row in completeness(bureau, NOVEMBER, date(2023, 12, day))].count(True) for day, bureau in known.items()}
    assert received == {2: 0, 5: 1, 8: 1}


FOOD = {"food_passed": "– 980", "food_tested": "– 1000"}


def province_sends(province: Bureau, org: str, day: int, **cells: str) -> int:
    """A report of 食品科 of one bureau on a day of December 2023."""
    return province.store.commit([report(org, "food", "2023-11", **(cells or FOOD))], at=datetime(2023, 12, day, 9, 30))[0].seq  # noqa: DTZ001


def test_each_organisation_has_editions_of_its_own(province):
    """东湖 and 港口 report the same figures: two codes, each the first edition of its own."""
    for org in ("donghu", "gangkou"):
        province_sends(province, org, 3)
    donghu, gangkou, root = (editions.freeze(province, NOVEMBER, "王统计", org=org) for org in ("donghu", "gangkou", None))

    assert [(one.edition.org, one.number, one.whose) for one in (donghu, gangkou, root)] == [
        ("donghu", 1, "东湖区市场监管局"),
        ("gangkou", 1, "港口区市场监管局"),
        ("qinglan", 1, "青澜省市场监管局"),
    ]
    assert len({one.edition.code for one in (donghu, gangkou, root)}) == 3
    again = editions.freeze(province, NOVEMBER, "王统计", "党组会", org="donghu")
    assert (again.edition.seq, again.edition.unchanged, again.edition.code) == (3, True, donghu.edition.code)
    assert [one.edition.seq for one in editions.editions(province)] == [5, 4, 3]
    assert editions.editions(province, NOVEMBER, "gangkou") == [gangkou]
    assert editions.editions(province, org="nanhu") == []
    assert editions.find(province, gangkou.edition.code) == gangkou
    assert {one.row.org for one in editions.shown(province, gangkou.edition)} == {"gangkou"}

    province_sends(province, "donghu", 8, food_passed="– 970", food_tested="– 1000")
    second = editions.freeze(province, NOVEMBER, "王统计", org="donghu")
    assert (second.number, editions.freeze(province, NOVEMBER, "王统计", org="gangkou").number) == (2, 1)


def test_an_edition_of_another_organisation_is_refused(province):
    province_sends(province, "donghu", 3)
    code = editions.freeze(province, NOVEMBER, "王统计", org="donghu").edition.code
    assert editions.find(province, code, "donghu").edition.code == code
    with pytest.raises(RequestError) as refused:
        editions.find(province, code, "gangkou")
    assert str(refused.value) == f"会议版 {code} 是东湖区市场监管局的，不是港口区市场监管局的；编号已经说明是哪个单位，不必再写单位。"
    with pytest.raises(RequestError, match="港口区市场监管局 2023 年 11 月还没有数据，不能定稿"):
        editions.freeze(province, NOVEMBER, "王统计", org="gangkou")


def test_what_changes_below_is_a_change_of_those_above_alone(province):
    """江城 is 980 + 490 of 1,000 + 500, 98 %; 南湖 corrects to 475: 97 %. 海州 and 东湖 are what they were."""
    province_sends(province, "donghu", 3)
    province_sends(province, "nanhu", 3, food_passed="– 490", food_tested="– 500")
    province_sends(province, "gangkou", 3)
    frozen = {org: editions.freeze(province, NOVEMBER, "王统计", org=org).edition for org in ("jiangcheng", "haizhou", "donghu", "nanhu")}

    province_sends(province, "nanhu", 8, food_passed="– 475", food_tested="– 500")

    found = {org: drift(province, one) for org, one in frozen.items()}
    assert (found["haizhou"], found["donghu"]) == ([], [])
    [city], [district] = found["jiangcheng"], found["nanhu"]
    assert city.words == (
        "食品抽检合格率：会上 98.0%，现在 97.0%（-1.0 个百分点）；"
        "原因：第 8 号报送（「nanhu-food-2023-11.xlsx」，王统计于 2023-12-08 09:30）替换第 2 号，"
        "南湖区市场监管局食品抽检合格批次（本年累计）由 490 批次改为 475 批次。"
    )
    [cell] = city.reasons[0].cells
    assert (cell.org, cell.whose, cell.was.number, cell.now.number) == ("nanhu", "南湖区市场监管局", 490, 475)
    assert district.words.endswith("替换第 2 号，食品抽检合格批次（本年累计）由 490 批次改为 475 批次。")


def test_who_came_late_and_who_was_taken_back_is_told_for_a_node(province):
    """Two of three had reported, then all, then 东湖 is withdrawn: the same sums of others."""
    province_sends(province, "donghu", 3)
    province_sends(province, "nanhu", 3)
    issue = editions.freeze(province, NOVEMBER, "王统计", org="jiangcheng")
    province_sends(province, "beishan", 8)

    [late] = drift(province, issue.edition)
    assert late.words == (
        "食品抽检合格率：分子分母由 1,960 ÷ 2,000 变为 2,940 ÷ 3,000，已报由 2/3 家变为 3/3 家，由未定变为达标；"
        "原因：第 4 号报送（「beishan-food-2023-11.xlsx」，王统计于 2023-12-08 09:30）会后补报，"
        "北山区市场监管局食品抽检合格批次（本年累计）由未报改为 980 批次、北山区市场监管局食品抽检批次（本年累计）由未报改为 1,000 批次。"
    )

    when = datetime(2023, 12, 9, 10, 0)  # noqa: DTZ001
    province.store.decide(Decision(Act.WITHDRAW, NOVEMBER, "food", 1, "李主任", when, "文件拿错了", org="donghu"))
    [other] = drift(province, issue.edition)
    assert other.differences == ("由缺 1 家：北山区市场监管局变为缺 1 家：东湖区市场监管局",)
    assert [reason.cause for reason in other.reasons] == [Cause.WITHDRAWN, Cause.LATE]


def test_an_edition_without_an_organisation_is_of_the_root(tmp_path):
    """Frozen while the bureau stood alone, read in a tree: it belongs to the one that stands for all, and the next is 第 2 版."""
    catalog = write_catalog(tmp_path / "catalog")
    with open_bureau(tmp_path / "data", catalog) as bureau:
        province_sends(bureau, "donghu", 3)
        issue = editions.freeze(bureau, NOVEMBER, "王统计")
    for entry in sorted((tmp_path / "data" / "log").iterdir()):  # as the first releases wrote it: an entry a file, and no chain
        [written] = json.loads(entry.read_text("utf-8"))["entries"]
        kept = {name: value for name, value in written.items() if name != "org" or "figures" not in written}
        entry.write_text(json.dumps(kept), "utf-8")
    for name in ("kpi.duckdb", "kpi.size", "head.json"):
        (tmp_path / "data" / name).unlink()
    with open_bureau(tmp_path / "data", catalog) as bureau:
        assert bureau.store.editions()[0].org == "bureau"
        assert editions.editions(bureau, org="qinglan") == [issue]
        assert editions.freeze(bureau, NOVEMBER, "王统计").edition.unchanged
        assert drift(bureau, issue.edition) == []
        province_sends(bureau, "nanhu", 8)
        assert (drift(bureau, issue.edition)[0].now.row.org, editions.freeze(bureau, NOVEMBER, "王统计").number) == ("qinglan", 2)


def test_an_organisation_that_the_tree_has_lost_keeps_what_was_shown(province):
    province_sends(province, "yuntai", 3)
    issue = editions.freeze(province, NOVEMBER, "王统计", org="yuntai")
    orgs = {code: org for code, org in province.catalog.orgs.items() if code != "yuntai"}
    without = replace(province, catalog=replace(province.catalog, orgs=orgs))

    [kept] = editions.editions(without)
    assert (kept.whose, len(editions.shown(without, kept.edition))) == ("云台区市场监管局", 4)
    with pytest.raises(RequestError) as refused:
        drift(without, kept.edition)
    assert str(refused.value) == f"机构树里已经没有「云台区市场监管局」，会议版 {issue.edition.code} 没有可以比较的看板；定稿的数仍可以查看。"


def test_an_edition_keeps_the_rule_that_it_was_printed_by(empty, monkeypatch):
    """345 of 400 is 86.25 %: 86.3 as spreadsheets print, 86.2 to the even digit; the other rows, which both print alike, are the same."""
    send(empty, 3, "– 345", "– 400")
    issue = frozen(empty)
    monkeypatch.setenv("KPI_ROUNDING", "half-even")
    found = changed(empty, issue)
    assert found.differences == ("会上 86.3%", "现在 86.2%")
    assert [reason.words for reason in found.reasons] == ["舍入由「四舍五入」改为「四舍六入五成双」"]
    assert editions.rounding_of(editions.shown(empty, issue.edition)) == "half-up"
    assert frozen(empty).number == 2
    monkeypatch.setenv("KPI_ROUNDING", "")
    assert drift(empty, issue.edition) == []


def test_a_rule_that_prints_nothing_otherwise_changes_no_edition(empty, monkeypatch):
    """1724 of 1763 is 97.787 %, by either rule."""
    send(empty, 3, "– 1724", "– 1763")
    issue = frozen(empty)
    monkeypatch.setenv("KPI_ROUNDING", "half-even")
    assert (drift(empty, issue.edition), frozen(empty).edition.code) == ([], issue.edition.code)


def test_an_edition_keeps_the_names_it_was_frozen_under(province):
    """The city and an office are renamed, and then the office is gone: the printed names stay, and the office can be asked for by code and name."""
    province_sends(province, "yuntai", 3)
    issue = editions.freeze(province, NOVEMBER, "王统计")
    was = issue.whose
    catalog, root = province.catalog, province.catalog.root
    orgs = catalog.orgs | {code: catalog.orgs[code].model_copy(update={"name": name}) for code, name in ((root, "新市局"), ("yuntai", "云台新区局"))}
    office = editions.shown(province, issue.edition)[0].row.office
    offices = catalog.offices | {office: catalog.offices[office].model_copy(update={"name": "新科", "template": "新表"})}
    renamed = replace(province, catalog=replace(catalog, orgs=orgs, offices=offices, digest="other"))
    [kept] = editions.editions(renamed)
    assert (kept.whose, was == "新市局") == (was, False)
    rows = editions.shown(renamed, kept.edition)
    assert {one.office_name for one in rows if one.row.office == office} == {catalog.offices[office].name}
    without = replace(province, catalog=replace(catalog, offices={code: one for code, one in catalog.offices.items() if code != office}))
    assert editions.known_office_of(without, rows, office) == editions.known_office_of(without, rows, catalog.offices[office].name) == office
    reasons = {reason.words for one in drift(renamed, kept.edition) for reason in one.reasons}
    assert any("改名为云台新区局" in words and "改名为「新表」" in words for words in reasons), reasons


def test_the_code_of_the_first_meeting_finds_the_first(empty):
    """The same figures for a second meeting have the same code: both are named, each with its occasion."""
    send(empty, 3, "– 1724", "– 1763")
    first = frozen(empty)
    withdraw(empty, send(empty, 4, "– 1719", "– 1763"))
    corrected = send(empty, 5, "– 1718", "– 1763")
    frozen(empty, "党组会")
    withdraw(empty, corrected)
    third = frozen(empty, "年终会")
    assert (third.number, third.edition.code) == (3, first.edition.code)
    found = editions.find(empty, first.edition.code)
    assert (found.number, found.edition.title) == (1, "局务会")
    assert [(one.number, one.edition.title) for one in found.again] == [(3, "年终会")]
