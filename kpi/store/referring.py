"""
What is referred (送审) and what becomes of it: accepted, which makes it submissions, or returned.

Who accepts takes in what was sent, byte for byte; checked once more is that no month is locked and that nothing has taken
the place of what it was compared with.  A referral that was accepted leaves its moment in the batches, so that one whose
file outlived a crash is known for it.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from kpi.catalog.model import Catalog
from kpi.errors import OutdatedError, RequestError, StoreError
from kpi.store.clock import now
from kpi.store.folder import DataFolder
from kpi.store.numbers_in_force import NumbersInForce
from kpi.store.offer import Offer
from kpi.store.referral import Referral, ReferredReport, Return, sheets_of
from kpi.store.refresh import Definitions
from kpi.store.refusals import refuse_locked, refuse_overtaken, refuse_unwritable
from kpi.store.submission import Accepted, Submission
from kpi.store.vault import Vault
from kpi.store.writing import StoreWriter


class ReferralWriter(StoreWriter):
    """The acts about referrals; `kpi.store.database.Store` opens it."""

    def __init__(self, folder: DataFolder, catalog: Catalog, definitions: Definitions, vault: Vault) -> None:
        super().__init__(folder, catalog, definitions, vault)
        self._undecided = set[str]()  # the names of those of which it is known that they are not on record

    def referrals(self) -> list[Referral]:
        """What waits to be accepted, and what was returned, the oldest first; what cannot be read is in `referral_faults`."""
        every = list(self._referrals.whole())
        self._undecided &= {referral.code for referral in every}
        return sorted((referral for referral in every if not self._accepted(referral)), key=lambda referral: referral.at)

    def referral_faults(self) -> list[str]:
        """The referrals that cannot be read, one Chinese sentence each."""
        return self._referrals.faults()

    def referral(self, code: str) -> Referral:
        """
        A referral that waits or was returned.

        Raises:
            RequestError: There is none of this name, or it was accepted.
            StoreError: It cannot be read.

        """
        referral = self._referrals.find(code)
        if self._accepted(referral):
            with suppress(StoreError):
                self._referrals.remove(code)
            raise RequestError(f"送审的「{code}」已经审核入库；请刷新页面。")
        return referral

    def refer(self, items: Sequence[Accepted], account: str) -> Referral:
        """
        Keep reports for somebody to accept; what they take the place of is gone: what the same sender sent, and what was returned to whomever.

        Args:
            items: The reports, which will be accepted or returned together.
            account: Of who sends them.

        Raises:
            OutdatedError: What a report was compared with is no longer in force.
            RequestError: A text cannot be written.
            StoreError: The disk is too full or refuses, a report cannot be kept as it is, or its month is locked; nothing was kept.

        """
        refuse_unwritable(text for item in items for text in (item.file, item.by, item.note, *item.report.remarks.values()))
        moment = now()
        with self._writing():
            offers = self._offering.offers(items, moment, demo=False)
            batches = [offer.batch for offer in offers]
            refuse_locked(self, self._catalog, batches)
            in_force = NumbersInForce(self, batches, ())
            for offer in offers:
                if offer.beside is not None:
                    refuse_overtaken(offer.batch, offer.beside, in_force.of_month(offer.batch))
            reports = [_referred(offer, in_force.of_sheet(offer.batch)) for offer in offers]
            referral = Referral(self._referrals.new_code(moment), items[0].by, account, moment, sheets_of(batches), reports)
            self._referrals.keep(referral)
            keys = {batch.key for batch in batches}
            for earlier in self._referrals.whole():
                if earlier.code != referral.code and (earlier.account == account or earlier.returned) and keys.issuperset(_keys(earlier)):
                    with suppress(StoreError):  # then it is one more to look at
                        self._referrals.remove(earlier.code)
            return referral

    def accept_referral(self, code: str, by: str) -> list[Submission]:
        """
        Take in what was referred, all of it.

        Args:
            code: Its name.
            by: Who accepts it.

        Raises:
            OutdatedError: A sheet of it was replaced or withdrawn since.
            RequestError: There is no such referral, or it was accepted or returned.
            StoreError: It cannot be read, a month is locked, or the store cannot take it; it goes on waiting.

        """
        refuse_unwritable([by])
        with self._writing():
            referral = self._waiting_referral(code)
            self._undecided.discard(code)
            at = max(now(), referral.at)  # never before it was sent, whatever somebody did to the clock
            batches = [replace(report.batch, at=at, accepted_by=by, referred_at=referral.at, referral=code) for report in referral.reports]
            files = [self._offering.files(batch, report.kept, report.sealed) for batch, report in zip(batches, referral.reports, strict=True)]
            offers = [Offer(batch, beside, report.beside, demo=False) for batch, beside, report in zip(batches, files, referral.reports, strict=True)]
            try:
                stored = self._commit(offers, NumbersInForce.of_sheet)
            except OutdatedError as error:
                raise OutdatedError(f"{str(error).partition('：')[0]}：送审以后，同一张报表又有报送入库或撤回；请退回，由科室重新核对后再送审。") from None
            with suppress(StoreError):  # then it is known by its submissions for what it is
                self._referrals.remove(code)
            return stored

    def return_referral(self, code: str, returned: Return) -> Referral:
        """
        Return what was referred: only what it was, and why it was returned, is left for its sender.

        Raises:
            RequestError: There is no such referral, it was accepted or returned, or a text cannot be written.
            StoreError: It cannot be read, or the disk refuses; it goes on waiting.

        """
        refuse_unwritable([returned.by, returned.reason])
        with self._writing():
            referral = replace(self._waiting_referral(code), reports=(), returned=returned)
            self._referrals.keep(referral)
            return referral

    def forget_referral(self, code: str, *, returned: bool) -> None:
        """
        Take a referral away that its sender took back, or whose return somebody has taken note of.

        Args:
            code: Its name.
            returned: Whether it was returned, as far as who asks knows.

        Raises:
            RequestError: There is no such referral, it was accepted, or it was returned meanwhile and nobody has read why.
            StoreError: It cannot be read, or the disk refuses.

        """
        with self._writing():
            if self.referral(code).returned and not returned:
                raise RequestError(f"送审的「{code}」刚才已退回；请刷新页面，看退回的理由。")
            self._referrals.remove(code)

    def _waiting_referral(self, code: str) -> Referral:
        referral = self.referral(code)
        if referral.returned:
            raise RequestError(f"送审的「{code}」已由{referral.returned.by}退回；请刷新页面。")
        return referral

    def _accepted(self, referral: Referral) -> bool:
        """Whether it is on record: its file outlived a crash."""
        if referral.code in self._undecided:
            return False
        first = referral.sheets[0]
        accepted = any(submission.referral == referral.code for submission in self.submissions(first.period, first.office, first.org))
        if not accepted:
            self._undecided.add(referral.code)
        return accepted


def _referred(offer: Offer, beside: frozenset[int]) -> ReferredReport:
    """An offer as it waits: what is kept of it, and the sealed upload, by the digests of its batch."""
    batch, by_name = offer.batch, {path.name.removesuffix(".parquet"): data for path, data in offer.files.items()}
    return ReferredReport(batch, by_name[batch.copy or batch.sha256], by_name.get(batch.sealed) if batch.sealed else None, beside)


def _keys(referral: Referral) -> set[tuple[str, str, object, str]]:
    return {(sheet.org, sheet.office, sheet.period, sheet.template) for sheet in referral.sheets}
