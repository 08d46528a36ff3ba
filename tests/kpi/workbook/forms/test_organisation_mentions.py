"""Which organisations a text names: whole names, never the beginning of a longer one."""

from dataclasses import replace
from pathlib import Path

import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.catalog.model import Catalog
from kpi.workbook.forms.organisation_mentions import mentions
from kpi.workbook.forms.whose_organisation import org_in
from tests.kpi.province import write_catalog


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    folder: Path = write_catalog(tmp_path_factory.mktemp("mentions"))
    stations = '[[org]]\ncode = "{}"\nname = "{}"\nparent = "hucheng"\n'
    with (folder / "orgs.toml").open("a", encoding="utf-8") as orgs:
        orgs.write('[[org]]\ncode = "hucheng"\nname = "湖城区市场监管局"\nlevel = "区"\nparent = "haizhou"\n')
        orgs.write(stations.format("guan", "城关所") + stations.format("guan_east", "东城关所"))
    return load(folder)


@pytest.mark.parametrize(
    ("text", "org"),
    [
        ("东湖", "donghu"),
        ("东湖区", "donghu"),
        ("东湖台账", "donghu"),
        ("东湖局11月报表", "donghu"),
        ("东湖区市场监督管理局食品科月报表", "donghu"),
        ("江城市东湖区市场监督管理局月报表", "donghu"),
        ("青澜省江城市东湖区", "donghu"),
        ("2023年11月东湖食品抽检台账", "donghu"),
        ("２０２３年１１月　东湖　台账", "donghu"),
        ("食品科（东湖）", "donghu"),
        ("东湖_2023-11.xlsx", "donghu"),
        ("东湖十一月份情况", "donghu"),
        ("东湖区市场监管局关于报送11月数据的函", "donghu"),
        ("湖城区市场监管局城关所月报表", "guan"),
        ("东城关所月报表", "guan_east"),
        ("江城市市场监管局", "jiangcheng"),
        ("东湖市场监管局月报表", "donghu"),
        ("全市东湖区食品抽检台账", "donghu"),
        # the beginning of another name
        ("东湖高新区食品抽检台账", None),
        ("东湖高新技术开发区市场监管局月报表", None),
        ("东湖街道食品抽检台账", None),
        ("东湖街道办事处", None),
        ("东湖路投诉台账", None),
        ("东湖新区月报表", None),
        ("东湖经开区", None),
        ("东湖镇", None),
        ("东湖社区食品抽检台账", None),
        ("东湖风景区台账", None),
        ("东湖大酒店投诉台账", None),
        ("东湖超市食品抽检台账", None),
        ("东湖食品有限公司抽检台账", None),
        ("东湖市场食品抽检台账", None),
        ("东湖检验检测中心台账", None),
        ("东湖消费者协会台账", None),
        ("天津市东湖区市场监管局食品抽检台账", None),
        ("海城市东湖区", None),
        ("东湖商贸有限公司台账", None),
        ("东湖所月报表", None),
        ("新东湖区月报表", None),
        ("东湖县月报表", None),
        ("南湖区市场监管局东湖所", None),
        ("北城关所月报表", None),
        # two that are not above one another
        ("东湖区、南湖区食品抽检台账", None),
        ("江城市港口区月报表", None),
        ("食品抽检台账", None),
    ],
)
def test_a_name_is_meant_as_a_whole(catalog, text, org):
    found = org_in(catalog, text)
    assert (found.code if found else None) == org


@pytest.mark.parametrize(
    ("text", "strangers"),
    [
        ("东湖高新区食品抽检台账", ("东湖高新区",)),
        ("东湖街道食品抽检台账", ("东湖街道",)),
        ("西山区市场监督管理局食品抽检台账", ("西山区市场监管局",)),
        ("2023年11月西山区市场监管局台账", ("西山区市场监管局",)),
        ("东湖区市场监管局月报表", ()),
        ("江城市东湖区市场监管局月报表", ()),
        ("食品抽检台账", ()),
        ("市场监管局月报表", ()),
    ],
)
def test_a_longer_name_is_that_of_a_stranger(catalog, text, strangers):
    assert mentions(catalog, text).strangers == strangers


