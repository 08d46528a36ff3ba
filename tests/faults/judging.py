"""
What became of a damaged folder: noticed, healed, or a failure.

A folder may be refused, or opened as it was, or opened with what is gone named by number.  A failure is a traceback, an
older or emptier bureau that says nothing, a figure that changed, a record that was made final wrongly, and a refusal
although the record is whole.
"""

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kpi.store.notice import gaps
from tests.faults.damage import DERIVED, RECORD, Damage, Folders, files, kind_of
from tests.faults.filled import begin, go_on, opened
from tests.faults.packing import killed
from tests.faults.served import Opening, Served, open_once
from tests.faults.worker import Worker

_NOISE = re.compile(r"[0-9a-f]{64}|\d{4}-\d{2}(-\d{2})?|\d{4} ?年 ?\d{1,2} ?月|\d{8}-\d{6}(-\d+)?")
_RANGE = re.compile(r"(?<!\d)(\d+) ?(?:—|–|-|至|到|～) ?(\d+)(?!\d)")
_CHINESE = re.compile(r"[一-鿿]")
HEALED, REFUSED, NAMED, VERIFY, UNCHANGED, FAILED = "healed", "refused", "named at start", "named by verify", "as before", "FAILED"
OUTCOMES = (HEALED, UNCHANGED, NAMED, VERIFY, REFUSED, FAILED)


@dataclass(frozen=True)
class Sound:
    """What an undamaged folder serves, and which numbers of the log a file belongs to."""

    served: Served
    owners: dict[str, frozenset[int]]

    def numbers(self, paths: Iterable[str]) -> frozenset[int]:
        """The numbers to which these files and the files of these folders belong."""
        found: set[int] = set()
        for path in paths:
            for name, numbers in self.owners.items():
                if name == path or name.startswith(f"{path}/"):
                    found |= numbers
        return frozenset(found)


@dataclass(frozen=True)
class Verdict:
    """One damage and what became of it; ``why`` is empty unless it failed."""

    damage: Damage
    outcome: str
    why: str = ""


def make(work: Path) -> Folders:
    """Make the folders that are damaged."""
    folders = made(work)
    with opened(folders.closed) as bureau:
        begin(bureau)
    shutil.copytree(folders.closed, folders.earlier)
    with opened(folders.closed) as bureau:
        go_on(bureau)
    shutil.copytree(killed(folders.killed), folders.other)
    opened(folders.other).close()
    return folders


def made(work: Path) -> Folders:
    """The folders that `make` has made."""
    return Folders(work / "closed", work / "killed", work / "earlier", work / "other")


def sound(folder: Path, worker: Worker) -> Sound:
    """What a copy of a folder serves."""
    with TemporaryDirectory() as work:
        copy = Path(shutil.copytree(folder, Path(work) / "data"))
        found = worker.ask(_sound, copy)
        assert isinstance(found, Sound), found
        return found


def judge(damage: Damage, whole: Sound, worker: Worker, *, thorough: bool = True) -> Verdict:
    """
    Do a damage to a copy, open it, and say what became of it.

    Args:
        damage: The damage.
        whole: What its folder serves undamaged.
        worker: Who opens it.
        thorough: Verify what was healed, open it a second time, and once more after ``rebuild``: what was noticed must stay noticed.

    """
    with TemporaryDirectory() as work:
        copy = Path(shutil.copytree(damage.folder, Path(work) / "data"))
        damage.apply(copy)
        for_rebuild = Path(shutil.copytree(copy, Path(work) / "rebuilt")) if thorough else None
        try:
            outcome = _outcome(damage, whole, worker.ask(open_once, copy, verify="always" if thorough else "where silent"), copy)
            if for_rebuild:
                _still(damage, whole, worker.ask(open_once, copy, verify="never"), "at the second opening: ")
                _still(damage, whole, worker.ask(open_once, for_rebuild, verify="never", rebuild=True), "after rebuild: ")
        except AssertionError as failure:
            return Verdict(damage, FAILED, str(failure))
        return Verdict(damage, outcome)


def named(words: Iterable[str]) -> set[int]:
    """The numbers that sentences name, those of a range too; days, digests and times are none."""
    found: set[int] = set()
    for sentence in words:
        text = _NOISE.sub(" ", sentence)
        found |= {number for first, last in _RANGE.findall(text) for number in range(int(first), min(int(last), int(first) + 1000) + 1)}
        found |= {int(digits) for digits in re.findall(r"\d+", text)}
    return found


