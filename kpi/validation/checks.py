"""
Everything a sheet is held against once it has been read.

Each rule is one small function from a `CheckedSheet` to findings, in the module of what it looks at; `check` runs them all, so
that a statistician sees every fault at once.  What cannot be is refused, what must be explained is asked, and what is
merely unusual is a hint in the words of a question.
"""

from datetime import date

from kpi.catalog.model import Catalog
from kpi.finding import Finding
from kpi.store.earlier_figures import Background
from kpi.validation import (
    copies,
    crossfooting,
    excess,
    later_months,
    levels,
    misplaced,
    months,
    office_lives,
    organisation_lives,
    outliers,
    parts_and_wholes,
    rates,
    single_cells,
    slips,
    typed_beside,
    years,
    zeros,
)
from kpi.validation.checked_sheet import CheckedSheet, SheetRule
from kpi.workbook.report import Report

RULES: tuple[SheetRule, ...] = (
    organisation_lives.no_such_organisation,
    office_lives.no_such_office,
    office_lives.no_such_measure,
    single_cells.future_period,
    single_cells.as_of_outside_period,
    single_cells.impossible_value,
    single_cells.too_large,
    months.cumulative_falls,
    months.cumulative_differs,
    months.cumulative_not_reset,
    months.month_exceeds_cumulative,
    months.two_months_in_one,
    misplaced.months_under_cumulative,
    misplaced.cumulatives_under_month,
    misplaced.columns_the_same,
    months.as_of_goes_back,
    months.as_of_stands_still,
    months.went_silent,
    years.base_differs,
    years.base_moves,
    typed_beside.typed_beside_differs,
    excess.part_exceeds_whole,
    excess.part_exceeded_whole,
    parts_and_wholes.part_without_whole,
    parts_and_wholes.tested_exceeds_taken,
    parts_and_wholes.rate_differs,
    parts_and_wholes.rate_unreachable,
    rates.outcomes_swapped,
    rates.first_rate_far_off,
    crossfooting.relation_violated,
    copies.stale_copy,
    copies.same_number_twice,
    slips.slip_of_scale,
    levels.level_breaks_off,
    zeros.figures_fall_to_zero,
    zeros.figures_give_way_to_words,
    outliers.unusual_value,
    later_months.later_month_contradicted,
)


def check(report: Report, catalog: Catalog, background: Background, today: date) -> tuple[Finding, ...]:
    """
    Hold a report against the catalogue and against what is known.

    Args:
        report: A report whose office and period are known.
        catalog: The definitions in force.
        background: What the store holds of this month, the month before, last year, and the office's history.
        today: The day of submission; nothing may run beyond it.

    Returns:
        All findings, in the order of the rules and then of the cells.
    """
    if report.period is None:
        return ()
    sheet = CheckedSheet(report, report.period, catalog.at(report.period), background, today)
    return tuple(finding for rule in RULES for finding in sheet.findings(rule))
