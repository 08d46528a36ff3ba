"""
Referrals (送审): reports that a 填报员 has sent and a 审核员 has not yet accepted or returned.

A referral is one file, an archive without compression: ``head.json`` says who sent what, and beside it lies what would be
kept of each report, exactly as a submission keeps it; so what is accepted is, byte for byte, what was sent.  It counts in no
figure.  One that was returned has only its head left, with who returned it, when and why.
"""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from kpi.errors import KpiError, StoreError
from kpi.period import Month
from kpi.store.batch import Batch

_HEAD = "head.json"
_NO_REFERRAL = (zipfile.BadZipFile, LookupError, TypeError, ValueError, AttributeError, KpiError, OSError, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Return:
    """That a referral was returned (退回): by whom, when, local time, and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ReferredSheet:
    """What a referral says of one of its reports, whether it still holds it or not."""

    org: str
    office: str
    period: Month
    template: str
    file: str


@dataclass(frozen=True, slots=True)
class ReferredReport:
    """A report of a referral as it would be kept."""

    batch: Batch
    kept: bytes  # the upload, or the copy of a form or the cases of a ledger
    sealed: bytes | None  # the sealed upload, if there is one
    beside: frozenset[int]  # of its sheet the submissions in force that it was compared with


@dataclass(frozen=True, slots=True)
class Referral:
    """Reports that are accepted or returned together."""

    code: str  # its name: when it was sent, and eight digits
    by: str  # 报送人
    account: str  # of 报送人
    at: datetime  # when it was sent, local time
    sheets: Sequence[ReferredSheet]
    reports: Sequence[ReferredReport] = ()  # none once it was returned
    returned: Return | None = None

    def encode(self) -> bytes:
        """The bytes of its file."""
        head = {
            "by": self.by,
            "account": self.account,
            "at": self.at.isoformat(),
            "sheets": [asdict(sheet) | {"period": str(sheet.period)} for sheet in self.sheets],
            "beside": [sorted(report.beside) for report in self.reports],
            "sealed": [report.sealed is not None for report in self.reports],
            "returned": None if self.returned is None else asdict(self.returned) | {"at": self.returned.at.isoformat()},
        }
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(_HEAD, json.dumps(head, ensure_ascii=False))
            for place, report in enumerate(self.reports):
                archive.writestr(f"{place}.batch", report.batch.encode())
                archive.writestr(f"{place}.kept", report.kept)
                if report.sealed is not None:
                    archive.writestr(f"{place}.sealed", report.sealed)
        return buffer.getvalue()

    @classmethod
    def parse(cls, code: str, data: bytes) -> "Referral":
        """
        The referral that `encode` wrote.

        Raises:
            StoreError: It is none, or damaged.

        """
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                head = json.loads(archive.read(_HEAD))
                if broken := archive.testzip():
                    raise ValueError(broken)
                reports = [_report(archive, place, beside, sealed) for place, (beside, sealed) in enumerate(zip(head["beside"], head["sealed"], strict=True))]
            sheets = [ReferredSheet(**{**sheet, "period": Month.parse(sheet["period"])}) for sheet in head["sheets"]]
            returned = head["returned"] and Return(**{**head["returned"], "at": datetime.fromisoformat(head["returned"]["at"])})
            return cls(code, str(head["by"]), str(head["account"]), datetime.fromisoformat(head["at"]), sheets, reports, returned)
        except _NO_REFERRAL as error:
            way_out = f"请从备份恢复数据目录里的「referrals/{code}.zip」，没有备份的移走这个文件，由科室重新送审"
            raise StoreError(f"送审的「{code}」已损坏，读不出；{way_out}。") from error


def _report(archive: zipfile.ZipFile, place: int, beside: Sequence[int], sealed: bool) -> ReferredReport:
    batch = Batch.parse(archive.read(f"{place}.batch"))
    kept, seal = archive.read(f"{place}.kept"), archive.read(f"{place}.sealed") if sealed else None
    digest = batch.sha256 if batch.ledger else batch.copy or batch.sha256
    if sha256(kept).hexdigest() != digest or (seal is not None and sha256(seal).hexdigest() != batch.sealed):
        raise ValueError("digest")
    return ReferredReport(batch, kept, seal, frozenset(beside))


def sheets_of(batches: Sequence[Batch]) -> list[ReferredSheet]:
    """What is said of some reports."""
    return [ReferredSheet(batch.org, batch.office, batch.period, batch.template, batch.file) for batch in batches]
