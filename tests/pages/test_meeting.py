"""会议版: frozen on the page, and told what has become of it."""

import re

import pytest
from playwright.sync_api import Browser

from kpi.bureau import open_bureau
from kpi.filing.submissions import withdraw
from kpi.meeting import editions
from kpi.period import Month
from tests.kpi.province import report
from tests.pages.fragments import answer, fragments, links, table, texts, view_of
from tests.pages.serving import ON_DEMAND, click, served, settled

NOVEMBER = Month(2023, 11)


def opened(shell, **query: str):
    shell.run().switch_page("meeting/edition_page.py")
    for name, value in query.items():
        shell.query_params[name] = value
    shell.run()
    assert not shell.exception
    assert not shell.error
    return shell


def confirm(shell, by: str, title: str) -> None:
    shell.text_input(key="freeze-by").set_value(by)
    shell.text_input(key="freeze-title").set_value(title)
    next(button for button in shell.button if button.form_id == "freeze-form").click().run()
    assert not shell.exception


def test_a_month_is_frozen_under_a_code(changing):
    bureau, shell = changing
    opened(shell)
    assert answer(fragments(shell)) == "2023 年 11 月还没有会议版。"
    confirm(shell, " ", "局务会")
    assert shell.warning[0].value == "请写明姓名。"
    assert editions.editions(bureau) == []

    confirm(shell, "王统计", "局务会")

    [issue] = editions.editions(bureau)
    code = issue.edition.code
    assert shell.success[0].value == f"2023 年 11 月会议版第 1 版已定稿，编号 {code}，记为日志第 438 号。"
    assert answer(fragments(shell)) == f"2023 年 11 月会议版第 1 版（{code}）定稿以来没有变动，现在的数与会上看到的相同。"
    [listed] = table(fragments(shell), "2023 年 11 月的会议版")
    assert (listed["编号"], listed["会议"], listed["定稿人"]) == (code, "局务会", "王统计")
    figures = table(fragments(shell), f"定稿的数（{code}）")
    assert len(figures) == 81
    assert [row["数值"] for row in figures if row["指标"] == "食品抽检合格率"] == ["97.79%"]
    assert shell.query_params["edition"] == code

    confirm(shell, "王统计", "党组会")
    assert shell.success[0].value == f"与 2023 年 11 月会议版第 1 版完全相同，没有另存；编号仍是 {code}，会议仍是「局务会」，这次写的「党组会」没有记下。"


def test_what_changed_since_and_why(changing):
    """质量监管科 takes its report back: four figures of the meeting have no report any more."""
    bureau, shell = changing
    code = editions.freeze(bureau, NOVEMBER, "王统计").edition.code
    withdraw(bureau, 426, "李主任", "文件拿错了")

    opened(shell, edition=code)

    assert answer(fragments(shell)) == f"2023 年 11 月会议版第 1 版（{code}）定稿以来有 4 项变动。"
    page = fragments(shell)
    assert "原因：撤回 4 项。点一行，看是哪几格变了。" in texts(page, "p")
    [line] = [row for row in table(page, "较会议版变动") if row["指标"] == "工业产品抽检合格率"]
    assert (line["会上"], line["现在"], line["变动"], line["会上状态"], line["现在状态"]) == ("86%", "未报", "—", "● 达标", "□ 未报")
    assert line["原因"].startswith("第 426 号报送已由李主任于 ")
    assert [row["数值"] for row in table(page, f"定稿的数（{code}）") if row["指标"] == "工业产品抽检合格率"] == ["86.00%"]


def test_a_row_opens_the_cells_that_moved(changing):
    """By its address, beside the edition."""
    bureau, shell = changing
    code = editions.freeze(bureau, NOVEMBER, "王统计").edition.code
    withdraw(bureau, 426, "李主任", "文件拿错了")
    opened(shell, edition=code, row="industrial_sampling_pass_rate")
    page = fragments(shell)
    assert "工业产品抽检合格率" in texts(page, "h2")
    cells = table(page, "变动的单元格")
    assert {row["现在"] for row in cells} == {"未报"}
    assert all(row["会上的出处"].startswith("2023-11_质量监管科月报表.xlsx 质量监管科月报表!") for row in cells)
    assert "工业产品抽检合格率的趋势和来源" in links(page)


