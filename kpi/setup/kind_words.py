"""What the name and the unit of a quantity say of its kind: a flow, a stock, a rate, a promised limit."""

import re

from kpi.workbook.naming import name_key, unit_key
from kpi.workbook.units import base_of, is_share

_RATE = re.compile(r"(?:率|占比|比例|比重|比率|百分比|增速|增幅|覆盖面)$|^占(?![地道用领有压])")
_NO_RATE = re.compile(r"(?:频率|功率|汇率|速率|利率)$")
_DENSITY = re.compile(r"(?:[微毫千]?克|[μm]?g)/(?:立方米|m3|升|l)")  # of air and water: a state, and no share of anything
_STANDARD = re.compile(r"时限|期限|公示期|承诺期|办理时间|开办时间|登记时间|办结时间|周期$|时长上限")
_DAYS = frozenset({"工作日", "天", "小时", "分钟", "分", "个工作日", "日"})
_STOCK = re.compile(
    r"旧存|期初|期末|月末|年末|季末|现有|在册|存量|保有|拥有量|持有|有效|在用|在营|在业|实有|总户数|结存|余额|在职|在岗|在编|在校|在园|在籍|床位|常住|户籍人口|人口"
    r"|学生数|住宿生|就餐学生|教职工|班级数|学校数|机构数|职工|从业人员|专任教师|调解员|入驻|社团|登记户数|用户数|户数总|长度|规模|能力|在线|在院|在建|在修|在职|现存|留存|欠税|欠费|应收余额"
    r"|管网|水厂|在途|未结|待办|待结|在检|在办|库存|累计登记|登记.*累计|在建|已建成|建成|覆盖|入驻|在库|注册用户|党员|编制|人员$|随迁|留守|名录库|专利拥有|证书$|在期|在管"
)
_WHOLE = re.compile(r"总量|总数|总额")
_AVERAGE = re.compile(r"平均|人均|户均|日均|次均|均次|单价|均价|浓度|压力|温度|水位|浊度|余氯|时长$|单耗|指数|得分|评分|排名|位次")
_ACTS = frozenset({"批次", "人次", "家次", "户次", "台次", "次", "起", "例", "场", "场次", "条次", "车次", "班次"})
_COUNTED_ACTS = tuple(act for act in sorted(_ACTS) if len(act) > 1)
_FLOW = re.compile(
    r"(?:当月|本月|当季|本季|本期)(?![期月季]?[末底]|止|余)|新增|成交|网签|新设|新登记|新办|新收|受理|办结|收案|新收|结案|检查|抽检|抽查|检验|检测|查处|立案|罚没|罚款|出动|整改|培训|宣传|发放|注销|吊销|举报|投诉|咨询|收入|支出|完成|接诊|门诊|诊疗"
    r"|应对|推送|走访|调解|撤诉|宣判|审理|开庭|立项|接听|接待|呼入|派单|派遣|交办|转办|修复|更换|新装|安装|巡查|巡检|排查|发现|处理|处置|处罚|拘留|拍卖|到位|应收|实收|回收|采购|拨付|资助|救助|补助|发布|推广|随访|分娩|活产|产妇|急诊|体检|来电|来访|转入|转出|家访|督导|督查|结业|参训|参加|举办|演练|入户|办税|申报|缴纳|缴费|退库|查补|查结|查获"
    r"|入院|出院|手术|接种|实种|应种|收案|结案|审结|执结|入库|征收|退税|减免|开展|召开|印发|约谈|移送|移交|挽回|销毁|没收|下架|报名|招生|毕业|辍学|供水量|售水量|抄表|维修|抢修|报装|缴费|净增"
)


def is_rate(name: str, unit: str) -> bool:
    """Whether a quantity is a rate: in % or per something, or called one and of no other unit."""
    key = name_key(name)
    if is_share(unit) or unit_key(unit) in ("百分点", "个百分点"):
        return True
    if re.search(r"\S/\S", unit):
        return not _DENSITY.fullmatch(unit_key(unit))
    return not unit and bool(_RATE.search(key)) and not _NO_RATE.search(key)


def called_rate(name: str) -> bool:
    """Whether a name is that of a rate."""
    key = name_key(name)
    return bool(_RATE.search(key)) and not _NO_RATE.search(key)


def is_standard(name: str, unit: str) -> bool:
    """Whether a quantity is a promised limit of time."""
    return unit_key(unit) in _DAYS and bool(_STANDARD.search(name_key(name)))


def names_stock(text: str) -> bool:
    """Whether words speak of what there is."""
    return bool(_STOCK.search(name_key(text)))


def names_whole(text: str) -> bool:
    """Whether words speak of all there is or all that was done, 总数: only the figures tell which."""
    return bool(_WHOLE.search(name_key(text)))


def names_average(text: str) -> bool:
    """Whether words speak of an average, a price or a state, which no sum over months is."""
    return bool(_AVERAGE.search(name_key(text)))


def names_flow(text: str, unit: str = "") -> bool:
    """Whether words, or a unit such as 批次 and 人次, speak of what was done in a time."""
    return bool(_FLOW.search(name_key(text))) or base_of(unit) in _ACTS or name_key(text).endswith(_COUNTED_ACTS)


_NAMED_UNITS = (
    ("批次", "批次"), ("人次", "人次"), ("家次", "家次"), ("户次", "户次"), ("台次", "台次"), ("户数", "户"), ("案件数", "件"), ("件数", "件"), ("家数", "家"),
    ("人数", "人"), ("台数", "台"), ("次数", "次"), ("份数", "份"), ("天数", "天"), ("床位数", "张"), ("学校数", "所"), ("班级数", "个"),
    ("车次", "车次"), ("班次", "班次"), ("册次", "册次"),
)  # fmt: skip


def named_unit(name: str) -> str:
    """The unit that the end of a name suggests: 户 of 检查户数; empty where it suggests none."""
    key = name_key(name)
    return next((unit for ending, unit in _NAMED_UNITS if key.endswith(ending)), "")
