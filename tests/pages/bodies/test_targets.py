"""未达标: worst first, with what it takes; what is open and what is silent apart; the law once."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from pages.bodies import figure_panel
from tests.kpi.province import report
from tests.pages.conftest import _over
from tests.pages.fragments import answer, body_of, table, texts, view_of


@pytest.fixture
def page(looking):
    return body_of("targets", period="2023-11")


def named(rows: list[dict[str, str]], name: str) -> dict[str, str]:
    """The row of an indicator."""
    return next(row for row in rows if row["指标"].startswith(name))


def test_the_missed_stand_worst_first_with_what_is_needed(page):
    late = table(page, "未达标和滞后")
    assert [row["指标"].split()[0] for row in late][:2] == ["双随机结果及时填报率", "本部门抽查任务完成率"]
    assert [row["状态"] for row in late] == ["■ 未达标"] * 7 + ["▲ 滞后"] * 7
    food = named(late, "食品抽检合格率")
    assert food["完成"] == "未舍入 97.788% 目标 ≥97.8%"
    assert food["差距"] == "差 0.012 个百分点"
    assert food["怎样补上"].startswith("分母不变，「食品抽检合格批次」还差 1 批次")
    assert named(late, "新增商标注册")["怎样补上"].startswith("照此完不成：12 月需 54 件，最多做过 32 件 照上年的进度推算，全年约 273 件")


def test_a_row_has_projection_signal_and_what_the_office_says_of_it(page):
    row = named(table(page, "未达标和滞后"), "商品煤检测进度")
    assert "11 月正常波动（36.0～100.0%）。" in row["怎样补上"]
    assert "科室说明：" in row["怎样补上"]


def test_a_miss_says_since_when_on_its_row_and_in_its_panel(page):
    late = table(page, "未达标和滞后")
    assert named(late, "双随机结果及时填报率")["差距"] == "差 36.95 个百分点 连续 10 个月未达标（2 月起）"
    panel = LexborHTMLParser(figure_panel.panel(view_of("targets", figure="double_random_timely_entry_rate")))
    assert dict(zip(texts(panel, "dt"), texts(panel, "dd"), strict=True))["已经多久"] == "连续 10 个月未达标（2 月起）。"


def test_what_is_undecided_says_why_and_what_it_waits_for(page):
    """Pending lots and a bound: each in its own words, and the office that can settle it."""
    undecided = table(page, "未定")
    assert [row["指标"].split()[0] for row in undecided] == ["商品煤抽检合格率", "计量器具在有效期内比率"]
    assert [row["为什么未定"] for row in undecided] == ["还有结果未出，最后在 56.4～91.0% 之间", "只报了上限，实际可能更低"]
    assert [row["要等什么"] for row in undecided] == ["等质量监管科报出全部结果", "等计量标准科报出确数"]


def test_what_may_not_be_assessed_stands_apart_and_the_law_is_printed_once(page):
    assert not any("个体工商户年报率" in row["指标"] for row in table(page, "未达标和滞后"))
    assert "只监测不考核（4 项）" in texts(page, "h2")
    assert " ".join(texts(page, "p")).count("《促进个体工商户发展条例》") == 1


def test_one_office_alone(looking):
    page = body_of("targets", office="consumer")
    assert answer(page).startswith("消保科：1 项滞后")
    assert {row["指标"].split()[1] for row in table(page, "未达标和滞后")} == {"消保科"}


@pytest.mark.parametrize(("status", "tables"), [("missed", ["未达标和滞后"]), ("undecided", ["未定"]), ("met", ["达标"])])
def test_one_status_alone(looking, status, tables):
    page = body_of("targets", status=status)
    assert texts(page, "caption") == tables
    if status == "missed":
        assert {row["状态"] for row in table(page, "未达标和滞后")} == {"■ 未达标"}


def test_behind_is_told_from_missed(page):
    assert any("差得不超过容差是滞后，超过是未达标" in text for text in texts(page, "p"))


def test_why_there_is_no_figure_stands_beside_what_has_none(looking):
    unreported = table(body_of("targets", period="2022-11"), "未报")
    assert named(unreported, "市场主体总量同比增长率")["原因"] == "算不出，缺上年同期的「期末在业市场主体总量」"


def test_what_another_office_owes_names_that_office(empty, monkeypatch):
    """食品 has sent its samples, 办公室 no population: 办公室 is named; of 食品 in a month that it has sent nothing of, 食品 itself."""
    _over(empty, monkeypatch)
    empty.store.commit(
        [
            report("bureau", "food_coordination", "2023-10", food_samples_taken="– 1850"),
            report("bureau", "general_office", "2023-11", x_population_10k="– 50"),
        ]
    )
    reasons = {month: named(table(body_of("targets", period=month), "未报"), "每千人食品抽检批次")["原因"] for month in ("2023-10", "2023-11")}
    assert reasons == {"2023-10": "算不出，缺「常住人口」（办公室没有报）", "2023-11": "科室没有报"}
