"""The picture of months: what breaks, what steps, what is labelled where."""

import re
from decimal import Decimal as D
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.present.html.trend_picture import NARROW, WIDE, picture
from kpi.present.html.trend_plot import OpenMonth, PlotBand, PlotLabel, PlotLevel, PlotLine, PlottedMonth, TrendPlot

MONTHS = [f"{number}月" for number in range(1, 13)]


def plotted(*values) -> list[PlottedMonth | None]:
    return [None if value is None else PlottedMonth(D(str(value)), str(value)) for value in values]


def plot(*lines: PlotLine, heads=MONTHS, **more) -> TrendPlot:
    return TrendPlot(title="甲", about="单位：件", unit="件", heads=heads[: len(lines[0].months)], years=more.pop("years", []), lines=lines, **more)


def places(path: str) -> list[list[tuple[float, float]]]:
    """The points of each piece of a path."""
    return [[tuple(map(float, point.split())) for point in piece.split("L")] for piece in path.split("M")[1:]]


def test_a_month_without_a_figure_is_a_gap():
    """5, 7, nothing, 8, nothing, 9, 9: two lines, and a month alone that only its dot shows."""
    drawn = picture(plot(PlotLine("now", plotted(5, 7, None, 8, None, 9, 9))), WIDE)
    [(kind, path)] = drawn.paths
    assert kind == "now"
    assert [len(piece) for piece in places(path)] == [2, 2]
    assert len(drawn.dots) == 5
    assert all(dot.radius for dot in drawn.dots)


def test_the_line_breaks_at_new_year_and_a_rule_stands_there():
    """319 in December, 23 in January: no line leads down from one to the other."""
    drawn = picture(plot(PlotLine("now", plotted(287, 319, 23, 41), restarts=frozenset({2})), years=[(0, "2022 年"), (2, "2023 年")]), WIDE)
    assert [len(piece) for piece in places(drawn.paths[0][1])] == [2, 2]
    [turn] = drawn.turns
    december, january = (dot.x for dot in drawn.dots[1:3])
    assert december < turn < january
    assert [year.text for year in drawn.years] == ["2022 年", "2023 年"]


def test_months_lie_evenly_and_figures_by_their_size():
    drawn = picture(plot(PlotLine("now", plotted(0, 50, 100)), heads=MONTHS), WIDE)
    first, second, third = drawn.dots
    assert second.x - first.x == pytest.approx(third.x - second.x, abs=0.2)
    assert (first.y, third.y) == (drawn.plot.y + drawn.plot.height, drawn.plot.y)
    assert second.y == pytest.approx((first.y + third.y) / 2, abs=0.1)


def test_a_target_steps_where_it_changed():
    """97 for two months, 98 for two: level over the whole of each month, upright between February and March."""
    drawn = picture(plot(PlotLine("now", plotted(97, 97.5, 98, 97)), levels=[PlotLevel("asked", [D(97), D(97), D(98), D(98)], "目标 ≥98%")]), WIDE)
    [piece] = places(dict(drawn.paths)["asked"])
    assert len(piece) == 8
    assert piece[0][0] == pytest.approx(drawn.plot.x, abs=0.1)
    assert piece[-1][0] == pytest.approx(drawn.plot.x + drawn.plot.width, abs=0.1)
    assert piece[3][0] == piece[4][0]  # the step
    assert piece[3][1] > piece[4][1]
    assert len({y for _, y in piece}) == 2
    assert [text.text for label in drawn.labels if label.kind == "asked" for text in label.texts] == ["目标 ≥98%"]


def test_the_target_of_another_year_is_not_led_to():
    levels = [PlotLevel("asked", [D(97), D(98)], "目标 ≥98%", restarts=frozenset({1}))]
    drawn = picture(plot(PlotLine("now", plotted(97, 98)), levels=levels), WIDE)
    assert [len(piece) for piece in places(dict(drawn.paths)["asked"])] == [2, 2]


def test_columns_stand_on_nothing_with_the_natural_limits_behind():
    drawn = picture(plot(PlotLine("now", plotted(16, 33), columns=True), band=PlotBand(D(14), D(25), D(36), "平均 25 件")), WIDE)
    zero = drawn.plot.y + drawn.plot.height
    assert [round(column.box.y + column.box.height, 1) for column in drawn.columns] == [zero, zero]
    assert drawn.columns[1].box.height == pytest.approx(drawn.columns[0].box.height * 33 / 16, abs=0.3)
    assert drawn.band.y < drawn.middle < drawn.band.y + drawn.band.height
    assert not drawn.paths
    assert not drawn.dots


