"""Months and years from the first to the last, whichever sign stands between them."""

import pytest

from kpi.workbook.answer_mapping import Since, relative
from kpi.workbook.forms.table_subject import years_in
from kpi.workbook.layout.month_spans import find_months


@pytest.mark.parametrize("dash", list("-‐‑–—―~～〜至到"))
def test_a_dash_is_a_dash_wherever_it_is_looked_for(dash: str):
    """1月 of 1月—11月 is always the first, so the heading of next month has the same key; two years are a span."""
    assert relative(f"1月{dash}11月累计", Since(2023, 11)) == relative(f"1月{dash}12月累计", Since(2023, 12))
    assert (find_months(f"2023年1{dash}11月").first, find_months(f"2023年1{dash}11月").last) == (1, 11)
    assert years_in(f"2021年{dash}2023年") == {2021, 2022, 2023}
