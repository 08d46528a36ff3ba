"""What can be asked of the open database: plain SQL through two doors, and the questions every caller has."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb

from kpi.catalog.organisation import BUREAU
from kpi.compute.parts import Parts
from kpi.errors import StoreError
from kpi.finding import Finding
from kpi.period import Month, months
from kpi.place import Place
from kpi.store.answer import Answer, in_force, mapping_of
from kpi.store.decision import Decision, lock_in_force
from kpi.store.demonstration import Demonstration
from kpi.store.earlier_figures import Background, CellOnFile, EarlierFigure, FiledCell
from kpi.store.edition import Edition
from kpi.store.follow_up import FollowUp
from kpi.store.follow_up_entry import FollowUpEntry
from kpi.store.follow_up_rows import entry_of, follow_up_of, note_of
from kpi.store.meeting_note import MeetingNote
from kpi.store.row_values import answer_of, as_written, decision_of, edition_of, finding_of, kept_columns, stated_of, submission_of, value_of
from kpi.store.speaking_sql import cells_on_file, source_cells, stated_figures
from kpi.store.statements import parsed, statement
from kpi.store.submission import SheetDate, Stated, Submission, SubmissionKey
from kpi.value import Qualifier, State, Value
from kpi.workbook.answer_mapping import AnswerMapping
from kpi.workbook.report import Column, Report

_OUR_FAULT = (duckdb.ProgrammingError, duckdb.DataError)  # a query that is wrong is not a database that is broken


class Records:
    """The reading half of the store; every call has a cursor of its own, so any thread may ask."""

    _connection: duckdb.DuckDBPyConnection

    def rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """
        The rows of a query; decimals come as `Decimal`, dates as `date`, absent values as None.

        Args:
            sql: One statement with ``$name`` for each parameter.
            parameters: Their values; a list for ``unnest($name::varchar[])``.

        Raises:
            StoreError: The database cannot be read.

        """
        try:
            with self._cursor() as cursor:
                return cursor.execute(parsed(sql), dict(parameters or {})).fetchall()
        except _OUR_FAULT:
            raise
        except duckdb.Error as error:
            raise StoreError(f"数据库读取失败（{str(error).splitlines()[0]}）；请重新启动看板，仍不行时运行 python -m kpi rebuild。") from None

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own for one question."""
        return self._connection.cursor()

    def submissions(self, period: Month | None = None, office: str | None = None, org: str | None = None) -> list[Submission]:
        """Every submission in log order, superseded and withdrawn ones included; of one month, office or organisation where asked."""
        return self._submissions(periods=[period] if period else None, office=office, orgs=[org] if org else None)

    def submission(self, seq: int) -> Submission | None:
        """The submission with a number of the log; None when the number is not that of one."""
        return next(iter(self._submissions(seq=seq)), None)

    def current_submissions(self, period: Month | None = None, office: str | None = None, org: str | None = None) -> list[Submission]:
        """The submissions that count, in log order; of one month, office or organisation where asked."""
        return self._submissions(periods=[period] if period else None, office=office, orgs=[org] if org else None, current=True)

    def current_among(self, orgs: Collection[str], periods: Collection[Month]) -> list[Submission]:
        """The submissions of some organisations and months that count, in log order."""
        return self._submissions(periods=periods, orgs=orgs, current=True)

    def counting(self, orgs: Collection[str], offices: Collection[str]) -> list[tuple[str, str, Month, str, int]]:
        """Organisation, office, month, template and number of each submission of some organisations and offices that counts."""
        rows = self.rows(statement("counting"), {"orgs": list(orgs), "offices": list(offices)})
        return [(org, office, Month.of(day), template, seq) for org, office, day, template, seq in rows]

    def standing(self, keys: Collection[SubmissionKey]) -> list[Submission]:
        """The submissions that count under some keys."""
        asked = {
            "orgs": [org for org, _, _, _ in keys],
            "offices": [office for _, office, _, _ in keys],
            "periods": [period.first_day for _, _, period, _ in keys],
            "templates": [template for *_, template in keys],
        }
        return self._with_findings(self.rows(statement("standing"), asked))

    def decisions(self, period: Month | None = None) -> list[Decision]:
        """Every withdrawal, lock and unlock in log order; of one month where asked."""
        return [decision_of(row) for row in self.rows(statement("decisions"), {"period": period.first_day if period else None})]

    def editions(self, period: Month | None = None) -> list[Edition]:
        """Every edition in log order; of one month where asked."""
        return [edition_of(row) for row in self.rows(statement("editions"), {"period": period.first_day if period else None})]

    def follow_ups(self, number: int | None = None) -> list[FollowUp]:
        """Every follow-up as it was opened, in log order; the one with a number where asked."""
        return [follow_up_of(row) for row in self.rows(statement("follow_ups"), {"number": number})]

    def follow_up_entries(self, number: int | None = None) -> list[FollowUpEntry]:
        """All that happened to follow-ups, in log order; to one where asked."""
        return [entry_of(row) for row in self.rows(statement("follow_up_entries"), {"number": number})]

    def meeting_notes(self, period: Month | None = None) -> list[MeetingNote]:
        """Every meeting note in log order; of one month where asked."""
        return [note_of(row) for row in self.rows(statement("meeting_notes"), {"period": period.first_day if period else None})]

    def sheet_dates(self, orgs: Collection[str], offices: Collection[str], first: Month, last: Month) -> list[SheetDate]:
        """When the sheets of some organisations and offices for the months from first to last came in or were taken back, the earliest first."""
        rows = self.rows(statement("sheet_dates"), {"orgs": list(orgs), "offices": list(offices), "first": first.first_day, "last": last.first_day})
        return [SheetDate(org, office, Month.of(day), moment) for org, office, day, moment in rows]

    def locked(self, office: str, period: Month, org: str = BUREAU) -> Decision | None:
        """The lock that keeps an office's month from changing; None while it is open."""
        return lock_in_force(self.decisions(period), office, period, org)

    def current(self, office: str, period: Month, template: str | None = None, org: str = BUREAU) -> Submission | None:
        """The submission that counts for an office and month, of one template or the latest of any; None when there is none."""
        counting = self._submissions(periods=[period], office=office, template=template, orgs=[org], current=True)
        return counting[-1] if counting else None

    def months(self) -> tuple[Month, Month] | None:
        """The first and the last month that holds a submission that counts; None as long as there is none."""
        [(first, last)] = self.rows(statement("months_in_force"))
        return (Month.of(first), Month.of(last)) if first else None

    def entered(self) -> tuple[datetime, datetime] | None:
        """When the first and the last entry of the log were made; None as long as there is none."""
        [(first, last)] = self.rows(statement("log_times"))
        return (first, last) if first else None

    def reported_codes(self) -> frozenset[tuple[str, str]]:
        """By noun (measure, office, org, ledger) the codes that stored submissions name, superseded and withdrawn ones too."""
        return frozenset(self.rows(statement("reported_codes")))

    def demonstration(self) -> Demonstration:
        """How many submissions are of the demonstration and how many are not, whether they count or not."""
        [counts] = self.rows(statement("demonstration"))
        return Demonstration(*counts)

    def in_force(self, first: Month, last: Month) -> set[tuple[int, str]]:
        """Number and organisation of each submission for the months from first to last that counts."""
        asked = {"first": first.first_day, "last": last.first_day}
        return set(self.rows(statement("in_force"), asked))

    def stated(self, office: str, period: Month, org: str = BUREAU) -> dict[tuple[str, Column], Value]:
        """What an office states for a month, by measure and column, blank cells as 未报; what a new report is compared with."""
        rows = self.rows(stated_figures(), {"org": org, "office": office, "period": period.first_day})
        return {(measure, Column(header)): value_of(*value) for measure, header, *value in rows}

    def counterparts(self, office: str, period: Month, template: str, org: str = BUREAU) -> dict[tuple[str, Column], tuple[Value, str, Place]]:
        """The numbers that an office states for a month elsewhere than in a template, each with its file and cell."""
        rows = self.rows(statement("counterparts"), {"org": org, "office": office, "period": period.first_day, "template": template})
        return {
            (measure, Column(header)): (value_of(number, State.NUMBER if number else State.ZERO, decimals, qualifier), file, Place(sheet, cell))
            for measure, header, number, decimals, qualifier, file, sheet, cell in rows
        }

    def alike(self, org: str, office: str, period: Month, template: str, numbers: Mapping[tuple[str, Column], Decimal]) -> list[Submission]:
        """The submissions of other organisations than one that state exactly some numbers for a month, by measure and column."""
        asked = {"measures": [code for code, _ in numbers], "headers": [column.value for _, column in numbers], "amounts": list(numbers.values())}
        rows = self.rows(statement("alike"), {"org": org, "office": office, "period": period.first_day, "template": template, **asked})
        return [submission for (seq,) in rows if (submission := self.submission(seq))]

    def stated_in(self, seq: int) -> dict[tuple[str, Column], Value]:
        """What one submission states, by measure and column, whether it counts or not."""
        rows = self.rows(statement("stated_in"), {"seq": seq})
        return {(measure, Column(header)): value_of(*value) for measure, header, *value in rows}

    def remarks(self, seq: int) -> dict[str, str]:
        """The remarks (备注) of one submission, by measure."""
        return dict(self.rows(statement("remark_texts"), {"seq": seq}))

    def says(self, seq: int, report: Report) -> bool:
        """Whether a submission holds exactly what was read from a report: the same figures from the same cells, the same remarks."""
        return self.holds(seq, {(r.measure, r.column.value): kept_columns(r) for r in report.readings}, report.remarks)

    def holds(self, seq: int, cells: Mapping[tuple[str, str], tuple[object, ...]], remarks: Mapping[str, str]) -> bool:
        """Whether a submission holds exactly these figures, by measure and header, and these remarks."""
        stored = {row[:2]: row[2:] for row in self.rows(statement("written_in"), {"seq": seq})}
        return stored == cells and self.remarks(seq) == remarks

    def answers(self) -> list[Answer]:
        """Every answer to a question about a layout, and every undoing, in log order."""
        return [answer_of(row) for row in self.rows(statement("answers"))]

    def answers_in_force(self) -> list[Answer]:
        """The answers that hold, in log order."""
        return in_force(self.answers())

    def mapping(self) -> AnswerMapping:
        """The answers that hold, as a reader looks them up."""
        return mapping_of(self.answers())

    def background(self, period: Month, org: str = BUREAU) -> Background:
        """The cumulative figures of all offices of an organisation that a report of a month is checked against, without their history."""
        asked = (period, period.plus(-1), period.plus(-12))
        known: dict[Month, dict[str, EarlierFigure]] = {month: {} for month in asked}
        for month, measure, figure in self._known(asked, org):
            known[month][measure] = figure
        present, previous, last_year = known.values()
        return Background(present, previous, last_year)

    def gapped(self, period: Month, org: str = BUREAU) -> set[str]:
        """The measures whose cumulative at a month, or a year before it, lacks months."""
        asked = {"org": org, "periods": [period.first_day, period.plus(-12).first_day]}
        return {measure for (measure,) in self.rows(statement("gapped"), asked)}

    def month_unknown(self, org: str, measures: Sequence[str], periods: Sequence[Month]) -> bool:
        """Whether any of the flows among some measures of an organisation has no figure of its own in any of the months."""
        asked = {"org": org, "measures": list(measures), "periods": [month.first_day for month in periods]}
        [(unknown,)] = self.rows(statement("month_unknown"), asked)
        return bool(unknown)

    def history(self, offices: Collection[str], first: Month, last: Month, org: str = BUREAU) -> dict[str, dict[Month, EarlierFigure]]:
        """What some offices reported in the months from first to last, by measure and ascending month."""
        known: dict[str, dict[Month, EarlierFigure]] = {}
        for month, measure, figure in self._known(months(first, last), org, offices):
            known.setdefault(measure, {})[month] = figure
        return known

    def _known(self, asked: Iterable[Month], org: str, offices: Collection[str] | None = None) -> Iterator[tuple[Month, str, EarlierFigure]]:
        parameters = {"periods": [month.first_day for month in asked], "org": org, "offices": None if offices is None else list(offices)}
        for day, measure, ytd, state, decimals, as_of, month, qualifier in self.rows(statement("background"), parameters):
            numbers = (None if number is None else as_written(number, decimals) for number in (ytd, month))
            yield Month.of(day), measure, EarlierFigure(next(numbers), State(state), as_of, next(numbers), Qualifier(qualifier))

    def sources(self, measures: Sequence[str], period: Month, first: Month | None = None, org: str = BUREAU) -> list[Stated]:
        """
        The cells behind an organisation's figures of some measures in a month, or in the months from ``first`` to it.

        Returns:
            In the order of ``measures``, then by month, then 本月数, 本年累计, 上年同期累计; blank cells are included,
            superseded and withdrawn submissions are not.

        """
        span = {"first": (first or period).first_day, "last": period.first_day}
        return [stated_of(row) for row in self.rows(source_cells(), {"org": org, "measures": list(measures), **span})]

    def filed_cells(self, measures: Sequence[str], first: Month, last: Month, org: str) -> list[FiledCell]:
        """The cells of an organisation that count, of some measures and the months from first to last, by measure and month; blank ones too."""
        rows = self.rows(cells_on_file(), {"org": org, "measures": list(measures), "first": first.first_day, "last": last.first_day})
        return [
            (measure, Column(header), Month.of(day), CellOnFile(value_of(number, state, decimals, qualifier), as_of, file, Place(sheet, cell), seq))
            for measure, header, day, number, state, decimals, qualifier, as_of, file, sheet, cell, seq in rows
        ]

    def calendar(self) -> tuple[Month, ...]:
        """Every month that has figures, ascending: from January of the first reported year to the last reported month."""
        return tuple(Month.of(day) for (day,) in self.rows(statement("calendar")))

    def kept_parts(self, org: str, first: Month, last: Month, indicators: Sequence[str] | None = None) -> list[Parts]:
        """The parts of indicators of the catalogue from first to last, year to date, which are kept ready; all of them unless told."""
        asked = {"org": org, "first": first.first_day, "last": last.first_day, "indicators": None if indicators is None else list(indicators)}
        return [Parts._make(row) for row in self.rows(statement("kept_parts"), asked)]

    def counted(self, orgs: Sequence[str], indicators: Sequence[str], period: Month) -> dict[tuple[str, str], tuple[int, int]]:
        """By organisation or stay and indicator how many report at or below it, and how many of them have every part, year to date."""
        asked = {"orgs": list(orgs), "indicators": list(indicators), "period": period.first_day}
        return {(org, indicator): (leaves, counted) for org, indicator, leaves, counted in self.rows(statement("counted"), asked)}

    def _submissions(
        self,
        *,
        seq: int | None = None,
        periods: Collection[Month] | None = None,
        office: str | None = None,
        template: str | None = None,
        orgs: Collection[str] | None = None,
        current: bool = False,
    ) -> list[Submission]:
        days = None if periods is None else [period.first_day for period in periods]
        asked = {"seq": seq, "periods": days, "office": office, "template": template, "orgs": None if orgs is None else list(orgs), "current": current}
        return self._with_findings(self.rows(statement("submissions"), asked))

    def _with_findings(self, rows: Sequence[tuple[Any, ...]]) -> list[Submission]:
        findings: dict[int, list[Finding]] = {row[0]: [] for row in rows}
        if rows:
            for seq, *rest in self.rows(statement("findings"), {"seqs": list(findings)}):
                findings[seq].append(finding_of(*rest))
        return [submission_of(row, tuple(findings[row[0]])) for row in rows]
