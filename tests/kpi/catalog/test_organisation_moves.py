"""Organisations that are founded, moved and dissolved: one tree in every month, and every slip of the dates named."""

import pytest

from kpi.catalog.load import load
from kpi.catalog.organisation_moves import MoveKind, moves
from kpi.period import Month

ORGS = """
[[org]]
code = "province"
name = "青澜省市场监管局"

[[org]]
code = "east"
name = "江城市市场监管局"
parent = "province"

[[org]]
code = "west"
name = "海州市市场监管局"
parent = "province"

[[org]]
code = "lake"
name = "东湖区市场监管局"
parents = [{ parent = "east", until = "2023-03" }, { parent = "west", from = "2023-04" }]

[[org]]
code = "hill"
name = "北山区市场监管局"
parent = "east"
until = "2023-06"
successor = "quay"

[[org]]
code = "quay"
name = "港口区市场监管局"
parent = "east"

[[org]]
code = "port"
name = "云台区市场监管局"
parent = "west"
from = "2023-02"

[[org]]
code = "sea"
name = "海边区市场监管局"
parent = "west"
"""


@pytest.fixture
def changing(folder):
    folder.write("orgs.toml", ORGS)
    return folder


def test_each_month_has_a_tree_of_its_own(changing):
    catalog = load(changing.path)

    def leaves(node: str, month: str) -> tuple[str, ...]:
        return catalog.leaves(node, Month.parse(month), Month.parse(month))

    assert [leaves("east", month) for month in ("2023-01", "2023-03", "2023-04", "2023-06", "2023-07")] == [
        ("hill", "quay", "lake"),
        ("hill", "quay", "lake"),
        ("hill", "quay"),
        ("hill", "quay"),
        ("quay",),
    ]
    assert [leaves("west", month) for month in ("2023-01", "2023-02", "2023-04")] == [("sea",), ("port", "sea"), ("lake", "port", "sea")]
    assert catalog.leaves("east", Month(2023, 1), Month(2023, 12)) == ("hill", "quay", "lake")
    assert (leaves("hill", "2023-06"), leaves("hill", "2023-07"), catalog.leaves("hill")) == (("hill",), (), ("hill",))
    assert (catalog.tree.path("lake", Month(2023, 3)), catalog.path("lake")) == (("province", "east", "lake"), ("province", "west", "lake"))


def test_only_what_changes_is_added_up_apart(changing):
    """The province has 东湖 all the time, whichever city it belongs to; 北山 it has until June 2023."""
    tree = load(changing.path).tree
    assert {stay.code for stay in tree.stays("province")} == {"lake", "hill@province", "quay", "port@province@2023-02", "sea"}
    assert {stay.code for stay in tree.stays("east")} == {"lake@east", "hill@east", "quay"}
    assert {stay.code for stay in tree.stays("west")} == {"lake@west@2023-04", "port@west@2023-02", "sea"}
    assert tree.addends["east"] == ("quay", "hill@east", "lake@east")


