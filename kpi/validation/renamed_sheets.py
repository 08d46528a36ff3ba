"""What is on file under a name that the catalogue no longer has: a new submission does not replace it."""

from collections.abc import Collection, Iterable, Iterator

from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity
from kpi.place import Place
from kpi.store.reader import StoreReader
from kpi.store.set_aside import unknown_sheet
from kpi.store.submission import Submission
from kpi.workbook.report import Report


def filed_under_unknown(store: StoreReader, catalog: Catalog, submissions: Iterable[Submission]) -> Iterator[tuple[Submission, str, Collection[str]]]:
    """Of submissions that count those of an office or a template that the catalogue does not have: what that is, and the measures that each states."""
    for submission in submissions:
        if what := unknown_sheet(catalog, submission.office, submission.template):
            yield submission, what, {measure for measure, _ in store.stated_in(submission.seq)}


def still_counting(report: Report, filed: Iterable[Submission], store: StoreReader, catalog: Catalog) -> Iterator[Finding]:
    """
    Figures of the same measures and month that an office or a template states which has another name by now.

    The later submission speaks for what it states, but what it leaves blank goes on counting from the earlier one.

    Args:
        report: A report that is to be stored.
        filed: The submissions of its organisation and month that count.
        store: Tells what each states.
        catalog: The names in force.

    """
    own = {reading.measure for reading in report.readings}
    for submission, what, measures in filed_under_unknown(store, catalog, filed):
        if both := sorted(own & set(measures)):
            first = next(reading for reading in report.readings if reading.measure in both)
            seen = (
                f"第 {submission.seq} 号报送「{submission.file}」也报了这个月这里的 {len(both)} 个数据项，它是{what}的，指标目录里已没有："
                "入库后不会替换它，这里空着的数仍按它的计"
            )
            number = submission.seq
            remedy = (
                f"是同一张报表的，请先在「报送记录」页撤回第 {number} 号（命令行：python -m kpi withdraw {number} --reason 原因），再报这一份；"
                "改了名的，也可以请管理员在指标目录里改回原来的代码或名称；两份都要计的，写明说明后可以入库"
            )
            yield Finding("filed-under-old-name", Severity.CHECK, Place(first.place.sheet), seen, remedy, measures=tuple(both))
