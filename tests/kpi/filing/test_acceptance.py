"""Two steps: what a 填报员 sends waits, counts in nothing, and is accepted as it was sent, returned, or taken back; who did what stands on record."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from kpi.access.audit import Audit
from kpi.access.caller import WITHOUT_LOGIN, Caller, DeniedError
from kpi.access.roles import AccountRole
from kpi.admin.reminders import ReminderKind, everything
from kpi.bureau import LiveBureau, plan_restoring, rebuild_store, restore_bureau
from kpi.documents.filing_documents import ingest_document
from kpi.errors import OutdatedError, RequestError, StoreError
from kpi.filing import acceptance, submissions
from kpi.filing.completeness import Arrival, completeness, reminder
from kpi.filing.inbox import Inbox
from kpi.filing.inbox_folder import InboxFolder
from kpi.filing.intake import Outcome, Prepared, accept, prepare
from kpi.filing.referral_groups import referral_groups
from kpi.filing.two_steps import refers, to_the_sender, two_steps
from kpi.period import Month
from kpi.review.board import board
from kpi.review.source import source
from kpi.store import clock, referring
from kpi.store.backup import back_up
from kpi.store.submission import Submission
from tests import blank
from tests.faults.filled import CATALOG, TODAY, form, ledger

NOVEMBER = Month(2023, 11)
FILER = Caller("wang", "王统计", AccountRole.FILER, "donghu", "food")
REVIEWER = Caller("li", "李审核", AccountRole.REVIEWER)
SENT, ACCEPTED = datetime.fromisoformat("2023-12-04T09:30"), datetime.fromisoformat("2023-12-08T10:00")


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveBureau]:
    """A bureau that accepts in two steps, with an audit; what is sent comes at half past nine on 4 December."""
    monkeypatch.setenv("KPI_TWO_STEPS", "yes")
    monkeypatch.setattr(referring, "now", lambda: SENT)
    with blank.opened(tmp_path / "data", CATALOG) as opened:
        yield replace(opened, audit=Audit(tmp_path / "data"))


def sheet(bureau: LiveBureau, tested: str = "50 450", passed: str = "49 441") -> list[Prepared]:
    return prepare(bureau, [form(bureau, "donghu", "food", NOVEMBER, food_tested=tested, food_passed=passed, food_shops="– 1210")], TODAY)


def send(bureau: LiveBureau, prepared: list[Prepared], caller: Caller = FILER) -> list[Submission]:
    return accept(bureau.of(caller), prepared, "别人的名字", "情况属实")


def code_of(bureau: LiveBureau) -> str:
    [waiting] = acceptance.referred(bureau.of(REVIEWER))
    return waiting.referral.code


def rate(bureau: LiveBureau) -> Decimal | None:
    [row] = [row for row in board(bureau, NOVEMBER, org="donghu") if row.indicator == "food_pass_rate"]
    return row.figure.value


def audited(bureau: LiveBureau) -> list[tuple[str, str, str]]:
    assert bureau.audit is not None
    return [(entry.what.value, entry.name, entry.about) for entry in bureau.audit.entries()]


def test_it_counts_in_nothing_before_it_is_accepted(bureau: LiveBureau) -> None:
    prepared = sheet(bureau)
    [sent] = send(bureau, prepared)
    assert (sent.seq, sent.by, bool(sent.referral)) == (0, "王统计", True)
    assert [file["status"] for file in ingest_document(prepared, [sent])["files"]] == ["referred"]
    assert [(file["submission"], file["referral"]) for file in ingest_document(prepared, [sent])["files"]] == [(None, sent.referral)]
    assert (bureau.store.submissions(), rate(bureau), bureau.store.verify()) == ([], None, [])
    [owed] = [row for row in completeness(bureau, NOVEMBER, date(2023, 12, 20), "donghu") if row.office == "food"]
    assert (owed.state, owed.referred, owed.referred_words) == (Arrival.OVERDUE, True, "（已送审，等审核）")
    assert "食品" not in reminder([owed])


def test_who_can_only_send_is_told_to_send(bureau: LiveBureau) -> None:
    """What was read, what is to be looked at, what is refused: the 填报员 reads 送审, the 审核员 入库."""
    for caller, act in ((FILER, "送审"), (REVIEWER, "入库")):
        assert [report.message[-6:] for report in sheet(bureau.of(caller))] == [f"，可以{act}。"]
    send(bureau, sheet(bureau), REVIEWER)
    for caller, act in ((FILER, "送审"), (REVIEWER, "入库")):
        [lacking] = prepare(bureau.of(caller), [form(bureau, "donghu", "food", NOVEMBER, food_tested="50 450", food_passed="49 441")], TODAY)
        assert lacking.message.endswith(f"；会让已入库的数变为未报或 0，为这一份单独写明说明后可以{act}。")
        with pytest.raises(RequestError, match=f"请先为这一份写明说明再{act}。"):
            accept(bureau.of(caller), [lacking], "")


def test_who_sent_and_who_accepted_stand_on_record(bureau: LiveBureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """441 of 450 is 98 %; it is known from the moment of acceptance on, and was in time by the moment it was sent."""
    send(bureau, sheet(bureau))
    monkeypatch.setattr(referring, "now", lambda: ACCEPTED)
    [stored] = acceptance.accept_referred(bureau.of(REVIEWER), code_of(bureau), "别人的名字")
    assert (stored.seq, stored.by, stored.accepted_by, stored.referred_at, stored.at) == (1, "王统计", "李审核", SENT, ACCEPTED)
    assert [replace(own, findings=()) for own in bureau.store.submissions()] == [replace(stored, findings=())]
    assert rate(bureau) == Decimal(98)
    assert rate(bureau.as_known(date(2023, 12, 7))) is None  # type: ignore[arg-type]  # only looks
    assert {part.accepted_by for part in source(bureau, "food_pass_rate", NOVEMBER, "donghu")} == {"李审核"}
    [owed] = [row for row in completeness(bureau, NOVEMBER, date(2023, 12, 20), "donghu") if row.office == "food"]
    assert (owed.state, owed.received, owed.referred) == (Arrival.ON_TIME, SENT, False)
    assert (acceptance.referred(bureau.of(REVIEWER)), bureau.store.verify()) == ([], [])
    assert audited(bureau) == [
        ("送审", "王统计", "东湖区市场监管局食品科 2023 年 11 月"),
        ("审核入库", "李审核", "第 1 号 东湖区市场监管局食品科 2023 年 11 月（王统计送审）"),
    ]


def test_the_record_outlives_the_database(bureau: LiveBureau, tmp_path: Path) -> None:
    send(bureau, sheet(bureau))
    acceptance.accept_referred(bureau.of(REVIEWER), code_of(bureau), "")
    before = bureau.store.submissions()
    bureau.store.close()
    assert rebuild_store(tmp_path / "data", CATALOG) == 1
    with blank.opened(tmp_path / "data", CATALOG) as again:
        assert again.store.submissions() == before
        assert before[0].accepted_by == "李审核"


def test_a_return_has_its_reason_and_its_sender_takes_note_of_it(bureau: LiveBureau) -> None:
    send(bureau, sheet(bureau))
    code = code_of(bureau)
    with pytest.raises(RequestError, match="退回要写明理由"):
        acceptance.return_referred(bureau.of(REVIEWER), code, "", " ")
    acceptance.return_referred(bureau.of(REVIEWER), code, "", "合格数写反了")
    [seen] = acceptance.referred(bureau.of(FILER))
    assert seen.referral.returned is not None
    assert (seen.forgets, seen.decides, seen.referral.returned.by, seen.referral.returned.reason) == (True, False, "李审核", "合格数写反了")
    assert seen.referral.reports == []  # what was returned is kept no longer
    with pytest.raises(RequestError, match="已由李审核退回"):
        acceptance.accept_referred(bureau.of(REVIEWER), code, "")
    acceptance.forget_referred(bureau.of(FILER), code)
    assert (acceptance.referred(bureau.of(FILER)), bureau.store.submissions()) == ([], [])
    assert audited(bureau)[-1][:2] == ("退回或撤销送审", "李审核")


def test_sending_again_takes_the_place_of_what_waits_or_was_returned(bureau: LiveBureau) -> None:
    send(bureau, sheet(bureau))
    first = code_of(bureau)
    send(bureau, sheet(bureau, passed="48 440"))
    second = code_of(bureau)
    assert second != first
    acceptance.return_referred(bureau.of(REVIEWER), second, "", "再核对一次")
    send(bureau, sheet(bureau, passed="47 432"))
    acceptance.accept_referred(bureau.of(REVIEWER), code_of(bureau), "")
    assert rate(bureau) == Decimal(96)


ROLES = {
    "own": (FILER, True, False, True),
    "another of the office": (Caller("zhao", "赵", AccountRole.FILER, "donghu", "food"), True, False, False),
    "another office": (Caller("qian", "钱", AccountRole.FILER, "donghu", "credit"), False, False, False),
    "another organisation": (Caller("sun", "孙", AccountRole.REVIEWER, "nanhu"), False, False, False),
    "of the organisation": (Caller("zhou", "周", AccountRole.REVIEWER, "donghu"), True, True, False),
    "of all": (REVIEWER, True, True, False),
    "leader": (Caller("wu", "吴", AccountRole.LEADER), False, False, False),
    "administrator": (Caller("zheng", "郑", AccountRole.ADMINISTRATOR), False, False, False),
    "auditor": (Caller("feng", "冯", AccountRole.AUDITOR), False, False, False),
    "without login": (WITHOUT_LOGIN, True, True, False),
}


@pytest.mark.parametrize(("caller", "sees", "decides", "takes_back"), ROLES.values(), ids=ROLES)
def test_who_may_do_what(bureau: LiveBureau, caller: Caller, sees: bool, decides: bool, takes_back: bool) -> None:
    send(bureau, sheet(bureau))
    code, asking = code_of(bureau), bureau.of(caller)
    assert bool(acceptance.referred(asking)) is sees
    if not takes_back:
        with pytest.raises((DeniedError, RequestError)):
            acceptance.forget_referred(asking, code)
    if not decides:
        with pytest.raises(DeniedError):
            acceptance.accept_referred(asking, code, "某人")
        with pytest.raises(DeniedError):
            acceptance.return_referred(asking, code, "某人", "不行")
        assert code_of(bureau) == code
    else:
        assert len(acceptance.accept_referred(asking, code, "某人")) == 1


COLLEAGUE = replace(FILER, account="zhao", name="赵")


def test_of_a_return_the_office_takes_note(bureau: LiveBureau) -> None:
    """Who sent it may have left; who returned it does not do so in the place of the office."""
    send(bureau, sheet(bureau))
    code = code_of(bureau)
    acceptance.return_referred(bureau.of(REVIEWER), code, "", "合格数写反了")
    with pytest.raises(DeniedError, match="不是您送的"):
        acceptance.forget_referred(bureau.of(REVIEWER), code)
    acceptance.forget_referred(bureau.of(COLLEAGUE), code)
    assert acceptance.referred(bureau.of(FILER)) == []


def test_a_return_is_answered_by_whoever_of_the_office_sends_anew(bureau: LiveBureau) -> None:
    send(bureau, sheet(bureau))
    first = code_of(bureau)
    acceptance.return_referred(bureau.of(REVIEWER), first, "", "合格数写反了")
    send(bureau, sheet(bureau, passed="48 440"), COLLEAGUE)
    assert code_of(bureau) != first
    assert not [reminder for reminder in everything(bureau, TODAY) if reminder.kind is ReminderKind.RETURNED]


@pytest.mark.parametrize("account", ["", "api:screen"], ids=["inbox", "interface"])
def test_what_no_person_sent_its_office_takes_back(bureau: LiveBureau, account: str) -> None:
    send(bureau, sheet(bureau), replace(FILER, account=account, name="系统"))
    [seen] = acceptance.referred(bureau.of(COLLEAGUE))
    assert seen.forgets
    [seen] = acceptance.referred(bureau.of(REVIEWER))
    assert not seen.forgets
    acceptance.forget_referred(bureau.of(COLLEAGUE), seen.referral.code)
    assert acceptance.referred(bureau.of(REVIEWER)) == []


def test_what_is_returned_while_its_sender_takes_it_back_is_read_first(bureau: LiveBureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what is accepted meanwhile is not said to be taken back."""
    send(bureau, sheet(bureau))
    code = code_of(bureau)
    before = acceptance.referred_as(bureau.of(FILER), code)
    acceptance.return_referred(bureau.of(REVIEWER), code, "", "合格数写反了")
    monkeypatch.setattr(acceptance, "referred_as", lambda *_: before)
    with pytest.raises(RequestError, match="刚才已退回；请刷新页面，看退回的理由"):
        acceptance.forget_referred(bureau.of(FILER), code)
    assert [waiting.referral.code for waiting in acceptance.referred(bureau.of(FILER))] == [code]
    bureau.store.forget_referral(code, returned=True)
    with pytest.raises(RequestError, match="可能已经有人审核"):
        acceptance.forget_referred(bureau.of(FILER), code)
    assert audited(bureau)[-1][:2] == ("退回或撤销送审", "李审核")


