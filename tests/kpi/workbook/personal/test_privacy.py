"""What is masked in texts and codes and what is not; the numbers are made up, their check digits are right."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.workbook.personal.masking import is_identity_number, mask, mask_code, mask_number, mask_titles
from kpi.workbook.personal.name_forms import hide_signers

SECRET = b"secret of a data folder"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("致电13900139000无人接听", "致电〔电话〕无人接听"),
        ("电话 139-0013-9000", "电话 〔电话〕"),
        ("电话：139 0013 9000；", "电话:〔电话〕;"),
        ("电话1390 0139 000", "电话〔电话〕"),
        ("139.0013.9000", "〔电话〕"),
        ("139（0013）9000", "〔电话〕"),
        ("1 3 9 0 0 1 3 9 0 0 0", "〔电话〕"),
        ("１３９００１３９０００", "〔电话〕"),
        ("139\u200b0013\u200b9000", "〔电话〕"),
        ("+86 13900139000", "〔电话〕"),
        ("008613900139000", "〔电话〕"),
        ("（+86）139 0013 9000", "〔电话〕"),
        ("013900139000", "〔电话〕"),
        ("tel13900139000x", "tel〔电话〕x"),
        ("13900139000.0", "〔电话〕.0"),
        ("1.3900139E+10", "〔电话〕"),
        ("一三九零零一三九零零零", "〔电话〕"),
        ("13900139000/13800138000", "〔电话〕/〔电话〕"),
        ("13900139000,13800138000", "〔电话〕,〔电话〕"),
        ("139*0013*9000", "〔电话〕"),
        ("139001 39000", "〔电话〕"),
        ("一三九 零零一三 九零零零", "〔电话〕"),
        ("【0931】8123456", "【〔电话〕"),
        ("0931/8123456", "〔电话〕"),
        ("6217/0000/0000/0774", "〔银行卡号〕"),
        ("110105/19491231/002X", "〔身份证号〕"),
        ("甘 A12345", "〔车牌〕"),
        ("粤ZA123港", "〔车牌〕"),
        ("QQ群 123456789", "QQ群 〔账号〕"),
        ("商家 0931-8123456 不接", "商家 〔电话〕 不接"),
        ("(0931)8123456", "〔电话〕"),
        ("（0931） 812 3456", "〔电话〕"),
        ("0931 8123456-801", "〔电话〕"),
        ("010-65123456转123", "〔电话〕"),
        ("+86 931 8123456", "〔电话〕"),
        ("0086-931-8123456", "〔电话〕"),
        ("座机8123456", "座机〔电话〕"),
        ("联系电话：812-3456", "联系电话:〔电话〕"),
        ("身份证11010519491231002X", "身份证〔身份证号〕"),
        ("ID11010519491231002xab", "ID〔身份证号〕ab"),
        ("110105-1949-1231-002X", "〔身份证号〕"),
        ("1101 0519 4912 3100 2X", "〔身份证号〕"),
        ("身份证 110105 19491231 0021 号", "身份证 〔身份证号〕 号"),
        ("老证110105491231002", "老证〔身份证号〕"),
        ("卡号6222 0202 0011 2230 6", "卡号〔银行卡号〕"),
        ("卡号4111 1111 1111 1111", "卡号〔银行卡号〕"),
        ("卡号6212345678900000003", "卡号〔银行卡号〕"),
        ("账号：1040 6000 0012 3456", "账号:〔账号〕"),
        ("护照E12345678", "护照〔证件号〕"),
        ("港澳通行证号码 C12345678", "港澳通行证号码 〔证件号〕"),
        ("车牌甘A12345", "车牌〔车牌〕"),
        ("甘A·D12345停在门口", "〔车牌〕停在门口"),
        ("甘AD12345", "〔车牌〕"),
        ("邮箱 someone@example.com.cn。", "邮箱 〔邮箱〕。"),
        ("someone ＠ example.com", "〔邮箱〕"),
        ("微信号：kpi_test01", "微信号:〔账号〕"),
        ("QQ 123456789", "QQ 〔账号〕"),
        ("投诉人：欧阳试样，要求退款", "投诉人:〔姓名〕,要求退款"),
        ("投诉人张三，要求退款", "投诉人〔姓名〕,要求退款"),
        ("投诉人许可欣反映", "投诉人〔姓名〕反映"),
        ("消费者权益民，要求退款", "消费者〔姓名〕,要求退款"),
        ("联系人 李四13900139000", "联系人 〔姓名〕〔电话〕"),
        ("投诉人欧阳试样反映变质", "投诉人〔姓名〕反映变质"),
        ("张三丰先生反映", "〔姓名〕先生反映"),
        ("消费者：阿依古丽·买买提", "消费者:〔姓名〕"),
        ("家住幸福路八十八号院", "〔住址〕"),
        ("幸福小区3号楼2单元501室", "〔住址〕"),
        ("和平镇红旗村三组12号", "〔住址〕"),
        ("中山路88-1号", "〔住址〕"),
        ("建国路甲12号2栋301", "〔住址〕"),
        ("和平小区301室", "〔住址〕"),
        ("天庆嘉园3-2-501", "〔住址〕"),
        ("张三（投诉人）", "〔姓名〕(投诉人)"),
        ("举报者：张三", "举报者:〔姓名〕"),
        ("投诉者张三，要求退款", "投诉者〔姓名〕,要求退款"),
        ("消费者名字：张三", "消费者名字:〔姓名〕"),
        ("姓 名：张 三", "姓 名:〔姓名〕"),
        ("投诉人（张三）来电", "投诉人(〔姓名〕)来电"),
        ("负责人/联络人：张三", "负责人/联络人:〔姓名〕"),
        ("联系人及电话：张三 13900139000", "联系人及电话:〔姓名〕 〔电话〕"),
        ("投诉人/联系方式：张三", "投诉人/联系方式:〔姓名〕"),
        ("投 诉 人：张三丰", "投 诉 人:〔姓名〕"),
        ("科室负责人：李四 电话", "科室负责人:〔姓名〕 电话"),
        ("投诉人：Mike Smith，要求退款", "投诉人:〔姓名〕,要求退款"),
        ("投诉人Mike Smith要求退款", "投诉人〔姓名〕要求退款"),
        ("联系人（John）", "联系人(〔姓名〕)"),
        ("电话139、0013、9000", "电话〔电话〕"),
        ("139，0013，9000", "〔电话〕"),
        ("139·0013·9000", "〔电话〕"),
        ("139/0013/9000", "〔电话〕"),
        ("0931、8123456", "〔电话〕"),
        ("拨打8123456无人接", "拨打〔电话〕无人接"),
        ("致电：8123456", "致电:〔电话〕"),
        ("投诉方：张三", "投诉方:〔姓名〕"),
        ("老板：张三", "老板:〔姓名〕"),
        ("投诉人/张三", "投诉人/〔姓名〕"),
        ("投诉人【张三】", "投诉人【〔姓名〕】"),
        ("（投诉人）张三", "(投诉人)〔姓名〕"),
        ("举报人名称：张三", "举报人名称:〔姓名〕"),
        ("投诉人：张三、李四", "投诉人:〔姓名〕、〔姓名〕"),
        ("投诉人：张三和李四", "投诉人:〔姓名〕和〔姓名〕"),
        ("店负责人张三反映", "店负责人〔姓名〕反映"),
        ("138 0013、8000", "〔电话〕"),
        ("呼叫8123456", "呼叫〔电话〕"),
        ("QQ号码：123456789", "QQ号码:〔账号〕"),
        ("加微abcdefg", "加微〔账号〕"),
        ("微信abcdefg", "微信〔账号〕"),
        ("微信号：abcdefg", "微信号:〔账号〕"),
        ("微信/QQ：12345678", "微信/QQ:〔账号〕"),
        ("加QQ号12345678", "加QQ号〔账号〕"),
        ("卡号 6222020200112230", "卡号 〔银行卡号〕"),
        ("地址：阳光花园旁", "地址:〔住址〕"),
        ("住址东湖区阳光新城西门", "住址〔住址〕"),
        ("住和平街12号到车站", "〔住址〕到车站"),
        ("张三，男，1980年出生", "〔姓名〕,男,1980年出生"),
        ("住址：东湖区幸福路88号，电话", "住址:〔住址〕,电话"),
    ],
)
def test_what_tells_a_person_is_put_out_of_sight(written, shown):
    """Whatever stands between the digits, before or behind them; a word says what was there."""
    assert mask(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        "张先生反映商品过期",
        "王女士与李某达成和解",
        "大米 5kg，2023-11-05 购买，付款 1999.99 元",
        "SC20231105000123",
        "91620100MA7ABCDE1X",
        "12315平台转办",
        "400-800-8888",
        "批号 20231105123456",
        "消费者反映商品变质",
        "消费者于当日撤诉",
        "侵害消费者权益",
        "消费者权益类投诉",
        "消费者满意度（%）",
        "食品经营者许可（户）",
        "1380000.0000",
        "挽回损失1512345.6789",
        "2023-11-05 15:30 受理",
        "1990-11-05 138 件",
        "运单 SF1390013900012",
        "工单620102202311050011",
        "罚没 13900139000 元",
        "13,900,139,000",
        "三年分别为158、1203、4410件",
        "区号0931，邮编730000，区划620102",
        "许可证件号JY16201020012345",
        "电话受理20231105",
        "快递 YT1390013900 已签收",
        "本局2023年第12号公告",
        "1月15家、2月38家",
        "数据截止日 2023-11-23",
        "食品安全监督抽检合格批次",
        "填报人：王统计",
        "甘市监〔2023〕12号",
        "一号线二号线三号线",
        "电话咨询 3000000",
        "电话受理 3000000",
        "账户余额 12345678",
        "账户余额 1234567890123",
        "S101公路3号检查站",
        "G30高速公路3号",
        "迎宾大道100号加油站",
        "型号黑B12345",
        "编号：豫D20230",
        "订单豫D20230",
        "消费者、经营者和当事人/单位",
        "负责人任职情况",
        "黑B12345-01",
        "豫D202300",
        "豫DI0230",
        "消费者（户）",
        "食品经营者（许可）",
        "地址变更登记（户）",
        "会员卡号 622202020011223",
        "各所分别为139、0013、9000",
        "139、1203、4410件",
        "微信小程序受理",
        "消费者（APP）",
        "网络地址在市场监管局备案",
    ],
)
def test_what_tells_nobody_stays_as_it_was_written(written):
    """Numbers of orders, dates, amounts and hotlines; 620102202311050011 has a day, and the wrong check digit."""
    assert mask(written) == written


@pytest.mark.parametrize(
    ("digits", "shown"),
    [
        ("13900139000", "〔电话〕"),
        ("110105194912310000", "〔身份证号〕"),
        ("6222020200112230000", "〔银行卡号〕"),
        ("110105491231002", "〔身份证号〕"),
        ("1999.99", "1999.99"),
        ("20231105123456", "20231105123456"),
    ],
)
def test_the_number_of_somebody_in_a_cell_that_holds_a_number(digits, shown):
    """Excel keeps 15 digits of a number: of an identity number the day of birth, of a card its issuer."""
    assert mask_number(digits) == shown


def test_the_check_digit_tells_an_identity_number_from_any_other_code():
    """GB 11643: the weighted digits of 11010519491231002 leave 2 over 11, for which X stands."""
    assert is_identity_number("11010519491231002X")
    assert is_identity_number("11010519491231002x")
    assert not is_identity_number("110105194912310021")
    assert not is_identity_number("11010519491331002X")
    assert not is_identity_number("99010519491231002X")


@pytest.mark.parametrize("code", ["TS0012345678", "110105194912310021", "91620100MA7ABCDE1X", "〔2023〕第12号", "SC11062010200123", "20231105123456", "无", ""])
def test_a_code_of_the_office_is_kept_as_it_is(code):
    assert mask_code(code, SECRET) == code


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("11010519491231002X", "身份证号"),
        ("13900139000", "电话"),
        ("TS001 139-0013-9000", "电话"),
        ("someone@example.com", "邮箱"),
        ("甘A12345", "车牌"),
        ("欧阳试样", "文字"),
        ("ouyang", "文字"),
    ],
)
def test_a_code_that_is_somebodys_is_a_digest_and_nothing_else(code, what):
    """What it was cannot be read from it; with the secret of another folder it is another."""
    shown = mask_code(code, SECRET)

    assert shown.startswith(f"〔{what}·")
    assert len(shown) == len(what) + 19
    assert shown == mask_code(code, SECRET)
    assert shown != mask_code(code, b"another")


def test_ten_thousand_numbers_that_look_like_telephones_stay_as_many():
    assert len({mask_code(str(13_900_000_000 + number), SECRET) for number in range(10_000)}) == 10_000


def test_sheets_that_become_one_are_numbered():
    assert mask_titles(["13900139000", "13900139001", "月报"]) == ["〔电话〕", "〔电话〕2", "月报"]


@given(st.text(alphabet="大米面粉退款，。 a:", max_size=12), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text(alphabet="油盐酱醋 ;", max_size=12))
def test_no_mobile_number_survives_whatever_stands_around_it(before, phone, after):
    assert phone not in mask(before + phone + after)


@given(st.text(max_size=60))
def test_masking_twice_changes_nothing_more(written):
    once = mask(written)
    assert mask(once) == once


_STARTED = """
import sys
import kpi.workbook.process.child.serve
from kpi.workbook.personal import name_forms, number_forms
from kpi.workbook.personal.lazy_pattern import LazyPattern
print(sorted({"stdnum", "urllib.request", "ssl"} & set(sys.modules)))
print([name for module in (name_forms, number_forms) for name, value in vars(module).items() if isinstance(value, LazyPattern) and "compiled" in vars(value)])
"""


def test_the_reading_process_starts_without_what_tells_personal_data():
    """Nothing is compiled or loaded before a text needs it: most of what is read has neither names nor numbers of persons."""
    told = subprocess.run([sys.executable, "-c", _STARTED], capture_output=True, text=True, check=True).stdout

    assert told.splitlines() == ["[]", "[]"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("检查人员：张建国、李桂英", "检查人员:〔姓名〕、〔姓名〕"),
        ("客户：李桂英", "客户:〔姓名〕"),
        ("反馈人：卫建国，已退款", "反馈人:〔姓名〕,已退款"),
        ("检查人员：15人", "检查人员：15人"),
        ("客户：农户", "客户：农户"),
        ("执法人员：全部到位", "执法人员：全部到位"),
    ],
)
def test_who_took_part_is_told_by_a_colon(text, shown):
    """They are counted more often than named, so the word alone says nothing."""
    assert mask(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("填报人张建国", "填报人〔姓名〕"),
        ("食品抽检统计表 制表张建国", "食品抽检统计表 制表〔姓名〕"),
        ("填报人 张建国，审核人李桂英", "填报人 〔姓名〕，审核人〔姓名〕"),
        ("填表须知", "填表须知"),
        ("统计人数", "统计人数"),
    ],
)
def test_who_signs_may_stand_right_behind_the_word(text, shown):
    assert hide_signers(text) == shown
