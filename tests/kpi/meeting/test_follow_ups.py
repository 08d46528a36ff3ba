"""督办: opened on what the board shows, closed by what it shows later, and each day as it was on that day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from fractions import Fraction
from pathlib import Path

import pytest

from kpi.bureau import LiveBureau
from kpi.meeting import editions
from kpi.meeting.follow_up_acts import add_progress, add_step, mark_step, promise_anew, reopen, sign
from kpi.meeting.follow_up_opening import open_on_decision, open_on_finding, open_on_miss, open_on_problem, open_on_relation
from kpi.meeting.follow_ups import follow_ups, last_promises, of_indicator, of_office
from kpi.meeting.meeting_notes import keep_note, notes
from kpi.period import Month
from kpi.present import follow_up_words
from kpi.store.database import Store, rebuild
from kpi.store.demonstration import DemoEnd
from kpi.store.follow_up import MatterKind, Step
from kpi.store.meeting_note import NoteKind
from tests.kpi.meeting.following import DECEMBER, FAULT, NOVEMBER, RATE, TASK, bureau_of, by, given, moment, send, slip, stands
from tests.kpi.province import report
from tests.kpi.store.reports import accepted


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[LiveBureau]:
    """November 2023: 880 of 1000, 88.0 % against 90 %; 1000 of 1200 batches are behind the pace of 334/365."""
    with bureau_of(tmp_path) as opened:
        send(opened, "2023-11", "2023-12-04", "880", "1000")
        yield opened


def test_a_miss_is_kept_as_it_was_shown(bureau: LiveBureau) -> None:
    """Its sentence, its figure and its target stay, whatever is reported later."""
    opened = open_on_miss(bureau, RATE, NOVEMBER, given(promise="12 月补检"), by("2023-12-06"))

    assert (opened.seq, opened.office, opened.person, opened.due) == (2, "quality", "张三", date(2023, 12, 31))
    assert opened.title == "2023 年 11 月合格率（不计在检）滞后"
    matter = opened.matter
    assert (matter.kind, matter.indicator, matter.value, matter.target, matter.as_of) == (MatterKind.MISS, RATE, 88, 90, date(2023, 11, 30))
    assert matter.words.startswith("合格率（不计在检） 88.0%，目标 ≥90%，滞后")
    assert bureau.store.follow_ups() == [opened]


def test_a_figure_that_recovers_in_time_closes_it(bureau: LiveBureau) -> None:
    """December, of which the sheet comes on 4 January, is 91.0 %."""
    number = open_on_miss(bureau, RATE, NOVEMBER, given(), by("2023-12-06")).seq
    send(bureau, "2023-12", "2024-01-04", "1001", "1100")

    assert stands(bureau, number, "2023-12-06", "2023-12-24", "2024-01-03", "2024-01-04") == ["进行中 绿", "即将到期 黄", "即将到期 黄", "已恢复 绿"]
    closed = slip(bureau, number, "2024-01-04")
    assert (closed.course.recovered, closed.now.row.period, closed.now.printed) == (DECEMBER, DECEMBER, "91.0%")
    assert slip(bureau, number, "2024-01-03").course.waits_for == DECEMBER


def test_a_later_month_made_good_turns_yellow(bureau: LiveBureau) -> None:
    """December 89.0 %, January 92.0 %: red from the day on which December is known, yellow from the day on which January is."""
    number = open_on_miss(bureau, RATE, NOVEMBER, given(), by("2023-12-06")).seq
    send(bureau, "2023-12", "2024-01-04", "979", "1100")
    send(bureau, "2024-01", "2024-02-05", "92", "100")

    assert stands(bureau, number, "2024-01-04", "2024-02-04", "2024-02-05") == ["逾期 红", "逾期 红", "逾期后恢复 黄"]
    late = slip(bureau, number, "2024-02-05")
    assert follow_up_words.outcome(late) == "逾期后恢复：1 月达标（新的一年，按 2024 年的目标），现在 92.0%"


def test_what_falls_below_again_is_open_again(bureau: LiveBureau) -> None:
    """And says so; a leader may sign it all the same."""
    number = open_on_miss(bureau, RATE, NOVEMBER, given(), by("2023-12-06")).seq
    send(bureau, "2023-12", "2024-01-04", "1001", "1100")
    send(bureau, "2024-01", "2024-02-05", "80", "100")

    again = slip(bureau, number, "2024-02-05")
    assert stands(bureau, number, "2024-02-04", "2024-02-05") == ["已恢复 绿", "逾期 红"]
    assert (again.course.relapsed, follow_up_words.outcome(again)) == (Month(2024, 1), "逾期 36 天，恢复后 1 月又未达标，1 月 80.0%，未达标")
    sign(bureau, number, "转入年度整改", by("2024-02-06"))
    assert stands(bureau, number, "2024-02-06") == ["已办结 黄"]


def test_months_that_decide_nothing_close_nothing(bureau: LiveBureau) -> None:
    """A December without the figure of the denominator is no December that is met."""
    number = open_on_miss(bureau, RATE, NOVEMBER, given(), by("2023-12-06")).seq
    send(bureau, "2023-12", "2024-01-04", "1001", "–")
    assert stands(bureau, number, "2024-01-05", "2024-01-06") == ["即将到期 黄", "逾期 红"]


def test_a_sheet_sent_again_makes_nothing_late(bureau: LiveBureau) -> None:
    """December was good on 4 January and stays good in a sheet of February: recovered in time, also when asked afterwards."""
    number = open_on_miss(bureau, RATE, NOVEMBER, given(), by("2023-12-06")).seq
    send(bureau, "2023-12", "2024-01-04", "1001", "1100")
    send(bureau, "2023-12", "2024-02-10", "1001", "1100", note="补填不合格批次", failed="99")
    assert stands(bureau, number, "2024-01-20", "2024-02-10") == ["已恢复 绿", "已恢复 绿"]


def test_a_correction_that_comes_too_late_is_late(bureau: LiveBureau) -> None:
    """December was 89.0 % on 4 January, and is 91.0 % since February: red in between, yellow since."""
    number = open_on_miss(bureau, RATE, NOVEMBER, given(), by("2023-12-06")).seq
    send(bureau, "2023-12", "2024-01-04", "979", "1100")
    send(bureau, "2023-12", "2024-02-10", "1001", "1100", note="更正")
    assert stands(bureau, number, "2024-01-20", "2024-02-10") == ["逾期 红", "逾期后恢复 黄"]


def test_what_was_red_between_two_corrections_is_not_forgotten(bureau: LiveBureau) -> None:
    """December was good in time, wrong on 20 January and good again in February."""
    number = open_on_miss(bureau, RATE, NOVEMBER, given(), by("2023-12-06")).seq
    for on, passed in (("2024-01-04", "1001"), ("2024-01-20", "979"), ("2024-02-10", "1002")):
        send(bureau, "2023-12", on, passed, "1100", note="更正")
    assert stands(bureau, number, "2024-01-04", "2024-01-20", "2024-02-10") == ["已恢复 绿", "逾期 红", "逾期后恢复 黄"]


def test_a_december_that_is_wrong_for_two_days_was_red_for_two_days(bureau: LiveBureau) -> None:
    """Its sheet came on 2 January, was owed on the 5th and corrected on the 4th."""
    number = open_on_miss(bureau, RATE, NOVEMBER, given(), by("2023-12-06")).seq
    send(bureau, "2023-12", "2024-01-02", "979", "1100")
    send(bureau, "2023-12", "2024-01-04", "1001", "1100", note="更正")
    assert stands(bureau, number, "2024-01-01", "2024-01-02", "2024-01-04") == ["即将到期 黄", "逾期 红", "逾期后恢复 黄"]


def test_a_miss_that_was_a_slip_of_the_pen_closes_with_its_correction(bureau: LiveBureau) -> None:
    """November itself is 98.0 % after all."""
    number = open_on_miss(bureau, RATE, NOVEMBER, given(), by("2023-12-06")).seq
    send(bureau, "2023-11", "2023-12-08", "980", "1000", note="更正")
    assert stands(bureau, number, "2023-12-07", "2023-12-08") == ["进行中 绿", "已恢复 绿"]
    assert follow_up_words.outcome(slip(bureau, number, "2023-12-08")) == "已恢复：11 月更正后达标，现在 98.0%"


def test_a_promised_value_has_a_pace(bureau: LiveBureau) -> None:
    """From 1000 on 30 November to 1310 on 31 December are 10 a day: 1150 on 20 December are behind 1200."""
    number = open_on_miss(bureau, TASK, NOVEMBER, given(promised=D(1310)), by("2023-12-06")).seq
    early = replace(accepted("2023-12", "quality", {"tested": "– 1150"}, as_of=date(2023, 12, 20)), data=b"early")
    bureau.store.commit([early], at=moment("2023-12-21"))

    behind = slip(bureau, number, "2023-12-21")
    assert (behind.expected, behind.course.slow) == (Fraction(1200), True)
    assert stands(bureau, number, "2023-12-20", "2023-12-21") == ["进行中 绿", "滞后 黄"]
    assert follow_up_words.outcome(behind) == "滞后：12 月 1,150 批次，按答应的进度应到 1,200.0 批次，还有 10 天"


def test_steps_and_progress(bureau: LiveBureau) -> None:
    """A step past its day is behind until somebody says that it is done; one that is added counts like the others."""
    steps = (Step("发函", date(2023, 12, 10)), Step("复查"))
    number = open_on_problem(bureau, "整改 2 项完成 1 项，预计 12 月完成", NOVEMBER, given(steps=steps), by("2023-12-06"), count=(2, 1)).seq
    assert stands(bureau, number, "2023-12-10", "2023-12-11") == ["进行中 绿", "滞后 黄"]
    mark_step(bureau, number, 1, by("2023-12-12", "张三"))
    add_step(bureau, number, "约谈", by("2023-12-12"), date(2023, 12, 14))
    add_progress(bureau, number, "又完成一项", by("2023-12-13", "张三"), completed=2)
    assert stands(bureau, number, "2023-12-11", "2023-12-12", "2023-12-15") == ["滞后 黄", "进行中 绿", "滞后 黄"]
    then = slip(bureau, number, "2023-12-15")
    assert ([(step.number, step.words, step.done.by if step.done else None) for step in then.steps], then.completed) == (
        [(1, "发函", "张三"), (2, "复查", None), (3, "约谈", None)],
        2,
    )
    mark_step(bureau, number, 1, by("2023-12-16"), "函被退回", done=False)
    assert slip(bureau, number, "2023-12-16").course.late_steps == 2


def test_only_a_leader_closes_a_problem(bureau: LiveBureau) -> None:
    """Overdue on the day after, whatever was mended; signed, it is closed for good, until it is taken up again."""
    number = open_on_problem(bureau, "整改 2 项完成 1 项", NOVEMBER, given(), by("2023-12-06"), count=(2, 1)).seq
    add_progress(bureau, number, "全部完成", by("2023-12-20"), completed=2)
    assert stands(bureau, number, "2023-12-31", "2024-01-01") == ["即将到期 黄", "逾期 红"]
    promise_anew(bureau, number, date(2024, 1, 31), "等验收", by("2024-01-03"))
    assert stands(bureau, number, "2024-01-03") == ["进行中 黄"]
    sign(bureau, number, "验收合格", by("2024-01-20"))
    assert stands(bureau, number, "2024-01-20", "2024-03-01") == ["已办结 黄", "已办结 黄"]
    reopen(bureau, number, "又有投诉", by("2024-03-02"), date(2024, 3, 31))
    assert stands(bureau, number, "2024-03-01", "2024-03-02") == ["已办结 黄", "进行中 黄"]


def test_a_relation_closes_when_it_holds(bureau: LiveBureau) -> None:
    """880 + 100 are not 1000; corrected to 120 they are."""
    send(bureau, "2023-11", "2023-12-05", "880", "1000", failed="100")
    opened = open_on_relation(bureau, "R001", NOVEMBER, given(), by("2023-12-06"))
    assert (opened.title, opened.matter.words) == ("2023 年 11 月勾稽关系 R001 不成立", "R001 合格加不合格等于检验")
    send(bureau, "2023-11", "2024-01-10", "880", "1000", note="更正", failed="120")
    assert stands(bureau, opened.seq, "2023-12-31", "2024-01-01", "2024-01-10") == ["即将到期 黄", "逾期 红", "逾期后恢复 黄"]
    assert follow_up_words.outcome(slip(bureau, opened.seq, "2024-01-10")) == "逾期后恢复：2023 年 11 月勾稽关系 R001 已经成立"


def test_a_finding_closes_when_what_counts_is_without_it(bureau: LiveBureau) -> None:
    """Sent again with the same finding it stands; a sheet without it closes the follow-up."""
    number = send(bureau, "2023-11", "2023-12-05", "880", "1000", FAULT, note="情况属实")
    opened = open_on_finding(bureau, number, 0, given(), by("2023-12-06"))
    assert (opened.title, opened.matter.place) == ("质量科 2023 年 11 月报表 月报表!D3 的核对意见", "月报表!D3")
    send(bureau, "2023-11", "2023-12-08", "881", "1000", FAULT, note="仍属实")
    assert stands(bureau, opened.seq, "2023-12-08") == ["进行中 绿"]
    send(bureau, "2023-11", "2023-12-10", "840", "1000", note="更正")
    assert stands(bureau, opened.seq, "2023-12-09", "2023-12-10") == ["进行中 绿", "已恢复 绿"]
    assert follow_up_words.outcome(slip(bureau, opened.seq, "2023-12-10")) == "已恢复：现在有效的报送已经没有这条核对意见"


def test_a_decision_becomes_a_follow_up(bureau: LiveBureau) -> None:
    """It keeps the edition that the decision was written beside; with an indicator its figure closes it."""
    edition = editions.freeze(bureau, NOVEMBER, "王统计", "局务会").edition.code
    decision = keep_note(bureau, NoteKind.DECISION, "合格率年底前达标", NOVEMBER, by("2023-12-06", "王记录", edition.lower()))
    minute = keep_note(bureau, NoteKind.MINUTE, "与会 12 人", NOVEMBER, by("2023-12-06", "王记录", edition))
    assert notes(bureau, NOVEMBER, edition=edition) == notes(bureau) == [decision, minute]
    assert notes(bureau, DECEMBER) == []

    opened = open_on_decision(bureau, decision.seq, given(), by("2023-12-06"), RATE)
    assert (opened.title, opened.edition, opened.matter.indicator, opened.matter.note) == ("合格率年底前达标", edition, RATE, decision.seq)
    send(bureau, "2023-12", "2024-01-04", "1001", "1100")
    assert stands(bureau, opened.seq, "2024-01-04") == ["已恢复 绿"]


def test_the_next_meeting_begins_with_what_was_promised(bureau: LiveBureau) -> None:
    """Of the three of the last meeting one is closed and one overdue; an older one is still open; those of the meeting that runs are not among them."""
    older = open_on_problem(bureau, "去年的事", NOVEMBER, given(due=date(2024, 6, 30)), by("2023-12-05")).seq
    first = editions.freeze(bureau, NOVEMBER, "王统计", "十二月会").edition.code
    numbers = [open_on_problem(bureau, words, NOVEMBER, given(), by("2023-12-06", edition=first)).seq for words in ("一", "二")]
    miss = open_on_miss(bureau, RATE, NOVEMBER, given(), by("2023-12-06", edition=first)).seq
    sign(bureau, numbers[0], "办完", by("2023-12-20"))
    send(bureau, "2023-12", "2024-01-04", "1001", "1100")
    second = editions.freeze(bureau, DECEMBER, "王统计", "一月会").edition.code
    running = open_on_problem(bureau, "三", DECEMBER, given(due=date(2024, 1, 31)), by("2024-01-06", edition=second)).seq

    promises = last_promises(bureau, date(2024, 1, 6), running=second)
    assert (promises.edition, [each.number for each in promises.slips], [each.number for each in promises.earlier]) == (
        first,
        [numbers[1], miss, numbers[0]],
        [older],
    )
    assert follow_up_words.last_meeting(promises.slips, promises.earlier) == (
        "上次会议答应 3 件，办结 2 件，逾期 1 件。更早答应、还没有办结的 1 件，其中逾期 0 件。"
    )
    afterwards = last_promises(bureau, date(2024, 1, 7))
    assert (afterwards.edition, [each.number for each in afterwards.slips]) == (second, [running])
    assert [each.number for each in afterwards.earlier] == [numbers[1], older]
    assert follow_up_words.last_meeting((), ()) == "上次会议没有交办督办事项。"


def test_the_list_has_the_most_urgent_first_and_knows_no_later_day(bureau: LiveBureau) -> None:
    """On a day before anything was entered there is nothing."""
    late = open_on_problem(bureau, "先到期", NOVEMBER, given(due=date(2023, 12, 10)), by("2023-12-06")).seq
    miss = open_on_miss(bureau, RATE, NOVEMBER, given(), by("2023-12-06")).seq
    food = open_on_problem(bureau, "食品", NOVEMBER, given(office="食品科"), by("2023-12-07")).seq
    sign(bureau, food, "办完", by("2023-12-08"))

    slips = follow_ups(bureau, date(2023, 12, 12))
    assert [each.number for each in slips] == [late, miss, food]
    assert [each.number for each in of_office(slips, "food")] == [food]
    assert [each.number for each in of_indicator(slips, RATE)] == [miss]
    assert follow_up_words.counts(slips) == "答应 3 件，办结 1 件，逾期 1 件，在办 1 件"
    assert [each.number for each in follow_ups(bureau, date(2023, 12, 6))] == [late, miss]
    assert follow_ups(bureau, date(2023, 12, 5)) == []


def test_an_organisation_sees_its_own_and_those_below(province: LiveBureau) -> None:
    """The city of 东湖 sees the follow-up of 东湖, the other city does not; the figure is that of 东湖 alone."""
    reports = [report(org, "food", "2023-11", food_tested="40 400", food_passed="38 380") for org in ("donghu", "nanhu", "beishan")]
    province.store.commit(reports, at=moment("2023-12-04"))
    opened = open_on_miss(province, "food_pass_rate", NOVEMBER, given(office="food"), by("2023-12-06"), "donghu")
    province.store.commit([report("donghu", "food", "2023-12", food_tested="40 440", food_passed="58 438")], at=moment("2024-01-04"))

    assert [len(follow_ups(province, date(2023, 12, 6), org)) for org in (None, "qinglan", "jiangcheng", "donghu", "haizhou")] == [1, 1, 1, 1, 0]
    closed = slip(province, opened.seq, "2024-01-04")
    assert (closed.whose, closed.status.value, closed.now.printed) == ("东湖区市场监管局", "已恢复", "99.5%")
    assert follow_up_words.answerable(closed) == "东湖区市场监管局 食品科 张三，2023 年 12 月 31 日前"


def test_a_catalogue_that_has_lost_the_indicator_still_lists_it(bureau: LiveBureau) -> None:
    """No board tells of it any more; its history stays, and a leader can close it."""
    number = open_on_miss(bureau, RATE, NOVEMBER, given(), by("2023-12-06")).seq
    entry = bureau.catalog.indicators.pop(RATE)
    try:
        assert (slip(bureau, number, "2023-12-07").status.value, slip(bureau, number, "2023-12-07").now) == ("进行中", None)
    finally:
        bureau.catalog.indicators[RATE] = entry


def test_the_end_of_a_demonstration_leaves_what_was_only_typed(bureau: LiveBureau, tmp_path: Path) -> None:
    """What rests on a figure of it, or on an edition, goes; a problem that somebody typed stays, also in a database made anew."""
    with bureau_of(tmp_path / "demo") as shown:
        item = accepted("2023-11", "quality", {"passed": "– 880", "tested": "– 1000"})
        shown.store.commit([item], at=moment("2023-12-04"), demo=True)
        code = editions.freeze(shown, NOVEMBER, "王统计").edition.code
        miss = open_on_miss(shown, RATE, NOVEMBER, given(), by("2023-12-06"))
        beside = open_on_problem(shown, "会上的问题", NOVEMBER, given(), by("2023-12-06", edition=code))
        note = keep_note(shown, NoteKind.MINUTE, "演示", NOVEMBER, by("2023-12-06", edition=code))
        typed = open_on_problem(shown, "真的问题", NOVEMBER, given(), by("2023-12-06"))
        add_progress(shown, typed.seq, "已发函", by("2023-12-07"))
        add_progress(shown, miss.seq, "试一试", by("2023-12-07"))
        assert [act.demo for act in (miss, beside, note, typed)] == [True, True, True, False]
        shown.store.end_demonstration(DemoEnd("王主任", moment("2023-12-08")))
        assert [each.number for each in follow_ups(shown, date(2023, 12, 8))] == [typed.seq]
        assert (notes(shown), shown.store.verify()) == ([], [])
        catalog, folder = shown.catalog, tmp_path / "demo" / "data"
    rebuild(folder, catalog)
    with Store.open(folder, catalog) as store:
        assert [follow_up.title for follow_up in store.follow_ups()] == ["真的问题"]
        assert [entry.words for entry in store.follow_up_entries()] == ["已发函"]


def test_who_said_what_in_a_meeting_stays_and_a_number_of_theirs_does_not(bureau: LiveBureau) -> None:
    """Masked as a text of a sheet is, what a leader said would have become 〔姓名〕 for good."""
    words = ["李局长：食品抽检按周看", "李局长：食品抽检按周看，联系13800138000"]
    first, second = (keep_note(bureau, NoteKind.DECISION, text, NOVEMBER, by("2023-12-06")).words for text in words)
    assert first == "李局长：食品抽检按周看"
    assert second == "李局长:食品抽检按周看,联系〔电话〕"