@pytest.mark.parametrize(
    ("bureau", "text", "strangers"),
    [
        ("西山区市场监管局", "城关区食品抽检台账", ("城关区",)),  # 关 and 于 are letters of names, 关于 is none
        ("西山区市场监管局", "城关区市场监管局食品抽检台账", ("城关区市场监管局",)),
        ("西山区市场监管局", "关于于洪区食品抽检台账", ("于洪区",)),
        ("西山区市场监管局", "关于城关区市场监管局食品抽检台账", ("城关区市场监管局",)),
        ("西山区市场监管局", "关于西山区市场监管局食品抽检台账", ()),
        ("西山区市场监管局", "江城市西山区市场监督管理局食品抽检台账", ()),
        ("西山区市场监管局", "青澜省江城市西山区市场监管局食品抽检台账", ()),
        ("西山区市场监管局", "西山区市监局食品抽检台账", ()),
        ("江城市西山区市场监管局", "海州市西山区市场监管局食品抽检台账", ("海州市西山区市场监管局",)),
        ("西山区市场监管局", "小西山区市场监管局食品抽检台账", ("小西山区市场监管局",)),
        ("区市场监管局", "江城市东湖区市场监管局食品抽检台账", ("江城市东湖区市场监管局",)),
    ],
)
def test_another_district_over_a_sheet_of_a_bureau_that_stands_alone(bureau, text, strangers):
    """Its own name may have the city before it and may be shortened; of every other one it is said."""
    assert mentions(replace(load(DEFAULT), bureau=bureau), text).strangers == strangers


@pytest.mark.parametrize("text", ["县区投诉举报台账", "跨区投诉举报台账", "外区投诉举报台账", "高速服务区食品抽检台账", "储罐区特种设备检查台账"])
def test_what_ends_like_a_district_and_is_none_is_not_asked_about(text):
    assert mentions(replace(load(DEFAULT), bureau="西山区市场监管局"), text).strangers == ()


@pytest.mark.parametrize("bureau", ["西固区市场监管局", "兰州市西固区市场监督管理局", "兰州市市场监督管理局西固分局"])
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("兰州市西固区市场监管局月报表", True),
        ("甘肃省兰州市西固区市场监督管理局月报表", True),
        ("西固区市场监管局食品科月报表", True),
        ("兰州市市场监督管理局西固分局月报表", True),
        ("兰州市市场监管局西固区分局月报表", True),
        ("兰州市局西固分局月报表", True),
        ("西固区2023年10月食品抽检情况统计表", False),  # a place alone: nobody else's
        ("西固分局月报表", False),
        ("某某区2023年10月统计表", False),
        ("某区市场监管局月报表", False),
        ("XX区2023年10月统计表", False),
        ("全区市场监管所月报表", False),
    ],
)
def test_a_branch_of_the_citys_bureau_is_the_bureau_of_its_district(bureau, text, named):
    """However the catalogue calls the bureau, and with its city before it or without."""
    found = mentions(replace(load(DEFAULT), bureau=bureau), text)
    assert (bool(found.orgs), found.strangers, found.superiors) == (named, (), ())


@pytest.mark.parametrize(
    ("text", "strangers"),
    [
        ("兰州市市场监督管理局安宁分局月报表", ("兰州市市场监管局安宁分局",)),
        ("凉州区2023年10月统计表", ("凉州区",)),  # 州 ends a prefecture, but not before 区
        ("武威市凉州区2023年10月统计表", ("凉州区",)),
        ("青岛市市北区2023年10月统计表", ("市北区",)),
        ("天祝藏族自治县2023年10月统计表", ("天祝藏族自治县",)),
        ("天水市西固区2023年10月统计表", ("天水市西固区",)),
        ("兰州新区市场监管局月报表", ("兰州新区市场监管局",)),
        ("天水市市场监管局月报表", ("天水市市场监管局",)),  # no superior of a district of 兰州市
    ],
)
def test_branches_and_districts_of_others_are_strangers(text, strangers):
    found = mentions(replace(load(DEFAULT), bureau="兰州市西固区市场监督管理局"), text)
    assert (found.orgs, found.strangers, found.superiors) == ((), strangers, ())


@pytest.mark.parametrize("text", ["兰州市市场监管局月报表", "甘肃省市场监督管理局月报表", "宁夏回族自治区市场监管局月报表"])
def test_a_bureau_that_stands_higher_is_no_other_district(text):
    """Who has not said of which city it is may be below any."""
    found = mentions(replace(load(DEFAULT), bureau="西固区市场监管局"), text)
    assert (found.strangers, found.superiors) == ((), (text.removesuffix("月报表").replace("监督管理", "监管"),))


@pytest.mark.parametrize(("text", "org"), [("江城市市场监督管理局东湖分局月报表", "donghu"), ("江城市市场监管局东湖区分局月报表", "donghu")])
def test_a_branch_of_a_city_in_the_tree_is_its_district(catalog, text, org):
    found = mentions(catalog, text)
    assert ([found.orgs[-1]], found.strangers) == ([org], ())
