"""
Notes that speak of some figures of a table: 注：罚没金额为2022年数, and *为2022年数 where a mark * stands beside a figure.

What a note says of the whole table is read elsewhere; here are the clauses that name a row or carry a mark, and those that
leave a month of the report out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.workbook.forms.measure_names import Names, label_key
from kpi.workbook.forms.sheet_statements import note_texts
from kpi.workbook.forms.table_notes import clauses, is_marked, is_of_time, noted_time, remarked_time
from kpi.workbook.forms.table_subject import is_other_place, other_than
from kpi.workbook.layout.group_words import is_of_another
from kpi.workbook.layout.labelled_lines import is_note
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.table_rows import Row
from kpi.workbook.report import Beside
from kpi.workbook.signs import clean, unmarked

_MARK = re.compile(r"[(\[\s]*(\*{1,3}(?!\d)|[①-⑳㉑-㉟]|[※†‡]|注[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})[)\]]?\s*[:.、]?\s*")
_SAYS = re.compile(
    r"(?P<subject>.{0,30}?)(?:的?(?:数据|数字|数值|数))?(?:均|都|全部)?"
    r"(?P<verb>为|是|系|指|按|[:]|反映的?是?|(?=20\d\d年|(?<!\d)\d{1,2}月|上年|去年|上月))\s*(?P<rest>.+)"
)
_LEAVES_OUT = re.compile(r"(?P<subject>.*?)(?:均|都)?(?:[不未](?:包括|包含|含|计入|计|统计)|缺少?|剔除|扣除)(?P<rest>.+)")
_COMPARES = re.compile(r"上年|去年|同期|基[期数]|目标|计划|任务|对比|比较|同比|增[长减幅]")
_ELSE = re.compile(rf"{_COMPARES.pattern}|年报|年度报告")  # which no row is named by
_THIS_MONTH = re.compile(r"[本当]月|[本当今]年")
_PLACE_END = re.compile(r"的?(?:数据|口径|数)?$")


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of a row: the code of the measure, how a note may name it, and the marks beside it."""

    code: str
    keys: tuple[str, ...]
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a clause says, and of what: of another time where ``time`` holds it, else of another body or of less than the month."""

    subject: str
    time: str = ""
    plain: bool = False  # it says X is Y, so that X is some figure though no row is named so


def other_footnotes(table: Table, names: Names, period: Month, rows: Sequence[tuple[Row, str]], own: Sequence[str]) -> Iterator[Finding]:
    """
    The notes that say that some figures may not be the result of a month.

    Args:
        table: The table.
        names: The names of all measures.
        period: The month.
        rows: The rows that were read, each with the code of its measure.
        own: The names of those whose figures they should be.

    Yields:
        One finding for each note, at its cell, with the codes of the measures it names.

    """
    read = {row.index for row, _ in rows}
    figures = [_figures(table, names, row, code) for row, code in rows]
    targets = any(column.heading.figure is Beside.TARGET for column in table.columns)
    for row, column, text in note_texts(table):
        plain = clean(text)
        match = _MARK.match(plain)
        mark = match[1] if match else ""
        if row in read or noted_time(text):
            continue
        for clause in clauses(plain[match.end() :] if match else plain):
            statement = _statement(clause, period, own)
            if statement is None:
                continue
            codes = tuple(dict.fromkeys([*_named(statement.subject, figures), *(figure.code for figure in figures if mark and mark in figure.marks)]))
            if not (codes or mark or is_note(text)) or (statement.time and (_COMPARES if codes else _ELSE).search(statement.subject)):
                continue
            subject = other_than(statement.time, period, targets=targets) if statement.time else None
            others = tuple(code for code in codes if not statement.time or is_of_another(statement.time, period, names, code, targets=targets))
            if statement.time and (subject is None or (codes and not others) or not (codes or mark or (statement.plain and is_marked(text)))):
                continue
            codes = others
            whose = "、".join(f"「{names.codes[code].name}」" for code in codes[:3]) + ("等" if len(codes) > 3 else "")
            seen = f"表的注写的是「{text.strip()}」{f'，说的是{whose}' if codes else ''}，报送的是 {period.chinese}的"
            remedy = f"请核对：是 {period.chinese}的数，请改正这条注，或写明说明后入库；不是的，请改填本期的数后重新上传"
            kind = "period-mismatch" if subject is not None and subject.of_time else "other-subject"
            yield Finding(kind, Severity.CHECK, Place(table.sheet.name, cell_name(row, column)), seen, remedy, measures=codes)
            break


def _statement(clause: str, period: Month, own: Sequence[str]) -> _Statement | None:
    """What a clause says that may make figures other than those of a month; None where it says nothing of the kind."""
    if match := _LEAVES_OUT.fullmatch(clause):
        months = find_months(match["rest"])
        within = months.year in (None, period.year) and not months.years_back and months.first is not None and months.first <= period.month
        return _Statement(match["subject"]) if is_of_time(match["rest"]) and (within or _THIS_MONTH.search(match["rest"])) else None
    if (match := _SAYS.fullmatch(clause)) is None:
        return None
    if is_other_place(_PLACE_END.sub("", match["rest"]), own):
        return _Statement(match["subject"])
    plain = bool(match["subject"] and match["verb"])
    return _Statement(match["subject"], time, plain) if (time := remarked_time(match["rest"])) else None


def _figures(table: Table, names: Names, row: Row, code: str) -> _Figures:
    measure = names.codes[code]
    keys = {label_key(text) for text in (unmarked(clean(row.name))[0], measure.name, *measure.aliases)}
    texts = [row.name, *(table.spread.cell(row.index, column.index).text for column in table.figures)]
    return _Figures(code, tuple(keys - {""}), frozenset(mark.strip("()[]") for text in texts if (mark := unmarked(clean(text))[1])))


def _named(subject: str, figures: Sequence[_Figures]) -> list[str]:
    """The measures that a subject names; a name within a longer one, 合格批次 of 不合格批次, is none."""
    key = label_key(subject)
    named = {name: figure.code for figure in figures for name in figure.keys if name in key}
    return [code for name, code in named.items() if not any(name != other and name in other for other in named)]
