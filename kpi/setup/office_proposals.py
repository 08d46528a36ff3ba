"""Offices as the sheets name them, what their forms are called, and by which day of the next month they come."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from kpi.period import Month
from kpi.setup.office_words import OfficeSource, OfficeWords, TitledTable, template_of, without_time
from kpi.setup.proposal import CellOfFile, Certainty, OfficeProposal, ProposalEvidence
from kpi.setup.proposed_codes import ProposedCodes
from kpi.setup.surveyed_figure import SurveyedFigure
from kpi.workbook.naming import name_key

_UNKNOWN_DAY = 5  # of the next month, where nobody knows when sheets came
_LAST_DAY = 28  # that a deadline may be
_MONTHS = 2  # in which it must be known when sheets came
_CELLS = 6


def propose_offices(
    figures: Sequence[SurveyedFigure], ledgers: Sequence[TitledTable], words: OfficeWords, arrivals: Mapping[str, date], codes: ProposedCodes
) -> tuple[OfficeProposal, ...]:
    """
    The offices, in the order in which their sheets were read.

    Args:
        figures: The figures of all files.
        ledgers: The ledgers; an office may send nothing else.
        words: The offices of their tables.
        arrivals: The day on which each file came, by its name, as far as it is known.
        codes: The codes given so far.

    """
    grouped: dict[str, list[SurveyedFigure]] = {}
    for figure in figures:
        grouped.setdefault(words.office(figure).name, []).append(figure)
    alone: dict[str, list[TitledTable]] = {}
    for ledger in ledgers:
        if (name := words.office(ledger).name) not in grouped:
            alone.setdefault(name, []).append(ledger)
    forms = (_proposal(name, own, words, arrivals, codes) for name, own in grouped.items())
    return (*forms, *(_of_ledgers(name, tables, codes) for name, tables in alone.items()))


def _of_ledgers(name: str, tables: Sequence[TitledTable], codes: ProposedCodes) -> OfficeProposal:
    """An office that sends ledgers alone."""
    files = tuple(CellOfFile(file, "") for file in dict.fromkeys(table.file for table in tables))
    evidence = ProposalEvidence(f"只有台账，按标题、文件名看是「{name}」", files[:_CELLS])
    question = f"「{name}」只报台账，对吗？应报日是次月几日？"
    code = codes.code(name, letter="o")
    return OfficeProposal(f"office/{name_key(name)}", Certainty.ASKED, (evidence,), question, code, name, f"{name}月报表", _UNKNOWN_DAY, _aliases(name))


def _proposal(name: str, figures: Sequence[SurveyedFigure], words: OfficeWords, arrivals: Mapping[str, date], codes: ProposedCodes) -> OfficeProposal:
    office = words.office(figures[0])
    files = list(dict.fromkeys(figure.file for figure in figures))
    months = {figure.month for figure in figures if figure.month}
    latest = _due_day(figures, arrivals)
    stated = office.source in (OfficeSource.LINE, OfficeSource.TITLE)
    evidence = [ProposalEvidence(f"{office.source}写的是「{name}」", tuple(CellOfFile(file, "") for file in files[:_CELLS]), len(months), len(months))]
    if latest:
        evidence.append(ProposalEvidence(f"各月报表的填报日期（没有写的看文件的日期）最晚是次月 {latest} 日", (), len(months), len(months)))
    questions = ([] if stated else [f"表上没有写填报单位，按{office.source}看是「{name}」，对吗？"]) + ["应报日是次月几日？"]
    titles = [without_time(figure.title.words).replace(words.bureau, "") for figure in figures]
    return OfficeProposal(
        f"office/{name_key(name)}",
        Certainty.STATED if stated else Certainty.ASKED,
        tuple(evidence),
        "".join(questions),
        codes.code(name, letter="o"),
        name,
        template_of(titles, name),
        latest or _UNKNOWN_DAY,
        _aliases(name),
        any(figure.named_month for figure in figures),
    )


def _aliases(name: str) -> tuple[str, ...]:
    """What an office is called besides: 立案庭 of 立案庭(诉讼服务中心)."""
    plain = re.sub(r"\([^()]*\)$", "", name)
    return (plain,) if plain and plain != name else ()


def _due_day(figures: Sequence[SurveyedFigure], arrivals: Mapping[str, date]) -> int:
    """The latest day of the next month on which a sheet was filled in, else came; 0 where that is not known of two months at least."""
    days: dict[Month, int] = {}
    for figure in figures:
        came = figure.filled or arrivals.get(figure.file)
        if came and figure.month and Month.of(came) == figure.month.plus(1):
            days[figure.month] = max(days.get(figure.month, 0), came.day)
    return min(max(days.values()), _LAST_DAY) if len(days) >= _MONTHS else 0
