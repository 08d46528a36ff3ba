"""
Names and addresses in a text, where the words around them say that they are some.

A name alone is told from other words by nothing: it is put out of sight behind a word for who somebody is (投诉人、联系人)
and before 先生 or 女士.  王女士 and 李某 tell nobody and may stay, and so may who filled in a form (填报人、审核人).
"""

import re

from kpi.persons import CHARGED, CONCERNED, CONTACTS, INVOLVED, NAMED, NO_NAMES, SIGNERS, SIGNINGS
from kpi.workbook.lazy import LazyPattern

_HAN = r"\u4e00-\u9fff"
_SURNAME = (
    r"(?:欧阳|上官|司马|诸葛|夏侯|司徒|皇甫|慕容|尉迟|令狐|东方|西门|南宫|独孤|端木|公孙|赫连|澹台|宇文|长孙"
    r"|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦马苗凤方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安"
    r"乐于傅皮卞齐康伍余顾孟黄穆萧尹姚邵湛汪祁毛狄米贝臧成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房裘"
    r"解宗丁宣邓郁单杭洪包左石崔吉龚程邢裴陆荣翁荀羊惠曲封储靳段富巫乌焦巴谷车侯秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司韶黎薄印白蒲邰鄂索咸籍赖卓蔺屠"
    r"蒙池乔阴胥苍闻莘翟谭劳姬申扶堵冉宰郦雍桑桂牛冀浦农温庄晏柴瞿阎慕连茹习艾鱼容古易慎戈廖庾终暨居衡耿满弘匡国文寇广禄阙东殴沃利蔚越"
    r"隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾沙养鞠须丰巢关蒯红游竺权逯盖益桓公肖闫覃付佟岳漆代尧亓])"
)
_AFTER_ALONE = "|".join(sorted((*CONCERNED, "联系人", "联络人", "负责人", "家长", "经办人", "承办人", "法定代表人", "法人代表"), key=len, reverse=True))
_WHO = rf"(?:被?(?:{_AFTER_ALONE})|(?:客户|顾客|用户|业户|本人|法人)?(?:姓名|名字))"  # stands right before a name
_ALL = "|".join(r"\s*".join(word) for word in sorted((*CONCERNED, *CHARGED, *NAMED), key=len, reverse=True))
_WAY = r"(?:[及和与/、]?(?:联系)?(?:电话|手机|方式)号?码?)?"  # 联系人及电话：张三 139…
_LABEL = rf"(?:被?(?:{_ALL})(?:的?(?:姓\s*名|名\s*字|名称|称呼|签[字名]))?{_WAY})"  # stands before a name with a colon or brackets between them
_SIGNED = "|".join(r"\s*".join(word) for word in sorted((*SIGNERS, *SIGNINGS, *CHARGED), key=len, reverse=True))
_FOREIGN = r"[A-Z][a-z][A-Za-z'\-]*\.?(?:[ ·][A-Z][A-Za-z'\-]*\.?)"
_IS = r"(?:[)\]】」』》]?[ \t]*(?:是|为|叫|系|[\-—/=、,|;]|[\[【「『《〈<\"“'])?[ \t]*)"  # between a word and the name right behind it
_NAME = (
    rf"(?:[{_HAN}]{{2,3}}(?=[和与及]{_SURNAME}[{_HAN}]{{1,2}}(?![{_HAN}]))|(?:欧阳|上官|司马|诸葛|夏侯|皇甫|慕容|令狐) [{_HAN}]{{1,2}}(?![{_HAN}])"
    rf"|[{_HAN}] {{1,2}}[{_HAN}](?![{_HAN}])|[{_HAN}]{{2,4}}(?:[·•][{_HAN}]{{1,8}})*|{_FOREIGN}{{0,3}})"
)
_AT_END = rf"(?=$|[^{_HAN}]|反映|投诉|举报|来电|来访|要求|表示|电话|手机|身份证|先生|女士|称|说|的|与|和|在|于|等)"
_NO_NAME = (
    "(?!(?:权益日?|权利|满意[度率]?|申[诉请]|关注|宣传|广泛|成功|万人|费用|包装|关于|路边|游乐|纪录|易混淆?|乐于|丰富|养[老生]|单位|公[示布司]|安全感?|司法"
    rf"|成本|金额|余额|许可证?|单[人方]|双方|万[户家件]|成年人?|老年人?|家[庭属]|方[面式便法]|范围|农村|农产品|连锁|(?<=经营者)许可证?|{'|'.join(NO_NAMES)})[类数]?{_AT_END})"
)  # words that begin as a surname does: in 消费者权益 and 食品经营者许可 there is nobody
_NOBODY = r"(?:(?:各|本|相关|主管|责任)?(?:科室|部门|单位|企业|商户|公司)|个体|农户|全体|同上|详?见附|暂无|待定|不详)"
_LABELLED = LazyPattern(rf"({_LABEL}\s*(?:\(\w{{1,6}}\))?\s*[:：]\s*)(?![{_HAN}·•]{{0,2}}某|{_NOBODY}){_NAME}(?!某)")
_SIGNATURE = LazyPattern(rf"((?:{_SIGNED})(?:签[字名]|姓名)?\s*(?:\(\w{{1,6}}\))?\s*[:：]\s*)(?![{_HAN}·•]{{0,2}}某){_NAME}(?!某)")
_COUNTED = LazyPattern(rf"((?:{'|'.join(INVOLVED)})[ ]*:[ ]*)(?!.?某|[农国]){_NO_NAME}{_SURNAME}[{_HAN}]{{1,2}}?(?=$|[^{_HAN}])")
_SIGNATURE_ALONE = LazyPattern(rf"((?:{'|'.join((*SIGNERS, '制表', '填表'))}){_IS})(?!.某|须知){_NO_NAME}{_SURNAME}[{_HAN}]{{1,2}}?(?=$|[^{_HAN}])")
_INVOLVED_ALONE = LazyPattern(
    rf"((?:{'|'.join(word for word in INVOLVED if word.endswith(('人员', '员')))})[ ]?)(?!.某){_NO_NAME}{_SURNAME}[{_HAN}]{{2}}(?=$|[^{_HAN}])"
)
_SIGNED_AT_START = LazyPattern(rf"((?:^|[^{_HAN}])(?:{'|'.join(SIGNINGS)})[ ]*)(?!.某){_NO_NAME}{_SURNAME}[{_HAN}]{{2}}(?=$|[^{_HAN}])")
_SIGNED_ALONE = LazyPattern(
    rf"(?:(?:{'|'.join(sorted((*SIGNERS, *SIGNINGS, *CHARGED), key=len, reverse=True))})(?:[(（]?签[字名][)）]?)?"
    rf"[ \u3000\n]*(?!须知){_NO_NAME}(?:{_SURNAME}[{_HAN}]{{1,2}}|[{_HAN}][ \u3000]+[{_HAN}]|〔姓名〕)[ \u3000\n]*"
    rf"|(?:{'|'.join(sorted(CONTACTS, key=len, reverse=True))})[ \u3000]*(?:[\d+][\d\-() ]{{5,16}}\d|〔电话〕)[ \u3000]*)+",
    re.ASCII,
)
_BRACKETED = LazyPattern(rf"({_LABEL}\s*\()(?:(?!.?某){_NO_NAME}{_SURNAME}[{_HAN}]{{1,3}}|{_FOREIGN}{{0,3}})(?=[),、;:])")
_FOREIGNER = LazyPattern(rf"({_WHO}{_IS}){_FOREIGN}{{1,3}}")
_AND = LazyPattern(rf"(〔姓名〕 ?[、,/和与及] ?)(?!.某){_NO_NAME}{_SURNAME}[{_HAN}]{{1,2}}?{_AT_END}")
_BEHIND_WORD = LazyPattern(rf"({_WHO}{_IS})(?!.某){_NO_NAME}{_SURNAME}[{_HAN}]{{1,2}}?{_AT_END}")
_BEFORE_TITLE = LazyPattern(rf"{_SURNAME}(?![{_HAN}]?某)[{_HAN}]{{1,2}}(?=先生|女士|小姐|同志|律师(?!事务|函|费))")
_DEVICE = LazyPattern(r"(?:的|内|处|门[前口]|[\d#号]{1,4})?(?:电梯|扶梯|客梯|货梯|[东西南北左右]梯|梯|锅炉|起重机|升降机|压力容器|叉车|停车设备|设备)")
_NUMBER = r"[甲乙丙丁附]?[\dA-Za-z一二三四五六七八九十百零〇]{1,6}(?:-\d{1,4}){0,2}"
_ROAD = rf"[{_HAN}\d]{{0,12}}?(?:(?<![公铁线电管网水油气])路|街|巷|大道|胡同|弄)"
_SITE = rf"(?!(?![到去从往在离的])[{_HAN}]{{0,3}}?(?:[站桥库厂井泵炉柜]|店(?!主)|服务区|车间|标段|隧道|路口|工地|油田|机组|矿|码头))"  # no home
_HOUSE = rf"(?:号院|号楼|号{_SITE}|栋|幢|座|弄)"
_INSIDE = rf"(?:[{_HAN}]{{0,8}}?{_NUMBER}(?:号楼|栋|幢|座|单元|楼|层|室|户|号))*(?:\d{{3,4}}(?![\d年.]))?"
_HOMES = r"(?:小区|花园|公寓|家属院|家园|嘉园|苑|新村|社区)"
_ADDRESS = LazyPattern(
    rf"{_ROAD}{_NUMBER}{_HOUSE}{_INSIDE}(?:[{_HAN}]{{2,8}}(?:小区|花园|公寓|家属院){_INSIDE})?"
    rf"|[{_HAN}]{{2,14}}?{_HOMES}(?:{_NUMBER}(?:号楼|栋|幢|座|单元|号|室|户){_INSIDE}|\d{{1,3}}-\d{{1,3}}(?:-\d{{1,4}})?(?!\d))"
    rf"|[{_HAN}]{{2,14}}?村(?:委会)?[{_HAN}]{{0,4}}?{_NUMBER}(?:组|社|队)(?:{_NUMBER}号)?"
    rf"|{_NUMBER}(?:号楼|栋|幢){_NUMBER}单元(?:{_NUMBER}(?:室|户|号)?)?"
)
_BEFORE_WHO = LazyPattern(rf"{_SURNAME}(?![{_HAN}]?某)[{_HAN}]{{1,2}}(?=\({_WHO}\)|[,、] ?[男女][,、。;)])")
_CALLED_ADDRESS = LazyPattern(r"((?:家庭住址|现?住址|家庭地址|联系地址|收货地址|户籍地址?|居住地址?|住所|地址)\s*[:：]\s*)[^\s〔,，。;；]{3,60}")
_HOME_ALONE = LazyPattern(
    rf"((?:家庭住址|现?住址|家庭地址|收货地址|居住地址?|地址|家住)[ 是为在]{{0,2}})(?!变更|登记|不[详符]|信息|错误|核[查实]|[与和])[{_HAN}\d\-]{{0,20}}?"
    rf"(?:[省区县镇乡村]|市(?!场)|街道?|路|巷|小区|花园|号)[{_HAN}\dA-Za-z\-]{{2,40}}"
)
_CUE = LazyPattern(r"[,、] ?[男女]|[人者名主员长家属方户客民东]|经理|老板|领导|先生|女士|小姐|同志|律师|员")
_SIGN_CUE = LazyPattern(rf"[人员]|{'|'.join(SIGNINGS)}")
_PLACE_CUE = LazyPattern(r"[号组社队幢栋室户园苑区村]|址|住所|户籍")


