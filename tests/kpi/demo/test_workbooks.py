"""The files of the demonstration: all of them, each the same every time, each labelled as fictional."""

import io
import itertools
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from kpi.catalog.model import Catalog
from kpi.demo.workbooks import workbooks
from kpi.period import Month
from kpi.store.demonstration import FICTIONAL

File = tuple[str, str, Month, bytes]


@pytest.fixture(scope="module")
def files(catalog: Catalog) -> list[File]:
    return list(workbooks(catalog))


def rows(files: list[File], office: str, month: Month) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The filled rows of one sheet, by measure code."""
    [content] = [content for _, code, period, content in files if (code, period) == (office, month)]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    for row in sheet.iter_rows(min_row=5, values_only=True):
        if row[9]:
            yield str(row[9]), row


def test_one_file_for_each_office_and_month(files: list[File]) -> None:
    """Nineteen offices, 23 months, 437 names that differ, in the order of the months."""
    assert len(files) == 437
    assert len({office for _, office, _, _ in files}) == 19
    assert len({name for name, _, _, _ in files}) == 437
    assert [month for _, _, month, _ in files] == sorted(month for _, _, month, _ in files)
    assert "2023-11_食品安全协调科月报表.xlsx" in {name for name, _, _, _ in files}


def test_the_same_bytes_every_time(catalog: Catalog, files: list[File]) -> None:
    """Taken in twice, a file is known by its content."""
    assert list(itertools.islice(workbooks(catalog), 19)) == files[:19]


def test_every_file_says_that_it_is_fictional(files: list[File]) -> None:
    """Nobody who finds a stray file may take its figures for real ones."""
    for name, _, _, content in files:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts = [archive.read(entry).decode() for entry in archive.namelist() if entry.endswith("sharedStrings.xml")]
        assert any(FICTIONAL in text for text in texts), name


def test_a_stated_figure_says_where_it_is_from(files: list[File]) -> None:
    """November's sheet of 质量监管科: the coal row as published, the leaflets as worded, last year beside them."""
    sheet = dict(rows(files, "product_quality", Month(2023, 11)))

    assert [sheet[f"coal_samples_{result}"][5] for result in ("taken", "tested", "passed", "failed", "pending")] == [78, 54, 44, 7, 24]
    assert sheet["quality_leaflets_distributed"][5] == "3000余"
    assert sheet["quality_leaflets_distributed"][6] == 2600
    assert "2023 年工作总结" in sheet["coal_samples_tested"][8]


def test_last_year_is_our_own_record_of_it(files: list[File]) -> None:
    """上年同期累计 is empty in 2022 and repeats the 2022 sheet in 2023."""
    before = dict(rows(files, "consumer", Month(2022, 11)))
    now = dict(rows(files, "consumer", Month(2023, 11)))

    assert {row[6] for row in before.values()} == {None}
    assert {code: row[6] for code, row in now.items()} == {code: row[5] for code, row in before.items()}


def test_a_figure_that_stands_still_says_so(files: list[File]) -> None:
    """特种设备科 counts to the end of October: November's 本月数 is empty, December's tells from when it counts."""
    november = dict(rows(files, "special_equipment", Month(2022, 11)))["special_equipment_inspected"]
    december = dict(rows(files, "special_equipment", Month(2022, 12)))["special_equipment_inspected"]

    assert november[4] is None
    assert str(november[7]).startswith("2022-10-31")
    assert "本月数不填" in november[8]
    assert "11 月 1 日计起" in december[8]
