"""Tables of one row a case are proposed as ledgers, and the catalogue that they make counts the cases of each month."""

import re
from collections import Counter
from pathlib import Path

import pytest

from kpi.bureau import open_bureau
from kpi.filing.intake import Upload, prepare
from kpi.setup.proposal import Certainty
from kpi.setup.proposing import propose
from kpi.workbook.process.parser import Parser
from kpi.workbook.report import Column
from tests.foreign import courts, waterworks
from tests.foreign.drawing import ForeignForm
from tests.foreign.judging import surveyed_files
from tests.foreign.setting_up import set_up


@pytest.mark.parametrize(
    ("form", "day", "figures"),
    [(courts.cases(), 3, ["民事案件件数", "民事案件标的额"]), (waterworks.repairs(), 2, ["管网抢修工单件数", "管网抢修工单材料费"])],
    ids=["cases of a court", "repairs of a water company"],
)
def test_the_cases_of_a_ledger_are_counted(form: ForeignForm, day: int, figures: list[str], tmp_path: Path) -> None:
    """The day by which a case belongs to its month is the first it has; nothing is accepted without being asked."""
    text = next(iter(form.files[0].sheets.values()))
    drawn = Counter(
        f"{match[1]}" for line in text.splitlines() if (match := re.match(r"(20\d\d-\d\d)-\d\d", line.split("|")[day].strip() if line.count("|") > day else ""))
    )
    with Parser() as parser:
        proposed = propose(surveyed_files(form, parser))
    [ledger] = proposed.ledgers
    assert (ledger.certainty, [figure.name for figure in ledger.figures]) == (Certainty.ASKED, figures)
    set_up(proposed, tmp_path / "catalog")

    with open_bureau(tmp_path / "data", tmp_path / "catalog") as bureau:
        prepared = prepare(bureau, [Upload(file.name, file.data) for file in form.files])

    counted = {
        str(file.period): int(reading.value.number or 0)
        for file in prepared
        for reading in (file.report.readings if file.report else ())
        if reading.measure == ledger.figures[0].code and reading.column is Column.MONTH
    }
    assert counted == drawn
