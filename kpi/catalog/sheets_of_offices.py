"""The bureau, its organisations, areas and offices as sheets: who there is."""

from kpi.catalog.noun_fields import FieldKind, NounField, NounSheet

BUREAU_SHEET = NounSheet(
    "bureau",
    "本局",
    "本局自己，只有一行",
    (
        NounField("name", "本局名称", "印在页面、报表和材料上", required=True),
        NounField("first_month", "起始月份", "数据从哪个月开始，更早的月份不收；不写的，比今天早 20 年以上的不收", FieldKind.MONTH),
        NounField("year_begins", "年度起始月", "本年累计、目标、序时进度的年度从几月开始，1 到 12：学年写 9；不写是 1", FieldKind.WHOLE),
        NounField("public_from", "公开起数", "公开版里人和案件的数目从几起公开，比它小的（0 除外）不公开；不写是 5", FieldKind.WHOLE),
        NounField("public_units", "小数目单位", "哪些单位的小数目不公开；不写是人、人次、名、件、起、例", FieldKind.TEXTS),
    ),
)

ORG_SHEET = NounSheet(
    "org",
    "机构",
    "机构树：所、区、市、省；一个局自己用的，这张表空着",
    (
        NounField("code", "代码", "小写英文字母、数字和下划线，以字母开头；启用后不再改动", FieldKind.CODE, required=True),
        NounField("name", "名称", "全称", required=True),
        NounField("aliases", "别名", "文件名和表头里会出现的简称，不能重复", FieldKind.TEXTS),
        NounField("parent", "上级机构", "上级机构的代码；只有最上级不写，先后在几个上级下面的也不写，另写在「先后上级」", FieldKind.CODE, leads_to="org"),
        NounField("level", "级别", "印在名称旁边的词，如所、区、市、省"),
        NounField("order", "次序", "同一上级下的次序，不写是 0", FieldKind.WHOLE),
        NounField("reports", "报数", "自己是否报数：末级不写就报，还没有接入的写否；上级机构的数由下级汇总，不写", FieldKind.YES_NO),
        NounField("from", "设立月份", "设立后的第一个月；一直都在的不写", FieldKind.MONTH),
        NounField("until", "撤销月份", "撤销前的最后一个月；没有撤销的不写", FieldKind.MONTH),
        NounField("successor", "承接机构", "撤销以后由哪个机构承接，写代码；同时要写撤销月份", FieldKind.CODE, leads_to="org"),
    ),
)

PARENT_SHEET = NounSheet(
    "parent",
    "先后上级",
    "先后在几个上级下面的机构，每个上级一行，月份首尾相接",
    (
        NounField("org", "机构", "哪个机构，写代码", FieldKind.CODE, required=True, leads_to="org", apart=True),
        NounField("parent", "上级", "这些月份的上级机构，写代码", FieldKind.CODE, required=True, leads_to="org"),
        NounField("from", "从哪个月", "在这个上级下面的第一个月；从来都在的不写", FieldKind.MONTH),
        NounField("until", "到哪个月", "在这个上级下面的最后一个月；至今还在的不写", FieldKind.MONTH),
    ),
    below="org",
    inside="parents",
)

AREA_SHEET = NounSheet(
    "area",
    "板块",
    "本局工作的板块，一般是总结的各章，看板可以按它分组；不分板块的空着",
    (
        NounField("code", "代码", "小写英文字母、数字和下划线，以字母开头；启用后不再改动", FieldKind.CODE, required=True),
        NounField("name", "名称", "作小标题印出", required=True),
        NounField("order", "次序", "先后次序", FieldKind.WHOLE, required=True),
    ),
)

OFFICE_SHEET = NounSheet(
    "office",
    "科室",
    "报数的科室，每个科室每月一张报表",
    (
        NounField("code", "代码", "小写英文字母、数字和下划线，以字母开头；启用后不再改动", FieldKind.CODE, required=True),
        NounField("name", "名称", "科室的名称", required=True),
        NounField("aliases", "别名", "表里会出现的其他叫法，不能重复", FieldKind.TEXTS),
        NounField("parent", "上级科室", "上级科室的代码；没有上级科室的写 bureau", FieldKind.CODE, required=True, leads_to="office"),
        NounField("order", "次序", "先后次序", FieldKind.WHOLE, required=True),
        NounField("template", "报表标题", "月报表的标题", required=True),
        NounField("due_day", "应报日", "次月几日前报，1 到 28，不写是 5", FieldKind.WHOLE),
        NounField("area", "板块", "它的指标归哪个板块，写板块代码；不分板块的不写", FieldKind.CODE, leads_to="area"),
        NounField("from", "设立月份", "设立后的第一个月；一直都在的不写", FieldKind.MONTH),
        NounField("until", "撤销月份", "撤销前的最后一个月，以后不欠报表；没有撤销的不写", FieldKind.MONTH),
        NounField("successor", "承接科室", "撤销以后由哪个科室承接，写代码；同时要写撤销月份", FieldKind.CODE, leads_to="office"),
        NounField("month_in_name", "月份看文件名", "报表上不写月份、写在文件名或文件夹名里的写是；不写是否", FieldKind.YES_NO),
    ),
)
