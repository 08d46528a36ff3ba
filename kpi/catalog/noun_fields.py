"""
How a field of the catalogue is called and filled in, in Chinese: what a workbook or a form of the catalogue is made from.

A noun (科室, 数据项, 指标 …) is a sheet, each of its entries a row and each of its fields a column.  What an entry holds several
of (the parents of an organisation, the conditions of a figure) is a sheet of its own, whose first columns say of which entry.
The sheets themselves stand in `noun_sheets`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FieldKind(StrEnum):
    """What is written in a cell; the values are what the guide of the workbook says."""

    TEXT = "文字"
    TEXTS = "几项文字，用、隔开"
    CODE = "代码"
    CODES = "几个代码，用、隔开"
    WORD = "从所列的词中选"
    YES_NO = "是、否"
    WHOLE = "整数"
    WHOLES = "几个整数，用、隔开"
    NUMBER = "数"
    DAY = "日期，如 2026-11-23"
    MONTH = "月份，如 2024-07"
    FORMULA = "公式"
    STEPS = "日期：数，几个用、隔开"


@dataclass(frozen=True, slots=True)
class NounField:
    """
    A field: a column of the sheet of its noun.

    ``key`` is the field of the table, with a point where it lies in an inner table (``score.points``) or list
    (``monthly.0``).  ``words`` are the Chinese words of the values a field may take.  ``leads_to`` is the noun whose codes it
    takes.  ``apart`` is true where it stands in no table because the name of the file says it, or because it ties a row to its entry.
    """

    key: str
    heading: str
    meaning: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    leads_to: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class NounSheet:
    """The fields of a noun, or of what an entry of the noun ``below`` holds several of under the field ``inside``."""

    noun: str
    title: str
    meaning: str
    fields: tuple[NounField, ...]
    below: str = ""
    inside: str = ""

    def field(self, key: str) -> NounField:
        """The field of a key."""
        return next(field for field in self.fields if field.key == key)
