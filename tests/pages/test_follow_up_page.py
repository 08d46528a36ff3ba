"""督办: what is typed on its page is entered, and what cannot be is refused in the sentence of the core."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kpi.bureau import LiveBureau
from kpi.meeting.follow_up_acts import add_progress, mark_step, reopen, sign
from kpi.meeting.follow_up_opening import open_on_problem
from kpi.meeting.meeting_notes import keep_note
from kpi.store.follow_up import MatterKind, Step
from kpi.store.follow_up_entry import FollowUpAct
from kpi.store.meeting_note import NoteKind
from tests.kpi.meeting.following import NOVEMBER, RATE, bureau_of, by, given, send, slip
from tests.pages.following_pages import Today, looking_at
from tests.pages.fragments import answer, fragments, texts

OPEN = f"open-{RATE}-0"  # the form of a miss, which this visit has not handed in yet


@dataclass(frozen=True)
class Desk:
    """The bureau of a test, and the shell in which somebody types."""

    bureau: LiveBureau
    shell: AppTest

    def go(self, script: str = "meeting/follow_up_page.py", **query: str) -> "Desk":
        """Open a page at an address."""
        for name, value in query.items():
            self.shell.query_params[name] = value
        self.shell.run().switch_page(script).run()
        assert not self.shell.exception
        return self

    def type(self, key: str, **fields: str) -> "Desk":
        """Fill the text fields of a form, by the end of their keys, and hand it in."""
        for name, value in fields.items():
            [field] = [field for field in (*self.shell.text_input, *self.shell.text_area) if field.key == f"{key}-{name}"]
            field.set_value(value)
        return self.hand_in(f"{key}-form")

    def hand_in(self, form: str) -> "Desk":
        """Hand a form in."""
        next(button for button in self.shell.button if button.form_id == form).click().run()
        assert not self.shell.exception
        return self

    @property
    def refusal(self) -> str:
        """The sentence of the core."""
        return self.shell.warning[0].value.replace("\\", "")

    @property
    def done(self) -> str:
        """What was entered."""
        return self.shell.success[0].value.replace("\\", "")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """88.0 % in November 2023 against 90 %, on 6 December."""
    with bureau_of(tmp_path) as bureau:
        send(bureau, "2023-11", "2023-12-04", "880", "1000")
        Today(monkeypatch, "2023-12-06")
        yield Desk(bureau, looking_at(bureau, monkeypatch))


def test_a_miss_is_opened_from_its_link(desk: Desk) -> None:
    """Refused without a name, without a person, with a number that is none; then it is there, and the address names it."""
    desk.go(open=RATE, period="2023-11")
    assert desk.shell.selectbox(key=f"{OPEN}-office").value == "quality"
    assert desk.hand_in(f"{OPEN}-form").refusal == "督办没有登记：没有写登记人；请写明姓名，姓名会一直留在记录里。"
    desk.shell.text_input(key=f"{OPEN}-by").set_value("王统计")
    assert desk.hand_in(f"{OPEN}-form").refusal == "督办没有登记：没有写责任人；请写明由谁负责办。"
    desk.shell.text_input(key=f"{OPEN}-person").set_value("张三")
    desk.shell.text_input(key=f"{OPEN}-value").set_value("九十")
    assert desk.hand_in(f"{OPEN}-form").refusal == "答应达到的数写的是「九十」，不是以%计的数；请只写数字，如 98.0，或不写。"
    desk.shell.text_input(key=f"{OPEN}-value").set_value("90.5%")
    desk.shell.text_area(key=f"{OPEN}-steps").set_value("通报 2023-12-10\n补检")
    desk.hand_in(f"{OPEN}-form")

    [opened] = desk.bureau.store.follow_ups()
    assert desk.done == f"已登记第 {opened.seq} 号督办：2023 年 11 月合格率（不计在检）滞后，质量科 张三，2024-01-05 前。"
    assert (opened.by, str(opened.promised), opened.steps) == ("王统计", "90.5", (Step("通报", date(2023, 12, 10)), Step("补检")))
    assert dict(desk.shell.query_params)["row"] in (str(opened.seq), [str(opened.seq)])
    assert "open" not in desk.shell.query_params
    assert answer(fragments(desk.shell)) == "督办 1 件：1 件进行中。"


def test_a_problem_of_the_summary_is_opened_with_its_count(desk: Desk) -> None:
    """The office is chosen by whoever opens it."""
    desk.go(period="2023-11")
    desk.shell.text_area(key="problem-0-words").set_value("整改 2 项完成 1 项")
    desk.shell.text_input(key="problem-0-by").set_value("王统计")
    desk.shell.text_input(key="problem-0-person").set_value("李四")
    desk.shell.number_input(key="problem-0-total").set_value(2)
    desk.shell.number_input(key="problem-0-done").set_value(3)
    assert desk.hand_in("problem-0-form").refusal == "督办没有登记：共 2 项、完成 3 项，这两个数不对；请核对，完成的不会比总数多。"
    desk.shell.number_input(key="problem-0-done").set_value(1)
    assert desk.hand_in("problem-0-form").refusal == "督办没有登记：没有写责任科室；请选一个科室。"
    desk.shell.selectbox(key="problem-0-office").set_value("food")
    desk.hand_in("problem-0-form")
    [opened] = desk.bureau.store.follow_ups()
    assert (opened.matter.kind, opened.matter.total, opened.matter.done, opened.office) == (MatterKind.PROBLEM, 2, 1, "food")


def test_everything_that_happens_is_entered(desk: Desk) -> None:
    """Progress with its count, another day, a step that is done and then is not, one more, the signature; closed, it can only be taken up again."""
    bureau = desk.bureau
    number = open_on_problem(bureau, "整改", NOVEMBER, given(steps=(Step("通报"),)), by("2023-12-06"), count=(2, 1)).seq
    desk.go(row=str(number), period="2023-11")

    def key(act: str) -> str:
        return f"follow-up-{act}-{number}-0"

    assert "没有写办到哪一步" in desk.type(key("progress"), by="张三").refusal
    desk.shell.number_input(key=f"{key('progress')}-completed").set_value(2)
    desk.type(key("progress"), words="第二项也改了")
    assert desk.done == f"第 {number} 号督办：进展已登记，记为日志第 {number + 1} 号。"
    assert "没有写原因" in desk.type(key("promise"), by="张三").refusal
    desk.shell.date_input(key=f"{key('promise')}-due").set_value(date(2024, 3, 31))
    desk.type(key("promise"), reason="等验收")
    desk.type(key("step"), by="张三", words="已发通报")
    assert "没有写原因" in desk.type(key("unmark"), by="张三").refusal
    desk.type(key("unmark"), words="通报没有送到")
    desk.type(key("more"), by="张三", words="验收")
    assert "没有写理由" in desk.type(key("sign"), by="刘局长").refusal
    desk.type(key("sign"), reason="验收通过")
    assert {button.label for button in desk.shell.button} >= {"登记"}
    assert [button.form_id for button in desk.shell.button if button.form_id.startswith("follow-up-")] == [f"{key('reopen')}-form"]
    assert "没有写理由" in desk.type(key("reopen"), by="刘局长").refusal
    desk.type(key("reopen"), reason="又有群众反映")

    entries = slip(bureau, number, "2023-12-06").entries
    assert [entry.act for entry in entries] == [
        FollowUpAct.NOTE,
        FollowUpAct.PROMISE,
        FollowUpAct.STEP,
        FollowUpAct.STEP,
        FollowUpAct.ADD_STEP,
        FollowUpAct.SIGN,
        FollowUpAct.REOPEN,
    ]
    assert (entries[0].completed, entries[1].due, entries[2].step, entries[2].done) == (2, date(2024, 3, 31), 1, True)
    assert (entries[3].step, entries[3].done, entries[3].words) == (1, False, "通报没有送到")
    assert len(texts(fragments(desk.shell), ".k-history li")) == 8


def test_what_is_entered_in_a_meeting_is_entered_beside_its_edition(desk: Desk) -> None:
    """The note says so, with the way out; a code that is none is refused."""
    number = open_on_problem(desk.bureau, "整改", NOVEMBER, given(), by("2023-12-06")).seq
    desk.go(row=str(number), period="2023-11", edition="2023-11-XXXX-XX")
    assert "在会上登记的，记在会议版 2023-11-XXXX-XX 下" in " ".join(texts(fragments(desk.shell), "p"))
    assert "2023-11-XXXX-XX" in desk.type(f"follow-up-progress-{number}-0", by="张三", words="在办").refusal
    assert slip(desk.bureau, number, "2023-12-06").entries == ()


def test_a_decision_is_typed_beside_the_board(desk: Desk) -> None:
    """会议版: refused without words; kept with the kind that was chosen; the form is empty again."""
    desk.go("meeting/edition_page.py", period="2023-11")
    [form] = {button.form_id for button in desk.shell.button if (button.form_id or "").startswith("meeting-note")}
    assert desk.hand_in(form).refusal == "会议决定没有登记：没有写内容；请写明会上怎样说。"
    desk.shell.text_area[0].set_value("年底前达标")
    next(field for field in desk.shell.text_input if field.label == "记录人").set_value("王记录")
    desk.hand_in(form)
    [note] = desk.bureau.store.meeting_notes()
    assert (note.kind, note.words, note.by, note.period) == (NoteKind.DECISION, "年底前达标", "王记录", NOVEMBER)
    assert desk.done == f"会议决定已记下，记为日志第 {note.seq} 号；点它下面的「登记督办」，交给科室去办。"
    assert desk.shell.text_area[0].value == ""


def test_what_somebody_types_is_not_lost_by_what_another_enters(desk: Desk) -> None:
    """Two people at one follow-up and at the notes of one meeting: both are entered, and what was handed in is empty again."""
    number = open_on_problem(desk.bureau, "整改", NOVEMBER, given(), by("2023-12-06")).seq
    desk.go(row=str(number), period="2023-11")
    add_progress(desk.bureau, number, "另一人写的", by("2023-12-06"))
    desk.type(f"follow-up-progress-{number}-0", by="张三", words="慢慢写的")
    assert [entry.words for entry in slip(desk.bureau, number, "2023-12-06").entries] == ["另一人写的", "慢慢写的"]
    assert desk.shell.text_area(key=f"follow-up-progress-{number}-1-words").value == ""

    desk.go("meeting/edition_page.py", period="2023-11")
    keep_note(desk.bureau, NoteKind.MINUTE, "另一人记的", NOVEMBER, by("2023-12-06"))
    desk.type("meeting-note-0", by="王记录", words="慢慢记的")
    assert [note.words for note in desk.bureau.store.meeting_notes()] == ["另一人记的", "慢慢记的"]


def test_an_act_that_somebody_was_quicker_with_is_refused_in_a_sentence(desk: Desk) -> None:
    """Closed while somebody types: the form stands with its words; it is not swallowed."""
    number = open_on_problem(desk.bureau, "整改", NOVEMBER, given(), by("2023-12-06")).seq
    desk.go(row=str(number), period="2023-11")
    sign(desk.bureau, number, "办完", by("2023-12-06"))
    assert "签字办结，不再登记" in desk.type(f"follow-up-progress-{number}-0", by="张三", words="写了很久").refusal
    assert desk.shell.text_area(key=f"follow-up-progress-{number}-0-words").value == "写了很久"
    assert len(slip(desk.bureau, number, "2023-12-06").entries) == 1

    desk.go(row=str(number), period="2023-11")
    assert [button.form_id for button in desk.shell.button if button.form_id.startswith("follow-up-")] == [f"follow-up-reopen-{number}-0-form"]
    reopen(desk.bureau, number, "又有反映", by("2023-12-06"))
    assert "没有重新督办：它还没有办结" in desk.type(f"follow-up-reopen-{number}-0", by="刘局长", reason="再办").refusal


def test_a_step_that_another_has_completed_is_not_taken_for_the_next(desk: Desk) -> None:
    """The first was offered and is handed in; the second is not marked in its place."""
    number = open_on_problem(desk.bureau, "整改", NOVEMBER, given(steps=(Step("通报"), Step("补检"))), by("2023-12-06")).seq
    desk.go(row=str(number), period="2023-11")
    form = f"follow-up-step-{number}-0"
    assert desk.shell.selectbox(key=f"{form}-step").value == 1
    mark_step(desk.bureau, number, 1, by("2023-12-06"))
    assert "第 1 步已经登记完成，不必再登记" in desk.type(form, by="张三", words="已发通报").refusal
    assert [entry.step for entry in slip(desk.bureau, number, "2023-12-06").entries] == [1]


def test_a_problem_that_was_opened_is_not_typed_there_still(desk: Desk) -> None:
    """The form is empty again, so that the same button does not open it twice."""
    desk.go(period="2023-11")
    desk.shell.selectbox(key="problem-0-office").set_value("food")
    desk.type("problem-0", words="整改 2 项", by="王统计", person="李四")
    assert len(desk.bureau.store.follow_ups()) == 1
    assert desk.shell.text_area(key="problem-1-words").value == ""
    assert "没有写是什么问题" in desk.type("problem-1", by="王统计", person="李四").refusal


def test_an_indicator_that_has_recovered_while_somebody_types_is_refused(desk: Desk) -> None:
    """The decision is not opened without it, for only a leader could close that."""
    note = keep_note(desk.bureau, NoteKind.DECISION, "年底前达标", NOVEMBER, by("2023-12-06")).seq
    desk.go(note=str(note), period="2023-11")
    form = f"open-{note}-0"
    desk.shell.selectbox(key=f"{form}-indicator").set_value("合格率（不计在检）")
    desk.shell.selectbox(key=f"{form}-office").set_value("quality")
    send(desk.bureau, "2023-11", "2023-12-06", "950", "1000")
    assert "是「达标」，不是未达标或滞后" in desk.type(form, by="王统计", person="李四").refusal
    assert desk.bureau.store.follow_ups() == []


def test_what_is_refused_takes_nothing_else_from_the_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet that comes while the board is frozen refuses the edition; the fields below are drawn, so that a browser keeps what was typed there."""
    desk.go("meeting/edition_page.py", period="2023-11")
    freeze = desk.bureau.store.freeze

    def overtaken(*given: Any) -> object:
        monkeypatch.setattr(desk.bureau.store, "freeze", freeze)
        send(desk.bureau, "2023-11", "2023-12-06", "890", "1000")
        return freeze(*given)

    monkeypatch.setattr(desk.bureau.store, "freeze", overtaken)
    desk.shell.text_input(key="freeze-by").set_value("王统计")
    assert "会议版没有定稿" in desk.hand_in("freeze-form").refusal
    assert [field.key for field in desk.shell.text_area] == ["meeting-note-0-words"]
