"""
Personal data to be planted: made up, every number another one, in the shapes in which people write them.

A mark is what is written into a cell and what must be found nowhere afterwards: the text itself, and the digits of it.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


@dataclass(frozen=True)
class Mark:
    """One planted text."""

    kind: str
    text: str
    traces: tuple[str, ...]  # none of them may be found


def identity(number: int) -> str:
    """The number of an identity card, right by its check digit."""
    body = f"620102{1951 + number // 900}{1 + number % 12:02d}{1 + number // 12 % 28:02d}{100 + number % 900:03d}"
    return body + _CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def card(number: int) -> str:
    """The number of a bank card, right by the check of Luhn."""
    body = f"621700{number:09d}"
    doubled = [int(digit) * 2 - 9 * (int(digit) > 4) for digit in body[::-2]]
    return f"{body}{-(sum(doubled) + sum(map(int, body[-2::-2]))) % 10}"


MOBILES = (
    "{a}{b}{c}", "{a}-{b}-{c}", "{a} {b} {c}", "{a}.{b}.{c}", "+86 {a}{b}{c}", "0086{a}{b}{c}", "86-{a}-{b}-{c}", "（+86）{a} {b} {c}", "0{a}{b}{c}",
    "tel{a}{b}{c}", "{a}{b}{c}打不通", "致电{a}{b}{c}a", "{a}（{b}）{c}", "电话：{a}{b}{c}。", "{a}{b}{c}/微信同号", "{a}\u200b{b}\u200b{c}", "{a}_{b}_{c}",
    "{a}、{b}、{c}", "{a}，{b}，{c}", "{a}·{b}·{c}", "{a}/{b}/{c}", "{a}:{b}:{c}",
)  # fmt: skip
LANDLINES = (
    "0931-{b}{c}",
    "(0931){b}{c}",
    "0931 {b} {c}",
    "+86 931 {b}{c}",
    "0086-931-{b}{c}",
    "0931-{b}{c}-801",
    "（0931）{b}{c}转12",
    "座机{b}{c}",
    "联系电话：{b}-{c}",
    "拨打{b}{c}无人接",
    "致电：{b}{c}",
    "0931、{b}{c}",
)
IDENTITIES = ("{i}", "身份证{i}", "ID{i}号", "{s} {d} {r}", "{s}-{d}-{r}", "{g}", "证件号码：{i}", "老证{o}")
CARDS = ("{k}", "卡号{k}", "{q}", "{h}", "账号：{k}", "卡号 {k}")
NAMES = (
    "投诉人：{n}",
    "联系人 {n}",
    "当事人{n}，",
    "消费者：{n}要求退款",
    "举报人{n}反映变质",
    "{n}先生来电",
    "经营者：{n}",
    "法定代表人：{n}",
    "举报者：{n}",
    "投诉者{n}，",
    "消费者名字：{n}",
    "姓 名：{n}",
    "投诉人（{n}）",
    "负责人/联络人：{n}",
    "投 诉 人：{n}",
    "科室负责人：{n}",
    "投诉人《{n}》",
    "投诉人；{n}",
    "投诉人为：{n}",
    "投诉人1：{n}",
    "委托律师{n}",
    "{n}律师来函",
    "执法人员{n}",
    "负责人：食品科{n}",
    "负责人：办公室、{n}",
    "{n}（男，45岁）",
)
ADDRESSES = (
    "幸福路{x}号院3号楼2单元501室",
    "住址：东湖区和平街{x}号",
    "阳光花园{x}号楼1单元",
    "红旗镇新河村{x}组",
    "家住人民巷{x}号",
    "地址：和平里{x}旁",
    "住址东湖区新城{x}号",
)
FOREIGN = ("投诉人：{n}", "投诉人{n}要求退款", "联系人（{n}）")
OTHERS = (
    "someone{x}@example.com", "车牌甘A{x}", "甘AD{x}", "微信号：kpi_{x}", "QQ：8812{x}", "护照E880{x}", "微信kpi{x}", "微信/QQ：9912{x}",
    "扣扣8813{x}", "加V：kpv_{x}", "薇信kpw{x}", "抖音号kpd{x}", "someone{x}[at]example.com", "someone{x}【at】example.com", "车号B{x}",
)  # fmt: skip
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张", "试样"


def written(shape: str, parts: Mapping[str, str]) -> tuple[str, str]:
    """The number within a shape as it is parted there, in either width."""
    core = shape[shape.index("{") : shape.rindex("}") + 1].format(**parts)
    return core, unicodedata.normalize("NFKC", core)


class Marks:
    """A source of marks, no two of which have a number in common."""

    def __init__(self, first: int = 1) -> None:
        self.planted: list[Mark] = []
        self._numbers = count(first)

    def mobile(self, shape: str = MOBILES[0]) -> str:
        number = next(self._numbers)
        parts = {"a": f"13{number % 10}", "b": f"{2000 + number}", "c": f"{(7000 + number) % 10_000:04d}"}
        return self._mark("mobile", shape.format(**parts), "{a}{b}{c}".format(**parts), "{b}{c}".format(**parts), *written(shape, parts))

    def landline(self, shape: str) -> str:
        number = next(self._numbers)
        parts = {"b": f"{812 + number % 80}", "c": f"{3000 + number}"}
        return self._mark("landline", shape.format(**parts), "{b}{c}".format(**parts), *written(shape, parts))

    def identity(self, shape: str = IDENTITIES[0]) -> str:
        own = identity(next(self._numbers))
        parts = {
            "i": own,
            "s": own[:6],
            "d": own[6:14],
            "r": own[14:],
            "o": own[:6] + own[8:17],
            "g": " ".join((own[:4], own[4:8], own[8:12], own[12:16], own[16:])),
        }
        return self._mark("identity", shape.format(**parts), own, own[:14], parts["o"], *written(shape, parts))

    def card(self, shape: str = CARDS[0]) -> str:
        own = card(next(self._numbers))
        parts = {"k": own, "q": " ".join(own[at : at + 4] for at in range(0, 16, 4)), "h": "-".join(own[at : at + 4] for at in range(0, 16, 4))}
        return self._mark("card", shape.format(**parts), own, *written(shape, parts))

    def name(self, shape: str = "{n}") -> str:
        number = next(self._numbers)
        own = SURNAMES[number % len(SURNAMES)] + GIVEN[number // len(SURNAMES) % 2] + "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"[number % 22]
        return self._mark("name", shape.format(n=own), own)

    def foreigner(self, shape: str) -> str:
        number = next(self._numbers)
        own = f"Mike Sm{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}th"
        return self._mark("name", shape.format(n=own), own)

    def address(self, shape: str = ADDRESSES[0]) -> str:
        own = shape.format(x=1000 + next(self._numbers))
        return self._mark("address", own, own.split("：")[-1])

    def other(self, shape: str) -> str:
        own = shape.format(x=f"{10_000 + next(self._numbers)}")
        return self._mark("other", own, own.split("：")[-1])

    def in_every_shape(self) -> Iterator[str]:
        """One of each shape."""
        yield from (self.mobile(shape) for shape in MOBILES)
        yield from (self.landline(shape) for shape in LANDLINES)
        yield from (self.identity(shape) for shape in IDENTITIES)
        yield from (self.card(shape) for shape in CARDS)
        yield from (self.name(shape) for shape in NAMES)
        yield from (self.foreigner(shape) for shape in FOREIGN)
        yield from (self.address(shape) for shape in ADDRESSES)
        yield from (self.other(shape) for shape in OTHERS)

    def _mark(self, kind: str, text: str, *traces: str) -> str:
        self.planted.append(Mark(kind, text, tuple(dict.fromkeys(traces))))
        return text
