"""Targets in the catalogue: changed within the year, by month, per head, and handed down to parts that must add up."""

from datetime import date
from decimal import Decimal as D

import pytest

from kpi.catalog.load import load

ANNUAL = """
[[target]]
indicator = "visits"
office = "food"
kind = "annual"
value = 1200
tolerance = 5
document = "任务分解表"
"""
STATIONS = """
[[office]]
code = "east"
name = "东关所"
parent = "food"
order = 3
template = "东关所月报表"

[[office]]
code = "west"
name = "西关所"
parent = "food"
order = 4
template = "西关所月报表"
"""
CITY = """
[[org]]
code = "city"
name = "江城市局"

[[org]]
code = "east"
name = "东关区局"
parent = "city"

[[org]]
code = "west"
name = "西关区局"
parent = "city"
"""


def handed(office: str, value: int, since: str = "") -> str:
    return ANNUAL.replace('office = "food"', f'office = "{office}"').replace("1200", str(value)) + (f"from = {since}\n" if since else "")


@pytest.fixture
def year(folder):
    """Targets of 2023 with one of 1,200 visits."""
    folder.add("targets/2023.toml", ANNUAL)
    return folder


@pytest.fixture
def stations(year):
    """The food office has two stations, which owe no sheet of their own yet."""
    year.add("offices.toml", STATIONS)
    year.write("east.toml", "")
    year.write("west.toml", "")
    return year


def test_a_target_changed_within_the_year_holds_from_its_day(year):
    year.add("targets/2023.toml", ANNUAL.replace("1200", "1500").replace("任务分解表", "调整通知") + "from = 2023-07-01\n")
    catalog = load(year.path)

    assert [(t.value, t.document) for t in catalog.targets_of("visits", 2023)] == [(1200, "任务分解表"), (1500, "调整通知")]
    assert [catalog.target("visits", day).value for day in (date(2023, 6, 30), date(2023, 7, 1))] == [1200, 1500]
    assert catalog.target("visits", date(2022, 7, 1)) is None


def test_two_targets_cannot_hold_from_the_same_day(year):
    year.add("targets/2023.toml", ANNUAL)

    [fault] = year.faults()
    assert fault.endswith("重复，同一指标、机构、科室、年份只能有一个目标；年中调整的，另写 from 即生效日期。")


def test_a_target_per_head_is_multiplied_by_the_reference_of_its_year(folder):
    folder.write("reference.toml", '[[reference]]\ncode = "people"\nname = "常住人口"\nunit = "万人"\nvalues = { 2023 = 30.28 }\nsource = "虚构"\n')
    folder.add("targets/2023.toml", ANNUAL.replace("1200", "2.5") + 'per = "people"\n')
    catalog = load(folder.path)

    assert catalog.wanted(catalog.targets_of("visits", 2023)[0]) == D("75.7")


def test_the_stations_targets_make_up_the_offices(stations):
    stations.add("targets/2023.toml", handed("east", 700) + handed("west", 500))

    catalog = load(stations.path)
    assert [target.value for target in catalog.targets_of("visits", 2023)] == [1200]


@pytest.mark.parametrize(("east", "said"), [(800, "下级目标合计 1300，比本目标 1200 多 100"), (600, "下级目标合计 1100，比本目标 1200 少 100")])
def test_what_is_handed_down_too_much_or_too_little_is_told(stations, east, said):
    stations.add("targets/2023.toml", handed("east", east) + handed("west", 500))

    assert stations.faults() == (f"targets/2023.toml 的目标 visits：{said}，任务分解对不上。",)


def test_a_part_changed_alone_no_longer_adds_up(stations):
    stations.add("targets/2023.toml", handed("east", 700) + handed("west", 500) + handed("west", 600, "2023-07-01"))

    assert stations.faults() == ("targets/2023.toml 的目标 visits：2023-07-01 起下级目标合计 1300，比本目标 1200 多 100，任务分解对不上。",)


def test_whole_and_part_changed_on_the_same_day_add_up(stations):
    changed = handed("west", 600, "2023-07-01") + handed("food", 1300, "2023-07-01")
    stations.add("targets/2023.toml", handed("east", 700) + handed("west", 500) + changed)

    assert load(stations.path).target("visits", date(2023, 8, 1)).value == 1300


def test_the_targets_of_named_parts_make_up_the_whole(folder):
    other = '\n[[indicator]]\ncode = "calls"\n' + INDICATOR
    folder.add("food.toml", other)
    folder.add("targets/2023.toml", ANNUAL + 'parts = ["calls"]\n' + ANNUAL.replace('"visits"', '"calls"').replace("1200", "900"))

    assert folder.faults() == ("targets/2023.toml 的目标 visits：分项目标合计 900，比本目标 1200 少 300，任务分解对不上。",)


