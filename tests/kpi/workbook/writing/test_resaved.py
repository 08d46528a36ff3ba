"""Our own form, saved once more by another program: nothing in it was left unread, so it is kept as it came."""

import io
import re

import openpyxl

from kpi.filing.intake import Upload, prepare
from kpi.period import Month
from kpi.workbook.writing.template import Filling, write_template


def test_a_form_saved_by_another_program_is_kept_as_it_came(empty):
    """Openpyxl writes empty headers and outlines into every sheet: tags without a word."""
    data = write_template(empty.catalog, "catering", Month(2023, 11), Filling({}))
    saved = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(saved)

    [prepared] = prepare(empty, [Upload("餐饮科.xlsx", saved.getvalue())])

    assert prepared.report is not None
    assert prepared.report.kept is not None
    assert prepared.report.kept.whole


def test_rules_written_from_another_cell_and_the_language_of_the_program_are_no_text(empty):
    """LibreOffice begins the rule of a range at another cell, writes TRUE as 1, and notes en-US as the language: nobody's words."""
    data = write_template(empty.catalog, "catering", Month(2023, 11), Filling({}))
    book = openpyxl.load_workbook(io.BytesIO(data))
    rules = [rule for rule in book.worksheets[0].data_validations.dataValidation if rule.type == "custom"]
    assert rules
    for rule in rules:
        rule.formula1 = re.sub(r"(?<=[(,])F\d+|(?<=[(,])E\d+", "H17", rule.formula1).replace("TRUE", "1")
    book.properties.language = "en-US"
    saved = io.BytesIO()
    book.save(saved)

    [prepared] = prepare(empty, [Upload("餐饮科.xlsx", saved.getvalue())])

    assert prepared.report.kept.whole
    rules[0].formula1 = rules[0].formula1.replace("约近", "欧阳")
    saved = io.BytesIO()
    book.save(saved)
    [prepared] = prepare(empty, [Upload("餐饮科.xlsx", saved.getvalue())])
    assert not prepared.report.kept.whole


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
