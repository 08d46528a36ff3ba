"""The workbook of definitions as a statistician opens it."""

import io

import openpyxl
import pytest

from kpi.catalog.files import Folder
from kpi.catalog.load import catalog_of, load
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.plain_tables import documents_of
from kpi.errors import RequestError
from kpi.workbook.definitions.definition_reading import read_definitions
from kpi.workbook.process.parser import Parser
from kpi.workbook.writing.definition_book import write_definitions
from tests.kpi.workbook.definitions.whole_catalogue import write_whole
from tests.kpi.workbook.office import needs_office, saved_again

FORMULA = '=HYPERLINK("http://a.cn","点这里")'


@pytest.fixture
def catalog(tmp_path):
    return load(write_whole(tmp_path))


def with_name(catalog, name):
    """The catalogue with another name of its first measure."""
    documents = documents_of(catalog)
    documents["quality.toml"]["measure"][0]["name"] = name
    return catalog_of(Folder(documents, (), (), ""))


def opened(catalog):
    return openpyxl.load_workbook(io.BytesIO(write_definitions(catalog)))


def test_each_noun_has_a_sheet_behind_the_guide(catalog):
    """The first column is what an entry is known by; headings and that column stay in sight."""
    book = opened(catalog)

    assert book.sheetnames == ["说明", *(sheet.title for sheet in NOUN_SHEETS.values())]
    row = [cell.value for cell in book["科室"][2]]
    assert row == ["quality", "质量科", "质监科、质量监管科", "bureau", 1, "质量科月报表", 8, "safety", None, None, None, "是"]
    assert {book[sheet.title].freeze_panes for sheet in NOUN_SHEETS.values()} == {"B2"}


def test_the_guide_says_what_each_column_means(catalog):
    lines = [tuple(cell.value for cell in row) for row in opened(catalog)["说明"].iter_rows(min_row=9)]

    assert len(lines) == sum(len(sheet.fields) for sheet in NOUN_SHEETS.values())
    assert ("数据项", "性质", NOUN_SHEETS["measure"].field("kind").meaning, "从所列的词中选", "是", "时期数、时点数、服务标准、填报率") in lines
    assert ("数据项", "科室", "归哪个科室，写科室代码", "代码", "是", "「科室」的代码") in lines


def test_closed_choices_are_lists_of_chinese_words(catalog):
    """Every closed field of every sheet, also in rows that are still empty; codes of another sheet are offered, not demanded."""
    book = opened(catalog)
    for sheet in NOUN_SHEETS.values():
        rules = {str(rule.sqref).split(":")[0]: rule for rule in book[sheet.title].data_validations.dataValidation}
        for column, field in enumerate(sheet.fields, 1):
            rule = rules[f"{openpyxl.utils.get_column_letter(column)}2"]
            words = list(field.words.values()) or ["是", "否"] * (field.kind.value == "是、否")
            if words:
                assert rule.formula1 == f'"{",".join(words)}"'
                assert rule.showErrorMessage
            assert rule.prompt.startswith(field.meaning[:20])
    [offices] = [rule for rule in book["数据项"].data_validations.dataValidation if str(rule.sqref).startswith("B2:")]
    assert (offices.formula1, bool(offices.showErrorMessage)) == ("'科室'!$A$2:$A$503", False)


@pytest.mark.parametrize("name", [FORMULA, "+1+1", "@SUM(A1)", "-2", "'abc", "http://a.cn", "0012"])
def test_a_text_that_looks_like_a_formula_is_text(catalog, name):
    cell = opened(with_name(catalog, name))["数据项"]["C2"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)


def test_a_text_that_no_cell_holds_is_refused(catalog):
    """Nothing is cut off."""
    assert opened(with_name(catalog, "长" * 32_767))["数据项"]["C2"].value == "长" * 32_767
    with pytest.raises(RequestError, match=r"「名称」（数据项!C2）有 32768 个字，工作簿的一格最多 32767 个；请先缩短，再导出。"):
        write_definitions(with_name(catalog, "长" * 32_768))


@needs_office
def test_another_program_saves_nothing_else(catalog, tmp_path):
    """LibreOffice saves it as .xlsx, .xls and .ods: read back it is the same catalogue."""
    catalog = with_name(catalog, f"{FORMULA}、 \\空；\n二行_x0041_")
    folder = tmp_path / "office"
    folder.mkdir()
    saved = saved_again({"目录": write_definitions(catalog)}, ["xlsx", "xls", "ods"], folder)
    with Parser(places=1) as parser:
        for ending, books in saved.items():
            again = read_definitions(parser.definitions(books["目录"], f"目录.{ending}"), f"目录.{ending}")
            assert repr(documents_of(again)) == repr(documents_of(catalog)), ending


def test_nothing_of_a_definition_is_masked(catalog):
    """A hotline in a definition is no person's number; the same file as a report is masked as ever."""
    book = write_definitions(with_name(catalog, "热线 13800138000"))
    with Parser(places=1) as parser:
        [kept] = [sheet for sheet in parser.definitions(book, "目录.xlsx") if sheet.name == "数据项"]
        [masked] = [sheet for sheet in parser.parse(book, "目录.xlsx") if sheet.name == "数据项"]

    assert kept.cell(1, 2).text == "热线 13800138000"
    assert "13800138000" not in masked.cell(1, 2).text
