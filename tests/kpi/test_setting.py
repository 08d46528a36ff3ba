"""The settings of the environment: blanks around one are nothing, and one of blanks alone is not set."""

import ast
from fractions import Fraction
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from kpi import data_place
from kpi.catalog import load
from kpi.filing import default_month
from kpi.present import numbers
from kpi.store import clock
from kpi.store.vault import Vault
from kpi.web import address

ROOT = Path(__file__).parents[2]
SETTINGS = ("KPI_DATA", "KPI_CATALOG", "KPI_ZONE", "KPI_ROUNDING", "KPI_LEDGER_ORIGINALS", "KPI_LEDGER_KEY", "KPI_COMPLETE_ENOUGH")
BLANKS = ("", "  ", "\t", "\u3000")


def _read(data: Path) -> list[object]:
    """What the settings come to: data folder, catalogue, zone, rounding, whether originals are sealed, when a month is complete enough."""
    return [data_place.data_folder(), load.chosen(), str(clock.zone()), numbers.rule(), Vault.of(data).seals, default_month.enough()]


@pytest.mark.parametrize("blank", BLANKS)
def test_blanks_are_no_setting(blank: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line 「KPI_DATA=  」 in a start script is no folder called two blanks."""
    for name in SETTINGS:
        monkeypatch.setenv(name, blank)
    assert _read(tmp_path) == [data_place.DEFAULT_DATA, load.DEFAULT, "Asia/Shanghai", numbers.Rounding.HALF_UP, False, Fraction(4, 5)]
    assert address.settings({address.ADDRESS: blank, address.PORT: blank}) == {}


def test_blanks_around_a_setting_are_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a start script writes them."""
    (tmp_path / "key").write_bytes(Fernet.generate_key())
    said = [str(tmp_path / "data"), str(tmp_path / "catalog"), "Asia/Urumqi", "half-even", "encrypt", str(tmp_path / "key"), "0.9"]
    for name, value in zip(SETTINGS, said, strict=True):
        monkeypatch.setenv(name, f" {value}\u3000 ")
    assert _read(tmp_path / "data") == [tmp_path / "data", tmp_path / "catalog", "Asia/Urumqi", numbers.Rounding.HALF_EVEN, True, Fraction(9, 10)]
    assert address.settings({address.ADDRESS: " ::1 ", address.PORT: " 8502 "}) == {"server.address": "::1", "server.port": 8502}


def test_settings_are_read_in_one_place() -> None:
    """Whoever reads the environment past it takes blanks for a value; the process that parses is told what the system needs."""
    readers = {
        path.relative_to(ROOT).as_posix()
        for folder in ("kpi", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }
    assert readers == {"kpi/setting.py", "kpi/workbook/process/worker.py"}
