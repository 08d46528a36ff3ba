"""What setting up proposes from a sheet, the intake reads back from it: every figure is in the store, with its cell and its value."""

from pathlib import Path
from types import ModuleType

import pytest

from kpi.bureau import open_bureau
from kpi.filing.intake import Outcome, Upload, accept, prepare
from kpi.setup.surveyed_figure import SurveyedFigure
from kpi.setup.table_survey import surveyed
from kpi.workbook.process.parser import Parser
from kpi.workbook.report import Column
from tests.foreign.judging import BUREAUS, judged, surveyed_files
from tests.foreign.setting_up import set_up


@pytest.mark.parametrize("bureau", BUREAUS, ids=lambda bureau: bureau.__name__.rpartition(".")[2])
def test_every_figure_is_in_the_store(bureau: ModuleType, tmp_path: Path) -> None:
    """Propose, accept, write, load, take in: each cell that the survey took for a figure of the office itself is stored as it was typed."""
    forms = [form for form in bureau.forms() if not form.cases]
    with Parser() as parser:
        proposed, _ = judged(forms, parser)
        figures = [figure for form in forms for figure in surveyed(surveyed_files(form, parser))]
    set_up(proposed, tmp_path / "catalog")
    uploads = [Upload(file.name, file.data, folders=file.folders) for form in forms for file in form.files]

    with open_bureau(tmp_path / "data", tmp_path / "catalog") as live:
        prepared = prepare(live, uploads)
        assert [(file.file, file.message) for file in prepared if file.status is Outcome.REJECTED] == []
        accept(live, prepared, "统计岗", "虚构数据")
        months = [submission.period for submission in live.store.current_submissions()]
        cells = live.store.sources(list(live.catalog.measures), max(months), min(months))
        stored = {(cell.file, f"{cell.sheet}!{cell.cell}"): (cell.period, cell.value.number) for cell in cells if cell.raw.strip()}

    lacking = [
        figure
        for figure in figures
        if is_own(figure) and stored.get((figure.file, f"{figure.place.sheet}!{figure.place.cell}")) != (figure.month, figure.value.number)
    ]
    assert [(figure.file, str(figure.place), figure.name) for figure in lacking if not is_sum_of_months(figure)] == []


def is_own(figure: SurveyedFigure) -> bool:
    """Whether a figure is the office's own, and no comparison beside one."""
    return figure.month is not None and not figure.body and (figure.column is None or isinstance(figure.column, Column))


def is_sum_of_months(figure: SurveyedFigure) -> bool:
    """Whether a row 合计 below months holds it: the intake checks that it is their sum, which it derives itself."""
    return figure.of_sum
