"""材料核数 over the demo: pasted text and a Word file without a browser, and the way from a finding to its figure in one."""

import io

import docx
import pytest
from playwright.sync_api import expect

from kpi.filing.intake import accept, prepare
from tests.kpi.filing.test_intake import coal
from tests.pages.fragments import answer, fragments, texts
from tests.pages.serving import settled

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRONG = "截至2023年11月30日，商品煤抽检80批次。全区食品安全监督抽检检验1763批次，合格1724批次，不合格36批次。"


@pytest.fixture
def page(shell):
    """The page, before anything is put in."""
    shell.query_params["period"] = "2023-11"
    shell.run().switch_page("papers/check_page.py").run()
    assert not shell.exception
    return shell


def test_a_pasted_text_is_checked(page):
    """What is certain comes first, then what the store has otherwise, with its cell; each figure is marked by shape and words."""
    assert answer(fragments(page)) == "放入写好的材料，逐个数核对。"
    page.text_area[0].set_value(WRONG).run()
    assert not page.exception
    shown = fragments(page)
    assert answer(shown) == "读到 4 个数，4 个对应到指标或数据项，其中 2 个与库一致（没有写明日期的按 2023 年 11 月）；1 处必有一误，2 处与库不符。"
    assert texts(shown, "[aria-label=核对意见] h3") == [
        "✕ 必有一误 1. 正文第1段「1763批次」",
        "▲ 与库不符 2. 正文第1段「80批次」",
        "▲ 与库不符 3. 正文第1段「36批次」",
    ]
    assert "库中2023 年 11 月为 78批次，请核对材料和报表。" in texts(shown, "[aria-label=核对意见] p")
    assert any("!" in words for words in texts(shown, "[aria-label=核对意见] p a"))
    marks = {words.split()[0]: mark.attributes["title"] for mark, words in zip(shown.css(".k-checked"), texts(shown, ".k-checked"), strict=True)}
    assert marks["80批次"] == "商品煤抽检批次，2023 年 11 月库中 78批次，不一致"
    assert [words.split()[1] for words in texts(shown, ".k-checked")] == ["▲", "✕", "✕", "✕"]


def test_a_word_file_comes_back_with_comments_and_is_held_beside_another_one(page):
    """The download is offered only where there is something to say; a table is read row by row."""
    page.file_uploader(key="paper").upload("总结.docx", written(WRONG), WORD).run()
    assert not page.exception
    assert [button.label for button in page.get("download_button")] == ["下载带批注的 Word 文件"]
    page.file_uploader(key="other-paper").upload("上一稿.docx", written(WRONG.replace("80", "79")), WORD).run()
    assert not page.exception
    assert "与「上一稿.docx」相比，1 个数写得不同。" in texts(fragments(page), ".k-section > p")


def test_what_cannot_be_read_is_one_sentence(page):
    page.file_uploader(key="paper").upload("总结.docx", b"PK\x03\x04 no", WORD).run()
    assert not page.exception
    assert not page.error
    assert page.warning[0].value.startswith("「总结.docx」：")


def test_figures_of_an_old_paper_are_taken_in_once_they_are_confirmed(bare_shell, empty):
    """
    Nothing before somebody ticks and signs; afterwards the month has them, and they are not offered again.

    The page is there before the first sheet, for a bureau may begin with an old paper.
    """
    assert bare_shell.run().switch_page("papers/check_page.py").run().text_area
    accept(empty, prepare(empty, [coal(empty)]), "王统计", "首次报送")
    bare_shell.query_params["period"] = "2023-11"
    page = bare_shell.run().switch_page("papers/check_page.py").run()
    page.text_area[0].set_value("商品煤抽检60批次，合格45批次。").run()
    page.checkbox(key="past-wanted").check().run()
    assert page.warning[0].value.endswith("看不出是哪个月的数；请选定或写明月份。")
    page.selectbox(key="past-month").select_index(12).run()
    assert [box.label for box in page.checkbox][2:] == ["商品煤抽检批次 60批次，截至 2022-11-30", "商品煤合格批次 45批次，截至 2022-11-30"]
    page.checkbox[2].check()
    page.text_input(key="past-by").set_value("李统计")
    next(button for button in page.button if button.label == "补录入库").click().run()
    assert not page.exception
    assert [each.value for each in page.success] == ["质量监管科 2022 年 11 月：1 个数已补录。"]
    assert [(each.by, str(each.period), each.note) for each in empty.store.submissions()][1:] == [("李统计", "2022-11", "自材料录入：「粘贴的文字」")]
    assert [box.label for box in page.checkbox][2:] == ["商品煤合格批次 45批次，截至 2022-11-30"]


def test_a_finding_leads_to_its_figure_and_back(visit):
    """Within the page: the address stays, and what was put in too."""
    page = visit("check?period=2023-11")
    page.get_by_label("或者把文字粘贴到这里").fill(WRONG)
    page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="2. 正文第1段「80批次」").click()
    expect(page.locator(".k-checked:focus")).to_contain_text("80批次")
    page.get_by_role("link", name="第 2 条核对意见").click()
    expect(page.locator(".k-violation:focus")).to_contain_text("库中2023 年 11 月为 78批次")
    settled(page)
    assert page.url.endswith("/check?period=2023-11")


def written(*paragraphs: str) -> bytes:
    """A Word file of some paragraphs."""
    document, stream = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(stream)
    return stream.getvalue()
