"""What is masked in free text and what is not; the numbers are made up, their check digits are right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.workbook.privacy import is_identity_number, mask, mask_code


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("致电13900139000无人接听", "致电〔电话〕无人接听"),
        ("电话 139-0013-9000", "电话 〔电话〕"),
        ("电话：139 0013 9000；", "电话:〔电话〕;"),
        ("１３９００１３９０００", "〔电话〕"),
        ("+86 13900139000", "〔电话〕"),
        ("商家 0931-8123456 不接", "商家 〔电话〕 不接"),
        ("(0931)8123456", "〔电话〕"),
        ("身份证11010519491231002X", "身份证〔身份证号〕"),
        ("身份证 110105 19491231 0021 号", "身份证 〔身份证号〕 号"),
        ("老证110105491231002", "老证〔身份证号〕"),
        ("卡号6222 0202 0011 2230 6", "卡号6222 0202 0011 2230 6"),
        ("卡号4111 1111 1111 1111", "卡号〔银行卡号〕"),
        ("卡号6212345678900000003", "卡号〔银行卡号〕"),
        ("邮箱 someone@example.com.cn。", "邮箱 〔邮箱〕。"),
        ("投诉人：欧阳试样，要求退款", "投诉人:〔姓名〕,要求退款"),
    ],
)
def test_what_tells_a_person_is_put_out_of_sight(written, shown):
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
        "批号 20231105123456",
        "消费者反映商品变质",
    ],
)
def test_what_tells_nobody_stays_as_it_was_written(written):
    assert mask(written) == written


def test_the_check_digit_tells_an_identity_number_from_any_other_code():
    """GB 11643: the weighted digits of 11010519491231002 leave 2 over 11, for which X stands."""
    assert is_identity_number("11010519491231002X")
    assert is_identity_number("11010519491231002x")
    assert not is_identity_number("110105194912310021")
    assert not is_identity_number("11010519491331002X")
    assert mask_code("11010519491231002X") == "〔身份证号〕"
    assert mask_code("13900139000") == "〔电话〕"
    assert mask_code("110105194912310021") == "110105194912310021"
    assert mask_code("TS0012345678") == "TS0012345678"


@given(st.text(alphabet="大米面粉退款，。 a:", max_size=12), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text(alphabet="油盐酱醋 ;", max_size=12))
def test_no_mobile_number_survives_whatever_stands_around_it(before, phone, after):
    assert phone not in mask(before + phone + after)


@given(st.text(max_size=60))
def test_masking_twice_changes_nothing_more(written):
    once = mask(written)
    assert mask(once) == once
