"""
The forms that personal numbers take in a text, whatever stands between or around their digits.

A number that has a check digit (GB 11643 of identity cards, Luhn of bank cards) is known by it, and by its form alone only
behind a word that says what it is; the others (telephones, plates) are known by their form.  Hotlines (12315, 400 numbers)
are nobody's.  A text has gone through `plain` before it comes here.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from kpi.workbook.personal.lazy_pattern import LazyPattern

_INVISIBLE = LazyPattern("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖", "0012345678912123456789")
_GAP = r"[^0-9A-Za-z\u4e00-\u9fff〇〔〕%,、;:\n]{0,3}"  # whatever parts digits and neither is a word nor parts the numbers of a list
_COUNTRY = r"\(?(?:\+|00)?86\)?"
_NO_DATE = r"(?!(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d))"
_NO_AMOUNT = r"(?!\d|\.\d*[1-9]|,\d{3}(?!\d)|\.?0* ?(?:元|万元|亿元|%))"
_AREA = r"(?:10|2\d|[3-9]\d\d)"
_IDENTITY = LazyPattern(rf"(?<!\d)[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx](?!\d)", re.ASCII)
_OLD_IDENTITY = LazyPattern(rf"(?<!\d)[1-9]\d{{5}}{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{3}}(?!\d)", re.ASCII)
_CARD = LazyPattern(rf"(?<!\d)[2-69](?:{_GAP}\d){{14,18}}(?!\d)", re.ASCII)
_MOBILE = LazyPattern(rf"(?<!\d){_NO_DATE}(?:{_COUNTRY}{_GAP})?0?(1{_GAP}[3-9](?:{_GAP}\d){{9}}){_NO_AMOUNT}", re.ASCII)
_EXTENSION = r"(?:[ ]?(?:-|转|分机|ext\.?|#)[ ]?\d{1,6}(?!\d))?"
_LANDLINE = LazyPattern(
    rf"(?<!\d)(?:{_COUNTRY}{_GAP}\(?0?|\(?0){_AREA}(?P<own>\)?{_GAP}[2-9](?:{_GAP}\d){{6,7}}){_NO_AMOUNT}{_EXTENSION}", re.ASCII | re.IGNORECASE
)
_NO_DAY = r"(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d)"
_COUNTING = "咨询|受理|投诉|举报|回访|接听|接待|答复|办理|调查|宣传|余额|余|量|数|次|件|共|计|约|费|收|交"  # 电话咨询 3000000 is a count
_BEHIND = rf"(?:(?!{_COUNTING})[^\d〔〕\n]){{0,6}}?"  # between a word and the number it is about
_CALLED = LazyPattern(
    rf"((?:电话|来电号码|来电显示|主叫|座机|固话|手机|传真|联系方式|拨[打通]?|呼叫|致电|回拨|回电|\btel|\bphone){_BEHIND}){_NO_DAY}"
    r"(?:[2-9]\d{2,3}[ \-]?\d{4}|[2-9]\d{3}[ \-]\d{3})(?!\d| ?[次个件户家批人份起元万])",
    re.IGNORECASE | re.ASCII,
)
_LISTED = LazyPattern(r"(?<!\d)(?:1[3-9]\d(?:[、,:] ?\d{4}[、,: ] ?|[、, ] ?\d{4}[、,:] ?)\d{4}|0(?:10|2\d|[3-9]\d\d)[、,][2-9]\d{6,7})(?!\d)", re.ASCII)
_LIST = LazyPattern(r"分别|[各共计为有]$|\d[、,]$")  # before figures that stand one behind the other: 分别为158、1203、4410件
_PAID_TO = "(?:打款|打钱|转[账帐]|汇款|退款|付款|收款|汇|打)[到至给入]|(?:银行|收款|工资|储蓄|信用)卡"
_CALLED_CARD = LazyPattern(rf"((?:(?<!会员)(?<!购物)卡号|{_PAID_TO}){_BEHIND})[2-69](?:{_GAP}\d){{14,18}}(?!\d)", re.ASCII)
_CALLED_IDENTITY = LazyPattern(
    rf"((?:身份证|(?<!许可)(?<!执照)证件|公民身份){_BEHIND})[1-9](?:{_GAP}\d){{13}}(?:(?:{_GAP}\d){{2,3}}{_GAP}[\dXx])?(?!\d)", re.ASCII
)
_END_OF_IDENTITY = LazyPattern(r"((?:身份证|证件)(?:号码?)?(?:的?[后尾末][四五六八4568]位数?|尾号)[:： 为是]{0,3})\d{3,7}[\dXx](?![\dXx])", re.ASCII)
_CALLED_ACCOUNT = LazyPattern(rf"((?:账号|帐号|账户|帐户|银行卡){_BEHIND})\d(?:{_GAP}\d){{9,29}}(?!\d)", re.ASCII)
_CALLED_PAPER = LazyPattern(
    r"((?:护照|社保卡|社会保障卡|医保卡|市民卡|通行证|台胞证|回乡证|军官证|士兵证|居留证|驾驶证|(?<!许可)(?<!执照)证件号码?)"
    r"(?:号码?)?[:： 为是]{0,3})(?=[A-Za-z]*\d)[A-Za-z0-9]{6,20}(?![A-Za-z0-9]| ?[次个件户家批人份张起元万本])",
    re.ASCII,
)
_CHAT = r"(?:[微威薇维]信|v信|wei信|加微|Q ?Q|扣[扣q]|企鹅|卫星号|支付宝|旺旺|抖音|快手|小红书|钉钉|加[Vv]|(?<![A-Za-z])(?:wechat|weixin|vx|wx))"
_CALLED_CHAT = LazyPattern(
    rf"({_CHAT}(?:[/、和或及]{_CHAT})?(?:[群账帐]?号码?|ID|群)?[:： 号是为/()]{{0,3}})(?:(?=[A-Za-z0-9_\-]*[\d_\-])[A-Za-z0-9_\-]{{5,20}}"
    r"|(?<=[\u4e00-\u9fff:： ])(?<!wechat )(?<!weixin )[A-Za-z][A-Za-z0-9_\-]{5,19})(?![A-Za-z0-9_\-]| ?[次个件户家批人份张起元万单笔条])",
    re.IGNORECASE | re.ASCII,
)
_CHAT_CUE = LazyPattern(r"[微威薇维v]信|加微|扣[扣q]|企鹅|卫星|支付宝|旺旺|抖音|快手|小红书|钉钉|加v|q ?q|we[ci]|[vw]x", re.IGNORECASE)
_SIGN_AT = r"(?:@|[\[({<#*【〔「]at[\])}>#*】〕」]| at )"
_SIGN_DOT = r"(?:[.。]|[\[({<【]dot[\])}>】]| dot )"
_AT = LazyPattern(rf"{_SIGN_AT}|#[a-z0-9\-]+\.", re.IGNORECASE)
_MAIL = LazyPattern(
    rf"(?<![a-z0-9._%+\-])(?:[a-z0-9._%+\-]+ ?{_SIGN_AT} ?[a-z0-9\-]+(?:{_SIGN_DOT}[a-z0-9\-]+)+|[a-z0-9._\-]{{3,}}#[a-z0-9\-]+\.(?:com|cn|net|org)(?![a-z]))",
    re.IGNORECASE | re.ASCII,
)
_PLATE = LazyPattern(
    r"(?<![0-9A-Za-z])[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[A-HJ-NP-Z][ ·•.\-]?"
    r"(?:(?=[A-Z]*\d)[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|\d{5}[A-K]|[A-K][A-HJ-NP-Z0-9]\d{4})(?![0-9A-Za-z]|[-/_]\d)",
    re.IGNORECASE | re.ASCII,
)
_ARMED_PLATE = LazyPattern(
    r"(?<![0-9A-Za-z])WJ ?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ ·•.\-]?\d{4}[\dA-Z](?![0-9A-Za-z])", re.ASCII
)
_CALLED_PLATE = LazyPattern(
    r"((?:车牌|车号)(?:号码?)?[:： 为是]{0,2})[A-HJ-NP-Z][ ·•.\-]?(?=[A-Z]*\d)(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警港澳领使])(?![0-9A-Za-z])",
    re.ASCII,
)
_OF_CODE = LazyPattern(
    r"(?:[编型批货款单证图件色代条][号码]|色|[订工]单|批次|规格|[产商]品|[A-Za-z0-9]-)[:： 为是]{0,2}$"
)  # before what only looks like a plate
_OF_ORDER = LazyPattern(
    r"(?:(?:[订运工]单|快递|物流|案件|设备|出厂|注册|产品|登记证?)(?:编号|单号|代码|批号|号)|[订运工]单|批号|条形?码|流水号|序列号)[:： 为是]{0,2}$"
)  # before a number that is no person's, whatever it looks like
_POWER = LazyPattern(r"(?<![\d.])(?:1\.[3-9]\d{0,9}E\+?10|[1-9]\.\d{5,}E\+?1[4-8])(?!\d)", re.IGNORECASE | re.ASCII)
_HAN_DIGIT = "[〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]"
_HAN_OR_DIGIT = f"[0-9{_HAN_DIGIT[1:]}"
_SPELLED = LazyPattern(rf"(?<!\d)(?=[^\n]{{0,40}}?{_HAN_DIGIT}){_HAN_OR_DIGIT}(?:{_GAP}{_HAN_OR_DIGIT}){{10,17}}(?!\d)", re.ASCII)
_MISTYPED = LazyPattern(r"(?<![A-Za-z0-9])[1Il][3-9][\dIlOo][ \-]?[\dIlOo]{4}[ \-]?[\dIlOo]{4}(?![A-Za-z0-9])", re.ASCII)
_LONG = LazyPattern(r"\d(?:[^\d\u4e00-\u9fff]{0,3}\d){9}", re.ASCII)
_SHORT = LazyPattern(r"\d(?:[ \-]?\d){5}", re.ASCII)
_PROVINCES = frozenset(
    str(10 * region + number)
    for region, numbers in ((1, range(1, 6)), (2, range(1, 4)), (3, range(1, 8)), (4, range(1, 7)), (5, range(5)), (6, range(1, 6)), (7, (1,)), (8, (1, 2, 3)))
    for number in numbers
) | {"91"}
_BORN = (date(1880, 1, 1), date(2099, 12, 31))
_ISSUERS = ("62", "4", "51", "52", "53", "54", "55", "22", "23", "24", "25", "26", "27", "35", "60", "34", "37", "9558", "9559")
_DECIMALS = LazyPattern(r"\d{4,}\.\d+", re.ASCII)  # nobody parts a telephone so
_PHONE, _ID, _BANK = "〔电话〕", "〔身份证号〕", "〔银行卡号〕"
_EXACT = 15  # digits that a cell holding a number keeps; those behind them are 0


def plain(text: str) -> str:
    """A text in the widths of ASCII and without signs that nobody sees."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))


