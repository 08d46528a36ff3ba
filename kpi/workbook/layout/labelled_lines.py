"""
Lines around a table: 填报单位：…  填报时间：…  单位：万元, several in one cell or each in its own, letters spaced out or not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kpi.persons import CHANNELS, CHARGED, CONTACTS, SIGNERS, SIGNINGS
from kpi.workbook.layout.heading import read_heading
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.layout.time_cells import with_words
from kpi.workbook.layout.time_shorthand import written_out
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.naming import name_key
from kpi.workbook.personal.name_forms import is_signed
from kpi.workbook.signs import clean


class Label(StrEnum):
    """What a line tells."""

    OFFICE = "office"
    PERIOD = "period"
    AS_OF = "as_of"
    UNIT = "unit"
    FILLED = "filled"  # when it was filled in: neither period nor 数据截止日
    PERSON = "person"
    OTHER = "other"


_WORDS: dict[Label, tuple[str, ...]] = {
    Label.OFFICE: (
        "填报单位", "填报科室", "报送单位", "填报部门", "科室", "报送科室", "上报单位", "上报科室", "制表单位", "单位名称", "科室名称", "部门",
        "填表单位", "填表科室", "编制单位", "填制单位", "编报单位", "填报股室", "报送股室", "上报股室", "填报处室", "报送处室", "上报部门", "报送部门",
        "填表部门", "填报机构", "股室", "处室",
    ),
    Label.PERIOD: (
        "期间", "报告期", "报告期间", "统计月份", "填报月份", "所属期", "报表期间", "统计期间", "月份", "统计时间", "报表月份", "数据期间", "所属月份",
        "统计时段", "时间段", "报送月份", "报送期间", "数据月份", "账期", "账务期间", "会计期间", "会计月份", "期别", "报告期别", "统计期", "数据期",
        "数据时间", "所属时期", "年月", "统计年月", "报表年月", "数据年月", "填报年月", "报送年月", "所属年月", "月度", "报告月份", "考核月份", "统计区间",
        "统计周期", "数据区间", "数据周期", "时间区间", "时间范围", "起止日期", "起止时间", "统计日期", "统计时间范围", "报告时间", "年份", "年度",
        "统计年份", "统计年度", "数据年份", "数据年度", "填报年份", "填报年度", "报告年度", "报表年度", "报送年度", "所属年份", "所属年度", "季度",
        "统计季度", "填报季度", "报告季度", "报表季度", "所属季度",
    ),
    Label.AS_OF: (
        "数据截止日", "数据截止日期", "截止日", "截止日期", "数据截止时间", "数据截至", "截止时间", "截至时间", "截至日期", "统计截止日期",
        "统计截止时间", "数据截至日期", "截至",
    ),
    Label.UNIT: ("计量单位", "单位", "金额单位", "数据单位"),
    Label.FILLED: (
        "填报时间", "填报日期", "报送时间", "报送日期", "制表日期", "制表时间", "填表日期", "填表时间", "日期", "上报时间", "上报日期", "报出日期",
    ),
    Label.PERSON: (
        *(f"{word}{signed}" for word in (*SIGNERS, *SIGNINGS, *CHARGED) for signed in ("", "签字", "签名", "姓名", "电话")),
        *CONTACTS,
        "姓名",
        "职务",
    ),
    Label.OTHER: ("表号", "制定机关", "批准文号", "有效期至"),
}  # fmt: skip
_LABELS = {name_key(word): label for label, words in _WORDS.items() for word in words}
_ALSO_ENDS = ("年份", "年度", "季度", "月度", "年月", "期别")  # of 2023年度：… it is the end of a title, and no label
_SPACED = {word: (r"(?<![^\s(（,，;；])" if word in _ALSO_ENDS else "") + r"\s*".join(map(re.escape, word)) for word in _LABELS}
_LINE = re.compile(
    "("
    + "|".join(_SPACED[word] for word in sorted(_LABELS, key=len, reverse=True))
    + r")\s*(?:[(（][^()（）]{0,6}[)）]\s*)?[:：]"
    + "|(?P<dated>"
    + "|".join(_SPACED[word] for word, label in _LABELS.items() if label is Label.FILLED)
    + r")\s*(?=20\d\d\s*[年./-]\s*\d)"
)
_UNIT_NOTE = re.compile(r"(?<![填报送])单位(?:均|都|统一)?(?:为|是)\s*([^\s,，。;；、]{1,8})|以\s*([^\s,，。;；、]{1,6}?)\s*(?:计|为(?:金额|计量|数据)?单位)")
_UNIT_ALONE = re.compile(r"(?:计量|金额|数据)?单位(?:为|是|按|:)?\s*(\S{1,6})|(?:[以按]|按照)(\S{1,6}?)(?:为?单位)?(?:填报|统计|计算|填写)")
_SEAL = re.compile(r"\((?:签[字名章]|盖章|公章|手写|章)\)$")
_TELEPHONE = re.compile(r"[+(\d][\d\-() ]{5,16}\d|〔[^〕]+〕", re.ASCII)
_SOMEBODY = re.compile(rf"[\u4e00-\u9fff]{{1,4}}[人员]|{'|'.join(CHANNELS)}|填报|报送|审签|核对|批准|统计|[签盖]章")  # labels beside others
_OF_TIME = (Label.FILLED, Label.PERIOD, Label.AS_OF)
_NOTE = ("注", "备注", "说明")
NOTES = (
    "填报人", "负责人", "审核人", "联系电话", "填报日期", "报送日期", "填表人", "制表", "审核", "复核", "注", "备注", "说明", "填表说明", "填报说明",
    "数据来源", "以上", "此表", "本表", "联系人", "科室负责人", "分管领导", "单位负责人", "经办人", "统计口径", "指标解释",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """What stands behind one label, empty when nothing does in the same cell."""

    label: Label
    text: str


def is_line(text: str) -> bool:
    """Whether a text is a line of labels and not a heading."""
    plain = clean(text)
    return bool(_LINE.search(plain)) or bool(_noted_unit(plain))


def is_note(text: str) -> bool:
    """Whether a text is a note to the table that stands over it."""
    return text.strip().startswith(_NOTE)


def before_line(text: str) -> str:
    """What stands before the first label in a cell: a title, where 单位：万元 stands behind it in brackets."""
    match = _LINE.search(text)
    return text[: match.start()].rstrip(" \u3000(（【[") if match else text


def _noted_unit(plain: str) -> str:
    """The unit that a sentence names: 注：金额单位为元, 本表金额均以万元计; empty when there is none."""
    for match in _UNIT_NOTE.finditer(plain):
        words = (match[1] or match[2]).strip('()「」“”"')
        for size in range(len(words), 0, -1):
            if is_unit(words[:size].lstrip("十百千万亿")):
                return words[:size]
    return ""


@lru_cache(maxsize=8_192)
def stated_unit(text: str) -> str:
    """What a remark says the unit is: 单位：千批次, 单位元, 以元计, or a unit alone; empty where it says nothing of the kind."""
    plain = clean(text)
    stated = next((line.text for line in read_lines(plain) if line.label is Label.UNIT), "")
    bare = plain.strip("()")
    match = _UNIT_ALONE.fullmatch(bare)
    return stated or ((match[1] or match[2]) if match else bare if is_unit(bare) else "")


def read_lines(text: str) -> Iterator[Line]:
    """The labels in one cell, each with what stands behind it."""
    plain = clean(text)
    matches = list(_LINE.finditer(plain))
    for match, following in zip(matches, [*(match.start() for match in matches[1:]), len(plain)], strict=False):
        word = match[1] or match["dated"]
        label = _LABELS[name_key(word)]
        behind = plain[match.end() : following].strip(" ;；,，、")
        behind = with_words(word, behind) if label is Label.PERIOD else behind
        behind, time = _time_apart(behind) if label is Label.OFFICE else (behind, "")
        yield Line(label, behind if behind.count("(") == behind.count(")") else behind.strip("()"))
        if time:
            yield Line(Label.PERIOD, time)
    if (unit := _noted_unit(plain)) and not any(_LABELS[name_key(match[1] or match["dated"])] is Label.UNIT for match in matches):
        yield Line(Label.UNIT, unit)


def _time_apart(words: str) -> tuple[str, str]:
    """The name of an office, and the time that stands behind it after a blank: 基层建设股 and 2024年1月."""
    pieces = words.split()
    for at in range(1, len(pieces)):
        months = find_months(written_out("".join(pieces[at:])))
        if not months.rest and (months.year or months.last):
            return " ".join(pieces[:at]), "".join(pieces[at:])
    return words, ""


def is_signing(texts: Sequence[str]) -> bool:
    """Whether the cells of a row say who signs the form: a 统计时间 among them is when it was signed."""
    return is_form_line(texts, signed=True) and any(label_alone(text.rstrip(":： ")) is Label.PERSON or is_signed(text) for text in texts)


def label_alone(text: str) -> Label | None:
    """The label a cell consists of, with or without a colon; what it tells stands in the next cell."""
    return _LABELS.get(_SEAL.sub("", name_key(text)))


def is_form_line(texts: Sequence[str], *, signed: bool = False) -> bool:
    """
    Whether the cells of a row are labels of the form, each with what stands behind it: 填报人 | 张三 | 审核人 | 李四.

    What stands behind a label may stand in its cell, with or without a colon: 填报人 张三 | 审核人李四 | 电话 8812345.

    Args:
        texts: The cells that hold something, from left to right.
        signed: They must be about a person, the filling in or whose it is; else two of any, or one and what stands behind it.

    """
    labels: list[Label] = []
    others = 0
    behind = True  # the last label has what stands behind it
    for text in texts:
        label = label_alone(text.rstrip(":： ")) or next((line.label for line in read_lines(text)), None)
        if label is not None:
            labels.append(label)
            behind = False
        elif is_signed(text):
            labels.append(Label.PERSON)
            behind = True
        elif behind and _SOMEBODY.fullmatch(text) and not ((heading := read_heading(text)).part or heading.understood):
            others += 1
            behind = False
        elif labels and _TELEPHONE.fullmatch(text.strip()):
            behind = True
        elif behind or (labels and labels[-1] not in _OF_TIME and ((heading := read_heading(text)).part or heading.figure)):
            return False
        else:
            behind = True
    labels += [Label.PERSON] * others if Label.PERSON in labels else []
    if others and Label.PERSON not in labels:
        return False
    if signed:
        return len(texts) > 1 and (bool({Label.PERSON, Label.FILLED} & set(labels)) or (len(labels) > 1 and Label.OFFICE in labels))
    return len(labels) > 1 or (bool(labels) and len(texts) <= 2)
