"""What is kept in memory has a bound: a server that runs for months must not grow with what is asked of it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = [ROOT / "app.py", *(path for top in ("kpi", "pages") for path in sorted((ROOT / top).rglob("*.py")))]

WITHOUT_A_SIZE = {
    "kpi/access/passwords.py _nobodys": "of no argument",
    "kpi/cli/app.py _commands": "of no argument",
    "kpi/compute/flat_row.py types": "of no argument",
    "kpi/compute/flat_row.py defaulted": "of no argument",
    "kpi/compute/flat_row.py _hints": "by class",
    "kpi/meeting/frozen_rows.py _hints": "by class",
    "kpi/meeting/reasons.py submission": "goes with the explanation of one edition",
    "kpi/meeting/reasons.py _counting_for": "goes with the explanation of one edition",
    "kpi/meeting/follow_up_matters.py _sheet_dates": "goes with one list of follow-ups",
    "kpi/meeting/follow_up_matters.py partial": "goes with one list of follow-ups",
    "kpi/store/clock.py _named": "by the zone of the setting",
    "kpi/store/statements.py statement": "by file of SQL",
    "kpi/store/statements.py _parser": "of no argument",
    "kpi/workbook/process/sniffing.py _stream": "by name of a stream that stands in the code",
    "kpi/workdays.py is_published": "by year, of which there are 9999",
    "pages/widgets/running.py _open": "of no argument",
    "pages/widgets/running.py admission": "of no argument",
}
"""Caches that name no size, and by what they are bounded all the same; docs/developing.md says where the others are."""


def test_every_cache_has_a_bound() -> None:
    """A new one names its size, or is written down here with what bounds it."""
    seen = {f"{path.relative_to(ROOT).as_posix()} {name}" for path in SOURCES for name in boundless(ast.parse(path.read_text("utf-8")))}
    assert seen == set(WITHOUT_A_SIZE)


def boundless(tree: ast.Module) -> Iterator[str]:
    """The functions that a module keeps the answers of without a size: decorated, or wrapped in a call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (node.name for decorator in node.decorator_list if is_boundless(decorator))
        elif isinstance(node, ast.Call) and called(node) == "cache":
            kept = node.args[0] if node.args else None
            while isinstance(kept, ast.Call):
                kept = kept.func
            yield kept.attr if isinstance(kept, ast.Attribute) else kept.id if isinstance(kept, ast.Name) else "?"


def is_boundless(decorator: ast.expr) -> bool:
    """Whether a decorator keeps answers without a size; a property that is computed once goes with its object."""
    name = called(decorator)
    if name == "cache":
        return True
    if name == "lru_cache":
        sizes = [*decorator.args, *(word.value for word in decorator.keywords if word.arg == "maxsize")] if isinstance(decorator, ast.Call) else [0]
        return any(isinstance(size, ast.Constant) and size.value is None for size in sizes)
    if name in ("cache_resource", "cache_data"):
        return not (isinstance(decorator, ast.Call) and any(word.arg == "max_entries" for word in decorator.keywords))
    return False


def called(node: ast.expr) -> str:
    """The last name of what a decorator or a call names."""
    named = node.func if isinstance(node, ast.Call) else node
    return named.attr if isinstance(named, ast.Attribute) else named.id if isinstance(named, ast.Name) else ""


def test_the_check_sees_each_way_to_keep_answers() -> None:
    """Else it would say of anything that it is bounded."""
    tree = ast.parse(
        "@cache\ndef a(): ...\n@functools.lru_cache(maxsize=None)\ndef b(): ...\n@lru_cache(None)\ndef c(): ...\n@st.cache_data\ndef d(): ...\n"
        "@lru_cache(8)\ndef e(): ...\n@lru_cache\ndef f(): ...\n@st.cache_data(max_entries=2)\ndef g(): ...\nh = cache(partial(i, 1))\nj = cache(self.k)\n"
    )
    assert sorted(boundless(tree)) == ["a", "b", "c", "d", "k", "partial"]