def test_what_cannot_be_taken_back_is_not_said_to_be(bureau: LiveBureau, monkeypatch: pytest.MonkeyPatch) -> None:
    send(bureau, sheet(bureau))
    code = code_of(bureau)
    with monkeypatch.context() as disk:
        disk.setattr(Path, "unlink", lambda *_, **__: (_ for _ in ()).throw(OSError(30, "read-only")))
        with pytest.raises(StoreError, match="去不掉（磁盘是只读的）"):
            acceptance.forget_referred(bureau.of(FILER), code)
    assert code_of(bureau) == code


def test_what_is_accepted_was_compared_with_what_is_in_force(bureau: LiveBureau) -> None:
    """The same sheet in force anew: it is returned. Another office's or another organisation's of the month: nothing stands against it."""
    send(bureau, sheet(bureau))
    others = [form(bureau, "donghu", "credit", NOVEMBER, visits="60 560", entities="– 20100"), form(bureau, "nanhu", "food", NOVEMBER, food_tested="1 2")]
    send(bureau, prepare(bureau, others, TODAY), WITHOUT_LOGIN)
    [stored] = acceptance.accept_referred(bureau.of(REVIEWER), code_of(bureau), "")
    send(bureau, sheet(bureau, passed="48 440"))
    send(bureau, sheet(bureau, passed="47 430"), REVIEWER)
    with pytest.raises(OutdatedError, match="送审以后，同一张报表又有报送入库或撤回；请退回"):
        acceptance.accept_referred(bureau.of(REVIEWER), code_of(bureau), "")
    assert [own.seq for own in bureau.store.current_submissions(NOVEMBER, "food", "donghu")] == [stored.seq + 1]


