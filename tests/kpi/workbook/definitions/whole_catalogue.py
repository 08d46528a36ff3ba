"""A small catalogue that states every field of every noun, as somebody would have typed it."""

from pathlib import Path

FILES = {
    "bureau": """
name = "某区市场监管局"
first_month = "2015-01"
""",
    "orgs": """
[[org]]
code = "root"
name = "某市市场监管局"

[[org]]
code = "east"
name = "东区局"
aliases = ["东区", "东"]
parent = "root"
level = "区"
order = 1

[[org]]
code = "west"
name = "西区局"
parent = "root"
level = "区"
order = 2

[[org]]
code = "chengguan"
name = "城关所"
level = "所"
order = 3
parents = [{ parent = "east", until = "2024-06" }, { parent = "west", from = "2024-07" }]

[[org]]
code = "hexi"
name = "河西所"
parent = "west"
order = 4
from = "2020-03"
until = "2025-12"
successor = "chengguan"

[[org]]
code = "hedong"
name = "河东所"
parent = "east"
order = 5

[[org]]
code = "heping"
name = "和平所"
parent = "west"
order = 7

[[org]]
code = "beyond"
name = "关外所"
parent = "east"
order = 6
reports = false
""",
    "areas": """
[[area]]
code = "safety"
name = "民生安全"
order = 1

[[area]]
code = "order"
name = "市场秩序"
order = 2
""",
    "offices": """
[[office]]
code = "quality"
name = "质量科"
aliases = ["质监科", "质量监管科"]
parent = "bureau"
order = 1
template = "质量科月报表"
due_day = 8
month_in_name = true
area = "safety"

[[office]]
code = "lab"
name = "检验室"
parent = "quality"
order = 2
template = "检验室月报表"
from = "2018-01"
until = "2025-12"
successor = "quality"
""",
    "quality": """
[[measure]]
code = "tested"
name = "检验批次"
aliases = ["A0101", "煤 × 检验"]
topic = "抽检"
unit = "批次"
kind = "flow"
better = "higher"
scope = "全区"
seq = [3, 7]
unstated = "month"
note = "按抽样月份计"

[[measure]]
code = "passed"
name = "合格批次"
topic = "抽检"
unit = "批次"
kind = "flow"

[[measure]]
code = "failed"
name = "不合格批次"
topic = "抽检"
unit = "批次"
kind = "flow"
ledger_only = true
from = "2016-02"
until = "2999-12"
successor = "tested"

[[measure]]
code = "pass_rate"
name = "合格率"
topic = "抽检"
unit = "%"
kind = "rate"
decimals = 2

[[measure]]
code = "net"
name = "净增"
topic = "主体"
unit = "户"
kind = "flow"
signed = true

[[measure]]
code = "vehicles"
name = "车辆"
topic = "主体"
unit = "万辆"
kind = "stock"
report_year_offset = -1

[[measure]]
code = "deaths"
name = "死亡"
topic = "主体"
unit = "人"
kind = "flow"
report_year_offset = -1

[[indicator]]
code = "pass_rate"
name = "合格率"
unit = "%"
decimals = 1
numerator = "passed"
denominator = "passed + failed"
scale = 100
may_exceed = true
belated = true
failed = "failed"
total = "tested"
better = "higher"
target_kind = "floor"
headline = true
order = 4
area = "order"
why_it_matters = "劣质煤烧完就追不回来。"
denominator_words = "已出结论的批次"
source = "抽检方案"
reviewed_on = 2026-11-23
note = "不含在检"

[[indicator.earlier]]
until = "2019-12"
numerator = "passed"
unit = "批次"
better = "neutral"
target_kind = "annual"

[[indicator.earlier]]
until = "2021-06"
numerator = "passed"
denominator = "tested"
unit = "%"
decimals = 2
scale = 100
annualised = false
may_exceed = true
belated = true
failed = "failed"
total = "tested"
better = "higher"
target_kind = "floor"
denominator_words = "检验批次（含在检）"
reported = "pass_rate"
reason = "在检的不再计入"
document = "某监发〔2021〕8 号"
changed_by = "王统计"
changed_on = 2021-07-01

[[indicator]]
code = "death_rate"
name = "万车死亡率"
unit = "人/万辆"
decimals = 2
numerator = "deaths"
denominator = "vehicles"
annualised = true
better = "lower"
target_kind = "none"
may_assess = false
may_assess_note = "依条例不考核"
why_it_matters = "安全底线。"
denominator_words = "车辆"
source = "统计制度"
reviewed_on = 2026-11-23

[[indicator]]
code = "tested"
name = "检验批次"
unit = "批次"
numerator = "tested"
better = "higher"
target_kind = "annual"
why_it_matters = "检了才知道。"
denominator_words = "不是比率"
source = "抽检方案"
reviewed_on = 2026-11-23
reported = "pass_rate"

[[indicator]]
code = "passed_growth"
name = "合格批次增速"
unit = "%"
numerator = "passed - passed@ly"
denominator = "passed@ly"
scale = 100
better = "neutral"
target_kind = "range"
why_it_matters = "看趋势。"
denominator_words = "上年合格批次"
source = "抽检方案"
reviewed_on = 2026-11-23

[[indicator]]
code = "per_head"
name = "每万人检验批次"
unit = "批次/万人"
decimals = 2
numerator = "tested"
better = "higher"
target_kind = "milestone"
why_it_matters = "与人口匹配。"
denominator_words = "不是比率"
source = "抽检方案"
reviewed_on = 2026-11-23

[[indicator]]
code = "passed_total"
name = "合格批次"
unit = "批次"
numerator = "passed"
better = "higher"
target_kind = "per_capita"
why_it_matters = "合格的多。"
denominator_words = "不是比率"
source = "抽检方案"
reviewed_on = 2026-11-23

[[indicator]]
code = "failed_total"
name = "不合格批次"
unit = "批次"
numerator = "failed"
better = "lower"
target_kind = "annual"
why_it_matters = "查出的多。"
denominator_words = "不是比率"
source = "抽检方案"
reviewed_on = 2026-11-23

[[relation]]
id = "Q1"
name = "合格率四舍五入后一致"
kind = "ratio"
strength = "hard"
raises = "check"
left = "passed / tested * 100"
op = "≈"
right = "pass_rate"
decimals = 2
period = "2023-11"
seq = [3]
remedy = "请核对合格批次"
note = "两处都报"

[[system]]
id = "S1"
name = "抽检系统"
kind = "monitoring"
data = "逐批次的检验结论"
feeds = ["tested", "pass_rate"]
note = "每日更新"
""",
    "lab": "",
    "bureau_relations": """
[[relation]]
id = "B1"
name = "合格不大于检验"
kind = "bound"
strength = "soft"
raises = "hint"
left = "passed"
op = "<="
right = "tested"
""",
    "reference": """
[[reference]]
code = "population"
name = "常住人口"
unit = "万人"
source = "统计公报"
note = "年末数"
values = { 2022 = 30.36, 2023 = 30.5 }

[[reference]]
code = "population"
org = "east"
name = "常住人口"
unit = "万人"
source = "统计公报"
values = { 2023 = 10 }
""",
    "targets/2022": """
[[target]]
indicator = "pass_rate"
office = "quality"
kind = "floor"
value = 97.50
tolerance = 0.5
document = "任务分解表"
""",
    "targets/2023": """
[[target]]
indicator = "pass_rate"
office = "quality"
kind = "floor"
value = 97.8
tolerance = 0.5
document = "任务分解表"

[[target]]
indicator = "pass_rate"
office = "quality"
kind = "floor"
value = 98
from = 2023-07-01
tolerance = 0.5
document = "调整通知"
note = "年中调整"

[[target]]
indicator = "tested"
office = "quality"
kind = "annual"
value = 78
monthly = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
parts = ["failed_total"]
tolerance = 5
score = { points = 5, floor = 60, bonus_step = 10, bonus = 0.5, cap = 6 }
document = "任务分解表"

[[target]]
indicator = "failed_total"
office = "quality"
kind = "annual"
value = 78
pace = "milestones"
milestones = [{ on = 2023-06-30, share = 40 }, { on = 2023-12-31, share = 100 }]
tolerance = 5
score = { points = 8, rule = "deduct", step = 0.5, deduct = 1 }
document = "任务分解表"

[[target]]
indicator = "passed_growth"
office = "bureau"
kind = "range"
value = 1
upper = 5
tolerance = 0
document = "任务分解表"

[[target]]
indicator = "per_head"
office = "quality"
org = "east"
kind = "milestone"
value = 3
due = 2023-10-31
tolerance = 0
document = "任务分解表"

[[target]]
indicator = "passed_total"
office = "quality"
kind = "per_capita"
value = 2
per = "population"
tolerance = 0
document = "任务分解表"
""",
    "ledgers/coal": """
name = "商品煤台账"
office = "quality"
titles = ["商品煤", "煤炭"]
date = "抽样日期"
source = "抽检系统"
note = "一行一批"

[[column]]
name = "编号"
aliases = ["抽样编号"]
role = "code"
key = true
required = true

[[column]]
name = "抽样日期"
role = "date"

[[column]]
name = "报告日期"
role = "date"
not_before = "抽样日期"

[[column]]
name = "结论"
role = "category"
once = ["合格"]
[column.values]
"合格" = ["符合", "达标"]
"不合格" = []

[[column]]
name = "金额"
role = "number"
unit = "元"

[[figure]]
measure = "tested"
where = [{ column = "结论", one_of = ["合格", "不合格"] }]
less = [{ column = "报告日期", filled = false }]
note = "含复检"

[[figure]]
measure = "failed"
count = "distinct"
of = "编号"
either = [
    [{ column = "结论", one_of = ["不合格"] }, { column = "报告日期", filled = true }],
    [],
    [{ column = "报告日期", within = 15, since = "抽样日期" }],
]

[[figure]]
measure = "net"
count = "sum"
of = "金额"
per = 10000

[[figure]]
measure = "passed"
count = "workdays"
of = "报告日期"
since = "抽样日期"
""",
}


def write_whole(folder: Path) -> Path:
    """Write its files into an empty folder; the folder."""
    for name, text in FILES.items():
        path = folder / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