INDICATOR = """name = "回访"
unit = "家次"
numerator = "visits"
better = "higher"
target_kind = "annual"
why_it_matters = "问过才知道改没改。"
denominator_words = "不是比率"
source = "检查计划"
reviewed_on = 2026-11-23
"""


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("from = 2024-01-01", "生效日期 from 应在 2023 年内，现为 2024-01-01"),
        ("monthly = [100, 100]", "monthly 要写十二个月的数，现有 2 个"),
        ("monthly = [90, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100]", "monthly 十二个月合计 1190，与全年目标 1200 相差 10"),
        ('pace = "milestones"', 'pace = "milestones" 和 milestones 要么都写，要么都不写'),
        (
            'pace = "milestones"\nmilestones = [{ on = 2023-06-30, share = 40 }]',
            "milestones 的 share 是占全年的百分比，最后一个应为 100，现为 40",
        ),
        (
            'pace = "milestones"\nmilestones = [{ on = 2023-06-30, share = 40 }, { on = 2023-05-31, share = 100 }]',
            "milestones 应是 2023 年内由早到晚的日期，share 逐个增大",
        ),
        ('pace = "weeks"', "pace 的值「weeks」不在可选值 days、months、milestones、profile 之内"),
        ('per = "people"', "per 引用的参考数「people」不存在"),
        ('parts = ["calls"]', "parts 里的指标「calls」2023 年没有目标"),
        ("score = { points = 0 }", "score 的 points 应大于 0，现为 0"),
        ('score = { points = 5, rule = "deduct" }', "按差距扣分要写 step 和 deduct，都大于 0"),
        ("score = { points = 5, bonus = 1 }", "加分要写 bonus_step（大于 0）和封顶分 cap"),
        ("score = { points = 5, cap = 4 }", "封顶分 cap 不应小于 points，现为 4"),
        ("score = { point = 5 }", "score 没有名为 point 的字段，最接近的是「points」"),
    ],
)
def test_a_slip_in_a_target_is_named(year, line, fault):
    year.add("targets/2023.toml", line + "\n")

    told = year.faults()
    assert any(one.startswith("targets/2023.toml 的目标 visits：") and fault in one for one in told), told


def test_a_reference_without_the_year_is_named(folder):
    folder.write("reference.toml", '[[reference]]\ncode = "people"\nname = "常住人口"\nunit = "万人"\nvalues = { 2022 = 30 }\nsource = "虚构"\n')
    folder.add("targets/2023.toml", ANNUAL + 'per = "people"\n')

    assert folder.faults() == ("targets/2023.toml 的目标 visits：参考数「常住人口」没有 2023 年的数，请在 reference.toml 补上。",)


def test_each_organisation_is_held_to_its_own_people(folder):
    """A city of 300 万人 in two districts, 2.5 家次 per 万人 each: 250 + 500 = 750."""
    folder.write("orgs.toml", CITY)
    people = {"": 300, 'org = "east"\n': 100, 'org = "west"\n': 200}
    line = '[[reference]]\ncode = "people"\n{}name = "常住人口"\nunit = "万人"\nvalues = {{ 2023 = {} }}\nsource = "虚构"\n'
    folder.write("reference.toml", "".join(line.format(org, number) for org, number in people.items()))
    folder.add("targets/2023.toml", "".join(ANNUAL.replace("1200", "2.5") + f'per = "people"\n{org}' for org in people))

    catalog = load(folder.path)
    assert [catalog.wanted(catalog.targets_of("visits", 2023, org)[0]) for org in ("city", "east", "west")] == [750, 250, 500]

    folder.change("reference.toml", "2023 = 200", "2023 = 201")
    assert folder.faults() == ("targets/2023.toml 的目标 visits：下级机构目标合计 752.5，比本目标 750.0 多 2.5，任务分解对不上。",)


def test_whose_reference_is_missing_is_named(folder):
    folder.write("orgs.toml", CITY)
    folder.write("reference.toml", '[[reference]]\ncode = "people"\norg = "wets"\nname = "常住人口"\nunit = "万人"\nvalues = { 2023 = 30 }\nsource = "虚构"\n')
    folder.add("targets/2023.toml", ANNUAL + 'per = "people"\norg = "west"\n')

    assert folder.faults() == (
        "reference.toml 的参考数 people：机构「wets」不存在，最接近的是「west」。",
        'targets/2023.toml 的目标 visits：参考数「people」没有机构「west」的数，请在 reference.toml 补一段并写 org = "west"。',
    )


def test_a_rate_has_no_pace(folder):
    folder.change("targets/2023.toml", "tolerance = 1", 'tolerance = 1\npace = "months"')

    assert folder.faults() == ("targets/2023.toml 的目标 coal_pass_rate：pace 只用于年度总量和任务进度；其他目标没有序时进度。",)


def test_a_verdict_is_computed_to_four_digits(year):
    year.change("targets/2023.toml", "value = 1200", "value = 1200.00001")

    assert year.faults() == ("targets/2023.toml 的目标 visits：目标值最多 4 位小数，现为 1200.00001。",)
