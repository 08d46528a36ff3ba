"""The demonstration begins, its workbooks taken in through the same intake as any others, and ends."""

from collections.abc import Callable

from kpi.access.audit import Audited
from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.demo.arrival import arrival
from kpi.demo.samples import FIRST, LAST
from kpi.demo.workbooks import workbooks
from kpi.errors import RequestError
from kpi.filing import intake
from kpi.period import months
from kpi.store.clock import now
from kpi.store.demonstration import AUTHOR, DemoEnd
from kpi.store.refusals import refuse_filling
from kpi.store.submission import Submission
from kpi.workbook.personal.masking import mask

_NOTE = "演示数据：与公开的 2023 年工作总结一致，原文如此，差额未作更正"


def fill(bureau: LiveBureau, progress: Callable[[int, int, str], None] = lambda done, total, what: None) -> list[Submission]:
    """
    Fill an empty store with 23 months of fictional workbooks of every office.

    Args:
        bureau: The bureau; its catalogue must be the one that comes with the project.
        progress: Told how many of how many, and what is being done.

    Returns:
        The submissions made.

    Raises:
        DeniedError: The caller may not take back what was submitted, as its end does.
        RequestError: The store is not empty, or a demo workbook was refused.

    """
    bureau.require(Right.ACCEPT)
    refuse_filling(bureau.store)  # before minutes of work; the store asks once more
    uploads, moments, files = [], {}, len(months(FIRST, LAST)) * len(bureau.catalog.offices)
    for name, office, month, data in workbooks(bureau.catalog):
        uploads.append(intake.Upload(name, data))
        moments[name] = arrival(bureau.catalog.offices[office], month)
        progress(len(uploads), files, "生成报表")
    prepared = intake.prepare(bureau, uploads, progress=lambda done: progress(done, files, "读取核对"))
    progress(files, files, "写入")
    return intake.accept(bureau, prepared, AUTHOR, _NOTE, at=lambda file: moments[file.file], demo=True)


def end(bureau: LiveBureau, by: str) -> int:
    """
    End the demonstration, so that the bureau can begin with sheets of its own.

    Args:
        bureau: The bureau.
        by: Who ends it.

    Returns:
        How many submissions are gone.

    Raises:
        DeniedError: The caller may not take back what was submitted.
        RequestError: Nobody is named, there is no demonstration, or a sheet of an office has come in since.
        StoreError: The store cannot write it.

    """
    bureau.require(Right.ACCEPT)
    by = bureau.caller.signature(by)
    if not by.strip():
        raise RequestError("没有清空：请写明姓名。")
    sheets = bureau.store.demonstration().sheets
    bureau.store.end_demonstration(DemoEnd(mask(by.strip()), now()))
    bureau.note_done(Audited.OPERATION, f"清空 {sheets} 份演示报送")
    return sheets
