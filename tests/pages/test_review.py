"""看板: the answer comes first, and every figure leads to its cell."""

import pytest

from kpi.period import Month
from pages.widgets import session
from tests.kpi.province import report


def sentence(shell) -> str:
    """The first line under the title."""
    return shell.subheader[0].value


def table(shell, place: int = 0):
    return shell.dataframe[place].value


def opened(shell, page: str, **query: str):
    for name, value in query.items():
        shell.query_params[name] = value
    shell.run()
    if page != "review/overview.py":
        shell.switch_page(page).run()
    assert not shell.exception
    assert not shell.error
    return shell


def test_overview_says_first_what_was_missed(shell):
    opened(shell, "review/overview.py")
    assert shell.title[0].value == "总览"
    assert sentence(shell).startswith("2023 年 11 月：7 项未达标，7 项滞后，2 项未定；45 项达标")
    assert [metric.label for metric in shell.metric][:2] == ["市场主体总量同比增长率", "食品抽检合格率"]


def test_a_print_that_hides_a_miss_is_said_on_its_card(shell):
    opened(shell, "review/overview.py")
    food = next(metric for metric in shell.metric if metric.label == "食品抽检合格率")
    assert food.value == "97.8%"
    assert any("未舍入 97.788%" in text.value for text in shell.markdown)


def test_another_month_lives_in_the_address(shell):
    opened(shell, "review/overview.py", period="2023-10")
    assert sentence(shell).startswith("2023 年 10 月：")


def test_the_missed_stand_worst_first_with_what_is_needed(shell):
    late = table(opened(shell, "review/targets.py"))
    assert list(late["指标"])[:2] == ["双随机结果及时填报率", "本部门抽查任务完成率"]
    assert [cell[0] for cell in late["状态"]] == ["■ 未达标"] * 7 + ["▲ 滞后"] * 7
    food = late[late["指标"] == "食品抽检合格率"].iloc[0]
    assert food["完成"] == "未舍入 97.788%"
    assert food["差距"] == "差 0.012 个百分点"
    assert food["怎样补上"] == "分母不变，「食品抽检合格批次」还差 1 批次"


def test_what_is_undecided_says_why_and_what_it_waits_for(shell):
    """Pending lots and a bound: each in its own words, and the office that can settle it."""
    undecided = table(opened(shell, "review/targets.py"), 1)
    assert list(undecided["指标"]) == ["商品煤抽检合格率", "计量器具在有效期内比率"]
    assert list(undecided["为什么未定"]) == ["还有结果未出，最后在 56.4～91.0% 之间", "只报了上限，实际可能更低"]
    assert list(undecided["要等什么"]) == ["等质量监管科报出全部结果", "等计量标准科报出确数"]


def test_what_may_not_be_assessed_stands_apart(shell):
    opened(shell, "review/targets.py")
    assert "个体工商户年报率" not in list(table(shell)["指标"])
    assert any("只监测不考核（4 项）" in heading.value for heading in shell.subheader)


def test_only_one_office(shell):
    late = table(opened(shell, "review/targets.py", office="消保科"))
    assert set(late["科室"]) == {"消保科"}


def test_a_trend_shows_its_months_and_its_cells(shell):
    opened(shell, "review/trends.py", code="食品安全协调科 · 食品抽检合格率")
    assert sentence(shell) == "食品抽检合格率：截至 2023 年 11 月 97.79%，上年同期 97.4%，目标 97.8%。"
    months, cells = table(shell), table(shell, 1)
    assert list(months["期间"])[:2] == ["2023-11", "2023-10"]
    assert {"分子", "分母"} <= set(cells["作用"])
    assert all(cell.endswith(".xlsx") for cell in cells["文件"])
    said = [line for text in shell.markdown for line in text.value.splitlines() if line.startswith("- **说明**")]
    assert said  # each sentence once below the table, with its cells
    assert len(said) == len({line.partition("：")[2] for line in said})
    assert "说明" not in cells.columns


def test_every_indicator_and_measure_can_be_chosen(shell, demo):
    opened(shell, "review/trends.py")
    codes = {*demo.catalog.indicators, *demo.catalog.measures}
    assert len(shell.selectbox(key="code").options) == len(codes)


@pytest.mark.parametrize("span", ["本年累计", "本月数"])
def test_a_single_month_is_asked_for_apart_from_the_cumulative(shell, span):
    opened(shell, "review/trends.py", code="食品安全协调科 · 食品快检批次", span=span)
    said = {"本年累计": "食品快检批次：截至 2023 年 11 月 17,017 批次", "本月数": "食品快检批次：2023 年 11 月当月 1,621 批次"}[span]
    assert sentence(shell).startswith(said)


def test_the_comparison_counts_up_and_down(shell):
    rows = table(opened(shell, "review/compare.py"))
    assert sentence(shell) == "2023 年 11 月与上年同期相比：48 项上升，21 项下降，7 项持平，2 项不是确数、升降不定，3 项无法相比。"
    assert len(rows) == 81
    assert rows[rows["指标"] == "新登记市场主体"].iloc[0]["同比"] == "+27.11%"