def test_the_form_and_the_ledger_of_an_office_are_accepted_one_after_the_other(bureau: LiveBureau) -> None:
    whole = replace(FILER, office="food")
    send(bureau, prepare(bureau, [ledger()], TODAY), whole)
    send(bureau, sheet(bureau), whole)
    waiting = acceptance.referred(bureau.of(REVIEWER))
    assert sorted(len(one.referral.reports) for one in waiting) == [1, 2]  # October and November of the ledger are one file
    for one in waiting:
        acceptance.accept_referred(bureau.of(REVIEWER), one.referral.code, "")
    assert (len(bureau.store.submissions()), bureau.store.verify()) == (3, [])


def test_a_locked_month_keeps_it_waiting(bureau: LiveBureau) -> None:
    send(bureau, sheet(bureau))
    submissions.lock(bureau.of(REVIEWER), NOVEMBER, "", "已上报", org="donghu")
    with pytest.raises(StoreError, match="没有入库：这个月的数据"):
        acceptance.accept_referred(bureau.of(REVIEWER), code_of(bureau), "")
    with pytest.raises(RequestError, match="必须修改"):
        send(bureau, sheet(bureau))
    submissions.unlock(bureau.of(REVIEWER), NOVEMBER, "", "更正", org="donghu")
    assert len(acceptance.accept_referred(bureau.of(REVIEWER), code_of(bureau), "")) == 1


