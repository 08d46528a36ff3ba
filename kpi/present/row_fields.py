"""The fields of a row of the board in words: what a sentence about a change calls them, and how it prints them, as the board does."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from kpi.catalog.target import TargetKind
from kpi.compute.flat_row import field_of
from kpi.compute.growth import difference_in, moves_in
from kpi.compute.row import BoardRow
from kpi.present import day_words, figure_notes, growths, numbers
from kpi.present.organisation_words import happened
from kpi.present.row_words import Spoken
from kpi.present.statuses import PACED
from kpi.value import Qualifier

IDENTITY = {  # what a figure is called and held to: a change of it is told whatever else changed
    "name": "名称",
    "unit": "单位",
    "office": "科室",
    "data_year": "数据年度",
    "may_assess": "能否考核",
    "tolerance": "容差",
    "target_document": "目标依据",
    "target_since": "目标起算日",
    "pace_basis": "序时进度的算法",
}
DERIVED = {  # what follows from the figure: told where the figure itself is what it was
    "reported_decimals": "填报值的小数位",
    "as_of": "数据截止日",
    "as_of_latest": "最晚的数据截止日",
    "month_value": "本月数",
    "month_qualifier": "本月数的性质",
    "prior_as_of": "上年同期的截止日",
    "prior_own": "上年报送的数",
    "prior_qualifier": "上年同期的性质",
    "yoy": "同比",
    "yoy_unit": "同比的单位",
    "yoy_words": "同比",
    "mom": "环比",
    "mom_words": "环比",
    "pace": "序时进度",
    "progress": "进度",
    "gap": "与目标或序时的差",
    "shortfall": "差距占目标的比例",
    "signal": "当月波动",
    "year_end_value": "上年末",
    "year_end_qualifier": "上年末的性质",
    "since_year_end": "较上年末",
    "base_as_of": "基数的截止日",
    "annualised_days": "折合全年的天数",
    "adjustment": "调整数",
    "missing": "缺报月份",
    "prior_missing": "上年缺报月份",
    "restated": "改报的基数",
    "restated_part": "改报的部分",
    "leaves": "下面报数的单位数",
    "counted": "计入的单位数",
    "compared": "进入同比的单位数",
    "gapped": "缺月份的单位数",
    "prior_gapped": "上年缺月份的单位数",
    "lacking": "缺数的单位",
    "like_value": "同比的今年数",
    "idle": "无数可报的月份",
    "certain": "是否已成定数",
    "days_apart": "截止日是否不一",
    "results_open": "是否还有结果未出",
    "marks_below": "带旁注的单位数",
    "moves": "机构变动",
    "blank": "没有填按 0 计的月份",
    "replaced_definition": "所用的口径",
    "year_begins": "年度起始月",
    "state_words": "没有同比的原因",
    "state": "状态",
    "value": "数值",
    "qualifier": "数的性质",
    "numerator": "分子",
    "denominator": "分母",
    "low": "下限",
    "high": "上限",
    "reported_value": "填报值",
    "prior_value": "上年同期",
    "target": "目标",
    "target_upper": "目标上限",
    "target_kind": "目标类型",
    "status": "达标状态",
}
_QUOTED = {"name", "unit", "office", "may_assess", "target_document", "pace_basis"}
_NONE = "没有"
_CHANGE_DIGITS, _SHARE_DIGITS = 2, 1  # behind the point: of a change, of a pace or progress
_MEANT = {Qualifier.EXACT: "确数", Qualifier.ABOUT: "近似数", Qualifier.MIXED: "近似数", Qualifier.AT_LEAST: "下限", Qualifier.AT_MOST: "上限"}
_AMOUNTS = {  # in the unit of the row, each with the field that says how it is meant
    "value": "qualifier",
    "month_value": "month_qualifier",
    "prior_value": "prior_qualifier",
    "year_end_value": "year_end_qualifier",
    "prior_own": "",
    "like_value": "",
    "low": "",
    "high": "",
}
_CHANGES = ("yoy", "yoy_words", "mom", "mom_words", "since_year_end")
_SHARES = ("pace", "progress", "shortfall")
_COUNTS = {
    **dict.fromkeys(("leaves", "counted", "compared", "gapped", "prior_gapped"), "家"),
    "annualised_days": "天",
    "data_year": "年",
    "reported_decimals": "位",
}


def changed(name: str, was: Spoken, now: Spoken, offices: Mapping[str, str]) -> str:
    """
    What became of a field: ``单位由「%」改为「‰」``, ``同比由 +0.22% 变为 +24.74%``.

    Args:
        name: Of the field.
        was: The row as it was.
        now: And as it is.
        offices: What the offices are called, by code.

    """
    what = (IDENTITY | DERIVED)[name]
    digits = _digits(name, was, now)
    before, after = (_printed(name, spoken, digits, offices) for spoken in (was, now))
    if before == after:
        return f"{what}的细目改了"  # of several marks the numbers of submissions, the notes
    if name in _QUOTED:
        return f"{what}由「{before}」改为「{after}」"
    gap = " " if before[-1:].isascii() else ""
    return f"{what}由{numbers.spaced(before)}{gap}{'改' if name in IDENTITY else '变'}为{numbers.spaced(after)}"


def facts_changed(was: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What became of the facts of the catalogue that both rows know."""
    return [f"{name}由「{before}」改为「{now.get(name, _NONE)}」" for name, before in was.items() if now.get(name) != before]


