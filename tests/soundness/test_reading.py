"""Cells that read as another number than the one that was typed."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal as D

import openpyxl
import pytest

from kpi.filing.intake import Outcome, Prepared, Upload, accept, prepare
from kpi.period import Month
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template
from tests.bureaus import Small, opened
from tests.soundness.catalog import files

MARCH = Month(2023, 3)
TODAY = date(2023, 4, 3)
HEAD = (("质量科2023年3月报表",), ("数据项", "单位", "本月数", "本年累计"))


def template(small: Small, **typed: str | D) -> Upload:
    """The fill-in workbook with 本年累计 typed in, by code."""
    values = {(code, Column.YTD): text for code, text in typed.items()}
    return Upload("质量科.xlsx", write_template(small.bureau.catalog, "quality", MARCH, Filling(values)))


def free(rows: Sequence[Sequence[object]], *hidden: int) -> Upload:
    """A sheet of the office's own making, some rows of it hidden."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (*HEAD, *rows):
        sheet.append(row)
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    sink = io.BytesIO()
    book.save(sink)
    return Upload("自制.xlsx", sink.getvalue())


def read(small: Small, upload: Upload) -> Prepared:
    [prepared] = prepare(small.bureau, [upload], today=TODAY)
    return prepared


def stored(small: Small, upload: Upload, note: str = "属实") -> Prepared:
    prepared = read(small, upload)
    accept(small.bureau, [prepared], "张三", note)
    return prepared


def codes(prepared: Prepared) -> set[str]:
    return {finding.code for finding in prepared.findings}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """One bureau for all workbooks: a later one replaces the earlier, and a parser takes longer to start than to read."""
    with opened(tmp_path_factory.mktemp("reading"), files()) as bureau:
        yield bureau


@pytest.mark.parametrize(("typed", "number"), [("1,763", "1763"), ("１，７６３", "1763"), (" 1763 ", "1763"), ("一千七百六十三", "1763")])
def test_figures_typed_as_text(small, typed, number):
    """Commas, full width, blanks around it and Chinese numerals are the same 1763."""
    stored(small, template(small, tested=typed))

    assert small.row("tested", "2023-03").figure.value == D(number)


@pytest.mark.parametrize(
    ("typed", "state"),
    [("—", "不适用"), ("/", "不适用"), ("", "未报"), ("*", "未公开"), ("在检", "在检/在办"), ("未开展", "未开展"), ("不适用", "不适用"), ("零", "零")],
)
def test_a_sign_for_nothing_is_not_a_zero(small, typed, state):
    """Only 零 is 0."""
    stored(small, template(small, tested=typed, shops=D(1)))

    row = small.row("tested", "2023-03")

    assert (row.figure.state, row.figure.value) == (state, 0 if state == "零" else None)


def test_a_percent_sign_is_no_factor_of_a_hundred(small):
    """97.8％ typed, 97.8 as a number and 0.978 formatted as a percentage are one rate."""
    book = openpyxl.load_workbook(io.BytesIO(template(small, pass_rate="97.8％").data))
    stored(small, template(small, pass_rate="97.8％"))
    assert small.row("pass_rate", "2023-03").figure.reported_value == D("97.8")

    sheet = book.worksheets[0]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "97.8％")
    cell.value, cell.number_format = 0.978, "0.0%"
    sink = io.BytesIO()
    book.save(sink)
    stored(small, Upload("质量科.xlsx", sink.getvalue()))
    assert small.row("pass_rate", "2023-03").figure.reported_value == D("97.8")


def test_a_binary_fraction_is_read_as_it_was_typed(small):
    """0.1 + 0.2 in a cell is 0.30000000000000004 in the file, and 0.3 in the sheet."""
    stored(small, free([("罚没金额", "万元", None, 0.1 + 0.2)]))

    assert small.row("fines", "2023-03").figure.value == D("0.3")


@pytest.mark.parametrize(("unit", "typed", "number"), [("万元", 12.5, "12.5"), ("元", 125000, "12.5"), ("亿元", 0.00125, "12.5")])
def test_yuan_are_not_ten_thousands_of_yuan(small, unit, typed, number):
    """12.5 万元, 125 000 元 and 0.00125 亿元 are one sum, by the unit beside them."""
    stored(small, free([("罚没金额", unit, None, typed)]))

    assert small.row("fines", "2023-03").figure.value == D(number)


def test_a_unit_that_is_not_ours_is_asked_about(small):
    """家次 where 户 are counted is questioned before it counts."""
    prepared = read(small, free([("在册户数", "家次", None, 12)]))

    assert prepared.status is not Outcome.READY


def test_a_sum_at_the_foot_is_no_figure(small):
    """合计 under two rows is not a third measure and is not added to them."""
    prepared = stored(small, free([("检验批次", "批次", 5, 10), ("合格批次", "批次", 4, 9), ("合计", "批次", 9, 19)]))

    assert (small.row("tested", "2023-03").figure.value, small.row("passed", "2023-03").figure.value) == (10, 9)
    assert "total-row" in codes(prepared)


def test_a_hidden_row_is_said_to_be_hidden(small):
    """What nobody sees on the sheet is not taken without a word."""
    prepared = read(small, free([("检验批次", "批次", 5, 10), ("合格批次", "批次", 4, 9)], 4))

    assert "hidden-row" in codes(prepared)


def test_one_measure_written_twice_is_not_taken_once_in_silence(small):
    """Two rows of tested batches, 10 and 12: neither is chosen for the office."""
    prepared = read(small, free([("检验批次", "批次", 5, 10), ("检验批次", "批次", 6, 12)]))

    assert prepared.status is Outcome.REJECTED


def test_more_passed_than_tested_is_refused(small):
    """12 of 10 cannot be, and no rate of 120 % comes of it."""
    prepared = read(small, template(small, tested=D(10), passed=D(12)))

    assert (prepared.status, "part-exceeds-whole" in codes(prepared)) == (Outcome.REJECTED, True)


def test_two_months_in_one_under_the_months_column_are_asked_about(small):
    """1—2 月 50 typed as February's month and as its year, and no January: one month or two?"""
    february = Month(2023, 2)
    values = {("tested", Column.MONTH): D(50), ("tested", Column.YTD): D(50)}
    upload = Upload("质量科.xlsx", write_template(small.bureau.catalog, "quality", february, Filling(values)))

    [prepared] = prepare(small.bureau, [upload], today=TODAY)

    assert "two-months-in-one" in codes(prepared)


def test_figures_of_another_year_are_not_this_years(small):
    """A sheet of January whose figures still run to December is last year's, and is not taken without a word."""
    sheet = Filling({("tested", Column.YTD): D(60)}, sheet_as_of=date(2022, 12, 31))
    upload = Upload("质量科.xlsx", write_template(small.bureau.catalog, "quality", Month(2023, 1), sheet))

    [prepared] = prepare(small.bureau, [upload], today=TODAY)

    assert prepared.status in (Outcome.NEEDS_CONFIRMATION, Outcome.REJECTED)


def test_a_blank_within_a_number_is_not_its_end(small):
    """``1 763`` groups three digits and is 1763, never 1 or 763; ``17 63`` groups none and is not guessed at: the office writes it anew."""
    grouped = read(small, template(small, tested="1 763"))
    assert [reading.value.number for reading in grouped.report.readings if reading.raw] == [1763]
    assert read(small, template(small, tested="17 63")).status is Outcome.REJECTED
