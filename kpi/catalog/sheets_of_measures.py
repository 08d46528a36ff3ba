"""What an office has in its file as sheets: measures, indicators, relations and platforms."""

from kpi.catalog.measure import Better
from kpi.catalog.noun_fields import FieldKind, NounField, NounSheet
from kpi.catalog.target import TargetKind

TARGET_KINDS = {kind.value: kind.chinese for kind in TargetKind}
_BETTER = {better.value: better.chinese for better in Better}
_OFFICE = NounField("office", "科室", "归哪个科室，写科室代码", FieldKind.CODE, required=True, leads_to="office", apart=True)

MEASURE_SHEET = NounSheet(
    "measure",
    "数据项",
    "科室填报的数",
    (
        NounField("code", "代码", "小写英文字母、数字和下划线，以字母开头；启用后不再改动", FieldKind.CODE, required=True),
        _OFFICE,
        NounField("name", "名称", "报表上的名称", required=True),
        NounField("aliases", "别名", "报表里可能出现的其他写法，也可以是别的系统里的代码；行和列合起来的写成 行名 × 列名；同一科室内不能重复", FieldKind.TEXTS),
        NounField("topic", "分组", "报表里的小标题，如监督抽检", required=True),
        NounField("unit", "计量单位", "单位不同的数不能相加，家与家次是两种单位", required=True),
        NounField(
            "kind",
            "性质",
            "时期数各月相加得累计；时点数取最后一次；服务标准；填报率是科室自己算好的率，只作对照，不参与计算",
            FieldKind.WORD,
            required=True,
            words={"flow": "时期数", "stock": "时点数", "standard": "服务标准", "rate": "填报率"},
        ),
        NounField("decimals", "小数位数", "0 到 6，不写是 0", FieldKind.WHOLE),
        NounField("better", "好坏方向", "不写是不论高低", FieldKind.WORD, words=_BETTER),
        NounField("signed", "可以为负", "净增、增速一类写是；不写是否", FieldKind.YES_NO),
        NounField("scope", "统计范围", "数的是谁的工作，不写是本局", FieldKind.WORD, words={"本局": "本局", "全区": "全区"}),
        NounField("seq", "原文序号", "在来源材料中的序号，用来查回原文", FieldKind.WHOLES),
        NounField("report_year_offset", "数据年度", "报的是上一年度的数（如年报）写 -1，不写是 0", FieldKind.WHOLE),
        NounField("ledger_only", "只由台账得出", "是的，报表上没有这一行；不写是否", FieldKind.YES_NO),
        NounField("blank_is_zero", "空白算零", "报表报来了、这一行空着或没有的，按 0 计并写明；报表没有来的仍是未报；不写是否", FieldKind.YES_NO),
        NounField("note", "怎样统计", "一句话，也印在空白报表上"),
    ),
)

INDICATOR_SHEET = NounSheet(
    "indicator",
    "指标",
    "领导关注的数：由数据项计算，从不填报",
    (
        NounField("code", "代码", "小写英文字母、数字和下划线，以字母开头；启用后不再改动", FieldKind.CODE, required=True),
        _OFFICE,
        NounField("name", "名称", "看板上的名称", required=True),
        NounField("unit", "计量单位", "百分数写 %", required=True),
        NounField("decimals", "小数位数", "印几位小数，不写是 0", FieldKind.WHOLE),
        NounField(
            "numerator",
            "分子",
            "公式：数据项或指标的代码加减，乘除常数，可用括号；代码@ly 是上年同期，其他写法见 data/catalog/README.md",
            FieldKind.FORMULA,
            required=True,
        ),
        NounField("denominator", "分母", "公式；不是比率的不写", FieldKind.FORMULA),
        NounField("scale", "倍数", "百分数写 100，不写是 1", FieldKind.WHOLE),
        NounField("annualised", "折合全年", "如万车死亡率：分子是时期数、分母是时点数，折合成全年的率；不写是否", FieldKind.YES_NO),
        NounField("may_exceed", "可以超过一百", "分子可以大于分母的百分数，如收缴率；不写是否", FieldKind.YES_NO),
        NounField("belated", "分子可含以前月份", "分子可以是以前月份计入分母的，如办结、整改；不写是否", FieldKind.YES_NO),
        NounField("failed", "不合格", "公式；与总数同时写，有在检批次时给出上下界", FieldKind.FORMULA),
        NounField("total", "总数", "公式；与不合格同时写", FieldKind.FORMULA),
        NounField("better", "好坏方向", "越高越好、越低越好，还是不论高低", FieldKind.WORD, required=True, words=_BETTER),
        NounField("target_kind", "目标类型", "目标怎么比", FieldKind.WORD, required=True, words=TARGET_KINDS),
        NounField("may_assess", "可以考核", "依法不得考核的写否，不能设目标；不写是是", FieldKind.YES_NO),
        NounField("may_assess_note", "不得考核的依据", "写否的要写明法律或文件"),
        NounField("headline", "放在首屏", "在总览的第一屏；不写是否", FieldKind.YES_NO),
        NounField("order", "次序", "先后次序，不写是 0", FieldKind.WHOLE),
        NounField("area", "板块", "不同于本科室的板块才写，写板块代码", FieldKind.CODE, leads_to="area"),
        NounField("why_it_matters", "为什么看它", "一句话", required=True),
        NounField("denominator_words", "分母说明", "分母是什么；没有分母的写不是比率", required=True),
        NounField("source", "来源", "依据的文件或材料", required=True),
        NounField("reviewed_on", "核定日期", "口径最后一次核定的日期", FieldKind.DAY, required=True),
        NounField("reported", "对照的填报率", "填报率的代码；与指标同代码的自动对照，不必写", FieldKind.CODE, leads_to="measure"),
        NounField("note", "备注", "其他要说明的"),
    ),
)

