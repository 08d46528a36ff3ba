"""填报: nothing is stored before somebody has seen it, and what is stored can be found again."""

from kpi.filing.intake import accept
from kpi.period import Month
from kpi.workbook.writing.template import write_template
from tests.kpi.filing.test_intake import coal, one
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
    assert bare_shell.success[0].value == "已入库 1 份报表，看板已经更新。"
    assert answer(fragments(bare_shell)) == "已有 2023 年 11 月的数据。"


def test_an_empty_sheet_can_be_taken_away(shell, demo):
    opened(shell)
    assert [choice.label for choice in shell.selectbox] == ["科室", "期间"]
    assert shell.selectbox(key="blank_period").value == "2023-12"
    assert write_template(demo.catalog, "drug", Month(2023, 12))[:2] == b"PK"


def test_relations_that_do_not_hold_come_first(shell):
    shell.run().switch_page("filing/relation_checks.py").run()
    assert not shell.exception
    assert not shell.error
    results = shell.dataframe[0].value
    assert shell.subheader[0].value.startswith("2023 年 11 月：5 条勾稽关系不成立，")
    assert list(results["结果"])[:5] == ["✕ 不成立"] * 5
    coal = results[results["编号"] == "R051"].iloc[0]
    assert (coal["左边"], coal["右边"], coal["相差"]) == ("51", "54", "-3")


def test_what_holds_asks_for_nothing(shell):
    """性质 and the way to check stand beside what does not hold alone."""
    shell.run().switch_page("filing/relation_checks.py").run()
    results = shell.dataframe[0].value
    holding = results[results["结果"] == "✓ 成立"]
    assert set(holding["性质"]) == set(holding["怎样核对"]) == {"—"}
    assert all(len(text) > 1 for text in results[results["结果"] == "✕ 不成立"]["怎样核对"])


def test_a_month_in_which_all_hold_is_not_told_what_to_do_with_what_does_not(bare_shell, empty):
    """Nothing is stored but one sheet: nothing can be checked, and nothing is said to be kept as it is."""
    accept(empty, [one(empty, coal(empty))], "王统计")
    bare_shell.run().switch_page("filing/relation_checks.py").run()
    assert not any("不成立的数按原样保留" in caption.value for caption in bare_shell.caption)
