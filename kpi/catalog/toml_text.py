"""
The text of one catalogue file: the tables one below another as a person would write them, long lists over several lines.

Every text, number and day is spelled by tomlkit, so that it is read back as it was, whatever signs it holds.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import tomlkit
from tomlkit.items import Array, InlineTable, Item, SingleKey

from kpi.catalog.plain_tables import PlainTable

_WIDEST = 150  # characters of a line; a longer list is broken
_HEADED = {"values", "earlier"}  # tables within a table that have a heading of their own; the others stand in a line
_SECTIONS = {
    "measure": "数据项：科室填报的数",
    "indicator": "指标：由数据项计算，不填报",
    "relation": "勾稽关系",
    "system": "平台、台账与专项行动",
    "sentence": "总结句式：写进工作总结的句子",
    "column": "准许读取和保留的列，没有列出的一律不读",
    "figure": "由这些列得出的数据项",
}


def toml_text(document: PlainTable, comment: str) -> str:
    """
    A file.

    Args:
        document: Fields, and lists of tables by noun, which come after them.
        comment: What the file holds, for its first line.

    """
    nouns = {key: value for key, value in document.items() if isinstance(value, list) and any(isinstance(item, dict) for item in value)}
    pieces = [f"# {_one_line(comment)}\n"]
    if own := "".join(_lines({key: value for key, value in document.items() if key not in nouns})):
        pieces.append(own)
    for noun, tables in nouns.items():
        if len(nouns) > 1:
            pieces.append(f"# ── {_SECTIONS[noun]} ──\n")
        pieces += (_table(noun, table) for table in tables)
    return "\n".join(pieces)


def _one_line(text: str) -> str:
    """A text without the signs that may not stand in a comment: a name may hold a line break."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _table(noun: str, table: Mapping[str, object]) -> str:
    headed = {key: value for key, value in table.items() if key in _HEADED and isinstance(value, dict | list)}
    lines = [f"[[{noun}]]\n", *_lines({key: value for key, value in table.items() if key not in headed})]
    for key, inner in headed.items():
        if isinstance(inner, dict):
            lines += [f"[{noun}.{key}]\n", *_lines(inner)]
        else:
            for item in inner:
                lines += [f"\n[[{noun}.{key}]]\n", *_lines(item)]
    return "".join(lines)


def _lines(fields: Mapping[str, object]) -> Iterator[str]:
    """Each field in its line, or in several where it is a long list."""
    for key, value in fields.items():
        line = _line(key, _item(value))
        if len(line) > _WIDEST and isinstance(value, list):
            line = _line(key, _broken(value))
        yield line


def _line(key: str, item: Item) -> str:
    """As a document of this field alone is spelled, which takes twice as long to make."""
    return f"{SingleKey(key).as_string()} = {item.as_string()}\n"


def _broken(items: Iterable[object]) -> Array:
    array = _array(items)
    array.multiline(multiline=True)
    return array


def _item(value: object) -> Item:
    match value:
        case Decimal():
            return tomlkit.value(_spelled(value))
        case list():
            return _array(value)
        case dict():
            table: InlineTable = tomlkit.inline_table()
            for key, inner in value.items():
                table.append(key, _item(inner))
            return table
    return tomlkit.item(value)


def _array(items: Iterable[object]) -> Array:
    array = tomlkit.array()
    for item in items:
        array.append(_item(item))
    return array


def _spelled(number: Decimal) -> str:
    """A number with its digits; one without a point in exponents, as TOML tells numbers with a point by it."""
    text = str(number).lower()
    return text if "." in text or "e" in text else f"{text}.0"
