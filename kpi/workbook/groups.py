"""Groups of rows that speak of another time or of a plan: 2022年情况 over rows of a report for December 2023."""

from collections.abc import Iterable

from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.workbook.layout import Table
from kpi.workbook.names import Names, label_key
from kpi.workbook.report import Beside
from kpi.workbook.rows import Row, place_over
from kpi.workbook.subject import other_than


def other_groups(table: Table, names: Names, period: Month, rows: Iterable[tuple[Row, str]]) -> list[Finding]:
    """
    The groups whose rows may not be the results of a month.

    Args:
        table: The table.
        names: The names of all measures and topics, which are about no time: 上年结转案件.
        period: The month.
        rows: The rows that were read, each with the code of its measure.

    Returns:
        One finding for each group, at its cell, with the codes of the measures in it.

    """
    targets = any(column.heading.figure is Beside.TARGET for column in table.columns)
    inside: dict[str, list[tuple[Row, str]]] = {}
    for row, code in rows:
        for text in row.over:
            if not names.named(text) and label_key(text) not in names.topics:
                inside.setdefault(text, []).append((row, code))
    findings: list[Finding] = []
    for text, members in inside.items():
        if subject := other_than(text, period, targets=targets):
            codes = tuple(dict.fromkeys(code for _, code in members))
            seen = f"「{text.strip()}」下面的 {len(codes)} 个数据项说的是{subject.words}数，报送的是 {period.chinese} 的"
            remedy = f"请核对：是 {period.chinese} 的数，请改正这一行标题，或写明说明后入库；不是的，请删去这几行后重新上传"
            code, place = "period-mismatch" if subject.of_time else "other-subject", place_over(table, members[0][0].index, text)
            findings.append(Finding(code, Severity.CHECK, place, seen, remedy, measures=codes))
    return findings
