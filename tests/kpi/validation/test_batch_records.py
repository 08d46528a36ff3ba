"""What the store has about a batch: what each report would be told alone, with no more queries for many reports than for one."""

from collections.abc import Mapping

import pytest

from kpi.bureau import Bureau
from kpi.period import Month
from kpi.place import Place
from kpi.store.earlier_figures import CellOnFile
from kpi.store.records import Records
from kpi.validation.batch_records import HISTORY, BatchRecords
from kpi.validation.ties import tied_measures
from kpi.workbook.report import Report

MONTHS = (Month(2023, 3), Month(2023, 11), Month(2024, 2))  # the last one is not reported yet
OFFICES = ("drug", "registration", "ip")


def recorded(bureau: Bureau, offices: tuple[str, ...]) -> BatchRecords:
    return BatchRecords(bureau.store, bureau.catalog, [Report(office, period, (), {}, ()) for office in offices for period in MONTHS])


def answers(record: BatchRecords, office: str, period: Month) -> dict[str, object]:
    return {
        "submissions": record.submissions("bureau", period, office),
        "background": record.background(period),
        "history": record.history(office, period),
        "cells": record.cells("bureau", office, (period.year - 1, period.year, period.year + 1)),
        "lock": record.locked(office, period, "bureau"),
        "counterparts": record.counterparts(office, period, "", "bureau"),
    }


def test_every_report_is_told_what_it_would_be_told_alone(demo: Bureau) -> None:
    """Asked report by report, by other queries: the same submissions, figures, history and cells in the same order."""
    record, store = recorded(demo, OFFICES), demo.store
    for office in OFFICES:
        for period in MONTHS:
            cells = [
                (s.measure, s.column, s.period, CellOnFile(s.value, s.as_of, s.file, Place(s.sheet, s.cell), s.seq))
                for year in (period.year - 1, period.year, period.year + 1)
                for s in store.sources(tied_measures(demo.catalog, office), Month(year, 12), Month(year, 1))
            ]
            assert answers(record, office, period) == {
                "submissions": store.current_submissions(period, office, "bureau"),
                "background": store.background(period),
                "history": store.history([office], period.plus(-HISTORY), period.plus(-1)),
                "cells": cells,
                "lock": None,
                "counterparts": store.counterparts(office, period, "", "bureau"),
            }
    assert len(record.submissions("bureau", Month(2023, 11))) == len(demo.catalog.offices)
    assert record.months == store.months()


def test_many_reports_need_no_more_queries_than_one(demo: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query takes milliseconds whatever it is about: three offices ask as often as one, but for the figures of a sheet beside."""
    asked: list[str] = []
    rows = Records.rows

    def counted(self: Records, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple[object, ...]]:
        asked.append(sql)
        return rows(self, sql, parameters)

    monkeypatch.setattr(Records, "rows", counted)
    numbers = []
    for offices in (OFFICES[:1], OFFICES):
        record = recorded(demo, offices)
        asked.clear()
        for office in offices:
            for period in MONTHS:
                template = demo.catalog.offices[office].template
                assert not record.counterparts(office, period, template, "bureau")
                record.submissions("bureau", period, office)
                record.background(period)
                record.history(office, period)
                record.cells("bureau", office, (period.year,))
                record.locked(office, period, "bureau")
        numbers.append(len(asked))

    assert numbers[0] == numbers[1]
