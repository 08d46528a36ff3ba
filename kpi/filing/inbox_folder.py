"""
The inbox (收件箱): a folder, perhaps a network share, with a folder for each office below it, into which reports are dropped.

``KPI_INBOX`` is the folder, empty for none.  ``KPI_INBOX_ACCEPT`` is ``yes`` (what nothing speaks against is stored) or
``desk`` (all is left for somebody of the office to store).  Here stands what lies in it; nothing is opened but to be read.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kpi.catalog.model import Catalog
from kpi.errors import RequestError, cause
from kpi.setting import setting
from kpi.workbook.forms.whose_office import find_office
from kpi.workbook.forms.whose_organisation import find_org, org_in
from kpi.workbook.process.sniffing import MAX_BYTES

FOLDER, ACCEPT = "KPI_INBOX", "KPI_INBOX_ACCEPT"
ANSWER = "_核对意见"
_OWN_ANSWER = re.compile(rf".*{ANSWER}(（\d+）)?\.(xlsx|txt)", re.DOTALL | re.IGNORECASE)
_SYSTEM_FILES = {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"}
_UNFINISHED = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp", ".bak", ".lnk", ".url")
_LOCKS = ("~$", ".~lock.", ".~")  # of Excel, LibreOffice and WPS
_LOCK_HOURS = 12  # an older one was left by a program that crashed
_HIDDEN = 0x2  # FILE_ATTRIBUTE_HIDDEN of Windows


@dataclass(frozen=True, slots=True)
class InboxFolder:
    """Where the inbox lies, and whether what nothing speaks against is stored at once."""

    root: Path
    accepts: bool = True


@dataclass(frozen=True, slots=True)
class InboxOwner:
    """Whose reports a folder takes: an office, an organisation with all its offices, or an office of one organisation."""

    office: str | None
    org: str | None
    name: str  # as people call it


@dataclass(frozen=True, slots=True)
class DroppedFile:
    """A file as it lies in the inbox; ``stamp`` changes whenever it is written."""

    folder: str  # its folder below the inbox; empty: the inbox itself
    path: Path
    size: int
    stamp: str
    open_elsewhere: bool  # a lock beside it says that a program has it open

    @property
    def name(self) -> str:
        """Its name."""
        return self.path.name


class UnreadableFileError(Exception):
    """A file cannot be read now; the message says why, in Chinese."""


def inbox_folder() -> InboxFolder | None:
    """
    The inbox that the settings ask for; None where there is none.

    Raises:
        RequestError: A setting is wrong.

    """
    folder, accepts = setting(FOLDER), setting(ACCEPT).lower()
    if accepts not in ("", "yes", "desk"):
        raise RequestError(f"环境变量 {ACCEPT} 的值「{accepts}」不对；请写 yes（没有问题的直接入库）或 desk（都等科室的人入库），或不写，即 yes。")
    return InboxFolder(Path(folder), accepts != "desk") if folder else None


def fault_of(inbox: InboxFolder, data: Path) -> str:
    """
    Why an inbox cannot be used, as a Chinese sentence; empty where it can.

    Args:
        inbox: The inbox.
        data: The data folder, which must neither lie in it nor hold it.

    """
    way_out = f"请核对环境变量 {FOLDER}；看板照常，收件箱好了会自动接着收。"
    try:
        root = inbox.root.resolve(strict=True)
        os.listdir(root)
    except OSError as error:
        return f"收件箱「{inbox.root}」看不了（{cause(error)}）；{way_out}"
    kept = data.resolve()
    if root == kept or kept in root.parents:
        return f"收件箱「{inbox.root}」在数据目录里面，不能用；请另放一处，{way_out}"
    if root in kept.parents:
        return f"数据目录在收件箱「{inbox.root}」里面，谁能放报表谁就能改数据，不能用；请另放一处，{way_out}"
    return ""


def owner_of(catalog: Catalog, folder: str) -> InboxOwner:
    """
    Whose reports a folder takes, by the code or the name of an office, of an organisation, or of both.

    Raises:
        RequestError: It is called like none of them.

    """
    if not folder:
        raise RequestError("文件直接放在收件箱里，看不出是哪个科室的；请放到以科室命名的文件夹里。")
    text = unicodedata.normalize("NFC", folder).strip()
    office = find_office(catalog, text)
    org = (find_org(catalog, text) or (org_in(catalog, text) if office else None)) if catalog.branched else None
    if office is None and org is None:
        raise RequestError(f"文件夹「{folder}」不是哪个科室的名称或代码；请放到以科室命名的文件夹里。")
    return InboxOwner(office.code if office else None, org.code if org else None, catalog.called(office.code if office else None, org.code if org else None))


def is_left_alone(name: str) -> bool:
    """Whether a file is none that somebody hands in: one of a system or a program, hidden, not yet whole, or an answer of ours."""
    lower = name.lower()
    return lower.startswith((".", "~")) or lower in _SYSTEM_FILES or lower.endswith(_UNFINISHED) or _OWN_ANSWER.fullmatch(name) is not None


def folders_of(inbox: InboxFolder) -> list[Path]:
    """The inbox and the folders directly below it; links are not followed."""
    folders = [inbox.root]
    with suppress(OSError), os.scandir(inbox.root) as entries:
        folders += sorted(Path(entry.path) for entry in entries if _is_readable(entry.name) and not entry.name.startswith(".") and _is_folder(entry))
    return folders


def dropped_in(inbox: InboxFolder, now: float) -> tuple[list[DroppedFile], list[str]]:
    """
    What lies in the inbox and in the folders directly below it.

    Args:
        inbox: The inbox.
        now: The moment in seconds since 1970, by which locks are old.

    Returns:
        The files by folder and name, and a Chinese sentence for each folder or file that cannot be looked at.

    """
    files: list[DroppedFile] = []
    notes: list[str] = []
    with suppress(OSError), os.scandir(inbox.root) as entries:
        if any(not _is_readable(entry.name) and _is_folder(entry) for entry in entries):
            notes.append("收件箱里有一个文件夹的名字里有读不出的字，里面的没有收；请改名。")
    for folder in folders_of(inbox):
        name = "" if folder == inbox.root else folder.name
        try:
            files += _files(folder, name, now, notes)
        except OSError as error:
            notes.append(f"收件箱的文件夹「{name}」看不了（{cause(error)}）；请检查它的权限。")
    return files, notes


def read_dropped(file: DroppedFile) -> bytes:
    """
    The bytes of a file, which did not change while it was read.

    Raises:
        UnreadableFileError: It is open elsewhere, gone, no ordinary file any more, or was written to meanwhile.

    """
    try:
        descriptor = os.open(file.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as opened:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableFileError("不是普通文件")
            data = opened.read(MAX_BYTES + 1)
            after = os.fstat(descriptor)
    except FileNotFoundError:
        raise UnreadableFileError("刚才被移走了") from None
    except OSError as error:
        raise UnreadableFileError(f"打不开（{cause(error)}），可能正在别处打开着") from None
    if _stamp(status) != file.stamp or _stamp(after) != file.stamp:
        raise UnreadableFileError("正在写")
    return data


def _files(folder: Path, name: str, now: float, notes: list[str]) -> Iterator[DroppedFile]:
    with os.scandir(folder) as scanned:
        entries = sorted(scanned, key=lambda entry: entry.name)
    locks = {entry.name: entry for entry in entries if entry.name.startswith(_LOCKS)}
    for entry in entries:
        if is_left_alone(entry.name) or not entry.is_file(follow_symlinks=False):
            continue
        if not _is_readable(entry.name):
            notes.append(f"收件箱的文件夹「{name}」里有一个文件的名字里有读不出的字，没有收；请改名。")
            continue
        with suppress(OSError):  # gone meanwhile
            status = entry.stat(follow_symlinks=False)
            if not getattr(status, "st_file_attributes", 0) & _HIDDEN:
                beside = [locks[lock] for lock in (f"~${entry.name}", f".~lock.{entry.name}#", f".~{entry.name}") if lock in locks]
                yield DroppedFile(name, Path(entry.path), status.st_size, _stamp(status), any(_is_fresh(lock, now) for lock in beside))


def _is_readable(name: str) -> bool:
    """Whether a name can be written, which one that another system made need not be."""
    return name == name.encode(errors="replace").decode()


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_fresh(lock: "os.DirEntry[str]", now: float) -> bool:
    try:
        return now - lock.stat(follow_symlinks=False).st_mtime < _LOCK_HOURS * 3600
    except OSError:
        return False


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns}"
