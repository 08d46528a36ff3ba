"""
The key for digests of codes (编号摘要): made once for a data folder, kept in the file ``secret``, never replaced unnoticed.

The file holds 32 bytes in hexadecimal and the beginning of their sha256, so that a key that was cut or altered is told
from a whole one; digests made with another key would make two cases of one.
"""

import secrets
from hashlib import sha256
from pathlib import Path

from kpi.errors import StoreError
from kpi.store.folder import DataFolder, claim, sync_folders

_BYTES, _CHECK = 32, 8  # of the key; hexadecimal digits of its check
LOST = "编号摘要用的密钥文件 secret 缺失或换过：从前换成摘要的台账编号与以后报的对不上；请从备份恢复 secret，再重新启动。"


def key_of(folder: DataFolder) -> str:
    """
    The key of a data folder in hexadecimal; made when there is none.

    Raises:
        StoreError: It cannot be written or read, or is damaged.

    """
    path = _path(folder)
    try:
        if not path.exists():
            key = secrets.token_hex(_BYTES)
            partial = folder.write_partial(f"{key} {check_of(key)}\n".encode(), mode=0o600)
            claim(partial, path)  # another node may have been quicker; then its key holds
            sync_folders([folder.root])
        return _read(path)
    except (OSError, ValueError):
        raise StoreError(
            f"编号摘要用的密钥「{path}」写不出、读不出或已损坏；请检查磁盘，或从备份恢复这个文件。没有备份的，把它移到别处，会换一把新的。"
        ) from None


def check_now(folder: DataFolder) -> str | None:
    """The check of the key that is there; None where there is none, or a damaged one."""
    try:
        return check_of(_read(_path(folder)))
    except (OSError, ValueError):
        return None


def check_of(key: str) -> str:
    """What tells a key from others without giving it away: the first hexadecimal digits of its sha256."""
    return sha256(bytes.fromhex(key)).hexdigest()[:_CHECK]


def _path(folder: DataFolder) -> Path:
    return folder.root / "secret"


def _read(path: Path) -> str:
    key, check = path.read_text("ascii").split()
    if len(key) != 2 * _BYTES or check != check_of(key):
        raise ValueError("no key")
    return key