def hide_numbers(text: str) -> str:
    """A plain text with a word in the place of each personal number."""
    if _CHAT_CUE.search(text):
        text = _CALLED_CHAT.sub(r"\1〔账号〕", text)
    if _AT.search(text):
        text = _MAIL.sub("〔邮箱〕", text)
    text = _CALLED_PLATE.sub(r"\1〔车牌〕", _ARMED_PLATE.sub(_plate, _PLATE.sub(_plate, text)))
    text = _LISTED.sub(_listed, text)
    if _POWER.search(text):
        text = _POWER.sub(lambda match: _PHONE if match[0].endswith("10") else "〔长号码〕", text)
    if _LONG.search(text):
        for pattern, shown in _BY_FORM:
            text = pattern.sub(shown, text)
    text = _MISTYPED.sub(_mistyped, text)
    if "证" in text:
        text = _END_OF_IDENTITY.sub(rf"\1{_ID}", text)
    if _SHORT.search(text):
        text = _CALLED_PAPER.sub(r"\1〔证件号〕", _CALLED.sub(rf"\1{_PHONE}", text))
    return _SPELLED.sub(_spelled, text)


def hide_number(digits: str) -> str:
    """
    The digits of a cell that holds a number, or a word in their place.

    The last digits of long ones are lost; a landline, which has lost the zero before its area code, is like any figure.
    """
    whole = digits.partition(".")[0]
    hidden = hide_numbers(whole)
    if hidden != whole:
        return hidden
    if len(whole) > _EXACT and not whole[_EXACT:].strip("0"):
        if len(whole) == 18 and _is_born(whole[6:14]) and whole[:2] in _PROVINCES:
            return _ID
        if whole.startswith(_ISSUERS) and len(whole) <= 19:
            return _BANK
    return digits


