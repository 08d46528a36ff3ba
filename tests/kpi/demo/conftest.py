"""The catalogue and the whole table, made once."""

import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.catalog.model import Catalog
from kpi.demo.demo_figures import DemoFigure, table
from kpi.period import Month


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load(DEFAULT)


@pytest.fixture(scope="session")
def figures(catalog: Catalog) -> dict[Month, dict[str, DemoFigure]]:
    return table(catalog)
