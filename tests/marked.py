"""A bureau in which every word that somebody wrote, and every name of the catalogue, has a mark in it: markup, a formula, SQL, a path."""

from datetime import datetime
from pathlib import Path

from kpi.bureau import open_bureau
from kpi.filing.submissions import lock, unlock, withdraw
from kpi.meeting import editions
from kpi.meeting.follow_up_acts import add_progress
from kpi.meeting.follow_up_opening import Assignment, open_on_problem
from kpi.meeting.meeting_notes import keep_note
from kpi.meeting.occasion import Occasion
from kpi.period import Month
from kpi.place import Place
from kpi.store import clock
from kpi.store.answer import Answer
from kpi.store.follow_up import Step
from kpi.store.meeting_note import NoteKind
from kpi.workbook.report import QuestionKind
from tests.bureaus import Small, write
from tests.soundness.catalog import files, target

MARK = "**粗**[点](http://a.cn/x) www.b.cn :material/home: :red[红] :smile: $x^2$ <b>体</b> `码` m@c.cn -> # 题 | 1. &lt; ~~删~~"


def marked_catalog(folder: Path, mark: str = MARK) -> Path:
    """A catalogue whose names and documents are marked up as well."""
    told = files({2023: target("pass_rate", "floor", "97.8", office="quality") + target("tested", "annual", "9000")})
    return write(
        folder,
        {
            name: text.replace('name = "合格率"', f'name = "{mark}合格率"')
            .replace('document = "分解表"', f'document = "{mark}分解表"')
            .replace('why_it_matters = "例。"', f'why_it_matters = "{mark}例"')
            .replace('name = "食品科"', f'name = "{mark}食品科"')
            .replace('name = "某区市场监管局"', f'name = "{mark}某区"')
            for name, text in told.items()
        },
    )


def marked_folder(data: Path, catalog: Path, mark: str = MARK) -> tuple[str, int]:
    """A store in which every word that somebody wrote is marked up; the code of its edition, the number of its follow-up."""
    with open_bureau(data, catalog) as bureau:
        small = Small(bureau)
        for period in ("2022-11", "2023-10"):
            small.report(period, by=mark, note=mark, tested="– 100", passed="– 90", taken="– 100")
        small.report("2023-11", by=mark, note=mark, tested="– 200", passed="– 180", taken="– 210", shops="300")
        code = editions.freeze(small.bureau, Month(2023, 11), mark, mark).edition.code
        given = Assignment("quality", mark, clock.today(), mark, mark, steps=(Step(mark, clock.today()),))
        followed = open_on_problem(bureau, mark, Month(2023, 11), given, Occasion(mark, code))
        add_progress(bureau, followed.seq, mark, Occasion(mark))
        keep_note(bureau, NoteKind.DECISION, mark, Month(2023, 11), Occasion(mark, code))
        small.report("2023-11", by=mark, note=f"{mark}改", tested="– 200", passed="– 179", taken="– 210", shops="310")
        later = small.filed("2023-11", "food", by=mark, note=mark, food_tested="– 5")
        withdraw(bureau, later.seq, mark, mark)
        lock(bureau, Month(2023, 10), mark, mark)
        unlock(bureau, Month(2023, 10), mark, mark)
        lock(bureau, Month(2023, 11), mark, mark, "food")
        at = datetime(2023, 12, 1, 9, 0)  # noqa: DTZ001 - the store keeps local time
        bureau.store.keep_answers([Answer(QuestionKind.ROW, "quality", "layout", "key", mark, mark, Place(mark, "A3"), "tested", mark, at)])
    return code, followed.seq
