"""The units that stand behind a number in a text: 家次, 户（次）, 万元, 个工作日, 个百分点."""

import re

from kpi.workbook.number import any_of

_SIZES = "(?:[十百千]?万|[十百千]?亿|千|百)"
# What is counted one by one, as the field writes it; each may be followed by 次: 家次, 户（次）
_COUNTED = "双家户件起个人名位项份条台张批宗例处套辆部本册场篇只支头座栋间块幅面枚株袋箱瓶桶艘组门种类款单笔期所片对点轮节课堂包听盒罐根把架"
_LONGER = (
    "人次", "批次", "例次", "人份", "人天", "课时", "学时", "周岁", "车次", "班次", "台套", "台件", "台(套)", "台（套）", "套件", "页次", "栏目",
)  # fmt: skip
_MEASURED = (
    "平方公里", "平方米", "立方米", "公里", "千米", "厘米", "毫米", "公斤", "千克", "毫克", "微克", "公顷", "千瓦时", "千瓦", "兆瓦", "吨", "斤", "亩",
    "升", "米", "克", "kg", "km", "mg", "ml", "cm", "mm", "m2", "m3", "t", "L",
)  # fmt: skip
_MONEY = ("美元", "欧元", "港元", "日元", "元", "角")
TIME = ("个工作日", "工作日", "个自然日", "自然日", "个月", "小时", "分钟", "秒", "天", "周", "岁")
_SHARES = ("个百分点", "百分点", "%", "‰", "倍", "分")
# the signs behind a unit with which it is none but begins a word: 个性化, 家庭, 部门
_GOES_ON = {
    "个": "性工自月百", "人": "均", "家": "庭", "名": "单录称义", "分": "之类级局别批支析层队院校公期为", "部": "分门署委", "类": "型别",
    "点": "击", "周": "年边", "天": "然津", "面": "向积", "对": "于应照", "期": "间限", "本": "年级月", "所": "有以", "单": "位",
    "门": "类", "节": "日假", "组": "织长", "级": "别", "条": "例目", "场": "所", "次": "日月年", "处": "理罚置", "起": "步",
    "件": "均", "元": "旦", "把": "关", "架": "构", "台": "账", "头": "部", "轮": "岗", "课": "程堂", "堂": "食",
    "位": "居", "批": "准发", "间": "接", "块": "状", "包": "括含", "倍": "增",
}  # fmt: skip


# 家次, 户（次）, 台（件）; 枪次 and 车次 too, but not what only ends with 次: 再次, 首次
_TIMES = rf"(?:次|[(（](?:次|[{_COUNTED}])[)）])"
_ANY_TIMES = r"(?![再首本此其层名依多数上下每档初年月日时])[一-龥]次"
_BASE = rf"(?:{any_of(_LONGER)}|{any_of(TIME)}|{any_of(_SHARES)}|{any_of(_MONEY)}|{any_of(_MEASURED)}|[{_COUNTED}]{_TIMES}?|{_ANY_TIMES}|次)"
_PER = rf"(?:{_SIZES})?(?:年|月|日|天|小时|分钟|{any_of(_MEASURED)}|[{_COUNTED}])"
_UNIT = re.compile(
    rf"\s*(?P<early>余|多|来)?\s*(?P<size>{_SIZES}(?=\s*(?:余|多|来)?\s*{_BASE}))?\s*(?P<middle>余|多|来)?\s*(?P<base>{_BASE})"
    rf"(?:\s*/\s*(?P<per>{_PER}))?"
)
_WORD_OF_SIZE = re.compile(rf"\s*(?P<early>余|多|来)?\s*(?P<size>{_SIZES})(?P<middle>余|多|来)?(?=\s*(?:[，。；、,;）)]|$))")


def unit_behind(text: str, place: int) -> re.Match[str] | None:
    """
    The unit that stands at a place of an even text, with groups early and middle (余, 多, 来), size (万) and base; None where there is none.

    A sign that only begins a word is no unit: of 3家庭农场 and 2个性化 nothing is counted in 家 or 个.
    """
    match = _UNIT.match(text, place)
    if match is None:
        return _WORD_OF_SIZE.match(text, place)
    base, follows = match["base"], text[match.end() : match.end() + 1]
    if follows and follows in _GOES_ON.get(base, ""):
        return None
    return match


def unit_of(match: re.Match[str]) -> str:
    """The unit as the text writes it, without the 个 that only counts it and without 余."""
    groups = match.groupdict()
    base = (groups.get("base") or "").replace("(", "（").replace(")", "）")
    base = base[1:] if base in ("个工作日", "个自然日") else base
    per = groups.get("per")
    return f"{groups.get('size') or ''}{base}" + (f"/{per}" if per else "")
