"""Spellings of names, numbers and accounts, both ways: what must be out of sight, and what only looks like them; all made up."""

import pytest

from kpi.workbook.personal.masking import mask, mask_with_signers
from kpi.workbook.personal.name_forms import hide_signers


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("投诉人《张建国》反映", "投诉人《〔姓名〕》反映"),
        ("投诉人〈张建国〉", "投诉人〈〔姓名〕〉"),
        ("投诉人；张建国", "投诉人;〔姓名〕"),
        ("投诉人‘张建国’", "投诉人‘〔姓名〕’"),
        ("投诉人→张建国", "投诉人→〔姓名〕"),
        ("投诉人为：张建国", "投诉人为:〔姓名〕"),
        ("投诉人名叫张建国", "投诉人名叫〔姓名〕"),
        ("投诉人（男）张建国", "投诉人(男)〔姓名〕"),
        ("投诉人：（张建国）", "投诉人:(〔姓名〕)"),
        ("投诉人1：张建国;投诉人2：李桂英", "投诉人1:〔姓名〕;投诉人2:〔姓名〕"),
        ("投诉人甲：张建国", "投诉人甲:〔姓名〕"),
        ("张建国律师来函", "〔姓名〕律师来函"),
        ("委托律师张建国", "委托律师〔姓名〕"),
        ("代理律师：张建国", "代理律师:〔姓名〕"),
        ("局长张建国", "局长〔姓名〕"),
        ("张建国 男 45岁", "〔姓名〕 男 45岁"),
        ("张建国（男，45岁）", "〔姓名〕(男,45岁)"),
        ("执法人员张建国", "执法人员〔姓名〕"),
        ("检验员李桂英", "检验员〔姓名〕"),
        ("扣扣123456789", "扣扣〔账号〕"),
        ("加V：abc12345", "加V:〔账号〕"),
        ("V信abc12345", "V信〔账号〕"),
        ("薇信：abc12345", "薇信:〔账号〕"),
        ("支付宝账号 zhangjg88", "支付宝账号 〔账号〕"),
        ("抖音号：zhangjg88", "抖音号:〔账号〕"),
        ("138I2345678", "〔电话〕"),
        ("l3900139000", "〔电话〕"),
        ("139 OO13 9O00", "〔电话〕"),
        ("1380OI39O00", "〔电话〕"),
        ("①③⑨⓪⓪①③⑨⓪⓪⓪", "〔电话〕"),
        ("13九零零13九零零零", "〔电话〕"),
        ("139:0013:9000", "〔电话〕"),
        ("来电显示：8123456", "来电显示:〔电话〕"),
        ("zhangjg[at]example.com", "〔邮箱〕"),
        ("zhangjg【at】example.com", "〔邮箱〕"),
        ("zhangjg at example dot com", "〔邮箱〕"),
        ("zhangjg#example.com", "〔邮箱〕"),
        ("车号A12345", "车号〔车牌〕"),
        ("车牌号：A1234学", "车牌号:〔车牌〕"),
        ("WJ甘1234X", "〔车牌〕"),
        ("身份证后四位002X", "身份证后四位〔身份证号〕"),
        ("社保卡号620102123", "社保卡号〔证件号〕"),
        ("打款到6222020200112231", "打款到〔银行卡号〕"),
    ],
)
def test_spellings_that_tell_a_person(written, shown):
    """Other brackets and signs between word and name, letters for digits, other names of the same accounts."""
    assert mask(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        "消费者牛肉类投诉",
        "经营者白酒",
        "经营者白酒类",
        "消费者白菜",
        "消费者游戏充值",
        "消费者安全培训",
        "当事人陈述",
        "当事人和解",
        "执法人员安排表",
        "执法人员严格执法",
        "检验员培训",
        "律师事务所",
        "律师成功率",
        "委托律师费用",
        "局长和科长参加",
        "局长安排部署",
        "支付宝支付",
        "抖音123456件",
        "医保卡 1234567 张",
        "加VIP会员",
        "旺旺雪饼2023",
        "型号138I2345678A",
        "138I号",
        "S13OO139000",
        "12:30:45",
        "身份证后四位不符",
        "社保卡12345件",
        "汇到12345",
        "来电显示12345次",
        "订单号13800138000",
        "订单号 4111111111111111",
        "运单号 13800138000",
        "设备编号13800138000",
        "工单WJ甘12345",
        "区号0931",
        "3号楼2单元电梯",
        "幸福路88号电梯",
        "中山路12号锅炉",
        "电梯注册代码3120620102202311001",
        "幸福路88号院2#电梯",
    ],
)
def test_spellings_that_tell_nobody(written):
    """Goods and matters that begin as a surname does, counts behind names of accounts, numbers of orders, codes of areas, devices by their place."""
    assert mask(written) == written


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("审核张建国", "审核〔姓名〕"),
        ("复核 李桂英", "复核 〔姓名〕"),
        ("审核李桂英 经办张建国", "审核〔姓名〕 经办〔姓名〕"),
        ("审核明细", "审核明细"),
        ("复核程序", "复核程序"),
        ("制表时间", "制表时间"),
        ("签发证书", "签发证书"),
    ],
)
def test_signers_right_behind_the_word(text, shown):
    """A row that is signed has a name there; a row of business has a noun."""
    assert hide_signers(text) == shown


@pytest.mark.parametrize(
    "written",
    [
        *("负责人：办公室", "负责人：食品科", "负责人：消费者权益保护科", "联系人：东湖市场监管所", "负责人：东湖所", "负责人 东湖所", "负责人：江北区分局"),
        *("负责人：执法大队", "联系人：指挥中心", "负责人：财务处", "负责人：价监股", "负责人：党政办", "负责人：广告科", "负责人：办公室、食品科"),
        *("经理：待定", "经理：空缺", "负责人：无", "负责人：见附件", "负责人：同上", "联系人：各科室", "负责人：未明确", "投诉人：未留"),
        *("负责人：局长", "负责人：分管副局长", "负责人：办公室主任", "联系人：值班人员", "填报人：办公室", "审核：法规科", "填报人：待定"),
    ],
)
def test_an_office_in_the_place_of_a_name_stays(written):
    """It names nobody: offices by their ending, words for none, titles alone."""
    assert mask_with_signers(written) == written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("负责人：张科", "负责人:〔姓名〕"),
        ("负责人：李局", "负责人:〔姓名〕"),
        ("负责人：王所", "负责人:〔姓名〕"),
        ("负责人：孙办", "负责人:〔姓名〕"),
        ("负责人：欧阳局", "负责人:〔姓名〕"),
        ("负责人：王副所", "负责人:〔姓名〕"),
        ("负责人：老张科", "负责人:〔姓名〕"),
        ("负责人：刘大队", "负责人:〔姓名〕"),
        ("联系人：李登科", "联系人:〔姓名〕"),
        ("负责人：食品科张建国", "负责人:食品科〔姓名〕"),
        ("负责人：办公室、张建国", "负责人:办公室、〔姓名〕"),
        ("负责人：办公室（张建国）", "负责人:办公室(〔姓名〕)"),
        ("负责人：局长张建国", "负责人:局长〔姓名〕"),
        ("经营者：王五诊所", "经营者:〔姓名〕"),
        ("填报人：办公室李桂英", "填报人：办公室〔姓名〕"),
    ],
)
def test_somebody_called_by_the_office_is_out_of_sight(written, shown):
    """A surname before the office is a way to call a person, and an office before a name hides none."""
    assert mask_with_signers(written) == shown
