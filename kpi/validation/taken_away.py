"""
What a report changes of the one it replaces, and what it would take away: nothing is taken away in silence.

A form without a figure is no report.  One that has no figure where the report in force has one is stored only with a
written 说明 of its own.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity
from kpi.place import Place
from kpi.value import UNREPORTED, State, Value
from kpi.workbook.report import Column, Report

TAKEN_AWAY = "figures-taken-away"
_NAMED = 8  # measures that one sentence names
_Figures = Mapping[tuple[str, Column], Value]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that differs from the one in force; ``old`` is None for a figure that is new, ``new`` 未报 for one that is gone."""

    measure: str
    column: Column
    old: Value | None
    new: Value


def speaks(report: Report) -> bool:
    """Whether a report has a figure or a statement such as 未开展 of its own month: 未报 in every cell says as little as a blank form."""
    return any(reading.value.state is not State.UNREPORTED for reading in report.readings if reading.column is not Column.PRIOR)


def no_figures(report: Report) -> Finding:
    """Why a form without a figure is not taken in, and what to do about it."""
    place = next((reading.place for reading in report.readings), next((finding.place for finding in report.findings), Place("")))
    if report.questions:
        seen, remedy = "没有读出本期的数", "请先在报表导入页说明看不懂的行和列（命令行不能说明），或把数填进填报表后上传"
    elif report.typed or any(reading.value.state is not State.UNREPORTED for reading in report.readings) or _of_other_rows(report):
        seen = "没有读出本期的数，只有上年或用来对比的数"
        remedy = "请补上本期的数后重新上传；要报送的是上年那个月的，请在报表导入页这份文件下的「改选」里选那个月"
    elif report.readings:
        seen = "表里没有填任何数"
        remedy = "请填好后重新上传；这个月确实没有做的，请在这些数据项里填 未开展、不适用 或 0"
    else:
        seen, remedy = "没有认出任何数据项", "请核对是否选错了文件；数据项的名称请照填报表写，空白填报表在报表导入页下面下载"
    return Finding("no-figures", Severity.BLOCK, Place(place.sheet), f"{seen}，不算一份报表，已入库的数没有变动", remedy)


def _of_other_rows(report: Report) -> bool:
    """Whether the rows of a report were all about another month or year, or sums of them."""
    return not report.readings and any(finding.code in ("period-mismatch", "row-not-read", "total-row") for finding in report.findings)


def differs(old: Value | None, new: Value) -> bool:
    """Whether a figure says something else: another number, meant otherwise (约, ≥, ≤), or another reason for none; more digits say nothing else."""
    return old is None or (old.number, old.state, old.qualifier) != (new.number, new.state, new.qualifier)


def changed_figures(report: Report, stated: _Figures, replaced: _Figures, elsewhere: Collection[tuple[str, Column]]) -> tuple[Change, ...]:
    """
    The figures that say something else than those in force, then those that are gone.

    Args:
        report: The report.
        stated: What is in force for its office and month, whatever states it.
        replaced: What the submission states that this one would supersede.
        elsewhere: The figures that something else states too, a ledger beside a form: they stay.

    """
    read = {(reading.measure, reading.column): reading.value for reading in report.readings}
    spoken = ((key, value) for key, value in read.items() if value.state is not State.UNREPORTED)
    known = ((key, stated.get(key), value) for key, value in spoken)
    differing = (Change(*key, old, value) for key, old, value in known if differs(old, value))
    gone = (
        Change(*key, old, UNREPORTED)
        for key, old in replaced.items()
        if old.state is not State.UNREPORTED and read.get(key, UNREPORTED).state is State.UNREPORTED and key not in elsewhere
    )
    return (*differing, *gone)


def changes_between(old: _Figures, new: _Figures) -> tuple[Change, ...]:
    """The figures of two reports that say something else in the second; those that it leaves out have become 未报."""
    every = [Change(*key, old.get(key), new.get(key, UNREPORTED)) for key in {**new, **old}]
    return tuple(change for change in every if differs(change.old or UNREPORTED, change.new))


def taken_away(report: Report, changed: Collection[Change], catalog: Catalog) -> Iterator[Finding]:
    """Figures that would be 未报 or 0, and numbers of which only a word would be left."""
    places = {(reading.measure, reading.column): reading.place for reading in report.readings}
    sheet = Place(next((reading.place.sheet for reading in report.readings), ""))
    month = report.period.chinese if report.period and report.cases is not None else ""  # a file of a form is one month
    gone = [change for change in changed if change.new.state is State.UNREPORTED]
    if gone:
        seen = f"入库后，{month}已入库的 {len(gone)} 个数会变为未报：{_named(gone, catalog)}"
        remedy = "请补上这些数；确要拿掉的，请为这一份单独写明说明"
        codes = tuple(dict.fromkeys(change.measure for change in gone))
        yield Finding(TAKEN_AWAY, Severity.CHECK, places.get((gone[0].measure, gone[0].column), sheet), seen, remedy, measures=codes)
    noughts = [change for change in changed if change.new.number == 0 and change.old and change.old.number]
    if noughts:
        seen = f"入库后，{month}已入库的 {len(noughts)} 个数会变为 0：{_named(noughts, catalog)}"
        usual = "没有统计的请填原来的数，不要填 0" if report.cases is None else "请核对台账是否缺了行、写错了日期或结果"
        remedy = f"{usual}；确实为 0 的，请为这一份单独写明说明"
        codes = tuple(dict.fromkeys(change.measure for change in noughts))
        yield Finding(TAKEN_AWAY, Severity.CHECK, places.get((noughts[0].measure, noughts[0].column), sheet), seen, remedy, measures=codes)
    words = [change for change in changed if change.new.number is None and change.old and change.old.number is not None and change not in gone]
    if words:
        states = "、".join(dict.fromkeys(change.new.state.value for change in words))
        seen = f"已入库的 {len(words)} 个数改成了{states}：{_named(words, catalog)}"
        codes = tuple(dict.fromkeys(change.measure for change in words))
        place = places.get((words[0].measure, words[0].column), sheet)
        yield Finding("figures-to-words", Severity.CHECK, place, seen, "请核对；确是这样的，请写明说明", measures=codes)


def _named(changed: Collection[Change], catalog: Catalog) -> str:
    """The measures by name, the first of them where there are many."""
    codes = list(dict.fromkeys(change.measure for change in changed))
    names = "、".join(f"「{catalog.measures[code].name if code in catalog.measures else code}」" for code in codes[:_NAMED])
    return f"{names}等 {len(codes)} 个数据项" if codes[_NAMED:] else names
