"""Labels never lie over one another, nor over what is drawn."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.present.html.label_places import Box, beside, crossing, spread


def test_labels_with_room_stand_where_they_belong():
    assert spread([100, 200], [20, 20], 0, 400) == [90, 190]


def test_labels_that_would_touch_part_around_their_middle():
    """Both want 100: one ends and one begins there."""
    assert spread([100, 100], [20, 20], 0, 400) == [80, 100]
    assert spread([100, 96], [20, 20], 0, 400) == [98, 78]


def test_labels_stay_in_the_room():
    assert spread([0, 5], [20, 20], 0, 400) == [0, 20]
    assert spread([400], [20], 0, 400) == [380]


LABELS = st.lists(st.tuples(st.floats(0, 500), st.floats(5, 60)), max_size=9)


@given(LABELS)
def test_no_label_overlaps_another(labels):
    """For every set of labels: apart, in the order of what they label, and in the room where there is room for all."""
    wanted, heights = [place for place, _ in labels], [height for _, height in labels]
    edges = spread(wanted, heights, 0, 500)
    order = sorted(range(len(labels)), key=lambda place: wanted[place])
    for before, after in pairwise(order):
        assert edges[before] + heights[before] <= edges[after] + 1e-6
    if sum(heights) <= 500:
        assert all(edge >= -1e-6 and edge + height <= 500 + 1e-6 for edge, height in zip(edges, heights, strict=True))


ROOM = Box(0, 0, 300, 200)
POINTS = st.tuples(st.floats(0, 300), st.floats(0, 200))


@given(POINTS, st.lists(st.tuples(POINTS, POINTS), max_size=6), st.lists(POINTS, max_size=6))
def test_a_label_beside_its_point_covers_nothing(point, lines, corners):
    """For every picture: in the room, over no box, and no line runs through it."""
    boxes = [Box(x, y, 30, 15) for x, y in corners]
    box = beside(point, 60, 20, ROOM, boxes, lines)
    if box is not None:
        assert box.within(ROOM)
        assert not any(box.overlaps(other) for other in boxes)
        for start, end in lines:
            assert not any(_inside(box, start, end, step / 50) for step in range(51))


def _inside(box: Box, start, end, share: float) -> bool:
    x, y = (before + (after - before) * share for before, after in zip(start, end, strict=True))
    return box.x + 1e-6 < x < box.x + box.width - 1e-6 and box.y + 1e-6 < y < box.y + box.height - 1e-6


def test_a_point_with_no_room_beside_it_gets_no_label():
    assert beside((50, 50), 60, 20, Box(0, 0, 70, 60), [Box(0, 0, 70, 60)], []) is None
    assert beside((150, 100), 60, 20, ROOM, [], []) == Box(120, 71, 60, 20)


def test_a_label_never_stands_beyond_another_line():
    """
    Above the line of last year a figure would be read as last year's; at the foot of the picture there is then no place at all.
    """
    last_year = [((0, 120), (200, 120))]
    foot = Box(0, 0, 200, 152)
    assert beside((100, 150), 60, 20, foot, [], []) == Box(70, 121, 60, 20)
    assert beside((100, 150), 60, 20, foot, [], [((0, 125), (200, 125))]) is None
    assert beside((100, 150), 60, 20, foot, [], last_year) == Box(70, 121, 60, 20)


@pytest.mark.parametrize(
    ("end", "crosses"),
    [((100, 50), True), ((100, -30), False), ((200, -50), False)],
)
def test_lines_cross_only_where_each_has_its_ends_on_both_sides(end, crosses):
    assert crossing((0, 0), end, (0, 80), (80, 0)) is crosses