def test_a_bound_is_not_compared_as_if_it_were_a_number(shell):
    """At most 100 % against 99.35 % has risen by at most 0.65; at most 1 day in either year says nothing."""
    rows = table(opened(shell, "review/compare.py")).set_index("指标")
    assert rows.loc["计量器具在有效期内比率", "同比"] == "至多 +0.65 个百分点"
    assert rows.loc["全流程企业开办时间", "同比"] == "不是确数，不能相比"


def test_different_data_dates_are_named(shell):
    opened(shell, "review/compare.py")
    assert any("数据截止日不一致" in caption.value for caption in shell.caption)


def test_a_trend_says_by_which_target_what_is_needed_and_where_the_year_will_end(shell):
    opened(shell, "review/trends.py", code="知识产权科 · 新增商标注册")
    said = [text.value for text in shell.markdown]
    assert "- **目标依据**：2023 年目标任务分解表（演示用，虚构），全年 300 件；序时进度按天数，91.51%；差 5 个百分点以内算滞后。" in said
    assert any(line.startswith("- **还需**：") and line.endswith("靠现有进度完不成。") for line in said)
    assert any(line.startswith("- **推算**：照上年的进度推算，全年约 273 件") for line in said)
    assert "- **波动**：11 月正常波动（16～33 件）。" in said
    assert table(shell)["当月波动"].iloc[0] == "正常波动（16～33 件）"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("质量监管科 · 商品煤抽检合格率", ":violet[**◆ 未定**]：还有结果未出，最后在 56.4～91.0% 之间；等质量监管科报出全部结果"),
        ("食品安全协调科 · 食品抽检合格率", ":orange[**▲ 滞后**]：差 0.012 个百分点"),
    ],
)
def test_a_trend_says_the_status_and_why_it_is_open(shell, code, said):
    opened(shell, "review/trends.py", code=code)
    assert said in [text.value for text in shell.markdown]


def test_the_comparison_prints_rates_that_can_be_subtracted(shell):
    """97.79 - 97.41 = 0.38: both rates with the two digits of their difference."""
    food = table(opened(shell, "review/compare.py")).set_index("指标").loc["食品抽检合格率"]
    assert (food["今年"], food["上年同期"], food["同比"]) == ("97.79%", "97.41%", "+0.38 个百分点")


def test_a_measure_that_is_no_indicator_has_months_and_no_target(shell):
    opened(shell, "review/trends.py", code="办公室 · 常住人口（数据项）")
    assert sentence(shell).startswith("常住人口：")
    assert not any(text.value.startswith("- **目标依据**") for text in shell.markdown)


def test_the_missed_say_whether_it_can_still_be_done(shell):
    late = table(opened(shell, "review/targets.py"))
    assert late[late["指标"] == "新增商标注册"].iloc[0]["怎样补上"] == "照此完不成：12 月需 54 件，最多做过 32 件"


def test_an_office_that_reported_is_not_said_to_have_not(shell):
    """市场主体总量 of 2021 is not on record, so 2022 has no growth; the office typed 6.7 % and reported the total."""
    opened(shell, "review/trends.py", code="登记注册科 · 市场主体总量同比增长率")
    months = table(shell).set_index("期间")
    assert months.loc["2022-11", "本年"] == "算不出，缺上年同期的「期末在业市场主体总量」"
    assert months.loc["2022-11", "填报值"] == "6.7%"


def test_why_there_is_no_figure_stands_beside_what_has_none(shell):
    opened(shell, "review/targets.py").selectbox(key="period").set_value("2022-11").run()
    unreported = next(frame.value for frame in shell.dataframe if "原因" in frame.value.columns).set_index("指标")
    assert unreported.loc["市场主体总量同比增长率", "原因"] == "算不出，缺上年同期的「期末在业市场主体总量」"


def test_what_another_office_owes_names_that_office(bare_shell, empty):
    """食品 has sent its samples, 办公室 no population: 办公室 is named; of 食品 in a month that it has sent nothing of, 食品 itself."""
    empty.store.commit(
        [
            report("bureau", "food_coordination", "2023-10", food_samples_taken="– 1850"),
            report("bureau", "general_office", "2023-11", x_population_10k="– 50"),
        ]
    )
    reasons = {}
    for month in ("2023-10", "2023-11"):
        opened(bare_shell, "review/targets.py").selectbox(key="period").set_value(month).run()
        found = next(frame.value for frame in bare_shell.dataframe if "原因" in frame.value.columns).set_index("指标")
        reasons[month] = found.loc["每千人食品抽检批次", "原因"]
    assert reasons == {"2023-10": "算不出，缺「常住人口」（办公室没有报）", "2023-11": "科室没有报"}