def _digits(name: str, was: Spoken, now: Spoken) -> int | None:
    """How many digits a figure needs behind the point so that then and now do not read alike; None where each has its own."""
    figure = name.removesuffix("_words") if name in _CHANGES else name
    before, after = (field_of(spoken.row, figure) for spoken in (was, now))
    if not isinstance(before, Decimal) or not isinstance(after, Decimal):
        return None
    return numbers.apart(before, after, _usual(name, max(was.decimals, now.decimals)))


def _usual(name: str, decimals: int) -> int:
    return _CHANGE_DIGITS if name in _CHANGES else _SHARE_DIGITS if name in _SHARES else decimals


def _printed(name: str, spoken: Spoken, digits: int | None, offices: Mapping[str, str]) -> str:
    """A field in words, by the rule of rounding that the row was printed with."""
    row, value = spoken.row, field_of(spoken.row, name)
    shown = _usual(name, spoken.decimals) if digits is None else digits
    with numbers.ruled(spoken.rounding):
        if name in _CHANGES:
            return _change(name, row, digits) or _NONE
        if value is None or value == "" or value == ():
            return _NONE
        if name in _AMOUNTS:
            text = numbers.amount(value, row.unit, shown)
            return numbers.qualified(text, field_of(row, _AMOUNTS[name])) if _AMOUNTS[name] else text
        if name in _SHARES:
            return numbers.amount(value if isinstance(value, Decimal) else Decimal(str(value)) * 100, "%", shown)
        if name in _COUNTS:
            return f"{value} {_COUNTS[name]}"
        if name == "office":
            return offices.get(value, value)
        if name == "gap":
            lacks, spare = ("超出", "低") if row.target.kind is TargetKind.CEILING else ("差", "多")
            return f"{lacks if value >= 0 else spare} {numbers.amount(abs(value), difference_in(row.unit), shown)}"
        if isinstance(value, date):
            return day_words.day(value, row.period.year)
        return _SPECIAL[name](row) if name in _SPECIAL else str(value)


def _change(name: str, row: BoardRow, digits: int | None) -> str:
    """A change as the board prints it, with the words beside it."""
    match name:
        case "mom" | "mom_words":
            how = Qualifier(row.month.qualifier)
            return (
                ""
                if row.month.mom is None and not row.month.mom_words
                else growths.printed(row.month.mom, moves_in(row.unit), row.month.mom_words, how, digits)
            )
        case "since_year_end":
            return growths.since_year_end(row, digits)
        case _:
            return "" if row.last_year.yoy is None and not row.last_year.yoy_words else growths.yoy(row, digits)


def _flag(name: str, yes: str, no: str) -> Callable[[BoardRow], str]:
    return lambda row: yes if field_of(row, name) else no


def _meant(name: str) -> Callable[[BoardRow], str]:
    return lambda row: _MEANT[Qualifier(field_of(row, name))]


def _part(name: str) -> Callable[[BoardRow], str]:
    return lambda row: numbers.figure(field_of(row, name), numbers.precision(field_of(row, name)))


def _wanted(name: str) -> Callable[[BoardRow], str]:
    return lambda row: numbers.stated_amount(field_of(row, name), row.unit)


_SPECIAL: Mapping[str, Callable[[BoardRow], str]] = {
    "may_assess": _flag("may_assess", "可以考核", "只监测不考核"),
    "certain": _flag("certain", "是", "否"),
    "days_apart": _flag("days_apart", "是", "否"),
    "results_open": _flag("results_open", "是", "否"),
    **{name: _meant(name) for name in ("qualifier", "month_qualifier", "prior_qualifier", "year_end_qualifier")},
    **{name: _part(name) for name in ("numerator", "denominator")},
    **{name: _wanted(name) for name in ("target", "target_upper")},
    "target_kind": lambda row: row.target.kind.chinese,
    "tolerance": lambda row: numbers.stated_amount(row.target.tolerance or Decimal(0), "个百分点" if row.target.kind in PACED else difference_in(row.unit)),
    "reported_value": lambda row: numbers.typed_amount(row.figure.reported_value or Decimal(0), row.unit, row.figure.reported_decimals),
    "missing": lambda row: day_words.months_of(row.caveats.missing, row.period.year),
    "prior_missing": lambda row: day_words.months_of(row.caveats.prior_missing, row.period.year),
    "lacking": lambda row: figure_notes.lacking(row.below.lacking),
    "adjustment": lambda row: "；".join(map(figure_notes.adjusted, row.caveats.adjustment)),
    "restated": lambda row: "；".join(map(figure_notes.restated, row.caveats.restated)),
    "idle": lambda row: "；".join(figure_notes.idle(mark, row.period.year) for mark in row.caveats.idle),
    "blank": lambda row: "；".join(figure_notes.blank(mark, row.period.year) for mark in row.caveats.blank),
    "marks_below": lambda row: "；".join(filter(None, figure_notes.marks_below(row))) or _NONE,
    "year_begins": lambda row: f"{row.year_begins} 月",
    "replaced_definition": lambda row: figure_notes.replaced_definition(row.caveats.definition),
    "moves": lambda row: "、".join(happened(move, row.period.year, row.org) for move in row.caveats.moves),
}