def test_a_month_without_an_edition_beside_one_with(changing):
    """Choosing another month lets go of the code; an address that keeps it is answered."""
    bureau, shell = changing
    code = editions.freeze(bureau, NOVEMBER, "王统计").edition.code
    opened(shell)
    assert "定稿以来没有变动" in answer(fragments(shell))
    [month] = [picker for picker in view_of("meeting", period="2023-11").pickers if picker.key == "period"]
    assert month.drops == "edition"

    opened(shell, period="2023-10", edition=code)
    page = fragments(shell)
    assert answer(page) == "2023 年 10 月还没有会议版。"
    assert texts(page, "[role=status]") == [f"地址里要看的编号是「{code}」，这里没有；下面是现在的看板，还没有定稿。"]


@pytest.mark.browser
def test_in_a_browser_a_board_is_frozen_and_a_change_leads_to_its_cells(browser: Browser, demo_copy):
    """Frozen first; then the page of a board with a withdrawn report, on a screen and on a phone."""
    with open_bureau(demo_copy) as bureau:
        editions.freeze(bureau, NOVEMBER, "王统计", "局务会")
        withdraw(bureau, 426, "李主任", "文件拿错了")
    for base in served(ON_DEMAND, demo_copy):
        page = browser.new_page(locale="zh-CN")
        for width in (1920, 390):
            page.set_viewport_size({"width": width, "height": 1000})
            page.goto(f"{base}/meeting")
            settled(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.locator('[data-testid="stAlertContentError"]').count() == 0
            if width == 1920:
                click(page.locator("tr[data-open]", has_text="工业产品抽检合格率").first.locator("td").last)  # anywhere on the row
                page.get_by_text("工业产品抽检合格率的趋势和来源").wait_for()
                assert "row=" in page.url
            click(page.get_by_text("定稿…"))
            page.get_by_label("姓名").fill("王统计")
            click(page.get_by_role("button", name="确认定稿"))
            page.get_by_text(re.compile("第 2 版(已定稿|完全相同)")).first.wait_for()
        page.close()


def test_the_editions_of_the_chosen_organisation(province_shell, province):
    """港口 has frozen, 东湖 has not; freezing on the page freezes the board of the one that is chosen."""
    province.store.commit([report(org, "food", "2023-11", food_passed="– 980", food_tested="– 1000") for org in ("donghu", "gangkou")])
    code = editions.freeze(province, NOVEMBER, "王统计", org="gangkou").edition.code
    opened(province_shell)
    assert answer(fragments(province_shell)) == "青澜省市场监管局 2023 年 11 月还没有会议版。"
    opened(province_shell, org="东湖区市场监管局")
    assert answer(fragments(province_shell)) == "东湖区市场监管局 2023 年 11 月还没有会议版。"

    confirm(province_shell, "王统计", "局务会")

    own = editions.editions(province, org="donghu")[0].edition.code
    assert province_shell.success[0].value == f"东湖区市场监管局 2023 年 11 月会议版第 1 版已定稿，编号 {own}，记为日志第 4 号。"
    opened(province_shell, org="港口区市场监管局", edition=code)
    assert [row["编号"] for row in table(fragments(province_shell), "2023 年 11 月的会议版")] == [code]
    province.store.commit([report("gangkou", "food", "2023-11", food_passed="– 970", food_tested="– 1000")])
    province_shell.run()
    assert answer(fragments(province_shell)) == f"港口区市场监管局 2023 年 11 月会议版第 1 版（{code}）定稿以来有 1 项变动。"


def test_a_lost_file_can_be_made_again_on_the_page(changing, demo_copy):
    """The page stands, says what is lost, and writes it back from the log."""
    bureau, shell = changing
    code = editions.freeze(bureau, NOVEMBER, "王统计").edition.code
    [path] = (demo_copy / "editions").rglob("*.json")
    path.unlink()
    opened(shell, edition=code)
    assert answer(fragments(shell)) == f"2023 年 11 月会议版第 1 版（{code}）的定稿文件丢失或损坏，看不到会上的数。"
    next(button for button in shell.button if button.label == "按日志重算并写回").click().run()
    assert shell.success[0].value == f"会议版 {code} 的定稿文件已按日志写回，与编号相符。"
    assert "定稿以来没有变动" in answer(fragments(shell))
    assert path.exists()
