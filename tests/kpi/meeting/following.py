"""A bureau with a floor, a yearly task and a relation, whose reports come on chosen days; November 2023 is missed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from kpi.bureau import LiveBureau
from kpi.finding import Finding, Severity
from kpi.meeting.follow_up_opening import Assignment
from kpi.meeting.follow_ups import find
from kpi.meeting.occasion import Occasion
from kpi.period import Month
from kpi.place import Place
from kpi.present.follow_up_slip import Slip
from tests.bureaus import opened
from tests.kpi.store.reports import accepted
from tests.soundness.catalog import files, target

NOVEMBER, DECEMBER = Month(2023, 11), Month(2023, 12)
RATE, TASK = "plain_rate", "tested"
TARGETS = {
    2023: target(RATE, "floor", "90", tolerance=2) + target(TASK, "annual", "1200"),
    2024: target(RATE, "floor", "90", tolerance=2) + target(TASK, "annual", "1200"),
}
RELATION = """[[relation]]
id = "R001"
name = "合格加不合格等于检验"
kind = "sum"
strength = "hard"
raises = "check"
left = "passed + failed"
op = "="
right = "tested"
remedy = "请核对"
seq = [1]
"""
FAULT = Finding("outlier", Severity.CHECK, Place("月报表", "D3"), "本年累计 880，上月 840", "请核对", measures=("passed",))
DUE = date(2023, 12, 31)


@contextmanager
def bureau_of(folder: Path) -> Iterator[LiveBureau]:
    """The bureau, with nothing reported."""
    with opened(folder, files(TARGETS) | {"bureau_relations.toml": RELATION}) as small:
        yield small.bureau


def moment(text: str) -> datetime:
    """``2023-12-06``: noon of that day; a time may follow."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T12:00")


def send(bureau: LiveBureau, period: str, on: str, passed: str, tested: str, *findings: Finding, note: str = "", failed: str = "–") -> int:
    """A report of 质量科 on a day, its cumulative figures; its number."""
    cells = {"passed": f"– {passed}", "tested": f"– {tested}", "failed": f"– {failed}"}
    item = replace(accepted(period, "quality", cells, note=note, findings=findings), data=repr((period, on, cells)).encode())
    return bureau.store.commit([item], at=moment(on))[0].seq


def by(on: str, name: str = "李主任", edition: str = "") -> Occasion:
    """Who writes, on a day."""
    return Occasion(name, edition, moment(on))


def given(**changed: object) -> Assignment:
    """质量科 and 张三 until the end of 2023."""
    return replace(Assignment("quality", "张三", DUE), **changed)


def slip(bureau: LiveBureau, number: int, on: str) -> Slip:
    """How a follow-up stood on a day."""
    return find(bureau, number, date.fromisoformat(on))


def stands(bureau: LiveBureau, number: int, *days: str) -> list[str]:
    """Status and colour on some days: ``逾期 红``."""
    return [f"{each.status.value} {each.lamp.value}" for each in (slip(bureau, number, on) for on in days)]
