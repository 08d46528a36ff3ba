"""板块: the areas of a bureau's work, to which an office sends its indicators unless one of them says otherwise."""

import re

import pytest

from kpi.catalog.load import DEFAULT, load

AREAS = """
[[area]]
code = "service"
name = "服务"
order = 2

[[area]]
code = "safety"
name = "安全"
order = 1
"""
CHAPTERS = {"一": "营商环境", "二": "民生安全", "三": "市场秩序", "四": "质量强区", "五": "中心工作", "六": "党建队伍"}


@pytest.fixture
def grouped(folder):
    """Two areas; the office of quality is of the first of them, that of food of none."""
    folder.write("areas.toml", AREAS)
    folder.change("offices.toml", 'name = "质量科"\n', 'name = "质量科"\narea = "safety"\n')
    return folder


def test_a_catalogue_without_areas_groups_nothing(folder):
    catalog = load(folder.path)

    assert catalog.areas == {}
    assert catalog.area_of("coal_pass_rate") is None


def test_areas_stand_in_their_order_and_an_office_decides_for_its_indicators(grouped):
    catalog = load(grouped.path)

    assert list(catalog.areas) == ["safety", "service"]
    assert catalog.area_of("coal_pass_rate") is catalog.areas["safety"]
    assert catalog.area_of("coal_tested").name == "安全"  # a measure
    assert catalog.area_of("visits") is None


def test_an_indicator_may_be_of_another_area_than_its_office(grouped):
    grouped.change("quality.toml", 'target_kind = "floor"', 'target_kind = "floor"\narea = "service"')
    catalog = load(grouped.path)

    assert (catalog.area_of("coal_pass_rate").name, catalog.area_of("coal_tested").name) == ("服务", "安全")


def test_an_area_that_is_not_there_is_named_with_the_nearest(grouped):
    grouped.change("offices.toml", 'area = "safety"', 'area = "safty"')
    grouped.change("food.toml", 'target_kind = "annual"', 'target_kind = "annual"\narea = "services"')

    assert grouped.faults() == (
        "offices.toml 的科室 quality：area 写的板块「safty」不存在，最接近的是「safety」。",
        "food.toml 的指标 visits：area 写的板块「services」不存在，最接近的是「service」。",
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('code = "service"', 'code = "safety"', "areas.toml 的板块 safety：与 areas.toml 的板块 safety 重复，同一代码只能用一次。"),
        ('name = "服务"', 'name = " 安全 "', "areas.toml 的板块 safety：名称或别名「安全」与 service 相同，分不清是哪个板块。"),
        ('code = "service"', 'code = "Service"', "areas.toml 的板块 Service：code 只能用小写英文字母、数字和下划线，以字母开头。"),
        ('name = "服务"\n', "", "areas.toml 的板块 service：缺少 name。"),
        ("order = 2", "order = 2\nnmae = 3", "areas.toml 的板块 service：没有名为 nmae 的字段，最接近的是「name」。"),
        ("[[area]]", "[[aera]]", "areas.toml：不认识 [[aera]]，这里可以写 [[area]]，最接近的是「area」。"),
    ],
)
def test_a_slip_in_the_areas_is_named(grouped, old, new, fault):
    grouped.change("areas.toml", old, new)

    assert fault in grouped.faults()


def test_areas_that_cannot_be_read_are_one_fault(grouped):
    """What may stand in the file is not called missing."""
    grouped.write("areas.toml", "[[area]")

    [fault] = grouped.faults()
    assert fault.startswith("areas.toml：")


def test_the_shipped_areas_are_the_chapters_of_the_summary(folder):
    """Each indicator is of the chapter that its source names: 「2023 年工作总结 一（五）第 260 项」 is 中心工作."""
    catalog = load(DEFAULT)
    assert [area.name for area in catalog.areas.values()] == list(CHAPTERS.values())

    chapters = {code: re.search(r"一（([一二三四五六])）", indicator.source) for code, indicator in catalog.indicators.items()}
    stated = {code: CHAPTERS[chapter[1]] for code, chapter in chapters.items() if chapter}

    assert len(stated) >= 79
    assert {code: catalog.area_of(code).name for code in stated} == stated
    assert all(catalog.area_of(code) for code in catalog.codes)
