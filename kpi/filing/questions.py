"""
What sheets leave open (问题): each question once for all files that came together, and the answers that are kept.

A question about a row, a column or the name of an office is answered for its layout and never asked again; which month a
sheet is of, of which organisation, and whose it is when it names nobody, is told for the one file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kpi.access.roles import Right
from kpi.bureau import Bureau, LiveBureau
from kpi.catalog.model import Catalog
from kpi.errors import RequestError
from kpi.filing.intake import Prepared
from kpi.place import Place
from kpi.store.answer import Answer
from kpi.store.clock import now
from kpi.workbook.answer_mapping import OWN, SKIP
from kpi.workbook.ledgers.on_file_faults import ADDS, REPLACES
from kpi.workbook.personal.masking import mask, mask_with_signers
from kpi.workbook.report import Beside, Column, Question, QuestionKind

_FIGURES: tuple[StrEnum, ...] = (*Column, *Beside)


@dataclass(frozen=True, slots=True)
class Asking:
    """One question, and everywhere it is asked."""

    question: Question
    office: str | None
    places: tuple[tuple[str, Place], ...]  # file and cell, the first that asks it first
    choices: tuple[str, ...]  # what may be answered, the likeliest first


def asked(bureau: Bureau, prepared: Iterable[Prepared]) -> list[Asking]:
    """The questions of files that came together whose answers are kept: those of many files or months once."""
    askings: dict[tuple[str, str], Asking] = {}
    for file in prepared:
        for question in file.report.questions if file.report else ():
            if of_one_file(question):
                continue
            place = (file.file, question.place)
            known = askings.get((question.layout, question.key))
            if known is None:
                choices = _choices(bureau.catalog, question, file.office)
                askings[question.layout, question.key] = Asking(question, file.office, (place,), choices)
            elif place not in known.places:
                askings[question.layout, question.key] = replace(known, places=(*known.places, place))
    return list(askings.values())


def of_one_file(question: Question) -> bool:
    """Whether a question is asked beside its file: the next sheet with the same headings may be another month's, organisation's or office's."""
    return question.kind in (QuestionKind.PERIOD, QuestionKind.ORG, QuestionKind.CASES) or (question.kind is QuestionKind.OFFICE and not question.seen)


def answer_words(catalog: Catalog, kind: QuestionKind, answer: str) -> str:
    """An answer in words: 合格批次（批次）, 本年累计, 质量监管科."""
    if answer == SKIP:
        return "不是我们的数据"
    if kind in (QuestionKind.ROW, QuestionKind.HEADING):
        measure = catalog.measures.get(answer)
        return f"{measure.name}（{measure.unit}）" if measure else f"{answer}（指标目录里已没有）"
    if kind is QuestionKind.OFFICE:
        return catalog.offices[answer].name if answer in catalog.offices else f"{answer}（指标目录里已没有）"
    if kind is QuestionKind.CASES:
        return {ADDS: "这些也算", REPLACES: "替换在库的"}.get(answer, answer)
    if answer == OWN:
        return "本科室的数"
    figure = next((column for column in _FIGURES if column == answer), None)
    return figure.chinese if isinstance(figure, Column | Beside) else answer


def keep(bureau: LiveBureau, given: Sequence[tuple[Asking, str]], by: str) -> list[Answer]:
    """
    Keep answers for every sheet with the same layout.

    Raises:
        DeniedError: The caller may not submit for one of the offices.
        RequestError: Nobody signs them.
        StoreError: The store cannot keep them.

    """
    for office in {asking.office for asking, _ in given}:
        bureau.require(Right.SUBMIT, bureau.caller.org, office)
    by = bureau.caller.signature(by)
    _signed(by)
    moment = now()
    return bureau.store.keep_answers(
        [
            Answer(
                asking.question.kind,
                asking.office,
                asking.question.layout,
                asking.question.key,
                asking.question.seen,
                *_shown(asking),
                answer,
                mask(by.strip()),
                moment,
            )
            for asking, answer in given
        ]
    )


def _shown(asking: Asking) -> tuple[str, Place]:
    """The file and the cell that an answer is kept with."""
    file, place = asking.places[0]
    return mask_with_signers(file), place


def undo(bureau: LiveBureau, answer: Answer, by: str) -> Answer:
    """
    Take back an answer: the next sheet with its layout asks again.

    Raises:
        DeniedError: The caller may not submit for the office.
        RequestError: Nobody signs it, or it is undone already.
        StoreError: The store cannot keep it.

    """
    bureau.require(Right.SUBMIT, bureau.caller.org, answer.office)
    by = bureau.caller.signature(by)
    _signed(by)
    [undone] = bureau.store.keep_answers([replace(answer, said=None, by=mask(by.strip()), at=now(), seq=0)])
    return undone


def _signed(by: str) -> None:
    if not by.strip():
        raise RequestError("请先写明报送人：谁说明的会一直留在记录里。")


def _choices(catalog: Catalog, question: Question, office: str | None) -> tuple[str, ...]:
    likely = [answer for answer, _ in question.candidates]
    match question.kind:
        case QuestionKind.ROW | QuestionKind.HEADING:
            own = [measure.code for measure in (catalog.office_measures(office) if office else catalog.measures.values())]
            every = [*likely, SKIP, *own]
        case QuestionKind.OFFICE:
            every = [*likely, *catalog.offices]
        case QuestionKind.LINE:
            every = [OWN, SKIP]
        case _:
            every = [*likely, *Column, SKIP, *Beside]
    return tuple(dict.fromkeys(map(str, every)))
