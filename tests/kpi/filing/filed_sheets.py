"""Sheets filed through the real intake: written as a form, read, checked and, where they may be, stored."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from kpi.bureau import Bureau
from kpi.filing.intake import Outcome, Prepared, Upload, accept, prepare
from kpi.finding import Finding
from kpi.period import Month
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template
from tests import blank
from tests.bureaus import write

TODAY = date(2026, 1, 15)


class Filing:
    """A bureau that takes in sheets as offices send them."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau

    def upload(self, period: str, office: str = "quality", days: Mapping[str, date] = MappingProxyType({}), **cells: str) -> Upload:
        """A form in which each measure is written ``本月数 本年累计 上年同期累计``, – leaving a cell blank; ``days`` are 数据截止日."""
        figures = {
            (code, column): Decimal(text)
            for code, written in cells.items()
            for column, text in zip(Column, [*written.split(), "–", "–"], strict=False)
            if text != "–"
        }
        data = write_template(self.bureau.catalog, office, Month.parse(period), Filling(figures, days))
        return Upload(f"{office}{period}.xlsx", data)

    def check(self, period: str, office: str = "quality", days: Mapping[str, date] = MappingProxyType({}), **cells: str) -> Prepared:
        """What the intake says of a sheet; nothing is stored."""
        [prepared] = prepare(self.bureau, [self.upload(period, office, days, **cells)], today=TODAY)
        return prepared

    def file(self, period: str, office: str = "quality", **cells: str) -> list[Finding]:
        """File a sheet, with a 说明 where one is asked for; what was found."""
        prepared = self.check(period, office, **cells)
        if prepared.status is not Outcome.REJECTED:
            accept(self.bureau, [prepared], "张三", "情况属实")
        return list(prepared.findings)

    def batch(self, *uploads: Upload) -> dict[str, Prepared]:
        """What the intake says of sheets that come together, by file; nothing is stored."""
        return {prepared.file: prepared for prepared in prepare(self.bureau, uploads, today=TODAY)}


def asked(findings: list[Finding] | tuple[Finding, ...], *but: str) -> list[tuple[str, str]]:
    """Code and severity of what must be changed or explained, but for some codes."""
    return [(f.code, f.severity.value) for f in findings if f.severity.value != "hint" and f.code not in but]


@contextmanager
def filing(folder: Path, files: Mapping[str, str]) -> Iterator[Filing]:
    """A bureau of a small catalogue with nothing stored."""
    with blank.opened(folder / "data", write(folder / "catalog", files)) as bureau:
        yield Filing(bureau)
