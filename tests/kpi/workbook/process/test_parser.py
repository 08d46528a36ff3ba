"""Cells as the parsing process tells them, and what happens when it is lost."""

import contextlib
import os
import random
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kpi.errors import UnstartedError, WorkbookError
from kpi.period import Month
from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.process import parser as parsing
from kpi.workbook.process import worker
from kpi.workbook.process.parser import AT_ONCE, Parser
from kpi.workbook.writing.template import write_template
from tests.kpi.workbook.books import HUGE_STRINGS, LAUGHS, PERCENT_STYLES, book, packed, parts

ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="the system's own limits exist on POSIX only")


def sheet(parser: Parser, sheet_data: str, **more: str) -> Sheet:
    [one] = parser.parse(book(sheet_data, **more), "一.xlsx")
    return one


def value(parser: Parser, cell: str, **more: str) -> Cell:
    return sheet(parser, f'<row r="1">{cell}</row>', **more).cell(0, 0)


# ── what a cell holds ──


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("37.7663", "37.7663"),
        ("0.30000000000000004", "0.3"),
        ("97.800000000000011", "97.8"),
        ("1763", "1763"),
        ("-5", "-5"),
        ("1E-3", "0.001"),
        ("1.5E+17", "150000000000000000"),
        ("0", "0"),
    ],
)
def test_a_number_is_what_excel_shows(parser: Parser, written: str, shown: str):
    assert value(parser, f'<c r="A1"><v>{written}</v></c>') == Cell(CellKind.NUMBER, shown)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1" t="inlineStr"><is><t>在检</t></is></c>', Cell(CellKind.TEXT, "在检")),
        ('<c r="A1" t="b"><v>1</v></c>', Cell(CellKind.BOOL, "TRUE")),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', Cell(CellKind.ERROR, "#DIV/0!")),
        ('<c r="A1"><f>B1+C1</f></c>', Cell(CellKind.UNCACHED, "=B1+C1")),
        ('<c r="A1"><f>B1+C1</f><v></v></c>', Cell(CellKind.UNCACHED, "=B1+C1")),
        ('<c r="A1"><f>B1+C1</f><v>54</v></c>', Cell(CellKind.NUMBER, "54")),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', Cell()),
        ('<c r="A1" s="1"/>', Cell()),
        ("<c><v>3</v></c>", Cell(CellKind.NUMBER, "3")),
    ],
)
def test_a_cell_is_told_as_it_is(parser: Parser, cell: str, expected: Cell):
    assert value(parser, cell) == expected


@pytest.mark.parametrize(("style", "shown"), [(0, "0.978"), (1, "97.8%"), (2, "97.8%"), (3, "0.978")])
def test_a_percentage_is_told_from_a_fraction(parser: Parser, style: int, shown: str):
    assert value(parser, f'<c r="A1" s="{style}"><v>0.978</v></c>', styles=PERCENT_STYLES).text == shown


def test_hidden_rows_and_columns_are_known(parser: Parser):
    row = '<row r="3" hidden="1"><c r="C3"><v>1</v></c></row><row r="4"><c r="C4"><v>1</v></c></row>'
    one = sheet(parser, row, before='<cols><col min="2" max="3" width="9" hidden="1"/></cols>')

    assert (one.hidden_rows, one.hidden_columns) == ({2}, {1, 2})
    assert one.cell(2, 2) == Cell(CellKind.NUMBER, "1")


def test_many_bordered_but_empty_rows_are_read(parser: Parser):
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>' for row in range(2, 100_000))

    one = sheet(parser, '<row r="1"><c r="A1"><v>1</v></c></row>' + empty)

    assert dict(one.rows) == {0: {0: Cell(CellKind.NUMBER, "1")}}


# ── hostile files ──

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def decided(parser: Parser, data: bytes) -> bool:
    """Whether a file is either read or refused by its name."""
    try:
        return all(isinstance(one, Sheet) for one in parser.parse(data, "变.xlsx"))
    except WorkbookError as error:
        return str(error).startswith("「变.xlsx」：")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\1\2" * 900,
        book(ROW)[:-40],
        book(ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        book(ROW + '<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'),
        book(ROW + '<row r="9"><c r="A9" x=">" t="n"><v>1</v></c><c x=">" r="XFD1048576"><v>1</v></c></row>'),
        packed({**parts(ROW), "xl/workbook.xml": LAUGHS}),
        packed({**parts(ROW), "xl/workbook.xml": "<workbook"}),
        packed({"xl/workbook.xml": "<workbook/>"}),
        packed({**parts(ROW), "xl/worksheets/sheet1.xml": b" " * 2**20 + b"<" * 2**20}),
    ],
    ids=["empty", "noise", "truncated", "far corner", "last row", "hidden far corner", "laughs", "broken", "bare", "garbage"],
)
def test_a_hostile_file_is_refused_with_a_sentence(parser: Parser, data: bytes):
    with pytest.raises(WorkbookError, match=r"^「坏\.xls」：.*[。；]"):
        parser.parse(data, "坏.xls")
    assert parser.parse(book(ROW), "好.xlsx")


