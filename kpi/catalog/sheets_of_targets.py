"""Targets and the outside numbers they may be set by, as sheets."""

from kpi.catalog.noun_fields import FieldKind, NounField, NounSheet
from kpi.catalog.sheets_of_measures import TARGET_KINDS
from kpi.catalog.target import Pace, ScoreRule

REFERENCE_SHEET = NounSheet(
    "reference",
    "参考数",
    "人均目标用的外部数，如常住人口；各年的数写在「参考数各年」",
    (
        NounField("code", "代码", "启用后不再改动", FieldKind.CODE, required=True),
        NounField("org", "机构", "哪个机构的数，写代码；不写就是最上级的", FieldKind.CODE, leads_to="org"),
        NounField("name", "名称", "如常住人口", required=True),
        NounField("unit", "计量单位", "如万人", required=True),
        NounField("source", "来源", "依据的文件", required=True),
        NounField("note", "备注", "其他要说明的"),
    ),
)

REFERENCE_VALUE_SHEET = NounSheet(
    "reference_value",
    "参考数各年",
    "每个参考数每年一行",
    (
        NounField("reference", "参考数", "参考数的代码", FieldKind.CODE, required=True, leads_to="reference", apart=True),
        NounField("org", "机构", "与「参考数」里写的一样", FieldKind.CODE, leads_to="org", apart=True),
        NounField("year", "年份", "如 2023", FieldKind.WHOLE, required=True),
        NounField("value", "数", "这一年的数", FieldKind.NUMBER, required=True),
    ),
    below="reference",
    inside="values",
)

TARGET_SHEET = NounSheet(
    "target",
    "目标",
    "某年某指标应达到的数，每条写明依据文件",
    (
        NounField("indicator", "指标", "指标的代码", FieldKind.CODE, required=True, leads_to="indicator"),
        NounField("year", "年份", "哪一年的目标，如 2023", FieldKind.WHOLE, required=True, apart=True),
        NounField("office", "科室", "科室代码；全局的写 bureau", FieldKind.CODE, required=True, leads_to="office"),
        NounField("org", "机构", "哪个机构的目标，写代码；不写就是最上级的", FieldKind.CODE, leads_to="org"),
        NounField("kind", "目标类型", "与指标的目标类型相同", FieldKind.WORD, required=True, words=TARGET_KINDS),
        NounField("value", "目标数", "应达到的数", FieldKind.NUMBER, required=True),
        NounField("upper", "上限", "区间目标的上限", FieldKind.NUMBER),
        NounField("due", "完成日期", "限期完成的目标要写", FieldKind.DAY),
        NounField("from", "生效日期", "年中调整的：同一指标另写一行，从这一天起执行", FieldKind.DAY),
        NounField("per", "按参考数", "参考数的代码；目标数是每一单位参考数的，乘上当年参考数才是要完成的数", FieldKind.CODE, leads_to="reference"),
        *(
            NounField(f"monthly.{month}", f"月度计划：{month + 1}月", "十二个月都写或都不写：总量是各月新增，率是各月的限", FieldKind.NUMBER)
            for month in range(12)
        ),
        NounField("pace", "序时进度", "不写是按天数", FieldKind.WORD, words={pace.value: pace.chinese for pace in Pace}),
        NounField("milestones", "节点", "按节点的要写：到哪一天应完成全年的百分之几，如 2023-06-30：40、2023-12-31：100", FieldKind.STEPS),
        NounField("parts", "分解到", "任务分解到哪些指标，写代码；它们的目标之和应等于本目标", FieldKind.CODES),
        NounField("tolerance", "容差", "仍算滞后的最大差距：总量和任务进度按个百分点，其余按指标的单位", FieldKind.NUMBER, required=True),
        NounField("score.points", "计分：满分", "考核计分的分值；不计分的，计分各列都不写", FieldKind.NUMBER),
        NounField("score.rule", "计分：算法", "不写是按完成比例得分", FieldKind.WORD, words={rule.value: rule.chinese for rule in ScoreRule}),
        NounField("score.floor", "计分：零分线", "按完成比例得分的：完成不到百分之几得零分，不写是 0", FieldKind.NUMBER),
        NounField("score.step", "计分：每差", "按差距扣分的：每差多少", FieldKind.NUMBER),
        NounField("score.deduct", "计分：扣分", "按差距扣分的：扣几分", FieldKind.NUMBER),
        NounField("score.bonus_step", "计分：每超", "加分的：每超过目标多少", FieldKind.NUMBER),
        NounField("score.bonus", "计分：加分", "加分的：加几分", FieldKind.NUMBER),
        NounField("score.cap", "计分：封顶", "加分后最多几分；不写就是满分", FieldKind.NUMBER),
        NounField("document", "依据文件", "下达目标的文件", required=True),
        NounField("note", "备注", "其他要说明的"),
    ),
)
