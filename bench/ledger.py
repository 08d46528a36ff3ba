"""A ledger of 200 000 cases, 15 columns each: read, checked, counted by month, and what that takes of memory."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import sleep

import psutil
import xlsxwriter

from bench import references
from bench.material import NOTE, Material
from bench.measure import Stopwatch, Timing, race
from bench.results import Budget, Comparison, Unit
from kpi.bureau import open_bureau
from kpi.catalog import load
from kpi.filing.intake import Upload, accept, prepare

ROUNDS = 3
ROWS = 200_000
TODAY = date(2024, 4, 30)
BUDGET, MEMORY = Budget(6), Budget(2**30)
_LOOK_EVERY = 0.02
_HEADINGS = (
    *("序号", "登记编号", "受理日期", "诉求类型", "来源", "投诉人", "联系电话", "身份证号", "住址", "被投诉单位"),
    *("诉求内容", "办结日期", "办理结果", "挽回经济损失（元）", "承办人"),
)


def measure(material: Material, rounds: int) -> Iterator[Comparison]:
    """Through the intake into a fresh data folder."""
    upload = Upload("2023 年投诉举报台账.xlsx", written(ROWS))
    peaks = [_peak(upload) for _ in range(rounds)]

    def ours(clock: Stopwatch) -> None:
        with TemporaryDirectory(prefix="kpi-bench-") as data, open_bureau(Path(data), load.DEFAULT) as bureau:
            bureau.parser.warm()
            with clock:
                prepare(bureau, [upload], today=TODAY)

    def stored(clock: Stopwatch) -> None:
        with TemporaryDirectory(prefix="kpi-bench-") as data, open_bureau(Path(data), load.DEFAULT) as bureau:
            prepared = prepare(bureau, [upload], today=TODAY)
            with clock:
                accept(bureau, prepared, "bench", NOTE)

    def calamine(clock: Stopwatch) -> None:
        with clock:
            references.calamine(upload.data)

    timings = race({"ours": ours, "stored": stored, "calamine": calamine}, rounds, warm_ups=0)
    case = f"{ROWS} × {len(_HEADINGS)} .xlsx → 12 reports"
    yield Comparison(case, timings["ours"], "calamine, reading only", timings["calamine"], BUDGET)
    yield Comparison(f"{case}: memory of ingest --dry-run, all processes", Timing(peaks), budget=MEMORY, unit=Unit.SIZE)
    yield Comparison("12 reports and their cases → store", timings["stored"])


def written(count: int) -> bytes:
    """A fictional ledger of a year, in no order, with a person in every row."""
    draw = Random(2023)
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, day_format = book.add_worksheet("台账"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.merge_range(0, 0, 0, len(_HEADINGS) - 1, "2023年1—12月12315投诉举报台账")
        sheet.write_row(1, 0, _HEADINGS)
        for number in range(count):
            for column, value in enumerate(_case(draw, number)):
                if isinstance(value, datetime):
                    sheet.write_datetime(number + 2, column, value, day_format)
                else:
                    sheet.write(number + 2, column, value)
    return buffer.getvalue()


def _case(draw: Random, number: int) -> list[object]:
    day = datetime(2023, 1, 1) + timedelta(days=draw.randrange(365))  # noqa: DTZ001 - a cell knows no zone
    return [
        number + 1,
        f"TS{number:011d}",
        day,
        draw.choice(("投诉", "举报", "咨询")),
        draw.choice(("12315平台", "12345热线", "信访平台")),
        draw.choice("赵钱孙李") + draw.choice("甲乙丙丁"),
        f"139{draw.randrange(10**8):08d}",
        f"110105{draw.randrange(1950, 2005)}{draw.randrange(1, 13):02d}15{draw.randrange(10**4):04d}",
        f"幸福路 {draw.randrange(9_999)} 号",
        f"某商店 {draw.randrange(5_000)}",
        f"购买的商品存在质量问题，情况 {draw.randrange(10_000)}",
        day + timedelta(days=draw.randrange(90)),
        draw.choice(("调解成功", "调解不成", "撤诉")),
        draw.randrange(100_000) / 100,
        draw.choice(("张某", "王某")),
    ]


def _peak(upload: Upload) -> float:
    """The most memory that a command and its parsing process hold together, looked at many times a second."""
    most = 0.0
    with TemporaryDirectory(prefix="kpi-bench-") as folder:
        path = Path(folder) / upload.name
        path.write_bytes(upload.data)
        arguments = [sys.executable, "-m", "kpi", "ingest", str(path), "--dry-run", "--data", f"{folder}/data"]
        with subprocess.Popen(arguments, stdout=subprocess.DEVNULL) as command:
            process = psutil.Process(command.pid)
            while command.poll() is None:
                try:
                    family = [process, *process.children(recursive=True)]
                    most = max(most, float(sum(member.memory_info().rss for member in family)))
                except psutil.Error:  # a child ended just now
                    continue
                sleep(_LOOK_EVERY)
    return most
