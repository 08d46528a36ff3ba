"""
Files that are not what they should be, each beside a good one, through the whole intake into a store.

Right is that each is read, or refused with a sentence in Chinese; that no defect of ours is in the log; that the good one is
never the worse for it; and that what is stored of those that could be read is whole.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kpi.bureau import LiveBureau
from kpi.errors import KpiError
from kpi.filing.intake import Outcome, Prepared, Upload, accept, prepare
from kpi.period import Month
from tests.faults.filled import NOVEMBER, TODAY, form, ledger, opened
from tests.faults.mutating import mutated
from tests.faults.office_files import office_files
from tests.faults.surviving import Survival
from tests.kpi.workbook import hostile
from tests.kpi.workbook.process.test_formats import opendocument, page, text, xml_2003

_CHINESE = range(0x4E00, 0x9FA6)
_ACCEPT_EVERY = 5  # of those that can be read so many are stored
_TAKABLE = (Outcome.READY, Outcome.NEEDS_CONFIRMATION)
NAMES = (  # under which a good form comes
    *("../../x.xlsx", "..\\..\\x.xlsx", "/etc/x.xlsx", "C:\\x.xlsx", "a\nb.xlsx", "a\r\nx-forged: 1.xlsx", "=cmd|' /C calc'!A0.xlsx", "<b id=fuzz>.xlsx"),
    *("'; drop table figure; --.xlsx", "$(id).xlsx", "CON.xlsx", "甲" * 300 + ".xlsx", "\u202excel.xlsx", "a\0b.xlsx", "", ".xlsx", "没有后缀", "😀.xlsx"),
    *("[x](javascript:alert(1)).xlsx", "%2e%2e%2fx.xlsx", "\ud800.xlsx", ".", "..", "a/b/c.xlsx", "\u2028.xlsx", "kpi.duckdb", "secret"),
)


def books(bureau: LiveBureau) -> Mapping[str, bytes]:
    """What is mutated: a form, a ledger, and forms in formats of other programs."""
    good = form(bureau, "donghu", "food", NOVEMBER, food_tested="51 451", food_passed="49 441", food_shops="– 1211")
    return {
        "表.xlsx": good.data,
        "台账.xlsx": ledger().data,
        "表.ods": opendocument(),
        "表.xml": xml_2003(),
        "表.csv": text(",", "gb18030"),
        "网页.xls": page().encode(),
    }


def good_one(bureau: LiveBureau) -> Upload:
    """A form that comes with each bad file, of another organisation, office and month."""
    return form(bureau, "nanhu", "credit", Month(2023, 12), visits="60 660", entities="– 900")


def named_files(folder: Path) -> Iterator[Survival]:
    """What becomes of the files that offices send and of those that are made to harm, by their names; it opens a folder and writes to it."""
    with opened(folder) as bureau:
        yield from fed(bureau, [*office_files(bureau), *((f"{name}.xls", data) for name, data in hostile.files())])


def mutated_files(folder: Path, count: int, seed: int) -> Iterator[Survival]:
    """The same of so many mutated workbooks."""
    with opened(folder) as bureau:
        yield from fed(bureau, mutated(books(bureau), count, seed))


def odd_names(folder: Path) -> Iterator[Survival]:
    """What becomes of good forms under names that nobody means: each is stored, found again by its bytes, and nothing is written elsewhere."""
    beside = _everything(folder.parent)
    with opened(folder) as bureau:
        for number, name in enumerate(NAMES):
            upload = form(bureau, "nanhu", "credit", Month(2023, 12), visits=f"{60 + number} {660 + number}", entities="– 900")
            try:
                [stored] = accept(bureau, prepare(bureau, [Upload(name, upload.data)], today=TODAY), "王统计", "属实")
                assert bureau.store.original(stored.sha256) == upload.data, "another original"
                yield Survival(repr(name[:60]), "stored")
            except KpiError as refusal:
                yield Survival(repr(name[:60]), "refused" if _chinese(str(refusal)) else "FAILED", "" if _chinese(str(refusal)) else str(refusal))
            except (AssertionError, ValueError) as failure:
                yield Survival(repr(name[:60]), "FAILED", f"{type(failure).__name__}: {failure}")
        faults = bureau.store.verify()
    elsewhere = {path for path in _everything(folder.parent) - beside if not path.is_relative_to(folder)}
    yield Survival("all names", "FAILED" if faults or elsewhere else "verified", f"{faults} {elsewhere}" if faults or elsewhere else "")


def fed(bureau: LiveBureau, files: Iterable[tuple[str, bytes]]) -> Iterator[Survival]:
    """Each of these beside the good one; some of those that can be read are stored, and all is verified at the end."""
    stored = 0
    for number, (name, data) in enumerate(files):
        try:
            with _log() as logged:
                outcome, takable = _prepared(bureau, Upload(name, data))
            assert not logged, f"a defect of ours: {logged}"
            if takable and number % _ACCEPT_EVERY == 0:
                version = bureau.store.version
                accept(bureau, takable, "王统计", "情况属实")
                stored += bureau.store.version - version
            yield Survival(f"{number} {name}", outcome)
        except KpiError as refusal:
            yield Survival(f"{number} {name}", "refused at last" if _chinese(str(refusal)) else "FAILED", "" if _chinese(str(refusal)) else str(refusal))
        except Exception as failure:
            yield Survival(f"{number} {name}", "FAILED", f"{type(failure).__name__}: {failure}")
    [good] = prepare(bureau, [good_one(bureau)], today=TODAY)
    accept(bureau, [good], "王统计", "属实")
    faults = bureau.store.verify()
    yield Survival(f"{stored} stored, and a good one", "FAILED" if faults else "verified", "、".join(faults))


def _prepared(bureau: LiveBureau, bad: Upload) -> tuple[str, list[Prepared]]:
    """How a file came out beside the good one, and what of it may be accepted."""
    version = bureau.store.version
    read = prepare(bureau, [bad, good_one(bureau)], today=TODAY)
    assert bureau.store.version == version, "reading has stored something"
    [good] = [report for report in read if report.at == 1]
    assert good.status is not Outcome.REJECTED, f"it spoils a good one: {good.message}"
    reports = [report for report in read if report.at == 0]
    assert reports, "passed over in silence"
    for sentence in [report.message for report in reports] + [finding.remedy for report in reports for finding in report.findings]:
        assert _chinese(sentence), f"not Chinese: {sentence}"
        assert "Traceback" not in sentence, sentence
    takable = [report for report in reports if report.status in _TAKABLE]
    return reports[0].status.value, takable if len(takable) == len(reports) else []


def _chinese(sentence: str) -> bool:
    return any(ord(sign) in _CHINESE for sign in sentence)


@contextmanager
def _log() -> Iterator[list[str]]:
    """What the project logs as errors meanwhile."""
    logged: list[str] = []

    class Kept(logging.Handler):
        """Keeps each record."""

        def emit(self, record: logging.LogRecord) -> None:
            logged.append(record.getMessage())

    handler, logger = Kept(logging.ERROR), logging.getLogger("kpi")
    logger.addHandler(handler)
    try:
        yield logged
    finally:
        logger.removeHandler(handler)


def _everything(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))
