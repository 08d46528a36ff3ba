"""What a heading says of the unit of the figures under it."""

import pytest

from kpi.workbook.layout.heading import Heading, read_heading
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.report import Column


@pytest.mark.parametrize("text", ["百批次", "万批次", "千户", "万件", "亿件", "百万元", "千万元", "十户", "万家次", "百份", "万张", "千台（套）", "人（次）"])
def test_a_unit_with_words_of_size_is_a_unit(text: str):
    """百, 千, 万 or 亿 of anything that is counted."""
    assert is_unit(text)
    assert read_heading(f"本年累计（{text}）") == Heading(
        f"本年累计（{text}）", figure=Column.YTD, of=Column.YTD, months=read_heading("本年累计").months, unit=text.replace("（", "(").replace("）", ")")
    )


@pytest.mark.parametrize("text", ["万", "百分", "万%", "百工作日", "千百分点", "万箱", "百", "亿"])
def test_what_is_not_counted_has_no_size(text: str):
    """Shares and days come in no hundreds, and words of size alone are no unit."""
    assert not is_unit(text)


@pytest.mark.parametrize("bracket", ["（批次、万元）", "(批次/万元)", "（单位：批次，万元）", "【批次和万元】"])
def test_a_heading_may_name_several_units(bracket: str):
    """Each row takes the one of its kind; the heading is understood."""
    heading = read_heading(f"本年累计{bracket}")

    assert (heading.figure, heading.rest, heading.unit) == (Column.YTD, "", "批次、万元")


@pytest.mark.parametrize("text", ["本年累计（件/万人）", "本年累计（人次）"])
def test_a_unit_of_several_signs_is_one(text: str):
    assert read_heading(text).unit == text[5:-1]


def test_what_is_not_understood_in_a_heading_stays_its_rest():
    assert read_heading("本年累计（箱次）").rest == "(箱次)"