def test_one_that_was_accepted_before_a_crash_is_not_accepted_twice(bureau: LiveBureau, tmp_path: Path) -> None:
    """The submission is in the log, its referral still on disk."""
    send(bureau, sheet(bureau))
    code = code_of(bureau)
    file = tmp_path / "data" / "referrals" / f"{code}.zip"
    data = file.read_bytes()
    acceptance.accept_referred(bureau.of(REVIEWER), code, "")
    file.write_bytes(data)
    assert acceptance.referred(bureau.of(REVIEWER)) == []
    with pytest.raises(RequestError, match="已经审核入库"):
        acceptance.accept_referred(bureau.of(REVIEWER), code, "")
    assert (len(bureau.store.submissions()), file.exists()) == (1, False)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.97])
def test_a_damaged_one_is_named_and_the_others_are_there(bureau: LiveBureau, tmp_path: Path, share: float) -> None:
    send(bureau, sheet(bureau))
    file = tmp_path / "data" / "referrals" / f"{code_of(bureau)}.zip"
    send(bureau, prepare(bureau, [form(bureau, "donghu", "food", Month(2023, 10), food_tested="1 2")], TODAY))
    data = bytearray(file.read_bytes())
    data[int(len(data) * share)] ^= 0x10
    file.write_bytes(data)
    assert len(acceptance.referred(bureau.of(REVIEWER))) == 1
    for sentences in (bureau.store.referral_faults(), bureau.store.verify()):
        assert [sentence.partition("；")[0] for sentence in sentences] == [f"送审的「{file.stem}」已损坏，读不出"]


