"""How findings speak: numbers, lists of names, and a relation with its figures filled in."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from kpi.catalog.formula import Expression
from kpi.catalog.model import Catalog
from kpi.catalog.relation import RelationKind
from kpi.validation.relation_figures import Evaluated, Figures
from kpi.value import as_decimal

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}  # the same law, said from its right side
_ASKED = {"=": "应等于", "≈": "应约等于", "<": "应小于", "<=": "应不大于", ">": "应大于", ">=": "应不小于", "!=": "应不同于"}


def number_words(number: Decimal | Fraction | float, decimals: int | None = None) -> str:
    """A number for a sentence: whole when it is, else to so many digits, two unless told; what rounds to nought has no sign."""
    if isinstance(number, Fraction):  # which this Python cannot format
        number = as_decimal(number)
    text = f"{number:z.{decimals if decimals is not None else 2}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(number: float) -> str:
    """A number of the past as a sentence gives it: at most four digits after the point."""
    return number_words(number, 4)


def counted(number: object, unit: str) -> str:
    """A number with its unit as a sentence gives it: 30 批次, 97.8%."""
    return f"{number}{unit}" if unit.startswith("%") else f"{number} {unit}"


def several(names: Sequence[str], what: str = "数据项") -> str:
    """The first of some names and how many there are: 检验批次等 4 个数据项."""
    return f"{names[0]}等 {len(names)} 个{what}" if len(names) > 1 else names[0]


def relation_words(result: Evaluated, catalog: Catalog, figures: Figures, *, from_right: bool = False) -> str:
    """
    An evaluated relation in one line: 合格批次 44 + 不合格批次 7 = 51，应等于检验批次 54，差 -3.

    ``from_right``: begin with the right side, where that is what is pointed at: 检验批次 54，应等于合格批次 44 + 不合格批次 7 = 51，差 3.
    """
    relation = result.relation
    if relation.left is None or relation.right is None or result.left is None or result.right is None:
        return relation.name
    left, right = (_written(side, catalog, figures) for side in (relation.left, relation.right))
    if relation.kind is RelationKind.REACHABLE:
        return f"{left}% 不可能由分母 {right} 得出"
    left += f" = {number_words(result.left, relation.decimals)}" if len(relation.left.codes) > 1 else ""
    right += f" = {number_words(result.right, relation.decimals)}" if len(relation.right.codes) > 1 else ""
    difference, asked = result.difference, _ASKED[relation.op]
    if from_right:
        left, right, difference, asked = right, left, -difference if difference else None, _ASKED[_MIRRORED.get(relation.op, relation.op)]
    return f"{left}，{asked}{right}" + (f"，差 {number_words(difference, relation.decimals)}" if difference else "")


def _written(side: Expression, catalog: Catalog, figures: Figures) -> str:
    """A side with every code as name and number."""

    def spoken(match: re.Match[str]) -> str:
        code, years_back = match[1], int(bool(match[2]))
        name = ("上年同期" if years_back else "") + catalog.measures[code].name
        return f"{name} {figures[code, years_back].number}"

    return re.sub(r"([a-z][a-z0-9_]*)(@ly)?", spoken, side.text.replace("*", "×").replace("/", "÷"))
