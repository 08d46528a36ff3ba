"""
What a report becomes before it is logged: its batch, and the files that are kept beside it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from kpi.catalog.model import Catalog
from kpi.errors import StoreError
from kpi.store.batch import Batch
from kpi.store.folder import DataFolder
from kpi.store.offer import Offer
from kpi.store.submission import Accepted
from kpi.store.vault import Vault


class Offering:
    """Makes offers of accepted reports, for one data folder and catalogue."""

    def __init__(self, folder: DataFolder, catalog: Catalog, vault: Vault) -> None:
        self._folder, self._catalog, self._vault = folder, catalog, vault

    def offers(self, items: Sequence[Accepted], moment: datetime, *, demo: bool) -> list[Offer]:
        """
        What is to be kept of each report; an upload that several were read from is sealed once.

        Args:
            items: The reports.
            moment: When they came, local time, unless one says itself.
            demo: They are the demonstration.

        Raises:
            StoreError: A report is of an organisation or office that the catalogue has not, or cannot be kept as it is.

        """
        sealed = {item.original: self._vault.seal(item.original) for item in items if item.original is not None}
        digests = {original: sha256(data).hexdigest() for original, data in sealed.items()}
        offers = []
        for item in items:
            original = item.original
            batch = Batch.of(item, self._template(item), item.at or moment, "" if original is None else digests[original])
            kept = item.data if item.copy is None else item.copy
            offers.append(Offer(batch, self.files(batch, kept, None if original is None else sealed[original]), item.beside, demo))
        return offers

    def files(self, batch: Batch, kept: bytes, sealed: bytes | None) -> Mapping[Path, bytes]:
        """What is kept beside a batch: the upload, or the copy of a form or the cases of a ledger, and the sealed upload if there is one."""
        files = {self._folder.cases(batch.sha256) if batch.ledger else self._folder.upload(batch.copy or batch.sha256): kept}
        return files if sealed is None else files | {self._folder.upload(batch.sealed): sealed}

    def _template(self, item: Accepted) -> str:
        office, org = item.report.office, item.report.org
        if org is not None and org not in self._catalog.orgs:
            raise StoreError(f"「{item.file}」的单位「{org}」不在指标目录的机构中；请核对机构代码。")
        if org is not None and not self._catalog.orgs[org].reports:
            raise StoreError(f"「{item.file}」没有入库：{self._catalog.orgs[org].name}自己不报数，它的数由下级机构汇总得出；请选报数的单位。")
        if office is not None and office not in self._catalog.offices:
            raise StoreError(f"「{item.file}」的科室「{office}」不在指标目录中；请核对科室代码。")
        return item.template or (self._catalog.offices[office].template if office else "")
