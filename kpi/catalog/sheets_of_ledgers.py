"""Ledgers as sheets: what of them may be kept, and what they yield."""

from kpi.catalog.noun_fields import FieldKind, NounField, NounSheet

_LEDGER = NounField("ledger", "台账", "哪种台账，写代码", FieldKind.CODE, required=True, leads_to="ledger", apart=True)

LEDGER_SHEET = NounSheet(
    "ledger",
    "台账",
    "一行一件的表：怎样认出来，按哪一列归入月份",
    (
        NounField("code", "代码", "小写英文字母、数字和下划线，以字母开头；启用后不再改动", FieldKind.CODE, required=True, apart=True),
        NounField("name", "名称", "台账的名称", required=True),
        NounField("office", "科室", "哪个科室报，写科室代码", FieldKind.CODE, required=True, leads_to="office"),
        NounField("titles", "标题用词", "标题或工作表名里会出现的词，用来认出这种台账", FieldKind.TEXTS),
        NounField("date", "归月日期", "按哪一列的日期归入月份，写列名", required=True),
        NounField("source", "来源", "从哪里导出、怎样登记", required=True),
        NounField("note", "备注", "其他要说明的"),
    ),
)

COLUMN_SHEET = NounSheet(
    "column",
    "台账列",
    "准许读取和保留的列，没有列出的一律不读；姓名、电话、证件号、住址不得写进来",
    (
        _LEDGER,
        NounField("name", "列名", "表头上的名称", required=True),
        NounField("aliases", "别名", "表头上的其他写法", FieldKind.TEXTS),
        NounField(
            "role",
            "内容",
            "编号、日期、取值（固定的几种，写在「台账取值」）、数字，还是文字",
            FieldKind.WORD,
            required=True,
            words={"code": "编号", "date": "日期", "category": "取值", "number": "数字", "text": "文字"},
        ),
        NounField("key", "认得出一件", "写是的列合起来认得出一件；不写是否", FieldKind.YES_NO),
        NounField("required", "必须有", "缺了就不是这种台账；不写是否", FieldKind.YES_NO),
        NounField("once", "只有一次", "取值列中一个编号只会有一次的取值，如设立", FieldKind.TEXTS),
        NounField("not_before", "不早于", "日期列：不能早于哪一列，写列名"),
        NounField("unit", "计量单位", "数字列：表头没有写单位时的单位"),
    ),
)

COLUMN_VALUE_SHEET = NounSheet(
    "column_value",
    "台账取值",
    "取值列准许的每个取值一行",
    (
        _LEDGER,
        NounField("column", "列名", "哪一列", required=True, apart=True),
        NounField("value", "取值", "统一后的写法", required=True),
        NounField("spellings", "其他写法", "读到这些也算这个取值", FieldKind.TEXTS),
    ),
    below="column",
    inside="values",
)

FIGURE_SHEET = NounSheet(
    "figure",
    "台账取数",
    "由台账得出的数据项，每个一行；条件写在「台账条件」",
    (
        _LEDGER,
        NounField("measure", "数据项", "得出哪个数据项，写代码", FieldKind.CODE, required=True, leads_to="measure"),
        NounField(
            "count",
            "怎样数",
            "数行、数不同的编号、一列相加，还是用去的工作日相加；不写是数行",
            FieldKind.WORD,
            words={"rows": "数行", "distinct": "数不同的", "sum": "相加", "workdays": "工作日相加"},
        ),
        NounField("of", "哪一列", "数不同的、相加、工作日相加的要写，写列名"),
        NounField("since", "从哪一列起", "工作日相加的：从哪一列的日期起，写列名"),
        NounField("per", "除以", "元换成万元写 10000，不写是 1", FieldKind.WHOLE),
        NounField("note", "备注", "其他要说明的"),
    ),
)

CONDITION_SHEET = NounSheet(
    "condition",
    "台账条件",
    "哪些行才算：每个条件一行",
    (
        _LEDGER,
        NounField("measure", "数据项", "「台账取数」里的哪个数据项，写代码", FieldKind.CODE, required=True, leads_to="measure", apart=True),
        NounField(
            "use",
            "用处",
            "都要满足；满足一组即可（同一组的条件都要满足）；满足的行减去",
            FieldKind.WORD,
            required=True,
            words={"where": "都要满足", "either": "满足一组即可", "less": "减去"},
            apart=True,
        ),
        NounField("group", "组", "满足一组即可的：第几组，从 1 起；一组没有条件的，列名不写", FieldKind.WHOLE, apart=True),
        NounField("column", "列名", "看哪一列"),
        NounField("one_of", "取值在其中", "取值是其中之一", FieldKind.TEXTS),
        NounField("filled", "填了没有", "是：填了的才算；否：没填的才算", FieldKind.YES_NO),
        NounField("within", "工作日以内", "在多少个工作日以内", FieldKind.WHOLE),
        NounField("since", "从哪一列起", "工作日从哪一列的日期起，写列名"),
    ),
    below="figure",
    inside="conditions",
)
