"""The notice before 入库 that the original is not kept as it is, and which of its contents will be nowhere."""

from collections.abc import Iterator, Sequence

from kpi.finding import Finding, Severity
from kpi.place import Place
from kpi.workbook.process.child.outside_texts import FILE_PROPERTIES, MADE_BY_PROGRAMS
from kpi.workbook.report import KeptForm, Report

ORIGINAL_NOT_KEPT = "original-not-kept"
_NAMED = 6  # sheets and columns that are named; the rest are counted


def original_not_kept(reports: Sequence[Report]) -> Iterator[Finding]:
    """The note to the sender of the reports of one file; it is for the sender alone, for a sheet or a column may be called after somebody."""
    columns = dict.fromkeys(name for report in reports if report.cases is not None for name in report.cases.columns)
    copy = next((_words(report.kept) for report in reports if report.kept is not None), "")
    if columns:
        seen = f"台账的原件不保留，入库后只有读取的列：{'、'.join(f'「{name}」' for name in columns)}；其余的列和工作表、标题和表尾哪里都没有"
    elif copy:
        seen = f"原件不会照原样保留，入库后只有留存副本；不在其中的：{copy}"
    else:
        return
    yield Finding(ORIGINAL_NOT_KEPT, Severity.HINT, Place(""), seen, "这是为了不留存个人信息，不必处理；原件还有用的，请自行保存")


def _words(kept: KeptForm) -> str:
    """What was there and is left out, sheets and columns by their names; nothing where that is what programs write of themselves."""
    own = {sheet.name for sheet in kept.sheets}
    parts = [f"工作表「{left.sheet}」整张" for left in kept.left if left.sheet not in own]
    for left in kept.left:
        if left.sheet in own:
            parts += [f"「{left.sheet}」的 {column}" for column in left.columns] or [f"「{left.sheet}」里没有读取的行和格"]
    parts += [what for what in kept.beside if what not in (FILE_PROPERTIES, MADE_BY_PROGRAMS)]
    return "，".join(parts[:_NAMED]) + (f"等 {len(parts)} 处" if len(parts) > _NAMED else "")
