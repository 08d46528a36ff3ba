"""Which words are units of measurement: 户, 万户, 微克/立方米, and the unit behind a slash: 抽检数量/批次."""

import re

from kpi.workbook.naming import unit_key
from kpi.workbook.units import base_of, is_money

_UNITS = frozenset(
    unit_key(unit)
    for unit in (
        "户", "家", "%", "件", "批次", "个", "次", "份", "条", "家次", "台", "万元", "元", "亿元", "千元", "百元", "角", "张", "人", "人次", "项", "名",
        "工作日", "例", "起", "天", "套", "万人次", "种", "户次", "条次", "件/万人", "万人", "万户", "万件", "辆", "宗", "公斤", "吨", "处", "所",
        "场次", "场", "期", "篇", "部", "组", "批", "百分点", "个百分点", "只", "座", "间", "幅", "块", "册", "本", "小时", "分", "千户", "千件",
        "台次", "户(次)", "人(次)", "台套", "台(套)", "‰", "百分比", "笔", "通", "秒", "立方米", "平方米", "公里", "千米", "米", "公顷", "亩", "千瓦时", "度",
        "头", "株", "棵", "艘", "架", "卷", "车次", "班次", "航次", "例次", "针次", "剂次", "剂", "床", "床日", "人天", "学时", "课时", "课", "班", "校",
        "栋", "幢", "对", "瓶", "盒", "支", "片", "桶", "袋", "包", "毫米", "厘米", "摄氏度", "℃", "兆帕", "千克", "克", "升", "毫升", "毫克/升", "ntu",
        "吨/日", "立方米/日", "千伏安", "千瓦", "兆瓦", "个月", "年", "岁", "村", "镇", "院", "厂", "站", "校次", "所次", "处次", "口", "孔", "面", "道", "枚",
        "具", "顶", "双", "幅次", "号", "单", "票", "标箱", "人年", "元/吨", "元/立方米", "分钟", "册次", "季", "轮", "版", "段", "卡", "顷", "万立方米/日",
    )
)  # fmt: skip

_LATIN = frozenset({"微克", "μg", "mg", "g", "ml", "l", "km", "kw", "m3", "h", "db"})
_PER = frozenset({"立方米", "m3", "升", "l", "日", "天", "小时", "h", "公顷", "亩", "平方公里", "公里", "年"})
_QUANTITY = re.compile(r"^(?:\d+|[十百千万亿]+)+")  # 500克, 10万人
_BEHIND_SLASH = re.compile(r"(.*(?:[数量额值积程费款]|率(?=/[%‰])))/(\S{1,6})")


_COUNTS = _UNITS - frozenset(
    unit_key(unit) for unit in ("%", "‰", "百分点", "个百分点", "百分比", "工作日", "天", "小时", "分", "秒", "分钟", "个月", "年", "岁", "季")
)


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measurement: 户, and 百户 and 万户 as well, and one per another, 微克/立方米."""
    return unit_key(text) in _UNITS or base_of(text) in _COUNTS or _is_quotient(unit_key(text))


def _is_quotient(key: str) -> bool:
    """Whether a key is a unit per another: 元/人次, 人/千人, 微克/立方米; never two units of which either may be meant, 户/人."""
    above, _, below = key.partition("/")
    of = _QUANTITY.sub("", below)
    known = bool(of) and (is_unit(of) or of in _LATIN) and (is_unit(above) or above in _LATIN)
    return known and not is_money(below) and (above == "元" or below != of or of in _PER)


def without_slash(key: str) -> tuple[str, str]:
    """A name and the unit behind a slash: 抽检数量, 批次 of 抽检数量/批次; no unit where what stands before it is no amount."""
    match = _BEHIND_SLASH.fullmatch(key)
    return (match[1], match[2]) if match and is_unit(match[2]) else (key, "")
