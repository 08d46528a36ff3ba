"""
A formula as people type it (公式), with names of measures or their codes, made one of codes.

What is a code already, a number or a sign stays as it is; signs of a Chinese keyboard become those of formulas.
"""

import re
from collections import defaultdict
from collections.abc import Mapping

from kpi.catalog.fault_line import nearest
from kpi.catalog.measure import CROSS
from kpi.catalog.model import Catalog
from kpi.workbook.definitions.field_reading import FieldError

LAST_YEAR = "上年同期"
_SIGNS = str.maketrans({"＋": "+", "－": "-", "—": "-", "×": "*", "＊": "*", "÷": "/", "／": "/", "（": "(", "）": ")", "＠": "@"})
_PLAIN = re.compile(r"[A-Za-z0-9_.@+\-*/(), \n]")
_MOST = 3  # codes that a sentence names


def coded(text: str, catalog: Catalog, office: str = "") -> str:
    """
    A formula with codes in the place of names.

    Args:
        text: As it was typed: ``合格批次 + 上年同期不合格批次``.
        catalog: Whose names they are.
        office: Whose measures are meant where several offices have one of a name.

    Raises:
        FieldError: A name is nobody's, or that of several.

    """
    names, written, place = _names(catalog), "", 0
    longest = max(map(len, names), default=0)
    while place < len(text):
        before = LAST_YEAR if text.startswith(LAST_YEAR, place) and not _longest(text, place, names, longest) else ""
        name = _longest(text, place + len(before), names, longest)
        if name:
            written += _code(name, names[name], catalog, office) + ("@ly" if before else "")
            place += len(before) + len(name)
            continue
        sign = text[place].translate(_SIGNS)
        if not _PLAIN.fullmatch(sign):
            raise _unknown(text[place:], names)
        written += sign
        place += 1
    return " ".join(written.split())


def _names(catalog: Catalog) -> Mapping[str, dict[str, str]]:
    """By name the offices of the measures that bear it, by code; of an indicator only where no measure does."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for measure in catalog.measures.values():
        for name in (measure.name, *measure.aliases):
            if not name.isascii() and CROSS not in name:
                names[name][measure.code] = measure.office
    for indicator in catalog.indicators.values():
        if not indicator.name.isascii() and indicator.name not in names:
            names[indicator.name] = {indicator.code: indicator.office}
    return names


def _longest(text: str, place: int, names: Mapping[str, object], longest: int) -> str:
    """The longest name that stands at a place; empty where none does."""
    return next((text[place : place + length] for length in range(min(longest, len(text) - place), 0, -1) if text[place : place + length] in names), "")


def _code(name: str, codes: Mapping[str, str], catalog: Catalog, office: str) -> str:
    own = [code for code, of in codes.items() if of == office]
    meant = own if len(own) == 1 else list(codes)
    if len(meant) == 1:
        return meant[0]
    shown = "、".join(f"{catalog.offices[codes[code]].name}的 {code}" for code in meant[:_MOST])
    raise FieldError(f"里的「{name}」有 {len(meant)} 个：{shown}{'等' if len(meant) > _MOST else ''}；请写代码")


def _unknown(rest: str, names: Mapping[str, object]) -> FieldError:
    word = re.split(r"[\s+\-*/()＋－×÷（）]", rest, maxsplit=1)[0] or rest[:1]
    return FieldError(f"里的「{word}」不是数据项的名称或代码{nearest(word, names)}；请改正")
