"""Which organisations a text names: whole names, never the beginning of a longer one."""

from dataclasses import replace
from pathlib import Path

import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.catalog.model import Catalog
from kpi.workbook.mentions import mentions
from kpi.workbook.organisation import org_in
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
