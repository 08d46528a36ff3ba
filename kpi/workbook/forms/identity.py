"""
Whose table it is, for which months, to which day, in which unit.

A sheet may say so in several places: the hidden ``_meta`` sheet of our template, lines such as 填报单位 and 期间, the
title, the name of the sheet, the headings.  All of them are read and compared, for a copied sheet that still carries
last month's date is common.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpi.catalog.model import Catalog
from kpi.catalog.office import Office
from kpi.errors import RequestError
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.workbook.answer_mapping import AnswerMapping, answer_key
from kpi.workbook.dates import read_date
from kpi.workbook.forms.heading_times import TableTime
from kpi.workbook.forms.measure_names import label_unit
from kpi.workbook.forms.sheet_statements import Statement, line_statements, meta_statements, note_statements, note_texts, title_statements
from kpi.workbook.forms.stated_subject import About, about_names, about_notes, about_titles, day_of, days_within, filled_before, stated_month
from kpi.workbook.forms.table_notes import is_marked
from kpi.workbook.forms.table_subject import Hint, hinted, years_in
from kpi.workbook.forms.title_words import captions_of, is_template
from kpi.workbook.forms.whose_office import OfficeOf, office_in_names, office_of
from kpi.workbook.forms.whose_organisation import Whose, whose
from kpi.workbook.grid import CellKind, Sheet
from kpi.workbook.layout.labelled_lines import Label
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.time_cells import sheet_month
from kpi.workbook.layout.time_shorthand import written_out
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.money import stated_money
from kpi.workbook.report import Beside, Question, QuestionKind
from kpi.workbook.signs import clean
from kpi.workbook.units import is_money, scale_of

_TELL_MONTH = "在报表导入页选定月份"
_MONTHLY = re.compile(r"当月|本月|单月")
_CUMULATIVE = re.compile(r"累计|年初以来|年初至今")


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a table; None where it does not say and the sender did not say."""

    org: str | None
    office: str | None
    period: Month | None
    year: int | None
    stated: bool  # the period is asked for or written, not merely taken from headings
    running: bool  # the title says 1—11月, 截至 or 累计
    monthly: bool  # the title says 本月 or 当月
    as_of: date | None  # 数据截止日 of the whole table
    units: tuple[Statement, ...]  # 单位：万元 over the table
    captions: tuple[str, ...]  # what the title is about
    elsewhere: str  # what else than the month's results the title says it is about, empty where it does not
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]

    @property
    def time(self) -> TableTime:
        """What is known of its time."""
        return TableTime(self.period, self.year, self.stated, self.running, self.monthly)


@dataclass(frozen=True, slots=True)
class Request:
    """What the sender asks for: the office, month and organisation, the answers known, the names of the file."""

    office: str | None
    period: Month | None
    mapping: AnswerMapping
    org: str | None = None
    hints: tuple[str, ...] = ()  # the name of the file, then those of its folders, the nearest first


def identify(sheets: Sequence[Sheet], table: Table, catalog: Catalog, request: Request, owners: Counter[str]) -> Identity:
    """
    Whose table it is and for which month.

    Args:
        sheets: All sheets of the workbook, the hidden ``_meta`` among them.
        table: The table.
        catalog: Knows the offices.
        request: What the sender asks for.
        owners: How many of its rows belong to which office.

    Returns:
        What the sender asks for comes first, then ``_meta``, then what the sheet shows; where they differ there are findings.

    """
    return _Identifier(sheets, table, catalog, request).identity(owners)


