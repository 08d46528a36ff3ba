"""What cannot be entered about a follow-up, each in one sentence with the next step; nothing is logged."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpi.bureau import LiveBureau
from kpi.errors import RequestError
from kpi.meeting.follow_up_acts import add_progress, add_step, mark_step, promise_anew, reopen, sign
from kpi.meeting.follow_up_opening import Assignment, open_on_decision, open_on_finding, open_on_miss, open_on_problem, open_on_relation
from kpi.meeting.follow_ups import find
from kpi.meeting.meeting_notes import keep_note
from kpi.period import Month
from kpi.store.follow_up import Step
from kpi.store.meeting_note import NoteKind
from tests.kpi.meeting.following import FAULT, NOVEMBER, RATE, TASK, bureau_of, by, given, send

ON = "2023-12-06"
NOT = "督办没有登记："
Act = Callable[[LiveBureau], object]


@pytest.fixture(scope="module")
def missed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """November was missed; the follow-up of its rate has number 3, a problem number 4, one that is signed number 5."""
    folder = tmp_path_factory.mktemp("missed")
    with bureau_of(folder) as opened:
        send(opened, "2023-11", "2023-12-04", "870", "1000", FAULT, note="属实")
        send(opened, "2023-11", "2023-12-04T13:00", "880", "1000")
        open_on_miss(opened, RATE, NOVEMBER, given(), by(ON))
        open_on_problem(opened, "整改 2 项", NOVEMBER, given(), by(ON), count=(2, 1))
        open_on_problem(opened, "办完的", NOVEMBER, given(title="旧事"), by(ON))
        sign(opened, 5, "办完", by(ON))
    return folder


@pytest.fixture
def bureau(tmp_path: Path, missed: Path) -> Iterator[LiveBureau]:
    """A copy of it."""
    with bureau_of(shutil.copytree(missed, tmp_path, dirs_exist_ok=True)) as opened:
        yield opened


def refused(bureau: LiveBureau, act: Act) -> str:
    """The sentence of the refusal; the log is as before."""
    version = bureau.store.version
    with pytest.raises(RequestError) as error:
        act(bureau)
    assert bureau.store.version == version
    return str(error.value)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"person": " "}, "没有写责任人；请写明由谁负责办。"),
        ({"office": ""}, "没有写责任科室；请选一个科室。"),
        ({"due": None}, "没有写完成期限；请写今天（2023-12-06）或以后的日期。"),
        ({"due": date(2023, 12, 5)}, "完成期限 2023-12-05 已经过去；请写今天（2023-12-06）或以后的日期。"),
        ({"steps": (Step("发函"), Step(""))}, "第 2 步没有写做什么；请写明，或去掉这一步。"),
        ({"steps": (Step("发函", date(2024, 1, 1)),)}, "第 1 步的日期 2024-01-01 不在今天和完成期限 2023-12-31 之间；请改日期。"),
    ],
)
def test_what_is_given_has_to_be_whole(bureau: LiveBureau, changed: dict[str, object], sentence: str) -> None:
    """Whose, who, until when."""
    assignment: Assignment = given(**changed)
    assert refused(bureau, lambda to: open_on_problem(to, "问题", NOVEMBER, assignment, by(ON))) == NOT + sentence


def test_an_office_that_is_not_there_is_answered_with_those_that_are(bureau: LiveBureau) -> None:
    assert refused(bureau, lambda to: open_on_problem(to, "问题", NOVEMBER, given(office="药品科"), by(ON))) == (
        "没有「药品科」这个科室；可用的科室代码：quality、food。"
    )


OPENINGS: dict[str, tuple[Act, str]] = {
    "nobody": (lambda to: open_on_problem(to, "问题", NOVEMBER, given(), by(ON, "")), NOT + "没有写登记人；请写明姓名，姓名会一直留在记录里。"),
    "nothing": (lambda to: open_on_problem(to, " ", NOVEMBER, given(), by(ON)), NOT + "没有写是什么问题；请照总结的原话写。"),
    "more than all": (
        lambda to: open_on_problem(to, "问题", NOVEMBER, given(), by(ON), count=(2, 3)),
        NOT + "共 2 项、完成 3 项，这两个数不对；请核对，完成的不会比总数多。",
    ),
    "no indicator": (lambda to: open_on_miss(to, "plain", NOVEMBER, given(), by(ON)), "没有代码为「plain」的指标或数据项；相近的有：plain_rate。"),
    "measure": (lambda to: open_on_miss(to, "taken", NOVEMBER, given(), by(ON)), NOT + "「taken」是数据项，没有目标；请写指标的代码。"),
    "watched": (
        lambda to: open_on_miss(to, "watched_rate", NOVEMBER, given(), by(ON)),
        NOT + "监测合格率只监测不考核，不论达标；要办的事请按总结中的问题登记。",
    ),
    "not missed": (
        lambda to: open_on_miss(to, RATE, Month(2023, 10), given(), by(ON)),
        NOT + "2023 年 10 月合格率（不计在检）是「未报」，不是未达标或滞后；请核对指标和月份。",
    ),
    "twice": (
        lambda to: open_on_miss(to, RATE, NOVEMBER, given(), by(ON)),
        NOT + "已有第 3 号督办（2023 年 11 月合格率（不计在检）滞后，质量科 张三），还没有办结；请在那一件里登记进展或改期。",
    ),
    "no organisation": (
        lambda to: open_on_miss(to, TASK, NOVEMBER, given(), by(ON), "海州"),
        "没有「海州」这个单位；最上级是 某区市场监管局（bureau）。",
    ),
    "no edition": (
        lambda to: open_on_miss(to, TASK, NOVEMBER, given(), by(ON, edition="2023-11-AAAA-AA")),
        "没有编号为「2023-11-AAAA-AA」的会议版；请核对编号（里面没有数字 0、1 和字母 I、O），或列出全部会议版查找。",
    ),
    "no relation": (
        lambda to: open_on_relation(to, "R999", NOVEMBER, given(), by(ON)),
        NOT + "没有编号为「R999」的勾稽关系；请在勾稽核对中核对编号。",
    ),
    "not violated": (
        lambda to: open_on_relation(to, "R001", NOVEMBER, given(), by(ON)),
        NOT + "2023 年 11 月勾稽关系 R001 现在是「缺数」，不是不成立；请核对编号和月份。",
    ),
    "no finding": (lambda to: open_on_finding(to, 2, 0, given(), by(ON)), NOT + "第 2 号报送没有这条核对意见；请在报送记录中核对编号。"),
    "superseded": (
        lambda to: open_on_finding(to, 1, 0, given(), by(ON)),
        NOT + "第 1 号报送已被替换或撤回，它的核对意见不再有效；请看现在有效的报送。",
    ),
    "no decision": (
        lambda to: open_on_decision(to, 4, given(), by(ON)),
        "没有第 4 号会议决定；请在会议记录中核对编号，普通的记录不能转为督办。",
    ),
    "empty note": (
        lambda to: keep_note(to, NoteKind.MINUTE, " ", NOVEMBER, by(ON)),
        "会议记录没有登记：没有写内容；请写明会上怎样说。",
    ),
    "note of nobody": (
        lambda to: keep_note(to, NoteKind.DECISION, "办", NOVEMBER, by(ON, " ")),
        "会议决定没有登记：没有写记录人；请写明姓名，姓名会一直留在记录里。",
    ),
}


@pytest.mark.parametrize("opening", OPENINGS)
def test_what_cannot_be_opened(bureau: LiveBureau, opening: str) -> None:
    """The sentence names what is wrong and the way out."""
    act, sentence = OPENINGS[opening]
    assert refused(bureau, act) == sentence


def test_what_has_recovered_since_need_not_be_followed_up(bureau: LiveBureau) -> None:
    """December is met already."""
    sign(bureau, 3, "办完", by(ON))
    send(bureau, "2023-12", "2024-01-04", "1001", "1100")
    assert refused(bureau, lambda to: open_on_miss(to, RATE, NOVEMBER, given(due=date(2024, 3, 1)), by("2024-01-06"))) == (
        NOT + "合格率（不计在检）在 2023 年 12 月已经达标，2023 年 11 月的不必再督办；请核对月份。"
    )


RATE_SLIP = "第 3 号督办（2023 年 11 月合格率（不计在检）滞后）"
PROBLEM_SLIP = "第 4 号督办（整改 2 项）"
SIGNED = "第 5 号督办（旧事）已由李主任于 2023-12-06 12:00 签字办结，不再登记；还没有办好的，请先写明理由重新督办。"
ACTS: dict[str, tuple[Act, str]] = {
    "nothing said": (lambda to: add_progress(to, 4, "", by(ON)), f"{PROBLEM_SLIP}进展没有登记：没有写办到哪一步；请写明。"),
    "nobody": (lambda to: add_progress(to, 4, "已办", by(ON, "")), "第 4 号督办的进展没有登记：没有写姓名；请写明姓名，姓名会一直留在记录里。"),
    "more than all": (lambda to: add_progress(to, 4, "已办", by(ON), 3), f"{PROBLEM_SLIP}进展没有登记：共 2 项，完成数不能是 3；请核对。"),
    "no count": (lambda to: add_progress(to, 3, "已办", by(ON), 1), f"{RATE_SLIP}进展没有登记：没有写共几项，完成数不能是 1；请核对。"),
    "no new day": (lambda to: promise_anew(to, 4, None, "忙", by(ON)), f"{PROBLEM_SLIP}没有改期：没有写新的期限；请写今天（2023-12-06）或以后的日期。"),
    "past day": (
        lambda to: promise_anew(to, 4, date(2023, 12, 1), "忙", by(ON)),
        f"{PROBLEM_SLIP}没有改期：新的期限 2023-12-01 已经过去；请写今天（2023-12-06）或以后的日期。",
    ),
    "no reason": (lambda to: promise_anew(to, 4, date(2024, 1, 31), " ", by(ON)), f"{PROBLEM_SLIP}没有改期：没有写原因；请写明为什么要改。"),
    "no step": (lambda to: mark_step(to, 4, 1, by(ON)), "第 4 号督办没有第 1 步（没有写步骤）；请核对步骤，或先增加步骤。"),
    "not done, no reason": (lambda to: mark_step(to, 4, 1, by(ON), done=False), f"{PROBLEM_SLIP}第 1 步没有改回未完成：没有写原因；请写明为什么。"),
    "empty step": (lambda to: add_step(to, 4, "", by(ON)), f"{PROBLEM_SLIP}步骤没有增加：没有写做什么；请写明。"),
    "step of the past": (
        lambda to: add_step(to, 4, "复查", by(ON), date(2023, 12, 1)),
        f"{PROBLEM_SLIP}步骤没有增加：日期 2023-12-01 已经过去；请写今天（2023-12-06）或以后的日期。",
    ),
    "signed without a reason": (lambda to: sign(to, 4, "", by(ON)), f"{PROBLEM_SLIP}没有签字办结：没有写理由；请写明为什么可以办结，理由会一直留在记录里。"),
    "signed by nobody": (lambda to: sign(to, 4, "办完", by(ON, "")), "第 4 号督办的签字办结没有登记：没有写姓名；请写明姓名，姓名会一直留在记录里。"),
    "signed twice": (lambda to: sign(to, 5, "办完", by(ON)), SIGNED),
    "added to a closed one": (lambda to: add_progress(to, 5, "再办", by(ON)), SIGNED),
    "promised for a closed one": (lambda to: promise_anew(to, 5, date(2024, 1, 31), "忙", by(ON)), SIGNED),
    "reopened while open": (lambda to: reopen(to, 4, "再办", by(ON)), f"{PROBLEM_SLIP}没有重新督办：它还没有办结（进行中）；请登记进展，或者改期。"),
    "reopened without a reason": (lambda to: reopen(to, 5, "", by(ON)), "第 5 号督办（旧事）没有重新督办：没有写理由；请写明为什么要重新办。"),
    "reopened for the past": (
        lambda to: reopen(to, 5, "再办", by(ON), date(2023, 12, 1)),
        "第 5 号督办（旧事）没有重新督办：期限 2023-12-01 已经过去；请写今天（2023-12-06）或以后的日期。",
    ),
    "not there": (lambda to: find(to, 7, date(2023, 12, 6)), "没有第 7 号督办；请在督办清单中核对编号。"),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_cannot_be_entered(bureau: LiveBureau, act: str) -> None:
    """Nothing without a name, a reason or a day; nothing about what is closed."""
    entered, sentence = ACTS[act]
    assert refused(bureau, entered) == sentence


def test_what_its_figure_has_closed_takes_nothing_either(bureau: LiveBureau) -> None:
    """A leader need not sign it, and may take it up again."""
    send(bureau, "2023-12", "2024-01-04", "1001", "1100")
    closed = "已恢复：2023 年 12 月达标，现在 91.0%"
    assert refused(bureau, lambda to: sign(to, 3, "办完", by("2024-01-04"))) == (f"{RATE_SLIP}{closed}，不再登记；认为还没有办好的，请先写明理由重新督办。")
    reopen(bureau, 3, "数还要核", by("2024-01-05"), date(2024, 2, 29))
    add_progress(bureau, 3, "在核", by("2024-01-06"))
    assert find(bureau, 3, date(2024, 1, 6)).status.value == "进行中"


def test_what_is_personal_is_not_kept(bureau: LiveBureau) -> None:
    """A telephone number in a promise becomes a word."""
    opened = open_on_problem(bureau, "问题", NOVEMBER, replace(given(), promise="致电13800138000"), by(ON))
    assert opened.promise == "致电〔电话〕"


FAR = date(9999, 12, 31)
FARTHER: dict[str, tuple[Act, str]] = {
    "due": (lambda to: open_on_problem(to, "问题", NOVEMBER, given(due=FAR), by(ON)), f"{NOT}完成期限 9999-12-31 太远；请写十年以内的日期。"),
    "promise": (lambda to: promise_anew(to, 4, FAR, "忙", by(ON)), f"{PROBLEM_SLIP}没有改期：新的期限 9999-12-31 太远；请写十年以内的日期。"),
    "step": (lambda to: add_step(to, 4, "复查", by(ON), FAR), f"{PROBLEM_SLIP}步骤没有增加：日期 9999-12-31 太远；请写十年以内的日期。"),
    "reopened": (lambda to: reopen(to, 5, "再办", by(ON), FAR), "第 5 号督办（旧事）没有重新督办：期限 9999-12-31 太远；请写十年以内的日期。"),
    "count": (
        lambda to: open_on_problem(to, "问题", NOVEMBER, given(), by(ON), count=(2**31, 1)),
        "写的数里有一个太大，数据库放不下，没有登入日志，也没有生效；请核对这个数再做。",
    ),
    "larger count": (
        lambda to: open_on_problem(to, "问题", NOVEMBER, given(), by(ON), count=(2**70, 1)),
        "写的数里有一个太大，数据库放不下，没有登入日志，也没有生效；请核对这个数再做。",
    ),
}


@pytest.mark.parametrize("act", FARTHER)
def test_what_no_page_and_no_table_could_hold_is_never_logged(bureau: LiveBureau, act: str) -> None:
    """The log keeps it for good: a day after the last of the calendar, or an entry that no table takes, would be said on every page for ever."""
    entered, sentence = FARTHER[act]
    assert refused(bureau, entered) == sentence
    assert bureau.store.left_out == 0


RACES: dict[str, tuple[Act, str]] = {
    "opened": (
        lambda to: open_on_miss(to, TASK, NOVEMBER, given(), by(ON)),
        NOT + "已有第 7 号督办（2023 年 11 月检验批次未达标，质量科 张三），还没有办结；请在那一件里登记进展或改期。",
    ),
    "signed": (
        lambda to: sign(to, 4, "办完", by(ON)),
        "第 4 号督办（整改 2 项）已由李主任于 2023-12-06 12:00 签字办结，不再登记；还没有办好的，请先写明理由重新督办。",
    ),
    "reopened": (lambda to: reopen(to, 5, "再办", by(ON)), "第 5 号督办（旧事）没有重新督办：它还没有办结（进行中）；请登记进展，或者改期。"),
}


@pytest.mark.parametrize("race", RACES)
def test_of_two_who_do_the_same_at_once_one_is_refused(bureau: LiveBureau, race: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one is quicker, after the first has looked and before it writes: what holds is asked once more under the lock."""
    act, sentence = RACES[race]
    follow = bureau.store.follow

    def overtaken(*given: Any) -> object:
        monkeypatch.undo()
        act(bureau)
        return follow(*given)

    monkeypatch.setattr(bureau.store, "follow", overtaken)
    before = bureau.store.version
    with pytest.raises(RequestError) as error:
        act(bureau)
    assert str(error.value) == sentence
    assert bureau.store.version == before + 1
