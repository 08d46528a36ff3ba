"""For every catalogue: a folder or a workbook of it says the same, whatever signs its texts hold."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kpi.catalog.folder_writing import write_folder
from kpi.catalog.load import DEFAULT, load
from kpi.catalog.model import Catalog
from kpi.catalog.plain_tables import documents_of
from kpi.workbook.definitions.definition_reading import read_definitions
from kpi.workbook.definitions.escaped_text import escaped, joined, parted, unescaped
from kpi.workbook.process.parser import Parser
from kpi.workbook.writing.definition_book import write_definitions
from tests.kpi.province import write_catalog
from tests.kpi.workbook.definitions.invented_catalogues import ODD, invented_catalogues
from tests.kpi.workbook.definitions.whole_catalogue import write_whole

LAW = settings(
    deadline=None,
    max_examples=20,
    phases=[Phase.explicit, Phase.generate],  # a whole catalogue takes hours to be made smaller; the texts alone are, below
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
PARTS = ("bureau", "offices", "measures", "indicators", "relations", "systems", "sentences", "targets", "ledgers", "references", "orgs", "areas", "first_month")
MOMENT = datetime(2026, 11, 29, 16, 0)  # noqa: DTZ001 - the time on the wall
TRAFFIC = Path(__file__).parents[3] / "traffic" / "catalog"


def everything(catalog: Catalog) -> dict[str, object]:
    """All that a catalogue says, entry by entry, in its order; the digest is of the bytes of the files."""
    parts = {part: getattr(catalog, part) for part in PARTS}
    return {part: list(value.items()) if isinstance(value, dict) else value for part, value in parts.items()}


def through_a_workbook(catalog: Catalog, parser: Parser) -> Catalog:
    return read_definitions(parser.definitions(write_definitions(catalog), "目录.xlsx"), "目录.xlsx")


@pytest.fixture(scope="module")
def parser():
    with Parser(places=1) as parser:
        yield parser


@pytest.fixture(params=["shipped", "traffic", "province", "whole"])
def catalog(request, tmp_path):
    folders = {"shipped": DEFAULT, "traffic": TRAFFIC}
    makers = {"province": write_catalog, "whole": write_whole}
    folder = folders.get(request.param) or makers[request.param](tmp_path)
    return load(folder)


def test_what_somebody_wrote_comes_back_from_a_folder(catalog, tmp_path):
    write_folder(catalog, tmp_path / "new", MOMENT)

    assert everything(load(tmp_path / "new")) == everything(catalog)


def test_what_somebody_wrote_comes_back_from_a_workbook(catalog, parser):
    assert everything(through_a_workbook(catalog, parser)) == everything(catalog)


@LAW
@given(invented_catalogues())
def test_whatever_is_written_comes_back(parser, catalog):
    """From a folder and from a workbook: to the last sign, and to the last digit of each number."""
    with TemporaryDirectory() as folder:
        write_folder(catalog, Path(folder) / "new", MOMENT)
        again = load(Path(folder) / "new")
    assert everything(again) == everything(catalog)
    assert repr(documents_of(again)) == repr(documents_of(catalog))

    again = through_a_workbook(catalog, parser)
    assert everything(again) == everything(catalog)
    assert repr(documents_of(again)) == repr(documents_of(catalog))


@given(ODD)
def test_a_text_comes_back_from_its_cell(text):
    cell = escaped(text)

    assert unescaped(cell) == text
    assert cell == cell.strip() != ""


@given(st.lists(ODD, max_size=5))
def test_a_list_comes_back_from_its_cell(texts):
    assert parted(joined(texts)) == texts