def _sound(folder: Path) -> Sound:
    opening = open_once(folder)
    assert opening.served, opening
    assert opening.notices + opening.faults == (), opening
    owners: dict[str, frozenset[int]] = {}
    with opened(folder) as bureau:
        last = bureau.store.version
        for one in bureau.store.submissions():
            for path in (one.batch, f"uploads/{one.sha256}", f"cases/{one.sha256}.parquet"):
                owners[path] = owners.get(path, frozenset()) | {one.seq}
        for edition in bureau.store.editions():
            owners[f"editions/{edition.period}/{edition.figures}.json"] = frozenset([edition.seq])
    log = files(folder)["log"]
    starts = [int(Path(name).stem) for name in log]
    owners |= {name: frozenset(range(first, after)) for name, first, after in zip(log, starts, [*starts[1:], last + 1], strict=True)}
    return Sound(opening.served, owners)


def _outcome(damage: Damage, whole: Sound, opening: Opening, folder: Path) -> str:
    """
    The name of the outcome.

    Raises:
        AssertionError: It is a failure; the words say which.

    """
    lost = _still(damage, whole, opening)
    said = [*opening.notices, *opening.faults, opening.refusal]
    mentioned = named(said) & whole.numbers(damage.paths) or any(Path(path).name in sentence for path in damage.paths for sentence in said)
    if opening.refusal:
        assert not damage.whole or damage.way == "another's", f"refused although the record is whole: {opening.refusal}"
        assert mentioned, f"refused without a file or a number: {opening.refusal}"
        return REFUSED
    if damage.kinds.isdisjoint(DERIVED):
        assert not any("rebuild" in fault for fault in opening.faults), f"advises rebuild: {opening.faults}"
    if lost:
        return NAMED
    if opening.faults:
        aside = all(".stray-" in fault for fault in opening.faults)  # somebody has to look into the folder that stood in the place of a file
        assert not damage.whole or damage.kinds == {"foreign"} or aside, f"not healed: {opening.faults}"
        assert mentioned, f"verify names something else: {opening.faults}"
        return VERIFY
    own = [path for path in damage.paths if kind_of(path) in RECORD and (damage.folder / path).exists()]
    spoilt = [path for path in own if not damage.whole and not _same(damage.folder / path, folder / path)]
    if spoilt and mentioned and gaps(opening.notices):
        return NAMED
    assert not spoilt, f"silent: {spoilt} stay as they are, nothing is said; notices {opening.notices}"
    assert opening.notices or (damage.way, damage.kind) != ("truncation", "database"), "a database cut short is not noticed"
    assert opening.notices or damage.whole, "the record was mended without a word"
    return HEALED if opening.notices else UNCHANGED


def _still(damage: Damage, whole: Sound, opening: Opening, at: str = "") -> set[int]:
    """The numbers that are no longer served, each named; a refusal loses nothing."""
    assert not opening.traceback, f"{at}traceback: {opening.traceback.strip().splitlines()[-1]}"
    said = [*opening.notices, *opening.faults, opening.refusal]
    assert all(_CHINESE.search(sentence) for sentence in said if sentence), f"{at}not Chinese: {said}"
    return set() if opening.refusal else _lost(damage, whole.served, opening, at)


def _lost(damage: Damage, whole: Served, opening: Opening, at: str) -> set[int]:
    """The numbers that are no longer served, each named at start; everything else is as it was."""
    served = opening.served
    assert served
    changed = {number for number in {*whole.entries, *served.entries} if whole.entries.get(number) != served.entries.get(number)}
    unnamed = sorted(changed - named(opening.notices))
    assert not unnamed, f"{at}numbers {unnamed} are gone or changed without a word; notices {opening.notices}"
    invented = sorted(number for number in changed if number in served.entries)
    assert not invented, f"{at}numbers {invented} say something else than they did; notices {opening.notices}"
    assert not (changed and damage.whole), f"{at}not healed although the record is whole: {sorted(changed)}; notices {opening.notices}"
    figures = sorted(name for name, told in whole.figures.items() if served.figures.get(name) != told)
    assert changed or not figures, f"{at}figures changed, no number did: {figures}; notices {opening.notices}"
    files_changed = sorted(name for name, told in served.files.items() if told is not None and name in whole.files and whole.files[name] not in (told, None))
    assert changed or not files_changed, f"{at}files serve other bytes: {files_changed}"
    drafts = {name for name, told in served.drafts.items() if whole.drafts.get(name) != told}
    assert not drafts, f"{at}a draft holds other bytes: {drafts}"
    return changed


def _same(one: Path, other: Path) -> bool:
    """Whether a file or a folder is, or is not there, as another."""
    if one.is_dir() and other.is_dir():
        names = {path.relative_to(one) for path in one.rglob("*") if path.is_file()}
        return all(_same(one / name, other / name) for name in names)
    if one.is_file() and other.is_file():
        return one.read_bytes() == other.read_bytes()
    return not one.exists() and not other.exists()
