"""
The setup of a bureau (建局) as it goes on for an afternoon or a week: sheets dropped, surveyed, and what is said of each proposal.

All of it is kept in the data folder at each step, so that a reload, a restart or another day finds it as it was.  There is one
setup of a bureau, whoever may define works at it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from threading import RLock
from weakref import WeakKeyDictionary

from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.errors import RequestError, StoreError
from kpi.filing.drop_limits import refusal
from kpi.setup.answer_carrying import carry_answers
from kpi.setup.proposal import Proposal
from kpi.setup.proposal_fields import answer_of
from kpi.setup.proposing import in_order, propose
from kpi.setup.setup_draft import ProposalAnswer, ProposalVerdict, SetupDraft
from kpi.setup.setup_state import SetupState, read_state, state_text
from kpi.setup.sheet_survey import Progress, SurveyedSheet, survey
from kpi.store.database import Store
from kpi.store.setup_folder import SetupFile

_KEPT = "这一份和放着的「{}」内容完全相同，不用重复放入。"
_known: WeakKeyDictionary[Store, "SettingUp"] = WeakKeyDictionary()
_first = RLock()


class SettingUp:
    """The setup of the bureau whose store this is; every method that changes it asks for the right to define."""

    def __init__(self, store: Store) -> None:
        self._folder = store.setup
        self._lock = RLock()
        self._sheets: dict[str, SurveyedSheet] = {}  # those surveyed in this run of the server
        self.files: tuple[SetupFile, ...] = tuple(self._folder.files())
        self.state = read_state(self._folder.noted())

    @property
    def begun(self) -> bool:
        """Whether there is anything of a setup."""
        return bool(self.files) or self.state != SetupState()

    @property
    def unsurveyed(self) -> bool:
        """Whether sheets came or went since the draft was made."""
        return {file.key for file in self.files} != set(self.state.surveyed)

    @property
    def unopened(self) -> tuple[str, ...]:
        """The keys of the sheets that nobody has read since the server started."""
        return tuple(file.key for file in self.files if file.key not in self._sheets)

    @property
    def draft(self) -> SetupDraft:
        """
        The draft.

        Raises:
            RequestError: No sheet with figures is there yet.

        """
        if self.state.draft is None:
            raise RequestError("还没有建议；请先放入科室的报表。")
        return self.state.draft

    @property
    def unread(self) -> tuple[str, ...]:
        """A sentence for each sheet that gives no figure."""
        return tuple(self.state.unread[file.key] for file in self.files if file.key in self.state.unread)

    def put(self, bureau: LiveBureau, dropped: Iterable[tuple[str, bytes]]) -> list[str]:
        """
        Take sheets in hand, to be surveyed by `look`.

        Args:
            bureau: The bureau, asked by who drops them.
            dropped: Name and bytes of each.

        Returns:
            A sentence for each that was not taken, or why none was.

        Raises:
            DeniedError: The caller may not define.

        """
        bureau.require(Right.DEFINE)
        with self._lock:
            lying, warnings = {file.digest: file.name for file in self.files}, []
            fresh = list(dict.fromkeys(dropped))
            if sentence := refusal([len(data) for _, data in fresh], [len(file.data) for file in self.files]):
                return [sentence]
            for name, data in fresh:
                try:
                    file = self._folder.keep(name, data)
                except StoreError as error:
                    warnings.append(str(error))
                    continue
                if file.digest in lying:
                    if file.key not in {own.key for own in self.files}:
                        self._folder.remove(file.key)
                    warnings.append(f"「{name}」：{_KEPT.format(lying[file.digest])}")
                    continue
                if name in lying.values():
                    warnings.append(f"「{name}」和先前放入的同名、内容不同，两份都用；旧的不要了，请移除。")
                lying[file.digest] = name
                self.files = tuple(sorted((*self.files, file), key=lambda own: (own.name, own.key)))  # as they are read after a restart
            return warnings

    def remove(self, bureau: LiveBureau, keys: Collection[str]) -> None:
        """
        Take sheets away again; what only they propose is no proposal any more.

        Raises:
            DeniedError: The caller may not define.

        """
        bureau.require(Right.DEFINE)
        with self._lock:
            for key in keys:
                self._folder.remove(key)
            self.files = tuple(file for file in self.files if file.key not in keys)
            if not self.files and self.state.in_force is None:
                self.discard(bureau)

    def look(self, bureau: LiveBureau, progress: Progress = lambda done, total: None) -> None:
        """
        Survey the sheets that are new and propose from all of them; answers stay by the keys of their proposals.

        Raises:
            DeniedError: The caller may not define.
            UnstartedError: The machine cannot open any sheet.
            StoreError: The disk refuses.

        """
        bureau.require(Right.DEFINE)
        with self._lock:
            known = {file.key: file for file in self.files}
            for key, sheet in survey(bureau.parser, [file for file in self.files if file.key not in self._sheets], progress):
                self._sheets[key] = sheet
            sheets = {key: self._sheets[key] for key in known}
            read = [sheet for sheet in sheets.values() if not sheet.unread]
            sheets_of = {id(sheet.file): sheet for sheet in read}
            files = in_order([sheet.file for sheet in read])
            draft, asked_anew = None, 0
            if files:
                read = [sheets_of[id(file)] for file in files]
                proposed = propose(files, [figure for sheet in read for figure in sheet.figures], [ledger for sheet in read for ledger in sheet.ledgers])
                draft = SetupDraft(proposed)
                if self.state.draft is not None:
                    draft, asked_anew = carry_answers(self.state.draft, proposed)
            unread = {key: sheet.unread for key, sheet in sheets.items() if sheet.unread}
            self.keep(replace(self.state, draft=draft, surveyed=tuple(known), unread=unread, asked_anew=asked_anew))

    def accept(self, bureau: LiveBureau, key: str, wanted: Mapping[str, str]) -> None:
        """
        Accept a proposal, with fields as they are wanted.

        Raises:
            DeniedError: The caller may not define.
            RequestError: There is no such proposal, it lacks what it needs, or a field holds what no catalogue takes.

        """
        proposal = self.draft.proposal(key)
        self._answer(bureau, {key: answer_of(self.draft, proposal, wanted)})

    def refuse(self, bureau: LiveBureau, keys: Iterable[str]) -> None:
        """
        Refuse proposals.

        Raises:
            DeniedError, RequestError: As `accept`.

        """
        self._answer(bureau, {key: ProposalAnswer(ProposalVerdict.REFUSED) for key in keys})

    def reopen(self, bureau: LiveBureau, key: str) -> None:
        """
        Take an answer back.

        Raises:
            DeniedError: The caller may not define.

        """
        bureau.require(Right.DEFINE)
        with self._lock:
            answers = {other: answer for other, answer in self.draft.answers.items() if other != key}
            self.keep(replace(self.state, draft=replace(self.draft, answers=answers)))

    def accept_certain(self, bureau: LiveBureau, proposals: Collection[Proposal] | None = None) -> int:
        """
        Accept what is certain of all proposals, or of some, and not answered yet.

        Returns:
            How many that were.

        Raises:
            DeniedError: The caller may not define.

        """
        bureau.require(Right.DEFINE)
        with self._lock:
            draft = self.draft
            keys = None if proposals is None else {proposal.key for proposal in proposals}
            fresh = {key: answer for key, answer in draft.all_accepted().answers.items() if key not in draft.answers and (keys is None or key in keys)}
            self.keep(replace(self.state, draft=replace(draft, answers={**draft.answers, **fresh})))
            return len(fresh)

    def due_day(self, bureau: LiveBureau, day: str) -> None:
        """
        Let all offices that are not refused owe their sheets by one day of the next month, and accept them.

        Raises:
            DeniedError, RequestError: As `accept`.

        """
        draft, answers = self.draft, {}
        for office in draft.proposed.offices:
            known = draft.answers.get(office.key)
            if known is None or known.verdict is not ProposalVerdict.REFUSED:
                answers[office.key] = answer_of(draft, office, {**(known.changes if known else {}), "due_day": day})
        self._answer(bureau, answers)

    def discard(self, bureau: LiveBureau) -> None:
        """
        Throw the sheets and the draft away; what came in force stays.

        Raises:
            DeniedError: The caller may not define.

        """
        bureau.require(Right.DEFINE)
        with self._lock:
            self._folder.discard()
            self.files, self.state, self._sheets = (), SetupState(), {}

    def keep(self, state: SetupState) -> None:
        """
        Keep how far it is, on disk first.

        Raises:
            StoreError: The disk refuses; it is as far as it was.

        """
        with self._lock:
            self._folder.note(state_text(state))
            self.state = state

    def _answer(self, bureau: LiveBureau, answers: Mapping[str, ProposalAnswer]) -> None:
        bureau.require(Right.DEFINE)
        with self._lock:
            draft = self.draft
            for key, answer in answers.items():
                draft = draft.answered(key, answer)
            self.keep(replace(self.state, draft=draft))


def setting_up(bureau: LiveBureau) -> SettingUp:
    """The setup of a bureau; the same one for all who ask this process."""
    with _first:
        if bureau.store not in _known:
            _known[bureau.store] = SettingUp(bureau.store)
        return _known[bureau.store]
