"""A month so early that it is more likely a slip: asked about, or not taken in; and the grid does not grow for it."""

import pytest

from kpi.catalog.load import load
from kpi.errors import CatalogError
from kpi.filing.intake import Outcome, accept, prepare
from kpi.filing.prepared import Upload
from kpi.finding import Severity
from kpi.period import Month
from kpi.validation.month_reach import out_of_reach
from kpi.workbook.writing.template import write_template
from tests.bureaus import opened
from tests.kpi.store.reports import catalog_of
from tests.soundness.catalog import BUREAU, files

TODAY = Month(2026, 11)
STORED = (Month(2022, 1), Month(2023, 11))


@pytest.mark.parametrize(
    ("period", "stored", "severity"),
    [
        (Month(1990, 5), STORED, Severity.BLOCK),
        (Month(2005, 12), None, Severity.BLOCK),
        (Month(2006, 1), None, Severity.CHECK),  # twenty years and no more
        (Month(2015, 12), None, Severity.CHECK),
        (Month(2016, 1), None, None),
        (Month(2018, 12), STORED, Severity.CHECK),  # 36 months before January 2022 is January 2019
        (Month(2019, 1), STORED, None),
        (Month(2023, 12), STORED, None),
    ],
)
def test_a_month_long_before_all_others_is_asked_about_or_refused(period, stored, severity):
    """Refused before what the catalogue, or twenty years, reach back to; asked about with three empty years after it."""
    found = list(out_of_reach(period, catalog_of(), stored, TODAY))
    assert [finding.severity for finding in found] == ([severity] if severity else [])


def sheet(period: str, catalog) -> bytes:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(write_template(catalog, "food", Month.parse(period))))
    page = book.worksheets[0]
    row = next(cell.row for line in page.iter_rows() for cell in line if cell.value == "食品检验批次")
    columns = {cell.value: cell.column for line in page.iter_rows() for cell in line if cell.value in ("本月数", "本年累计")}
    for column in columns.values():
        page.cell(row, column).value = 5
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_sheet_of_1990_is_refused_and_one_of_2015_asked_about(tmp_path):
    """By the title and by what the sender says alike; the calendar stays as it was until somebody has confirmed."""
    with opened(tmp_path, files()) as small:
        small.report("2023-11", "food", food_tested="– 5")
        bureau = small.bureau
        told = [Upload("1990.xlsx", sheet("1990-05", bureau.catalog)), Upload("2018.xlsx", sheet("2018-01", bureau.catalog))]
        old, early = prepare(bureau, told)
        assert (old.status, [f.code for f in old.findings if f.severity is Severity.BLOCK]) == (Outcome.REJECTED, ["month-out-of-reach"])
        assert early.status is Outcome.NEEDS_CONFIRMATION
        [far] = [finding for finding in early.findings if finding.code == "month-far-back"]
        assert far.seen == "报表期间是 2018 年 1 月，系统内最早的数据是 2023 年 11 月，中间有 69 个月没有报送"
        assert bureau.store.months() == (Month(2023, 11), Month(2023, 11))
        accept(bureau, [early], "张三", "补录")
        assert bureau.store.months() == (Month(2018, 1), Month(2023, 11))


def test_the_catalogue_says_with_which_month_the_figures_begin(tmp_path):
    """first_month takes the place of the twenty years, either way; a slip of it is a fault of the catalogue."""
    begun = {**files(), "bureau.toml": f'{BUREAU}first_month = "2023-01"\n'}
    with opened(tmp_path, begun) as small:
        [late] = prepare(small.bureau, [Upload("2022.xlsx", sheet("2022-12", small.bureau.catalog))])
        [fault] = [finding for finding in late.findings if finding.severity is Severity.BLOCK]
        assert fault.seen == "报表期间是 2022 年 12 月，指标目录写明数据从 2023 年 1 月开始"
        assert 'first_month = "2022-12"' in fault.remedy
    earlier = {**files(), "bureau.toml": f'{BUREAU}first_month = "1989-01"\n'}
    with opened(tmp_path / "other", earlier) as small:
        [old] = prepare(small.bureau, [Upload("1990.xlsx", sheet("1990-05", small.bureau.catalog))])
        assert old.status is Outcome.NEEDS_CONFIRMATION
    (tmp_path / "catalog" / "bureau.toml").write_text(f'{BUREAU}first_month = "去年"\n', "utf-8")
    with pytest.raises(CatalogError, match="first_month 的值「去年」不是月份"):
        load(tmp_path / "catalog")


@pytest.mark.parametrize("impossible", [Month(1900, 1), Month(1901, 6), Month(9999, 12)])
def test_a_month_that_nothing_can_be_compared_with_is_refused_alone(tmp_path, impossible: Month):
    """A cell with the date 0 is January 1900, whose month before does not exist; the file beside it is checked as if it had come alone."""
    with opened(tmp_path, files()) as small:
        catalog = small.bureau.catalog
        good = Upload("好.xlsx", sheet("2023-11", catalog))
        [alone] = prepare(small.bureau, [good])
        bad, beside = prepare(small.bureau, [Upload("坏.xlsx", sheet("2023-10", catalog), period=impossible), good])

        assert (bad.status, bad.period, "month-out-of-reach" in [finding.code for finding in bad.findings]) == (Outcome.REJECTED, impossible, True)
        assert "unexpected-error" not in [finding.code for finding in bad.findings]
        assert (beside.status, beside.findings, beside.message) == (alone.status, alone.findings, alone.message)
