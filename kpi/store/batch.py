"""
A batch: one accepted report as an immutable Parquet file, complete enough to make the database from.

Its rows are the figures, which any engine that reads Parquet can use; who, when, the findings and the remarks stand in
the file's own metadata.  Figures are decimals from the cell to the file: no binary fraction is ever in between.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq

from kpi.catalog.organisation import BUREAU
from kpi.errors import KpiError, StoreError
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.store.submission import Accepted, Submission, SubmissionKey
from kpi.workbook.personal.masking import mask, mask_with_signers
from kpi.workbook.report import Column, Reading

FACTS = pa.schema(
    [
        ("office", pa.string()),
        ("period", pa.date32()),
        ("measure", pa.string()),
        ("header", pa.string()),
        ("value", pa.decimal128(22, 6)),
        ("state", pa.string()),
        ("decimals", pa.int8()),
        ("qualifier", pa.string()),
        ("as_of", pa.date32()),
        ("sheet", pa.string()),
        ("cell", pa.string()),
        ("raw", pa.string()),
    ]
)
_METADATA = b"kpi"
FactCells = Mapping[tuple[str, str], tuple[object, ...]]  # by measure and header the other columns of a fact, from the value on
_LARGEST = Decimal(10) ** 16
_ADDS_UP = Decimal(10) ** 10
_FINEST = Decimal("0.000001")
_MOST_DECIMALS = 28


@dataclass(frozen=True)
class Batch:
    """A report on its way between its file and the database."""

    office: str
    period: Month
    template: str
    file: str
    sha256: str
    by: str
    at: datetime
    note: str
    findings: tuple[Finding, ...]
    remarks: dict[str, str]
    facts: pa.Table
    ledger: str = ""  # counted from the cases of this one, which are kept under ``sha256``; empty: the upload is
    sealed: str = ""  # sha256 of the sealed upload; empty: it was dropped, or is kept as it is
    org: str = BUREAU
    copy: str = ""  # sha256 of the copy that is kept of a form; empty: its bytes are kept, under ``sha256``
    accepted_by: str = ""  # who accepted what another one had referred; empty: it was accepted as it came
    referred_at: datetime | None = None  # when it was referred, local time; ``at`` is then when it was accepted
    referral: str = ""  # the code of that referral

    @property
    def key(self) -> SubmissionKey:
        return self.org, self.office, self.period, self.template

    @property
    def referred(self) -> tuple[str, datetime | None, str]:
        """Who accepted it, when it was referred, and in which referral; of one that was accepted as it came nothing."""
        return self.accepted_by, self.referred_at, self.referral

    @property
    def may_overflow(self) -> bool:
        """Whether a figure is so large that a sum over months and organisations may not fit; a million of smaller ones do."""
        return any(number is not None and abs(number) >= _ADDS_UP for number in self.facts["value"].to_pylist())

    @classmethod
    def of(cls, item: Accepted, template: str, at: datetime, sealed: str = "") -> "Batch":
        """
        The batch of an accepted report.

        Args:
            item: The report.
            template: What it goes under.
            at: When it came.
            sealed: The digest of the sealed upload.

        Raises:
            StoreError: The report names no organisation, office or period, holds a figure twice, or one that the store cannot
                keep exactly.

        """
        report = item.report
        if report.office is None or report.period is None or report.org is None:
            raise StoreError(f"「{item.file}」没有写明{'科室或期间' if report.org else '是哪个单位的'}，不能入库；请在表头补上后重新上传。")
        _check(item.file, report.readings)
        rows = [_row(report.office, report.period, reading) for reading in report.readings]
        columns = zip(*rows, strict=True) if rows else [()] * len(FACTS)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, FACTS, strict=True)]
        return cls(
            office=report.office,
            period=report.period,
            template=template,
            file=mask_with_signers(item.file),
            sha256=sha256(item.data).hexdigest(),
            by=mask(item.by),
            at=at,
            note=mask(item.note),
            findings=tuple(_masked(finding) for finding in item.findings),
            remarks=dict(report.remarks),
            facts=pa.table(arrays, schema=FACTS),
            ledger=report.cases.ledger if report.cases else "",
            sealed=sealed,
            org=report.org,
            copy=sha256(item.copy).hexdigest() if item.copy is not None else "",
        )

    @classmethod
    def parse(cls, data: bytes) -> "Batch":
        """
        The batch that `encode` wrote.

        Raises:
            StoreError: It is none.

        """
        try:
            with pq.ParquetFile(BytesIO(data)) as file:
                facts = file.read()
            head = json.loads((facts.schema.metadata or {})[_METADATA])
            head["period"] = Month.parse(head["period"])
            head["at"] = datetime.fromisoformat(head["at"])
            if "referred_at" in head:
                head["referred_at"] = datetime.fromisoformat(head["referred_at"])
            head["findings"] = tuple(_finding(**finding) for finding in head["findings"])
            return cls(**head, facts=facts.replace_schema_metadata(None).cast(FACTS))
        except (pa.ArrowException, KpiError, OSError, LookupError, TypeError, ValueError) as error:
            raise StoreError(f"内容不是批次（{str(error).splitlines()[0]}）；请从备份恢复该文件。") from None

    def encode(self) -> bytes:
        """The bytes of the Parquet file."""
        head = {
            "office": self.office,
            "period": str(self.period),
            "template": self.template,
            "file": self.file,
            "sha256": self.sha256,
            "by": self.by,
            "at": self.at.isoformat(),
            "note": self.note,
            "findings": [_kept(finding) for finding in self.findings],
            "remarks": self.remarks,
        }
        head |= {"ledger": self.ledger} if self.ledger else {}
        head |= {"sealed": self.sealed} if self.ledger or self.sealed else {}
        head |= {"copy": self.copy} if self.copy else {}
        head |= {"org": self.org} if self.org != BUREAU else {}
        head |= {"accepted_by": self.accepted_by, "referred_at": self.referred_at.isoformat(), "referral": self.referral} if self.referred_at else {}
        text = json.dumps(head, ensure_ascii=False).encode()
        buffer = BytesIO()
        pq.write_table(self.facts.replace_schema_metadata({_METADATA: text}), buffer)
        return buffer.getvalue()

    def cells(self) -> FactCells:
        """Its figures as `kpi.store.records.Records.holds` compares them: by measure and header."""
        return {(measure, header): tuple(rest) for measure, header, *rest in zip(*(self.facts[name].to_pylist() for name in FACTS.names[2:]), strict=True)}

    def says_what(self, other: "Batch") -> bool:
        """Whether it was read from the same bytes to the same figures as another."""
        return self.sha256 == other.sha256 and self.facts.equals(other.facts) and self.remarks == other.remarks

    def submission(self, seq: int, path: str, *, demo: bool) -> Submission:
        """The batch as it is on record, under a number of the log; ``demo``: it is of the demonstration."""
        kept = (self.office, self.period, self.template, self.file, self.sha256, self.by, self.at, self.note)
        return Submission(seq, *kept, path, self.findings, False, self.org, demo, *self.referred)


def _check(file: str, readings: Sequence[Reading]) -> None:
    seen: dict[tuple[str, Column], Reading] = {}
    for reading in readings:
        key = (reading.measure, reading.column)
        if key in seen:
            raise StoreError(f"「{file}」中数据项「{reading.measure}」的{reading.column.chinese}写了两处：{seen[key].place} 和 {reading.place}；请只保留一处。")
        seen[key] = reading
        number = reading.value.number
        if number is not None and (abs(number) >= _LARGEST or number != number.quantize(_FINEST) or reading.value.decimals > _MOST_DECIMALS):
            raise StoreError(f"「{file}」{reading.place} 的「{reading.raw}」超过 16 位整数或 6 位小数，不能原样保存；请核对单位和位数。")


def _row(office: str, period: Month, reading: Reading) -> tuple[object, ...]:
    value, place = reading.value, reading.place
    return (
        office,
        period.first_day,
        reading.measure,
        reading.column.value,
        value.number,
        value.state.value,
        value.decimals,
        value.qualifier.value,
        reading.as_of,
        place.sheet,
        place.cell,
        reading.raw,
    )


def _masked(finding: Finding) -> Finding:
    return replace(
        finding,
        place=replace(finding.place, sheet=mask_with_signers(finding.place.sheet)),
        seen=mask_with_signers(finding.seen),
        remedy=mask_with_signers(finding.remedy),
        cases=(),
    )


def _kept(finding: Finding) -> dict[str, object]:
    """What is kept of a finding: all but the list of cases, which a submission on file tells as well."""
    return {name: value for name, value in asdict(finding).items() if name != "cases"}


def _finding(code: str, severity: str, place: dict[str, str], seen: str, remedy: str, relation: str | None, measures: list[str]) -> Finding:
    return Finding(code, Severity(severity), Place(**place), seen, remedy, relation, tuple(measures))
