"""
What is set aside: an entry of the log that cannot be read, or whose figures cannot be computed.

The store opens without it and says so, by number, file, office and month, with what to do; at each opening it is tried
again, so that a file restored or a figure corrected since brings it back.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import pyarrow as pa

from kpi.catalog.model import Catalog
from kpi.catalog.organisation import Organisation
from kpi.catalog.organisation_moves import carried_on_by
from kpi.finding import NAMED, few
from kpi.period import Month
from kpi.store.gaps import LEFT_OUT, whose
from kpi.store.log_rows import Entered, Logged

FAULTS_OF_ENTRIES = (duckdb.DataError, duckdb.IntegrityError, pa.ArrowException, ArithmeticError, LookupError, TypeError, ValueError)
_REPORT_LEFT_OUT = "没有计入（同月先前有报送的，先前那一份算数），其余数据照常"


class IncomputableError(Exception):
    """What was logged cannot be brought into the tables, whatever the state of the disk."""


def unreadable(number: int, why: str, about: str = "") -> str:
    """The sentence about an entry whose files are missing or damaged; why names the file and the way out, about is office and month."""
    return f"第 {number} 号{f'报送（{about}）{_REPORT_LEFT_OUT}' if about else LEFT_OUT}：{why}"


def incomputable(entry: Entered, catalog: Catalog, error: IncomputableError) -> str:
    """The sentence about an entry whose figures cannot be computed."""
    if not isinstance(entry, Logged):
        return f"日志第 {entry.seq} 号{LEFT_OUT}：{_cause(error)}；请核对日志。"
    batch = entry.batch
    why = f"其中的数太大，不能合计{_largest(batch.facts)}" if isinstance(error.__cause__, duckdb.DataError) else _cause(error)
    about = f"「{batch.file}」，{whose(catalog, batch.office, str(batch.period), batch.org)}"
    return f"第 {entry.seq} 号报送（{about}）{_REPORT_LEFT_OUT}：{why}；请该科室改正后重新报送这个月的报表。"


def unseen(catalog: Catalog, ask: Callable[[str], Sequence[Any]]) -> list[str]:
    """
    Which figures that count nobody sees, because the catalogue in force does not know what or in that month who they are of.

    Args:
        catalog: The catalogue in force.
        ask: The rows of a statement, by its name.

    """
    rows = ask("unknown")
    sentences = [unknown([measure for measure, _ in rows], sorted({seq for _, seqs in rows for seq in seqs}))] if rows else []
    sentences += unfiled(catalog, ask("filed_as"))
    return [*sentences, *uncounted(catalog, ask("uncounted"))]


def unknown(measures: Sequence[str], numbers: Sequence[int]) -> str:
    """The sentence about figures of measures that the catalogue in force does not have."""
    names = few([f"「{code}」" for code in measures], "个")
    return f"指标目录里没有数据项{names}，第 {_listed(numbers)}报送中的这些数没有计入；请核对指标目录。"


def unfiled(catalog: Catalog, rows: Sequence[tuple[str, str, str, date, int]]) -> list[str]:
    """
    The sentences about submissions of offices and templates that the catalogue in force does not have, one for each.

    Args:
        catalog: The catalogue in force.
        rows: As filed_as.sql gives them.

    """
    gone: dict[str, list[int]] = {}
    for _, office, template, _, seq in rows:
        if what := unknown_sheet(catalog, office, template):
            gone.setdefault(what, []).append(seq)
    return [
        f"指标目录里没有{what}，第 {_listed(numbers)}报送却是它的：数照常计，再报的同一个月不会替换它，报送情况看不到它；"
        "改了名的，请在指标目录里改回原来的代码或名称后重新启动，或撤回这几份再重新报送。"
        for what, numbers in gone.items()
    ]


def unknown_sheet(catalog: Catalog, office: str, template: str) -> str:
    """What of an office and a template the catalogue in force does not have, in words; empty when it has both."""
    if office not in catalog.offices:
        return f"科室「{office}」"
    known = template == catalog.offices[office].template or template in catalog.ledgers
    return "" if known else f"{catalog.offices[office].name}的报表「{template}」"


def uncounted(catalog: Catalog, rows: Sequence[tuple[str, date, int, int]]) -> list[str]:
    """
    The sentences about figures of organisations that the catalogue in force does not have in their month or that do not report, one for each.

    Args:
        catalog: The catalogue in force.
        rows: As uncounted.sql gives them.

    """
    return [_uncounted(catalog, code, list(filed)) for code, filed in groupby(rows, key=itemgetter(0))]


def _uncounted(catalog: Catalog, code: str, filed: Sequence[tuple[str, date, int, int]]) -> str:
    org = catalog.orgs.get(code)
    why, way_out = _outlived(catalog, org, filed) if org and org.reports else _unplaced(org, code)
    months = few([month.chinese for month in dict.fromkeys(Month.of(day) for _, day, _, _ in filed)], "个月")
    numbers, figures = [seq for _, _, seq, _ in filed], sum(figures for *_, figures in filed)
    return f"{why}，在库却有它 {months}的 {figures} 个数（第 {_listed(numbers)}报送），没有计入；{way_out}。"


def _unplaced(org: Organisation | None, code: str) -> tuple[str, str]:
    """Why figures of an organisation that reports in no month do not count, and the way out."""
    if org:
        return f"指标目录 orgs.toml 里{org.name}（{code}）自己不报数", "请把这个代码留给报数的那个机构（如局本级），上级机构另起代码，再重新启动"
    way_out = "指标目录放错的，请核对 --catalog 或 KPI_CATALOG；机构代码改过的，请改回；机构撤销了的，请在 orgs.toml 里留着它，写 until，再重新启动"
    return f"指标目录里没有机构「{code}」", way_out


def _outlived(catalog: Catalog, org: Organisation, filed: Sequence[tuple[str, date, int, int]]) -> tuple[str, str]:
    """Why figures of months in which there is no such organisation do not count, and the way out."""
    first, last = Month.of(filed[0][1]), Month.of(filed[-1][1])
    early, late = org.first is not None and first < org.first, org.last is not None and last > org.last
    life = "，".join([*([f" {org.first.chinese}才设立"] if early and org.first else []), *([f"只到 {org.last.chinese}"] if late and org.last else [])])
    keys = "、".join([*(["from"] if early else []), *(["until"] if late else [])])
    heir = carried_on_by(catalog.tree, org.code, last) if late else None
    way_out = (
        f"日期写错了的，请改正指标目录 orgs.toml 里这个单位的 {keys} 后重新启动；日期没有错的，请撤回这些报送，改选{heir.name if heir else '对的单位'}重新报送"
    )
    return f"{org.name}{life}", way_out


def _listed(numbers: Sequence[int]) -> str:
    """The numbers of submissions: 3、4 号."""
    return "、".join(map(str, numbers[:NAMED])) + (f" 等 {len(numbers)} 份" if numbers[NAMED:] else " 号")


def _cause(error: IncomputableError) -> str:
    return f"内容不能用（{str(error.__cause__).splitlines()[0]}）"


def _largest(facts: pa.Table) -> str:
    """The cell of the largest figure, which is the likeliest to be wrong."""
    cells = zip(*(facts[name].to_pylist() for name in ("value", "sheet", "cell", "raw")), strict=True)
    value, sheet, cell, raw = max(((abs(value or Decimal(0)), *rest) for value, *rest in cells), default=(0, "", "", ""))
    return f"（最大的是 {sheet}!{cell} 的「{raw}」）" if value else ""
