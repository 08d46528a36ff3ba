"""
Names and addresses in a text, where the words around them say that they are some.

Nothing makes a name alone differ from other words: it is put out of sight behind a word for who somebody is (投诉人、联系人)
and before 先生 or 女士.  王女士 and 李某 tell nobody and may stay, and so may who filled in a form (填报人、审核人).
"""

import re
from collections.abc import Iterable

from kpi.persons import CHARGED, CONCERNED, CONTACTS, INVOLVED, NAMED, SIGNERS, SIGNINGS
from kpi.workbook.personal.lazy_pattern import LazyPattern
from kpi.workbook.personal.nobodys_names import AT_END, HAN, NO_NAME, OFFICE, SURNAME, UNSET


def _words(words: Iterable[str], *, spaced: bool = False) -> str:
    """Words as a pattern, the longest first; `spaced` for blanks between their signs."""
    return "|".join((r"\s*" if spaced else "").join(word) for word in sorted(words, key=len, reverse=True))


_COUNSEL = ("律师",)
_CHARGED_ALONE = _words((*_COUNSEL, "联系人", "联络人", "负责人", "家长", "经办人", "承办人", "法定代表人", "法人代表"))
_WHO = rf"(?:被?(?:{_words(CONCERNED)}|{_CHARGED_ALONE})|(?:客户|顾客|用户|业户|本人|法人)?(?:姓名|名字))"  # stands right before a name
_WAY = r"(?:[及和与/、]?(?:联系)?(?:电话|手机|方式)号?码?)?"  # 联系人及电话：张三 139…
_CALLED = rf"(?:的?(?:姓\s*名|名\s*字|名称|称呼|签[字名]))?{_WAY}"
_NTH = r"(?:\d{1,2}|[一二三四五六甲乙丙丁A-D](?=\s*[:：]))?"  # 投诉人1、投诉人甲
_CHARGED = rf"(?:{_words((*CHARGED, *_COUNSEL), spaced=True)}){_CALLED}"
_CONCERNED = rf"(?:被?(?:{_words((*CONCERNED, *NAMED), spaced=True)}){_CALLED})"
_LABEL = rf"(?:{_CONCERNED}|{_CHARGED})"  # stands before a name with a colon or brackets between them
_SIGNED = _words((*SIGNERS, *SIGNINGS, *CHARGED), spaced=True)
_FOREIGN = r"[A-Z][a-z][A-Za-z'\-]*\.?(?:[ ·][A-Z][A-Za-z'\-]*\.?)"
_APART = r"[^\w〔〕。!?\n]{0,3}"  # signs between a word and the name right behind it
_IS = rf"{_NTH}(?:\([男女]\))?{_APART}(?:(?:是|为|叫|系|名[叫为]){_APART})?"
_NAME = (
    rf"(?:[{HAN}]{{2,3}}(?=[和与及]{SURNAME}[{HAN}]{{1,2}}(?![{HAN}]))|(?:欧阳|上官|司马|诸葛|夏侯|皇甫|慕容|令狐) [{HAN}]{{1,2}}(?![{HAN}])"
    rf"|[{HAN}] {{1,2}}[{HAN}](?![{HAN}])|[{HAN}]{{2,4}}(?:[·•][{HAN}]{{1,8}})*|{_FOREIGN}{{0,3}})"
)
_COLON = rf"{_NTH}\s*(?:\(\w{{1,6}}\))?\s*[:：]\s*[^\w\s〔〕。!?]?\s*"
_SOME = rf"(?![{HAN}·•]{{0,2}}某)"
_NOBODY = LazyPattern(rf"(?:{OFFICE}|{UNSET})")
_BETWEEN = LazyPattern(r"(?:[ 、,，/;；和与及(（]|[ ]?-[ ]?){1,2}")  # an office and the name behind it: 办公室、张三
_UNIT_BEFORE = rf"(?:[{HAN}]{{0,12}}?(?:室|[科所局队部处股站]长?|中心|主任|书记)(?={SURNAME}[{HAN}]{{1,2}}(?![{HAN}])))?"  # 食品科张三
_NAMED = LazyPattern(rf"{_UNIT_BEFORE}{_SOME}(?P<name>{_NAME})(?!某)")
_LABELLED = LazyPattern(rf"({_CONCERNED}{_COLON}){_SOME}(?!{UNSET}){_NAME}(?!某)")
_LABEL_OF_CHARGED = LazyPattern(rf"{_CHARGED}{_COLON}")
_LABEL_OF_SIGNERS = LazyPattern(rf"(?:{_SIGNED})(?:签[字名]|姓名)?{_COLON}")
_COUNTED = LazyPattern(rf"((?:{_words(INVOLVED)})[ ]*:[ ]*)(?!.?某|[农国]){NO_NAME}{SURNAME}[{HAN}]{{1,2}}?(?=$|[^{HAN}])")
_SIGNATURE_ALONE = LazyPattern(rf"((?:{_words((*SIGNERS, '制表', '填表'))}){_IS})(?!.某|须知){NO_NAME}{SURNAME}[{HAN}]{{1,2}}?(?=$|[^{HAN}])")
_INVOLVED_ALONE = LazyPattern(rf"((?:{_words(word for word in INVOLVED if word.endswith('员'))})[ ]?)(?!.某){NO_NAME}{SURNAME}[{HAN}]{{2}}(?=$|[^{HAN}])")
_SIGNED_AT_START = LazyPattern(rf"((?:^|[^{HAN}])(?:{'|'.join(SIGNINGS)})[ ]*)(?!.某){NO_NAME}{SURNAME}[{HAN}]{{2}}(?=$|[^{HAN}])")
_SIGNED_ALONE = LazyPattern(
    rf"(?:(?:{_words((*SIGNERS, *SIGNINGS, *CHARGED))})(?:[(（]?签[字名][)）]?)?"
    rf"[ \u3000\n]*(?!须知){NO_NAME}(?:{SURNAME}[{HAN}]{{1,2}}|[{HAN}][ \u3000]+[{HAN}]|〔姓名〕)[ \u3000\n]*"
    rf"|(?:{_words(CONTACTS)})[ \u3000]*(?:[\d+][\d\-() ]{{5,16}}\d|〔电话〕)[ \u3000]*)+",
    re.ASCII,
)
_BRACKETED = LazyPattern(rf"({_LABEL}\s*\()(?:(?!.?某){NO_NAME}{SURNAME}[{HAN}]{{1,3}}|{_FOREIGN}{{0,3}})(?=[),、;:])")
_FOREIGNER = LazyPattern(rf"({_WHO}{_IS}){_FOREIGN}{{1,3}}")
_AND = LazyPattern(rf"(〔姓名〕 ?[、,/和与及] ?)(?!.某){NO_NAME}{SURNAME}[{HAN}]{{1,2}}?{AT_END}")
_CHARGED_WORD = LazyPattern(_words((*CHARGED, *_COUNSEL)))
_BEHIND_CHARGED = LazyPattern(rf"((?:{_words((*CHARGED, *_COUNSEL))})[ ]?)(?!.某|[和于向时应]){NO_NAME}{SURNAME}[{HAN}]{{2}}{AT_END}")
_BEHIND_WORD = LazyPattern(rf"({_WHO}{_IS})(?!.某|{UNSET}){NO_NAME}{SURNAME}[{HAN}]{{1,2}}?{AT_END}")
_TITLE = "先生|女士|小姐|同志|律师(?!事务|函|费)"
_BEFORE_TITLE = LazyPattern(  # what is behind is looked for first: at each sign of a text that costs less than to tell a name from words of business
    rf"(?=[{HAN}]{{2,4}}?(?:{_TITLE})){NO_NAME}{SURNAME}(?![{HAN}]?某)[{HAN}]{{1,2}}(?={_TITLE})"
)
_DEVICE = LazyPattern(r"(?:的|内|处|门[前口]|[\d#号]{1,4})?(?:电梯|扶梯|客梯|货梯|[东西南北左右]梯|梯|锅炉|起重机|升降机|压力容器|叉车|停车设备|设备)")
_NUMBER = r"[甲乙丙丁附]?[\dA-Za-z一二三四五六七八九十百零〇]{1,6}(?:-\d{1,4}){0,2}"
_ROAD = rf"[{HAN}\d]{{0,12}}?(?:(?<![公铁线电管网水油气])路|街|巷|大道|胡同|弄)"
_SITE = rf"(?!(?![到去从往在离的])[{HAN}]{{0,3}}?(?:[站桥库厂井泵炉柜]|店(?!主)|服务区|车间|标段|隧道|路口|工地|油田|机组|矿|码头))"  # no home
_HOUSE = rf"(?:号院|号楼|号{_SITE}|栋|幢|座|弄)"
_INSIDE = rf"(?:[{HAN}]{{0,8}}?{_NUMBER}(?:号楼|栋|幢|座|单元|楼|层|室|户|号))*(?:\d{{3,4}}(?![\d年.]))?"
_HOMES = r"(?:小区|花园|公寓|家属院|家园|嘉园|苑|新村|社区)"
_ADDRESS = LazyPattern(
    rf"{_ROAD}{_NUMBER}{_HOUSE}{_INSIDE}(?:[{HAN}]{{2,8}}(?:小区|花园|公寓|家属院){_INSIDE})?"
    rf"|[{HAN}]{{2,14}}?{_HOMES}(?:{_NUMBER}(?:号楼|栋|幢|座|单元|号|室|户){_INSIDE}|\d{{1,3}}-\d{{1,3}}(?:-\d{{1,4}})?(?!\d))"
    rf"|[{HAN}]{{2,14}}?村(?:委会)?[{HAN}]{{0,4}}?{_NUMBER}(?:组|社|队)(?:{_NUMBER}号)?"
    rf"|{_NUMBER}(?:号楼|栋|幢){_NUMBER}单元(?:{_NUMBER}(?:室|户|号)?)?"
)
_BEFORE_WHO = LazyPattern(
    rf"(?=[{HAN}]{{2,4}}?[(,、 ]){NO_NAME}{SURNAME}(?![{HAN}]?某)[{HAN}]{{1,2}}(?=\({_WHO}\)|[,、] ?[男女][,、。;)]| [男女](?:[ ,、。;)]|$)|\([男女][,、)])"
)
_CALLED_ADDRESS = LazyPattern(r"((?:家庭住址|现?住址|家庭地址|联系地址|收货地址|户籍地址?|居住地址?|住所|地址)\s*[:：]\s*)[^\s〔,，。;；]{3,60}")
_HOME_ALONE = LazyPattern(
    rf"((?:家庭住址|现?住址|家庭地址|收货地址|居住地址?|地址|家住)[ 是为在]{{0,2}})(?!变更|登记|不[详符]|信息|错误|核[查实]|[与和])[{HAN}\d\-]{{0,20}}?"
    rf"(?:[省区县镇乡村]|市(?!场)|街道?|路|巷|小区|花园|号)[{HAN}\dA-Za-z\-]{{2,40}}"
)
_CUE = LazyPattern(r"[,、] ?[男女]|[ (][男女]|[人者名主员长家属方户客民东]|经理|老板|领导|先生|女士|小姐|同志|律师|员")
_FOREIGN_CUE = LazyPattern(r"[A-Z][a-z]")
_SIGN_CUE = LazyPattern(rf"[人员]|{'|'.join(SIGNINGS)}")
_PLACE_CUE = LazyPattern(r"[号组社队幢栋室户园苑区村]|址|住所|户籍")


