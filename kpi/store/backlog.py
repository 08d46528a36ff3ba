"""
The backlog: reports that the log has and whose senders were answered, on their way into the tables.

An answer says that a report is kept, for which files and log suffice; figures are computed meanwhile by a thread of the
backlog's own.  Whoever asks the tables clears the backlog first, or waits for the thread that does, so nobody sees an
older board.  What is not in the tables when the process dies is brought in at the next start, from log and batches.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock, RLock, Thread

from kpi.errors import StoreError
from kpi.store.interruption import deferred
from kpi.store.log_chain import LogFile
from kpi.store.offer import Offer


@dataclass(frozen=True, slots=True)
class LoggedCommit:
    """What one commit entered: the file of the log and its reports, each with its number."""

    file: LogFile
    offers: Sequence[Offer]


class Backlog:
    """
    What waits for the tables, in log order.

    Args:
        bring_in: Brings commits into the tables, all or none; whether it was tried before and refused.  It raises a
            StoreError where the tables cannot be written.
        announce: What becomes of such an error where nobody asked who could be told.

    """

    def __init__(self, bring_in: Callable[[Sequence[LoggedCommit], bool], None], announce: Callable[[str], None]) -> None:
        self._bring_in, self._announce = bring_in, announce
        self.tables = RLock()  # round whatever writes tables; a writer takes it after the lock round the log, never before
        self._changing = Lock()  # round the two below
        self._waiting: list[LoggedCommit] = []
        self._thread: Thread | None = None
        self.refused = False  # the last attempt failed

    def __len__(self) -> int:
        """How many commits wait."""
        return len(self._waiting)

    @property
    def files(self) -> list[LogFile]:
        """The files of the log that wait."""
        return [commit.file for commit in list(self._waiting)]

    @property
    def offers(self) -> list[Offer]:
        """The reports that wait; who looks at the tables as well asks here first, for what waits no longer is there."""
        return [offer for commit in list(self._waiting) for offer in commit.offers]

    def add(self, commit: LoggedCommit) -> None:
        """Let a commit wait, and see to it that somebody brings it in."""
        with self._changing:
            self._waiting.append(commit)
            if self._thread is None:
                thread = Thread(target=self._work, name="kpi-backlog")
                try:
                    thread.start()
                except RuntimeError:  # the system gives no thread: who asks next does it
                    return
                self._thread = thread

    def clear(self) -> None:
        """
        Bring in all that waits; who comes while another one does it waits for that.

        Raises:
            StoreError: The tables cannot be written; it goes on waiting.

        """
        if not self._waiting:
            return
        with deferred(), self.tables:  # between the tables and the list nothing may come, or it would be brought in twice
            commits = list(self._waiting)
            if not commits:
                return
            try:
                self._bring_in(commits, self.refused)
            except BaseException:
                self.refused = True
                raise
            self.refused = False
            with self._changing:
                del self._waiting[: len(commits)]

    def end(self) -> None:
        """Clear it for the last time and let its thread end; what the tables refuse is for the next start."""
        try:
            self.clear()
        except StoreError:
            with self.tables, self._changing:
                self._waiting.clear()
        with self._changing:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        """Clear it until nothing waits, or the tables refuse."""
        while True:
            try:
                self.clear()
            except StoreError as error:
                self._announce(str(error))
            with self._changing:
                if self.refused or not self._waiting:
                    self._thread = None
                    return
