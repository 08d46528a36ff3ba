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
    [target] = load(folder.path).targets.values()

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
    folder.change("food.toml", "order", "order") if False else None
    folder.change("targets/2023.toml", "value = 85.5", 'value = "很多"')

    assert folder.faults() == (
        "offices.toml 的科室 quality：缺少 name。",
        "quality.toml 的数据项 coal_tested：缺少 unit。",
        "quality.toml 的数据项 coal_tested：没有名为 unti 的字段，最接近的是「unit」。",
        "quality.toml 的数据项 coal_passed：缺少 unit。",
        "quality.toml 的数据项 coal_passed：没有名为 unti 的字段，最接近的是「unit」。",
        "food.toml 的数据项 shops：kind 的值「stok」不在可选值 flow、stock、standard、rate 之内，最接近的是「stock」。",
        "targets/2023.toml 的目标 coal_pass_rate：value 应为数字，现为 「很多」。",
    )


def test_a_missing_folder_says_where_its_path_comes_from(tmp_path):
    with pytest.raises(CatalogError) as caught:
        load(tmp_path / "无此目录")

    assert caught.value.faults == (f"指标目录文件夹「{tmp_path / '无此目录'}」不存在；请核对 --catalog 或 KPI_CATALOG 所写的路径。",)


def test_an_empty_folder_is_no_catalogue(tmp_path):
    with pytest.raises(CatalogError, match=r"里没有 \.toml 文件"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        # tables and fields
        ("food.toml", 'unit = "家次"\nkind = "flow"', 'unit = 3\nkind = "flow"', "food.toml 的数据项 visits：unit 应为带引号的文字，现为 3。"),
        ("offices.toml", "order = 1", 'order = "一"', "offices.toml 的科室 quality：order 应为整数，现为 「一」。"),
        ("offices.toml", 'aliases = ["食安科"]', 'aliases = "食安科"', "offices.toml 的科室 food：aliases 应为方括号里的列表，现为 「食安科」。"),
        ("offices.toml", 'aliases = ["食安科"]', 'aliases = ["食安科", 7]', "offices.toml 的科室 food：aliases 的第 2 项 应为带引号的文字，现为 7。"),
        ("food.toml", "2026-11-23", '"去年"', "food.toml 的指标 visits：reviewed_on 应为日期，如 2026-11-23，不加引号，现为 「去年」。"),
        ("food.toml", "[[indicator]]", "[[indicators]]", "food.toml：不认识 [[indicators]]，这里可以写 [[measure]]、[[indicator]]、[[relation]]、[[system]]，最接近的是「indicator」。"),
        ("bureau_relations.toml", "[[relation]]", "[relation]", "bureau_relations.toml：勾稽关系应写成 [[relation]]，用两层方括号。"),
        ("bureau.toml", "name", "nama", "bureau.toml：没有名为 nama 的字段，最接近的是「name」。"),
        ("food.toml", 'code = "shops"', 'code = "shops"\noffice = "food"', "food.toml 的数据项 shops：office 由文件名决定，请删去这一行。"),
        ("food.toml", 'code = "shops"', 'name2 = "x"', "food.toml 的第 1 个数据项：缺少 code。"),
        ("food.toml", 'code = "shops"', 'code = "食品店"', "food.toml 的数据项 食品店：code 只能用小写英文字母、数字和下划线，以字母开头。"),
        ("food.toml", 'kind = "stock"', 'kind = "stock"\nscope = "全区内"', "food.toml 的数据项 shops：scope 的值「全区内」不在可选值 本局、全区 之内，最接近的是「全区」。"),
        ("offices.toml", "order = 1", "order = 1\ndue_day = 31", "offices.toml 的科室 quality：due_day 应在 1 到 28 之间，现为 31。"),
        ("quality.toml", 'kind = "monitoring"', 'kind = "monitor"', "quality.toml 的台账 S1：kind 的值「monitor」不在可选值"),
        # codes and names
        ("food.toml", 'code = "shops"', 'code = "coal_tested"', "food.toml 的数据项 coal_tested：与 quality.toml 的数据项 coal_tested重复，同一代码只能用一次。"),
        ("quality.toml", "煤炭合格批次", "商品煤 检验批次", "quality.toml 的数据项 coal_passed：名称或别名「商品煤 检验批次」与 coal_tested 相同，同一张报表里分不清是哪一个。"),
        ("offices.toml", "食安科", "质量科", "offices.toml 的科室 food：名称或别名「质量科」与 quality 相同，同一张报表里分不清是哪一个。"),
        ("offices.toml", 'parent = "bureau"\norder = 2', 'parent = "qualty"\norder = 2', "offices.toml 的科室 food：parent 写的上级「qualty」不存在，最接近的是「quality」。"),
        ("offices.toml", 'code = "food"', 'code = "drug"', "drug.toml：缺少这个文件。"),
        ("offices.toml", 'code = "food"', 'code = "foods"', "food.toml：文件名不是任何科室的代码，最接近的是「foods」。"),
        # formulas
        ("quality.toml", 'numerator = "coal_passed"', 'numerator = "coal_passd"', "quality.toml 的指标 coal_pass_rate：numerator 引用的数据项「coal_passd」不存在，最接近的是「coal_passed」。"),
        ("quality.toml", 'numerator = "coal_passed"', 'numerator = "coal_passed +"', "quality.toml 的指标 coal_pass_rate：numerator 的公式「coal_passed +」写法有误，只能用数据项代码、数字、+ - * / 和括号。"),
        ("quality.toml", 'numerator = "coal_passed"', "numerator = 1", "quality.toml 的指标 coal_pass_rate：numerator 是公式，应写在引号里。"),
        ("quality.toml", 'denominator = "coal_tested"', 'denominator = "coal_pass_rate"', "quality.toml 的指标 coal_pass_rate：denominator 用了填报率 coal_pass_rate；指标只能由件数、户数等数据项计算，率不能再参与计算。"),
        ("food.toml", 'numerator = "visits"', 'numerator = "visits + shops"', "food.toml 的指标 visits：numerator 的公式「visits + shops」把「家次」、「家」放在一起加减，单位不同不能相加。"),
        ("quality.toml", "scale = 100", 'scale = 100\nfailed = "coal_tested"', "quality.toml 的指标 coal_pass_rate：failed 和 total 要么都写，要么都不写。"),
        ("quality.toml", "scale = 100", "scale = 0", "quality.toml 的指标 coal_pass_rate：scale 应大于 0，现为 0。"),
        ("food.toml", 'unit = "家次"\nnumerator', 'unit = "户次"\nnumerator', "food.toml 的指标 visits：单位「户次」与同代码数据项的单位「家次」不同。"),
        ("food.toml", 'numerator = "visits"', 'numerator = "2 * visits"', "food.toml 的指标 visits：与同代码的数据项不是一回事；要么 numerator 就是该数据项，要么换一个代码。"),
        # relations and systems
        ("quality.toml", 'left = "coal_passed"', 'left = "coal_past"', "quality.toml 的勾稽关系 Q1：left 引用的数据项「coal_past」不存在，最接近的是「coal_passed」。"),
        ("quality.toml", 'left = "coal_passed"\n', "", "quality.toml 的勾稽关系 Q1：缺少 left。"),
        ("quality.toml", 'kind = "bound"', 'kind = "derived"', "quality.toml 的勾稽关系 Q1：derived 类勾稽不写 right。"),
        ("quality.toml", 'op = "<="', 'op = "=<"', "quality.toml 的勾稽关系 Q1：op 的值「=<」不在可选值 =、!=、≈、<、<=、>=、> 之内，最接近的是「<=」。"),
        ("quality.toml", 'op = "<="', 'op = "≈"', "quality.toml 的勾稽关系 Q1：按四舍五入比较时要写 decimals，即保留几位小数。"),
        ("quality.toml", 'op = "<="', 'op = "<="\nperiod = "2023-13"', "quality.toml 的勾稽关系 Q1：period 「2023-13」不是月份；请写成 2023-11 的样式。"),
        ("bureau_relations.toml", 'kind = "bound"', 'kind = "sum"', "bureau_relations.toml 的勾稽关系 B1：合计关系把「家次」、「批次」放在一起相加，单位不同不能相加。"),
        ("quality.toml", '"coal_tested", "coal_pass_rate"]', '"coal_testet"]', "quality.toml 的台账 S1：feeds 引用的数据项「coal_testet」不存在，最接近的是「coal_tested」。"),
        # targets
        ("targets/2023.toml", "coal_pass_rate", "coal_past_rate", "targets/2023.toml 的目标 coal_past_rate：指标「coal_past_rate」不存在，最接近的是「coal_pass_rate」。"),
        ("targets/2023.toml", '"quality"', '"qualiti"', "targets/2023.toml 的目标 coal_pass_rate：科室「qualiti」不存在，最接近的是「quality」。"),
        ("targets/2023.toml", '"floor"', '"ceiling"', "targets/2023.toml 的目标 coal_pass_rate：目标类型 ceiling（不高于）与指标的 floor（不低于）不一致。"),
        ("targets/2023.toml", "tolerance = 1", "tolerance = -1", "targets/2023.toml 的目标 coal_pass_rate：tolerance 不能为负，现为 -1。"),
        ("targets/2023.toml", "tolerance = 1", "tolerance = 1\nyear = 2024", "targets/2023.toml 的目标 coal_pass_rate：year 由文件名决定，请删去这一行。"),
        ("quality.toml", "scale = 100", "scale = 100\nmay_assess = false", "quality.toml 的指标 coal_pass_rate：may_assess = false 时要在 may_assess_note 写明依据。"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_file_its_entry_and_the_way_out(folder, file, old, new, fault):
    folder.change(file, old, new)

    assert any(line == fault or (not fault.endswith("。") and line.startswith(fault)) for line in folder.faults()), folder.faults()


@pytest.mark.parametrize(
    ("file", "content", "fault"),
    [
        ("food.toml", b'[[measure]]\ncode = "shops\n', "food.toml：第 2 行第 15 个字附近写法有误，请检查引号、逗号和等号。"),
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


def test_two_targets_for_one_indicator_and_year(folder):
    folder.add("targets/2023.toml", (folder.path / "targets/2023.toml").read_text(encoding="utf-8"))

    assert folder.faults() == ("targets/2023.toml 的目标 coal_pass_rate：与 targets/2023.toml 的目标 coal_pass_rate重复，同一指标同一年只能有一个目标。",)


def test_the_same_indicator_may_have_a_target_in_another_year(folder):
    folder.write("targets/2024.toml", (folder.path / "targets/2023.toml").read_text(encoding="utf-8"))

    assert [year for _, year in load(folder.path).targets] == [2023, 2024]


def test_what_the_law_forbids_to_assess_gets_no_target(folder):
    folder.change("quality.toml", "scale = 100", 'scale = 100\nmay_assess = false\nmay_assess_note = "某条例第三十二条"')

    assert folder.faults() == ("targets/2023.toml 的目标 coal_pass_rate：「商品煤合格率」只监测不考核，不能设目标（某条例第三十二条）。",)


@pytest.mark.parametrize(
    ("kind", "fault"),
    [("range", "区间目标要写 upper，且不小于 value"), ("milestone", "限期目标要写 due，即完成日期")],
)
def test_a_target_states_what_its_kind_needs(folder, kind, fault):
    folder.change("quality.toml", '"floor"', f'"{kind}"')
    folder.change("targets/2023.toml", '"floor"', f'"{kind}"')

    assert folder.faults() == (f"targets/2023.toml 的目标 coal_pass_rate：{fault}。",)


def test_a_relation_over_a_faulty_measure_is_not_a_second_fault(folder):
    folder.change("quality.toml", 'kind = "flow"\n\n[[measure]]\ncode = "coal_passed"', '\n[[measure]]\ncode = "coal_passed"')

    assert folder.faults() == ("quality.toml 的数据项 coal_tested：缺少 kind。",)


def test_the_message_counts_the_faults(folder):
    folder.change("bureau.toml", "name", "nama")

    with pytest.raises(CatalogError) as caught:
        load(folder.path)

    assert str(caught.value).startswith("指标目录有 2 处错误：\nbureau.toml：")
