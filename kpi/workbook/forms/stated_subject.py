"""
What the titles, notes and names of a table say it is about, where that is not the results of its month.

Each is asked about at its place; nothing here decides which month or whose table it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.workbook.dates import read_date
from kpi.workbook.forms.sheet_statements import Statement
from kpi.workbook.forms.table_subject import hinted, is_no_amount, is_other_place, is_place, months_in, other_subject, stem_of, with_insides
from kpi.workbook.grid import CellKind
from kpi.workbook.layout.last_day import day_in


@dataclass(frozen=True, slots=True)
class About:
    """The findings about it, and what else than the month's results the table certainly is about; empty where that is open."""

    findings: tuple[Finding, ...] = ()
    elsewhere: str = ""


_NOTHING = About()
_EARLY = 20  # a sheet that is filled in by this day is rarely of the whole month


def about_titles(titles: Sequence[Statement], month: Month, catalog: Catalog, *, targets: bool) -> About:
    """
    The first title, or name of a sheet, that is about another time, a plan, a sample, another body or no amount at all.

    Args:
        titles: The titles, the weightiest first.
        month: The month the table is sent for.
        catalog: Its bureau, offices and organisations; the names of offices may hold any word: 规划财务科.
        targets: Whether the table has a column of targets of its own.

    """
    for statement in titles:
        words = with_insides(statement.text)
        place = next((text for text in words if is_place(text) and is_other_place(text, _names(catalog))), "")
        if place or any(map(is_no_amount, words)):
            seen = f"「{place.strip()}」不是本单位，这张表可能是它的数" if place else f"「{statement.text.strip()}」说的不是数量本身"
            remedy = "请核对是什么数：是本单位的数量，请改正标题或工作表的名称，或写明说明后入库；不是的，请不要入库"
            return About((Finding("other-subject", Severity.CHECK, statement.place, seen, remedy),))
        text = statement.text
        for office in catalog.offices.values():
            text = text.replace(office.name, "")
        if subject := other_subject(text, month, targets=targets):
            code = "period-mismatch" if subject.of_time else "other-subject"
            seen = f"「{statement.text.strip()}」说这是{subject.words}数，报送的是 {month.chinese}的"
            remedy = f"请核对：是 {month.chinese}的数，请改正标题或工作表的名称，或写明说明后入库；不是的，请不要入库"
            return About((Finding(code, Severity.CHECK, statement.place, seen, remedy),), subject.words if subject.certain else "")
    return _NOTHING


def about_notes(notes: Sequence[Statement], month: Month, catalog: Catalog, *, targets: bool) -> About:
    """The first note that says the table is of another month, a plan, a sample or another body."""
    for statement in notes:
        if is_other_place(statement.text, _names(catalog)):
            seen = f"表的注写的是「{statement.text}」，不是本单位的"
            remedy = "请核对是谁的数：是本单位的，请改正这条注，或写明说明后入库；不是的，请不要入库"
            return About((Finding("other-subject", Severity.CHECK, statement.place, seen, remedy),))
        named = stated_month(statement, month.year)
        subject = other_subject(statement.text, month, targets=targets)
        if (named and named != month) or subject:
            code = "other-subject" if subject and not subject.of_time else "period-mismatch"
            seen = f"表的注写的是「{statement.text}」，报送的是 {month.chinese}的"
            remedy = f"请核对：是 {month.chinese}的数，请改正这条注，或写明说明后入库；不是的，请不要入库"
            elsewhere = "" if subject and not subject.certain else f"「{statement.text}」"
            return About((Finding(code, Severity.CHECK, statement.place, seen, remedy),), elsewhere)
    return _NOTHING


def about_names(names: Sequence[str], place: Place, month: Month, *, known: bool, targets: bool) -> About:
    """
    What the name of the file, or of a folder, says of another time, a plan or a sample.

    Args:
        names: The names, that of the file first.
        place: Where to say it.
        month: The month the table is sent for.
        known: Whether the sheet itself names the month; then a name is merely old.
        targets: Whether the table has a column of targets of its own.

    """
    severity = Severity.HINT if known else Severity.CHECK
    hint = hinted(names)
    if hint and hint.differs(month):
        seen = f"文件或文件夹的名称「{hint.name}」写的是 {hint.chinese}，报送的是 {month.chinese}"
        return About((Finding("period-mismatch", severity, place, seen, "请核对是哪个月的数；名称没有改的，可以写明说明后入库"),))
    if name := next((name for name in names if other_subject(stem_of(name), month, targets=targets)), None):
        seen = f"文件或文件夹的名称「{name}」说的不是 {month.chinese}的数"
        return About((Finding("other-subject", severity, place, seen, "请核对是不是要报送的数；名称没有改的，可以写明说明后入库"),))
    return _NOTHING


def filled_before(filled: Sequence[Statement], month: Month) -> list[Finding]:
    """The days a sheet was filled in that lie before the month."""
    findings = []
    for statement in filled:
        day = day_of(statement, month.year)
        if day is not None and day < month.first_day:
            seen = f"填报日期是 {day.isoformat()}，早于报送的 {month.chinese}"
            findings.append(Finding("period-mismatch", Severity.CHECK, statement.place, seen, "请核对是哪个月的数，或改正填报日期"))
    return findings


def days_within(spans: Sequence[Statement], filled: Sequence[Statement], month: Month) -> list[Finding]:
    """
    The first day within the month that no figure can run beyond, of a sheet without a 数据截止日.

    Args:
        spans: The titles, and the line of the period: 统计区间：11月26日至12月25日.
        filled: The lines that say when it was filled in.
        month: The month the table is sent for.

    """
    dated = [(statement, day, True) for statement in spans if (day := day_in(statement.text, month.year))]
    dated += [(statement, day, False) for statement in filled if (day := day_of(statement, month.year))]
    for statement, day, spanned in dated:
        if Month.of(day) != month or day >= month.last_day:
            continue
        seen = f"「{statement.text.strip()}」是 {day.isoformat()}，这以后的数还没有发生，数据截止日却按 {month.last_day.isoformat()} 读取"
        remedy = f"请核对：数算到那一天的，请在表上写明「数据截止日：{day.isoformat()}」后重新上传；确实算到月末的，请写明说明后入库"
        severity = Severity.CHECK if spanned or day.day <= _EARLY else Severity.HINT  # many fill in the month in its last days
        return [Finding("day-within-month", severity, statement.place, seen, remedy)]
    return []


def day_of(statement: Statement, year: int) -> date | None:
    """The day that a line such as 填报日期 names; None when it names none."""
    try:
        return date.fromisoformat(statement.text[:10]) if statement.kind is CellKind.DATE else read_date(statement.text, year)
    except ValueError:
        return None


def stated_month(statement: Statement, year: int | None) -> Month | None:
    """The month that a text or a date is about; None when it names none, or no year is known."""
    return Month.of(date.fromisoformat(statement.text[:10])) if statement.kind is CellKind.DATE else months_in(statement.text, year)


def _names(catalog: Catalog) -> tuple[str, ...]:
    """The names of the bureau, its offices and, in a tree, of all organisations, of which others are asked about elsewhere."""
    named = (*catalog.offices.values(), *(catalog.orgs.values() if catalog.branched else ()))
    return (catalog.bureau, *(name for body in named for name in (body.name, *body.aliases)))