class _Identifier:
    def __init__(self, sheets: Sequence[Sheet], table: Table, catalog: Catalog, request: Request) -> None:
        self._sheets, self._table, self._catalog, self._request = sheets, table, catalog, request
        self._meta = meta_statements(sheets)
        self._lines = line_statements(table)
        self._titles = list(title_statements(table, sheet_month(table.sheet.name, (sheet.name for sheet in sheets))))
        self._notes = list(note_statements(table))
        self._targets = any(column.heading.figure is Beside.TARGET for column in table.columns)
        self._elsewhere = ""
        self._office: Office | None = None
        self._hint: Hint | None = None
        self.findings: list[Finding] = []
        self.questions: list[Question] = []

    def identity(self, owners: Counter[str]) -> Identity:
        owner = self._owner(owners)
        self._office = self._catalog.offices.get(owner.office or "")
        self._hint = hinted(self._request.hints) if self._office and self._office.month_in_name else None
        period, year, stated = self._period()
        org = self._org(period)
        self._add_owner(owner)
        times = [find_months(written_out(line.text)) for line in (*self._shown(Label.PERIOD), *self._titles)]
        words = "".join(title.text for title in self._titles)
        running = any(months.running for months in times[:2]) or bool(_CUMULATIVE.search(words))
        monthly = bool(_MONTHLY.search(words)) and not running
        as_of = self._as_of(period.year if period else year, period)
        captions, elsewhere = captions_of(self._titles, self._catalog), self._elsewhere
        return Identity(
            org, owner.office, period, year, stated, running, monthly, as_of, self._units(), captions, elsewhere, tuple(self.findings), tuple(self.questions)
        )  # fmt: skip

    def _org(self, period: Month | None) -> str | None:
        statements, place = [*self._shown(Label.OFFICE), *self._titles], Place(self._table.sheet.name)
        owner = whose(self._catalog, self._request.org, self._meta.get("org"), statements, self._request.hints, place, [period] if period else [])
        self._add_owner(owner)
        return owner.org

    def _add_owner(self, owner: OfficeOf | Whose) -> None:
        self.findings += owner.findings
        self.questions += owner.questions

    def _owner(self, owners: Counter[str]) -> OfficeOf:
        request, meta = self._request, self._meta.get("office")
        owner = office_of(self._catalog, self._table, request.office, request.mapping, owners, meta=meta, lines=self._lines, titles=self._titles)
        named = office_in_names(self._catalog, request.hints, owners) if owner.office is None and not self._shown(Label.OFFICE) else None
        return OfficeOf(named.code) if named else owner

    def _period(self) -> tuple[Month | None, int | None, bool]:
        """The month, the year, and whether the month is asked for or written."""
        requested = self._request.period
        lines = [statement for statement in self._shown(Label.PERIOD) if statement.text]
        line = lines[0] if lines else None
        year = self._year()
        shown = stated_month(line, year) if line else None
        issued = _issued(self._meta.get("period"))
        titles = [(month, statement.place) for statement in self._titles if not is_marked(statement.text) and (month := stated_month(statement, year))]
        noted_month = next((month for statement in self._notes if (month := stated_month(statement, year))), None)
        headed = self._headed(year)
        chosen = requested or issued or shown or (titles[0][0] if titles else None) or noted_month or headed or self._named_month(year)
        if chosen is None:
            self._ask_period(line)
            return None, year, False
        if line and shown and shown != chosen:
            self.findings.append(_mismatch(Severity.BLOCK, line.place, shown.chinese, chosen, downloaded=not requested))
        elif issued and issued != chosen:
            seen = f"这是 {issued.chinese}的填报表，报送的是 {chosen.chinese}"
            severity = Severity.CHECK if shown else Severity.BLOCK  # somebody has put the month right by hand
            self.findings.append(Finding("period-mismatch", severity, Place(self._table.sheet.name), seen, f"请确认数据是 {chosen.chinese}的"))
        elif line and not shown and years_in(line.text) and chosen.year not in years_in(line.text):
            self.findings.append(_mismatch(Severity.BLOCK, line.place, line.text, chosen, downloaded=not requested and issued == chosen))
        differing = [(month, place) for month, place in titles if month != chosen]
        if differing:
            month, place = differing[0]
            self._elsewhere = "" if shown else month.chinese  # a line of its own for the month is surer than a title
            self.findings.append(_mismatch(Severity.CHECK, place, month.chinese, chosen, downloaded=not requested and issued == chosen))
        else:
            own = self._titles if any(finding.code == "period-mismatch" for finding in self.findings) else [*lines, *self._titles]
            own = [statement for statement in own if not is_template(statement, self._office, self._catalog)]
            self._add(about_titles(own, chosen, self._catalog, targets=self._targets))
        if not self._elsewhere:
            self._add(about_notes(self._notes, chosen, self._catalog, targets=self._targets))
        if not self._elsewhere:
            known = chosen in {shown, issued, noted_month, *(month for month, _ in titles)}
            self._add(about_names(self._request.hints, Place(self._table.sheet.name), chosen, known=known, targets=self._targets))
            self.findings += () if known else filled_before(self._shown(Label.FILLED), chosen)
        if not (self._shown(Label.AS_OF) or self._meta.get("period")):
            spans = [*lines, *(statement for statement in self._titles if not is_marked(statement.text))]
            self.findings += days_within(spans, self._shown(Label.FILLED), chosen)
        return chosen, chosen.year, bool(requested or issued or shown or titles or noted_month)

    def _add(self, about: About) -> None:
        self.findings += about.findings
        self._elsewhere = about.elsewhere

    def _year(self) -> int | None:
        """The year the sheet is about, from wherever it is written."""
        if self._request.period:
            return self._request.period.year
        own = [*self._shown(Label.PERIOD), *self._titles]
        years = [months.year for statement in own if (months := find_months(written_out(statement.text))).year]
        heads = {column.heading.months.year for column in self._table.columns if column.heading.months.year}
        if years or heads:
            return years[0] if years else max(heads)
        up_to = [int(match[1]) for statement in self._shown(Label.AS_OF) if (match := re.search(r"(20\d\d)", statement.text))]
        others = {find_months(sheet.name).year for sheet in self._sheets} - {None}
        if up_to or len(others) == 1:
            return up_to[0] if up_to else others.pop()
        return self._hint.year if self._hint else None

    def _headed(self, year: int | None) -> Month | None:
        """The one month all running headings end with."""
        ends = {
            (head.months.year or year, head.months.last)
            for column in self._table.columns
            if (head := column.heading).months.last and head.months.years_back != 1 and (head.months.running or head.months.single)
        }
        newest = max((own for own, _ in ends if own), default=None)
        ends = {(own, last) for own, last in ends if own == newest}
        if len(ends) != 1:
            return None
        [(own, last)] = ends
        return Month(own, last) if own and last else None

    def _named_month(self, year: int | None) -> Month | None:
        """The month that the name of the file or of a folder says, of an office whose sheets do not name theirs."""
        own = (self._hint.year or year) if self._hint else None
        return Month(own, self._hint.month) if self._hint and self._hint.month and own else None

    def _ask_period(self, line: Statement | None) -> None:
        place = line.place if line else Place(self._table.sheet.name)
        seen = f"期间「{line.text}」读不出月份" if line else "表上没有写是哪个月的数据"
        self.findings.append(Finding("unknown-period", Severity.BLOCK, place, seen, f"请在表头上方写明「期间：2023年11月」，或{_TELL_MONTH}"))
        candidates: list[tuple[str, float]] = []
        hint = hinted(self._request.hints)
        if hint and hint.month and (year := hint.year or self._year()):
            candidates = [(str(Month(year, hint.month)), 0.8)]
        for filled in self._shown(Label.FILLED):
            day = day_of(filled, self._year() or 0)
            if day is None:
                continue
            before, same = str(Month.of(day).plus(-1)), str(Month.of(day))
            filled_in = [(before, 0.7), (same, 0.3)] if day.day <= 20 else [(same, 0.7), (before, 0.3)]
            candidates += [pair for pair in filled_in if pair[0] not in dict(candidates)]
            break
        self.questions.append(
            Question(QuestionKind.PERIOD, place, line.text if line else "", tuple(candidates), self._table.layout, answer_key(QuestionKind.PERIOD))
        )

    def _as_of(self, year: int | None, period: Month | None) -> date | None:
        if year is None:
            return None
        for statement in self._shown(Label.AS_OF):
            if not statement.text:
                continue
            try:
                return date.fromisoformat(statement.text[:10]) if statement.kind is CellKind.DATE else read_date(statement.text, year)
            except ValueError as error:
                self.findings.append(Finding("bad-date", Severity.BLOCK, statement.place, f"数据截止日「{statement.text}」不是日期", str(error)))
                return None
        for statement in (*self._shown(Label.PERIOD), *self._titles):
            if (day := find_months(statement.text).as_of(year)) and (period is None or Month.of(day) == period):
                return day
        return None

    def _units(self) -> tuple[Statement, ...]:
        """The units that lines and titles of the table itself name, else the first line around it."""
        statements = self._shown(Label.UNIT)
        own = tuple(line for line in statements if self._table.above < int(re.sub(r"\D", "", line.place.cell or "") or 0) <= self._table.end)
        named = ((title, label_unit(title.text) or clean(title.text).strip("()")) for title in self._titles)
        titles = (Statement(unit, title.kind, title.place) for title, unit in named if is_unit(unit) and (is_money(unit) or scale_of(unit)))
        lines = (*(own or statements[:1]), *titles)
        read = {line.place for line in lines if any(map(is_money, re.split("[,，、;；/ ]", line.text)))}
        sheet = self._table.sheet
        notes = (
            Statement(text, CellKind.TEXT, Place(sheet.name, cell_name(row, column)))
            for row, column, text in note_texts(self._table)
            if not any(cell.kind is CellKind.NUMBER for cell in sheet.rows[row].values())  # the name of a row has its unit for itself
        )
        names = (Statement(hint, CellKind.TEXT, Place(sheet.name)) for hint in self._request.hints[:1])
        around = (*self._titles, *notes, *names)
        stated = (replace(text, text=unit) for text in around if text.place not in read for unit in stated_money(text.text))
        return (*lines, *stated)

    def _shown(self, label: Label) -> list[Statement]:
        return self._lines.get(label, [])


def _mismatch(severity: Severity, place: Place, shown: str, chosen: Month, *, downloaded: bool) -> Finding:
    """What is written against the month that was chosen: asked for by the sender, or, ``downloaded``, known from the form itself alone."""
    remedy = "请确认要报送的是哪个月：改正表上的期间后重新上传，或在报表导入页这份文件下的「改选」里另选月份"
    other = f"这份填报表是为 {chosen.chinese}下载的" if downloaded else f"报送的是 {chosen.chinese}"
    return Finding("period-mismatch", severity, place, f"表上写的是 {shown}，{other}", remedy)


def _issued(meta: Statement | None) -> Month | None:
    try:
        return Month.parse(meta.text[:7]) if meta else None  # re-saved, 2023-11 may have become a date
    except RequestError:
        return None
