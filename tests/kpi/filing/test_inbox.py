"""The inbox: what is dropped into the folder of an office is read once, stored where nothing speaks against it, and answered beside it."""

import errno
import io
import json
import os
import shutil
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from kpi.access.audit import Audit
from kpi.access.caller import Caller, DeniedError
from kpi.access.roles import AccountRole
from kpi.bureau import LiveBureau, open_bureau
from kpi.errors import OutdatedError, RequestError, StoreError
from kpi.filing import inbox_answer, inbox_files, inbox_record, intake
from kpi.filing.inbox import Inbox, look_twice
from kpi.filing.inbox_desk import fetch, open_entries
from kpi.filing.inbox_folder import InboxFolder, inbox_folder, is_left_alone
from kpi.filing.inbox_look import InboxLook
from kpi.filing.inbox_record import FILE, InboxEntry, InboxOutcome, InboxRecord, read_inbox_record
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.workbook.process.sniffing import MAX_BYTES
from tests import blank
from tests.kpi.filing.test_intake import coal, workbook
from tests.kpi.province import write_catalog

MOMENT = datetime.fromisoformat("2023-12-03T10:00:00")
NOVEMBER = Month(2023, 11)


class Share:
    """An inbox over a bureau, and a clock that goes on two seconds with each look."""

    def __init__(self, bureau: LiveBureau, folder: Path, accepts: bool = True) -> None:
        self.bureau, self.root, self.data, self.moment = bureau, folder / "share", folder / "data", MOMENT
        self.office = self.root / "质量监管科"
        self.office.mkdir(parents=True, exist_ok=True)
        self.restart(accepts)

    def restart(self, accepts: bool = True) -> None:
        self.inbox = Inbox(InboxFolder(self.root, accepts), self.data)

    def drop(self, data: bytes, name: str = "十一月.xlsx", folder: str = "质量监管科") -> Path:
        path = self.root / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return path

    def look(self, times: int = 1) -> InboxLook:
        for _ in range(times):
            self.moment += timedelta(seconds=2)
            look = self.inbox.look(self.bureau, self.moment)
        return look

    @property
    def submissions(self) -> list[tuple[int, str]]:
        return [(submission.seq, submission.by) for submission in self.bureau.store.submissions()]

    def names(self, folder: str = "质量监管科") -> list[str]:
        return sorted(path.name for path in (self.root / folder).iterdir())


@pytest.fixture
def share(empty, tmp_path):
    return Share(empty, tmp_path)


def first_line(answer: Path) -> str:
    if answer.suffix == ".txt":
        return answer.read_text("utf-8-sig").splitlines()[0]
    return str(openpyxl.load_workbook(answer).worksheets[0]["A1"].value)


def october(bureau) -> bytes:
    return coal(bureau, Month(2023, 10), taken=70, tested=45, passed=40, failed=5, pending=25).data


def coal_again(bureau, **changed) -> bytes:
    return coal(bureau, **changed).data


def test_what_nothing_speaks_against_is_stored_and_answered(share):
    """At the second look at which it is the same: stored for the inbox of the office, the answer a marked copy, the file as it was."""
    path = share.drop(data := coal_again(share.bureau))

    assert [waiting.why for waiting in share.look().waiting] == ["等它写完"]
    look = share.look()

    assert [(entry.folder, entry.outcome.value) for entry in look.answered] == [("质量监管科", "已入库")]
    assert share.submissions == [(1, "收件箱（质量监管科）")]
    answer = share.office / "十一月_核对意见.xlsx"
    line = f"已入库：「十一月.xlsx」质量监管科 2023 年 11 月已入库，报送第 1 号，{share.bureau.store.submissions()[0].at:%Y-%m-%d %H:%M}。"
    assert first_line(answer) == line
    assert openpyxl.load_workbook(answer).sheetnames == ["核对意见", *openpyxl.load_workbook(io.BytesIO(data)).sheetnames]
    assert (path.read_bytes(), share.names()) == (data, ["十一月.xlsx", "十一月_核对意见.xlsx"])
    assert (look.waiting, look.notes, look.fault) == ((), (), "")