def hide_people(text: str) -> str:
    """A plain text with a word in the place of each name and address that is told by the words around it."""
    if _PLACE_CUE.search(text):
        text = _ADDRESS.sub(_address, _CALLED_ADDRESS.sub(r"\1〔住址〕", text))
        text = _HOME_ALONE.sub(r"\1〔住址〕", text)
    if _CUE.search(text):
        text = _COUNTED.sub(r"\1〔姓名〕", _LABELLED.sub(r"\1〔姓名〕", text)) if ":" in text else text
        text = _BRACKETED.sub(r"\1〔姓名〕", text) if "(" in text else text
        text = _BEHIND_WORD.sub(r"\1〔姓名〕", _FOREIGNER.sub(r"\1〔姓名〕", text))
        text = _INVOLVED_ALONE.sub(r"\1〔姓名〕", text)
        text = _BEFORE_WHO.sub("〔姓名〕", _BEFORE_TITLE.sub("〔姓名〕", text))
    while "〔姓名〕" in text and (more := _AND.sub(r"\1〔姓名〕", text)) != text:
        text = more
    return text


def is_signed(text: str) -> bool:
    """Whether a text is words for who signs a form, each with a name or a telephone right behind it: 填报人张三, 审核 李四, 电话8812345."""
    return _SIGNED_ALONE.fullmatch(text.strip()) is not None


def hide_signers(text: str) -> str:
    """A plain text with a word in the place of each name behind a word for who signs a form: 填报人：〔姓名〕."""
    hidden = _SIGNATURE.sub(r"\1〔姓名〕", text) if ":" in text or "：" in text else text
    return _SIGNED_AT_START.sub(r"\1〔姓名〕", _SIGNATURE_ALONE.sub(r"\1〔姓名〕", hidden)) if _SIGN_CUE.search(hidden) else hidden


def _address(match: "re.Match[str]") -> str:
    """A word in the place of an address, unless a device stands there: 3号楼2单元电梯 is which lift."""
    return match[0] if _DEVICE.match(match.string, match.end()) else "〔住址〕"
