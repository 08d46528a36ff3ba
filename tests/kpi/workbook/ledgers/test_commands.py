"""Ledgers on the command line: what is asked, what may be answered, and what is stored then."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kpi.bureau import open_bureau
from kpi.cli.app import main
from kpi.filing.intake import Upload, accept, prepare
from kpi.period import Month
from tests.kpi.workbook.ledgers.books import food, food_rows

NOVEMBER = Month(2023, 11)


@pytest.fixture
def ingest(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """File ledgers; the files of the JSON document, and what was said beside it."""

    def run(uploads: list[Upload], *more: str, code: int = 0) -> tuple[list[dict], str]:
        paths = [tmp_path / upload.name for upload in uploads]
        for path, upload in zip(paths, uploads, strict=True):
            path.write_bytes(upload.data)
        assert main(["ingest", *map(str, paths), "--data", str(tmp_path / "data"), "--json", *more]) == code
        printed = capsys.readouterr()
        return json.loads(printed.out)["files"] if printed.out else [], printed.err

    return run


def taken(tmp_path: Path) -> int:
    with open_bureau(tmp_path / "data") as bureau:
        return int(bureau.store.background(NOVEMBER).present["food_samples_taken"].month or 0)


FIRST = food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10), "一所.xlsx")
SECOND = food("2023年11月食品抽检台账", food_rows("B", 2023, 11, 7), "二所.xlsx")


def test_nothing_is_replaced_without_an_answer_or_a_note(ingest, tmp_path):
    """It is asked in the JSON and beside it, with the switch that answers."""
    ingest([FIRST])

    [file], beside = ingest([SECOND], code=1)

    assert (file["status"], file["questions"][0]["candidates"]) == ("needs-confirmation", ["adds", "replaces"])
    assert "选「这些也算」用 --cases adds" in beside
    assert taken(tmp_path) == 10


@pytest.mark.parametrize(
    ("switches", "batches"), [(["--cases", "adds"], 17), (["--cases", "二所.xlsx=adds"], 17), (["--cases", "replaces", "--confirm", "改由二所报"], 7)]
)
def test_the_sender_says_whether_cases_are_added(ingest, tmp_path, switches, batches):
    ingest([FIRST])

    [file], _ = ingest([SECOND], *switches)

    assert file["status"] == "accepted"
    assert taken(tmp_path) == batches


def test_two_stations_at_once(ingest, tmp_path):
    files, _ = ingest([FIRST, SECOND], "--cases", "二所.xlsx=adds")

    assert [file["status"] for file in files] == ["accepted", "accepted"]
    assert taken(tmp_path) == 17


def test_a_file_does_not_bring_the_cases_of_one_that_waits(ingest, tmp_path):
    """The first waits for its note; the second counts its cases besides, so it waits as well."""
    first = food("2023年11月食品抽检台账", [*food_rows("A", 2023, 11, 10), ["", "2023-11-20", "合格"]], "一所.xlsx")

    files, _ = ingest([first, SECOND], "--cases", "二所.xlsx=adds", code=1)

    assert [file["submission"] for file in files] == [None, None]


@pytest.mark.parametrize("wrong", ["也算", "二所.xlsx=也算", "三所.xlsx=adds"])
def test_another_answer_is_wrong_usage(ingest, wrong):
    _, beside = ingest([SECOND], "--cases", wrong, code=2)

    assert "--cases" in beside


def test_success_names_office_and_month(tmp_path, capsys):
    """In a tree every unit sends a file of one name: the line says whose it is and of which month."""
    for folder, upload in (("一所", FIRST), ("二所", food("2023年10月食品抽检台账", food_rows("B", 2023, 10, 7)))):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "台账.xlsx").write_bytes(upload.data)

    main(["ingest", str(tmp_path / "in"), "--data", str(tmp_path / "data"), "--confirm", "已核对"])

    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("台账.xlsx")]
    assert lines == ["台账.xlsx（食品安全协调科 2023 年 11 月）：已入库。", "台账.xlsx（食品安全协调科 2023 年 10 月）：已入库。"]


def test_figures_without_a_row_of_the_ledger_point_at_its_sheet(tmp_path):
    """February recounted from what is on file: no row of the new ledger counts, so no range of it is named."""
    with open_bureau(tmp_path / "data") as bureau:
        accept(bureau, prepare(bureau, [food("2023年1—2月食品抽检台账", [*food_rows("A", 2023, 1, 2), *food_rows("A", 2023, 2, 2)])]), "王统计", "已核对")
        added = prepare(bureau, [replace(food("2023年1月食品抽检台账", food_rows("B", 2023, 1, 3)), cases="adds")])
        [february] = [one for one in added if one.period == Month(2023, 2)]
        assert february.report is not None
        places = {str(reading.place) for reading in february.report.readings}
        assert "台账" in places
        assert not any("!A2" in place for place in places)


def test_a_question_about_several_months_of_a_file_is_printed_once(tmp_path, capsys):
    """March and April are empty under 「1—4月」: both wait for a 说明, the question stands once."""
    upload = food("2023年1—4月食品抽检台账", [*food_rows("A", 2023, 1, 8), *food_rows("A", 2023, 2, 8)], "抽检.xlsx")
    (tmp_path / upload.name).write_bytes(upload.data)

    assert main(["ingest", str(tmp_path / upload.name), "--data", str(tmp_path / "data")]) == 1

    printed = capsys.readouterr().out
    assert printed.count("请核对的问题") == 2
    assert printed.count("2023 年 3—4 月没有一行，按 0 计") == 1
