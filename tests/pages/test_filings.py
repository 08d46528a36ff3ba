"""报送记录 and 报送情况: what came, what is missing, and both ways of changing one's mind."""

import io
from decimal import Decimal as D

import openpyxl

from kpi.filing import submissions
from kpi.filing.intake import Upload, accept, prepare
from kpi.period import Month
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template
from tests.kpi.workbook.ledgers.books import workbook

NOVEMBER = Month(2023, 11)


def opened(shell, page: str, **query: str):
    for name, value in query.items():
        shell.query_params[name] = value
    shell.run().switch_page(f"filing/{page}.py").run()
    assert not shell.exception
    assert not shell.error
    return shell


def choose(shell, period: str) -> None:
    shell.selectbox(key="period").set_value(period).run()
    assert not shell.exception


def table(shell, place: int = 0):
    return shell.dataframe[place].value


def confirm(shell, key: str, by: str, reason: str) -> None:
    shell.text_input(key=f"{key}-by").set_value(by)
    shell.text_input(key=f"{key}-reason").set_value(reason)
    next(button for button in shell.button if button.form_id == f"{key}-form").click().run()
    assert not shell.exception


def test_the_records_of_the_latest_month_come_first(shell):
    opened(shell, "submission_list")
    assert shell.subheader[0].value == "全局 2023 年 11 月共 19 份报送，19 份有效。"
    records = table(shell)
    assert list(records["编号"]) == list(range(437, 418, -1))
    assert set(records["报送状态"]) == {"● 有效"}


def test_all_months_of_one_office(shell):
    opened(shell, "submission_list", office="知识产权科")
    choose(shell, "全部期间")
    assert shell.subheader[0].value == "知识产权科共 23 份报送，23 份有效。"
    assert set(table(shell)["科室"]) == {"知识产权科"}


def test_no_page_draws_more_rows_than_it_can(shell):
    opened(shell, "submission_list")
    choose(shell, "全部期间")
    assert len(table(shell)) == 100
    assert any(caption.value.startswith("只列最近 100 份") for caption in shell.caption)


def test_one_submission_in_detail_with_its_findings_and_its_note(shell):
    """商品煤 44 + 7 is not 54."""
    opened(shell, "submission_list", office="质量监管科")
    assert shell.subheader[1].value == "第 426 号：质量监管科 2023 年 11 月"
    assert "说明：演示数据" in shell.info[0].value
    [findings] = [text.value for text in shell.markdown if "-badge[" in text.value]
    assert findings.count("-badge[请核对]") == 2
    assert shell.get("download_button")


def test_a_submission_is_taken_back_with_a_reason(changing):
    bureau, shell = changing
    opened(shell, "submission_list", office="质量监管科")
    confirm(shell, "withdraw-426", "", "报错了")
    assert shell.warning[0].value == "请写明姓名和理由。"
    assert bureau.store.decisions() == []

    confirm(shell, "withdraw-426", "李主任", "报错了")

    assert shell.success[0].value == "第 426 号报送已撤回，看板已经更新。"
    assert shell.subheader[0].value == "质量监管科 2023 年 11 月共 1 份报送，1 份已撤回。"
    [decision] = bureau.store.decisions()
    assert (decision.submission, decision.by, decision.reason) == (426, "李主任", "报错了")
    assert any("已由李主任于 " in text.value for text in shell.markdown)
    assert not [one for one in shell.text_input if one.key == "withdraw-426-by"]


def test_a_correction_shows_what_it_changed(changing):
    from kpi.filing.intake import Upload, accept, prepare
    from kpi.workbook.report import Column
    from kpi.workbook.writing.template import Filling, write_template

    bureau, shell = changing
    sheet = write_template(bureau.catalog, "ip", NOVEMBER, Filling({("trademarks_registered_new", Column.YTD): "999"}))
    accept(bureau, prepare(bureau, [Upload("更正.xlsx", sheet)]), "王统计", "更正")

    opened(shell, "submission_list", office="知识产权科", standing="有效")
    assert shell.subheader[0].value == "知识产权科 2023 年 11 月共 2 份报送，1 份有效，1 份已被替换。"
    changed = table(shell, 1)
    [trademarks] = changed[(changed["数据项"] == "新增商标注册") & (changed["列"] == "本年累计")]["这一份"]
    assert trademarks.startswith("999")
    assert "未报" in set(changed["这一份"])


def test_who_reported_when_and_the_last_twelve_months(shell):
    opened(shell, "who_reported")
    assert shell.subheader[0].value == "2023 年 11 月应报 19 份：1 份迟报，18 份按时。"
    assert len(table(shell)) == 19
    months = table(shell, 1)
    assert list(months.columns) == ["科室", *(str(NOVEMBER.plus(-i)) for i in range(12))]
    assert not shell.get("code")


def test_a_month_without_a_sheet_gives_the_list_to_remind(shell):
    opened(shell, "who_reported")
    choose(shell, "2023-12")
    assert shell.subheader[0].value == "2023 年 12 月应报 19 份：19 份逾期未报。"
    assert shell.code[0].value.startswith("以下 19 份报表尚未收到，请尽快报送：\n1. 登记注册科：")
    assert set(table(shell)["情况"].str[0].str[:6]) == {"■ 逾期 1"}


def test_before_the_first_sheet_everything_is_owed(bare_shell):
    opened(bare_shell, "who_reported")
    assert "应报 19 份：" in bare_shell.subheader[0].value
    opened(bare_shell, "submission_list")
    assert bare_shell.subheader[0].value == "全局还没有任何报送。"


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
    assert any("解锁后才能撤回或更正" in caption.value for caption in shell.caption)


def test_a_ledger_is_named_and_its_upload_is_not_offered(changing):
    """Names and telephones stood in it, so there is nothing to download."""
    bureau, shell = changing
    drawn = "2021年12月食品抽检台账\n抽样单编号 | 抽样日期 | 检验结论 | 联系电话\nA1 | 2021-12-01 | 合格 | 13900139000"
    accept(bureau, prepare(bureau, [workbook("抽检.xlsx", 台账=drawn)]), "王统计", "只有一个批次")

    opened(shell, "submission_list")
    choose(shell, "2021-12")

    assert shell.subheader[1].value == "第 438 号：食品安全协调科 2021 年 12 月 食品抽检台账"
    assert "台账含有个人信息，原件没有保留或须用密钥打开。" in [caption.value for caption in shell.caption]
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

    opened(shell, "submission_list")
    choose(shell, "2021-12")

    [button] = shell.get("download_button")
    assert button.label == "下载留存副本"
    assert "没有读取的工作表" in button.help
