"""Ledgers as data: what a sound file becomes, and every slip of a hand in it, told at once."""

import pytest

from kpi.catalog.ledger import Counting, Role
from kpi.catalog.ledger_rules import PERSONAL
from kpi.catalog.load import DEFAULT, load

COAL = """
name = "商品煤抽检台账"
office = "quality"
titles = ["商品煤抽检"]
date = "抽样日期"
source = "抽检系统"

[[column]]
name = "抽样编号"
aliases = ["样品编号"]
role = "code"
key = true
required = true

[[column]]
name = "抽样日期"
role = "date"
required = true

[[column]]
name = "报告日期"
role = "date"
not_before = "抽样日期"

[[column]]
name = "检验结论"
role = "category"
[column.values]
"合格" = ["符合"]
"不合格" = []

[[column]]
name = "吨数"
role = "number"

[[figure]]
measure = "coal_tested"
where = [{ column = "检验结论", one_of = ["合格", "不合格"] }]

[[figure]]
measure = "coal_passed"
where = [{ column = "检验结论", one_of = ["合格"] }, { column = "报告日期", within = 20, since = "抽样日期" }]
"""


@pytest.fixture
def ledgers(folder):
    folder.write("ledgers/coal_ledger.toml", COAL)
    return folder


def test_a_ledger_takes_its_code_from_its_file_and_its_columns_in_order(ledgers):
    [ledger] = load(ledgers.path).ledgers.values()

    assert (ledger.code, ledger.office, ledger.keys) == ("coal_ledger", "quality", ("抽样编号",))
    assert [(column.name, column.role) for column in ledger.columns] == [
        ("抽样编号", Role.CODE),
        ("抽样日期", Role.DATE),
        ("报告日期", Role.DATE),
        ("检验结论", Role.CATEGORY),
        ("吨数", Role.NUMBER),
    ]
    assert [(figure.measure, figure.count, figure.columns) for figure in ledger.figures] == [
        ("coal_tested", Counting.ROWS, ("检验结论",)),
        ("coal_passed", Counting.ROWS, ("检验结论", "报告日期", "抽样日期")),
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('office = "quality"', 'office = "qualty"', "的台账 coal_ledger：科室「qualty」不存在，最接近的是「quality」。"),
        ('date = "抽样日期"', 'date = "抽样日"', "的台账 coal_ledger：date 写的列「抽样日」不存在，最接近的是「抽样日期」。"),
        ('date = "抽样日期"', 'date = "检验结论"', "的台账 coal_ledger：date 写的列「检验结论」是 category 列，应为 date 列。"),
        ("key = true\nrequired = true", "key = true", "的台账 coal_ledger：没有编号列；请在一列写 key = true 和 required = true，这一列认得出每一件。"),
        ('source = "抽检系统"', 'sauce = "抽检系统"', "的台账 coal_ledger：没有名为 sauce 的字段，最接近的是「source」。"),
        ('["样品编号"]', '["报告日期"]', "的列 报告日期：名称或别名「报告日期」与列「抽样编号」相同，分不清是哪一列。"),
        ('["样品编号"]', '["联系电话"]', "的列 抽样编号：「联系电话」像是个人信息，台账不得保留；请删去这一列或这个别名。"),
        ('role = "number"', 'role = "numbre"', "的列 吨数：role 的值「numbre」不在可选值 code、date、category、number、text 之内，最接近的是「number」。"),
        ('role = "number"', 'role = "category"', "的列 吨数：category 列要写 values，列出允许的取值。"),
        ('"不合格" = []', '"不合格" = ["符合"]', "的列 检验结论：values 的「符合」同时属于「合格」和「不合格」。"),
        ('"不合格" = []', '"不合格" = "不符合"', "的列 检验结论：values的「不合格」应为方括号里的列表，现为「不符合」。"),
        (
            '"不合格" = []',
            '"不合格" = []\n[[column]]\nname = "类型"\nrole = "category"\nonce = ["设里"]\nvalues = { "设立" = [] }',
            "的列 类型：once 的「设里」不是列「类型」的取值。",
        ),
        ('not_before = "抽样日期"', 'not_before = "抽样"', "的列 报告日期：not_before 写的列「抽样」不存在，最接近的是「抽样编号」。"),
        ('measure = "coal_tested"', 'measure = "coal_testd"', "的取数 coal_testd：measure 引用的数据项「coal_testd」不存在，最接近的是「coal_tested」。"),
        ('measure = "coal_tested"', 'measure = "shops"', "的取数 shops：「食品店」不是时期数，不能按月数行得出。"),
        ('measure = "coal_tested"', 'measure = "visits"', "的取数 visits：「检查食品店」是 food 的数据项，不是 quality 的。"),
        (
            'one_of = ["合格"] }',
            'one_of = ["不合各"] }',
            "的取数 coal_passed：where 的第 1 项的 one_of 的「不合各」不是列「检验结论」的取值，最接近的是「不合格」。",
        ),
        ("within = 20", "within = 0", "的取数 coal_passed：where 的第 2 项的 within 应大于 0，现为 0。"),
        ('since = "抽样日期"', 'since = "检验结论"', "的取数 coal_passed：where 的第 2 项的 since 写的列「检验结论」是 category 列，应为 date 列。"),
        (
            'measure = "coal_tested"',
            'measure = "coal_tested"\neither = [[{ column = "结论", filled = true }]]',
            "的取数 coal_tested：either 第 1 组 的第 1 项的 column 写的列「结论」不存在，最接近的是「检验结论」。",
        ),
        ("within = 20, ", "witin = 20, ", "的取数 coal_passed：where 的第 2 项没有名为 witin 的字段，最接近的是「within」。"),
        ("within = 20, ", "", "的取数 coal_passed：where 的第 2 项应在 one_of、filled、within 中写且只写一个。"),
        ('measure = "coal_tested"', 'measure = "coal_tested"\ncount = "sum"', "的取数 coal_tested：缺少 of。"),
        ('measure = "coal_tested"', 'measure = "coal_tested"\nof = "吨数"', '的取数 coal_tested：count = "rows" 只数行，不写 of。'),
        (
            'measure = "coal_passed"',
            'measure = "coal_tested"',
            "的取数 coal_tested：与 ledgers/coal_ledger.toml 的取数 coal_tested 重复，同一台账中一个数据项只能取一次。",
        ),
        ("[[figure]]", "[[figures]]", "：不认识 [[figures]]，这里可以写 [[column]]、[[figure]]，最接近的是「figure」。"),
    ],
)
def test_a_slip_is_named_with_its_file_its_entry_and_the_way_out(ledgers, old, new, fault):
    ledgers.change("ledgers/coal_ledger.toml", old, new)

    assert f"ledgers/coal_ledger.toml {fault}" in ledgers.faults() or f"ledgers/coal_ledger.toml{fault}" in ledgers.faults(), ledgers.faults()


def test_every_slip_is_told_at_once(ledgers):
    ledgers.change("ledgers/coal_ledger.toml", 'office = "quality"', 'office = "qualty"')
    ledgers.change("ledgers/coal_ledger.toml", "within = 20", "within = 0")
    ledgers.change("quality.toml", "scale = 100", "scale = 0")

    assert len(ledgers.faults()) == 3


def test_the_four_ledgers_that_ship_keep_nothing_personal():
    catalog = load(DEFAULT)

    assert {ledger.code: ledger.office for ledger in catalog.ledgers.values()} == {
        "food_sampling_ledger": "food_coordination",
        "complaints_ledger": "consumer",
        "registration_ledger": "registration",
        "special_equipment_ledger": "special_equipment",
    }
    spelled = [name for ledger in catalog.ledgers.values() for column in ledger.columns for name in (column.name, *column.aliases)]
    assert not [name for name in spelled if PERSONAL.search(name)]
    assert all(ledger.figures and ledger.keys for ledger in catalog.ledgers.values())
