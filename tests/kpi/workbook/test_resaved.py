"""Our own form, saved once more by another program: nothing in it was left unread, so it is kept as it came."""

import io

import openpyxl

from kpi.intake import Upload, prepare
from kpi.period import Month
from kpi.workbook.template import Filling, write_template


def test_a_form_saved_by_another_program_is_kept_as_it_came(empty):
    """Openpyxl writes empty headers and outlines into every sheet: tags without a word."""
    data = write_template(empty.catalog, "catering", Month(2023, 11), Filling({}))
    saved = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(saved)

    [prepared] = prepare(empty, [Upload("餐饮科.xlsx", saved.getvalue())])

    assert prepared.report is not None
    assert prepared.report.kept is not None
    assert prepared.report.kept.whole


def test_a_word_in_an_even_header_is_still_found(empty):
    """A name in the header of even pages stands in no cell: the file is not kept as it came."""
    book = openpyxl.load_workbook(io.BytesIO(write_template(empty.catalog, "catering", Month(2023, 11), Filling({}))))
    book.worksheets[0].evenHeader.center.text = "欧阳试样 13900139000"
    saved = io.BytesIO()
    book.save(saved)

    [prepared] = prepare(empty, [Upload("餐饮科.xlsx", saved.getvalue())])

    assert prepared.report is not None
    assert prepared.report.kept is not None
    assert not prepared.report.kept.whole
