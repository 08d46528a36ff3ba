"""The loader: what a sound folder becomes, and what each slip of a hand is called."""

from decimal import Decimal

import pytest

from kpi.catalog.load import load
from kpi.errors import CatalogError


def test_a_sound_folder_becomes_the_catalogue(folder):
    catalog = load(folder.path)

    assert catalog.bureau == "某区市场监管局"
    assert list(catalog.offices) == ["quality", "food"]
    assert [measure.code for measure in catalog.office_measures("food")] == ["shops", "visits"]
    assert catalog.relations["B1"].office == "bureau"
    assert catalog.systems["S1"].office == "quality"


def test_the_typed_rate_stands_beside_the_computed_one(folder):
    catalog = load(folder.path)

    assert catalog.indicators["coal_pass_rate"].reported == "coal_pass_rate"
    assert catalog.indicators["visits"].reported is None


def test_a_target_is_an_exact_decimal_of_the_year_in_its_file_name(folder):
    [(target,)] = load(folder.path).targets.values()

    assert (target.indicator, target.year, target.value) == ("coal_pass_rate", 2023, Decimal("85.5"))


def test_the_digest_follows_the_files(folder):
    before = load(folder.path).digest
    assert load(folder.path).digest == before

    folder.change("food.toml", "检查到店才看得见后厨", "到店才看得见后厨")

    assert load(folder.path).digest != before


def test_targets_and_relations_over_offices_may_be_absent(folder):
    (folder.path / "bureau_relations.toml").unlink()
    (folder.path / "targets/2023.toml").unlink()

    assert load(folder.path).targets == {}


def test_a_file_saved_by_windows_notepad_is_read(folder):
    path = folder.path / "food.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert "visits" in load(folder.path).measures


def test_every_fault_of_every_file_is_told_at_once(folder):
    folder.change("offices.toml", 'name = "质量科"\n', "")
    folder.change("quality.toml", 'unit = "批次"', 'unti = "批次"')
    folder.change("food.toml", 'kind = "stock"', 'kind = "stok"')
    folder.change("targets/2023.toml", "value = 85.5", 'value = "很多"')

    assert folder.faults() == (
        "offices.toml 的科室 quality：缺少 name。",
        "quality.toml 的数据项 coal_tested：缺少 unit。",
        "quality.toml 的数据项 coal_tested：没有名为 unti 的字段，最接近的是「unit」。",
        "quality.toml 的数据项 coal_passed：缺少 unit。",
        "quality.toml 的数据项 coal_passed：没有名为 unti 的字段，最接近的是「unit」。",
        "food.toml 的数据项 shops：kind 的值「stok」不在可选值 flow、stock、standard、rate 之内，最接近的是「stock」。",
        "targets/2023.toml 的目标 coal_pass_rate：value 应为数字，现为「很多」。",
    )


def test_a_missing_folder_says_where_its_path_comes_from(tmp_path):
    with pytest.raises(CatalogError) as caught:
        load(tmp_path / "无此目录")

    assert caught.value.faults == (f"指标目录文件夹「{tmp_path / '无此目录'}」不存在；请核对 --catalog 或 KPI_CATALOG 所写的路径。",)


def test_an_empty_folder_is_no_catalogue(tmp_path):
    with pytest.raises(CatalogError, match=r"里没有 \.toml 文件"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("file", "content", "fault"),
    [
        ("food.toml", b'[[measure]]\ncode = "shops\n', "food.toml：第 2 行第 14 个字附近写法有误，请检查引号、逗号和等号。"),
        ("food.toml", b"x = [", "food.toml：文件末尾不完整，请检查引号和方括号是否成对。"),
        ("food.toml", b"x = 1\nx = 2\n", "food.toml：第 2 行写法有误：同一个字段写了两次。"),
        ("food.toml", "# 食品科".encode("gb18030"), "food.toml：不是 UTF-8 编码，请用编辑器另存为 UTF-8。"),
        ("bureau.toml", b"", 'bureau.toml：缺少本局名称，请写一行 name = "区市场监管局"。'),
        ("targets/next.toml", b"", "targets/next.toml：目标文件应以年份命名，如 targets/2023.toml。"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault_only(folder, file, content, fault):
    """
    What other files say about an unreadable one is not counted against them.
    """
    (folder.path / file).write_bytes(content)

    assert folder.faults() == (fault,)


def test_a_file_that_cannot_be_opened_is_named(folder):
    (folder.path / "food.toml").unlink()
    (folder.path / "food.toml").mkdir()

    [fault] = folder.faults()
    assert fault.startswith("food.toml：打不开（")


def test_the_message_counts_the_faults(folder):
    folder.change("bureau.toml", "name", "nama")

    with pytest.raises(CatalogError) as caught:
        load(folder.path)

    assert str(caught.value).startswith("指标目录有 2 处错误：\nbureau.toml：")
