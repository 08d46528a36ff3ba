"""Take the demo workbooks in through the same intake as any others."""

from collections.abc import Callable

from kpi.bureau import Bureau, LiveBureau
from kpi.demo.arrival import arrival
from kpi.demo.workbooks import workbooks
from kpi.errors import RequestError
from kpi.filing import intake
from kpi.store.submission import Submission

_FILES = 23 * 19  # months × offices
_AUTHOR = "演示"
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
        RequestError: The store is not empty, or a demo workbook was refused.

    """
    if bureau.store.version:
        raise RequestError("数据目录里已有报送，演示数据只能装入空的数据目录；请换一个目录（--data）。")
    uploads, moments = [], {}
    for name, office, month, data in workbooks(bureau.catalog):
        uploads.append(intake.Upload(name, data))
        moments[name] = arrival(bureau.catalog.offices[office], month)
        progress(len(uploads), _FILES, "生成报表")
    prepared = intake.prepare(bureau, uploads, progress=lambda done: progress(done, _FILES, "读取核对"))
    progress(_FILES, _FILES, "写入")
    return intake.accept(bureau, prepared, _AUTHOR, _NOTE, at=lambda file: moments[file.file])


def is_demo(bureau: Bureau) -> bool:
    """Whether the store holds demo workbooks, so that pages can say that the figures are fictional."""
    return bool(bureau.store.rows("select 1 from submission where submitted_by = $author limit 1", {"author": _AUTHOR}))
