"""总结生成: what the page answers, its preview, and in a browser a file that is downloaded and a template that is filled."""

import zipfile

from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from pages.bodies import summary_opening
from tests.kpi.papers.writing.test_summary import template
from tests.pages.fragments import answer, body_of, links, texts, view_of


def preview(**query: str) -> LexborHTMLParser:
    view = view_of("summary", **query)
    return LexborHTMLParser(summary_opening.preview(view, summary_opening.summary_of(view)))


def test_the_answer_counts_figures_and_gaps(looking):
    assert answer(body_of("summary", period="2023-11", office="catering")) == "区市场监管局餐饮监管科2023年1—11月工作总结：23 个数，没有缺数的地方。"


def test_each_figure_of_the_preview_leads_to_where_it_comes_from(looking):
    page = preview(period="2023-11", office="food_coordination")
    assert links(page)["1763"] == "/summary?period=2023-11&office=food_coordination&span=ytd&area=all&version=internal&figure=food_samples_tested"
    assert texts(page, "h3")[:1] == ["一、民生安全"]


def test_a_public_version_hides_what_the_address_names(looking):
    """Without the address 44 of 54 batches of coal are printed; with it their rate goes too, which would tell them."""
    public = {"period": "2023-11", "office": "product_quality", "version": "public"}
    assert "合格44批次" in preview(**public).text()
    page = preview(**public, hide="coal_samples_passed")
    assert "合格【未公开】" in page.text()
    assert "81.5" not in page.text()
    assert answer(body_of("summary", **public, hide="coal_passed")).startswith("没有代码为「coal_passed」的指标或数据项")


def test_a_choice_without_figures_is_answered(looking):
    """An office of one chapter in another chapter."""
    said = answer(body_of("summary", period="2023-11", office="catering", area="party_building"))
    assert said == "2023 年 11 月没有可以写进总结的数；请先导入报表，或换一个期间。"


def test_the_file_is_downloaded_and_a_template_comes_back_filled(visit, tmp_path):
    """In a browser: the file of what is previewed, with its name; then a template of the bureau's own."""
    page = visit("summary?period=2023-11&office=catering")
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载 Word 文件").click()
    assert taken.value.suggested_filename == "区市场监管局餐饮监管科2023年1—11月工作总结.docx"
    with zipfile.ZipFile(taken.value.path()) as archive:
        assert "餐饮单位" in archive.read("word/document.xml").decode()

    page.get_by_text("用本局自己的文稿模板").click()
    page.set_input_files(
        "input[type=file]", [{"name": "月报.docx", "mimeType": "application/octet-stream", "buffer": template("检验{{食品抽检检验批次}}批次")}]
    )
    expect(page.get_by_text("已填好 1 处。")).to_be_visible()
    with page.expect_download() as filled:
        page.get_by_role("button", name="下载填好的文件").click()
    with zipfile.ZipFile(filled.value.path()) as archive:
        assert "检验1763批次" in archive.read("word/document.xml").decode()
