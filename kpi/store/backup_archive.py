"""
The archive of a backup: a tar file with the manifest first, then each member, and last the digest of all that stands before it.

A tar file is read from its beginning, so that of one that was cut the members before the cut are known to be whole and the
member at the cut has a name.  No path of it is ever trusted: the caller writes the bytes where the manifest, once it was
checked, says.
"""

import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO

from kpi.errors import StoreError, cause
from kpi.store.backup_manifest import FORMAT, Manifest, Member, NewerBackupError, manifest_name, unsafe_names

_SEAL = "sha256"  # the name of the last member
_CHUNK = 1 << 20
_LARGEST_MANIFEST = 1 << 28  # bytes
_ANOTHER = "请换另一份备份"


class _Digesting:
    """A file that is written from its beginning to its end, and the sha256 of what was written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._position = file, 0
        self.digest = sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self._position += len(data)
        return self._file.write(data)

    def tell(self) -> int:
        return self._position


def write_archive(file: IO[bytes], manifest: Manifest, read: Callable[[Member], bytes]) -> str:
    """
    Write a backup.

    Args:
        file: Where to, from its beginning.
        manifest: What it holds.
        read: The bytes of a member.

    Returns:
        The sha256 of the whole file.

    Raises:
        StoreError: A member is not what it was when the manifest was made.
        OSError: The disk refuses.

    """
    sink = _Digesting(file)
    with tarfile.open(fileobj=sink, mode="w") as archive:  # type: ignore[call-overload]  # it only writes and asks where it is
        listed = manifest.encode()
        _add(archive, manifest_name(listed), listed)
        for member in manifest.members:
            data = read(member)
            if (len(data), sha256(data).hexdigest()) != (member.size, member.sha256):
                raise StoreError(f"没有备份：「{member.name}」在备份途中变了；请检查磁盘后再备份一次。")
            _add(archive, member.name, data)
        _add(archive, _SEAL, sink.digest.hexdigest().encode())
    return sink.digest.hexdigest()


def archive_size(manifest: Manifest) -> int:
    """At most how many bytes a backup takes: each member with its head and the rest of its last block, a manifest, and the end."""
    return sum(_block(member.size) + 3 * tarfile.BLOCKSIZE for member in manifest.members) + len(manifest.encode()) + 3 * tarfile.RECORDSIZE


def check_archive(path: Path) -> Manifest:
    """
    Read a backup to its end.

    Returns:
        Its manifest; each member is there as the manifest says, and nothing else.

    Raises:
        StoreError: It cannot be read, is damaged or cut, of a newer format, or names a file that may not be written.

    """
    with _opened(path) as (archive, manifest):
        for _ in _members(path, archive, manifest):
            pass
        _check_seal(path, archive, manifest)
    return manifest


def archive_members(path: Path) -> Iterator[tuple[Member, bytes]]:
    """
    The members of a backup with their bytes, each checked against its digest.

    Raises:
        StoreError: As `check_archive`.

    """
    with _opened(path) as (archive, manifest):
        yield from _members(path, archive, manifest)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[tarfile.TarFile, Manifest]]:
    try:
        with tarfile.open(path, "r:") as archive:
            yield archive, _manifest(path, archive)
    except (tarfile.TarError, EOFError, UnicodeError, ValueError) as error:
        raise StoreError(f"「{path}」不是本系统的备份，或开头已损坏；{_ANOTHER}。") from error
    except OSError as error:
        raise StoreError(f"备份「{path}」读不出（{cause(error)}）；请核对路径和权限，或换另一份备份。") from None


def _manifest(path: Path, archive: tarfile.TarFile) -> Manifest:
    info = archive.next()
    if info is None or not info.isreg() or info.size > _LARGEST_MANIFEST or not info.name.startswith("manifest-"):
        raise ValueError("no manifest")
    data = _read(archive, info)
    if data is None or info.name != manifest_name(data):
        raise StoreError(f"备份「{path}」里的清单（manifest）不完整或已损坏；{_ANOTHER}。")
    try:
        manifest = Manifest.parse(data)
    except NewerBackupError as error:
        raise StoreError(
            f"备份「{path}」是更新的版本（{error.product}）做的，格式是第 {error.format} 号，这个版本只认到第 {FORMAT} 号；"
            "请先升级程序再恢复。没有恢复，什么都没有改动。"
        ) from None
    if unsafe := next(unsafe_names(member.name for member in manifest.members), None):
        raise StoreError(f"备份「{path}」里有不能写的路径「{unsafe}」，不是本系统做的；没有恢复，什么都没有改动。")
    return manifest


def _members(path: Path, archive: tarfile.TarFile, manifest: Manifest) -> Iterator[tuple[Member, bytes]]:
    for member in manifest.members:
        data = _next(archive, member.name, member.size)
        if data is None:
            raise StoreError(f"备份「{path}」到「{member.name}」断了或乱了，它和它以后的文件都读不出；{_ANOTHER}。")
        if sha256(data).hexdigest() != member.sha256:
            raise StoreError(f"备份「{path}」里的「{member.name}」已损坏，内容与清单的校验码不符；{_ANOTHER}。")
        yield member, data


def _check_seal(path: Path, archive: tarfile.TarFile, manifest: Manifest) -> None:
    """Compare the digest at the end with all that stands before it; what follows has to be as it was written."""
    whole = "各个文件的内容都完好，别处"
    end = archive.offset  # where the last member begins
    seal = _next(archive, _SEAL, 2 * sha256().digest_size)
    if seal is None:
        last = f"「{manifest.members[-1].name}」以后的" if manifest.members else ""
        raise StoreError(f"备份「{path}」{last}结尾断了或已损坏；{_ANOTHER}。")
    digest = sha256()
    with path.open("rb") as file:
        while data := file.read(min(_CHUNK, end - file.tell())):
            digest.update(data)
        tail = file.read()
    if digest.hexdigest().encode() != seal or tail != _tail(seal, end):
        raise StoreError(f"备份「{path}」的校验码不符，{whole}（文件之间或结尾）变过；{_ANOTHER}。")


def _tail(seal: bytes, end: int) -> bytes:
    """What stands from the last member on, in an archive in which that begins at ``end``."""
    head = _info(_SEAL, len(seal)).tobuf(tarfile.PAX_FORMAT)
    written = head + seal.ljust(tarfile.BLOCKSIZE, b"\0")
    whole = end + len(written) + 2 * tarfile.BLOCKSIZE
    return written + bytes(2 * tarfile.BLOCKSIZE + -whole % tarfile.RECORDSIZE)


def _next(archive: tarfile.TarFile, name: str, size: int) -> bytes | None:
    """The bytes of the next member, if it is a file of this name and length and all of it is there."""
    try:
        info = archive.next()
        return _read(archive, info) if info and info.isreg() and not info.issparse() and (info.name, info.size) == (name, size) else None
    except (tarfile.TarError, EOFError, UnicodeError, ValueError):
        return None


def _read(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes | None:
    file = archive.extractfile(info)
    try:
        data = file.read() if file else b""
    except tarfile.TarError:
        return None
    return data if len(data) == info.size else None


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    archive.addfile(_info(name, len(data)), BytesIO(data))


def _info(name: str, size: int) -> tarfile.TarInfo:
    """The head of a member: the same bytes whenever and by whomever it is written."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def _block(size: int) -> int:
    return size + -size % tarfile.BLOCKSIZE
