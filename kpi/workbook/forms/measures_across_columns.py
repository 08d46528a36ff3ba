"""Tables whose measures stand over the columns; the rows are months, figures, offices, or a single line."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpi.catalog.measure import Measure, MeasureKind, UnstatedFigure
from kpi.finding import Finding, Severity
from kpi.place import Place
from kpi.workbook.answer_mapping import OWN, SKIP, answer_key
from kpi.workbook.forms.figure_columns import Columns, Open, Slot
from kpi.workbook.forms.measure_names import Names, among, label_key
from kpi.workbook.forms.own_lines import LineRole, OwnLines
from kpi.workbook.forms.question_excerpt import row_figures
from kpi.workbook.forms.report_drafts import Reader
from kpi.workbook.forms.row_matching import place_of
from kpi.workbook.forms.table_subject import is_no_amount
from kpi.workbook.grid import CellKind
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.heading import Heading, read_heading
from kpi.workbook.layout.period_sums import MONTHS, SummedPeriods, open_sum, summed
from kpi.workbook.layout.table_rows import Row, is_total, of_year, read_rows, row_times, row_years
from kpi.workbook.number import is_number
from kpi.workbook.report import Column, Question, QuestionKind, Report, ReportKey

_TELL_LINE = "请在报表导入页说明这一行是不是本科室的数（以后不再问），或把本科室的一行写成 合计 再上传"
_LINES = 2  # rows of stations that have a sum, at least


def measure_of(column: ColumnHead, names: Names, office: str | None) -> tuple[Measure, Heading] | None:
    """The measure a heading names, and what its other words say of the figure."""

    def certain(named: list[Measure]) -> Measure | None:
        named = [measure for measure in named if measure.office == office] or named
        return named[0] if len({measure.code for measure in named}) == 1 else None

    levels = () if column.doubtful else column.levels
    for at in range(len(levels) - 1, -1, -1):
        others = levels[:at] + levels[at + 1 :]
        for above in range(at - 1, -1, -1):
            if measure := certain(names.under(levels[above], levels[at])):
                rest = tuple(text for i, text in enumerate(levels) if i not in (at, above))
                return measure, read_heading(*rest) if rest else Heading("")
        if measure := certain(names.named(levels[at])):
            heading = read_heading(*others) if others else Heading("")
            return measure, replace(heading, rest="") if heading.says_figure else Heading("")
    if levels and column.heading.rest and (measure := certain(names.named(column.heading.rest))):
        return measure, replace(column.heading, rest="")
    return None


def _months(heading: Heading, before: Heading) -> bool:
    """Whether the words over a cell or before it name a month."""
    return heading.months.last is not None or before.months.last is not None


def _of_table(named: Mapping[int, tuple[Measure, Heading]]) -> list[Heading]:
    """The headings over the columns, an amount that each measure has once only once: 完成数 under 新增就业 and under 再就业 are no two figures."""
    amounts = Counter((measure.code, heading.amount) for measure, heading in named.values() if _is_amount(heading))
    each_once = max(amounts.values(), default=0) <= 1
    plain = next((heading for _, heading in named.values() if _is_amount(heading)), None)
    return [heading for _, heading in named.values() if not each_once or not _is_amount(heading) or heading is plain]


def _is_amount(heading: Heading) -> bool:
    return heading.amount and heading.figure is None and heading.months.last is None and heading.months.year is None


class Across(Reader):
    """Measures over the columns; the rows are months, figures, or a single line."""

    def read(self) -> dict[ReportKey, Report]:
        table, office = self._table, self._identity.office
        named = {column.index: pair for column in table.columns if column.heading.part is None and (pair := measure_of(column, self._names, office))}
        named |= self._answered_columns(named)
        rows = list(read_rows(table, self._names))
        spans = {row.index: self._row_heading(row) for row in rows}
        headings = _of_table(named)
        filled = {row.index: spans[row.index] for row in rows if any(table.spread.cell(row.index, index).text.strip() not in ("", "0") for index in named)}
        columns = self._settle(headings, [heading for heading in spans.values() if heading.understood], filled)
        if office is None or self._identity.period is None:
            return self._reports()
        if sum(measure.office != office for measure, _ in named.values()) * 2 > len(named):
            owner = Counter(measure.office for measure, _ in named.values()).most_common(1)[0][0]
            name = self._catalog.offices[owner].name
            if not any(finding.code == "wrong-office" for finding in self._findings):
                seen = f"表中的数据项大多属于{name}"
                self._findings.append(Finding("wrong-office", Severity.BLOCK, Place(table.sheet.name), seen, f"请改选{name}，或上传本科室的报表"))
            return self._reports()
        self._other_columns(named, rows)
        lines = OwnLines(table, self._catalog, self._identity, self._request.mapping, rows, spans, columns)
        own = self._own_rows(lines, named)
        ours = [row for row in own if columns.of_the_month(spans[row.index])]
        self._about_words([(row, measure.code) for row in ours for measure, _ in named.values() if measure.office == office])
        for row in sorted(own, key=lambda row: columns.years_back(spans[row.index]) != 0):  # this year's figures are asked about first
            for column in table.columns:
                if column.index in named and named[column.index][0].office == office:
                    self._figure(row, column, *named[column.index], spans[row.index], columns)
        self._about_sums(named, [row for row in rows if row.filled], spans, columns)
        self._only_last_year()
        self._other_times({row.index: spans[row.index] for row in rows if row.filled and spans[row.index].understood}, columns)
        return self._reports()

    def _answered_columns(self, named: Mapping[int, object]) -> dict[int, tuple[Measure, Heading]]:
        """The columns of which somebody has said which measure they are about."""
        answered: dict[int, tuple[Measure, Heading]] = {}
        for column in self._table.columns if self._identity.office else ():
            answer = self._column_questions.answer(column, QuestionKind.HEADING) if column.heading.part is None and column.index not in named else None
            if answer in self._names.codes:
                heading = replace(column.heading, rest="") if column.heading.says_figure else Heading("")
                answered[column.index] = (self._names.codes[answer], heading)
        return answered

    def _figure(self, row: Row, column: ColumnHead, measure: Measure, heading: Heading, before: Heading, columns: Columns) -> None:
        answer = self._column_questions.answer(column)
        if answer == SKIP:
            return
        time = before if before.understood else Heading("")  # 质量科 says no figure, though there is a 量 in it
        plain = heading if heading.says_figure else Heading("", amount=not time.says_figure)
        slot = columns.answered(answer, heading, time) if answer else columns.slot(plain, time)
        if isinstance(slot, Open):
            slot = slot.unstated(measure.unstated, self._identity.period) or slot
        if isinstance(slot, Open) and slot.parts:
            if measure.kind in (MeasureKind.STOCK, MeasureKind.STANDARD) or not self._sum_answered(row, before.text, slot.parts):
                return
            slot = Slot(self._identity.period, Column.YTD) if self._identity.period else None
        if isinstance(slot, Open):
            if measure.kind in (MeasureKind.FLOW, MeasureKind.RATE) or slot.other:
                if self._table.spread.cell(row.index, column.index).kind is not CellKind.EMPTY:
                    self._ask_open(column, slot)
                return
            period = self._identity.period
            earlier = any(columns.years_back(named_time) for named_time in (plain, time))
            slot = Slot(period, Column.PRIOR if earlier else Column.YTD) if period else None
        if measure.kind in (MeasureKind.STOCK, MeasureKind.STANDARD) and columns.over_time and slot and slot.beside is None and not _months(heading, before):
            return  # the sum or last of a column of stocks is not one more figure
        if slot is None or self._adds(measure, slot, row.index, column.index, heading.text + before.text):
            return
        if slot.column is Column.MONTH and slot.beside is None and measure.kind is not MeasureKind.FLOW:
            if measure.kind is MeasureKind.RATE and measure.unstated is not UnstatedFigure.MONTH:
                self._column_questions.ask(column, (("ytd", 0.5), (SKIP, 0.5)), blocks=True)
                return
            slot = slot if measure.kind is MeasureKind.RATE else replace(slot, column=Column.YTD)
        self._cell(measure, slot, row.index, column.index, heading.unit or column.heading.unit)

    def _sum_answered(self, row: Row, words: str, parts: SummedPeriods) -> bool:
        """Whether somebody has said that a sum over months that stop before that of the report runs to it; asked where nobody has said anything."""
        key, period = answer_key(QuestionKind.LINE, self._identity.office or "", words), self._identity.period
        answer = self._request.mapping.answer(self._table.layout, key)
        if answer is None and period and not any(question.key == key for question in self._questions):
            place = place_of(self._table, row)
            finding = open_sum(f"「{words}」一行", place, parts, period, "在报表导入页把这一行说明为「本科室的数」（以后不再问）")
            self._draft(period).findings.append(finding)
            likely, figures = ((OWN, 0.5), (SKIP, 0.5)), row_figures(self._table, row.index)
            self._questions.append(Question(QuestionKind.LINE, place, words, likely, self._table.layout, key, figures))
        return answer == OWN

    def _about_sums(self, named: Mapping[int, tuple[Measure, Heading]], rows: Sequence[Row], spans: Mapping[int, Heading], columns: Columns) -> None:
        """Rows 合计 and 累计 that are not the sum of the months over them."""
        parts, year = columns.parts, self._identity.period
        if not parts or not year or parts.lack(year.month):
            return
        months = [row.index for row in rows if spans[row.index] in parts and columns.years_back(spans[row.index]) == 0]
        sums = [row.index for row in rows if parts.is_sum(spans[row.index])]
        for at in sums:
            added = summed(at, months, sums)
            for index, (measure, heading) in named.items():
                if measure.office == self._identity.office and heading.figure in (None, Column.MONTH):
                    self._about_sum(measure, year, (at, index), [[(row, index) for row in run] for run in added], MONTHS)

    def _about_lines(self, total: Row, lines: Sequence[Row], named: Mapping[int, tuple[Measure, Heading]]) -> None:
        """A row 合计 that is not the sum of the rows of stations or kinds beside it."""
        period = self._identity.period
        if period is None or len(lines) < _LINES or any(row.explicit or among(row.name) or is_no_amount(row.name) for row in lines):
            return
        for index, (measure, _) in named.items():
            if measure.office == self._identity.office and self._column_questions.answer(self._table.head(index)) != SKIP:
                self._about_sum(measure, period, (total.index, index), [[(row.index, index) for row in lines]], "各行")

    def _row_heading(self, row: Row) -> Heading:
        """What the words before a row say of the time or kind of its figures; its name is no part of that when it says whose they are."""
        time = row_times(self._table).get(row.index, "")
        dated = bool(time) or read_heading(row.name).months.years_back == 0  # 本年累计 under 2022年 is asked about
        groups = {text: read_heading(text) for text in row.groups if not is_total(label_key(text))}
        over = [text for text, group in groups.items() if group.understood and not (dated and group.whole)]
        year = "" if any(read_heading(text).whole for text in over) else row_years(self._table).get(row.index, "")
        name = time if time and time == row.name else of_year(row.name, year)
        words = [*over, time] if time and time != name else over
        named = read_heading(name) if name else Heading("")
        if not words:
            return named
        return read_heading(*words, name) if named.understood else read_heading(*words)

    def _own_rows(self, lines: OwnLines, named: Mapping[int, tuple[Measure, Heading]]) -> list[Row]:
        """The rows that are the office's own figures, and findings about the others."""
        roles = list(lines.roles(self._own_names()))
        if summed_lines := lines.summed():
            self._about_lines(*summed_lines, named)
        for row, role in roles:
            match role:
                case LineRole.TOTAL:
                    self._total(row)
                case LineRole.OTHER_PLACE:
                    self._total(row, row.groups)
                case LineRole.UNKNOWN:
                    self._unknown(row, lines.key(row))
        return [row for row, role in roles if role is LineRole.OWN]

    def _total(self, row: Row, over: Sequence[str] = ()) -> None:
        seen = f"「{'/'.join((*over, row.name or '无名称'))}」一行是合计或明细，没有读取"
        self._findings.append(Finding("total-row", Severity.HINT, place_of(self._table, row), seen, "如需报送，请写成本科室的一行"))

    def _unknown(self, row: Row, key: str) -> None:
        if any(question.key == key for question in self._questions):
            return  # one of several rows of the same name
        place = place_of(self._table, row)
        words = f"「{row.name}」一行" if row.name else "这一行没有写名称，"
        seen = f"分不清{words}是不是本科室的数，没有读取"
        self._findings.append(Finding("unknown-row", Severity.CHECK, place, seen, _TELL_LINE))
        likely, figures = ((OWN, 0.5), (SKIP, 0.5)), row_figures(self._table, row.index)
        self._questions.append(Question(QuestionKind.LINE, place, row.name, likely, self._table.layout, key, figures))

    def _other_columns(self, named: Mapping[int, object], rows: Sequence[Row]) -> None:
        """Columns with figures that name no measure of ours."""
        for column in self._table.figures:
            if column.index in named or column.index in self._table.labels or self._column_questions.answer(column, QuestionKind.HEADING) == SKIP:
                continue
            cells = [self._table.spread.cell(row.index, column.index) for row in rows]
            if any(map(is_number, cells)):
                likely = self._names.like(["".join(column.levels), *column.levels[-1:]], self._identity.office)
                self._column_questions.ask(column, likely, QuestionKind.HEADING, blocks=False)