def _plate(match: "re.Match[str]") -> str:
    """A plate, unless the words before it say that it is the number of something else: 型号黑B12345."""
    return match[0] if _OF_CODE.search(match.string[max(0, match.start() - 12) : match.start()]) else "〔车牌〕"


def _listed(match: "re.Match[str]") -> str:
    """A telephone parted as the figures of a list are, unless it is such a list: 139、0013、9000."""
    before, behind = match.string[max(0, match.start() - 8) : match.start()], match.string[match.end() : match.end() + 2].lstrip()[:1]
    return match[0] if _LIST.search(before) or behind in tuple("件个户家批次人份起元万千台条项例宗张%、,") else _PHONE


def _by_check(check: Callable[[str], bool], shown: str) -> Callable[["re.Match[str]"], str]:
    return lambda match: shown if check(_digits(match[0])) and not _is_of_order(match) else match[0]


def _is_of_order(match: "re.Match[str]") -> bool:
    """Whether the words right before a number say that it is the number of an order or of a device."""
    return _OF_ORDER.search(match.string[max(0, match.start() - 12) : match.start()]) is not None


def _digits(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isdigit() or sign == "X")


def is_identity_number(text: str) -> bool:
    """Whether a text is the number of an identity card: a province, a day of birth and the check digit of GB 11643."""
    from stdnum.iso7064 import mod_11_2  # slow to load and rarely needed

    number = text.upper()
    return len(number) == 18 and number[:2] in _PROVINCES and _is_born(number[6:14]) and bool(mod_11_2.is_valid(number))


