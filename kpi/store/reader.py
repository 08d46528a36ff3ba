"""
What can be read of a data folder: the tables, and the files that their rows name.

The living store is a reader, and so is each of its pasts; whoever only looks at figures asks for no more than this.
"""

from collections.abc import Sequence
from datetime import date

from kpi.catalog.model import Catalog
from kpi.catalog.organisation import BUREAU
from kpi.compute.parts import Parts
from kpi.errors import StoreError
from kpi.period import Month, Span
from kpi.store import case_files
from kpi.store.batch import Batch
from kpi.store.edition import Edition
from kpi.store.folder import DataFolder
from kpi.store.log_rows import Logged
from kpi.store.originals import Originals, require_digest
from kpi.store.parts_sql import rolled_up, summed, wanted
from kpi.store.publication import Publication
from kpi.store.publications import Publications
from kpi.store.records import Records
from kpi.store.referrals import Referrals
from kpi.store.refresh import Definitions
from kpi.store.row_values import value_of
from kpi.store.statements import statement
from kpi.store.submission import KeptAs, Submission, SubmissionKey
from kpi.store.vault import Vault
from kpi.value import Value
from kpi.workbook.ledgers.cases_on_file import FiledFigures
from kpi.workbook.report import Column, KeptCases


class StoreReader(Records):
    """The tables as far as a number of the log, and the files that their rows name; any thread may ask."""

    def __init__(self, folder: DataFolder, catalog: Catalog, definitions: Definitions, vault: Vault) -> None:
        self._folder = folder
        self._catalog = catalog
        self._definitions = definitions
        self._vault = vault
        self._originals = Originals(folder, vault)
        self._referrals = Referrals(folder)
        self._publications = Publications(folder)
        self._version = 0

    @property
    def version(self) -> int:
        """The last number of the log that the tables hold; what a cache of figures is keyed by."""
        return self._version

    def summed_parts(self, orgs: Sequence[str], leaves: Sequence[str], codes: Sequence[str], points: Sequence[Month], span: Span) -> list[Parts]:
        """The parts of indicators or measures of organisations, summed now over any span; ``leaves``: all that report at or below them, or their stays."""
        derived = not self._catalog.derived.isdisjoint(codes)
        asked = {"leaves": list(leaves), "indicators": list(codes), **wanted(self._catalog.year, points, span, derived=derived)}
        if list(orgs) == list(leaves):
            return [Parts._make(row) for row in self.rows(summed(span, derived=derived), asked)]
        return [Parts._make(row) for row in self.rows(rolled_up(span, derived=derived), asked | {"nodes": list(orgs), "direct": False})]

    def reported_codes(self) -> frozenset[tuple[str, str]]:
        """By noun (measure, office, org, ledger) the codes that stored submissions name, superseded and withdrawn ones too."""
        return frozenset(self.rows(statement("reported_codes")))

    def referral_codes(self) -> list[str]:
        """The names of what waits for somebody to accept it, or was returned; the version does not change with it."""
        return self._referrals.codes()

    def referred_sheets(self) -> frozenset[SubmissionKey]:
        """The sheets that wait for somebody to accept them; of a past nobody knows."""
        waiting = [referral for referral in self._referrals.whole() if referral.returned is None]
        return frozenset((sheet.org, sheet.office, sheet.period, sheet.template) for referral in waiting for sheet in referral.sheets)

    def publications(self) -> list[Publication]:
        """
        The public versions that were handed out, the first one first.

        Raises:
            StoreError: A file of them is damaged.

        """
        return self._publications.all()

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
        require_digest(digest)
        return self._originals.read(digest, self._latest_batch(digest))

    def kept_as(self, digest: str) -> KeptAs:
        """What `original` can give of a submission with this sha256."""
        try:
            return self._originals.kept_as(self._latest_batch(digest))
        except StoreError:  # its batch is damaged, which is no reason not to show the others
            return KeptAs.UNKNOWN

    def filed_keys(self, office: str, template: str, period: Month) -> list[tuple[Submission, frozenset[tuple[str, date]] | None]]:
        """The submissions of a ledger that count for one month, of every organisation, each with the keys and days of its cases; None where they are lost."""
        return [(submission, self._keys(submission)) for submission in self.current_submissions(period, office) if submission.template == template]

    def _keys(self, submission: Submission) -> frozenset[tuple[str, date]] | None:
        try:
            return case_files.decode_keys(self._cases(submission))
        except StoreError:  # missing or damaged, which `verify` says
            return None

    def case_marks(self, submission: Submission) -> list[str] | None:
        """Of each case of a submission of a ledger the mark of the sheet that brought it, its own first; None of a form, and where they are lost."""
        if submission.template not in self._catalog.ledgers:
            return None
        try:
            return case_files.decode_marks(self._cases(submission))
        except StoreError:  # missing or damaged, which `verify` says
            return None

    def filed_ledger(self, office: str, template: str, org: str = BUREAU) -> list[tuple[Submission, KeptCases, FiledFigures]]:
        """
        The submissions of an organisation's ledger that count, each with all that is kept of its cases and its figures.

        Raises:
            StoreError: What was kept is missing or damaged.

        """
        ledger = self._catalog.ledgers[template]
        filed = [submission for submission in self.current_submissions(office=office, org=org) if submission.template == template]
        return [(submission, *case_files.decode(self._cases(submission), ledger)) for submission in filed]

    def written(self, seq: int) -> dict[tuple[str, Column], tuple[Value, date]]:
        """What one submission states, by measure and column, and to which day each figure runs; blank cells as 未报."""
        rows = self.rows(statement("written_in"), {"seq": seq})
        return {(measure, Column(header)): (value_of(*value), as_of) for measure, header, *value, as_of, _sheet, _cell, _raw in rows}

    def kept_batch(self, submission: Submission) -> tuple[Batch, bytes]:
        """
        The batch of a submission of a ledger, and its cases as they are kept.

        Raises:
            StoreError: They are missing or damaged.

        """
        return self._batch(submission.seq, submission.batch).batch, self._cases(submission)

    def _cases(self, submission: Submission) -> bytes:
        return self._folder.read(self._folder.cases(submission.sha256), "台账明细")

    def _latest_batch(self, digest: str) -> Batch | None:
        """The latest batch with this sha256; None where there is none."""
        listed = self.rows(statement("latest_batch"), {"digest": digest})
        return self._batch(*listed[0]).batch if listed else None

    def _batch(self, number: int, path: str, *, marked: bool = False) -> Logged:
        data = self._folder.read(self._folder.root / path, "批次")
        try:
            return Logged(number, path, Batch.parse(data), marked)
        except StoreError as error:
            raise StoreError(f"批次「{path}」的{error}") from None
