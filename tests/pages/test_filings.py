"""报送记录 and 报送情况: what came, what is missing, and both ways of changing one's mind."""

import io
from decimal import Decimal as D

import openpyxl
from selectolax.lexbor import LexborHTMLParser

from kpi.filing import submissions
from kpi.filing.intake import Upload, accept, prepare
from kpi.period import Month
from kpi.present.html.engine import render
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template
from pages.bodies import arrivals, submission_opening
from tests.kpi.workbook.ledgers.books import workbook
from tests.pages.fragments import answer, body_of, fragments, links, table, texts, view_of

NOVEMBER = Month(2023, 11)


def opened(shell, page: str, **query: str):
    shell.run().switch_page(f"filing/{page}.py")
    for name, value in query.items():
        shell.query_params[name] = value
    shell.run()
    assert not shell.exception
    assert not shell.error
    return shell


def listed(shell) -> list[dict[str, str]]:
    """The table of 报送记录."""
    return table(fragments(shell), "报送记录")


def confirm(shell, key: str, by: str, reason: str) -> None:
    shell.text_input(key=f"{key}-by").set_value(by)
    shell.text_input(key=f"{key}-reason").set_value(reason)
    next(button for button in shell.button if button.form_id == f"{key}-form").click().run()
    assert not shell.exception


def test_the_records_of_the_usual_month_come_first(shell):
    opened(shell, "submission_list")
    assert answer(fragments(shell)) == "全局 2023 年 11 月共 19 份报送，19 份有效。"
    records = listed(shell)
    assert [record["编号"] for record in records] == [str(number) for number in range(437, 418, -1)]
    assert {record["报送状态"] for record in records} == {"● 有效"}


def test_all_months_of_one_office(shell):
    opened(shell, "submission_list", office="ip", period="all")
    assert answer(fragments(shell)) == "知识产权科共 23 份报送，23 份有效。"
    assert {record["科室"] for record in listed(shell)} == {"知识产权科"}


def test_a_link_to_another_page_does_not_take_all_months_along(looking):
    """Only this page can show them; elsewhere they would be refused."""
    shown = view_of("submissions", period="all", office="ip")
    assert shown.link("targets") == "/targets?office=ip"
    assert shown.link() == "/submissions?period=all&office=ip&standing=all"


def test_no_page_draws_more_rows_than_it_can(shell):
    opened(shell, "submission_list", period="all")
    assert len(listed(shell)) == 100
    assert any(sentence.startswith("只列最近 100 份") for sentence in texts(fragments(shell), ".k-soft"))


def test_one_submission_in_detail_with_its_findings_and_its_note(shell):
    """商品煤 44 + 7 is not 54; the row is in the address, and the only one is opened by itself."""
    for query in ({"office": "product_quality"}, {"row": "426"}):
        opened(shell, "submission_list", **query)
        page = fragments(shell)
        assert texts(page, "h2") == ["第 426 号：质量监管科 2023 年 11 月"]
        assert "说明：演示数据：与公开的 2023 年工作总结一致，原文如此，差额未作更正" in texts(page, ".k-plain")
        assert [finding.partition(" ")[0] for finding in texts(page, ".k-findings li")] == ["请核对", "请核对"]
        assert shell.get("download_button")


def test_a_row_that_is_not_there_is_said(looking):
    """Of another office or month, or none at all."""
    page = body_of("submissions", row="1")
    assert texts(page, ".k-note") == ["地址里要看的编号是「1」，这里没有。"]
    assert texts(page, "h2") == []


def test_a_row_leads_to_its_address(looking):
    page = LexborHTMLParser(render("table.html", table=submission_opening.table(view_of("submissions", office="ip"))))
    assert links(page)["知识产权科"] == "/submissions?office=ip&period=2023-11&standing=all&row=434"


def test_a_submission_is_taken_back_with_a_reason(changing):
    bureau, shell = changing
    opened(shell, "submission_list", office="质量监管科")
    confirm(shell, "withdraw-426", "", "报错了")
    assert shell.warning[0].value == "请写明姓名和理由。"
    assert bureau.store.decisions() == []

    confirm(shell, "withdraw-426", "李主任", "报错了")

    assert shell.success[0].value == "第 426 号报送已撤回，看板已经更新。"
    assert answer(fragments(shell)) == "质量监管科 2023 年 11 月共 1 份报送，1 份已撤回。"
    [decision] = bureau.store.decisions()
    assert (decision.submission, decision.by, decision.reason) == (426, "李主任", "报错了")
    assert any("已由李主任于 " in text for text in texts(fragments(shell), ".k-plain"))
    assert not [field for field in shell.text_input if field.key == "withdraw-426-by"]


def test_of_two_who_take_the_same_back_the_second_is_told_so(changing):
    """Whoever had the form open still; the list below it stays."""
    bureau, shell = changing
    opened(shell, "submission_list", office="质量监管科")
    current, given = bureau.store.decide, []

    def overtaken(decision):
        given.append(decision)
        if len(given) == 1:
            current(decision)
        return current(decision)

    object.__setattr__(bureau.store, "decide", overtaken)
    confirm(shell, "withdraw-426", "李主任", "报错了")
    assert "第 426 号" in shell.warning[0].value
    assert [record["编号"] for record in listed(shell)] == ["426"]
    assert len(bureau.store.decisions()) == 1


