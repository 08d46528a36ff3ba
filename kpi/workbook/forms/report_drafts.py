"""The reports of one table in the making: cell by cell, each into the report of its month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.value import Value
from kpi.workbook.answer_mapping import SKIP
from kpi.workbook.forms.cell_value import Fault, read_cell
from kpi.workbook.forms.column_questions import ColumnQuestions, head_place
from kpi.workbook.forms.comparison_cells import read_beside
from kpi.workbook.forms.figure_columns import Columns, Open, Slot, is_over_time, settled
from kpi.workbook.forms.identity import Identity, Request
from kpi.workbook.forms.measure_names import Names
from kpi.workbook.forms.wording_doubts import WordingDoubts
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.heading import Heading, Part, says_addition
from kpi.workbook.layout.period_sums import MONTHS, check_sum, open_sum
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.table_rows import Row, read_rows
from kpi.workbook.layout.unit_claims import claims, contradiction, kindred, units_in
from kpi.workbook.naming import unit_key
from kpi.workbook.report import Column, Question, QuestionKind, Reading, Report, ReportKey, Typed
from kpi.workbook.units import is_money, is_strange_money


@dataclass
class ReportDraft:
    """A report in the making."""

    cells: dict[tuple[str, Column], Reading] = field(default_factory=dict)
    typed: list[Typed] = field(default_factory=list)
    remarks: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Its cells in the order in which they were read."""
        return tuple(self.cells.values())

    @property
    def speaks(self) -> bool:
        """Whether it has a figure, or one that could not be read."""
        return any(reading.raw.strip() for reading in self.readings) or any(finding.severity is Severity.BLOCK for finding in self.findings)


