"""
The words by which an office sheet names persons and what belongs to them, once for all who look for them.

Columns and labels with these words are no figures, what stands under or behind them is not kept, and a catalogue may not
ask for it.
"""

SIGNERS = (
    "填报人", "填表人", "制表人", "报表人", "填制人", "报送人", "上报人", "编制人", "录入人", "审核人", "复核人", "审批人", "签发人",
    "统计人", "统计员", "经手人", "校对人", "打印人",
)  # fmt: skip
SIGNINGS = ("制表", "填表", "审核", "复核", "经办", "签发", "校对")  # in whose place a name may stand
CHARGED = (
    "负责人", "单位负责人", "科室负责人", "部门负责人", "统计负责人", "主要负责人", "分管负责人", "分管领导", "主管领导", "分管局长",
    "分管副局长", "局长", "科长",
    "责任人", "经办人", "承办人", "联络人", "联络员", "联系人", "法定代表人", "法人代表", "经理", "总经理", "老板", "店长",
)  # fmt: skip
CONCERNED = (
    "投诉人", "举报人", "投诉者", "举报者", "投诉方", "举报方", "反映人", "反映者", "检举人", "当事人", "消费者", "申请人", "申诉人", "诉求人", "求助人",
    "咨询人", "来电人", "来电者",
    "来访人", "来访者", "被投诉人", "被举报人", "被诉人", "信访人", "委托人", "代理人", "报案人", "报警人", "受害人", "受害者", "知情人",
    "患者", "业主", "车主", "户主", "店主",
    "收货人", "收件人", "寄件人", "购买人", "购买者", "经营者",
)  # fmt: skip
INVOLVED = (
    "检查人",
    "检查人员",
    "执法人员",
    "抽样人",
    "抽样人员",
    "采样人",
    "采样人员",
    "检验员",
    "处理人",
    "办理人",
    "答复人",
    "回访人",
    "接待人",
    "接听人",
    "调解员",
    "监护人",
    "反馈人",
    "客户",
    "顾客",
    "市民",
    "股东",
    "实际控制人",
    "食品安全员",
    "食品安全管理员",
)  # fmt: skip - before a name with a colon; more often they are counted
CONTACTS = ("联系电话", "电话", "电话号码", "联系方式", "手机号", "手机号码", "固定电话", "办公电话", "电子邮箱", "微信号")
CHANNELS = ("手机", "座机", "传真", "邮箱", "电子邮件", "微信", "QQ")  # by which somebody is reached, or complaints come in
PAPERS = ("身份证", "身份证号", "身份证号码", "证件号", "证件号码", "银行卡", "银行卡号", "银行账号", "账号", "卡号")
HOMES = ("住址", "家庭住址", "住所", "地址", "联系地址", "通讯地址", "家庭地址", "收货地址")
NAMED = ("姓名", "名字")

_ENDS = ("消费者", "经营者", "患者", "业主", "车主", "户主", "店主")  # the last word only: 消费者投诉 is a matter, and nobody
_ANYWHERE = sorted({*CONCERNED, *CONTACTS, *CHANNELS, *PAPERS, *HOMES, *NAMED, "联系人", "法定代表人"} - {*_ENDS, "电话"})
OVER_PERSONS = f"{'|'.join(_ANYWHERE)}|^电话|(?:{'|'.join(_ENDS)}|人员)$"  # a pattern: a column with such a heading is about persons
HINTS = ("人", "姓名", "电话", "手机", "地址", "住址", "证")  # in a heading that is not known word by word
HINTS_INSIDE = (
    *HINTS,
    "者",
    "名",
    "姓",
    "电",
    "话",
    "址",
    "住",
    "证件",
    "身份",
    "联系",
    "号码",
    "客户",
    "顾客",
    "用户",
    "业主",
    "户主",
    "微信",
    "qq",
    "邮箱",
    "方式",
    "账",
    "性别",
    "年龄",
    "出生",
    "谁",
)  # fmt: skip - in brackets behind a heading, where anything would be kept
