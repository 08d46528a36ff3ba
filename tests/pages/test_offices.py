"""科室与单位: who missed what, worst first; in a tree the organisations below, and their ranking with its reasons."""

from datetime import date

from tests.kpi.province import report
from tests.pages.test_review import opened, sentence, table

PAGE = "review/offices.py"


def bold(shell) -> str:
    """The first line in bold."""
    return next(text.value for text in shell.markdown if text.value.startswith("**"))


def fill(province) -> None:
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


def test_offices_stand_worst_first_with_their_points(shell):
    opened(shell, PAGE)
    assert sentence(shell) == "2023 年 11 月：18 个科室中 4 个有未达标的指标，最多的是信用监管科（4 项）；4 个只有滞后的。"
    offices = table(shell)
    assert list(offices["科室"])[:2] == ["信用监管科", "质量监管科"]
    assert list(offices["未达标"])[:3] == ["4", "1", "1"]
    assert offices[offices["科室"] == "食品安全协调科"].iloc[0]["考核得分"] == "7.00 / 8"
    assert offices[offices["科室"] == "质量监管科"].iloc[0]["考核得分"] == "未定 / 4"  # in the same form: points, of how many
    assert not [choice for choice in shell.selectbox if choice.label == "单位"]


def test_an_office_lists_what_is_undecided_with_why(shell):
    """质量监管科 has pending lots of coal: its details say so, as 未达标 does."""
    opened(shell, PAGE)
    place = list(table(shell)["科室"]).index("质量监管科")
    shell.selectbox(key="phone-standings-bureau").set_value(place).run()
    assert not shell.exception
    undecided = next(frame.value for frame in shell.dataframe if "为什么未定" in frame.value.columns)
    assert list(undecided["指标"]) == ["商品煤抽检合格率"]
    assert list(undecided["为什么未定"]) == ["还有结果未出，最后在 56.4～91.0% 之间"]


def test_a_node_shows_those_below_it_and_who_has_not_reported_all(province_shell, province):
    fill(province)
    opened(province_shell, PAGE)
    assert sentence(province_shell) == "青澜省市场监管局 2023 年 11 月：2 个下级单位都没有报齐；已报的指标里没有未达标的。"

    province_shell.selectbox(key="org").set_value("江城市市场监管局").run()
    lacking, told = sentence(province_shell).split("；")
    assert lacking == "江城市市场监管局 2023 年 11 月：3 个下级单位中 1 个一项都没有报，2 个没有报齐"
    assert told == "已报的指标里，1 个下级单位有未达标的指标，最多的是东湖区市场监管局（1 项）。"
    assert list(table(province_shell)["单位"]) == ["东湖区市场监管局", "北山区市场监管局", "南湖区市场监管局"]
    ranking = table(province_shell, 1)
    assert list(ranking["名次"]) == ["1", "2", "—"]
    assert list(ranking["没有名次的原因"]) == ["—", "—", "未报"]
    assert bold(province_shell) == "**2 个单位有名次，1 个没有。**"

    province_shell.selectbox(key="ranked").set_value("食品科 · 食品经营户").run()
    assert bold(province_shell) == "**不宜排名：是全区的数，不只是本局的工作。**"

    province_shell.selectbox(key="org").set_value("东湖区市场监管局").run()
    assert (
        sentence(province_shell)
        == "东湖区市场监管局 2023 年 11 月：2 个科室都没有报齐；已报的指标里，1 个科室有未达标的指标，最多的是信用监管科（1 项）；1 个只有滞后的。"
    )


def test_every_review_names_the_node_that_is_chosen(province_shell, province):
    fill(province)
    said = {
        "review/overview.py": "海州市市场监管局 2023 年 11 月：1 项未定；1 项达标，2 项未报。",
        "review/targets.py": "海州市市场监管局 2023 年 11 月：1 项未定；1 项达标，2 项未报。",
        "review/compare.py": "海州市市场监管局 2023 年 11 月与上年同期相比：0 项上升，0 项下降，4 项无法相比。",
        "review/trends.py": "海州市市场监管局 食品抽检合格率：截至 2023 年 11 月 98.1%，目标 97.0%。",
    }
    for page, sentence_of_it in said.items():
        opened(province_shell, page)
        province_shell.selectbox(key="org").set_value("海州市市场监管局").run()
        assert not province_shell.exception
        assert sentence(province_shell) == sentence_of_it
    assert list(table(province_shell)["已报"])[:1] == ["2/2 家"]
    assert set(table(province_shell, 1)["科室"]) == {"港口区市场监管局食品科", "云台区市场监管局食品科"}


def test_who_is_missing_stands_beside_what_is_undecided(province_shell, province):
    fill(province)
    opened(province_shell, "review/targets.py")
    undecided = table(province_shell)
    assert [why.split("；")[0] for why in undecided["为什么未定"]] == [
        "缺 1 家：江城市市场监管局（3 家中缺 1 家）",
        "缺 3 家：江城市市场监管局（3 家中缺 2 家）、海州市市场监管局（2 家中缺 1 家）",
    ]
    assert all(until.startswith("等缺的单位补报") for until in undecided["要等什么"])
