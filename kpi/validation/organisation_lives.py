"""Sheets of organisations for months in which there is none of them: before they were set up, after they were dissolved."""

from collections.abc import Iterator

from kpi.catalog.organisation import absence
from kpi.catalog.organisation_moves import carried_on_by
from kpi.finding import Finding, Severity
from kpi.validation.checked_sheet import CheckedSheet


def no_such_organisation(sheet: CheckedSheet) -> Iterator[Finding]:
    """Nothing can be reported by who was not there; whoever carries on is named."""
    org = sheet.catalog.orgs.get(sheet.report.org or "")
    if org is None or org.holds(sheet.period):
        return
    heir = carried_on_by(sheet.catalog.tree, org.code, sheet.period)
    seen = f"{absence(org, heir, sheet.period)}，没有 {sheet.period.chinese}的数"
    if org.first is not None and sheet.period < org.first:
        remedy = "请核对表上的月份；那时的工作由别的单位负责的，由那个单位报送"
    else:
        remedy = (
            f"请核对表上的月份；确是这个月的，用「改选」选{heir.name}，或把表上的单位改写成{heir.name}，由它报送"
            if heir
            else "请核对表上的月份；确是这个月的，由承接的单位报送"
        )
    yield Finding("org-not-there", Severity.BLOCK, sheet.place(), seen, remedy)
