"""A small catalogue of two offices, sheets drawn as text, and one parser for all tests."""

from collections.abc import Callable, Iterator

import pytest

from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.office import Office
from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.process.parser import Parser

Draw = Callable[..., Sheet]


@pytest.fixture(scope="session")
def parser() -> Iterator[Parser]:
    with Parser() as parser:
        yield parser


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """食品科 with a measure of every kind and 药品科 with three."""
    offices = (
        Office(code="food", name="食品安全协调科", aliases=("食品科",), parent="bureau", order=1, template="食品安全协调科月报表"),
        Office(code="drug", name="药品监管科", parent="bureau", order=2, template="药品监管科月报表"),
    )
    flow, stock, standard, rate = MeasureKind.FLOW, MeasureKind.STOCK, MeasureKind.STANDARD, MeasureKind.RATE
    measures = (
        _measure("tested", "检验批次（不含在检）", "抽检", "批次", flow, aliases=("检验批次", "已检验批次")),
        _measure("passed", "合格批次", "抽检", "批次", flow),
        _measure("pass_rate", "抽检合格率", "抽检", "%", rate, decimals=1),
        _measure("fines", "罚没款", "执法", "万元", flow, decimals=4),
        _measure("growth", "净增户数", "主体", "户", flow, signed=True),
        _measure("entities", "期末市场主体总量", "主体", "户", stock),
        _measure("days", "企业开办时限", "主体", "工作日", standard, decimals=1),
        _measure("trained", "培训人次", "宣传", "人（次）", flow),
        _measure("shops", "药店检查家次", "药品", "家次", flow, office="drug"),
        _measure("batches", "药品抽检批次", "药品", "批次", flow, office="drug"),
        _measure("reports", "不良反应报告", "药品", "例", flow, office="drug"),
    )
    return Catalog(
        bureau="区市场监管局",
        offices={office.code: office for office in offices},
        measures={measure.code: measure for measure in measures},
        indicators={},
        relations={},
        systems={},
        targets={},
        digest="0" * 64,
    )


def _measure(code: str, name: str, topic: str, unit: str, kind: MeasureKind, *, office: str = "food", **more: object) -> Measure:
    return Measure.model_validate({"code": code, "name": name, "office": office, "topic": topic, "unit": unit, "kind": kind, **more})


@pytest.fixture
def draw() -> Draw:
    """
    Draw a sheet as text: a line is a row, ``|`` parts the cells.

    A number becomes a number cell and ``2023-11-23`` a date cell; ``'12`` is the text 12, ``#DIV/0!`` an error and
    ``=A1`` a formula without a saved result.
    """

    def drawn(text: str, name: str = "报表", **more: object) -> Sheet:
        lines = [line for line in text.strip().splitlines() if line.strip()]
        rows = {row: {column: cell for column, part in enumerate(line.split("|")) if (cell := _cell(part.strip()))} for row, line in enumerate(lines)}
        return Sheet(name, rows, **more)  # type: ignore[arg-type]

    return drawn


def _cell(text: str) -> Cell | None:
    if not text:
        return None
    if text.startswith("'"):
        return Cell(CellKind.TEXT, text[1:])
    if text.startswith("#"):
        return Cell(CellKind.ERROR, text)
    if text.startswith("="):
        return Cell(CellKind.UNCACHED, text)
    if text in ("TRUE", "FALSE"):
        return Cell(CellKind.BOOL, text)
    if len(text) == 10 and text[4] == text[7] == "-":
        return Cell(CellKind.DATE, text)
    plain = text.removesuffix("%").removeprefix("-").replace(".", "", 1)
    return Cell(CellKind.NUMBER if plain.isascii() and plain.isdigit() else CellKind.TEXT, text)
