"""No file, however made, takes the process down or is passed over in silence: it is read, or refused with a sentence."""

import pytest

from kpi.errors import WorkbookError
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.grid import Sheet
from kpi.workbook.process.parser import Parser
from tests.kpi.workbook.books import book
from tests.kpi.workbook.hostile import ROW, files

FILES = dict(files())


def test_there_are_enough_of_them():
    assert len(FILES) >= 60


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_read_or_refused(parser: Parser, catalog, name: str):
    refusal = ""
    try:
        sheets = parser.parse(FILES[name], "坏.xls")
        assert all(isinstance(sheet, Sheet) for sheet in sheets)
        assert read_reports(sheets, catalog, office="food")
    except WorkbookError as error:
        refusal = str(error)
    assert not refusal or (refusal.endswith("。") and any("一" <= sign <= "龥" for sign in refusal))
    assert parser.parse(book(ROW), "好.xlsx")