def test_a_month_of_a_cut_off_day_is_called_half_where_months_are_compared(shell):
    """On 趋势, where 环比 stands; 同比 says nothing of it."""
    opened(shell, "review/trends.py", code="登记注册科 · 新登记市场主体")
    assert any("2023 年 11 月的环比用的本月数只到 11 月 23 日，不是整月" in caption.value for caption in shell.caption)
    opened(shell, "review/compare.py")
    assert not any("环比" in text.value for text in [*shell.caption, *shell.markdown])


def test_behind_is_told_from_missed(shell):
    opened(shell, "review/targets.py")
    assert any("差得不超过容差是滞后，超过是未达标" in caption.value for caption in shell.caption)


def test_a_small_line_says_what_it_draws(shell):
    opened(shell, "review/overview.py")
    drawn = [caption.value for caption in shell.caption if caption.value.startswith("细线：")]
    said = {metric.label: line for metric, line in zip(shell.metric, drawn, strict=True)}
    assert said["本部门抽查任务完成率"] == "细线：近 13 个月的本年累计"
    assert said["知识产权质押融资"] == "细线：近 13 个月的本月数"
    assert said["市场主体总量同比增长率"] == "细线：近 13 个月的月末数"


def card(shell, name: str) -> str:
    """What stands below the figure of a card."""
    below = [text.value for text in shell.markdown if text.value.startswith(":small[")]
    return {metric.label: text for metric, text in zip(shell.metric, below, strict=True)}[name]


def test_a_card_says_why_its_verdict_is_open(shell):
    """Beside 81.5 % and ≥85 % stands why that is no miss yet."""
    opened(shell, "review/overview.py")
    assert "**◆ 未定**" in card(shell, "商品煤抽检合格率")
    assert "还有结果未出，最后在 56.4～91.0% 之间" in card(shell, "商品煤抽检合格率")
    assert "本年累计，截至 11 月 30 日" in card(shell, "新增商标注册")
    assert "本年累计" not in card(shell, "企业年报率")


def test_a_card_without_a_figure_says_what_lacks(shell):
    """A figure that the office typed and that cannot be computed is not left with 未报 alone."""
    opened(shell, "review/overview.py", period="2022-11")
    growth = card(shell, "市场主体总量同比增长率")
    assert "大字是科室的填报值" in growth
    assert "算不出，缺上年同期的「期末在业市场主体总量」" in growth


def test_a_comparison_that_is_but_words_says_what_it_compares(shell):
    opened(shell, "review/overview.py")
    [growth] = [metric for metric in shell.metric if metric.label == "市场主体总量同比增长率"]
    assert growth.delta == "同比：缺上年同期数"


def test_which_sheet_a_comparison_lacks_is_not_cut_off(shell):
    """The chip has no room for it; it stands whole below."""
    opened(shell, "review/overview.py", period="2022-11")
    [food] = [metric for metric in shell.metric if metric.label == "食品抽检合格率"]
    assert food.delta == "同比：缺上年同期数"
    assert "缺上年同期数（2021 年 11 月食品安全协调科月报表没有这项数）" in card(shell, "食品抽检合格率")


def test_what_the_board_does_not_list_is_named(shell, demo):
    opened(shell, "review/overview.py")
    [hidden] = [i.name for i in demo.catalog.indicators.values() if i.code not in {row.indicator for row in session.rows(Month(2023, 11))}]
    assert any(f"还有 1 项没有列出：{hidden}" in caption.value for caption in shell.caption)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"period": "2027-01"}, "地址里要看的期间是「2027-01」，这里没有；下面是「2023-11」。"),
        ({"period": "2020-05"}, "地址里要看的期间是「2020-05」，这里没有；下面是「2022-01」。"),
        ({"period": "去年"}, "地址里要看的期间是「去年」，这里没有；下面是「2023-11」。"),
        ({"office": "网络科"}, "地址里要看的科室是「网络科」，这里没有；下面是「全局」。"),
    ],
)
def test_an_address_of_what_is_not_there_is_answered(shell, query, said):
    """It is not passed over: the nearest month is shown, and said."""
    opened(shell, "review/overview.py" if "period" in query else "review/targets.py", **query)
    assert [info.value.replace("\\", "") for info in shell.info] == [said]
    if "period" in query:
        assert shell.selectbox(key="period").value == said[-9:-2]
    shell.run()
    assert not shell.info


def test_each_row_stands_on_a_phone_as_well(shell):
    """Status and name first, then the rest; all of a wide table."""
    opened(shell, "review/targets.py")
    listed = next(text.value for text in shell.markdown if text.value.startswith("- :red[**■ 未达标**]"))
    first = listed.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ").splitlines()[:2]
    assert first[0].rstrip() == "- :red[**■ 未达标**] **双随机结果及时填报率**"
    assert first[1].strip().startswith("科室：信用监管科 · 完成：53.05% · 目标：≥90% · 差距：差 36.95 个百分点")
