"""What the JSON of the command line says beside a figure: a script that drops it would pass on a wrong number."""

import json

from kpi.contract import board_document, series_document, source_document, text
from kpi.period import Month, Span
from kpi.provenance import source
from kpi.series import series

MARCH = Month(2023, 3)


def test_the_documents_carry_adjustment_base_and_gaps(small):
    """
    累计 10, then 5 with 18 in all, and March without a word on tested: +3 of February, 20 restated for 25.

    A series stands at 18 in March and says so; the board does not.
    """
    small.report("2022-02", tested="– 25")
    small.report("2023-01", tested="10 10")
    small.report("2023-02", tested="5 18 20", note="补录 3 批次；上年划出 5 批次", by="王统计")
    small.report("2023-03", shops="– 1")
    catalog = small.bureau.catalog

    rows = [small.row("tested", "2023-02"), small.row("tested", "2023-03")]
    february, march = json.loads(text(board_document(MARCH, Span.YTD, rows, catalog)))["rows"]
    points = json.loads(text(series_document(series(small.bureau, "tested", Month(2023, 1), MARCH), catalog.root)))["points"]
    cells = json.loads(text(source_document("tested", Month(2023, 2), source(small.bureau, "tested", Month(2023, 2)), catalog.root)))["parts"]

    [booked], [base] = february["adjustment"], february["restated"]
    assert (booked["measure"], booked["period"], booked["amount"], booked["note"]) == ("tested", "2023-02", "3", "补录 3 批次；上年划出 5 批次")
    assert (base["stated"], base["recorded"], base["by"], february["prior_value"], february["prior_own"]) == ("20", "25", "王统计", "20", "25")
    assert (march["state"], march["value"]) == ("未报", None)
    assert [(point["value"], point["carried"], point["missing"]) for point in points] == [
        ("10", False, []),
        ("18", False, []),
        ("18", True, ["2023-03"]),
    ]
    assert [(cell["column"], cell["adjustment"], cell["recorded"]) for cell in cells] == [
        ("本月数", None, None),
        ("本年累计", "3", None),
        ("上年同期累计", None, "25"),
    ]


def test_a_typed_rate_that_differs_is_said_in_words(small):
    """填报值 98.0 beside 9/10: both, and that they differ; 90.0 beside it says nothing."""
    small.report("2023-01", passed="9", tested="10", pass_rate="– 98.0")
    small.report("2023-02", passed="9 18", tested="10 20", pass_rate="– 90.0")
    rows = [small.row("pass_rate", month) for month in ("2023-01", "2023-02")]

    words = [row["words"] for row in json.loads(text(board_document(MARCH, Span.YTD, rows, small.bureau.catalog)))["rows"]]

    assert "填报值 98.0%，与计算值 90.0% 不一致" in words[0]
    assert "填报值" not in words[1]
