"""What is kept in files beside the tables: uploads or their copies, the cases of ledgers, the figures of editions, the key for digests."""

import re
from datetime import date
from threading import RLock

from kpi.catalog.model import Catalog
from kpi.catalog.organisation import BUREAU
from kpi.errors import StoreError
from kpi.period import Month
from kpi.store import case_files, secret
from kpi.store.batch import Batch
from kpi.store.connection import read_property, write_property
from kpi.store.edition import Edition
from kpi.store.folder import DataFolder
from kpi.store.log_rows import Logged
from kpi.store.records import Records
from kpi.store.submission import KeptAs, Submission
from kpi.store.vault import Vault
from kpi.workbook.ledgers.cases_on_file import Figures
from kpi.workbook.report import KeptCases

_KEY = "key"  # property of the database: the check of the key for digests of codes
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Attachments(Records):
    """The tables, and the files that their rows name; `kpi.store.database.Store` opens it."""

    def __init__(self, folder: DataFolder, catalog: Catalog, vault: Vault) -> None:
        self._folder = folder
        self._catalog = catalog
        self._vault = vault
        self._lock = RLock()
        self._key_check: str | None = None  # of the key for digests of codes that the database remembers

    def frozen(self, edition: Edition) -> bytes:
        """
        The rows of an edition as they were frozen.

        Raises:
            StoreError: They are missing or damaged.

        """
        return self._folder.read(self._folder.edition(str(edition.period), edition.figures), "会议版")

    def original(self, digest: str) -> bytes:
        """
        The bytes of an upload, or of a form the copy that is kept of it: `kept_as` tells which.

        Args:
            digest: The sha256 of a submission.

        Raises:
            StoreError: There is none with this digest, it is damaged, or it was a ledger's and is not kept.

        """
        if not _SHA256.fullmatch(digest):
            raise StoreError(f"「{digest}」不是原始文件的校验码。")
        batch = self._latest_batch(digest)
        match self._kept_as(batch):
            case KeptAs.NOTHING if batch and not batch.sealed:
                raise StoreError(f"「{batch.file}」是台账，含有个人信息，原件没有保留；留存的只有指标目录允许的列。")
            case KeptAs.COPY if batch:
                return self._folder.read(self._folder.upload(batch.copy), "留存副本")
        if batch and batch.sealed:
            return self._vault.open(self._folder.read(self._folder.upload(batch.sealed), "加密原件"))
        return self._folder.read(self._folder.upload(digest), "原始文件")

    def kept_as(self, digest: str) -> KeptAs:
        """What `original` can give of a submission with this sha256."""
        try:
            return self._kept_as(self._latest_batch(digest))
        except StoreError:  # its batch is damaged, which is no reason not to show the others
            return KeptAs.UNKNOWN

    def _kept_as(self, batch: Batch | None) -> KeptAs:
        if batch is None or not (batch.ledger or batch.copy) or (batch.sealed and self._vault.seals):
            return KeptAs.WHOLE
        return KeptAs.COPY if batch.copy else KeptAs.NOTHING

    @property
    def secret(self) -> str:
        """The key of this data folder for digests of codes that say who somebody is, in hexadecimal."""
        key = secret.key_of(self._folder)
        if self._key_check is None:
            with self._lock:
                self._note_key()
        return key

    @property
    def seals(self) -> bool:
        """Whether uploads of which not everything is kept are sealed, under a key."""
        return self._vault.seals

    def filed_keys(self, office: str, template: str, period: Month) -> list[tuple[Submission, frozenset[tuple[str, date]] | None]]:
        """The submissions of a ledger that count for one month, of every organisation, each with the keys and days of its cases; None where they are lost."""
        return [(submission, self._keys(submission)) for submission in self.current_submissions(period, office) if submission.template == template]

    def _keys(self, submission: Submission) -> frozenset[tuple[str, date]] | None:
        try:
            return case_files.decode_keys(self._folder.read(self._folder.cases(submission.sha256), "台账明细"))
        except StoreError:  # missing or damaged, which `verify` says
            return None

    def case_marks(self, submission: Submission) -> list[str] | None:
        """Of each case of a submission of a ledger the mark of the sheet that brought it, its own first; None of a form, and where they are lost."""
        if submission.template not in self._catalog.ledgers:
            return None
        try:
            return case_files.decode_marks(self._folder.read(self._folder.cases(submission.sha256), "台账明细"))
        except StoreError:  # missing or damaged, which `verify` says
            return None

    def filed_ledger(self, office: str, template: str, org: str = BUREAU) -> list[tuple[Submission, KeptCases, Figures]]:
        """
        The submissions of an organisation's ledger that count, each with all that is kept of its cases and its figures.

        Raises:
            StoreError: What was kept is missing or damaged.

        """
        ledger = self._catalog.ledgers[template]
        filed = [one for one in self.current_submissions(office=office, org=org) if one.template == template]
        return [(one, *case_files.decode(self._folder.read(self._folder.cases(one.sha256), "台账明细"), ledger)) for one in filed]

    def _latest_batch(self, digest: str) -> Batch | None:
        """The latest batch with this sha256; None where there is none."""
        found = self.rows("select seq, batch from submission where sha256 = $digest order by seq desc limit 1", {"digest": digest})
        return self._batch(*found[0]).batch if found else None

    def _batch(self, number: int, path: str, *, demo: bool = False) -> Logged:
        data = self._folder.read(self._folder.root / path, "批次")
        try:
            return Logged(number, path, Batch.parse(data), demo)
        except StoreError as error:
            raise StoreError(f"批次「{path}」的{error}") from None

    def _note_key(self) -> None:
        """Let the database remember which key there is, once there is one."""
        self._key_check = read_property(self._connection, _KEY)
        if self._key_check is None and (there := secret.check_now(self._folder)):
            write_property(self._connection, _KEY, there)
            self._key_check = there

    @property
    def _key_lost(self) -> bool:
        """Whether the key is gone or another one than that which the database remembers."""
        return self._key_check is not None and self._key_check != secret.check_now(self._folder)
