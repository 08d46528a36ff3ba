"""总结生成, beside the summary: in a browser the slides are downloaded, and a superior's form comes back filled."""

import zipfile
from io import BytesIO

import openpyxl
from playwright.sync_api import expect

from tests.kpi.papers.writing.test_superior_form import superior


def test_slides_are_downloaded_and_a_form_of_the_superior_comes_back_filled(visit):
    page = visit("summary?period=2023-11&office=catering")
    page.get_by_text("会议材料、报表", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载会议材料").click()
    assert taken.value.suggested_filename == "会议材料_2023-11.pptx"
    with zipfile.ZipFile(taken.value.path()) as archive:
        assert "餐饮监管科" in archive.read("ppt/slides/slide1.xml").decode()

    page.get_by_text("填好上级的表", exact=True).click()
    file = {"name": "月报.xlsx", "mimeType": "application/octet-stream", "buffer": superior()}
    page.get_by_test_id("stFileUploader").filter(has_text="上级的表").locator("input[type=file]").set_input_files([file])
    expect(page.get_by_text("填了 8 格，2 处没有填。")).to_be_visible()
    with page.expect_download() as filled:
        page.get_by_role("button", name="下载填好的表").click()
    assert openpyxl.load_workbook(BytesIO(filled.value.path().read_bytes()))["月报"]["D5"].value == 377663
