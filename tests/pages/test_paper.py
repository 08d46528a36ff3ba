"""Paper and files: everything of a page is on its sheets, with whose figures they are above and the number of the sheet below."""

import re
from pathlib import Path

import openpyxl
import pypdf
import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.pages.serving import click

pytestmark = pytest.mark.browser


def printed(page: Page, file: Path) -> list[str]:
    """The text of each sheet that a browser prints, without the spaces of the lay-out."""
    page.pdf(path=str(file), prefer_css_page_size=True, print_background=True)
    return [letters(sheet.extract_text() or "") for sheet in pypdf.PdfReader(file).pages]


def letters(text: str) -> str:
    """A text without its spaces."""
    return "".join(text.split())


def stands(words: str, sheet: str) -> bool:
    """Whether a text is on a sheet: a font draws 门 and the radical ⻔ with one picture, and the file may name either."""
    return re.search("".join(f"[{re.escape(sign)}\u2e80-\u2fdf]" for sign in letters(words)), sheet) is not None


@pytest.mark.parametrize(
    ("path", "rows"),
    [("targets?period=2023-11", 14), ("compare?period=2023-11", 60), ("?period=2023-11", 8), ("offices?period=2023-11&office=credit", 10)],
)
def test_every_row_is_on_paper_with_heads_and_feet(visit, tmp_path, path, rows):
    """Across, with whose figures of which month they are; nothing that only a screen can use."""
    page = visit(path)
    names = [text.partition("\n")[0] for text in page.locator(".k-table tbody th").all_inner_texts()]
    sheets = printed(page, tmp_path / "page.pdf")
    whole = "".join(sheets)
    assert len(names) >= rows
    assert [name for name in names if not stands(name, whole)] == []
    for number, sheet in enumerate(sheets, 1):
        assert stands("区市场监管局 · 2023 年 11 月", sheet)
        assert stands(f"第 {number} 页，共 {len(sheets)} 页", sheet)
    assert "导出" not in whole
    first = pypdf.PdfReader(tmp_path / "page.pdf").pages[0].mediabox
    assert first.width > first.height


def test_a_page_is_taken_away_as_a_workbook_and_as_a_picture(visit, tmp_path):
    page = visit("targets?period=2023-10&office=credit")
    with page.expect_download() as taken:
        click(page.get_by_text("导出 Excel"))
    assert taken.value.suggested_filename == "未达标_信用监管科_2023-10.xlsx"
    taken.value.save_as(tmp_path / "taken.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "taken.xlsx").worksheets[0]
    assert sheet["A1"].value == "未达标　区市场监管局　2023 年 10 月"
    heads = [cell.value for cell in sheet[5]]
    done = sheet.cell(row=6, column=heads.index("完成") + 1)
    assert isinstance(done.value, float)
    assert done.number_format.endswith("%")
    with page.expect_download() as taken:
        click(page.get_by_text("导出图片"))
    assert taken.value.suggested_filename == "未达标_2023-10.png"
    taken.value.save_as(tmp_path / "taken.png")
    with Image.open(tmp_path / "taken.png") as picture:
        assert picture.width > 2000


def test_the_original_of_a_figure_is_what_was_dropped(visit, address):
    page = visit("targets?period=2023-11&figure=double_random_timely_entry_rate")
    link = page.get_by_role("dialog").get_by_text("下载原件").first.get_attribute("href")
    answer = page.request.get(f"{address}{link}")
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''2023-11_")
    assert answer.body()[:2] == b"PK"
    assert page.request.get(f"{address}/kpi/original/999999").status == 404
