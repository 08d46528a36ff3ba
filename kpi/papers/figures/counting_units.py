"""The units that stand behind a number in a text: 家次, 户（次）, 万元, 个工作日, 个百分点."""

import re

_SIZES = "(?:[十百千]?万|[十百千]?亿|千|百)"
# What is counted one by one, as the field writes it; each may be followed by 次: 家次, 户（次）
_COUNTED = "双家户件起个人名位项份条台张批宗例处套辆部本册场篇只支头座栋间块幅面枚株袋箱瓶桶艘组门种类款单笔期所片对点轮节课堂包听盒罐根把架"
_LONGER = (
    "人次", "批次", "例次", "人份", "人天", "课时", "学时", "周岁", "车次", "班次", "台套", "台(套)", "台（套）", "家庭", "套件", "页次", "栏目",
)  # fmt: skip
_MEASURED = tuple("平方公里 平方米 立方米 公里 千米 厘米 毫米 公斤 千克 毫克 微克 公顷 千瓦时 千瓦 兆瓦 吨 斤 亩 升 米 克 kg km mg ml cm mm m2 m3 t L".split())
_MONEY = ("美元", "欧元", "港元", "日元", "元", "角")
_TIME = ("个工作日", "工作日", "个自然日", "自然日", "个月", "小时", "分钟", "秒", "天", "周", "岁")
_SHARES = ("个百分点", "百分点", "%", "‰", "倍", "分")
_WORDS_THAT_GO_ON = (
    "个工 个自 个月 个百 人均 家庭 名单 名录 名称 名义 分之 分类 分级 分局 分别 分批 分支 分析 分层 分队 分院 分校 分公 分期 分为 部分 部门 部署 部委 类型 类别 点击 周年 周边 天然 天津 面向 面积 对于 对应 对照 "
    "期间 期限 本年 本级 本月 所有 所以 单位 门类 节日 节假 组织 组长 级别 条例 条目 场所 次日 次月 次年 处理 处罚 处置 起步 件均 元旦 把关 架构 台账 头部 轮岗 课程 课堂 堂食 位居 批准 批发 间接 块状 包括 包含 倍增"
).split()
_GOES_ON = {first: "".join(word[1:] for word in _WORDS_THAT_GO_ON if word[0] == first) for first in {word[0] for word in _WORDS_THAT_GO_ON}}


def _any(units: tuple[str, ...]) -> str:
    return "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))


# 家次, 户（次）, 台（件）; 枪次 and 车次 too, but not what only ends with 次: 再次, 首次
_TIMES = rf"(?:次|[(（](?:次|[{_COUNTED}])[)）])"
_ANY_TIMES = r"(?![再首本此其层名依多数上下每档初年月日时])[一-龥]次"
_BASE = rf"(?:{_any(_LONGER)}|{_any(_TIME)}|{_any(_SHARES)}|{_any(_MONEY)}|{_any(_MEASURED)}|[{_COUNTED}]{_TIMES}?|{_ANY_TIMES}|次)"
_PER = rf"(?:{_SIZES})?(?:年|月|日|天|小时|分钟|{_any(_MEASURED)}|[{_COUNTED}])"
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
