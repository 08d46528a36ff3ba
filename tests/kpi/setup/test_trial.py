"""Trying a catalogue: the stored originals read again under it, and each figure of the boards that would be something else."""

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from kpi.catalog.load import load
from kpi.cli.app import main
from kpi.errors import KpiError
from kpi.setup.trial import CatalogTrial, try_catalog
from kpi.workbook.writing.definition_book import write_definitions
from tests.faults import filled


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with forms, a correction, a withdrawal, an answer and a ledger whose upload is not kept."""
    folder = tmp_path_factory.mktemp("trial") / "data"
    filled.fill(folder)
    return folder


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A copy of its catalogue, to be changed."""
    return Path(shutil.copytree(filled.CATALOG, tmp_path / "改过的目录"))


def changed(catalog: Path, file: str, before: str, after: str) -> Path:
    """The catalogue with other words in one of its files."""
    text = (catalog / file).read_text("utf-8")
    assert before in text
    (catalog / file).write_text(text.replace(before, after, 1), "utf-8")
    return catalog


def tried(catalog: Path, data: Path) -> CatalogTrial:
    return try_catalog(catalog, data, filled.CATALOG)


def test_the_catalogue_in_force_changes_nothing(catalog, data):
    """Of the 17 entries six forms count and both months of the ledger: the corrected and the withdrawn one do not."""
    trial = tried(catalog, data)

    assert [submission.seq for submission in trial.retaken.taken] == [1, 2, 3, 8, 10]
    assert [submission.seq for submission in trial.retaken.carried] == [4, 5]
    assert (trial.retaken.refused, trial.months, trial.changes, trial.figures) == ([], 2, (), 0)


def test_another_formula_shows_both_values_and_says_why(catalog, data):
    """October: (392 + 280) of 700 are 96 %; divided by the shops, 672 of 2,100 are 32 %."""
    trial = tried(changed(catalog, "food.toml", 'denominator = "food_tested"', 'denominator = "food_shops"'), data)

    assert trial.retaken.refused == []
    [october] = [drift for change in trial.changes if change.period == filled.OCTOBER for drift in change.drifts]
    assert october.differences[:2] == ("现行 96.0%", "改后 32.0%（-64.0 个百分点）")
    assert "口径由「食品合格批次 ÷ 食品检验批次 × 100%」改为「食品合格批次 ÷ 食品经营户 × 100%」" in october.words


def test_a_measure_that_is_gone_takes_its_indicator_and_the_rows_of_forms_along(catalog, data):
    """双随机检查 is asked for no more: its indicator goes from the board, the sheet of nothing else is refused."""
    text = (catalog / "credit.toml").read_text("utf-8")
    _, entities = text.split("\n\n", 1)
    (catalog / "credit.toml").write_text(entities.partition("[[indicator]]")[0], "utf-8")
    changed(catalog, "targets/2023.toml", (catalog / "targets" / "2023.toml").read_text("utf-8").partition("\n\n")[2], "")

    trial = tried(catalog, data)

    assert [refused.submission.seq for refused in trial.retaken.refused] == [10]
    assert "没有读出任何数" in trial.retaken.refused[0].why
    assert {drift.indicator: drift.differences for change in trial.changes if change.period == filled.OCTOBER for drift in change.drifts} == {
        "visits": ("现行 500 家次", "改后没有这一项")
    }


def test_an_office_that_is_gone_leaves_its_sheets_out_by_number(catalog, data):
    """The other office goes on; of the credit sheets 3 and 10 it is said that nobody owns them."""
    (catalog / "credit.toml").unlink()
    offices = (catalog / "offices.toml").read_text("utf-8")
    (catalog / "offices.toml").write_text("[[office]]" + offices.split("[[office]]")[1], "utf-8")
    changed(catalog, "targets/2023.toml", (catalog / "targets" / "2023.toml").read_text("utf-8").partition("\n\n")[2], "")

    trial = tried(catalog, data)

    assert [refused.submission.seq for refused in trial.retaken.refused] == [3, 10]
    assert [submission.seq for submission in trial.retaken.taken] == [1, 2, 8]
    assert [(drift.indicator, drift.now) for change in trial.changes for drift in change.drifts] == [("visits", None)] * 2


def test_nothing_of_the_data_folder_is_changed(catalog, data):
    before = {path: sha256(path.read_bytes()).hexdigest() for path in sorted(data.rglob("*")) if path.is_file()}

    tried(changed(catalog, "food.toml", 'denominator = "food_tested"', 'denominator = "food_shops"'), data)

    assert {path: sha256(path.read_bytes()).hexdigest() for path in sorted(data.rglob("*")) if path.is_file()} == before


def test_a_catalogue_with_faults_is_refused_before_anything_is_copied(catalog, data):
    with pytest.raises(KpiError, match="food_nothing"):
        tried(changed(catalog, "food.toml", 'denominator = "food_tested"', 'denominator = "food_nothing"'), data)


def test_the_command_prints_sentences_and_a_document(catalog, data, capsys):
    changed(catalog, "food.toml", 'denominator = "food_tested"', 'denominator = "food_shops"')
    typed = ["try", str(catalog), "--data", str(data), "--catalog", str(filled.CATALOG)]

    assert main(typed) == 0
    printed, complaints = capsys.readouterr()
    assert "已" not in complaints  # the copy has no database yet, which is nothing to tell of
    first, second, *_ = printed.splitlines()
    assert first == "照改过的目录又读了 5 份报送，2 份台账没有留原件，沿用当时计出的数；比较了 2 个月的看板，2 个月里有 2 个数会变。"
    assert second == "2023 年 11 月："
    book = catalog.with_suffix(".xlsx")
    book.write_bytes(write_definitions(load(catalog)))
    assert main(["try", str(book), *typed[2:], "--json"]) == 0  # as a workbook it is the same
    document = json.loads(capsys.readouterr().out)
    assert [(board["period"], [change["indicator"] for change in board["changes"]]) for board in document["boards"]] == [
        ("2023-11", ["food_pass_rate"]),
        ("2023-10", ["food_pass_rate"]),
    ]
    assert (document["taken"], [submission["seq"] for submission in document["carried"]], document["refused"]) == (5, [4, 5], [])


def test_what_is_nothing_is_said(data, capsys):
    assert main(["try", "没有", "--data", str(data)]) == 1
    assert capsys.readouterr().err == "没有「没有」；请写指标目录的文件夹，或 catalog export 写的工作簿。\n"
