"""The SQL of the store: whole statements from their files, and the one way to put several together."""

import ast
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest

from kpi.store import statements
from kpi.store.connection import in_memory
from kpi.store.statements import all_of, creation, emptying, insertion, statement, with_views

SQL = sorted(path.name.removesuffix(".sql") for path in files("kpi.store").joinpath("sql").iterdir() if path.name.endswith(".sql"))
STORE = Path(statements.__file__).parent
VERBS = ("select ", "insert ", "delete ", "create ", "update ", "with ", "from ")


@pytest.mark.parametrize("name", [name for name in SQL if name not in ("schema", "reporting_year")])  # which make tables and functions
def test_a_file_is_one_statement_that_says_its_grain(name: str) -> None:
    """What it gives or does is said in its first line, so that a reader need not work it out."""
    text = statement(name)
    assert text.startswith("-- ")
    assert len(duckdb.extract_statements(text)) == 1


def test_no_statement_is_written_in_python() -> None:
    """Every query is a file of its own; only `statements` puts the names of tables and views into text."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted(STORE.glob("*.py"))
        if path.name != "statements.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lower().startswith(VERBS) and " " in node.value.strip()
    ]
    assert found == []


def test_every_file_is_asked_for() -> None:
    """A statement that nothing names would be forgotten by the next change of the schema."""
    named = {
        node.value
        for path in Path(STORE.parent).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [name for name in SQL if name not in named and not name.startswith("forget_")] == []


def test_a_view_stands_where_the_statement_names_it_even_before_a_table_of_that_name() -> None:
    """2 and 3 stand in the view, 1 and 2 in the other; 1 and 3 are in one of the two alone."""
    differing = with_views("differing", stored="select unnest([1, 2]) as seq", expected="select unnest([2, 3]) as seq")
    with in_memory() as connection:
        assert connection.execute(with_views("differing_numbers", differing=differing)).fetchall() == [(1,), (3,)]
        connection.execute(creation("remark", "select 7 as seq"))
        hiding = with_views("log_numbers", remark="select 9 as seq", entry=all_of("remark"))
        assert connection.execute(hiding).fetchall() == [(9,)]


def test_rows_are_laid_down_in_the_order_that_is_asked_for() -> None:
    """3, 1, 2 asked for by number lie as 1, 2, 3; emptied, nothing lies there."""
    with in_memory() as connection:
        connection.execute(creation("numbers", "select 0 as seq where false"))
        connection.execute(insertion("numbers", "select unnest([3, 1, 2])", order="1"))
        assert connection.execute(all_of("numbers")).fetchall() == [(1,), (2,), (3,)]
        connection.execute(emptying("numbers"))
        assert connection.execute(all_of("numbers")).fetchall() == []


@pytest.mark.parametrize("name", ["speaking", "contributions_of_year", "running_sums", "figure", "common", "part", "rollup"])
def test_what_every_commit_runs_is_cheap_to_plan(name: str) -> None:
    """For a filtered aggregate, a distinct count and a window over wide rows the engine lays out all columns again, however few rows there are."""
    lines = [line.partition("--")[0] for line in statement(name).splitlines()]
    assert [line for line in lines if "filter (" in line or "count(distinct" in line or ") over " in line] == []
