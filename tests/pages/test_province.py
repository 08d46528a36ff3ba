"""填报 in a province: whose the files are is asked once, and every list says or lets one choose which organisation."""

from datetime import datetime

from tests.kpi.filing.test_orgs import own_form, sheet
from tests.kpi.province import report
from tests.pages.fragments import answer, fragments, table, texts
from tests.pages.test_entry import button, opened
from tests.pages.test_filings import confirm
from tests.pages.test_filings import opened as opened_page
from tests.pages.test_imports import drop, labels


def test_of_which_organisation_is_asked_once_for_all_files_that_do_not_say(province_shell, province):
    opened(province_shell)
    drop(
        province_shell,
        ("甲.xlsx", own_form("月报表", "信用监管科")),
        ("乙.xlsx", own_form("统计月报表", "信用监管科")),
        ("丙.xlsx", sheet(province, "gangkou")),
    )
    assert province_shell.header[1].value == "有 2 份没有写是哪个单位的"
    assert labels(province_shell)[:3] == [
        "◇ 先回答问题：甲.xlsx · 信用监管科 2023 年 11 月，3 个数",
        "◇ 先回答问题：乙.xlsx · 信用监管科 2023 年 11 月，3 个数",
        "● 可以入库：丙.xlsx · 港口区市场监管局信用监管科 2023 年 11 月，3 个数",
    ]

    button(province_shell, "按这里选的读取").click().run()
    assert province_shell.warning[0].value == "请先选定单位。"

    [files] = province_shell.multiselect
    files.set_value(files.value[:1])
    next(choice for choice in province_shell.selectbox if choice.label == "单位").set_value("nanhu")
    button(province_shell, "按这里选的读取").click().run()
    assert province_shell.header[1].value == "有 1 份没有写是哪个单位的"
    assert labels(province_shell)[:2] == [
        "● 可以入库：甲.xlsx · 南湖区市场监管局信用监管科 2023 年 11 月，3 个数",
        "◇ 先回答问题：乙.xlsx · 信用监管科 2023 年 11 月，3 个数",
    ]
    assert any("南湖区市场监管局信用监管科 2023 年 11 月报表读出 3 个数" in text.value for text in province_shell.markdown)


def test_who_is_missing_is_listed_for_a_node(province_shell, province):
    province.store.commit([report("gangkou", "food", "2023-11", food_tested="25 250")], at=datetime.fromisoformat("2023-12-05T09:00"))
    opened_page(province_shell, "who_reported", period="2023-11")
    assert answer(fragments(province_shell)) == "2023 年 11 月应报 10 份：9 份逾期未报，1 份按时。"

    opened_page(province_shell, "who_reported", period="2023-11", org="海州市市场监管局")
    page = fragments(province_shell)
    assert answer(page) == "2023 年 11 月应报 4 份：3 份逾期未报，1 份按时。"
    assert {row["单位"] for row in table(page, "2023 年 11 月应报的报表")} == {"港口区市场监管局", "云台区市场监管局"}
    assert punctuality_names(page) == ["云台区市场监管局", "港口区市场监管局"]
    assert any(sentence.startswith("锁定和解锁请在上面选一个报数的单位") for sentence in texts(page, ".k-soft"))

    opened_page(province_shell, "who_reported", period="2023-11", org="yuntai")
    assert punctuality_names(fragments(province_shell)) == ["食品科", "信用监管科"]
    confirm(province_shell, "lock", "李主任", "定稿")
    assert province.store.locked("food", report("yuntai", "food", "2023-11").report.period, "yuntai").by == "李主任"
    assert province.store.locked("food", report("gangkou", "food", "2023-11").report.period, "gangkou") is None


def punctuality_names(page) -> list[str]:
    """Whose months stand side by side."""
    return texts(page, ".k-heat tbody th")


def test_what_came_is_listed_for_a_node(province_shell, province):
    province.store.commit([report(org, "food", "2023-11", food_tested="25 250") for org in ("donghu", "gangkou")])
    opened_page(province_shell, "submission_list")
    assert [row["科室"] for row in table(fragments(province_shell), "报送记录")] == ["港口区市场监管局食品科", "东湖区市场监管局食品科"]

    opened_page(province_shell, "submission_list", org="haizhou")
    page = fragments(province_shell)
    assert answer(page) == "海州市市场监管局 2023 年 11 月共 1 份报送，1 份有效。"
    assert texts(page, "h2") == ["第 2 号：港口区市场监管局食品科 2023 年 11 月"]
