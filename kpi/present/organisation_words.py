"""What is said where the two sides of a comparison are of other organisations: who came, who went, and what last year's figure holds of them."""

from collections.abc import Iterable

from kpi.catalog.model import Catalog
from kpi.catalog.organisation import absence
from kpi.catalog.organisation_moves import Move, MoveKind, carried_on_by
from kpi.compute.row import BoardRow
from kpi.period import Month
from kpi.present import day_words

_MOST = 3  # that are named


def moved(row: BoardRow) -> list[str]:
    """One sentence for each change: ``东湖区市场监管局 7 月起并入，上年同期不含``."""
    year = row.year.opening(row.period)
    sentences = [_sentence(move, row) for move in row.caveats.moves if row.last_year.value is not None or move.month >= year]
    return [*sentences[:_MOST], *([f"另有 {len(sentences) - _MOST} 项机构变动"] if sentences[_MOST:] else [])]


def happened(move: Move, year: int, org: str = "") -> str:
    """A change with its month, as a figure of a year says it: ``东湖区市场监管局 7 月起并入南湖区市场监管局``."""
    month = day_words.month(move.month, year)
    name = "" if move.org == org else f"{move.name} "
    match move.change:
        case MoveKind.FOUNDED:
            return f"{name}{month}设立"
        case MoveKind.LEFT:
            return f"{name}{month}起划归{move.other}"
        case MoveKind.DISSOLVED:
            return f"{name}{month}起撤销{f'，由{move.other}承接' if move.other else ''}"
        case _:
            return f"{name}{month}起{move.change.value}{move.other}"


def _sentence(move: Move, row: BoardRow) -> str:
    words = happened(move, row.period.year, row.org)
    if move.org == row.org and move.change is MoveKind.DISSOLVED:
        return f"{words}，今年只有以前的数" if row.figure.value is not None else words
    if row.last_year.value is None and move.org == row.org:
        return words
    if row.last_year.value is None:
        return f"{words}，以前的数{'不含' if _came(move) else '含'}"
    base = "上月、上年同期" if move.month == row.period else "上年同期"
    if move.month > row.period.plus(-12):
        return f"{words}，{base}{'不含' if _came(move) else '仍含'}"
    return f"{words}，上年同期只含{'这以后' if _came(move) else '这以前'}的数"


def _came(move: Move) -> bool:
    return move.change in (MoveKind.FOUNDED, MoveKind.JOINED, MoveKind.MERGED)


def of_board(rows: Iterable[BoardRow]) -> str:
    """The same of all rows together, each change once; empty where nothing changed."""
    sentences = dict.fromkeys(sentence for row in rows for sentence in moved(row))
    return f"机构变动：{'；'.join(sentences)}。各月的数按当月的机构汇总。" if sentences else ""


def of_series(moves: Iterable[Move], first: Month, last: Month) -> str:
    """The changes within a run of months, whose figures before and after are not of the same organisations; empty where there are none."""
    sentences = dict.fromkeys(happened(move, last.year) for move in moves if first < move.month <= last)
    return f"机构变动：{'；'.join(sentences)}，前后的数口径不同。" if sentences else ""


def not_there(catalog: Catalog, code: str, month: Month) -> str:
    """That there is no such organisation in a month, and who carries on; empty where there is one."""
    org = catalog.orgs[code]
    why = absence(org, carried_on_by(catalog.tree, code, month), month)
    if not why:
        return ""
    return f"{why}，{month.chinese}没有它的数。" if org.first is not None and month < org.first else f"{why}；以前的数仍可按期间查看。"


def no_sheet(catalog: Catalog, code: str, month: Month) -> str:
    """Why nobody at or below an organisation owes a sheet for a month, and whose sheet to ask for instead."""
    org = catalog.orgs[code]
    heir = carried_on_by(catalog.tree, code, month)
    why = absence(org, heir, month)
    if not why:
        return f"{org.name} {month.chinese}没有报数的单位；请改选月份或单位。"
    if org.first is not None and month < org.first:
        return f"{why}，{month.chinese}没有它的报表；请改选月份或单位。"
    return f"{why}；{f'请改选{heir.name}，或改选月份' if heir else '请改选月份或单位'}。"
