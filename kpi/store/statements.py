"""
The SQL of the store: one file of ``sql/``, one statement (the schema and the year have several), read and parsed once.

A statement is used whole.  Some of them select from a view, a name that is no table: `with_views` puts other whole
statements before it under these names, as common table expressions, where they also hide a table of the same name.  So
what is summed year to date and what is summed over a quarter are one text.  The names of tables, which cannot be
parameters, are written into a statement here and nowhere else.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

import duckdb


@cache
def statement(name: str) -> str:
    """The text of ``sql/<name>.sql``."""
    return files("kpi.store").joinpath("sql", f"{name}.sql").read_text("utf-8")


def with_views(name: str, **views: str) -> str:
    """
    The statement ``sql/<name>.sql`` with the views that it selects from.

    Args:
        name: The statement.
        views: By the name of each view the statement that makes it; one may select from those before it.

    """
    if not views:
        return statement(name)
    listed = ", ".join(f"{view} as ({text})" for view, text in views.items())
    return f"with {listed} from ({statement(name)})"  # the engine keeps the order of the rows of one table or subquery


def reckoning(begins: int) -> str:
    """The statements by which all others know which year a month belongs to, where a year begins with that month (1 to 12)."""
    return statement("reporting_year").replace("$begins", str(int(begins)))


def all_of(table: str) -> str:
    """The statement that gives all rows of a table."""
    return f'select * from "{table}"'


def insertion(table: str, rows: str, order: str = "") -> str:
    """The statement that appends the rows of another to a table; ``order``: the columns by which they are laid down."""
    return f'insert into "{table}" ' + (f"from ({rows}) order by {order}" if order else rows)


def creation(table: str, rows: str) -> str:
    """The statement that makes a table of the rows of another statement, in place of one of that name."""
    return f'create or replace table "{table}" as {rows}'


def creation_aside(table: str, rows: str) -> str:
    """The statement that makes a table of the rows of another, which hides one of that name from the same connection alone."""
    return f'create or replace temp table "{table}" as from "{rows}"'


def emptying(table: str) -> str:
    """The statement that removes all rows of a table."""
    return f'delete from "{table}"'


def ending(table: str) -> str:
    """The statement that removes the rows of a table that are of the demonstration."""
    return f'delete from "{table}" where demo'


@lru_cache(maxsize=256)
def parsed(sql: str) -> duckdb.Statement:
    """One statement, to be run by any connection: parsing a long one anew takes a sixth to a fifth of the time of running it."""
    with _parser().cursor() as cursor:
        [only] = cursor.extract_statements(sql)
    return only


def run(connection: duckdb.DuckDBPyConnection, sql: str, asked: Mapping[str, object]) -> duckdb.DuckDBPyConnection:
    """Run one statement, with those of some parameters that it has."""
    prepared = parsed(sql)
    return connection.execute(prepared, {name: asked[name] for name in prepared.named_parameters})


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:", config={"threads": 1})
