"""
One table of a catalogue file becomes one noun of the catalogue, or the Chinese lines that say why it cannot.

pydantic finds the faults of a table; its English words and its paths are put into the words of the files here.
Formulas are parsed before, each on its own, so that a table with three faults names three.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kpi.catalog.area import Area
from kpi.catalog.earlier_definition import EarlierDefinition
from kpi.catalog.fault_line import Where, nearest
from kpi.catalog.formula import Expression, FormulaNames, MeasuresOnly, parse_expression, parse_linear
from kpi.catalog.formula_sums import FormulaError
from kpi.catalog.frozen_model import FrozenModel
from kpi.catalog.indicator import Indicator
from kpi.catalog.indicators_in_formulas import PARTS, read_earlier, read_parts
from kpi.catalog.ledger import Condition, Ledger, LedgerColumn, LedgerFigure
from kpi.catalog.measure import Measure
from kpi.catalog.office import Office, System
from kpi.catalog.organisation import Organisation, Parent
from kpi.catalog.relation import Relation
from kpi.catalog.sentence import SummarySentence
from kpi.catalog.target import Milestone, Reference, Score, Target

Noun = TypeVar("Noun", Organisation, Area, Office, Measure, Indicator, Relation, System, SummarySentence, Target, Ledger, LedgerColumn, LedgerFigure, Reference)

CHINESE = {
    "org": "机构",
    "area": "板块",
    "office": "科室",
    "measure": "数据项",
    "indicator": "指标",
    "relation": "勾稽关系",
    "system": "平台",
    "sentence": "总结句式",
    "target": "目标",
    "ledger": "台账",
    "column": "列",
    "figure": "取数",
    "reference": "参考数",
}
KEY = {"relation": "id", "system": "id", "sentence": "id", "target": "indicator", "column": "name", "figure": "measure"}  # the others are known by their code

# tables within a table; the others are conditions
_INNER: dict[str, type[FrozenModel]] = {"score": Score, "milestones": Milestone, "parents": Parent, "earlier": EarlierDefinition}
_QUOTED = re.compile(r"'([^']*)'")
_SIDES = ("left", "right")
_EXPECTED = {
    "string": "应为带引号的文字",
    "int": "应为整数",
    "bool": "应为 true 或 false",
    "tuple": "应为方括号里的列表",
    "dict": "应为一张表：每个词等于方括号里的其他写法",
    "model": "应为花括号里的一个条件",
    "month": '应为月份，写成带引号的 "2024-07"',
    "date": "应为日期，如 2026-11-23，不加引号",
    "decimal": "应为数字",
    "finite": "应为数字",
}


def where(file: str, noun: str, position: int, table: Mapping[str, object]) -> Where:
    """How the table is found in its file; ``position`` counts from 1."""
    code = table.get(KEY.get(noun, "code"))
    return Where(file, f"{CHINESE[noun]} {code}" if isinstance(code, str) and code else f"第 {position} 个{CHINESE[noun]}")


def build(
    model: type[Noun], table: Mapping[str, object], place: Where, filled: Mapping[str, object], names: FormulaNames | None = None
) -> tuple[Noun | None, list[str]]:
    """
    Make one entry.

    Args:
        model: The noun the table describes.
        table: The table as TOML has it.
        place: Where it stands, for the faults.
        filled: Fields the loader knows from the file's name; a table may not state them.
        names: What the codes of formulas mean that are no measures; nothing unless told.

    Returns:
        The entry, None when it has faults, and the faults.

    """
    faults = [place.says(f"{key} 由文件名决定，请删去这一行") for key in filled if key in table]
    fields: dict[str, object] = {**table, **filled}
    if issubclass(model, Indicator):
        fields = _with_parts(fields, place, names or MeasuresOnly(), faults)
    for key in _SIDES:
        if key in fields and key in model.model_fields and (parsed := _side(key, fields.pop(key), place, faults)) is not None:
            fields[key] = parsed
    try:
        entry = model.model_validate(fields)
    except ValidationError as error:
        faults += [place.says(_words(detail, model)) for detail in error.errors()]
        return None, faults
    return (None if faults else entry), faults


def _with_parts(fields: Mapping[str, object], place: Where, names: FormulaNames, faults: list[str]) -> dict[str, object]:
    """The fields of an indicator with its formulas read; where the numerator is faulty another stands in, so that other faults are found."""
    wrong: list[str] = []
    formulas, scale = read_parts(fields, names, wrong)
    faults += [place.says(words) for words in wrong]
    read: dict[str, object] = {key: value for key, value in fields.items() if key not in PARTS} | formulas
    if isinstance(earlier := fields.get("earlier"), list):
        read["earlier"] = [read_earlier(table, names) if isinstance(table, dict) else table for table in earlier]
    if "numerator" in fields and "numerator" not in formulas:
        read["numerator"] = parse_linear("a")
    return read if scale is None else read | {"scale": scale}


def _side(key: str, text: object, place: Where, faults: list[str]) -> Expression | None:
    """A side of a relation."""
    if not isinstance(text, str):
        faults.append(place.says(f"{key} 是公式，应写在引号里"))
        return None
    try:
        return parse_expression(text)
    except FormulaError as error:
        faults.append(place.says(f"{key} 的{error}"))
        return None


def _words(detail: ErrorDetails, model: type[Noun]) -> str:
    """One fault of pydantic in the words of the files."""
    (first, *steps), kind, seen = detail["loc"], detail["type"], detail["input"]
    key = str(first)
    item = "".join(f" 的第 {step + 1} 项" if isinstance(step, int) else f"的「{step}」" for step in steps)
    inner = str(steps[-1]) if steps else ""
    if kind == "missing":
        return f"{key}{_position(steps)}缺少 {inner}" if inner else f"缺少 {key}"
    if kind == "extra_forbidden":
        if inner:
            return f"{key}{_position(steps)}没有名为 {inner} 的字段{nearest(inner, _INNER.get(key, Condition).model_fields)}"
        return f"没有名为 {key} 的字段{nearest(key, model.model_fields)}"
    if kind == "enum":
        options = _QUOTED.findall(str(detail["ctx"]["expected"]))
        return f"{key}{item}{'' if item else ' '}的值「{seen}」不在可选值 {'、'.join(options)} 之内{nearest(str(seen), options)}"
    if kind == "formula":
        return f"{key}{item[: item.find(f'的「{inner}」')]}的 {inner} {detail['msg']}"
    expected = _EXPECTED.get(kind.split("_")[0], "写法不对")
    return f"{key}{item or ' '}{expected}，现为{_shown(seen)}"


def _position(steps: Sequence[int | str]) -> str:
    """Which item of a list a path leads through, counted from 1; a blank when it leads through none."""
    return next((f" 的第 {step + 1} 项" for step in steps if isinstance(step, int)), " ")


def _shown(seen: object) -> str:
    """A value as a person would have written it in the file."""
    if isinstance(seen, bool):
        return f" {str(seen).lower()}"
    return f" {seen}" if isinstance(seen, (int, Decimal)) else f"「{seen}」"