def test_who_came_and_went_is_told_from_where_one_stands(changing):
    tree = load(changing.path).tree
    seen = {node: [(str(move.month), move.change, move.org, move.other) for move in moves(tree, node)] for node in tree.orgs}
    assert seen["east"] == [("2023-04", MoveKind.LEFT, "lake", "海州市市场监管局")]  # 北山 is carried on below it
    assert seen["west"] == [("2023-02", MoveKind.FOUNDED, "port", ""), ("2023-04", MoveKind.JOINED, "lake", "")]
    assert seen["province"] == [("2023-02", MoveKind.FOUNDED, "port", "")]
    assert seen["quay"] == [("2023-07", MoveKind.MERGED, "hill", "")]
    assert seen["hill"] == [("2023-07", MoveKind.DISSOLVED, "hill", "港口区市场监管局")]
    assert (seen["port"], seen["lake"], seen["sea"]) == ([("2023-02", MoveKind.FOUNDED, "port", "")], [], [])


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ('from = "2023-04" }]', 'from = "2023-03" }]', ("机构 lake：parents 里「east」和「west」的月份重叠；后一个的 from 应是前一个 until 的下一个月。",)),
        ('from = "2023-04" }]', 'from = "2023-06" }]', ("机构 lake：parents 里 2023-04 至 2023-05 没有上级；后一个的 from 应是前一个 until 的下一个月。",)),
        (
            'from = "2023-04" }]',
            'from = "2023-04", until = "2023-09" }]',
            ("机构 lake：2023-09 以后没有上级；已经撤销的，请写 until，否则请把 parents 补全。",),
        ),
        (
            '{ parent = "east", until = "2023-03" }',
            '{ parent = "east", from = "2022-01", until = "2023-03" }',
            ("机构 lake：2022-01 以前没有上级；那时还没有设立的，请写 from，否则请把 parents 补全。",),
        ),
        ('{ parent = "east",', '{ parent = "easst",', ("机构 lake：parents 里写的上级机构「easst」不存在，最接近的是「east」。",)),
        (
            "parents = [",
            'parent = "east"\nparents = [',
            ("机构 lake：parent 和 parents 只能写一个：一直在同一个上级下面的写 parent，先后在几个上级下面的写 parents。",),
        ),
        ('until = "2023-06"', 'from = "2023-08"\nuntil = "2023-06"', ("机构 hill：until（2023-06）早于 from（2023-08）。",)),
        ('until = "2023-06"', "until = 2023-06-30", ('机构 hill：until 应为月份，写成带引号的 "2024-07"，现为「2023-06-30」。',)),
        ('until = "2023-06"', 'until = "2023年6月"', ('机构 hill：until 应为月份，写成带引号的 "2024-07"，现为「2023年6月」。',)),
        ('until = "2023-06"\n', "", ("机构 hill：写了 successor，就要写 until，即撤销前的最后一个月。",)),
        ('successor = "quay"', 'successor = "qauy"', ("机构 hill：successor 写的承接机构「qauy」不存在，最接近的是「quay」。",)),
        ('successor = "quay"', 'successor = "east"', ("机构 hill：successor 写的承接机构「east」自己不报数，不能承接；请改写一个报数的机构。",)),
        ('successor = "quay"', 'successor = "hill"', ("机构 hill：successor 写的承接机构「hill」在 2023-07 不存在，不能承接；请改写那时还在的机构。",)),
        (
            'parent = "province"\n\n[[org]]\ncode = "west"',
            'parent = "province"\nuntil = "2023-05"\n\n[[org]]\ncode = "west"',
            (
                "机构 hill：上级「east」在 2023-06 不存在；请写明那时的上级（parents），或本机构的 from、until。",
                "机构 quay：上级「east」在 2023-06 不存在；请写明那时的上级（parents），或本机构的 from、until。",
            ),
        ),
        (
            'parent = "province"\n\n[[org]]\ncode = "west"',
            'parents = [{ parent = "province", until = "2023-04" }, { parent = "quay", from = "2023-05" }]\n\n[[org]]\ncode = "west"',
            (
                "机构 hill：successor 写的承接机构「quay」自己不报数，不能承接；请改写一个报数的机构。",
                "机构 east：2023-05 起上级关系成了一圈：east → quay → east；请改正其中一个的 parent。",
            ),
        ),
        (
            'parent = "east"\n\n[[org]]\ncode = "port"',
            'parents = [{ parent = "east", until = "2023-08" }, { parent = "west", from = "2023-09" }]\n\n[[org]]\ncode = "port"',
            ("机构 east：2023-09 起下面没有一个报数的机构；请至少让一个下级报数（reports = true），或写明它的 from、until。",),
        ),
        ('name = "青澜省市场监管局"', 'name = "青澜省市场监管局"\nuntil = "2023-06"', ("机构 province：最上级一直都在，不写 from 和 until。",)),
        ('{ parent = "east", until', '{ parnet = "east", until', None),
    ],
)
def test_what_is_no_tree_in_some_month_is_said(changing, old, new, faults):
    changing.change("orgs.toml", old, new)
    if faults is None:
        assert any("parents 的第 1 项没有名为 parnet 的字段，最接近的是「parent」" in fault for fault in changing.faults())
    else:
        assert changing.faults() == tuple(f"orgs.toml 的{fault}" for fault in faults)


def test_a_task_is_handed_down_to_those_below_all_year(changing):
    """In 2023 东湖 moved and 北山 ended: the task of the city is then not the sum of whoever stood below it; in 2022 it is."""
    changing.write("targets/2022.toml", "".join(_target(org, value) for org, value in (("east", 1000), ("hill", 500), ("quay", 300), ("lake", 100))))
    changing.write("targets/2023.toml", "".join(_target(org, value) for org, value in (("east", 1000), ("quay", 300))))
    assert changing.faults() == ("targets/2022.toml 的目标 visits：下级机构目标合计 900，比本目标 1000 少 100，任务分解对不上。",)


def _target(org: str, value: int) -> str:
    return f'[[target]]\nindicator = "visits"\noffice = "food"\norg = "{org}"\nkind = "annual"\nvalue = {value}\ntolerance = 5\ndocument = "分解表"\n\n'