class Reader:
    """What both ways of reading share."""

    def __init__(self, table: Table, catalog: Catalog, names: Names, request: Request, identity: Identity) -> None:
        self._table, self._catalog, self._names, self._request, self._identity = table, catalog, names, request, identity
        self._findings: list[Finding] = list(identity.findings)
        self._questions: list[Question] = list(identity.questions)
        self._drafts: dict[Month, ReportDraft] = {}
        self._rows: dict[int, Row] = {}
        self._column_questions = ColumnQuestions(table, names, identity, request.mapping, self._findings, self._questions)

    def read(self) -> dict[ReportKey, Report]:
        """The reports of the table."""
        raise NotImplementedError

    def _reports(self) -> dict[ReportKey, Report]:
        office, org = self._identity.office, self._identity.org
        drafts = {month: draft for month, draft in self._drafts.items() if len(self._drafts) == 1 or draft.speaks}
        if not drafts and self._identity.period:
            drafts = {self._identity.period: ReportDraft()}
        shared, questions = tuple(self._findings), tuple(self._questions)
        if office is None or not drafts:
            return {(office, self._identity.period, org): Report(office, self._identity.period, (), {}, shared, questions, org=org)}
        return {
            (office, month, org): Report(office, month, draft.readings, draft.remarks, (*shared, *draft.findings), questions, tuple(draft.typed), org=org)
            for month, draft in drafts.items()
        }

    def _settle(self, headings: Sequence[Heading], rows: Sequence[Heading], filled: Mapping[int, Heading]) -> Columns:
        """The columns, with the month that totals run to; a table over time needs no month of its own."""
        before = self._identity.time
        columns, time = settled(headings, rows, before, filled)
        self._identity = replace(self._identity, period=time.period)
        if is_over_time(Columns(headings, rows, before, filled.values()), before):
            self._findings[:] = [finding for finding in self._findings if finding.code != "unknown-period"]
            self._questions[:] = [question for question in self._questions if question.kind is not QuestionKind.PERIOD]
        elif self._identity.period:
            running = {heading.months.last: heading for heading in headings if heading.months.running and columns.of_this_year(heading)}
            if len(running) == 1 and self._identity.period.month not in running:
                self._running_elsewhere(next(iter(running.values())))
        return columns

    def _running_elsewhere(self, heading: Heading) -> None:
        running = (column for column in self._table.columns if column.heading.months.running and column.heading.months.last == heading.months.last)
        index = next((column.index for column in running), self._table.columns[0].index)  # of a row it is the row that says so
        place = Place(self._table.sheet.name, cell_name(self._table.bottom, index))
        period = self._identity.period
        seen = f"表头写的是 1—{heading.months.last} 月累计，报送的是 {period.chinese if period else ''}"
        self._findings.append(Finding("period-mismatch", Severity.CHECK, place, seen, "请核对累计数是否截至本期，并改正表头"))

    def _cell(self, measure: Measure, slot: Slot, row: int, column: int, unit: str, as_of: date | None = None) -> None:
        """One cell of figures into the report of its month."""
        draft = self._draft(slot.month)
        spread = self._table.spread
        if spread.anchor(row, column) != (row, column) or self._shared(row, column):
            if slot.beside is None:  # whose figure a merged cell holds nobody can tell
                self._merged(measure, draft, row, column)
            return
        cell, place = spread.cell(row, column), Place(self._table.sheet.name, cell_name(row, column))
        if slot.beside is not None:
            if typed := read_beside(cell, slot.beside, measure):
                draft.typed.append(Typed(measure.code, typed[0], slot.column, typed[1], place, cell.shown or cell.text))
            return
        if before := draft.cells.get((measure.code, slot.column)):
            if cell.text.strip() and before.raw.strip() and cell.text.strip() != before.raw.strip():
                seen = f"「{measure.name}」的{slot.column.chinese}在 {before.place.cell} 是「{before.raw}」，这里是「{cell.text}」"
                draft.findings.append(Finding("stated-twice", Severity.BLOCK, place, seen, "请只保留一处，或改正表头", measures=(measure.code,)))
            if before.raw.strip() or not cell.text.strip():
                return
            del draft.cells[measure.code, slot.column]
        unit = unit or self._common_unit(measure)
        stated = read_cell(cell, measure, complete=self._table.sheet.complete, unit=unit)
        twofold = self._contradiction(measure, row, column, unit, stated.value) if stated.value else None
        for fault in (*stated.faults, *((twofold,) if twofold else ())):
            draft.findings.append(Finding(fault.code, fault.severity, place, fault.seen, fault.remedy, measures=(measure.code,)))
        if stated.change is not None:
            draft.typed.append(Typed(measure.code, stated.change[0], slot.column, stated.change[1], place, cell.text))
        if stated.value is None:
            return
        day = slot.as_of or as_of or self._sheet_day(slot.month) or slot.month.last_day
        draft.cells[measure.code, slot.column] = Reading(measure.code, slot.column, stated.value, place, cell.text, day)

    def _adds(self, measure: Measure, slot: Slot, row: int, column: int, words: str, *, known: bool = False) -> bool:
        """
        Whether a cell holds what came to a stock or left it, which is no level and is not read.

        Args:
            measure: Its measure.
            slot: What it would hold of a flow.
            row: Its row.
            column: Its column.
            words: What stands over it and before it: 本月新增.
            known: Whether the level itself stands in another column.

        """
        text = self._table.spread.cell(row, column).text
        own = any(map(says_addition, (measure.name, *measure.aliases)))
        if slot.beside is not None or measure.kind is MeasureKind.FLOW or own or not text.strip() or not says_addition(words):
            return False
        seen = f"「{measure.name}」是截至某一天的数，「{words}」说的是一段时间里增加或减少的数，这里的「{text}」没有读取"
        remedy = "请在本年累计一格填写截至数据截止日的数；这就是截至那天的数的，请改正表头"
        finding = Finding(
            "addition-of-stock",
            Severity.HINT if known else Severity.CHECK,
            Place(self._table.sheet.name, cell_name(row, column)),
            seen,
            remedy,
            measures=(measure.code,),
        )
        self._draft(slot.month).findings.append(finding)
        return True

    def _sheet_day(self, month: Month) -> date | None:
        day = self._identity.as_of
        return day if day and (month == self._identity.period or Month.of(day) == month) else None

    def _common_unit(self, measure: Measure) -> str:
        """The unit over the table where it is the measure's but for a power of ten; of several units that of the measure's kind."""
        statements = self._identity.units
        units = [unit for line in statements for unit in units_in(line.text)]
        kin = kindred(units, measure.unit)
        strange = next((line for line in statements if is_money(measure.unit) and any(map(is_strange_money, units_in(line.text)))), None)
        if kin and not strange:
            return "" if unit_key(measure.unit) in kin else kin[0]
        if strange or (len(units) == 1 and not is_money(units[0]) and not is_money(measure.unit) and "%" not in (units[0], measure.unit)):
            line, read = strange or statements[0], kin[0] if kin else measure.unit
            seen = f"表上写的单位是「{line.text}」，「{measure.name}」按「{read}」读取"
            self._note(Finding("unit-differs", Severity.CHECK, line.place, seen, "请核对单位", measures=(measure.code,)))
        return kin[0] if kin and unit_key(measure.unit) not in kin else ""

    def _contradiction(self, measure: Measure, row: int, column: int, unit: str, value: Value) -> Fault | None:
        """The fault that the sheet names two units for a figure, a power of ten apart."""
        self._rows = self._rows or {known.index: known for known in read_rows(self._table, self._names)}
        unit_claims = claims(self._table, self._rows.get(row), self._table.head(column), self._identity.units, measure.unit)
        return contradiction(unit_claims, unit or measure.unit, measure.name, value, measure.unit)

    def _about_words(self, rows: Sequence[tuple[Row, str]]) -> None:
        """The words that speak against the way the figures were read, each once; the rows go with the codes of their measures."""
        readings = [reading for draft in self._drafts.values() for reading in draft.readings]
        answers, own_names = self._column_questions.answers, self._own_names()
        for finding in WordingDoubts(self._table, self._names, self._identity, self._request.mapping, answers, own_names, rows, readings).findings():
            self._note(finding)

    def _ask_open(self, column: ColumnHead, slot: Open) -> None:
        """Ask about a column that may hold this or that figure."""
        period, words = self._identity.period, "/".join(column.levels)
        if slot.parts and period and column.index not in self._column_questions.asked:
            answer = "在报表导入页说明这一列是本年累计（以后不再问）"
            finding = open_sum(f"「{words}」一列", head_place(self._table, column), slot.parts, period, answer)
            self._draft(period).findings.append(finding)
            self._column_questions.add(column, slot.candidates)
            return
        other = f"表头「{words}」说的不是 {period.chinese if period else '本期'}，这一列没有读取"
        self._column_questions.ask(column, slot.candidates, blocks=True, seen=other if slot.other else "")

    def _draft(self, month: Month) -> ReportDraft:
        """The report of a month, begun where there is none yet."""
        return self._drafts.setdefault(month, ReportDraft())

    def _own_names(self) -> tuple[str, ...]:
        """The names of the bureau, the organisation and the office whose figures they are."""
        office, org = self._catalog.offices.get(self._identity.office or ""), self._catalog.orgs.get(self._identity.org or "")
        return (self._catalog.bureau, *(name for body in (office, org) if body for name in (body.name, *body.aliases)))

    def _note(self, finding: Finding) -> None:
        """One finding about the whole table, once."""
        if finding not in self._findings:
            self._findings.append(finding)

    def _shared(self, row: int, column: int) -> bool:
        """Whether a cell is merged over several columns of figures, or over rows with labels of their own."""
        spread = self._table.spread
        bottom, right = spread.end(row, column)
        if right > column and any(column < other.index <= right for other in self._table.figures):
            return True
        return any(
            spread.anchor(below, label)[0] == below
            for below in range(row + 1, bottom + 1)
            for label in self._table.labels[-1:]
            if spread.cell(below, label).text.strip()
        )

    def _merged(self, measure: Measure, draft: ReportDraft, row: int, column: int) -> None:
        place = Place(self._table.sheet.name, cell_name(*self._table.spread.anchor(row, column)))
        seen = f"「{measure.name}」的数与别的行或列合并在一格里，分不清各是多少，没有读取"
        draft.findings.append(Finding("merged-figure", Severity.CHECK, place, seen, "请取消合并后分别填写", measures=(measure.code,)))

    def _about_sum(self, measure: Measure, month: Month, at: tuple[int, int], runs: Sequence[Sequence[tuple[int, int]]], what: str) -> None:
        """A 合计 that is not the sum of what stands beside it; stocks add up over stations, not over months."""
        kinds = (MeasureKind.FLOW,) if what == MONTHS else (MeasureKind.FLOW, MeasureKind.STOCK)
        if measure.kind in kinds and (finding := check_sum(self._table, measure, at, runs, what)):
            self._draft(month).findings.append(finding)

    def _only_last_year(self) -> None:
        """Ask what a column of last year is where nothing else was read: this year's figures may stand there by mistake."""
        figures = [reading for draft in self._drafts.values() for reading in draft.readings if reading.raw.strip()]
        if not figures or any(reading.column is not Column.PRIOR for reading in figures):
            return
        for column in self._table.columns:
            cells = {cell_name(row, column.index) for row in self._table.rows()}
            if (
                column.heading.months.year is None
                or self._column_questions.answer(column) is not None
                or not any(reading.place.cell in cells for reading in figures)
            ):
                continue
            for draft in self._drafts.values():
                draft.cells = {key: reading for key, reading in draft.cells.items() if reading.place.cell not in cells}
            seen = f"表里没有本期的数，只有「{'/'.join(column.levels)}」一列有数，没有读取"
            self._column_questions.ask(column, ((Column.PRIOR.value, 0.5), (SKIP, 0.3), (Column.YTD.value, 0.2)), blocks=True, seen=seen)

    def _other_times(self, times: Mapping[int, Heading], columns: Columns) -> None:
        """The rows that are about another month or year, in one sentence; when all are, nothing of this month was reported."""
        others = [row for row, heading in times.items() if columns.another_time(heading)]
        period = self._identity.period
        if not others or period is None:
            return
        words = list(dict.fromkeys(times[row].text for row in others))
        seen = f"「{'」「'.join(words[:3])}」{'等' if len(words) > 3 else ''}各行不是 {period.chinese}的数，没有读取"
        place = Place(self._table.sheet.name, cell_name(others[0], self._table.parts.get(Part.PERIOD, self._table.columns[0].index)))
        if any(columns.of_the_month(heading) for heading in times.values()):
            self._note(Finding("row-not-read", Severity.HINT, place, seen, "如需报送，请单独上传那个月的报表"))
        else:
            self._note(Finding("period-mismatch", Severity.CHECK, place, seen, "请核对所选月份，或补上本期的一行"))
