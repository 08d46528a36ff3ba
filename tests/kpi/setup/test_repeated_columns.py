"""Offices that fill both columns, 本月数 and 本年累计, with one number: a level, not something that adds up."""

import pytest

from kpi.setup.proposing import propose
from tests.kpi.setup.drawn import drawn_file


def proposed(name: str, months: dict[int, tuple[int, int]]) -> tuple[str, str]:
    """The kind of a measure by its name and, for each month, what stands under 本月数 and 本年累计; and how sure it is."""
    text = "食品科月报表 | < | < | <\n2026年{month}月 | < | < | <\n项目 | 单位 | 本月数 | 本年累计\n{name} | 户 | {own} | {total}"
    files = [
        drawn_file(f"食品科2026年{month}月.xlsx", {"报表": text.format(month=month, name=name, own=own, total=total)}) for month, (own, total) in months.items()
    ]
    [measure] = propose(files).measures
    return str(measure.kind), str(measure.certainty)


@pytest.mark.parametrize(
    ("name", "months", "kind"),
    [
        ("在册户数", {1: (5003, 5003), 2: (5006, 5006), 3: (5009, 5009)}, ("stock", "likely")),
        ("在册户数", {11: (5003, 5003)}, ("stock", "likely")),
        ("在册户数", {1: (5003, 5003)}, ("stock", "asked")),  # in January what adds up looks the same
        ("检查户数", {1: (30, 30)}, ("flow", "stated")),
        ("检查户数", {1: (30, 30), 2: (20, 50)}, ("flow", "proved")),
        ("检查户数", {1: (30, 30), 2: (50, 50)}, ("flow", "asked")),  # the year's figure typed twice, or a level
        ("检查户数", {1: (0, 0), 2: (20, 20)}, ("flow", "proved")),  # begun in February
    ],
)
def test_the_same_number_in_both_columns(name: str, months: dict[int, tuple[int, int]], kind: tuple[str, str]) -> None:
    assert proposed(name, months) == kind
