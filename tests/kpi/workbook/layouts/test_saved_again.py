"""
A drawn sheet, saved by another program in another format, is read as it was drawn: the same figures, the same findings.

The formats take turns, every other drawing has one of them: of each kind of layout there are many more drawings than formats.
"""

import io

import openpyxl
import pytest

from kpi.errors import WorkbookError
from kpi.workbook.forms.cell_value import read_cell
from kpi.workbook.forms.reading import read_reports
from tests.kpi.workbook.layouts.drawing import Spec, specs, workbook
from tests.kpi.workbook.layouts.test_layouts import catalog_of, told
from tests.kpi.workbook.office import needs_office, saved_again
from tests.kpi.workbook.process.test_number_format import formats, measure

SPECS = {f"{number:03}": spec for number, spec in enumerate(specs())}
ENDINGS = "xlsx", "ods", "xls"


def read(parser, spec: Spec, data: bytes):
    """What was read, asked and found; of a formula that ends in 0 an .xls alone must say that it may be a text."""
    try:
        reports = read_reports(parser.parse(data, "表.xlsx"), catalog_of(spec), **told(spec))
    except WorkbookError as error:
        return str(error)
    return [
        (report.office, report.period, report.readings, report.typed, report.questions, [one for one in report.findings if one.code != "formula-zero"])
        for report in reports
    ]


@needs_office
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_drawn_sheet_saved_by_another_program_is_read_the_same(parser, tmp_path, ending: str):
    """Readings with their cells, questions and findings are those of the drawing."""
    drawn = {name: workbook(SPECS[name]) for name in sorted(SPECS)[ENDINGS.index(ending) :: 2 * len(ENDINGS)]}
    saved = saved_again(drawn, [ending], tmp_path)[ending]
    assert len(drawn) > 25
    different = [SPECS[name].name for name in drawn if read(parser, SPECS[name], saved[name]) != read(parser, SPECS[name], drawn[name])]
    assert different == []


@needs_office
def test_a_number_format_saved_by_another_program_shows_the_same_figure(parser, tmp_path):
    """
    3.5亿元, 1.5万 or 97.8% on the screen is the same figure with the same finding in every format.

    0!.0 is left out, for LibreOffice drops the !, and a bare $, which an .ods keeps as the currency of whoever opens it.
    """
    drawn = [(stored, code, unit) for stored, code, unit, *_ in formats() if "!" not in code and not code.startswith("$")]
    book = openpyxl.Workbook()
    for row, (stored, code, _) in enumerate(drawn, start=1):
        cell = book.active.cell(row, 1, float(stored) if "." in stored else int(stored))
        cell.number_format = code
    buffer = io.BytesIO()
    book.save(buffer)
    saved = saved_again({"格式": buffer.getvalue()}, ENDINGS, tmp_path)

    def stated(data: bytes):
        [sheet] = parser.parse(data, "表.xlsx")
        return [read_cell(sheet.cell(row, 0), measure(unit), complete=True) for row, (_, _, unit) in enumerate(drawn)]

    wanted = [(one.value, [fault.code for fault in one.faults]) for one in stated(buffer.getvalue())]
    for ending in ENDINGS:
        assert [(one.value, [fault.code for fault in one.faults]) for one in stated(saved[ending]["格式"])] == wanted
