"""
What becomes of an upload of which less is kept, a ledger or a form with more in it than was read: dropped, or sealed with a key of the bureau's.

Dropping is the rule.  A bureau that has to keep originals gives the path of a key file that lies outside of the data
folder, so that neither the folder nor a backup of it opens them.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from kpi.errors import StoreError, cause
from kpi.setting import setting

SETTING, KEY = "KPI_LEDGER_ORIGINALS", "KPI_LEDGER_KEY"
_MAKE_KEY = 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'


@dataclass(frozen=True, slots=True)
class Vault:
    """Seals and opens uploads; without a key it does neither."""

    key: bytes | None = field(default=None, repr=False)

    @classmethod
    def of(cls, data: Path) -> Self:
        """
        The vault that the settings ask for.

        ``KPI_LEDGER_ORIGINALS`` is ``drop`` (also when absent) or ``encrypt``, ``KPI_LEDGER_KEY`` the path of the key file.

        Args:
            data: The data folder, in which the key must not lie.

        Raises:
            StoreError: The settings are wrong, or there is no such key.

        """
        wanted = setting(SETTING) or "drop"
        if wanted not in ("drop", "encrypt"):
            raise StoreError(f"环境变量 {SETTING} 的值「{wanted}」不对；请写 drop（不保留台账原件）或 encrypt（加密保留）。")
        if wanted == "drop":
            return cls()
        path = setting(KEY)
        if not path:
            raise StoreError(f"加密保留台账原件要有密钥文件；请用环境变量 {KEY} 写明它的路径，可用 {_MAKE_KEY} 生成。")
        if Path(path).resolve().is_relative_to(data.resolve()):
            raise StoreError(f"密钥文件「{path}」放在数据目录里，等于没有加密；请移到别处。")
        try:
            key = Path(path).read_bytes().strip()
        except OSError as error:
            raise StoreError(f"打不开密钥文件「{path}」（{cause(error)}）；可用 {_MAKE_KEY} 生成。") from None
        vault = cls(key)
        vault.seal(b"")
        return vault

    @property
    def seals(self) -> bool:
        """Whether uploads of ledgers, and of forms of which not everything is kept, are kept sealed."""
        return self.key is not None

    def seal(self, data: bytes) -> bytes:
        """
        The data, to be opened with the same key only.

        Raises:
            StoreError: The key is none.

        """
        from cryptography.fernet import Fernet  # slow to load, and most bureaus need none of it

        try:
            return Fernet(self.key or b"").encrypt(data)
        except ValueError:
            raise StoreError(f"密钥文件的内容不是密钥；可用 {_MAKE_KEY} 生成。") from None

    def open(self, sealed: bytes) -> bytes:
        """
        What was sealed.

        Raises:
            StoreError: There is no key, or it is another one.

        """
        from cryptography.fernet import Fernet, InvalidToken

        if self.key is None:
            raise StoreError(f"这份文件的原件是加密保留的；请用环境变量 {SETTING}=encrypt 和 {KEY} 给出密钥后再试。")
        try:
            return Fernet(self.key).decrypt(sealed)
        except (InvalidToken, ValueError):
            raise StoreError("密钥不对，打不开这份文件的原件；请用入库时的密钥文件。") from None
