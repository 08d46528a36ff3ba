"""Organisations: one tree, whose nodes have targets of their own that make up the one above."""

from datetime import date

import pytest

from kpi.catalog.load import load

ORGS = """
[[org]]
code = "city"
name = "江城市市场监管局"
level = "市"

[[org]]
code = "south"
name = "南湖区市场监管局"
aliases = ["南湖"]
parent = "city"
level = "区"
order = 2

[[org]]
code = "north"
name = "北山区市场监管局"
aliases = ["北山"]
parent = "city"
level = "区"
order = 1

[[org]]
code = "quay"
name = "码头所"
parent = "south"
level = "所"

[[org]]
code = "tower"
name = "鼓楼所"
parent = "south"
level = "所"
reports = false
"""


@pytest.fixture
def city(folder):
    """A city over two districts, one of them with two stations, of which one sends no sheets yet."""
    folder.write("orgs.toml", ORGS)
    return folder


def visits(org: str, value: int, office: str = "food") -> str:
    lines = {"indicator": '"visits"', "office": f'"{office}"', "org": f'"{org}"', "kind": '"annual"', "value": value, "tolerance": 5, "document": '"分解表"'}
    return "\n[[target]]\n" + "".join(f"{key} = {said}\n" for key, said in lines.items() if org or key != "org")


def test_a_bureau_without_a_tree_is_one_organisation(folder):
    catalog = load(folder.path)

    assert [(org.code, org.name, org.reports) for org in catalog.orgs.values()] == [("bureau", "某区市场监管局", True)]
    assert (catalog.root, catalog.branched, catalog.leaves("bureau"), catalog.path("bureau")) == ("bureau", False, ("bureau",), ("bureau",))


def test_the_tree_lists_a_node_before_those_below_it(city):
    catalog = load(city.path)

    assert list(catalog.orgs) == ["city", "north", "south", "quay", "tower"]
    assert [code for code, org in catalog.orgs.items() if org.reports] == ["north", "quay"]
    assert (catalog.root, catalog.branched, catalog.children("city"), catalog.path("quay")) == ("city", True, ("north", "south"), ("city", "south", "quay"))
    assert [catalog.leaves(code) for code in ("city", "south", "quay", "tower")] == [("north", "quay"), ("quay",), ("quay",), ()]


def test_each_level_is_held_to_its_own_targets(city):
    city.add("targets/2023.toml", visits("", 1200) + visits("north", 700) + visits("south", 500))
    catalog = load(city.path)

    limits = [[target.value for target in catalog.targets_of("visits", 2023, org)] for org in (None, "city", "north", "south", "quay")]
    assert limits == [[1200], [1200], [700], [500], []]
    assert catalog.target("visits", date(2023, 6, 1), "north").value == 700


@pytest.mark.parametrize(("north", "said"), [(800, "合计 1300，比本目标 1200 多 100"), (600, "合计 1100，比本目标 1200 少 100")])
def test_targets_handed_down_to_organisations_add_up(city, north, said):
    city.add("targets/2023.toml", visits("city", 1200) + visits("north", north) + visits("south", 500))

    assert city.faults() == (f"targets/2023.toml 的目标 visits：下级机构目标{said}，任务分解对不上。",)


def test_what_is_handed_down_is_what_each_organisation_is_held_to(city):
    """Be it set for the office or for the bureau as a whole."""
    city.add("targets/2023.toml", visits("city", 1200) + visits("north", 700, "bureau") + visits("south", 500))

    assert load(city.path).targets_of("visits", 2023, "north")[0].value == 700


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ('parent = "south"\nlevel = "所"\n\n', 'parent = "souht"\nlevel = "所"\n\n', ("机构 quay：parent 写的上级机构「souht」不存在，最接近的是「south」。",)),
        ('parent = "city"\nlevel = "区"\norder = 1', 'level = "区"', ("机构 north：没有写 parent，而 city 已经是最上级；最上级只能有一个，请写明上级机构。",)),
        ('parent = "city"\nlevel = "区"\norder = 2', 'parent = "quay"', ("机构 south：上级关系成了一圈：south → quay → south；请改正其中一个的 parent。",)),
        ('name = "码头所"', 'name = "北山"', ("机构 quay：名称或别名「北山」与 north 相同，分不清是哪个机构。",)),
        ('code = "tower"', 'code = "north"', ("机构 north：与 orgs.toml 的机构 north 重复，同一代码只能用一次。",)),
        ('code = "quay"', 'code = "码头"', ("机构 码头：code 只能用小写英文字母、数字和下划线，以字母开头。",)),
        ('name = "码头所"', 'name = "码头所"\nreports = false', ("机构 south：下面没有一个报数的机构；请至少让一个下级报数（reports = true）。",)),
        (
            'level = "市"',
            'level = "市"\nreports = true',
            ("机构 city：下面还有机构，数由下级汇总得出，自己不能再报；请删去 reports = true，本级自己的数另立一个下级机构来报。",),
        ),
    ],
)
def test_what_is_no_tree_is_said(city, old, new, faults):
    city.change("orgs.toml", old, new)

    assert city.faults() == tuple(f"orgs.toml 的{fault}" for fault in faults)


def test_a_target_of_an_unknown_organisation_is_named(city):
    city.add("targets/2023.toml", visits("nroth", 700))

    assert city.faults() == ("targets/2023.toml 的目标 visits：机构「nroth」不存在，最接近的是「north」。",)


def test_the_same_target_of_the_root_cannot_stand_twice(city):
    """Left unsaid, it is the root's."""
    city.add("targets/2023.toml", visits("", 1200) + visits("city", 1200))

    [fault] = city.faults()
    assert "重复，同一指标、机构、科室、年份只能有一个目标" in fault