def test_a_correction_shows_what_it_changed(changing):
    bureau, shell = changing
    sheet = write_template(bureau.catalog, "ip", NOVEMBER, Filling({("trademarks_registered_new", Column.YTD): "999"}))
    accept(bureau, prepare(bureau, [Upload("更正.xlsx", sheet)]), "王统计", "更正")

    opened(shell, "submission_list", office="知识产权科", standing="有效")
    assert answer(fragments(shell)) == "知识产权科 2023 年 11 月共 2 份报送，1 份有效，1 份已被替换。"
    changed = table(fragments(shell), "与前一份相比改了的数")
    [trademarks] = [row["这一份"] for row in changed if (row["数据项"], row["列"]) == ("新增商标注册", "本年累计")]
    assert trademarks.startswith("999")
    assert "未报" in {row["这一份"] for row in changed}


def test_who_reported_when_and_the_last_twelve_months(shell):
    opened(shell, "who_reported")
    page = fragments(shell)
    assert answer(page) == "2023 年 11 月应报 19 份：1 份迟报，18 份按时。"
    assert len(table(page, "2023 年 11 月应报的报表")) == 19
    months = table(page, "各科室各月的报送情况")
    assert len(months[0]) == 1 + 12 + 1
    assert len(months) == 19
    assert not shell.get("code")


def test_who_was_late_most_often_is_first_and_each_cell_says_it_in_words(looking):
    """A colour never stands alone: shape, days, and the whole sentence for the pointer and for who has it read aloud."""
    rows = arrivals.punctuality(view_of("completeness"), arrivals.course(NOVEMBER))
    late = [int(row.cells[-1].text.split("/")[1]) - int(row.cells[-1].text.split("/")[0]) for row in rows]
    assert late == sorted(late, reverse=True)
    [cell] = [cell for row in rows for cell in row.cells if cell.words.startswith("特种设备科 2023 年 11 月：")]
    assert (cell.shape, cell.text, cell.kind, cell.words) == ("▲", "4", "behind", "特种设备科 2023 年 11 月：迟报 4 天")
    assert cell.link == "/submissions?period=2023-11&office=special_equipment"


def test_a_month_without_a_sheet_gives_the_list_to_remind(shell):
    opened(shell, "who_reported", period="2023-12")
    page = fragments(shell)
    assert answer(page) == "2023 年 12 月应报 19 份：19 份逾期未报。"
    assert shell.code[0].value.startswith("以下 19 份报表尚未收到，请尽快报送：\n1. 登记注册科：")
    assert {row["情况"][:6] for row in table(page, "2023 年 12 月应报的报表")} == {"■ 逾期 1"}


def test_before_the_first_sheet_everything_is_owed(bare_shell):
    opened(bare_shell, "who_reported")
    assert "应报 19 份：" in answer(fragments(bare_shell))
    opened(bare_shell, "submission_list")
    assert answer(fragments(bare_shell)) == "全局还没有任何报送。"


def test_a_month_is_locked_and_unlocked(changing):
    bureau, shell = changing
    opened(shell, "who_reported")
    confirm(shell, "lock", "李主任", "年报已上报")
    assert shell.success[0].value == "2023 年 11 月已锁定。"
    assert "2023 年 11 月的数据已由李主任于 " in shell.info[0].value
    assert bureau.store.locked("ip", NOVEMBER)

    submissions.unlock(bureau, NOVEMBER, "李主任", "更正", "ip")
    opened(shell, "who_reported")
    assert "2023 年 11 月除知识产权科外的数据" in shell.info[0].value

    confirm(shell, "unlock", "李主任", "更正")
    assert shell.success[0].value == "2023 年 11 月已解锁。"
    assert not shell.info


def test_a_locked_submission_cannot_be_taken_back(changing):
    bureau, shell = changing
    submissions.lock(bureau, NOVEMBER, "李主任", "年报已上报", "ip")
    opened(shell, "submission_list", office="知识产权科")
    assert not shell.text_input
    assert any("解锁后才能撤回或更正" in sentence for sentence in texts(fragments(shell), ".k-soft"))


def test_a_ledger_is_named_and_its_upload_is_not_offered(changing):
    """Names and telephones stood in it, so there is nothing to download."""
    bureau, shell = changing
    drawn = "2021年12月食品抽检台账\n抽样单编号 | 抽样日期 | 检验结论 | 联系电话\nA1 | 2021-12-01 | 合格 | 13900139000"
    accept(bureau, prepare(bureau, [workbook("抽检.xlsx", 台账=drawn)]), "王统计", "只有一个批次")

    opened(shell, "submission_list", period="2021-12")

    assert texts(fragments(shell), "h2")[0] == "第 438 号：食品安全协调科 2021 年 12 月 食品抽检台账"
    assert "台账含有个人信息，原件没有保留或须用密钥打开。" in texts(fragments(shell), ".k-soft")
    assert not shell.get("download_button")


def test_of_a_form_with_an_unread_sheet_the_copy_is_offered(changing):
    """The button says that it is a copy, and what it lacks."""
    bureau, shell = changing
    book = openpyxl.load_workbook(
        io.BytesIO(write_template(bureau.catalog, "food_coordination", Month(2021, 12), Filling({("food_samples_taken", Column.YTD): D(9)})))
    )
    book.create_sheet("投诉人").append(["欧阳试样", "13900139000"])
    buffer = io.BytesIO()
    book.save(buffer)
    accept(bureau, prepare(bureau, [Upload("食品.xlsx", buffer.getvalue())]), "王统计", "只有一个数")

    opened(shell, "submission_list", period="2021-12")

    [button] = shell.get("download_button")
    assert button.label == "下载留存副本"
    assert "没有读取的工作表" in button.help
