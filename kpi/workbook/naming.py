"""When two written names mean the same: widths, blanks and brackets do not make a difference."""

import re
import unicodedata
from functools import lru_cache

from kpi.workbook.signs import IDLE, clean, unmarked

_BLANK = re.compile(rf"[\s{IDLE}]+")
_BRACKETS = str.maketrans("[]{}【】〔〕《》〈〉「」『』", "()()()()()()()()")
_QUOTES = str.maketrans("", "", "\"'“”‘’、,，:：")
_UNITS = {
    "百分比": "%",
    "百分之": "%",
    "圆": "元",
    "m2": "平方米",
    "平米": "平方米",
    "m3": "立方米",
    "kg": "千克",
    "公斤": "千克",
    "t": "吨",
    "人民币万元": "万元",
    "人民币元": "元",
}


@lru_cache(maxsize=8_192)  # the same few thousand labels come back with every sheet
def name_key(text: str) -> str:
    """The key under which a label is looked up: 「数据 项（含“三小”）」 and 「数据项(含三小)」 are one."""
    plain = unicodedata.normalize("NFKC", text)
    return _BLANK.sub("", plain).translate(_BRACKETS).translate(_QUOTES).casefold()


@lru_cache(maxsize=1_024)
def unit_key(text: str) -> str:
    """The key of a unit: 户（次） and 户次 are one."""
    plain = name_key(unmarked(clean(text))[0]).translate(str.maketrans("", "", "()"))
    return _UNITS.get(plain, plain)