def test_results_that_are_open_reach_between_their_bounds():
    drawn = picture(plot(PlotLine("now", plotted(81.5, 80)), open=[OpenMonth(0, D("56.4"), D(91), "还有结果未出")]), WIDE)
    [month] = drawn.open
    assert month.box.y < drawn.dots[0].y < month.box.y + month.box.height
    assert month.box.x < drawn.dots[0].x < month.box.x + month.box.width


def test_the_last_figure_stands_large_beside_its_point():
    drawn = picture(plot(PlotLine("now", plotted(97.6, 97.788, *[None] * 10), [PlotLabel(1, "2023 年 2 月", "97.79%")])), WIDE)
    [label] = drawn.labels
    assert label.figure.text == "97.79%"
    assert not label.leader
    assert abs(label.box.x + label.box.width / 2 - drawn.dots[1].x) < drawn.plot.width / 4


def test_nothing_to_draw_is_no_picture():
    assert picture(plot(PlotLine("now", plotted(None, None))), WIDE) is None


def test_one_month_alone_is_a_point():
    drawn = picture(plot(PlotLine("now", plotted(5), [PlotLabel(0, "2022 年 1 月", "5 件")])), NARROW)
    assert not drawn.paths
    assert len(drawn.dots) == 1


def test_marks_of_many_months_share_no_place():
    """36 marks on a phone stand in rows."""
    heads, years = [f"{place % 12 + 1}月" for place in range(36)], [(0, "2021 年"), (12, "2022 年"), (24, "2023 年")]
    line = PlotLine("now", plotted(*range(36)))
    drawn = picture(TrendPlot("甲", "单位：件", "件", heads, years, [line], notes=[(place, "①") for place in range(36)]), NARROW)
    assert all(abs(a.x - b.x) >= NARROW.type or a.y != b.y for a, b in combinations(drawn.notes, 2))
    assert drawn.plot.height > 100
    assert "1月" in {head.text for head in drawn.heads}


def test_an_axis_that_does_not_begin_at_nothing_says_so():
    assert picture(plot(PlotLine("now", plotted(97, 98))), WIDE).about[-1].text.endswith("纵轴不从 0 起")
    assert picture(plot(PlotLine("now", plotted(0, 98))), WIDE).about[-1].text == "单位：件"


VALUES = st.lists(st.one_of(st.none(), st.integers(0, 400)), min_size=12, max_size=12)


@settings(max_examples=60)
@given(VALUES, VALUES, st.integers(1, 400), st.sampled_from([WIDE, NARROW]))
def test_labels_of_lines_never_lie_over_one_another(now, before, asked, sheet):
    """For every course of two lines with a target and limits: all labels apart, all on the sheet, none cut off."""
    lines = []
    for kind, values in (("now", now), ("before", before)):
        ends = [place for place, value in enumerate(values) if value is not None]
        labels = [PlotLabel(ends[-1], "2023 年 11 月", "1,621 批次")] if ends and kind == "now" else [PlotLabel(ends[-1], "上年同期 287 件")] if ends else []
        lines.append(PlotLine(kind, plotted(*values), labels))
    levels = [PlotLevel("asked", [D(asked)] * 12, f"目标 全年 {asked} 件")]
    drawn = picture(plot(*lines, levels=levels, band=PlotBand(D(10), D(20), D(30), "平均 20 件，自然界限 10～30 件")), sheet)
    if drawn is None:
        return
    boxes = [label.box for label in drawn.labels]
    assert not any(_inner(first).overlaps(_inner(second)) for first, second in combinations(boxes, 2))
    assert all(box.x >= 0 and box.x + box.width <= sheet.width + 1 for box in boxes)
    assert all(box.y >= 0 and box.y + box.height <= sheet.height for box in boxes)


def _inner(box):
    """A box without the tenths that rounding adds."""
    return type(box)(box.x + 0.2, box.y + 0.2, box.width - 0.4, box.height - 0.4)


def test_path_data_is_plain():
    drawn = picture(plot(PlotLine("now", plotted(1, 2, 3))), WIDE)
    assert re.fullmatch(r"M[\d.]+ [\d.]+(L[\d.]+ [\d.]+)+", drawn.paths[0][1])