def test_a_backup_has_what_waits(bureau: LiveBureau, tmp_path: Path) -> None:
    send(bureau, sheet(bureau))
    back_up(tmp_path / "data", tmp_path / "b.tar", clock.now())
    assert restore_bureau(plan_restoring(tmp_path / "b.tar", tmp_path / "restored"), CATALOG).faults == ()
    with blank.opened(tmp_path / "restored", CATALOG) as restored:
        assert [one.referral for one in acceptance.referred(restored.of(REVIEWER))] == [one.referral for one in acceptance.referred(bureau.of(REVIEWER))]
        assert len(acceptance.accept_referred(restored.of(REVIEWER), code_of(restored), "")) == 1


def test_what_a_reviewer_sees_is_what_accepting_changes(bureau: LiveBureau) -> None:
    send(bureau, sheet(bureau), REVIEWER)
    send(bureau, sheet(bureau, passed="48 440"))
    [waiting] = acceptance.referred(bureau.of(REVIEWER))
    [report] = waiting.referral.reports
    changed = acceptance.changes_of(bureau, report.batch)
    assert [(change.measure, change.column.value, change.old and change.old.number, change.new.number) for change in changed] == [
        ("food_passed", "month", 49, 48),
        ("food_passed", "ytd", 441, 440),
    ]


