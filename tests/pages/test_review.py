"""看板: the answer comes first, and every figure leads to its cell."""

import pytest


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


def test_an_office_that_reported_is_not_said_to_have_not(shell):
    """市场主体总量 of 2021 is not on record, so 2022 has no growth; the office typed 6.7 % and reported the total."""
    opened(shell, "review/trends.py", code="登记注册科 · 市场主体总量同比增长率")
    months = table(shell).set_index("期间")
    assert months.loc["2022-11", "本年"] == "算不出，缺上年同期的「期末在业市场主体总量」"
    assert months.loc["2022-11", "填报值"] == "6.7%"


def test_a_month_of_a_cut_off_day_is_called_half_where_months_are_compared(shell):
    """On 趋势, where 环比 stands; 同比 says nothing of it."""
    opened(shell, "review/trends.py", code="登记注册科 · 新登记市场主体")
    assert any("2023 年 11 月的环比用的本月数只到 11 月 23 日，不是整月" in caption.value for caption in shell.caption)
    opened(shell, "review/compare.py")
    assert not any("环比" in text.value for text in [*shell.caption, *shell.markdown])
