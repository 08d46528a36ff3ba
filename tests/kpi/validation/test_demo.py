"""The demo bureau's 437 sheets under every rule: what must be said is said, and nobody is pestered."""

import io
from collections import Counter
from datetime import date
from decimal import Decimal

from openpyxl import load_workbook

from kpi.bureau import Bureau
from kpi.filing.intake import Outcome, Upload, prepare
from kpi.finding import Severity
from kpi.period import Month
from kpi.validation.checks import RULES
from kpi.workbook.report import Column
from kpi.workbook.writing.marked_copy import mark
from kpi.workbook.writing.template import Filling, write_template


def test_the_demo_is_questioned_where_the_summary_contradicts_itself_and_hardly_elsewhere(demo: Bureau) -> None:
    """请核对 only for the coal samples and the certificates of November 2023; less than one 提示 on two sheets, never many on one."""
    submissions = demo.store.submissions()
    raised = [(s.office, str(s.period), f) for s in submissions for f in s.findings]

    assert {(office, period, f.relation) for office, period, f in raised if f.severity is not Severity.HINT} == {
        ("product_quality", "2023-11", "R051"),
        ("product_quality", "2023-11", "R052"),
        ("certification", "2023-11", "R100"),
    }
    hints = Counter((office, period) for office, period, f in raised if f.severity is Severity.HINT)
    assert sum(hints.values()) <= len(submissions) / 2
    assert max(hints.values()) <= 5


def test_a_sheet_in_the_wrong_unit_comes_back_with_its_question_at_the_cell(demo: Bureau) -> None:
    """From the upload over the stored history to the marked copy: 30000 元 where the column says 万元."""
    december = Month(2023, 12)
    figures = {("consumer_losses_recovered", Column.MONTH): Decimal(34333), ("complaints_12315", Column.MONTH): Decimal(1)}
    upload = Upload("消保科.xlsx", write_template(demo.catalog, "consumer", december, Filling(figures)))

    [prepared] = prepare(demo, [upload], today=date(2024, 1, 3))
    slip = next(f for f in prepared.findings if f.code == "unit-slip")
    cell = load_workbook(io.BytesIO(mark(upload.data, prepared.findings)))[slip.place.sheet][slip.place.cell]

    assert prepared.status is Outcome.NEEDS_CONFIRMATION
    assert slip.measures == ("consumer_losses_recovered",)
    assert slip.remedy == "是否按元填写了？本项的单位是万元"
    assert {f.code for f in prepared.findings} == {"unit-slip", "unusual-value", "went-silent"}
    assert (cell.value, slip.seen in cell.comment.text) == (34333, True)


def test_each_rule_stands_in_the_list_once() -> None:
    """And says in its docstring what it asks."""
    assert len(set(RULES)) == len(RULES)
    assert all(rule.__doc__ for rule in RULES)