def test_the_same_bytes_are_read_once(share, monkeypatch):
    """Looks that follow, a restart, a touched file and a copy under another name read nothing again; the copy has an answer of its own."""
    path = share.drop(data := coal_again(share.bureau))
    share.look(2)
    monkeypatch.setattr(inbox_files, "prepare_each", None)  # would be an error

    share.look(3)
    share.restart()
    share.look(2)
    os.utime(path, (1, 1))
    assert share.look(2).answered == ()
    share.drop(data, "副本.xlsx")
    [entry] = share.look(2).answered

    assert entry.outcome.value == "内容未变"
    assert first_line(share.office / "副本_核对意见.xlsx").startswith(
        "内容未变：「副本.xlsx」与「十一月.xlsx」（2023-12-03 10:00 收到）的内容完全相同，没有再读；那一份：已入库"
    )
    assert [number for number, _ in share.submissions] == [1]


def test_a_file_that_lies_there_is_not_forgotten(share, monkeypatch):
    """However many there are: else it would be read again at each look; of those that are gone the oldest are."""
    monkeypatch.setattr(inbox_record, "MOST", 1)
    for name in ("a.txt", "b.txt", "c.txt"):
        share.drop(name.encode(), name)
    assert len(share.look(2).answered) == 3
    assert share.look(2).answered == ()
    assert len(read_inbox_record(share.data)) == 3
    (share.office / "a.txt").unlink()
    (share.office / "b.txt").unlink()
    share.look()
    assert [entry.name for entry in read_inbox_record(share.data)] == ["c.txt"]


def test_a_corrected_file_is_read_again_and_its_answer_replaced(share):
    """51 tested lots cannot be 44 + 9; mended and saved again they are stored, and one answer lies there."""
    share.drop(coal_again(share.bureau, passed=60))
    [entry] = share.look(2).answered
    assert (entry.outcome.value, share.submissions) == ("未收", [])
    assert first_line(share.office / "十一月_核对意见.xlsx").startswith("未收：「十一月.xlsx」质量监管科 2023 年 11 月报表有必须修改的问题，没有入库；改好以后")

    share.drop(coal_again(share.bureau))
    [entry] = share.look(2).answered

    assert (entry.outcome.value, len(share.submissions), share.names()) == ("已入库", 1, ["十一月.xlsx", "十一月_核对意见.xlsx"])
    assert first_line(share.office / "十一月_核对意见.xlsx").startswith("已入库：")


def test_what_asks_waits_for_somebody_and_is_answered_once_it_is_stored(share):
    """7 failed lots instead of 6 is a question: nothing is stored until somebody of the office has written why."""
    share.drop(data := coal_again(share.bureau, failed=6))
    [entry] = share.look(2).answered
    assert (entry.outcome.value, share.submissions) == ("需要说明", [])
    assert "写明说明或回答后入库；数错了的，改好以后存回原来的文件，会再读一次" in first_line(share.office / "十一月_核对意见.xlsx")

    [prepared] = intake.prepare(share.bureau, [intake.Upload("十一月.xlsx", data)], today=MOMENT.date())
    intake.accept(share.bureau, [prepared], "王统计", "1 批次改判")
    [entry] = share.look().answered

    assert (entry.outcome.value, share.submissions) == ("已入库", [(1, "王统计")])
    assert first_line(share.office / "十一月_核对意见.xlsx") == "已入库：「十一月.xlsx」质量监管科 2023 年 11 月已由王统计报送，就是第 1 号，在库的数没有变。"
    assert share.look(2).answered == ()


def test_by_the_other_rule_all_is_left_for_somebody(share):
    """``KPI_INBOX_ACCEPT=desk``."""
    share.restart(accepts=False)
    share.drop(coal_again(share.bureau))
    [entry] = share.look(2).answered
    assert (entry.outcome.value, share.submissions) == ("等待入库", [])
    assert "请科室的人在看板「报表导入」打开收件箱里的这一份入库" in entry.sentence


@pytest.mark.parametrize(
    "name",
    ["Thumbs.db", "desktop.ini", ".DS_Store", "~$十一月.xlsx", ".~lock.十一月.xlsx#", ".~十一月.xlsx", "lu1234ab.tmp", "报表.xlsx.part",
     "报表.TMP", ".hidden.xlsx", "十一月_核对意见.xlsx", "十一月_核对意见（2）.txt", "下载.crdownload"],
)  # fmt: skip
def test_what_nobody_handed_in_is_left_alone(name):
    assert is_left_alone(name)


