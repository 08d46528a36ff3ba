"""The command line beside the running dashboard: word for word what it prints without one, and neither harms the other."""

import io
import json
import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from kpi.bureau import open_bureau
from kpi.catalog.load import DEFAULT, load
from kpi.cli.app import main
from kpi.cli.start import EXIT_CODE, INTERRUPTED
from kpi.filing.intake import accept, prepare
from kpi.period import Month
from tests import blank
from tests.kpi.cli.beside import Typed, typed_alone, typed_beside
from tests.kpi.cli.writers import ingested, sent, sheet, typed
from tests.kpi.filing.test_intake import coal, workbook
from tests.pages.serving import COMMANDS as SERVERS
from tests.pages.serving import started

WRITERS, REPORTS = 8, 4
FOOD = "food_coordination"
MONTH = ("--period", "2023-11")
EDITION = "edition freeze --period 2023-11 --title 局务会"
COMMANDS = (
    *("board --period 2023-11", "board --period 2023-11 --office 消保科 --span month", "board --period 2023-11 --as-of 2023-12-01", "board"),
    *("missed --period 2023-11", "score --period 2023-11 --office 知识产权科", "relations --period 2023-11", "completeness --period 2023-12"),
    *("series food_sampling_pass_rate --from 2023-10 --to 2023-11", "source food_sampling_pass_rate --period 2023-11", "source nothing --period 2023-11"),
    *("rank food_sampling_pass_rate --period 2023-11", "board --period 2023-13", "board --perid 2023-11", "follow-ups", "edition list", "verify"),
    *("ingest 报表 --dry-run", "ingest 报表 --confirm 补报", "ingest 报表 --confirm 补报", "ingest 没有.xlsx", "ingest 空", "demo", "demo --end"),
    *("withdraw 9999 --reason 错", "withdraw 5 --reason 报错了", "lock --period 2023-11 --reason 年报已上报", "lock --period 2023-11 --reason 年报已上报"),
    *(
        "unlock --period 2023-11 --reason 更正",
        EDITION,
        EDITION,
        "edition list",
        "edition show 2023-11-2345-67",
        "board --period 2023-11 --edition 2023-11-2345-67",
    ),
    *(
        "account add li.si --name 李四 --role 填报员 --office 登记注册科",
        "account add x --name 李四 --role 领导",
        "account disable li.si",
        "account enable li.si",
    ),
    *("account reset li.si", "account reset nobody", "account list", "token add screen --until 2027-06-30", "token list", "token revoke screen", "verify"),
)
"""In this order; each command is typed with ``--json`` as well when it comes first."""
_CHANGING = (
    (re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?"), "WHEN"),
    (re.compile(r'("(password|token)": |初始密码 |只显示这一次：)"?[\w-]+"?'), r"\1SECRET"),
    (re.compile(r"2023-11-[2-9A-Z]{4}-[2-9A-Z]{2}"), "CODE"),
)


@dataclass(frozen=True)
class Served:
    """A running dashboard over a folder, and a copy of its folder that no server has open."""

    base: str
    data: Path
    alone: Path
    token: str


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with some reports of two months."""
    data = tmp_path_factory.mktemp("filled") / "data"
    with blank.opened(data) as bureau:
        uploads = [coal(bureau, Month(2023, month)) for month in (10, 11)]
        uploads += [workbook(bureau, FOOD, Month(2023, month), food_samples_tested=month * 10, food_samples_passed=month * 9) for month in (10, 11)]
        assert len(accept(bureau, prepare(bureau, uploads), "王统计", "补报")) == REPORTS
    return data


@pytest.fixture(scope="module")
def served(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("beside")
    data, alone = (shutil.copytree(filled, folder / name / "data") for name in ("served", "alone"))
    with started(SERVERS["python"], data) as (base, _):
        process = typed(data, "token", "add", "platform", "--until", "2027-06-30", "--role", "审核员", "--json")
        out, err = process.communicate(timeout=300)
        assert out, err
        yield Served(base, data, alone, json.loads(out)["token"])


def with_json() -> Iterator[str]:
    """The commands, each followed by itself with ``--json`` where it has not been there before."""
    seen = set[str]()
    for command in COMMANDS:
        yield command
        name = command.partition(" --")[0]
        if name not in seen:
            yield f"{command} --json"
        seen.add(name)


def same(printed: Typed, data: Path) -> tuple[int | None, ...]:
    """What is printed, without what differs from one minute or one folder to the next."""
    texts = [text.replace(str(data), "DATA") for text in printed[1:]]
    for pattern, word in _CHANGING:
        texts = [pattern.sub(word, text) for text in texts]
    return printed[0], *texts


def test_every_command_prints_beside_the_dashboard_what_it_prints_alone(
    served: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code, standard output and standard error, of all commands in order, over two copies of one folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "空").mkdir()
    (tmp_path / "报表").mkdir()
    (tmp_path / "报表" / "好.xlsx").write_bytes(sheet(load(DEFAULT), Month(2023, 11), 41))
    (tmp_path / "报表" / "坏.xlsx").write_bytes(b"oops")
    main(["token", "add", "platform", "--until", "2027-06-30", "--role", "审核员", "--data", str(served.alone)])
    differing, codes = {}, set()
    for command in with_json():
        words = command.split()
        alone = same(typed_alone(capsys, *words, "--data", str(served.alone)), served.alone)
        beside = same(typed_beside(capsys, *words, "--data", str(served.data)), served.data)
        codes.add(alone[0])
        if alone != beside:
            differing[command] = alone, beside
    assert differing == {}
    assert codes == {0, 1, 2}


def test_a_process_of_its_own_prints_the_same(served: Served) -> None:
    """As a script of the bureau runs it: bytes and exit code, of a command that succeeds and of one that is refused."""
    for words, code in ((("board", *MONTH, "--json"), 0), (("edition", "show", "2023-11-2345-67"), 1)):
        printed = []
        for data in (served.alone, served.data):
            process = typed(data, *words)
            out, err = process.communicate(timeout=300)
            printed.append((process.returncode, out, err))
        assert printed[0] == printed[1]
        assert printed[0][0] == code


def test_eight_writers_at_once_by_command_line_and_interface(served: Served, tmp_path: Path) -> None:
    """Every report is there once, whichever way it came, and what was sent a second time is unchanged."""
    catalog, years = load(DEFAULT), range(2015, 2015 + WRITERS)
    works: list[Callable[[], list[str]]] = []
    for number, year in enumerate(years):
        content = sheet(catalog, Month(year, 3), 10 + number)
        path = tmp_path / f"{year}.xlsx"
        path.write_bytes(content)
        works.append(partial(sent, served.base, served.token, path.name, content) if number % 2 else partial(ingested, served.data, path))
    with ThreadPoolExecutor(WRITERS) as pool:
        first = list(pool.map(lambda work: work(), works))
    assert first == [["accepted"]] * WRITERS
    assert [work() for work in works[:2]] == [["unchanged"]] * 2
    for year in years:
        process = typed(served.data, "completeness", "--period", f"{year}-03", "--json")
        rows = json.loads(process.communicate(timeout=300)[0])["rows"]
        assert [row["received"] is not None for row in rows if row["office"] == "certification"] == [True]


@pytest.mark.skipif(os.name == "nt", reason="there a process cannot be interrupted by a signal")
@pytest.mark.parametrize(("number", "code", "last"), [(signal.SIGINT, EXIT_CODE, f"{INTERRUPTED}\n"), (signal.SIGKILL, -signal.SIGKILL, "")])
def test_a_command_that_is_ended_halfway_harms_no_server(served: Served, tmp_path: Path, number: int, code: int, last: str) -> None:
    """It asks for a password when the signal comes: nothing is stored, and the next command is served."""
    path, sink = tmp_path / "锁.xlsx", io.BytesIO()
    OOXMLFile(io.BytesIO(sheet(load(DEFAULT), Month(2023, 9), 41))).encrypt("开门", sink)
    path.write_bytes(sink.getvalue())
    keyboard, end = os.openpty()
    with typed(served.data, "ingest", str(path), "--confirm", "补报", stdin=end) as process, os.fdopen(keyboard, "w"):
        os.close(end)
        assert process.stderr is not None
        prompt = "「锁.xlsx」的打开密码："
        assert process.stderr.read(len(prompt)) == prompt
        process.send_signal(number)
        assert process.stderr.read() == last
        assert process.wait(60) == code
    out, _ = typed(served.data, "completeness", "--period", "2023-09", "--json").communicate(timeout=300)
    assert [row["received"] for row in json.loads(out)["rows"] if row["office"] == "certification"] == [None]


@pytest.mark.skipif(os.name == "nt", reason="there a process cannot be asked to stop by a signal")
def test_a_server_that_ends_leaves_the_folder_to_the_command_line(filled: Path, tmp_path: Path) -> None:
    """Killed: the address it left is nobody's, and the command opens the folder itself, with all that was stored."""
    data = shutil.copytree(filled, tmp_path / "data")
    path = tmp_path / "报表.xlsx"
    path.write_bytes(sheet(load(DEFAULT), Month(2023, 11), 41))
    with started(SERVERS["python"], data) as (_, process):
        assert ingested(data, path) == ["accepted"]
        process.kill()
        process.wait(60)
    assert (data / "server.address").exists()
    assert ingested(data, path) == ["unchanged"]
    with open_bureau(data) as bureau:
        assert len(bureau.store.submissions()) == REPORTS + 1