def test_a_bomb_in_the_shared_strings_harms_nobody(parser: Parser):
    assert decided(parser, book('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=HUGE_STRINGS))
    assert parser.parse(book(ROW), "好.xlsx")


def test_mutated_files_are_read_or_refused_and_nothing_else(parser: Parser, catalog):
    good = write_template(catalog, "food", Month(2023, 11))
    chance = random.Random(20231123)
    for _ in range(150):
        data = bytearray(good)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert decided(parser, bytes(data))


def test_mutated_parts_are_read_or_refused_and_nothing_else(parser: Parser):
    row = "".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c><c r="B{r}" t="inlineStr"><is><t>x</t></is></c></row>' for r in range(1, 20))
    chance = random.Random(17)
    for _ in range(100):
        all_parts = parts(row, styles=PERCENT_STYLES)
        name = chance.choice([name for name in all_parts if name.startswith("xl/")])
        content = bytearray(str(all_parts[name]).encode())
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(len(content))] = chance.choice(b"0123456789<>/\"=' AZaz")
        assert decided(parser, packed({**all_parts, name: bytes(content)}))


# ── a child that is lost ──


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Let the children run another script, once they have said that they are ready."""

    def write(script: str, *, ready: bool = True) -> None:
        path = tmp_path / "stub.py"
        said = "import sys; sys.stdout.buffer.write(b'\\x06'); sys.stdout.buffer.flush()\n" if ready else ""
        path.write_text(said + textwrap.dedent(script), encoding="utf-8")
        monkeypatch.setattr(worker, "_CHILD", path)

    return write


@pytest.mark.parametrize(
    "script",
    [
        "raise BaseException('a panic')",
        "import os; os.abort()",
        "import sys; sys.stdin.buffer.read(8); sys.stdout.buffer.write(b'\\xff\\xff')",
        "import sys; sys.stdin.buffer.read(8); sys.stdout.buffer.write(b'\\x02\\0\\0\\0no')",
        "import threading; threading.Event().wait()",
    ],
    ids=["raises", "aborts", "stutters", "babbles", "hangs"],
)
@pytest.mark.parametrize("from_outside", [False, True])
def test_a_lost_child_is_a_sentence(stub, monkeypatch: pytest.MonkeyPatch, script: str, from_outside: bool):
    stub(script)
    monkeypatch.setattr(worker, "_LIMITS_ITSELF", not from_outside)
    with Parser(wall_seconds=0.3) as one, pytest.raises(WorkbookError, match="时间或内存的限制"):
        one.parse(book(ROW), "坏.xlsx")


def test_a_child_that_grows_is_killed_from_outside(stub, monkeypatch: pytest.MonkeyPatch):
    stub("import threading; held = bytearray(200 * 2**20); threading.Event().wait()")
    monkeypatch.setattr(worker, "_LIMITS_ITSELF", False)
    monkeypatch.setattr(worker, "MEMORY", 100 * 2**20)
    with Parser(wall_seconds=60) as one, pytest.raises(WorkbookError, match="时间或内存的限制"):
        one.parse(book(ROW), "坏.xlsx")


@pytest.mark.parametrize(
    "script",
    ["raise MemoryError", "import no_such_module", "import os; os.abort()", "import threading; threading.Event().wait()", "print('hello')"],
    ids=["memory", "module", "aborts", "hangs", "babbles"],
)
def test_a_child_that_cannot_start_is_no_fault_of_the_file(stub, monkeypatch: pytest.MonkeyPatch, script: str):
    """It dies before it has seen the file: the machine is to be looked at, and the sender has nothing to mend."""
    stub(script, ready=False)
    monkeypatch.setattr(parsing, "START_SECONDS", 0.5)
    with Parser() as one, pytest.raises(UnstartedError) as refused:
        one.parse(book(ROW), "好.xlsx")
    assert str(refused.value) == "「好.xlsx」没有读：本机启动不了读取表格的程序（启动后没有应答），与文件无关。"


@pytest.mark.parametrize(
    "fault",
    [OSError(12, "Cannot allocate memory"), FileNotFoundError(2, "No such file or directory"), RuntimeError("can't start new thread"), MemoryError()],
)
def test_a_machine_without_room_for_a_child_is_a_sentence(monkeypatch: pytest.MonkeyPatch, fault: Exception):
    """Fork, exec and threads can fail; the next file is read once they work again."""

    def refuse(*_: object, **__: object) -> None:
        raise fault

    with Parser() as one:
        with monkeypatch.context() as broken:
            broken.setattr(
                worker.threading if isinstance(fault, RuntimeError) else worker.subprocess, "Thread" if isinstance(fault, RuntimeError) else "Popen", refuse
            )
            one.warm()
            with pytest.raises(UnstartedError, match="与文件无关"):
                one.parse(book(ROW), "好.xlsx")
        assert one.parse(book(ROW), "好.xlsx")


def test_the_next_file_gets_a_fresh_child(stub, monkeypatch: pytest.MonkeyPatch):
    with Parser() as one:
        with monkeypatch.context() as broken:
            broken.setattr(worker, "_CHILD", Path(os.devnull))
            with pytest.raises(UnstartedError):
                one.parse(book(ROW), "坏.xlsx")
        assert one.parse(book(ROW), "好.xlsx")


def test_two_threads_may_start_the_children(monkeypatch: pytest.MonkeyPatch):
    """Neither holds the place that the other waits for."""
    both, take = threading.Barrier(2, timeout=0.5), Parser._take  # where one waits for the other as it should, it is never met

    def slowly(self: Parser) -> object:
        worker = take(self)
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait()
        return worker

    monkeypatch.setattr(Parser, "_take", slowly)
    with Parser() as one:
        threads = [threading.Thread(target=one.warm, daemon=True) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads)
        assert len(one._idle) == AT_ONCE


def test_a_child_that_died_while_idle_costs_no_file():
    with Parser() as one:
        one.warm()
        assert len(one._idle) == AT_ONCE
        for worker in one._idle:
            worker.end()

        assert one.parse(book(ROW), "好.xlsx")


def test_a_job_that_takes_too_long_is_ended():
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 60_000))
    with Parser(wall_seconds=0.05) as one, pytest.raises(WorkbookError, match="时间或内存的限制"):
        one.parse(book(rows), "大.xlsx")


@ON_POSIX
def test_the_child_can_write_no_file_and_take_no_more_than_its_memory(tmp_path: Path):
    script = textwrap.dedent(f"""
        import runpy, signal, sys
        child = runpy.run_path({str(worker._CHILD)!r}, run_name="child")
        sys.modules["kpi.workbook.process.serving"].limit_process()
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        for attempt in (lambda: open({str(tmp_path / "x")!r}, "wb", buffering=0).write(b"x"), lambda: bytearray(2**30)):
            try:
                attempt()
            except (OSError, MemoryError) as error:
                print(type(error).__name__)
    """)
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["OSError", "MemoryError"]


def test_threads_may_share_a_parser(parser: Parser):
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda i: value(parser, f'<c r="A1"><v>{i}</v></c>').text, range(60)))

    assert found == [str(i) for i in range(60)]


def test_a_closed_parser_takes_no_more_files():
    with Parser() as one:
        pass
    with pytest.raises(WorkbookError, match="正在停止"):
        one.parse(book(ROW), "好.xlsx")


def test_closing_ends_the_file_that_is_being_read(stub):
    """Whoever waits for it is told that the system stops, and nobody waits for a child that hangs."""
    stub("import threading; threading.Event().wait()")
    one = Parser(wall_seconds=600)
    refused: list[str] = []

    def read() -> None:
        try:
            one.parse(book(ROW), "表.xlsx")
        except WorkbookError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=read, daemon=True) for _ in range(3)]  # one more than there are places
    for thread in threads:
        thread.start()
    while not (one.queue.reading == AT_ONCE and one.queue.waiting == 1 and len(one._busy) == AT_ONCE):
        threads[0].join(0.01)
    one.close()
    for thread in threads:
        thread.join(60)
    assert refused == ["系统正在停止，请稍后再上传。"] * 3
    assert (one.queue.reading, one.queue.waiting, one._busy) == (0, 0, set())
