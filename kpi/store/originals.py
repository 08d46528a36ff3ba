"""The originals: uploads as they came, or what is kept in the place of one that says more than was read of it."""

import re

from kpi.errors import StoreError
from kpi.store.batch import Batch
from kpi.store.folder import DataFolder
from kpi.store.submission import KeptAs
from kpi.store.vault import Vault

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Originals:
    """The originals of a data folder, by the batches that were read from them."""

    def __init__(self, folder: DataFolder, vault: Vault) -> None:
        self._folder, self._vault = folder, vault

    def read(self, digest: str, batch: Batch | None) -> bytes:
        """
        The bytes of an upload, or of a form the copy that is kept of it.

        Args:
            digest: The sha256 of the upload.
            batch: What was read from it; None where nothing was.

        Raises:
            StoreError: There is none with this digest, it is damaged, or it was a ledger's and is not kept.

        """
        match self.kept_as(batch):
            case KeptAs.NOTHING if batch and not batch.sealed:
                raise StoreError(f"「{batch.file}」是台账，含有个人信息，原件没有保留；留存的只有指标目录允许的列。")
            case KeptAs.COPY if batch:
                return self._folder.read(self._folder.upload(batch.copy), "留存副本")
        if batch and batch.sealed:
            return self._vault.open(self._folder.read(self._folder.upload(batch.sealed), "加密原件"))
        return self._folder.read(self._folder.upload(digest), "原始文件")

    def kept_as(self, batch: Batch | None) -> KeptAs:
        """What `read` can give of an upload."""
        if batch is None or not (batch.ledger or batch.copy) or (batch.sealed and self._vault.seals):
            return KeptAs.WHOLE
        return KeptAs.COPY if batch.copy else KeptAs.NOTHING


def require_digest(text: str) -> None:
    """
    Refuse what is no sha256, and so the name of no file.

    Raises:
        StoreError: It is none.

    """
    if not _SHA256.fullmatch(text):
        raise StoreError(f"「{text}」不是原始文件的校验码。")
