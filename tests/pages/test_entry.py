"""填报: nothing is stored before somebody has seen it, and what is stored can be found again."""

from kpi.period import Month
from kpi.workbook.writing.template import write_template
from tests.pages.fragments import answer, fragments

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def opened(shell):
    shell.run().switch_page("filing/imports.py").run()
    assert not shell.exception
    assert not shell.error
    return shell


def sheet(demo, office: str) -> bytes:
    """The workbook an office sent for November, as it was uploaded."""
    return demo.store.original(demo.store.current(office, Month(2023, 11)).sha256)


def button(shell, label: str):
    return next(button for button in shell.button if button.label.startswith(label))


def test_a_sheet_already_stored_is_not_stored_again(shell, demo):
    opened(shell)
    shell.file_uploader[0].upload("药品.xlsx", sheet(demo, "drug"), EXCEL).run()
    assert shell.header[0].value == "收到 1 份：1 份与已入库的相同。"
    assert not [button for button in shell.button if button.label.startswith("入库")]


def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(shell):
    opened(shell)
    shell.file_uploader[0].upload("会议纪要.docx", b"not a workbook", "application/octet-stream").run()
    assert shell.header[0].value == "收到 1 份：1 份需要修改。"
    assert shell.expander[0].label == "■ 需要修改：会议纪要.docx"


def test_doubtful_figures_are_stored_only_with_a_name_and_a_note(bare_shell, demo):
    """商品煤 44 + 7 is not 54."""
    opened(bare_shell)
    bare_shell.file_uploader[0].upload("质量.xlsx", sheet(demo, "product_quality"), EXCEL).run()
    assert bare_shell.header[0].value == "收到 1 份：1 份写明说明后可以入库。"
    button(bare_shell, "入库").click().run()
    assert bare_shell.warning[0].value == "请先在上面写明报送人。"
    bare_shell.text_input(key="by").set_value("张某").run()
    button(bare_shell, "入库").click().run()
    assert bare_shell.warning[0].value == "「质量.xlsx」有请核对的问题，请先写明说明再入库。"
    bare_shell.text_area[0].set_value("3 批次已检测，尚未判定").run()
    button(bare_shell, "入库").click().run()
    assert bare_shell.success[0].value == "已入库 1 份报表，看板已经更新。报错了，在「报送记录」点开那一份撤回。"
    assert answer(fragments(bare_shell)) == "已有 2023 年 11 月的数据。"


def test_an_empty_sheet_can_be_taken_away(shell, demo):
    opened(shell)
    assert [choice.label for choice in shell.selectbox] == ["科室", "期间"]
    assert shell.selectbox(key="blank_period").value == "2023-12"
    assert write_template(demo.catalog, "drug", Month(2023, 12))[:2] == b"PK"
