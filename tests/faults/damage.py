"""
Damages of a data folder: what a disk, a backup, a sync program or a helpful colleague does to files.

Each is drawn by a seed from one of two folders of the same contents, one closed and one killed; `Damage.apply` does it
to a copy.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.faults import acts

RECORD = ("log", "batches", "uploads", "cases", "editions", "secret")  # what no other file can replace
DERIVED = ("database", "WAL", "head", "drafts", "foreign")  # the record is whole without them
_TOP = {"kpi.duckdb": "database", "kpi.duckdb.wal": "WAL", "secret": "secret"}


@dataclass(frozen=True)
class Folders:
    """What is damaged, and what parts of others are put into it."""

    closed: Path
    killed: Path  # the same contents entered at other times, so nothing of it belongs to the other; its program was killed
    earlier: Path  # the closed one with 10 numbers instead of 17
    other: Path  # the killed one, opened again and closed


@dataclass(frozen=True)
class Damage:
    """One damage."""

    way: str  # truncation, flip, deletion, copy, rename, emptied, replaced, older, another's
    kind: str  # what it hits
    words: str
    folder: Path  # of which it takes a copy
    paths: tuple[str, ...]  # what it changes, below the folder
    apply: Callable[[Path], None]

    @property
    def kinds(self) -> set[str]:
        """What it hits, one by one."""
        return set(self.kind.split(" and "))

    @property
    def whole(self) -> bool:
        """Whether the record itself is untouched."""
        return self.kinds <= set(DERIVED)

    def __str__(self) -> str:
        return f"{self.way} of {self.kind}: {self.words}"


def kind_of(path: str) -> str:
    """What a file below the data folder is."""
    top, _, rest = path.partition("/")
    return top if rest else _TOP.get(top, "head")


def files(folder: Path) -> dict[str, list[str]]:
    """The files of a folder by kind, in the order of their names."""
    found: dict[str, list[str]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        found.setdefault(kind_of(name), []).append(name)
    return found


def truncations(folders: Folders, seed: int) -> list[Damage]:
    """Forty files cut short: at nothing, at a byte, by a byte, by a block, anywhere."""
    chance = Random(seed)
    found = []
    for kind, cuts in {
        "log": (0, 0, 1, 17, -1, -1, 0.5, None, None, None),
        "batches": (0, -1, -8, 0.5, None),
        "database": (0, 1, 4096, 12288, -1, -4096, -262144, -524288, 0.5, None),
        "WAL": (0, 1, -1, -64, 0.5, None),
        "uploads": (0, -1, None),
        "cases": (0, -1),
        "editions": (0, -1),
        "drafts": (-1,),
        "head": (0,),
        "secret": (0,),
    }.items():
        folder = folders.killed if kind == "WAL" else folders.closed
        for name, cut in zip(_drawn(folder, kind, len(cuts), chance), cuts, strict=False):
            size = (folder / name).stat().st_size
            keep = chance.randrange(size) if cut is None else int(size * cut) if isinstance(cut, float) else max(0, cut if cut >= 0 else size + cut)
            found.append(Damage("truncation", kind, f"{name} cut from {size} to {keep} bytes", folder, (name,), acts.cutting(name, keep)))
    return found


def flips(folders: Folders, seed: int) -> list[Damage]:
    """Forty files with one byte changed: a digit of the log or the key to another one, a bit anywhere else."""
    chance = Random(seed)
    found = []
    for kind, count in {"log": 14, "batches": 4, "database": 9, "WAL": 5, "uploads": 2, "cases": 2, "editions": 2, "drafts": 1, "head": 1, "secret": 1}.items():
        folder = folders.killed if kind == "WAL" else folders.closed
        for turn, name in enumerate(_drawn(folder, kind, count, chance)):
            data = (folder / name).read_bytes()
            digits = [at for at, byte in enumerate(data) if chr(byte).isdigit()] if kind in ("log", "head", "secret") and turn % 3 < 2 else []
            blocks = [at for at in range(0, len(data), 4096) if any(data[at : at + 4096])]  # an empty page of a database holds nothing
            at = chance.choice(digits) if digits else min(chance.choice(blocks) + chance.randrange(4096), len(data) - 1)
            byte = chance.choice([digit for digit in b"0123456789" if digit != data[at]]) if digits else data[at] ^ (1 << chance.randrange(8))
            found.append(Damage("flip", kind, f"{name} byte {at} from {data[at]:#04x} to {byte:#04x}", folder, (name,), acts.changing(name, at, byte)))
    return found


def deletions(folders: Folders, seed: int) -> list[Damage]:
    """Files and folders that are gone, alone and together with the other witness."""
    chance = Random(seed)
    folder, there = folders.closed, files(folders.closed)
    log, head = there["log"], there.get("head", [])
    one = {kind: chance.choice(names) for kind, names in there.items()}
    lists: list[tuple[str, list[str]]] = [
        ("log", log[:1]),
        ("log", [log[len(log) // 2]]),
        ("log", log[-1:]),
        ("log", log[-3:]),
        ("log", ["log"]),
        ("batches", [one["batches"]]),
        ("batches", there["batches"][:2]),
        ("batches", ["batches"]),
        ("uploads", [one["uploads"]]),
        ("uploads", ["uploads"]),
        ("cases", [one["cases"]]),
        ("editions", there["editions"]),
        ("drafts", ["drafts"]),
        ("secret", ["secret"]),
        ("database", ["kpi.duckdb"]),
        ("database and log", ["kpi.duckdb", *log[-1:]]),
        ("database and log", ["kpi.duckdb", *log[4:5]]),
        ("database and log", ["kpi.duckdb", "log"]),
        ("database and batches", ["kpi.duckdb", one["batches"]]),
        ("database and editions", ["kpi.duckdb", *there["editions"]]),
    ]
    if head:
        lists += [("head", head), ("log and head", ["log", *head]), ("log and head", [*log[-2:], *head]), ("database and head", ["kpi.duckdb", *head])]
        lists += [("database and log and head", ["kpi.duckdb", "log", *head])]
    found = [Damage("deletion", kind, "、".join(names), folder, tuple(names), acts.deleting(names)) for kind, names in lists]
    wal = files(folders.killed)["WAL"]
    found.append(Damage("deletion", "WAL", wal[0], folders.killed, tuple(wal), acts.deleting(wal)))
    found.append(Damage("deletion", "WAL and log", f"{wal[0]}、log", folders.killed, (*wal, "log"), acts.deleting([*wal, "log"])))
    return found


def copies(folders: Folders, seed: int) -> list[Damage]:
    """Copies that a person or a program makes within the folder; none of them is a loss."""
    chance = Random(seed)
    folder, there = folders.closed, files(folders.closed)
    log, batch, upload = chance.choice(there["log"]), chance.choice(there["batches"]), chance.choice(there["uploads"])
    lists = [
        ("foreign", log, log.replace(".json", " (1).json")),
        ("foreign", log, log + ".bak"),
        ("foreign", log, log.replace(".json", " - 副本.json")),
        ("foreign", "log", "log - 副本"),
        ("foreign", "log", "log/log"),
        ("foreign", "log", "partial/log"),
        ("foreign", log, "partial/x.json"),
        ("foreign", batch, batch.replace(".parquet", " (1).parquet")),
        ("foreign", upload, upload + " (1)"),
        ("foreign", "kpi.duckdb", "kpi - 副本.duckdb"),
        ("foreign", log, "log/Thumbs.db"),
        ("foreign", log, "batches/desktop.ini"),
        ("foreign", log, "drafts/.DS_Store"),
        ("foreign", log, "uploads/.DS_Store"),
        ("log", there["log"][4], "log/00000099.json"),
        ("log", there["log"][4], _after(there["log"][-1])),
    ]
    return [Damage("copy", kind, f"{old} as {new}", folder, (new,), acts.copying(old, new)) for kind, old, new in lists]


def renames(folders: Folders, seed: int) -> list[Damage]:
    """Files under another name, or two that changed places."""
    chance = Random(seed)
    folder, there = folders.closed, files(folders.closed)
    log = there["log"]
    first, second = sorted(chance.sample(range(len(log)), 2))
    batch, upload, case, edition = (chance.choice(there[kind]) for kind in ("batches", "uploads", "cases", "editions"))
    lists = [
        ("log", log[first], log[second], True),
        ("log", log[first], log[second], False),
        ("log", log[-1], _after(log[-1]), False),
        ("log", log[first], log[first].replace(".json", ".JSON"), False),
        ("log", log[second], log[second].replace(".json", ".json.bak"), False),
        ("log", "log", "log.old", False),
        ("batches", batch, batch + ".bak", False),
        ("batches", there["batches"][0], there["batches"][1], True),
        ("batches", "batches/donghu", "batches/东湖", False),
        ("uploads", upload, upload + ".xlsx", False),
        ("uploads", there["uploads"][0], there["uploads"][1], True),
        ("cases", case, case.upper().replace("CASES", "cases"), False),
        ("editions", edition, edition + ".bak", False),
        ("database", "kpi.duckdb", "kpi.duckdb.bak", False),
    ]
    return [
        Damage("rename", kind, f"{old} {'and' if both else 'to'} {new}{' changed places' if both else ''}", folder, (old, new), acts.renaming(old, new, both))
        for kind, old, new, both in lists
    ]


def replacements(folders: Folders, seed: int) -> list[Damage]:
    """Folders emptied, files that became folders, parts of an earlier copy or of another bureau."""
    chance = Random(seed)
    folder, there = folders.closed, files(folders.closed)
    kinds = [kind for kind in (*RECORD, "drafts") if (folder / kind).is_dir()]
    found = [Damage("emptied", kind, kind, folder, tuple(there[kind]), acts.emptying(kind)) for kind in kinds]
    for kind in ("log", "batches", "uploads", "cases", "editions", "database", "head", "secret"):
        if kind in there:
            name = chance.choice(there[kind])
            found.append(Damage("replaced", kind, f"{name} is a folder", folder, (name,), acts.becoming_folder(name)))
    found.append(Damage("replaced", "log", "log is a file", folder, ("log",), acts.becoming_file("log")))
    for kind, names in {
        "log": ["log"],
        "database": ["kpi.duckdb"],
        "log and batches": ["log", "batches"],
        "head": there.get("head", []),
        "log and head": ["log", *there.get("head", [])],
        "database and head": ["kpi.duckdb", *there.get("head", [])],
    }.items():
        if names and (kind in ("log", "database", "log and batches") or "head" in there):
            found.append(Damage("older", kind, f"{'、'.join(names)} of an earlier copy", folder, tuple(names), acts.taking(folders.earlier, names)))
    for kind, names in (("log", [there["log"][4]]), ("log", ["log"]), ("database", ["kpi.duckdb"]), ("head", there.get("head", [])), ("secret", ["secret"])):
        if names:
            words = f"{'、'.join(names)} of another bureau"
            found.append(Damage("another's", kind, words, folder, tuple(names), acts.taking(folders.other, names)))
    return found


def every(folders: Folders, seed: int) -> Iterator[Damage]:
    """All of them."""
    for ways in (truncations, flips, deletions, copies, renames, replacements):
        yield from ways(folders, seed)


def _drawn(folder: Path, kind: str, count: int, chance: Random) -> list[str]:
    """So many files of a kind: each once before one comes again; none where there is none of it."""
    names = files(folder).get(kind, [])
    drawn: list[str] = []
    while names and len(drawn) < count:
        drawn += chance.sample(names, len(names))
    return drawn[:count]


def _after(name: str) -> str:
    """The next entry of the log."""
    return f"log/{int(Path(name).stem) + 1:08d}.json"
