"""
Ledgers (台账) as the sheets show them: tables of one row a case, with the columns that may be kept and what they count.

Names, telephones and whatever else is of persons is left out; each ledger is a question, for nothing but the statistician
knows whether its cases are what the office reports.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi.catalog.ledger import Counting, Role
from kpi.catalog.ledger_rules import PERSONAL
from kpi.setup.case_tables import is_day
from kpi.setup.office_words import OfficeWords, without_time
from kpi.setup.proposal import CellOfFile, Certainty, LedgerColumnProposal, LedgerFigureProposal, LedgerProposal, ProposalEvidence
from kpi.setup.proposed_codes import ProposedCodes
from kpi.setup.sheet_subject import subject_of
from kpi.setup.surveyed_figure import SurveyedFile, TableTitle
from kpi.workbook.grid import CellKind
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.heading import read_heading
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.naming import name_key
from kpi.workbook.number import is_number
from kpi.workbook.signs import clean

_FIRST_DAY = re.compile(r"受理|立案|登记|报修|收[文案到件]|接[收报单]|申请|发生|来[信访电]|检查|抽样|处罚")
_CODE = re.compile(r"[案文单编字证卡]号|编码|代码|流水号")
_CALLED = re.compile(r"(?:登记|统计|明细|情况|信息)*(?:台账|登记簿|登记表|明细表|清单|一览表|汇总表|表)$")
_MASKED = "〔"  # what begins a number that was put out of sight because it may be somebody's: it is kept once the ledger is known
_MOST_WORDS = 12  # of a column of categories
_LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class SurveyedLedger:
    """A table of cases, the file it came in, and what stands over it."""

    file: str
    folders: tuple[str, ...]
    title: TableTitle
    table: Table


def surveyed_ledger(file: SurveyedFile, table: Table) -> SurveyedLedger:
    """A table of cases with what stands around it."""
    return SurveyedLedger(file.name, file.folders, subject_of(file, table).title, table)


def propose_ledgers(ledgers: Sequence[SurveyedLedger], words: OfficeWords, offices: dict[str, str], codes: ProposedCodes) -> tuple[LedgerProposal, ...]:
    """
    The ledgers of all sheets, one of each title of an office; those without a number or a day of their cases cannot be counted.

    Args:
        ledgers: The tables of cases.
        words: The offices of tables.
        offices: The codes of the proposed offices by their names.
        codes: The codes given so far.

    """
    named: dict[tuple[str, str], SurveyedLedger] = {}
    for ledger in ledgers:
        named[words.office(ledger).name, without_time(ledger.title.words)] = ledger
    proposals = (
        _proposal(ledger, offices[office], title, codes, sum(words.office(other).name == office for other in ledgers))
        for (office, title), ledger in named.items()
        if office in offices
    )
    return tuple(proposal for proposal in proposals if proposal is not None)


def _proposal(ledger: SurveyedLedger, office: str, title: str, codes: ProposedCodes, files: int) -> LedgerProposal | None:
    table = ledger.table
    columns = [column for column in (_column(table, head) for head in table.columns) if column]
    days = [column.name for column in columns if column.role is Role.DATE]
    key = next((column.name for column in columns if column.role is Role.CODE), None)
    if not days or key is None:
        return None
    first = next((day for day in days if _FIRST_DAY.search(day)), days[0])
    subject = _CALLED.sub("", title) or title
    code = codes.code(subject, letter="l")
    figures = [LedgerFigureProposal(codes.code(f"{subject}件数"), f"{subject}件数", "件", Counting.ROWS, "")]
    summed = [column for column in columns if column.role is Role.NUMBER and column.unit]
    names = {column.name: f"{subject}{column.name}" for column in summed}
    figures += [LedgerFigureProposal(codes.code(names[column.name]), names[column.name], column.unit, Counting.SUM, column.name) for column in summed]
    rows = sum(1 for _ in table.rows())
    return LedgerProposal(
        f"ledger/{office}/{name_key(title)}",
        Certainty.ASKED,
        (ProposalEvidence(f"「{title}」一行一件，{rows} 行各有自己的「{key}」", (CellOfFile(ledger.file, table.sheet.name),), files, files),),
        f"「{title}」是台账吗？现按「{first}」所在的月份计件，「{key}」认件；没有列出的列不读",
        code,
        title,
        office,
        first,
        key,
        tuple(columns),
        tuple(figures),
    )


def _column(table: Table, head: ColumnHead) -> LedgerColumnProposal | None:
    """What of a column may be kept; None where it is of persons, holds free text, or merely counts the rows."""
    words = clean(head.levels[-1]) if head.levels else ""
    name = re.sub(r"[(（][^()（）]*[)）]$", "", words).strip()
    cells = [cell for row in list(table.rows())[:_LOOKED_AT] if (cell := table.spread.cell(row, head.index)).text.strip()]
    if not name or not cells or PERSONAL.search(words) or name in ("序号", "备注"):
        return None
    texts = [clean(cell.text) for cell in cells]
    if sum(map(is_day, cells)) * 2 > len(cells):
        return LedgerColumnProposal(name, words, Role.DATE)
    if _CODE.search(name) and (len(set(texts)) == len(texts) or all(_MASKED in text for text in texts)):
        return LedgerColumnProposal(name, words, Role.CODE)
    if all(map(is_number, cells)):
        return LedgerColumnProposal(name, words, Role.NUMBER, unit=read_heading(words).unit)
    repeated = len(set(texts)) <= min(_MOST_WORDS, len(texts) // 2)
    if repeated and all(cell.kind is CellKind.TEXT for cell in cells):
        return LedgerColumnProposal(name, words, Role.CATEGORY, values=tuple(dict.fromkeys(texts)))
    return None


def ledger_tables(proposal: LedgerProposal, office: str, source: str) -> dict[str, object]:
    """The document of a ledger as a file of the catalogue has it: the ledger itself, its columns, what it counts."""
    return {
        "name": proposal.name,
        "office": office,
        "titles": [proposal.name],
        "date": proposal.date,
        "source": source,
        "column": [dict(_fields(column, proposal)) for column in proposal.columns],
        "figure": [{"measure": figure.code, "count": str(figure.count)} | ({"of": figure.of} if figure.of else {}) for figure in proposal.figures],
    }


def _fields(column: LedgerColumnProposal, proposal: LedgerProposal) -> Iterator[tuple[str, object]]:
    yield "name", column.name
    if column.words != column.name:
        yield "aliases", [column.words]
    yield "role", str(column.role)
    if column.name == proposal.key_column:
        yield "key", True
    if column.name in (proposal.key_column, proposal.date):
        yield "required", True
    if column.role is Role.DATE and column.name != proposal.date:
        yield "not_before", proposal.date
    if column.unit:
        yield "unit", column.unit
    if column.values:
        yield "values", {value: [] for value in column.values}
