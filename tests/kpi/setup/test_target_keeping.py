"""Targets of a table in the catalogue: beside what stands there, or in its place when somebody says so."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kpi.catalog.folder_writing import change_folder, write_folder
from kpi.catalog.load import load
from kpi.catalog.target import Score, TargetKind
from kpi.errors import CatalogError, RequestError
from kpi.period import CALENDAR_YEAR
from kpi.setup.target_keeping import with_targets
from kpi.setup.target_reading import TargetOptions, read_targets
from tests.kpi.setup.drawn import drawn_file
from tests.kpi.setup.target_bureau import bureau, read_drawn

MOMENT = datetime.datetime(2026, 11, 29, 16, 5, 9)  # noqa: DTZ001 - the time on the wall
TABLE = "2024年目标表\n指标 | 一季度 | 全年\n食品抽检批次 | 300 | 1200\n在册经营主体 |  | 9000"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The catalogue of the bureau as files, with a comment."""
    write_folder(bureau(), tmp_path / "目录", MOMENT)
    food = tmp_path / "目录" / "food.toml"
    food.write_text(f"# 自己的话\n{food.read_text('utf-8')}", "utf-8")
    return tmp_path / "目录"


def test_targets_get_a_file_of_their_year_and_indicators_their_kind(folder: Path) -> None:
    """What is read is in the folder; the file of the office whose indicator had no kind is written too, the others are as they were."""
    read = read_drawn(TABLE)

    change_folder(with_targets(bureau(), read.ready), folder, MOMENT)

    catalog = load(folder)
    assert list(catalog.targets.values()) == [(proposal.target,) for proposal in read.proposals]
    assert catalog.indicators["entities"].target_kind is TargetKind.FLOOR
    assert (folder / "food.toml").read_text("utf-8").startswith("# 自己的话\n")
    assert "milestones = [{on = 2024-03-31, share = 25}, {on = 2024-12-31, share = 100}]" in (folder / "targets" / "2024.toml").read_text("utf-8")


def test_the_same_table_again_changes_nothing(folder: Path) -> None:
    change_folder(with_targets(bureau(), read_drawn(TABLE).ready), folder, MOMENT)
    catalog = load(folder)
    again = read_targets(drawn_file("目标.xlsx", {"Sheet1": TABLE}), catalog)

    assert all(proposal.replaced == proposal.target for proposal in again.proposals)
    assert change_folder(with_targets(catalog, again.ready), folder, MOMENT) is None


def test_another_number_is_written_only_when_told(folder: Path) -> None:
    """The points of the former target stay: no table says them."""
    catalog = with_targets(bureau(), read_drawn(TABLE).ready)
    former = catalog.targets["lots", 2024][0].model_copy(update={"score": Score(points=Decimal(5)), "tolerance": Decimal(3)})
    catalog = with_targets(catalog, [])
    catalog.targets["lots", 2024] = (former,)
    read = read_targets(drawn_file("目标.xlsx", {"Sheet1": TABLE.replace("1200", "1500")}), catalog)

    with pytest.raises(RequestError, match=r"已有 1 个不同的目标：「食品抽检批次」；要换成表上的请加 --replace"):
        with_targets(catalog, read.ready)
    [target] = with_targets(catalog, read.ready, replacing=True).targets["lots", 2024]
    assert (target.value, target.score, target.tolerance) == (1500, former.score, 3)


def test_a_change_within_the_year_is_a_second_target(folder: Path) -> None:
    """The first holds for figures of earlier days."""
    catalog = with_targets(bureau(), read_drawn(TABLE).ready)
    july = TargetOptions(since=datetime.date(2024, 7, 1))
    read = read_targets(drawn_file("目标.xlsx", {"Sheet1": TABLE.replace("1200", "1500")}), catalog, july)

    changed = with_targets(catalog, read.ready)

    assert [(target.first_day(CALENDAR_YEAR).month, target.value) for target in changed.targets["lots", 2024]] == [(1, 1200), (7, 1500)]


def test_what_the_catalogue_would_refuse_is_not_written(folder: Path) -> None:
    """Stations that do not make the sum are held back by the reading; put together by hand the loader refuses them."""
    read = read_drawn("2024年目标表\n指标 | 东街所 | 西街所 | 合计\n食品抽检批次 | 700 | 400 | 1200")
    assert not read.ready

    before = (folder / "offices.toml").read_bytes()
    with pytest.raises(CatalogError, match="比本目标 1200 少 100，任务分解对不上"):
        change_folder(with_targets(bureau(), read.proposals), folder, MOMENT)
    assert (folder / "offices.toml").read_bytes() == before
    assert not (folder / "targets").exists()
