"""
A small data folder with one of everything, filled through the real intake.

Two districts of a city send forms, a ledger, a correction and a form with an unknown row; somebody answers, withdraws,
locks and unlocks; a board is frozen; what a meeting decides is followed up; a file lies on a desk.  All names are fictional.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl

from kpi.bureau import LiveBureau, open_bureau
from kpi.filing import questions, submissions
from kpi.filing.intake import Outcome, Prepared, Upload, accept, prepare
from kpi.meeting import editions
from kpi.meeting.follow_up_acts import mark_step
from kpi.meeting.follow_up_opening import Assignment, open_on_decision
from kpi.meeting.meeting_notes import keep_note
from kpi.meeting.occasion import Occasion
from kpi.period import Month
from kpi.store.follow_up import Step
from kpi.store.meeting_note import NoteKind
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template

CATALOG = Path(__file__).with_name("catalog")
DRAFT = "0123456789abcdef0123456789abcdef"  # the address of the desk
LAST = 17  # number in the log
OCTOBER, NOVEMBER = Month(2023, 10), Month(2023, 11)
TODAY = date(2024, 1, 4)
_BY = "王统计"
_LEDGER = (
    ("东湖区市场监管局2023年10—11月集市快检台账",),
    ("快检编号", "快检日期", "样品名称"),
    ("KJ0001", date(2023, 10, 9), "青菜"),
    ("KJ0002", date(2023, 10, 17), "豆角"),
    ("KJ0003", date(2023, 10, 30), "鲫鱼"),
    ("KJ0004", date(2023, 11, 6), "豆腐"),
    ("KJ0005", date(2023, 11, 20), "芹菜"),
)


def opened(folder: Path) -> LiveBureau:
    """The bureau of a data folder."""
    return open_bureau(folder, CATALOG)


def fill(folder: Path) -> None:
    """Make the folder; its log has the numbers 1 to 17."""
    with opened(folder) as bureau:
        fill_bureau(bureau)


def fill_bureau(bureau: LiveBureau) -> None:
    """The same in a bureau that is open."""
    begin(bureau)
    go_on(bureau)


def begin(bureau: LiveBureau) -> None:
    """What is sent and answered: numbers 1 to 10."""
    send(bureau, *october(bureau))  # 1, 2, 3
    send(bureau, ledger())  # 4, 5
    send(bureau, form(bureau, "donghu", "food", NOVEMBER, food_tested="50 450", food_passed="49 441", food_shops="– 1210"))  # 6
    send(bureau, form(bureau, "nanhu", "food", NOVEMBER, food_tested="20 320", food_passed="20 300", food_shops="– 905"))  # 7
    send(bureau, form(bureau, "donghu", "food", NOVEMBER, food_tested="50 450", food_passed="48 440", food_shops="– 1210"))  # 8 corrects 6
    [asking] = questions.asked(bureau, prepare(bureau, [reworded()], today=TODAY))
    questions.keep(bureau, [(asking, "visits")], _BY)  # 9
    send(bureau, reworded())  # 10


def go_on(bureau: LiveBureau) -> None:
    """What is decided, frozen and followed up: numbers 11 to 17, and a file on a desk."""
    submissions.withdraw(bureau, 7, _BY, "报错月份")  # 11
    submissions.lock(bureau, OCTOBER, _BY, "月报已定", org="donghu")  # 12
    editions.freeze(bureau, NOVEMBER, _BY, "十一月例会")  # 13
    submissions.unlock(bureau, OCTOBER, _BY, "需要更正", org="donghu")  # 14
    meeting = Occasion(_BY, editions.editions(bureau)[0].edition.code, datetime.combine(TODAY, time(9, 30)))
    keep_note(bureau, NoteKind.DECISION, "不合格批次逐批通报", NOVEMBER, meeting)  # 15
    open_on_decision(bureau, 15, Assignment("food", "李四", date(2024, 1, 31), steps=(Step("通报"),)), meeting)  # 16
    mark_step(bureau, 16, 1, meeting, "已发通报")  # 17
    waiting = form(bureau, "nanhu", "credit", OCTOBER, visits="70 540")
    bureau.store.drafts.keep(DRAFT, waiting.name, waiting.data)


def october(bureau: LiveBureau) -> list[Upload]:
    """Three forms of October that come together."""
    return [
        form(bureau, "donghu", "food", OCTOBER, food_tested="40 400", food_passed="39 392", food_shops="– 1200"),
        form(bureau, "nanhu", "food", OCTOBER, food_tested="30 300", food_passed="27 280", food_shops="– 900"),
        form(bureau, "donghu", "credit", OCTOBER, visits="50 500", entities="– 20000"),
    ]


def four(bureau: LiveBureau) -> list[Upload]:
    """Four forms that one click accepts: 南湖 of November anew, 东湖 of November, both of December."""
    return [
        form(bureau, "nanhu", "food", NOVEMBER, food_tested="21 321", food_passed="20 300", food_shops="– 905"),
        form(bureau, "donghu", "credit", NOVEMBER, visits="60 560", entities="– 20100"),
        form(bureau, "donghu", "food", Month(2023, 12), food_tested="10 460", food_passed="10 450", food_shops="– 1215"),
        form(bureau, "donghu", "credit", Month(2023, 12), visits="40 600", entities="– 20150"),
    ]


def form(bureau: LiveBureau, org: str, office: str, period: Month, **cells: str) -> Upload:
    """A filled form; each measure is written ``本月数 本年累计``, – for a blank."""
    values = {(code, column): Decimal(text) for code, written in cells.items() for column, text in zip(Column, written.split(), strict=False) if text != "–"}
    return Upload(f"{org}-{office}-{period}.xlsx", write_template(bureau.catalog, office, period, Filling(values), org=org))


def ledger() -> Upload:
    """Three cases of October and two of November."""
    book = openpyxl.Workbook()
    for row in _LEDGER:
        book.active.append(row)
    sink = io.BytesIO()
    book.save(sink)
    return Upload("东湖集市快检.xlsx", sink.getvalue())


def reworded() -> Upload:
    """A sheet in which 双随机检查 goes by another name, so that it asks."""
    rows = [["南湖区市场监管局信用监管科 2023 年 11 月报表"], ["项目", "单位", "本月数", "本年累计"], ["双随机检查工作量", "家次", "60", "600"]]
    sink = io.StringIO()
    csv.writer(sink).writerows(rows)
    return Upload("南湖信用2023-11.csv", sink.getvalue().encode())


def send(bureau: LiveBureau, *uploads: Upload) -> Sequence[Prepared]:
    """Through the intake; every file has to be taken."""
    prepared = prepare(bureau, uploads, today=TODAY)
    assert all(report.status in (Outcome.READY, Outcome.NEEDS_CONFIRMATION) for report in prepared), [(report.file, report.findings) for report in prepared]
    accept(bureau, prepared, _BY, "情况属实")
    return prepared
