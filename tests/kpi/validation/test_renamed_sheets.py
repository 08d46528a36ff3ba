"""What is on file under a name that the catalogue no longer has."""

from dataclasses import replace
from types import SimpleNamespace

from kpi.place import Place
from kpi.validation.renamed_sheets import still_counting
from kpi.workbook.report import Column
from tests.kpi.validation.sheets import CATALOG, sheet


def test_it_is_said_at_the_sheet_of_the_figures_that_both_state() -> None:
    """检验批次 is on file under an office of old; it stands on the second sheet of the workbook, 抽检批次 on the first."""
    report = sheet(taken=60, tested=54)
    taken, tested = report.readings
    report = replace(report, readings=(replace(taken, place=Place("首页", "F7")), tested))
    filed = SimpleNamespace(seq=1, office="old", template="旧表", file="旧.xlsx")
    store = SimpleNamespace(stated_in=lambda seq: [("tested", Column.YTD), ("visits", Column.YTD)])

    [finding] = still_counting(report, [filed], store, CATALOG)  # type: ignore[list-item, arg-type]

    assert (finding.code, finding.place.sheet, finding.measures) == ("filed-under-old-name", "抽检", ("tested",))
