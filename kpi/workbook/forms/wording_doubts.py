"""What the words around the figures of a table say against the way the figures were read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpi.finding import Finding
from kpi.period import Month
from kpi.place import cell_name
from kpi.workbook.answer_mapping import AnswerMapping, answer_key
from kpi.workbook.forms.column_answers import ColumnAnswers
from kpi.workbook.forms.column_questions import head_place
from kpi.workbook.forms.cut_thousands import cut_numbers
from kpi.workbook.forms.footnotes import other_footnotes
from kpi.workbook.forms.identity import Identity
from kpi.workbook.forms.label_wording import beyond_name, other_unit, rate_over
from kpi.workbook.forms.measure_names import Names
from kpi.workbook.forms.row_matching import place_of
from kpi.workbook.layout.group_words import filled_before, other_groups, other_remarks
from kpi.workbook.layout.heading import Part
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.table_rows import Row
from kpi.workbook.report import Column, QuestionKind, Reading


@dataclass(frozen=True, slots=True)
class WordingDoubts:
    """The doubts that the words of a table raise about the figures that were read from it."""

    table: Table
    names: Names
    identity: Identity
    mapping: AnswerMapping
    answers: ColumnAnswers
    own_names: Sequence[str]  # of the bureau, the organisation and the office
    rows: Sequence[tuple[Row, str]]  # those of this month, each with the code of a measure
    readings: Sequence[Reading]

    def findings(self) -> Iterator[Finding]:
        """The groups, remarks, footnotes and labels that speak of another time, a plan or another measure; the same may come twice."""
        period = self.identity.period
        if period is None:
            return
        yield from other_groups(self.table, self.names, period, self.rows, self.own_names)
        yield from other_remarks(self.table, self.names, period, self.rows, self.own_names, self.identity.as_of)
        yield from other_footnotes(self.table, self.names, period, self.rows, self.own_names)
        yield from filled_before(self.table, period, self.rows)
        yield from cut_numbers(self.table, self.rows)
        columns: dict[str, set[Column]] = {}
        for reading in self.readings:
            if reading.raw.strip():
                columns.setdefault(reading.measure, set()).add(reading.column)
        yield from self._about_rows(period, columns)
        yield from self._about_columns(period, columns)

    def _about_rows(self, period: Month, columns: Mapping[str, set[Column]]) -> Iterator[Finding]:
        """What the labels of rows say beyond the names of the measures that somebody has said they are."""
        for row, code in self.rows:
            measure, place = self.names.codes[code], place_of(self.table, row)
            yield from other_unit(row.name, place, self.table.part(row.index, Part.UNIT).text, measure)
            key = answer_key(QuestionKind.ROW, self.identity.office or "", *row.groups[-1:], row.name)
            if self.mapping.answer(self.table.layout, key) == code:
                yield from beyond_name(row.name, place, period, self.names, measure, self.own_names, columns.get(code, ()))

    def _about_columns(self, period: Month, columns: Mapping[str, set[Column]]) -> Iterator[Finding]:
        """What the headings of columns say beyond the names of the measures under them."""
        for column in self.table.figures:
            cells = frozenset(cell_name(row, column.index) for row in self.table.rows())
            codes = sorted({reading.measure for reading in self.readings if reading.place.cell in cells})
            words, place = "/".join(column.levels), head_place(self.table, column)
            yield from rate_over(words, place, [self.names.codes[code] for code in codes])
            answer = self.answers.answer(column, QuestionKind.HEADING)
            if answer in self.names.codes:
                measure = self.names.codes[answer]
                yield from beyond_name(words, place, period, self.names, measure, self.own_names, columns.get(measure.code, ()))
