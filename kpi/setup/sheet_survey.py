"""The survey of dropped sheets: each opened by a child of the parser, its figures read once, and a sentence for each that gives none."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextvars import copy_context
from dataclasses import dataclass

from kpi.errors import UnstartedError, WorkbookError, trace
from kpi.setup.surveyed_figure import SurveyedFigure, SurveyedFile
from kpi.setup.table_survey import survey_file
from kpi.store.setup_folder import SetupFile
from kpi.workbook.process.parser import Parser

_log = logging.getLogger("kpi.setup")
Progress = Callable[[int, int], None]  # told how many sheets of how many are read


@dataclass(frozen=True, slots=True)
class SurveyedSheet:
    """One dropped sheet: its figures, or a sentence why it gives none."""

    file: SurveyedFile
    figures: Sequence[SurveyedFigure] = ()
    unread: str = ""


def survey(parser: Parser, files: Sequence[SetupFile], progress: Progress) -> Iterator[tuple[str, SurveyedSheet]]:
    """
    Read sheets, as many at once as the parser has places for.

    Args:
        parser: What opens them.
        files: The sheets.
        progress: Told after each, by the thread that asked.

    Yields:
        The key of each sheet and what it gave, in the order in which they are read.

    Raises:
        UnstartedError: The machine cannot open any; nothing is said of the sheets.

    """
    with ThreadPoolExecutor(parser.queue.places) as pool:
        reading = {pool.submit(copy_context().run, _sheet, parser, file): file.key for file in files}
        try:
            for done, sheet in enumerate(as_completed(reading), 1):
                yield reading[sheet], sheet.result()
                progress(done, len(reading))
        finally:
            pool.shutdown(cancel_futures=True)


def _sheet(parser: Parser, file: SetupFile) -> SurveyedSheet:
    *folders, name = file.name.split("/")
    named = SurveyedFile(name, (), tuple(folders[::-1]))
    try:
        surveyed = SurveyedFile(name, parser.parse(file.data, name), named.folders)
        figures = list(survey_file(surveyed))
    except UnstartedError:
        raise
    except WorkbookError as error:
        return SurveyedSheet(named, unread=str(error))
    except Exception as error:  # of ours; the other sheets do not suffer from it
        _log.exception("建局读不了一份报表", extra={"fault": type(error).__name__, "trace": trace(error)}, exc_info=False)
        return SurveyedSheet(named, unread=f"「{name}」：读取时程序出错，没有用它；其余的照常，请把这一句告诉管理员。")
    return SurveyedSheet(named, figures, "" if figures else f"「{name}」：没有一张表能读出数；请核对是不是报表，表头有没有写本月、累计或月份。")