def _is_old_identity_number(number: str) -> bool:
    """Whether digits are an identity number of before 1999, which has no check digit: a known area and a day of birth."""
    return _is_born(f"19{number[6:12]}") and _is_area(number[:6])


@lru_cache(maxsize=4_096)
def _is_area(code: str) -> bool:
    from stdnum import numdb

    return any(properties for _, properties in numdb.get("cn/loc").info(code))


def _is_card(number: str) -> bool:
    """Whether digits are those of a bank card: of a known issuer, and right by the check of Luhn; area and day begin the number of a case."""
    from stdnum import luhn

    if _is_born(number[6:14]) and _is_area(number[:6]):
        return False
    return number.startswith(_ISSUERS) and (len(number) > 15 or number.startswith(("34", "37"))) and bool(luhn.is_valid(number))


def _is_born(day: str) -> bool:
    """Whether digits are a day on which a person may have been born whom a sheet of this century names."""
    try:
        return _BORN[0] <= date(int(day[:4]), int(day[4:6]), int(day[6:])) <= _BORN[1]
    except ValueError:
        return False


def _mobile(match: "re.Match[str]") -> str:
    """Digits are one number where people part them as they part telephones, or one by one."""
    if _DECIMALS.fullmatch(match[0]) or _is_of_order(match):
        return match[0]
    sizes = [len(group) for group in re.findall(r"\d+", match[1])]
    single = all(size == 1 for size in sizes)
    parted = len(sizes) <= 4 and sizes[0] in (3, 4, 5, 6, 7) and min(sizes) >= 2
    return _PHONE if len(sizes) == 1 or single or parted else match[0]


def _landline(match: "re.Match[str]") -> str:
    sizes = [len(group) for group in re.findall(r"\d+", match["own"])]
    return _PHONE if len(sizes) <= 3 and (min(sizes) >= 2 or max(sizes) == 1) else match[0]


def _mistyped(match: "re.Match[str]") -> str:
    """A telephone in which letters stand for up to five of its digits: 138OO13800l."""
    return _PHONE if 1 <= sum(sign.isalpha() for sign in match[0]) <= 5 else match[0]


def _spelled(match: "re.Match[str]") -> str:
    digits = re.sub(r"\D", "", match[0].translate(_HAN_DIGITS))
    return next((shown for fits, shown in ((_MOBILE.fullmatch, _PHONE), (is_identity_number, _ID)) if fits(digits)), match[0])


_BY_FORM: tuple[tuple[LazyPattern, str | Callable[["re.Match[str]"], str]], ...] = (
    (_IDENTITY, _by_check(is_identity_number, _ID)),
    (_CARD, _by_check(_is_card, _BANK)),
    (_CALLED_IDENTITY, rf"\1{_ID}"),
    (_CALLED_CARD, rf"\1{_BANK}"),
    (_CALLED_ACCOUNT, r"\1〔账号〕"),
    (_OLD_IDENTITY, _by_check(_is_old_identity_number, _ID)),
    (_MOBILE, _mobile),
    (_LANDLINE, _landline),
)
