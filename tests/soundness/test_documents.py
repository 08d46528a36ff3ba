"""What the JSON of the command line says beside a figure: a script that drops it would pass on a wrong number."""

import json

from kpi.documents.figure_documents import board_document, series_document
from kpi.documents.json_document import document_text
from kpi.documents.proof_documents import source_document
from kpi.period import Month, Span
from kpi.review.series import series
from kpi.review.source import source

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
    february, march = json.loads(document_text(board_document(MARCH, Span.YTD, rows, catalog)))["rows"]
    points = json.loads(document_text(series_document(series(small.bureau, "tested", Month(2023, 1), MARCH), catalog.root)))["points"]
    cells = json.loads(document_text(source_document("tested", Month(2023, 2), source(small.bureau, "tested", Month(2023, 2)), catalog.root, catalog)))["parts"]

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


def test_the_source_of_a_sum_is_every_month_that_it_is_summed_from(small):
    """
    累计 10 stated in January, then 5, nothing, 8 beside a cumulative in words, and 7: 30 up to May rests on four cells, one in each month that says something.

    In June a cumulative is stated again, and nothing before it matters; in July the sum starts from there.
    """
    small.report("2023-01", tested="4 10")
    small.report("2023-02", tested="5")
    small.report("2023-03", shops="– 1")
    small.report("2023-04", tested="8 未开展")
    small.report("2023-05", tested="7")
    small.report("2023-06", tested="1 40")
    small.report("2023-07", tested="2")

    def cells(month: str) -> list[tuple[str, str, str | None]]:
        document = source_document("tested", Month.parse(month), source(small.bureau, "tested", Month.parse(month)), "bureau", small.bureau.catalog)
        return [(one["period"], one["column"], one["value"]) for one in json.loads(document_text(document))["parts"] if one["state"] != "未报"]

    assert small.row("tested", "2023-05").figure.value == 10 + 5 + 8 + 7
    assert cells("2023-05") == [
        ("2023-05", "本月数", "7"),
        ("2023-04", "本月数", "8"),
        ("2023-02", "本月数", "5"),
        ("2023-01", "本年累计", "10"),
    ]
    assert cells("2023-03") == []
    assert cells("2023-06") == [("2023-06", "本月数", "1"), ("2023-06", "本年累计", "40")]
    assert small.row("tested", "2023-07").figure.value == 40 + 2
    assert cells("2023-07") == [("2023-07", "本月数", "2"), ("2023-06", "本年累计", "40")]


def test_a_typed_rate_that_differs_is_said_in_words(small):
    """填报值 98.0 beside 9/10: both, and that they differ; 90.0 beside it says nothing."""
    small.report("2023-01", passed="9", tested="10", pass_rate="– 98.0")
    small.report("2023-02", passed="9 18", tested="10 20", pass_rate="– 90.0")
    rows = [small.row("pass_rate", month) for month in ("2023-01", "2023-02")]

    words = [row["words"] for row in json.loads(document_text(board_document(MARCH, Span.YTD, rows, small.bureau.catalog)))["rows"]]

    assert "填报值 98.0%，与计算值 90.0% 不一致" in words[0]
    assert "填报值" not in words[1]
