"""One sheet under two organisations: the cases of a ledger that two of them send."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from kpi.catalog.organisation import Organisation
from kpi.finding import Finding
from kpi.period import Month
from kpi.store.submission import Submission
from kpi.validation.elsewhere import Elsewhere
from kpi.workbook.report import KeptCases, Report
from tests.kpi.validation.sheets import CATALOG, sheet

CITY = replace(
    CATALOG,
    orgs={
        "city": Organisation(code="city", name="江城市市场监管局"),
        "donghu": Organisation(code="donghu", name="东湖区市场监管局", parent="city"),
        "nanhu": Organisation(code="nanhu", name="南湖区市场监管局", parent="city"),
    },
)
DAY = date(2023, 11, 5)


class Nothing:
    """A store that holds nothing; what comes is the batch."""

    def alike(self, *asked: object) -> list[Submission]:
        return []

    def filed_keys(self, office: str, template: str, period: Month) -> list[tuple[Submission, None]]:
        return []


def ledger(org: str, keys: Sequence[str]) -> Report:
    """The cases of an organisation's month, all of one day."""
    count = len(keys)
    cases = KeptCases("台账", keys, [DAY] * count, ["台账"] * count, list(range(3, 3 + count)), {}, "A")
    return replace(sheet(taken=count), org=org, cases=cases)


def held(first: Sequence[str], second: Sequence[str]) -> list[Finding]:
    """What is said of 南湖's ledger after 东湖's in one batch."""
    elsewhere = Elsewhere(Nothing(), CITY)  # type: ignore[arg-type]
    elsewhere.add("东湖.xlsx", "a", ledger("donghu", first))
    return [finding for finding in elsewhere.findings(ledger("nanhu", second), "b") if finding.code == "cases-of-other-org"]


@pytest.mark.parametrize(
    ("shared", "others", "named"),
    [
        (["7", "8"], 5, []),
        (["A23110501", "A23110502"], 5, [("hint", ("A23110501", "A23110502"))]),
        (["7", "8", "A23110501", "A23110502"], 9, [("hint", ("A23110501", "A23110502"))]),
        (["7", "8"], 2, [("check", ("7", "8"))]),
    ],
)
def test_cases_that_count_from_one_are_shared_by_chance_unless_they_are_half(shared: list[str], others: int, named: list[tuple[str, tuple[str, ...]]]) -> None:
    """7 and 8 of seven cases say nothing, nor beside two longer numbers of thirteen; of four cases they are half the ledger."""
    first, second = ([*shared, *(f"{letter}{number}" for number in range(others))] for letter in "DN")

    assert [(finding.severity.value, finding.cases) for finding in held(first, second)] == named
