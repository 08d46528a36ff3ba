"""
Words of people stay words: in every page, workbook, header, query and line of a log.

``python -m bench faults --kind injection`` tries ten kinds of words; this tries two.  In a browser: ``tests/pages/test_marked_up.py``.
"""

import io
import logging
import zipfile

import openpyxl
import pytest
import xlsxwriter

from kpi.web.server_log import TerminalLine
from tests.faults import injecting
from tests.faults.asking import Answer

COMMAND = injecting.MARKS["a command"]


@pytest.mark.parametrize("what", ["SQL"])
def test_words_in_every_field_are_inert_wherever_they_come_out(tmp_path, what):
    """All pages and their runs, exports, forms, marked copies, originals, the wall, the interface; the store gives them back as they were written."""
    survivals = list(injecting.survivals(tmp_path / "injected", what))

    assert [survival for survival in survivals if survival.why] == []
    looked = {survival.outcome: survival.times for survival in survivals}
    assert looked["export"] >= 16
    assert looked["of these with the mark"] >= 20


def test_a_workbook_that_does_more_than_say_is_noticed():
    """A formula that is no one's of ours, one with the word in it, a link, an external book."""
    for options in ({}, {"strings_to_formulas": False}):
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
            book.add_worksheet().write(0, 0, COMMAND)
        assert bool(injecting.wrong_in_workbook(buffer.getvalue(), COMMAND)) is not bool(options)
    linked = openpyxl.Workbook()
    linked.active["A1"].hyperlink = "http://a.cn"
    buffer = io.BytesIO()
    linked.save(buffer)
    assert "leads out" in injecting.wrong_in_workbook(buffer.getvalue(), COMMAND)
    with zipfile.ZipFile(buffer, "w") as container:
        container.writestr("xl/worksheets/sheet1.xml", "<formula1>WEBSERVICE(1)</formula1>")
    assert "none of ours" in injecting.wrong_in_workbook(buffer.getvalue(), COMMAND)


def test_a_document_or_header_that_gives_a_word_as_something_else_is_noticed():
    script = injecting.MARKS["a script"]
    assert injecting.wrong_in_answer(Answer(200, {"content-type": "text/html"}, f"<p>{script}".encode()), script)
    assert injecting.wrong_in_answer(Answer(200, {"content-disposition": "attachment; x\r\nx-forged: 1"}, b""), script)
    assert injecting.wrong_in_answer(Answer(500, {}, b""), script)
    assert not injecting.wrong_in_answer(Answer(200, {"content-type": "application/json"}, script.encode()), script)


def test_a_name_of_a_file_begins_no_line_on_the_terminal():
    """Nor does it move the cursor; the lines of code of a fault of ours are lines."""
    record = logging.LogRecord("kpi.filing", logging.ERROR, "", 1, "「%s」读不出", ("a\n错误\r\x1b[2J\u2028b.xlsx",), None)
    assert TerminalLine().format(record) == "「a 错误  [2J b.xlsx」读不出"
    record.trace = "ValueError\n  line 1"
    assert TerminalLine().format(record) == "「a 错误  [2J b.xlsx」读不出\nValueError\n  line 1"
