"""
What stands where a name should and names nobody: words of business, offices and organisations, 待定, titles without a name.

Strings of patterns, for `people`.  An office is known by its ending (办公室、食品科、东湖所).  What may be a person stays one:
「李局」「孙办」「王副所」「老张科」 are ways to call somebody, and 李登科 is a name.
"""

from kpi.persons import NO_NAMES

HAN = r"\u4e00-\u9fff"
_TWO_SIGNS = r"(?:欧阳|上官|司马|诸葛|夏侯|司徒|皇甫|慕容|尉迟|令狐|东方|西门|南宫|独孤|端木|公孙|赫连|澹台|宇文|长孙)"
_ONE_SIGN = (
    r"[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦马苗凤方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安"
    r"乐于傅皮卞齐康伍余顾孟黄穆萧尹姚邵湛汪祁毛狄米贝臧成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房裘"
    r"解宗丁宣邓郁单杭洪包左石崔吉龚程邢裴陆荣翁荀羊惠曲封储靳段富巫乌焦巴谷车侯秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司韶黎薄印白蒲邰鄂索咸籍赖卓蔺屠"
    r"蒙池乔阴胥苍闻莘翟谭劳姬申扶堵冉宰郦雍桑桂牛冀浦农温庄晏柴瞿阎慕连茹习艾鱼容古易慎戈廖庾终暨居衡耿满弘匡国文寇广禄阙东殴沃利蔚越"
    r"隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾沙养鞠须丰巢关蒯红游竺权逯盖益桓公肖闫覃付佟岳漆代尧亓]"
)
SURNAME = rf"(?:{_TWO_SIGNS}|{_ONE_SIGN})"
AT_END = rf"(?=$|[^{HAN}]|反映|投诉|举报|来[电访函信局所]|到[场所局店]|要求|表示|电话|手机|身份证|先生|女士|小姐|同志|律师|称|说|的|与|和|在|于|等)"
_BUSINESS = (
    "权益日?|权利|满意[度率]?|申[诉请]|关注|宣传|广泛|成功|万人|费用|包装|关于|路边|游乐|纪录|易混淆?|乐于|丰富|养[老生]|单位|公[示布司]|安全感?|司法"
    "|成本|金额|余额|许可证?|单[人方]|双方|万[户家件]|成年人?|老年人?|家[庭属]|方[面式便法]|范围|农村|农产品|连锁|(?<=经营者)许可证?"
    f"|{'|'.join(NO_NAMES)}"
)
NO_NAME = rf"(?!(?:{_BUSINESS})[类数率度量额费表单证书品业店者性]?{AT_END})"  # words that begin as a surname does: in 消费者权益 there is nobody

_UNSET = (
    rf"待(?:[定补聘任配确]|安排|明确|通知)[{HAN}]{{0,4}}|未(?:[定填知提留设]|明确|任命|配备|安排)[{HAN}]{{0,4}}|暂[无缺未][{HAN}]{{0,4}}|尚未[{HAN}]{{0,4}}|空缺|缺[位岗]|[无空略缺否](?![{HAN}])|没有"
    rf"|同[上前左下]|详?见(?:附[件表]?|后附|名单|下表|通讯录)[{HAN}]{{0,4}}|另[行附][{HAN}]{{0,4}}|不[详明]|匿名|保密|拒[绝留][{HAN}]{{0,4}}|轮[流值][{HAN}]{{0,4}}|多人|以[上下][{HAN}]{{0,2}}"
)
_GROUPS = rf"(?:各|本|相关|主管|责任|有关|所[有属])?(?:科室|部门|单位|企业|商户|公司|[科室所局处股站队部](?![{HAN}]))|个体|农户|全体"
UNSET = rf"(?:{_UNSET}|{_GROUPS})"  # behind any label

_UNIT = r"(?:中心|[室科所局队部处股站办院署厅])"
_VERB = "[来到在去向至于的与和因对被把给从说称经由]"
_CALL = rf"[老小大阿]?{SURNAME}[副大中支总正代]?{_UNIT}(?![{HAN}])"  # 李局, 老张科, 王副所, 刘大队
_WHOLE = rf"(?![{HAN}]*{_VERB})[{HAN}]"
_STRANGE_OFFICE = rf"(?!{SURNAME}|[老小大阿]{SURNAME}){_WHOLE}{{0,14}}?{_UNIT}(?![{HAN}])"  # it begins as no name does: 食品科, 办公室
_PLACE_OFFICE = (
    rf"{_ONE_SIGN}[{HAN}]?(?:[省市县区乡镇]|街道|新区){_WHOLE}{{0,14}}?{_UNIT}(?![{HAN}])"  # 江北区分局
    rf"|{_ONE_SIGN}[{HAN}]市场监(?:督管理|管){_WHOLE}{{0,8}}?{_UNIT}(?![{HAN}])"
    rf"|(?:{'|'.join(NO_NAMES)}){_WHOLE}{{0,10}}?{_UNIT}(?![{HAN}])"  # 广告科, 应急管理科
    rf"|(?!{_TWO_SIGNS}){_ONE_SIGN}(?![{HAN}]?{_VERB})[{HAN}]{{1,2}}(?:中心|[室所局队部处股站办院署厅])(?![{HAN}])"  # 东湖所, 高新分局; never 李登科
)
_TITLE = (
    rf"(?!{SURNAME}|[老小大阿]{SURNAME}){_WHOLE}{{0,10}}?(?:[局所科处股站队部院组厅店校园]长|主任|书记|经理|领导|人员|科员|职员|专员|会计|出纳|内勤)(?![{HAN}])"
)
OFFICE = rf"(?!{_CALL})(?:{_STRANGE_OFFICE}|{_PLACE_OFFICE}|{_TITLE})"  # behind a label for who is in charge or signs
