"""The SQL of the store: one file, one statement (the schema alone has several), read once."""

from functools import cache
from importlib.resources import files


@cache
def statement(name: str) -> str:
    """The text of ``sql/<name>.sql``."""
    return files("kpi.store").joinpath("sql", f"{name}.sql").read_text("utf-8")
