"""督办 in sentences: what is promised, what became of it, how many, and the history."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal as D
from fractions import Fraction

import pytest

from kpi.compute.follow_up_course import FollowUpCourse, FollowUpStatus
from kpi.compute.row import Status
from kpi.period import Month
from kpi.present import follow_up_words
from kpi.present.follow_up_slip import Slip
from kpi.present.row_words import Spoken
from kpi.store.follow_up import Matter, MatterKind, Step
from kpi.store.follow_up_entry import FollowUpAct, FollowUpEntry
from tests.kpi.present.rows import row
from tests.kpi.store.followed import MISS, NOON, entry, opened

DECEMBER, JANUARY = Month(2023, 12), Month(2024, 1)
DUE = date(2023, 12, 31)


def slip(status: FollowUpStatus = FollowUpStatus.RUNNING, on: str = "2023-12-08", entries: Sequence[FollowUpEntry] = (), **changed: object) -> Slip:
    """The problem 整改 2 项完成 1 项, number 3."""
    course = {name: changed.pop(name) for name in ("overdue_once", "recovered", "relapsed", "waits_for", "late_steps", "slow", "due") if name in changed}
    seen = FollowUpCourse(**{"status": status, "due": DUE, "overdue_once": False} | course)
    return replace(Slip(opened(seq=3), tuple(entries), date.fromisoformat(on), seen, "食品安全协调科", "bureau", ""), **changed)


def figure(value: str, status: Status, period: Month = DECEMBER) -> Spoken:
    return Spoken(row(value=value, target="97.8", status=status, period=period), 1)


def rate(status: FollowUpStatus, on: str, now: Spoken, **changed: object) -> Slip:
    """The rate of food samples, missed in November."""
    return slip(status, on, follow_up=opened(MISS, title="2023 年 11 月食品抽检合格率滞后", promise="", seq=3), now=now, **changed)


def test_a_slip_is_read_out_in_one_sentence() -> None:
    """What, whose, until when, what is promised, what became of it."""
    assert follow_up_words.sentence(slip()) == (
        "第 3 号督办：两项整改。食品安全协调科 张三，2023 年 12 月 31 日前；"
        "答应 2023 年 12 月 31 日前办好（12 月全部完成）；进行中，还有 23 天，2 项中已完成 1 项。"
    )


def test_a_badge_has_shape_word_and_colour() -> None:
    """All seven differ in shape, so that a print in black and white tells them apart."""
    badges = [follow_up_words.badge(slip(status)) for status in FollowUpStatus]
    assert badges[:2] == ["■ 逾期（红）", "▲ 滞后（黄）"]
    assert len({badge[0] for badge in badges}) == len(FollowUpStatus)


@pytest.mark.parametrize(
    ("standing", "outcome"),
    [
        (slip(FollowUpStatus.DUE_SOON, "2023-12-31"), "即将到期，今天到期，2 项中已完成 1 项"),
        (slip(overdue_once=True), "进行中，还有 23 天，2 项中已完成 1 项；曾经逾期"),
        (slip(FollowUpStatus.OVERDUE, "2024-01-04", overdue_once=True), "逾期 4 天，2 项中已完成 1 项"),
        (slip(FollowUpStatus.OVERDUE, "2024-01-04", overdue_once=True, late_steps=2), "逾期 4 天，2 个步骤过了日期没有完成，2 项中已完成 1 项"),
        (slip(FollowUpStatus.BEHIND, "2023-12-20", late_steps=1), "滞后：1 个步骤过了日期没有完成，还有 11 天"),
        (rate(FollowUpStatus.RUNNING, "2023-12-08", figure("97.1", Status.BEHIND, Month(2023, 11))), "进行中，还有 23 天，11 月 97.1%，滞后"),
        (
            rate(FollowUpStatus.DUE_SOON, "2024-01-03", figure("97.1", Status.BEHIND, Month(2023, 11)), waits_for=DECEMBER),
            "即将到期，期限 2023 年 12 月 31 日已过，等 2023 年 12 月的数，2023 年 11 月 97.1%，滞后",
        ),
        (
            rate(FollowUpStatus.BEHIND, "2023-12-20", figure("97.1", Status.BEHIND), slow=True, expected=Fraction(9750, 100)),
            "滞后：12 月 97.1%，按答应的进度应到 97.5%，还有 11 天",
        ),
        (
            rate(FollowUpStatus.OVERDUE, "2024-02-06", figure("97.1", Status.BEHIND, JANUARY), relapsed=JANUARY),
            "逾期 37 天，恢复后 1 月又未达标，1 月 97.1%，滞后",
        ),
        (rate(FollowUpStatus.RECOVERED, "2024-01-04", figure("98.0", Status.MET), recovered=DECEMBER), "已恢复：2023 年 12 月达标，现在 98.0%"),
        (
            rate(FollowUpStatus.RECOVERED_LATE, "2024-02-06", figure("98.0", Status.MET, JANUARY), recovered=JANUARY, overdue_once=True),
            "逾期后恢复：1 月达标（新的一年，按 2024 年的目标），现在 98.0%",
        ),
        (
            slip(FollowUpStatus.SIGNED, "2024-01-04", [entry(FollowUpAct.SIGN, 3, words="另案处理", at=datetime(2024, 1, 3, 9, 30))], overdue_once=True),  # noqa: DTZ001
            "已由李主任于 2024-01-03 09:30 签字办结：另案处理；曾经逾期",
        ),
    ],
)
def test_what_became_of_it(standing: Slip, outcome: str) -> None:
    """One way for each status; a year is named where it is another one than that of the day."""
    assert follow_up_words.outcome(standing) == outcome


def test_a_promised_value_is_said_with_its_unit() -> None:
    """Of an indicator without one it is the target that is promised."""
    now = figure("97.1", Status.BEHIND)
    assert follow_up_words.promise(rate(FollowUpStatus.RUNNING, "2023-12-08", now)) == "答应 2023 年 12 月 31 日前达标"
    promised = slip(follow_up=opened(MISS, promised=D("98.0"), seq=3), now=now, unit="%")
    assert follow_up_words.promise(promised) == "答应 2023 年 12 月 31 日前达到 98%（12 月全部完成）"


def test_how_many_stand_where() -> None:
    """Recovered and signed are closed; what is neither closed nor overdue is on its way."""
    statuses = [FollowUpStatus.RECOVERED, FollowUpStatus.SIGNED, FollowUpStatus.OVERDUE, FollowUpStatus.BEHIND, FollowUpStatus.RUNNING]
    slips = [slip(status) for status in statuses]
    assert follow_up_words.counts(slips) == "答应 5 件，办结 2 件，逾期 1 件，在办 2 件"
    assert follow_up_words.counts(slips[:3]) == "答应 3 件，办结 2 件，逾期 1 件"
    assert follow_up_words.last_meeting(slips, []) == "上次会议答应 5 件，办结 2 件，逾期 1 件，在办 2 件。"


def test_the_history_says_who_did_what_and_when() -> None:
    """The day that was moved is the one in force then, and a step is called by its words."""
    acts = [
        entry(FollowUpAct.NOTE, 3, words="又完成一项", completed=2, by="张三"),
        entry(FollowUpAct.PROMISE, 3, words="企业停产", due=date(2024, 1, 31), promise="1 月完成", edition="2023-12-K7QF-3M"),
        entry(FollowUpAct.PROMISE, 3, words="仍未复产", due=date(2024, 2, 29)),
        entry(FollowUpAct.ADD_STEP, 3, words="约谈", due=date(2024, 1, 10)),
        entry(FollowUpAct.STEP, 3, step=2, done=True),
        entry(FollowUpAct.STEP, 3, step=2, done=False, words="没有谈成"),
        entry(FollowUpAct.SIGN, 3, words="另案处理"),
        entry(FollowUpAct.REOPEN, 3, words="又有投诉", due=date(2024, 3, 31)),
    ]
    numbered = [replace(act, seq=number) for number, act in enumerate(acts, 4)]
    whole = slip(entries=numbered, follow_up=opened(seq=3, steps=(Step("发函", date(2023, 12, 15)),)))
    lines = follow_up_words.history(whole)

    assert [line.entry for line in lines] == [*range(3, 12)]
    assert (lines[0].by, lines[1].by, lines[0].at) == ("李主任", "张三", NOON)
    assert [line.what for line in lines] == [
        "登记督办（总结中的问题）：整改 2 项完成 1 项，预计 12 月完成；责任人 食品安全协调科 张三，期限 2023 年 12 月 31 日，"
        "答应 12 月全部完成；步骤 1. 发函（2023 年 12 月 15 日前）",
        "进展：又完成一项（2 项中已完成 2 项）",
        "改期：由 2023 年 12 月 31 日改为 2024 年 1 月 31 日，原因：企业停产；改为答应 1 月完成（会议版 2023-12-K7QF-3M）",
        "改期：由 2024 年 1 月 31 日改为 2024 年 2 月 29 日，原因：仍未复产",
        "增加第 2 步「约谈」，2024 年 1 月 10 日前",
        "第 2 步「约谈」完成",
        "第 2 步「约谈」改回未完成：没有谈成",
        "签字办结：另案处理",
        "重新督办：又有投诉；期限改为 2024 年 3 月 31 日",
    ]
    assert follow_up_words.history_words(lines[7]) == "2023-12-06 12:00 李主任：签字办结：另案处理"
    assert (whole.promise, whole.completed, whole.signature) == ("1 月完成", 2, None)


def test_a_relation_and_a_finding_say_what_stands_no_more() -> None:
    """Neither has a figure."""
    law = Matter(MatterKind.RELATION, Month(2023, 11), "R051 合格加不合格等于检验", relation="R051")
    fault = Matter(MatterKind.FINDING, Month(2023, 11), "合格 44", submission=3, finding="outlier", place="表!C2")
    closed = [slip(FollowUpStatus.RECOVERED, follow_up=opened(matter, seq=3), recovered=Month(2023, 11)) for matter in (law, fault)]
    assert [follow_up_words.outcome(each) for each in closed] == [
        "已恢复：11 月勾稽关系 R051 已经成立",
        "已恢复：现在有效的报送已经没有这条核对意见",
    ]


def test_an_answer_counts_what_stands_where() -> None:
    """The closed ones together, behind and due soon together; what there is none of is left out."""
    every = [slip(status) for status in FollowUpStatus]
    assert follow_up_words.answer(every) == "督办 7 件：1 件逾期，2 件滞后或即将到期，1 件进行中，3 件已办结。"
    assert follow_up_words.answer(every[3:4]) == "督办 1 件：1 件进行中。"
    assert follow_up_words.answer([]) == "还没有督办事项。"


def test_what_is_in_hand_is_counted_without_what_is_closed() -> None:
    every = [slip(status) for status in FollowUpStatus]
    assert follow_up_words.in_hand(every) == "督办 4 件在办，其中 1 件逾期"
    assert follow_up_words.in_hand(every[2:]) == "督办 2 件在办"
    assert follow_up_words.in_hand(every[4:]) == ""


def test_a_line_beside_a_figure_and_on_the_wall() -> None:
    """The shorter one names the person and the day; the other what was promised as well."""
    running = slip()
    assert follow_up_words.briefly(running) == f"督办：{running.follow_up.person}，2023-12-31 前"
    assert follow_up_words.promised(running) == f"食品安全协调科 {running.follow_up.person}：{follow_up_words.promise(running)}"
    assert follow_up_words.promised(slip(whose="东湖区局")).startswith("东湖区局 食品安全协调科 ")


def test_a_step_says_who_did_it_or_that_its_day_is_past() -> None:
    """Late from the day after on; a step without a day is never late."""
    done = entry(FollowUpAct.STEP, step=1, done=True, words="已发通报")
    first, second, third = slip(entries=[done], follow_up=opened(steps=(Step("通报", date(2023, 12, 8)), Step("补检", date(2023, 12, 8)), Step("验收")))).steps
    assert follow_up_words.step(first, date(2023, 12, 31)) == f"✓ 通报（2023 年 12 月 8 日前）：{done.by} {done.at:%Y-%m-%d} 登记完成，已发通报"
    assert follow_up_words.step(second, date(2023, 12, 8)) == "○ 补检（2023 年 12 月 8 日前）：没有完成"
    assert follow_up_words.step(second, date(2023, 12, 9)) == "■ 补检（2023 年 12 月 8 日前）：过了日期，没有完成"
    assert follow_up_words.step(third, date(2030, 1, 1)) == "○ 验收：没有完成"