def hide_people(text: str) -> str:
    """A plain text with a word in the place of each name and address that is known by the words around it."""
    if _PLACE_CUE.search(text):
        text = _ADDRESS.sub(_address, _CALLED_ADDRESS.sub(r"\1〔住址〕", text))
        text = _HOME_ALONE.sub(r"\1〔住址〕", text)
    if _CUE.search(text):
        text = _COUNTED.sub(r"\1〔姓名〕", _LABELLED.sub(r"\1〔姓名〕", _hide_behind(_LABEL_OF_CHARGED, text))) if ":" in text else text
        text = _BRACKETED.sub(_name, text) if "(" in text else text
        text = _FOREIGNER.sub(r"\1〔姓名〕", text) if _FOREIGN_CUE.search(text) else text
        text = _BEHIND_WORD.sub(_name, text)
        text = _BEHIND_CHARGED.sub(_name, text)
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
    hidden = _hide_behind(_LABEL_OF_SIGNERS, text) if ":" in text or "：" in text else text
    return _SIGNED_AT_START.sub(r"\1〔姓名〕", _SIGNATURE_ALONE.sub(r"\1〔姓名〕", hidden)) if _SIGN_CUE.search(hidden) else hidden


def _hide_behind(label: LazyPattern, text: str) -> str:
    """A text with a word in the place of each name behind a label with a colon, whatever offices stand between them."""
    parts, end = [], 0
    for match in label.compiled.finditer(text):
        at = match.end()
        while (nobody := _NOBODY.match(text, at)) and (between := _BETWEEN.match(text, nobody.end())):
            at = between.end()
        if nobody is None and (name := _NAMED.match(text, at)):
            parts += [text[end : name.start("name")], "〔姓名〕"]
            end = name.end()
    return "".join((*parts, text[end:]))


def _name(match: "re.Match[str]") -> str:
    """A word in the place of the name behind a word, unless that is for who is in charge and an office stands there: 负责人 东湖所."""
    charged = _CHARGED_WORD.search(match[1])
    return match[0] if charged and _NOBODY.match(match.string, match.end(1)) else f"{match[1]}〔姓名〕"


def _address(match: "re.Match[str]") -> str:
    """A word in the place of an address, unless a device stands there: 3号楼2单元电梯 is which lift."""
    return match[0] if _DEVICE.match(match.string, match.end()) else "〔住址〕"