RELATION_SHEET = NounSheet(
    "relation",
    "勾稽",
    "数与数之间应当成立的关系",
    (
        NounField("id", "编号", "不能重复，启用后不再改动", FieldKind.CODE, required=True),
        NounField("office", "科室", "归哪个科室，写科室代码；跨科室的写 bureau", FieldKind.CODE, required=True, leads_to="office", apart=True),
        NounField("name", "名称", "一句话说明关系", required=True),
        NounField(
            "kind",
            "类别",
            "是哪一种关系",
            FieldKind.WORD,
            required=True,
            words={
                "sum": "合计",
                "bound": "大小",
                "equality": "相等",
                "ratio": "填报率与计算值",
                "complement": "互补",
                "duplicate": "重复陈述",
                "reachable": "率取得到",
                "derived": "推算",
                "every-rate": "每个填报率",
                "every-count": "每个计数",
            },
        ),
        NounField(
            "strength",
            "强弱",
            "必须成立、一般成立，还是仅供参考",
            FieldKind.WORD,
            required=True,
            words={"hard": "必须成立", "soft": "一般成立", "info": "仅供参考"},
        ),
        NounField(
            "raises",
            "不成立时",
            "怎样处理",
            FieldKind.WORD,
            required=True,
            words={"block": "需修改", "check": "请核对", "hint": "提示", "nothing": "只列出"},
        ),
        NounField("left", "左边", "公式：数据项代码和数字的加减乘除", FieldKind.FORMULA),
        NounField(
            "op",
            "怎样比",
            "不写是等于；约等于按小数位数四舍五入后比较",
            FieldKind.WORD,
            words={"=": "等于", "≈": "约等于", "<": "小于", "<=": "不大于", ">": "大于", ">=": "不小于", "!=": "不等于"},
        ),
        NounField("right", "右边", "公式；推算的不写", FieldKind.FORMULA),
        NounField("decimals", "小数位数", "约等于、率取得到的要写：保留几位", FieldKind.WHOLE),
        NounField("period", "只对月份", "只对某个月的材料成立的才写，如 2023-11", FieldKind.MONTH),
        NounField("seq", "原文序号", "在来源材料中的序号", FieldKind.WHOLES),
        NounField("remedy", "怎么改", "不成立时请科室核对什么"),
        NounField("note", "备注", "其他要说明的"),
    ),
)

SYSTEM_SHEET = NounSheet(
    "system",
    "平台",
    "数从哪里来：平台、登记册、专项行动",
    (
        NounField("id", "编号", "不能重复，启用后不再改动", FieldKind.CODE, required=True),
        NounField("office", "科室", "归哪个科室，写科室代码", FieldKind.CODE, required=True, leads_to="office", apart=True),
        NounField("name", "名称", "平台或行动的名称", required=True),
        NounField(
            "kind",
            "种类",
            "是哪一种",
            FieldKind.WORD,
            required=True,
            words={
                "platform": "平台",
                "register": "登记册",
                "campaign": "专项行动",
                "mechanism": "工作机制",
                "monitoring": "监测",
                "committee": "议事机构",
                "policy_document": "政策文件",
                "event": "活动",
                "project": "项目",
            },
        ),
        NounField("data", "有什么数据", "用本局自己的话写", required=True),
        NounField("feeds", "供给", "供哪些数据项和指标，写代码", FieldKind.CODES),
        NounField("note", "备注", "其他要说明的"),
    ),
)