@pytest.mark.parametrize("name", ["报表.xlsx", "11月报表.et", "核对意见.xlsx", "A.csv", "thumbs.db.xlsx"])
def test_what_somebody_handed_in_is_read(name):
    assert not is_left_alone(name)


def test_a_file_that_grows_waits(share):
    """Half of it is copied, then all of it: it is read once, whole, and nobody is told that it is damaged."""
    data = coal_again(share.bureau)
    share.drop(data[:4000])
    share.look()
    share.drop(data)
    assert (share.look().answered, share.submissions) == ((), [])
    assert [entry.outcome.value for entry in share.look().answered] == ["已入库"]


def test_what_is_open_elsewhere_waits_until_it_is_closed(share):
    """Excel's lock lies beside it; one that a crash left half a day ago holds nothing up."""
    share.drop(coal_again(share.bureau))
    lock = share.drop(b"", "~$十一月.xlsx")
    assert [waiting.why for waiting in share.look(3).waiting] == ["正在别处打开着，关上以后再读"]
    old = lock.stat().st_mtime - 13 * 3600
    os.utime(lock, (old, old))
    assert [entry.outcome.value for entry in share.look(2).answered] == ["已入库"]


def test_one_that_cannot_be_opened_or_vanishes_waits(share, monkeypatch):
    """Windows refuses what another program holds; what is gone is nobody's fault."""
    path = share.drop(coal_again(share.bureau))
    opened = os.open

    def refuse(name, *arguments, **options):
        if str(name) == str(path):
            raise OSError(errno.EACCES, "in use")
        return opened(name, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr("kpi.filing.inbox_folder.os.open", refuse)
        look = share.look(2)
    assert [waiting.why for waiting in look.waiting] == ["打不开（没有权限），可能正在别处打开着"]
    assert [entry.outcome.value for entry in share.look(2).answered] == ["已入库"]


def test_links_and_deeper_folders_are_not_followed(share, tmp_path):
    """A link to a file, to a folder, and a folder within the folder of an office."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "别处.xlsx").write_bytes(coal_again(share.bureau))
    (share.office / "链接.xlsx").symlink_to(outside / "别处.xlsx")
    (share.root / "网监科").symlink_to(outside)
    (share.office / "旧的").mkdir()
    shutil.copy(outside / "别处.xlsx", share.office / "旧的")

    look = share.look(3)
    assert (look.answered, look.waiting, share.submissions) == ((), (), [])


def test_an_answer_that_is_a_link_is_not_written_through(share, tmp_path):
    """Whoever may write into the share must not be able to overwrite a file elsewhere."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    (share.office / "十一月_核对意见.xlsx").symlink_to(victim)
    share.drop(coal_again(share.bureau))
    share.look(2)
    assert victim.read_bytes() == b"mine"
    assert (share.office / "十一月_核对意见（2）.xlsx").exists()


def test_a_bad_file_stops_no_other_and_is_read_once(share, monkeypatch):
    """A picture called .xlsx and a text beside a good sheet: each has its answer; no look reads the bad one again."""
    share.drop(b"\x89PNG no workbook", "照片.xlsx")
    share.drop("这个月没有数".encode(), "说明.txt")
    share.drop(coal_again(share.bureau))
    look = share.look(2)
    assert {entry.name: entry.outcome.value for entry in look.answered} == {"照片.xlsx": "未收", "说明.txt": "未收", "十一月.xlsx": "已入库"}
    lines = (share.office / "照片_核对意见.txt").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("未收：「照片.xlsx」没有入库：")
    assert lines[1].startswith("1. 【需修改】")
    monkeypatch.setattr(inbox_files, "prepare_each", None)
    assert share.look(3).answered == ()


def test_two_files_of_one_name_have_an_answer_each(share):
    """表.xlsx and 表.csv."""
    share.drop(coal_again(share.bureau), "表.xlsx")
    share.drop(b"a,b\n1,2\n", "表.csv")
    share.drop(b"junk", "表.xls")
    share.look(2)
    answers = {first_line(path).partition("」")[0] for path in share.office.glob("表_核对意见*")}
    assert answers == {"已入库：「表.xlsx", "未收：「表.csv", "未收：「表.xls"}


def test_the_sheet_of_another_office_is_refused(share):
    """What it says on the sheet is whose it is; the folder of another office does not take it."""
    share.drop(coal_again(share.bureau), folder="网监科")
    [entry] = share.look(2).answered
    assert (entry.outcome.value, share.submissions) == ("未收", [])
    assert entry.sentence == "这是网监科的文件夹，而这是质量监管科的报表，不是网监科的；请放到那个科室的文件夹里。"


def test_a_folder_of_no_office_says_so_beside_the_file(share):
    """Neither does the inbox itself."""
    share.drop(coal_again(share.bureau), folder="杂项")
    (share.root / "放错.xlsx").write_bytes(b"x")
    look = share.look(2)
    assert [(entry.folder, entry.outcome.value) for entry in look.answered] == [("", "未收"), ("杂项", "未收")]
    assert (
        first_line(share.root / "杂项" / "十一月_核对意见.xlsx")
        == "未收：「十一月.xlsx」没有读：文件夹「杂项」不是哪个科室的名称或代码；请放到以科室命名的文件夹里。"
    )
    assert first_line(share.root / "放错_核对意见.txt").endswith("文件直接放在收件箱里，看不出是哪个科室的；请放到以科室命名的文件夹里。")


def test_a_folder_is_named_by_code_too(share):
    share.drop(coal_again(share.bureau), folder="product_quality")
    assert [(entry.folder, entry.outcome.value) for entry in share.look(2).answered] == [("product_quality", "已入库")]


def test_months_dropped_together_are_checked_in_their_order(share):
    """November first, by name: its 本年累计 rests on October, which comes with it; 45 + 7 tested lots would not be 51."""
    share.drop(coal(share.bureau, NOVEMBER, tested__month=6).data, "1.xlsx")
    share.drop(october(share.bureau), "2.xlsx")
    share.drop(coal(share.bureau, NOVEMBER, tested__month=7).data, "错.xlsx")
    assert {entry.name: entry.outcome.value for entry in share.look(2).answered} == {"1.xlsx": "已入库", "2.xlsx": "已入库", "错.xlsx": "需要说明"}
    assert sorted(str(submission.period) for submission in share.bureau.store.submissions()) == ["2023-10", "2023-11"]


def test_killed_between_storing_and_answering(share, monkeypatch):
    """After the restart the answer is written, and the sheet is on file once; whether the record was written or not."""
    data = coal_again(share.bureau)
    path = share.drop(data)

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kpi.filing.inbox.InboxRecord.save", die)
        with pytest.raises(KeyboardInterrupt):
            share.look(2)
    share.restart()
    assert [entry.outcome.value for entry in share.look(2).answered] == ["已入库"]

    path.unlink()
    path = share.drop(coal_again(share.bureau, taken=80, pending=29))
    with monkeypatch.context() as patch:
        patch.setattr("kpi.filing.inbox.write_answer", die)
        with pytest.raises(KeyboardInterrupt):
            share.look(2)
    share.restart()
    assert [entry.outcome.value for entry in share.look(2).answered] == ["已入库"]
    assert [number for number, _ in share.submissions] == [1, 2]
    assert "报送第 2 号" in first_line(share.office / "十一月_核对意见.xlsx")


def test_an_older_file_never_replaces_a_newer_one_when_the_record_is_lost(share):
    """A restore does not bring the record back; what was sent before, and corrected since by somebody, stays corrected."""
    share.drop(coal_again(share.bureau))
    share.look(2)
    [prepared] = intake.prepare(share.bureau, [coal(share.bureau, taken=80, pending=29)], today=MOMENT.date())
    intake.accept(share.bureau, [prepared], "王统计", "更正")
    (share.data / FILE).write_text("{not json", "utf-8")
    share.restart()

    [entry] = share.look(2).answered
    assert (entry.outcome.value, len(share.submissions)) == ("内容未变", 2)
    assert "后来已被替换或撤回，没有再次入库" in entry.sentence


def test_a_full_disk_while_answering_is_made_good(share, monkeypatch):
    """What is stored stays stored; the answer comes once there is room, and not by reading at every look."""
    share.drop(coal_again(share.bureau))
    write = inbox_answer._write

    def full(path, data):
        if data:
            raise OSError(errno.ENOSPC, "full")
        write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(inbox_answer, "_write", full)
        look = share.look(2)
        assert [waiting.why for waiting in look.waiting] == ["已入库，但答复写不进（磁盘已满）；10:01 再试"]
        patch.setattr(inbox_files, "prepare_each", None)
        share.look(3)
    share.moment += timedelta(minutes=1)
    assert [entry.outcome.value for entry in share.look().answered] == ["已入库"]
    assert (len(share.submissions), share.names()) == (1, ["十一月.xlsx", "十一月_核对意见.xlsx"])


def test_a_full_data_disk_keeps_the_file_waiting(share, monkeypatch):
    """Nothing is answered that is not so; a minute later it is tried again."""
    share.drop(coal_again(share.bureau))
    with monkeypatch.context() as patch:
        patch.setattr(inbox_files, "accept", lambda *_, **__: (_ for _ in ()).throw(StoreError("磁盘快满了，没有入库。")))
        look = share.look(2)
        assert [waiting.why for waiting in look.waiting] == ["磁盘快满了，没有入库；10:01 再试"]
        assert share.look(2).answered == ()
    share.moment += timedelta(minutes=1)
    assert [entry.outcome.value for entry in share.look().answered] == ["已入库"]


def test_a_refusal_of_one_stops_no_other(share, monkeypatch):
    """Two ready files, one of which the store refuses: the other is in."""
    share.drop(coal_again(share.bureau), "好.xlsx")
    share.drop(october(share.bureau), "坏.xlsx")
    real = intake.accept

    def accept(bureau, prepared, by):
        if any(report.file == "坏.xlsx" for report in prepared):
            raise RequestError("这个月份刚刚锁定。")
        return real(bureau, prepared, by)

    monkeypatch.setattr(inbox_files, "accept", accept)
    assert {entry.name: entry.outcome.value for entry in share.look(2).answered} == {"好.xlsx": "已入库", "坏.xlsx": "未收"}


def test_what_was_compared_with_something_that_changed_is_read_again(share, monkeypatch):
    share.drop(coal_again(share.bureau))
    with monkeypatch.context() as patch:
        patch.setattr(inbox_files, "accept", lambda *_, **__: (_ for _ in ()).throw(OutdatedError("请重新读取。")))
        assert share.look(2).answered == ()
    share.moment += timedelta(minutes=1)
    assert [entry.outcome.value for entry in share.look().answered] == ["已入库"]


def test_a_machine_that_reads_nothing_is_no_fault_of_the_file(share, monkeypatch):
    """The wait doubles: one minute, two, four."""
    share.drop(coal_again(share.bureau))
    finding = Finding("reader-not-started", Severity.BLOCK, Place("x"), "本机启动不了读取表格的程序", "请稍后")
    real = inbox_files.prepare_each

    def unread(*arguments):
        return [[intake.replace(report, findings=(finding,)) for report in reports] for reports in real(*arguments)]

    with monkeypatch.context() as patch:
        patch.setattr(inbox_files, "prepare_each", unread)
        assert share.look(2).waiting[0].why.endswith("10:01 再试")
        share.moment += timedelta(minutes=1)
        assert share.look().waiting[0].why.endswith("10:03 再试")
    share.moment += timedelta(minutes=2)
    assert [entry.outcome.value for entry in share.look().answered] == ["已入库"]


def test_a_look_that_is_stopped_answers_nothing(share):
    """The server stops: its children say so of files that are whole."""
    share.drop(coal_again(share.bureau))
    share.look()
    share.inbox.stopped.set()
    assert (share.look().answered, share.submissions, share.names()) == ((), [], ["十一月.xlsx"])


@pytest.mark.parametrize(
    ("share_at", "words"),
    [
        ("missing", "看不了（不存在）"),
        ("file", "看不了（路径里有一段不是文件夹）"),
        ("data/inbox", "在数据目录里面"),
        ("data", "在数据目录里面"),
        (".", "数据目录在收件箱"),
    ],
)
def test_an_inbox_that_cannot_be_used_says_why(empty, tmp_path, share_at, words):
    """And is used once it is there."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "data" / "inbox").mkdir()
    look = Inbox(InboxFolder(tmp_path / share_at), tmp_path / "data").look(empty, MOMENT)
    assert words in look.fault
    assert look.fault.endswith("收件箱好了会自动接着收。")


def test_a_folder_that_takes_no_answer_is_not_read(share, monkeypatch):
    """What cannot be answered is not stored."""
    share.drop(coal_again(share.bureau))
    with monkeypatch.context() as patch:
        patch.setattr(inbox_answer, "_write", lambda *_: (_ for _ in ()).throw(OSError(errno.EROFS, "read-only")))
        look = share.look(2)
    assert look.notes == ("收件箱的文件夹「质量监管科」写不进（磁盘是只读的），答复放不进去，里面的文件先不读；请检查它的权限和磁盘。",)
    assert ([waiting.why for waiting in look.waiting], share.submissions) == (["答复写不进，先不读"], [])
    assert [entry.outcome.value for entry in share.look().answered] == ["已入库"]


def test_an_answer_that_somebody_changed_is_kept(share):
    """The next answer has a number."""
    share.drop(coal_again(share.bureau, passed=60))
    share.look(2)
    answer = share.office / "十一月_核对意见.xlsx"
    answer.write_bytes(answer.read_bytes() + b"changed")
    share.drop(coal_again(share.bureau))
    share.look(2)
    assert share.names() == ["十一月.xlsx", "十一月_核对意见.xlsx", "十一月_核对意见（2）.xlsx"]
    assert answer.read_bytes().endswith(b"changed")
    assert first_line(share.office / "十一月_核对意见（2）.xlsx").startswith("已入库")


def test_what_is_too_large_or_long_is_answered(share):
    """A file over the limit is not read to its end; a long name is cut in that of the answer."""
    share.drop(b"PK" + bytes(MAX_BYTES), "大.xlsx")
    share.drop(b"x", f"{'长' * 80}.xlsx")
    assert {entry.outcome.value for entry in share.look(2).answered} == {"未收"}
    assert first_line(share.office / "大_核对意见.txt").startswith("未收：「大.xlsx」")
    assert len([name for name in share.names() if name.startswith("长") and name.endswith("_核对意见.txt")]) == 1


def test_more_than_a_drop_are_read_one_drop_after_the_other(share, monkeypatch):
    monkeypatch.setenv("KPI_DROP_FILES", "2")
    for number in range(5):
        share.drop(f"{number}".encode(), f"{number}.txt")
    assert [len(share.look().answered) for _ in range(4)] == [0, 2, 2, 1]


def test_the_inbox_stands_in_the_audit_without_figures_or_people(share, tmp_path):
    """Each answer, and each submission, from the inbox of its office."""
    share.bureau = intake.replace(share.bureau, audit=Audit(share.data))
    share.drop(coal_again(share.bureau), "张三13800138000.xlsx")
    share.look(2)
    entries = [(entry.what.value, entry.name, entry.address, entry.about) for entry in Audit(share.data).entries()]
    assert entries == [
        ("报送", "收件箱（质量监管科）", "收件箱", "第 1 号 质量监管科 2023 年 11 月"),
        ("收件箱", "收件箱", "收件箱", entries[1][3]),
    ]
    assert entries[1][3].endswith("」：已入库")
    assert "13800138000" not in entries[1][3]
    assert "13800138000" not in (share.data / FILE).read_text("utf-8")


def test_what_waits_for_somebody_is_offered_to_the_office(share):
    """Who may submit for the office finds it and puts it on the desk; once it is stored, changed or taken away it is offered no longer."""
    path = share.drop(data := coal_again(share.bureau, failed=6))
    share.look(2)
    own = share.bureau.of(Caller("wang", "王统计", AccountRole.FILER, office="product_quality"))
    other = share.bureau.of(Caller("li", "李四", AccountRole.FILER, office="online"))
    leader = share.bureau.of(Caller("zhang", "张局", AccountRole.LEADER))
    assert [len(open_entries(bureau, share.data)) for bureau in (share.bureau, own, other, leader)] == [1, 1, 0, 0]
    [entry] = open_entries(own, share.data)
    assert fetch(own, share.inbox.folder, entry) == ("十一月.xlsx", data)
    with pytest.raises(DeniedError):
        fetch(other, share.inbox.folder, entry)

    path.write_bytes(b"changed")
    with pytest.raises(RequestError, match="改过或移走了"):
        fetch(own, share.inbox.folder, entry)
    path.write_bytes(data)
    [prepared] = intake.prepare(share.bureau, [intake.Upload("十一月.xlsx", data)], today=MOMENT.date())
    intake.accept(share.bureau, [prepared], "王统计", "1 批次改判")
    assert open_entries(own, share.data) == []

    share.drop(coal_again(share.bureau, failed=5), "又.xlsx")
    share.look(2)
    assert [entry.name for entry in open_entries(own, share.data)] == ["又.xlsx"]
    (share.office / "又.xlsx").unlink()
    share.look()
    assert open_entries(own, share.data) == []


def test_nothing_is_mixed_with_the_demonstration_by_itself(demo_copy, tmp_path):
    """What is ready waits for somebody, who is asked on the page; the one who runs the system is told why."""
    with open_bureau(demo_copy) as bureau:
        share = Share(bureau, tmp_path)
        share.drop(coal(bureau, Month(2023, 12), taken=88, tested=61, passed=54, pending=27).data)
        share.moment = datetime.fromisoformat("2024-01-03T10:00:00")
        look = share.look(2)
        assert [entry.outcome.open for entry in look.answered] == [True]
        assert look.notes == ("数据目录里是演示数据（虚构），收件箱里的报表只核对、不入库；请先清空演示数据。",)
        assert len(share.submissions) == 437


def test_a_command_looks_twice_and_reads_all(share):
    """Nothing is known of the folder before: two seconds are waited."""
    share.drop(coal_again(share.bureau))
    waited = []
    look = look_twice(share.inbox, share.bureau, waited.append)
    assert (waited, len(look.answered), look.waiting) == ([2.0], 1, ())
    assert [entry.folder for entry in read_inbox_record(share.data)] == ["质量监管科"]


def test_folders_of_a_tree(tmp_path):
    """东湖's folder takes all of its offices, 东湖食品科 one of them; what another bureau reports is refused."""
    with blank.opened(tmp_path / "data", write_catalog(tmp_path / "catalog")) as bureau:
        share = Share(bureau, tmp_path)
        sheet = workbook(bureau, "food", NOVEMBER, food_tested=400, food_passed=390, food_shops=500).data
        share.drop(sheet, "a.xlsx", folder="东湖")
        other = workbook(bureau, "food", NOVEMBER, food_tested=300, food_passed=299, food_shops=400).data
        share.drop(other, "b.xlsx", folder="港口食品科")
        look = share.look(2)
        assert {entry.folder: entry.outcome.value for entry in look.answered} == {"东湖": "已入库", "港口食品科": "已入库"}, look
        assert [(submission.org, submission.by) for submission in bureau.store.submissions()] == [
            ("donghu", "收件箱（东湖区市场监管局）"),
            ("gangkou", "收件箱（港口区市场监管局食品科）"),
        ]


def test_settings(monkeypatch):
    monkeypatch.delenv("KPI_INBOX", raising=False)
    monkeypatch.delenv("KPI_INBOX_ACCEPT", raising=False)
    assert inbox_folder() is None
    monkeypatch.setenv("KPI_INBOX", "/nas/inbox")
    assert inbox_folder() == InboxFolder(Path("/nas/inbox"), accepts=True)
    monkeypatch.setenv("KPI_INBOX_ACCEPT", "desk")
    assert inbox_folder() == InboxFolder(Path("/nas/inbox"), accepts=False)
    monkeypatch.setenv("KPI_INBOX_ACCEPT", "no")
    with pytest.raises(RequestError, match="KPI_INBOX_ACCEPT 的值「no」不对"):
        inbox_folder()


@pytest.mark.parametrize(
    "changed",
    [{"folder": 5}, {"name": "\ud800"}, {"stamp": None}, {"key": []}, {"at": 5}, {"at": "x"}, {"outcome": "x"}, {"reports": 5}, {"more": 1}],
)
def test_a_record_that_is_damaged_is_none(tmp_path, changed):
    """Whatever stands in it: the store knows what is on file."""
    good = InboxEntry("k", "科室", "十一月.xlsx", "0" * 64, "1 2", datetime.fromisoformat("2023-12-03T10:00"), InboxOutcome.STORED, "已入库")
    written = {**asdict(good), "at": "2023-12-03T10:00:00+08:00"}
    (tmp_path / "inbox.json").write_text(json.dumps([written]))
    assert InboxRecord(tmp_path).entries() == [good]
    (tmp_path / "inbox.json").write_text(json.dumps([written, written | changed]))
    assert InboxRecord(tmp_path).entries() == []
    (tmp_path / "inbox.json").write_text("[" * 100_000)
    assert InboxRecord(tmp_path).entries() == []
