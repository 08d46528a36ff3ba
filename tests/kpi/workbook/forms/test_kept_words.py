"""What is kept of findings and of the words of the catalogue: nobody's name in the one, nothing taken for a name in the other."""

from kpi.finding import Finding, Severity
from kpi.place import Place
from kpi.workbook.forms.kept_form import without_unread
from kpi.workbook.personal.masking import mask
from tests.kpi.workbook.forms.test_kept import CATALOG, NAME, changed, in_a_format, persons, read, template


def test_what_a_number_format_says_is_not_kept_in_a_finding(parser):
    """The sender sees the words; the record has the number and …."""
    [report] = read(parser, changed(template(), in_a_format))
    [finding] = [finding for finding in report.findings if NAME in finding.seen]

    assert NAME not in repr(without_unread(finding, report.kept, CATALOG))


def test_the_name_of_a_sheet_that_was_not_read_is_in_no_kept_finding(parser):
    [report] = read(parser, changed(template(), persons))
    finding = Finding("sheet-not-read", Severity.HINT, Place("投诉人"), "这张工作表没有读取", "")

    assert "投诉人" not in repr(without_unread(finding, report.kept, CATALOG))


def test_no_word_of_the_catalogue_is_taken_for_somebody():
    """A row is known by its words: a mask over one of them would make it unknown."""
    measures, ledgers = CATALOG.measures.values(), CATALOG.ledgers.values()
    words = {word for measure in measures for word in (measure.name, *measure.aliases, measure.topic)}
    words |= {word for ledger in ledgers for column in ledger.columns for word in (column.name, *column.aliases, *column.values)}

    assert [word for word in words if mask(word) != word] == []
