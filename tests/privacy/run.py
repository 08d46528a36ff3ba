"""Marks sent through everything that keeps or writes something, and numbers of the office that only look like somebody's."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest.mock import patch

from kpi.bureau import LiveBureau
from kpi.filing import desk as desks
from kpi.filing.intake import Outcome, Prepared, Upload, accept, prepare
from kpi.filing.submissions import withdraw
from kpi.meeting.follow_up_acts import add_progress, add_step, mark_step, promise_anew, reopen, sign
from kpi.meeting.follow_up_opening import Assignment, open_on_decision
from kpi.meeting.meeting_notes import keep_note
from kpi.meeting.occasion import Occasion
from kpi.store.follow_up import Step
from kpi.store.meeting_note import NoteKind
from kpi.workbook.writing.marked_copy import mark
from tests.privacy import books
from tests.privacy.marks import Marks, card, identity
from tests.privacy.searching import pieces

TODAY = date(2023, 12, 3)


class Log(logging.Handler):
    """Everything that is logged, as the server would write it."""

    def __init__(self) -> None:
        super().__init__(0)
        self.setFormatter(logging.Formatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def listening() -> Iterator[Log]:
    """All that is logged meanwhile."""
    handler = Log()
    logging.getLogger().addHandler(handler)
    try:
        yield handler
    finally:
        logging.getLogger().removeHandler(handler)


def sent(bureau: LiveBureau, *uploads: Upload, note: str = "已核对") -> list[Prepared]:
    prepared = prepare(bureau, uploads, today=TODAY)
    accept(bureau, [one for one in prepared if one.status is not Outcome.REJECTED], "统计岗", note)
    return prepared


def searched(folder: Path, bureau: LiveBureau, log: Log) -> list[tuple[str, bytes]]:
    return [*pieces(folder, bureau), ("server log", "\n".join(log.lines).encode())]


def planted(bureau: LiveBureau, first: int = 1) -> tuple[Marks, desks.Desk]:
    """
    Send marks in ledgers, forms, hidden sheets, headings, remarks and names: accept, refuse, mark, withdraw, follow up, leave a draft, fail.

    Returns:
        The marks, and the desk with its draft.

    """
    marks = Marks(first)
    uploads = [books.ledger(marks), books.form(bureau.catalog, marks), books.page(marks), books.text(marks), books.broken(marks)]
    prepared = sent(bureau, *uploads, note=f"问过{marks.name('投诉人：{n}')}，{marks.mobile()}")
    if [one.status is Outcome.REJECTED for one in prepared] != [False, False, False, False, True]:
        raise AssertionError([one.message for one in prepared])
    for one in prepared:
        mark(one.data, one.findings)
    withdraw(bureau, bureau.store.submissions()[0].seq, "统计岗", f"报错了，{marks.mobile()}")
    _followed_up(bureau, marks)
    desk = desks.Desk(bureau)
    desk.put([(upload.name, upload.data) for upload in uploads])
    while (reading := desk.reading()) is not None:
        reading.finished(0.1)
    with patch("kpi.filing.intake.read_reports", side_effect=ValueError(f"bad {uploads[1].name}")):
        prepare(bureau, [uploads[1]], today=TODAY)
    return marks, desk


def _followed_up(bureau: LiveBureau, marks: Marks) -> None:
    """Numbers of persons in everything that is typed in a meeting and about a follow-up; who is responsible may be named there."""
    meeting = Occasion("统计岗")
    note = keep_note(bureau, NoteKind.DECISION, f"联系投诉人 {marks.mobile()}", books.MARCH, meeting)
    steps = (Step(f"打 {marks.mobile()}"), Step(f"核对身份证 {marks.identity()}"))
    given = Assignment("consumer", f"王五 {marks.mobile()}", meeting.today, f"退款 {marks.card()}", f"退到 {marks.card()}", steps=steps)
    number = open_on_decision(bureau, note.seq, given, meeting).seq
    mark_step(bureau, number, 1, meeting, f"{marks.mobile()} 已接通")
    mark_step(bureau, number, 1, meeting, f"不是 {marks.mobile()}", done=False)
    add_step(bureau, number, f"改打 {marks.mobile()}", meeting)
    add_progress(bureau, number, f"已到 {marks.identity()}", meeting)
    promise_anew(bureau, number, meeting.today, f"{marks.mobile()} 要求", meeting, f"赔到 {marks.card()}")
    sign(bureau, number, f"{marks.mobile()} 已确认", meeting)
    reopen(bureau, number, f"{marks.mobile()} 又来电", meeting, meeting.today)


def business_words() -> list[str]:
    """Texts of the office that stay word by word: goods, offices in the place of a name, numbers of orders and devices."""
    return [
        *("消费者牛肉类投诉", "经营者白酒", "当事人陈述", "执法人员安排表", "律师事务所收费", "检验员培训", "局长安排部署"),
        *("负责人：办公室", "经理：待定", "联系人：各科室", "负责人：东湖所", "负责人：见附件", "负责人：局长"),
        *("订单号13800138000", "设备编号13900139000", "区号0931", "3号楼2单元电梯", "型号138I2345678A", "抖音123456件"),
    ]


def business_numbers() -> list[str]:
    """Numbers of orders and cases that look like somebody's: telephones, identity cards of every check digit, cards, accounts."""
    return [
        *(f"{13_812_340_000 + number}" for number in range(500)),
        *(f"62010220231105{number:04d}" for number in range(500)),
        *(identity(number) for number in range(300)),
        *(card(number) for number in range(300)),
        *(f"620102{600_101_000 + number}" for number in range(300)),
        *(f"0931-{2_023_000 + number}" for number in range(300)),
        *(f"138-1234-{number:04d}" for number in range(200)),
        *(f"TS{13_912_340_000 + number}" for number in range(200)),
        *(f"91620102MA7{number:06d}X" for number in range(200)),
        *(f"甘市监诉〔2023〕{number}号" for number in range(200)),
        *(f"黑B{10_000 + number}" for number in range(100)),
        *(f"豫D{202_300 + number}" for number in range(100)),
        *(f"S101公路{number}号检查站" for number in range(1, 101)),
        *(f"迎宾大道{number}号加油站" for number in range(1, 101)),
        *(f"139、{1_000 + number}、9000" for number in range(100)),
        *(f"138I{2_340_000 + number}" for number in range(100)),
        *(f"订单号{13_812_340_000 + number}" for number in range(100)),
        *(f"WJ甘{10_000 + number}" for number in range(100)),
        *(f"{number}号楼2单元电梯" for number in range(1, 101)),
    ]
