"""The words that our own template says (模板用语), in its cells and outside of them."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from kpi.catalog.model import Catalog
from kpi.period import Month
from kpi.workbook.process.child.outside_texts import rule_words
from kpi.workbook.writing.template import fill_template

_ANY_MONTH = Month(2000, 1)
_RULE_TEXTS = ("input_title", "input_message", "error_title", "error_message")


@lru_cache(maxsize=1024)
def template_words(catalog: Catalog, office: str, org: str | None) -> frozenset[str]:
    """Every text that the template of an office says for the first month of 2000."""
    book = _Book()
    fill_template(book, catalog, office, _ANY_MONTH, org=org)
    return frozenset(text.strip() for text in book.words)


class _Book:
    """What a writer of sheets takes for a workbook of XlsxWriter; the words are kept and nothing else."""

    def __init__(self) -> None:
        self.words: set[str] = set()

    def add_format(self, properties: Mapping[str, object]) -> None:
        """A look says nothing."""

    def set_properties(self, properties: Mapping[str, object]) -> None:
        self.words |= {text for text in properties.values() if isinstance(text, str)}

    def add_worksheet(self, name: str) -> "_Sheet":
        self.words.add(name)
        return _Sheet(self.words)


class _Sheet:
    """A sheet of it; widths, panes, numbers and locks say nothing."""

    def __init__(self, words: set[str]) -> None:
        self._words = words

    def write_string(self, row: int, column: int, text: str, *_: object) -> None:
        self._words.add(text)

    def merge_range(self, first_row: int, first_column: int, last_row: int, last_column: int, text: str, *_: object) -> None:
        self._words.add(text)

    def set_footer(self, text: str) -> None:
        self._words.add(text)

    def data_validation(self, first_row: int, first_column: int, last_row: int, last_column: int, rule: Mapping[str, Any]) -> None:
        self._words |= {rule[name] for name in _RULE_TEXTS if name in rule}
        if rule["validate"] == "custom":
            self._words.add(rule_words(rule["value"].removeprefix("=")))

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_, **__: None
