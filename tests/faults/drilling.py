"""The restore drill: what is restored is what was there; and a backup that was cut or in which a bit changed is never restored."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

from kpi.bureau import plan_restoring, restore_bureau
from kpi.errors import KpiError
from kpi.store.backup import Backup, back_up
from kpi.store.clock import now
from tests.faults.filled import CATALOG
from tests.faults.served import Opening, open_once
from tests.faults.surviving import Survival
from tests.faults.worker import Worker


def drill(folder: Path, copy: Path, work: Path, worker: Worker) -> Survival:
    """
    Back a folder up, restore it, and compare every file, every entry, every figure.

    Args:
        folder: The data folder; it is only read.
        copy: A copy of it, which is opened to know what it serves.
        work: An empty folder for the backup and what is restored.
        worker: Who opens.

    """
    words = f"{folder.name}, backed up and restored"
    try:
        backup = back_up(folder, work / "b.tar", now())
        faults = worker.ask(_restore, backup.path, work / "restored")
        assert faults == (), faults
        for member in backup.manifest.members:
            placed = (work / "restored" / member.name).read_bytes()
            assert sha256(placed).hexdigest() == member.sha256, f"{member.name} is another file"
        source, restored = worker.ask(open_once, copy), worker.ask(open_once, work / "restored")
        assert source.served, source
        assert restored.served, restored
        assert restored.notices + restored.faults == (), restored
        for what in ("entries", "figures", "files"):
            assert getattr(restored.served, what) == getattr(source.served, what), f"other {what}"
    except (AssertionError, KpiError) as failure:
        return Survival(words, "FAILED", str(failure))
    return Survival(words, "equal")


def spoilt_backups(backup: Backup, work: Path, cuts: int, flips: int, seed: int) -> Iterator[Survival]:
    """What becomes of a backup that was cut at so many places, and in which one bit was changed at so many others: it has to be refused in words."""
    chance, data, spoilt = Random(seed), backup.path.read_bytes(), work / "spoilt.tar"
    for number in range(cuts):
        keep = chance.randrange(len(data)) if number else len(data) - 1
        spoilt.write_bytes(data[:keep])
        yield _refused(spoilt, f"cut at byte {keep} of {len(data)}", work)
    for _ in range(flips):
        at, bit = chance.randrange(len(data)), chance.randrange(8)
        spoilt.write_bytes(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
        yield _refused(spoilt, f"bit {bit} of byte {at} of {len(data)} changed", work)


def _refused(spoilt: Path, words: str, work: Path) -> Survival:
    target = work / "never"
    try:
        plan_restoring(spoilt, target)
    except KpiError as error:
        named = "named by its file" if "/" in str(error).replace(str(spoilt), "") or "head.json" in str(error) or "secret" in str(error) else "refused"
        return Survival(words, "FAILED", "something was placed") if target.exists() else Survival(words, named)
    return Survival(words, "FAILED", "it was taken for whole")


def _restore(file: Path, target: Path) -> tuple[str, ...] | Opening:
    try:
        return restore_bureau(plan_restoring(file, target), CATALOG).faults
    except KpiError as error:
        return Opening(refusal=str(error))
