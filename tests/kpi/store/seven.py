"""Seven entries in five files of the log, to be damaged."""

from datetime import datetime
from pathlib import Path

from kpi.period import Month
from kpi.store.database import Store
from kpi.store.decision import Act, Decision
from tests.kpi.store.reports import accepted, catalog_of

FIGURES = "select * from figure order by all"
NAMES = ["00000001.json", "00000003.json", "00000005.json", "00000006.json", "00000007.json"]  # acts of 2, 2, 1, 1 and 1 entries


def fill(folder: Path) -> None:
    """Two clicks on two files each, a correction, its withdrawal, a lock: seven entries in five files."""
    with Store.open(folder, catalog_of()) as store:
        store.commit([accepted(f"2024-{month:02}", food_sampling_tested=f"{month}") for month in (1, 2)])
        store.commit([accepted("2024-03", food_sampling_tested="3"), accepted("2024-03", "drug", drug_samples_tested="3")])
        store.commit([accepted("2024-03", food_sampling_tested="4")])
        store.decide(Decision(Act.WITHDRAW, Month(2024, 3), "food", 5, "李主任", datetime.fromisoformat("2024-04-08T12:00"), "错了"))
        store.decide(Decision(Act.LOCK, Month(2024, 2), None, None, "李主任", datetime.fromisoformat("2024-04-08T13:00"), "定稿"))


def everything(store: Store) -> object:
    return store.rows(FIGURES), store.submissions(), store.decisions(), store.version


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(bytes(data))
