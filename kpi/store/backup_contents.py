"""
What a backup takes of a data folder: the log up to its head, all that this log refers to, and what waits to be accepted.

Nothing is locked.  The head is read first; what stands in the log up to it was on the disk before it was entered, and is
never changed afterwards, so that the files belong together however many sheets come in meanwhile.  Left out are the
database, which is made from them, and drafts, which their senders still have and which are to be gone after seven days.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kpi.errors import RequestError, StoreError, cause
from kpi.store.backup_manifest import LogCounts, Member
from kpi.store.batch import Batch
from kpi.store.demonstration import last_end, outlives
from kpi.store.edition import Edition
from kpi.store.folder import DataFolder
from kpi.store.follow_up import FollowUp
from kpi.store.kept_catalog import KeptCatalog
from kpi.store.log_chain import Head, LogFile
from kpi.store.log_entry import Entry, read_entry
from kpi.store.log_numbers import spelled
from kpi.store.log_reading import read_log
from kpi.store.publications import Publications
from kpi.store.referral import Referral
from kpi.store.referrals import Referrals

_MOST_LOST = 20  # numbers of the log, as at opening: with more of them gone it is another log
PRIVATE = ("secret", "access")  # what nobody but the one who runs the program may read


@dataclass(frozen=True)
class BackupContents:
    """What is to be written into a backup; a member whose bytes are in ``texts`` has them from there, any other from the folder."""

    head: Head
    members: tuple[Member, ...]
    texts: Mapping[str, bytes]
    counts: LogCounts
    lacks: tuple[str, ...]  # what the log refers to and the folder has not, one Chinese sentence each


def backup_contents(folder: DataFolder) -> BackupContents:
    """
    Read everything that a backup takes, and check it against its digests.

    Raises:
        StoreError: The log cannot be read, or nobody can tell what is right in it.

    """
    state = read_log(folder, {})
    head, files, lost = state.chain.head, state.chain.files, state.chain.lost
    if len(lost) > min(_MOST_LOST, sum(len(file.entries) for file in files)):
        raise StoreError(f"没有备份：日志{spelled(lost)}缺失或读不出，备份下来的只会是旧的或空的数据；请重新启动看板，照启动时的提示恢复后再备份。")
    lacks = [f"日志{spelled(lost)}缺失或读不出。"] if lost else []
    texts = {"head.json": head.encode()} | {f"log/{file.name}": file.data for file in files}
    texts |= _referred_files(folder, lacks) | _kept_catalog(folder, lacks) | _published(folder, lacks)
    try:
        texts |= _private(folder, lacks)
    except (OSError, ValueError, IndexError) as error:
        why = cause(error) if isinstance(error, OSError) else "内容已损坏"
        raise StoreError(f"没有备份：数据目录「{folder.root}」里的 secret 或 access 读不出（{why}）；请检查磁盘和权限，或从备份恢复。") from None
    members = {name: _member(name, data) for name, data in texts.items()}
    for path, what, required in _referred(folder, files, lacks):
        name = path.relative_to(folder.root).as_posix()
        if name in members:
            continue
        try:
            members[name] = _member(name, folder.read(path, what))
        except StoreError as error:
            lacks += [str(error)] if required else []
    return BackupContents(head, tuple(members.values()), texts, log_counts(files), tuple(dict.fromkeys(lacks)))


def log_counts(files: Sequence[LogFile]) -> LogCounts:
    """How many submissions, editions and follow-ups files of a log have; those of a demonstration that has ended do not count."""
    begin, submissions, editions, follow_ups = last_end(files), 0, 0, 0
    for file in files:
        for number, written in file.numbered():
            if number < begin and not outlives(written):
                continue
            with suppress(ValueError):
                entry = read_entry(number, written)
                submissions += isinstance(entry, Entry)
                editions += isinstance(entry, Edition)
                follow_ups += isinstance(entry, FollowUp)
    return LogCounts(submissions, editions, follow_ups)


def _referred(folder: DataFolder, files: Sequence[LogFile], lacks: list[str]) -> Iterator[tuple[Path, str, bool]]:
    """The files that a log refers to, each with what it is, and whether it is missed where it is not there."""
    begin = last_end(files)
    for file in files:
        for number, written in file.numbered():
            required = number > begin
            try:
                entry = read_entry(number, written)
            except ValueError:
                lacks += [f"日志第 {number} 号不是本系统写的。"] if required else []
                continue
            if isinstance(entry, Edition):
                yield folder.edition(str(entry.period), entry.figures), "定稿文件", required
            elif isinstance(entry, Entry):
                yield folder.root / entry.batch, "批次", required
                yield from ((path, what, required) for path, what in _beside(folder, entry))


def _beside(folder: DataFolder, entry: Entry) -> Iterator[tuple[Path, str]]:
    """What is kept beside a batch: the upload, or what stands in its place; nothing where the batch cannot be read."""
    try:
        batch = Batch.parse(folder.read(folder.root / entry.batch, "批次"))
    except StoreError:
        return
    if batch.ledger:
        yield folder.cases(batch.sha256), "台账明细"
    elif batch.copy:
        yield folder.upload(batch.copy), "留存副本"
    else:
        yield folder.upload(batch.sha256), "原始文件"
    if batch.sealed:
        yield folder.upload(batch.sealed), "加密原件"


def _private(folder: DataFolder, lacks: list[str]) -> dict[str, bytes]:
    """The key for digests of codes, and the journals of accounts as far as their heads, which are read first: ``<number of lines> <digest>``."""
    texts = {}
    with suppress(FileNotFoundError):
        texts["secret"] = (folder.root / "secret").read_bytes()
    for head in sorted((folder.root / "access").glob("*.head")):
        journal = head.with_suffix(".jsonl")
        data = head.read_bytes()
        number = int(data.split()[0])
        lines = journal.read_bytes().split(b"\n")[:-1] if journal.exists() else []  # after a whole last line comes nothing
        if len(lines) < number:
            lacks.append(f"「access/{journal.name}」应有 {number} 行，只有 {len(lines)} 行；请从备份恢复它和「access/{head.name}」。")
        texts[f"access/{head.name}"] = data
        texts[f"access/{journal.name}"] = b"".join(line + b"\n" for line in lines[:number])
    return texts


def _referred_files(folder: DataFolder, lacks: list[str]) -> dict[str, bytes]:
    """What waits to be accepted, each file as it is at this moment: it may be gone in the next."""
    referrals, texts = Referrals(folder), {}
    for code in referrals.codes():
        try:
            data = referrals.data(code)
            Referral.parse(code, data)
        except RequestError:  # decided meanwhile
            continue
        except StoreError as error:
            lacks.append(str(error))
            continue
        texts[f"referrals/{code}.zip"] = data
    return texts


def _kept_catalog(folder: DataFolder, lacks: list[str]) -> dict[str, bytes]:
    """The changes of the catalogue that the folder keeps, as they are, and what is wrong with them."""
    kept = KeptCatalog(folder.root)
    try:
        kept.changes()
    except StoreError as error:
        lacks.append(str(error))
    return kept.files()


def _published(folder: DataFolder, lacks: list[str]) -> dict[str, bytes]:
    """The records of what was published, and what is wrong with them."""
    try:
        return Publications(folder).files()
    except StoreError as error:
        lacks.append(str(error))
        return {}


def _member(name: str, data: bytes) -> Member:
    return Member(name, len(data), sha256(data).hexdigest())
