"""科室与单位: who missed what, worst first; the whole sheet of an office; in a tree the organisations below, and their ranking."""

from datetime import date

import pytest

from tests.kpi.province import report
from tests.pages.conftest import _over
from tests.pages.fragments import answer, body_of, table, texts, words


@pytest.fixture
def filled(province, monkeypatch):
    """A province of which some bureaus have reported."""
    _over(province, monkeypatch)
    shares = {"donghu": "970 1000", "nanhu": "980 1000", "gangkou": "990 1000", "yuntai": "40 50"}
    province.store.commit(
        [
            *(
                report(org, "food", "2023-11", food_passed=f"– {passed}", food_tested=f"– {tested}")
                for org, (passed, tested) in ((org, share.split()) for org, share in shares.items())
            ),
            report("donghu", "credit", "2023-11", visits="– 560"),
            report("yuntai", "credit", "2023-11", as_of=date(2023, 11, 20), visits="– 850"),
        ]
    )
    return province


def org_named(bureau, name: str) -> str:
    """The code of an organisation."""
    return next(code for code, org in bureau.catalog.orgs.items() if org.name == name)


def test_offices_stand_worst_first_with_their_points(looking):
    page = body_of("offices")
    assert answer(page) == "18 个科室中 4 个有未达标的指标，最多的是信用监管科（4 项）；4 个只有滞后的。"
    offices = table(page, "各科室的指标")
    assert [row["科室"] for row in offices][:2] == ["信用监管科", "质量监管科"]
    assert [row["未达标"] for row in offices][:3] == ["4", "1", "1"]
    points = {row["科室"]: row["考核得分"] for row in offices}
    assert points["食品安全协调科"] == "7.00 / 8"
    assert points["质量监管科"] == "未定 / 4"  # in the same form: points, of how many


def test_every_indicator_of_an_office_is_a_tile_with_shape_and_word(looking):
    page = body_of("offices")
    tiles = page.css_first(".k-tile-rows dd").css("a.k-tile")
    assert words(tiles[0]) == "■ 双随机结果及时填报率 未达标"
    assert tiles[0].attributes["href"] == "/offices?office=all&period=2023-11&org=bureau&figure=double_random_timely_entry_rate"


def test_the_page_of_an_office_has_all_of_it(looking):
    page = body_of("offices", office="credit")
    assert answer(page) == "信用监管科：4 项未达标，1 项滞后；2 项达标"
    sheet = table(page, "信用监管科的全部指标")
    assert len(sheet) == 10
    assert [row["状态"] for row in sheet] == ["■ 未达标"] * 4 + ["▲ 滞后"] + ["○ 无目标"] * 3 + ["● 达标"] * 2
    sent = table(page, "信用监管科的报送")
    assert (sent[0]["期间"], sent[0]["报送状态"]) == ("2023 年 11 月", "● 有效")
    assert sent[0]["报送人"] == "演示（虚构）"
    assert any(text.startswith("信用监管科月报表：") for text in texts(page, "p"))


def test_a_node_shows_those_below_it_and_who_has_not_reported_all(filled):
    assert answer(body_of("offices")) == "青澜省市场监管局 2 个下级单位都没有报齐；已报的指标里没有未达标的。"
    city = org_named(filled, "江城市市场监管局")
    page = body_of("offices", org=city)
    lacking, told = answer(page).split("；")
    assert lacking == "江城市市场监管局 3 个下级单位中 1 个一项都没有报，2 个没有报齐"
    assert told == "已报的指标里，1 个下级单位有未达标的指标，最多的是东湖区市场监管局（1 项）。"
    assert [row["单位"] for row in table(page, "各单位的指标")] == ["东湖区市场监管局", "北山区市场监管局", "南湖区市场监管局"]
    ranking = table(page, "食品抽检合格率的排名")
    assert [row["名次"] for row in ranking] == ["1", "2", ""]
    assert [row["没有名次的原因"] for row in ranking] == ["", "", "未报"]
    assert any(text.startswith("2 个单位有名次，1 个没有。") for text in texts(page, "p"))

    page = body_of("offices", org=city, ranked="食品科 · 食品经营户")
    assert any(text.startswith("不宜排名：是全区的数，不只是本局的工作。") for text in texts(page, "p"))

    page = body_of("offices", org=org_named(filled, "东湖区市场监管局"))
    assert answer(page) == "东湖区市场监管局 2 个科室都没有报齐；已报的指标里，1 个科室有未达标的指标，最多的是信用监管科（1 项）；1 个只有滞后的。"


def test_who_is_missing_stands_beside_what_is_undecided(filled):
    undecided = table(body_of("targets"), "未定")
    assert [row["为什么未定"].split("；")[0] for row in undecided] == [
        "缺 1 家：江城市市场监管局（3 家中缺 1 家）",
        "缺 3 家：江城市市场监管局（3 家中缺 2 家）、海州市市场监管局（2 家中缺 1 家）",
    ]
    assert all(row["要等什么"].startswith("等缺的单位补报") for row in undecided)
