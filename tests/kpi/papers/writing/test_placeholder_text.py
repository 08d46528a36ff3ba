"""Placeholders in the XML of a Word file: found over runs, and every other byte as it was."""

import pytest

from kpi.papers.writing.placeholder_text import UnreadablePartError, placeholders, replaced

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def part(inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:document {W}><w:body>{inner}</w:body></w:document>'.encode()


def test_a_placeholder_split_over_runs_takes_the_look_of_its_first_letter():
    split = part(
        "<w:p><w:r><w:t>检验{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{ab</w:t></w:r><w:r><w:t xml:space='preserve'>c}}批次 &amp; {{d}}</w:t></w:r></w:p>"
    )
    assert placeholders(split) == ["abc", "d"]
    assert replaced(split, {"abc": "1763", "d": "<5"}.__getitem__) == part(
        "<w:p><w:r><w:t>检验1763</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t></w:t></w:r><w:r><w:t xml:space='preserve'>批次 &amp; &lt;5</w:t></w:r></w:p>"
    )


def test_a_text_box_within_a_paragraph_is_a_paragraph_of_its_own():
    nested = part("<w:p><w:r><w:t>{{a</w:t></w:r><w:r><w:p><w:r><w:t>{{b}}</w:t></w:r></w:p></w:r><w:r><w:t>}}</w:t></w:r></w:p>")
    assert sorted(placeholders(nested)) == ["a", "b"]
    assert b"<w:t>2</w:t>" in replaced(nested, {"a": "1", "b": "2"}.__getitem__)


def test_a_word_before_a_placeholder_that_begins_its_value_is_written_once():
    """Digits are no word: 11 before 1763 stays."""
    written = replaced(part("<w:p><w:r><w:t>，同比{{a}}；11{{b}}</w:t></w:r></w:p>"), {"a": "同比上升0.38个百分点", "b": "11763"}.__getitem__)
    assert written == part("<w:p><w:r><w:t>，同比上升0.38个百分点；1111763</w:t></w:r></w:p>")


def test_a_part_without_any_is_the_same_bytes():
    plain = part("<w:p><w:r><w:t>{单括号}</w:t></w:r></w:p><!-- {{不是字}} -->")
    assert replaced(plain, {}.__getitem__) == plain


@pytest.mark.parametrize("content", [b"no xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b'<?xml version="1.0" encoding="GBK"?><a/>'])
def test_what_no_office_program_writes_is_refused(content):
    with pytest.raises(UnreadablePartError):
        placeholders(content)