def test_a_full_disk_refers_all_or_nothing(bureau: LiveBureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files of two months: the second finds no room."""
    both = [form(bureau, "donghu", "food", month, food_tested="10 100") for month in (Month(2023, 10), NOVEMBER)]
    prepared = prepare(bureau, both, TODAY)
    keep, kept = bureau.store._referrals.keep, []

    def full(referral: object) -> None:
        if kept:
            raise StoreError("磁盘已满。")
        kept.append(referral)
        keep(referral)  # type: ignore[arg-type]

    monkeypatch.setattr(bureau.store._referrals, "keep", full)
    with pytest.raises(StoreError, match="磁盘已满"):
        send(bureau, prepared)
    assert (len(kept), acceptance.referred(bureau.of(REVIEWER)), audited(bureau)) == (1, [], [])


@pytest.mark.parametrize(
    ("files", "together"),
    [
        ([(0, "10"), (1, "11")], [[0], [1]]),
        ([(0, "10"), (0, "11"), (1, "12")], [[0, 1], [2]]),  # the months of one file
        ([(0, "10"), (1, "10"), (2, "11")], [[0, 1], [2]]),  # two files about one month
        ([(0, "10"), (1, "11"), (1, "10")], [[0, 1, 2]]),  # a file joins two
    ],
)
def test_what_belongs_together_is_accepted_together(files: list[tuple[int, str]], together: list[list[int]]) -> None:
    prepared = [
        Prepared(f"{at}.xlsx", b"", "food", Month.parse(f"2023-{month}"), None, (), (), None, Outcome.READY, "", org="donghu", at=at) for at, month in files
    ]
    assert [[prepared.index(report) for report in group] for group in referral_groups(prepared)] == together


@pytest.mark.parametrize(
    ("stored", "sent"),
    [
        ("请补上；确实没有的，写明说明后可以入库", "请补上；确实没有的，写明说明后可以送审"),
        ("或写明说明后入库；不是的，请不要入库", "或写明说明后送审；不是的，请不要送审"),
        ("写明说明后都入库的，后一份替换前一份", "写明说明后都送审的，后一份替换前一份"),
        ("与已入库的不同，没有入库；入库后变为未报", "与已入库的不同，没有入库；入库后变为未报"),
    ],
)
def test_a_remedy_is_for_who_reads_it(bureau: LiveBureau, stored: str, sent: str) -> None:
    assert (to_the_sender(FILER, stored), to_the_sender(REVIEWER, stored)) == (sent, stored)


@pytest.mark.parametrize(("written", "refers_filer"), [("", False), ("no", False), (" YES ", True)])
def test_the_setting(monkeypatch: pytest.MonkeyPatch, written: str, refers_filer: bool) -> None:
    monkeypatch.setenv("KPI_TWO_STEPS", written)
    assert (refers(FILER), refers(REVIEWER), refers(WITHOUT_LOGIN)) == (refers_filer, False, False)
    monkeypatch.setenv("KPI_TWO_STEPS", "maybe")
    with pytest.raises(RequestError, match="请写 yes"):
        two_steps()


def test_what_is_dropped_into_the_inbox_waits_too(bureau: LiveBureau, tmp_path: Path) -> None:
    """And its return is told to its office, without a figure and without the reason."""
    office = tmp_path / "share" / "东湖食品科"
    office.mkdir(parents=True)
    upload = form(bureau, "donghu", "food", NOVEMBER, food_tested="50 450", food_passed="49 441", food_shops="– 1210")
    (office / "十一月.xlsx").write_bytes(upload.data)
    inbox = Inbox(InboxFolder(tmp_path / "share"), tmp_path / "data")
    inbox.look(bureau, SENT)
    look = inbox.look(bureau, SENT + timedelta(seconds=2))
    assert [entry.outcome.value for entry in look.answered] == ["已送审"]
    assert bureau.store.submissions() == []
    acceptance.return_referred(bureau.of(REVIEWER), code_of(bureau), "", "合格数写反了")
    told = [reminder for reminder in everything(bureau, TODAY) if reminder.kind is ReminderKind.RETURNED]
    assert [(reminder.office, reminder.text.partition("）")[2]) for reminder in told] == [("food", "已退回，改好后重新送审")]


def test_who_has_become_a_reviewer_does_not_accept_what_they_sent(bureau: LiveBureau) -> None:
    send(bureau, sheet(bureau))
    [code], promoted = [waiting.referral.code for waiting in acceptance.referred(bureau)], bureau.of(replace(REVIEWER, account=FILER.account))
    [seen] = acceptance.referred(promoted)
    assert (seen.forgets, seen.decides) == (True, False)
    with pytest.raises(DeniedError, match="您自己送的"):
        acceptance.accept_referred(promoted, code, "")
    with pytest.raises(DeniedError, match="您自己送的"):
        acceptance.return_referred(promoted, code, "", "错")
    acceptance.accept_referred(bureau.of(REVIEWER), code, "")


@pytest.mark.parametrize(("account", "of_a_person"), [("wang", True), ("api:platform", False), ("", False)])
def test_a_return_that_its_sender_cannot_take_note_of_is_taken_note_of_by_others(bureau: LiveBureau, account: str, of_a_person: bool) -> None:
    """Of a person who has left, of a system, of the inbox: else such ones would fill the list for good."""
    send(bureau, sheet(bureau), replace(FILER, account=account))
    code = code_of(bureau)
    other, elsewhere = bureau.of(replace(FILER, account="zhao")), bureau.of(replace(FILER, account="qian", office="credit"))
    seen = [waiting.forgets for caller in (other, bureau.of(REVIEWER)) for waiting in acceptance.referred(caller)]
    assert seen == [not of_a_person, False]
    acceptance.return_referred(bureau.of(REVIEWER), code, "", "错")
    assert [waiting.forgets for caller in (other, bureau.of(REVIEWER)) for waiting in acceptance.referred(caller)] == [True, False]
    assert acceptance.referred(elsewhere) == []
    acceptance.forget_referred(other, code)
    assert acceptance.referred(bureau.of(REVIEWER)) == []


def test_what_was_accepted_meanwhile_is_not_called_taken_back(bureau: LiveBureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look and the click of its sender somebody accepts it."""
    send(bureau, sheet(bureau))
    code, look = code_of(bureau), acceptance.referred_as

    def accepted_meanwhile(asked: LiveBureau, named: str) -> acceptance.Waiting:
        seen = look(asked, named)
        acceptance.accept_referred(bureau.of(REVIEWER), named, "")
        return seen

    monkeypatch.setattr(acceptance, "referred_as", accepted_meanwhile)
    with pytest.raises(RequestError, match="可能已经有人审核"):
        acceptance.forget_referred(bureau.of(FILER), code)
    assert not any(what == "退回或撤销送审" for what, _, _ in audited(bureau))
