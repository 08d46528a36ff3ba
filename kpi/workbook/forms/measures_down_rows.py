"""Tables whose measures stand down the rows, the figures and months over the columns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from kpi.catalog.measure import MeasureKind
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.workbook.answer_mapping import SKIP
from kpi.workbook.dates import read_date
from kpi.workbook.forms.column_figures import can_be, detail_of_sum
from kpi.workbook.forms.figure_columns import Columns, Open, Slot
from kpi.workbook.forms.report_drafts import Reader, ReportDraft
from kpi.workbook.forms.row_matching import Match, MatchedRows, match_rows, place_of
from kpi.workbook.grid import CellKind
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.heading import SEVERAL, Heading, Part, read_heading, says_addition
from kpi.workbook.layout.labelled_lines import stated_unit
from kpi.workbook.layout.period_sums import MONTHS, is_subtotal, stations, summed
from kpi.workbook.layout.table_rows import row_times
from kpi.workbook.layout.unit_claims import group_unit, kindred, remark_unit
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.naming import unit_key
from kpi.workbook.number import is_number
from kpi.workbook.personal.masking import mask_number
from kpi.workbook.personal.name_forms import hide_signers
from kpi.workbook.report import Beside, Column, Report, ReportKey
from kpi.workbook.signs import clean
from kpi.workbook.units import power_between


class Down(Reader):
    """Measures down the rows."""

    def read(self) -> dict[ReportKey, Report]:
        table, identity = self._table, self._identity
        heads = [column for column in table.columns if column.heading.part is None and column.index not in table.labels]
        spans = {row: read_heading(text) for row, text in row_times(table).items()}
        filled = {
            column.index: column.heading for column in heads if any(table.spread.cell(row, column.index).text.strip() not in ("", "0") for row in table.rows())
        }
        columns = self._settle([column.heading for column in heads], list(spans.values()), filled | {-row: heading for row, heading in spans.items()})
        if identity.office is None or self._identity.period is None:
            return self._reports()
        rows = match_rows(table, self._names, self._catalog, identity.office, self._request.mapping, identity.captions)
        if not (rows.wrong_office and any(finding.code == "wrong-office" for finding in self._findings)):  # once is enough
            self._findings += rows.findings
        if rows.wrong_office:
            self._findings[:] = [finding for finding in self._findings if finding.code == "wrong-office"]
            return self._reports()
        self._questions += rows.questions
        self._ask_if_none_is_current(heads, columns, rows, spans)
        for column in heads:
            if column.index not in self._column_questions.asked:
                self._column(column, columns, rows, spans)
        self._about_columns(heads, columns)
        if not self._current_beside(columns):
            self._only_last_year()
        self._other_times({match.row.index: spans[match.row.index] for match in rows.matches if match.row.index in spans}, columns)
        ours = (match for match in rows.matches if match.row.filled and columns.of_the_month(spans.get(match.row.index, Heading(""))))
        self._about_words([(match.row, match.measure.code) for match in ours])
        for match in rows.matches:
            self._about_row(match, spans)
        return self._reports()

    def _ask_if_none_is_current(self, heads: Sequence[ColumnHead], columns: Columns, rows: MatchedRows, spans: Mapping[int, Heading]) -> None:
        """
        Ask what the columns with figures are where no heading names those of this month or of the year so far.

        Growth, targets and the like are asked about only when nothing else stands there.
        """
        answers = {column.index: self._column_questions.answer(column) for column in heads}
        befores = [Heading(""), *spans.values()]
        current = any(columns.current(column.heading, before) for column in heads for before in befores)
        if any(columns.stops_short(column.heading) for column in heads):
            return  # that column is asked about
        if current or self._current_beside(columns) or any(answer in set(Column) for answer in answers.values()):
            return
        filled = [column for column in heads if answers[column.index] is None and self._holds_numbers(column, rows)]
        doubtful = [column for column in filled if not columns.sure_of_last_year(column.heading)]
        for column in [column for column in doubtful if not isinstance(column.heading.figure, Beside)] or doubtful:
            words = "/".join(column.levels)
            seen = f"表里没有哪一列写明是本月数或本年累计，「{words}」一列没有读取" if words else "这一列没有表头，没有读取"
            if column.heading.figure and column.heading.rest:
                seen = f"表头「{words}」里的「{column.heading.rest}」读不懂，这一列没有读取"
            self._column_questions.ask(column, columns.likely(column.heading), blocks=True, seen=seen)
        if not doubtful:
            seen, remedy = "表头没有「本年累计」和「本月数」列", "请在表头中写明哪一列是本年累计或本月数"
            self._findings.append(Finding("missing-column", Severity.BLOCK, self._head_row(), seen, remedy))

    def _current_beside(self, columns: Columns) -> bool:
        """Whether the table right or left of it, under the same header, has the figures of this year: this one has those of last year."""
        return any(column.heading.part is None and columns.current(column.heading, Heading("")) for column in self._table.beside)

    @cached_property
    def _stations(self) -> set[int]:
        """The columns of stations or kinds that a column 合计 beside them adds: details of what is reported."""
        figures = self._table.figures
        return {index for total in figures for index in stations(total, figures)}

    def _head_row(self) -> Place:
        row = max(self._table.bottom, 0) + 1
        return Place(self._table.sheet.name, f"{row}:{row}")

    def _holds_numbers(self, column: ColumnHead, rows: MatchedRows) -> bool:
        cells = (self._table.spread.cell(match.row.index, column.index) for match in rows.matches)
        return any(map(is_number, cells))

    def _column(self, column: ColumnHead, columns: Columns, rows: MatchedRows, spans: Mapping[int, Heading]) -> None:
        """The cells of one column."""
        answer = self._column_questions.answer(column)
        if answer == SKIP or self._is_subtotal(column, columns):
            return
        for match in sorted(rows.matches, key=lambda match: columns.years_back(spans.get(match.row.index, Heading(""))) != 0):
            before = spans.get(match.row.index, Heading(""))
            slot = columns.answered(answer, column.heading, before) if answer else columns.slot(column.heading, before)
            cell = self._table.spread.cell(match.row.index, column.index)
            if isinstance(slot, Open):
                slot = slot.unstated(match.measure.unstated, self._identity.period) or slot
            if isinstance(slot, Open):
                if slot.parts and match.measure.kind in (MeasureKind.STOCK, MeasureKind.STANDARD):
                    continue  # which do not add up
                if match.measure.kind not in (MeasureKind.STOCK, MeasureKind.STANDARD) or slot.stock is None:
                    if cell.kind is not CellKind.EMPTY:
                        self._ask_open(column, slot)
                    continue
                slot = slot.stock
            if slot is None:
                if not answer and not columns.another_time(before) and is_number(cell):
                    self._unread(column)
                continue
            slot = self._of_kind(match, slot, column, columns)
            if slot is not None:
                unit = self._unit(match, column) if slot.beside is None else ""
                self._cell(match.measure, slot, match.row.index, column.index, unit, self._as_of(match, slot.month))
                if slot.column is Column.YTD and slot.beside is None:
                    self._about_total(match, slot, column, columns)

    def _about_total(self, match: Match, slot: Slot, column: ColumnHead, columns: Columns) -> None:
        """A column 合计 that is not the sum of the months, or of the stations, beside it."""
        row, parts, figures = match.row.index, columns.parts, self._table.figures
        if parts and not parts.lack(slot.month.month) and parts.is_sum(column.heading):
            runs = summed(column.index, [figure.index for figure in figures if figure.heading in parts], self._sums(columns))
            self._about_sum(match.measure, slot.month, (row, column.index), [[(row, index) for index in run] for run in runs], MONTHS)
        elif not parts and (lines := stations(column, figures)):
            self._about_sum(match.measure, slot.month, (row, column.index), [[(row, index) for index in lines]], "各列")

    def _is_subtotal(self, column: ColumnHead, columns: Columns) -> bool:
        """Whether a column is the sum of the months before it alone, others following: it is checked, and no figure of the report."""
        parts, sums = columns.parts, self._sums(columns)
        months = [figure.index for figure in self._table.figures if parts and figure.heading in parts]
        return column.index in sums and is_subtotal(column.index, months, sums)

    def _sums(self, columns: Columns) -> list[int]:
        """The columns that hold sums of months."""
        return [figure.index for figure in self._table.figures if columns.parts and columns.parts.is_sum(figure.heading)]

    def _of_kind(self, match: Match, slot: Slot, column: ColumnHead, columns: Columns) -> Slot | None:
        """A stock has no month's figure: its only figure is the one at the day; a rate's may be of the month alone."""
        measure = match.measure
        if columns.over_time and slot.beside is None and not column.heading.months.last and measure.kind in (MeasureKind.STOCK, MeasureKind.STANDARD):
            return None  # the sum or last of a row of stocks is not one more figure
        row, words = match.row.index, "/".join(column.levels)
        if measure.kind is not MeasureKind.FLOW and says_addition(words):
            levels = (figure for figure in self._table.figures if not says_addition("".join(figure.levels)) and isinstance(columns.slot(figure.heading), Slot))
            known = any(self._table.spread.cell(row, figure.index).text.strip() for figure in levels if columns.current(figure.heading, Heading("")))
            if self._adds(measure, slot, row, column.index, words, known=known):
                return None
        if slot.beside is not None or slot.column is not Column.MONTH or measure.of_months:
            return slot
        cell = self._table.spread.cell(match.row.index, column.index)
        others = [
            figure
            for figure in self._table.figures
            if isinstance(other := columns.slot(figure.heading), Slot) and other.column is Column.YTD and other.month == slot.month
        ]
        cumulative = [
            self._table.spread.cell(match.row.index, figure.index).text for figure in others if not figure.heading.total or figure.heading.months.last
        ]
        if not any(text.strip() for text in cumulative) and measure.kind is not MeasureKind.RATE:
            return replace(slot, column=Column.YTD)
        if cell.kind is CellKind.NUMBER and cell.text not in cumulative:
            seen = f"「{measure.name}」不是逐月累加的数，本月数一格的「{cell.text}」没有读取"
            place = Place(self._table.sheet.name, cell_name(match.row.index, column.index))
            severity = Severity.HINT if any(cumulative) else Severity.CHECK
            draft = self._draft(slot.month)
            draft.findings.append(Finding("month-of-stock", severity, place, seen, "请只在本年累计一格填写截至数据截止日的数", measures=(measure.code,)))
        return None

    def _unread(self, column: ColumnHead) -> None:
        """A column with figures that says nothing we know, or speaks of months that no report of this table covers."""
        if column.heading.says_figure and not column.heading.rest:
            if column.index not in self._column_questions.asked:
                self._column_questions.asked.add(column.index)
                place = Place(self._table.sheet.name, cell_name(self._table.bottom, column.index))
                seen = f"「{'/'.join(column.levels)}」不是本期的数，这一列没有读取"
                self._findings.append(Finding("column-not-read", Severity.HINT, place, seen, "如需报送，请单独上传那个月的报表"))
            return
        if column.index in self._stations:
            self._note(detail_of_sum(self._table, column))
            return
        likely = [(figure.value, 0.6) for figure in (column.heading.figure,) if figure]
        self._column_questions.ask(column, tuple(likely), blocks=False)

    def _about_columns(self, heads: Sequence[ColumnHead], columns: Columns) -> None:
        """What is wrong with the header."""
        table = self._table
        place = self._head_row()
        slots = {column.index: columns.slot(column.heading) for column in heads}
        bare = (head for head in (column.heading for column in heads) if not head.rest and head.months.last is None and head.months.year is None)
        plain = Counter(head.figure for head in bare if isinstance(head.figure, Column))
        for figure in [figure for figure, count in plain.items() if count > 1 and not row_times(table)]:
            seen = f"表头有两列都是「{figure.chinese}」"
            self._findings.append(Finding("duplicate-column", Severity.BLOCK, place, seen, "请只保留一列，或改正其中一列的表头"))
        for column in heads:
            slot = slots[column.index]
            if column.index in table.sheet.hidden_columns and isinstance(slot, Slot) and slot.beside is None:
                seen = f"「{slot.column.chinese}」列是隐藏的，数据照常读取"
                self._findings.append(Finding("hidden-column", Severity.HINT, place, seen, "请取消隐藏后核对"))

    def _about_row(self, match: Match, spans: Mapping[int, Heading]) -> None:
        """What is wrong with a row, and its remark."""
        table, row, measure = self._table, match.row.index, match.measure
        months = [self._identity.period] if row not in spans else [spans[row].months.month]
        draft = self._drafts.get(next(iter(months)) or Month(1900, 1)) or next(iter(self._drafts.values()), ReportDraft())
        if row in table.sheet.hidden_rows:
            seen = f"「{measure.name}」所在行是隐藏的，数据照常读取"
            draft.findings.append(Finding("hidden-row", Severity.HINT, place_of(table, match.row), seen, "请取消隐藏后核对", measures=(measure.code,)))
        cell = table.part(row, Part.REMARK)
        if remark := cell.text.strip():
            draft.remarks[measure.code] = mask_number(remark) if cell.kind is CellKind.NUMBER else hide_signers(remark)
        for column in table.remarks if match.row.filled else ():
            unit = stated_unit(table.spread.cell(row, column).text)
            if is_unit(unit) and power_between(unit, measure.unit) is None:
                place = Place(table.sheet.name, cell_name(row, column))
                seen = f"旁边写的单位是「{unit}」，「{measure.name}」的单位是「{measure.unit}」，数按「{measure.unit}」读取"
                remedy = f"请核对：以「{measure.unit}」计的，请改正这一格，或写明说明后入库；不是的，请换算后重新上传"
                draft.findings.append(Finding("unit-differs", Severity.CHECK, place, seen, remedy, measures=(measure.code,)))

    def _unit(self, match: Match, column: ColumnHead) -> str:
        """The unit a figure is in when it is not the measure's own; one that cannot be is a finding where it is written."""
        measure, row = match.measure, match.row
        own = row.unit or remark_unit(self._table, row, measure.unit) or group_unit(row, measure.unit)
        over = next(iter(kindred(column.heading.unit.split(SEVERAL), measure.unit)), column.heading.unit)
        unit = own or over
        if own and over and power_between(over, measure.unit) is None:  # whichever of the two is right
            self._heading_unit(match, column)
        if not unit or unit_key(unit) == unit_key(measure.unit) or (over and not own and not power_between(unit, measure.unit)):
            return measure.unit if unit and unit_key(unit) == unit_key(measure.unit) else self._heading_unit(match, column)
        if power_between(unit, measure.unit) and all(can_be(self._table.spread.cell(row.index, figure.index), figure, unit) for figure in self._table.figures):
            return unit
        at = self._table.parts.get(Part.UNIT)
        place = Place(self._table.sheet.name, cell_name(row.index, at)) if at is not None else place_of(self._table, row)
        seen, remedy = f"「{measure.name}」的单位写的是「{unit}」", f"请按「{measure.unit}」换算数据并改正单位"
        self._note(Finding("unit-differs", Severity.BLOCK, place, seen, remedy, measures=(measure.code,)))
        return measure.unit

    def _heading_unit(self, match: Match, column: ColumnHead) -> str:
        """Nothing, unless the heading over the figures names a unit that the measure's is not."""
        unit, measure = column.heading.unit, match.measure
        if unit and unit_key(unit) != unit_key(measure.unit):
            place = Place(self._table.sheet.name, cell_name(self._table.bottom, column.index))
            seen, remedy = (
                f"表头的单位是「{unit}」，「{measure.name}」的单位是「{measure.unit}」",
                "请核对以什么为单位：改正表头或这一行的计量单位，或写明说明后入库",
            )
            self._note(Finding("unit-differs", Severity.CHECK, place, seen, remedy, measures=(measure.code,)))
            return measure.unit
        return ""

    def _as_of(self, match: Match, month: Month) -> date | None:
        """The day the figures of a row run to, when the row says so."""
        text = self._table.part(match.row.index, Part.AS_OF).text
        if not clean(text):
            return None
        try:
            return read_date(text, month.year)
        except ValueError as error:
            place = Place(self._table.sheet.name, cell_name(match.row.index, self._table.parts[Part.AS_OF]))
            seen = f"「{match.measure.name}」的数据截止日「{text}」不是日期"
            finding = Finding("bad-date", Severity.BLOCK, place, seen, str(error), measures=(match.measure.code,))
            draft = self._draft(month)
            if finding not in draft.findings:
                draft.findings.append(finding)
            return None
