"""The slip (督办单): a follow-up as it stands on a day, with what is needed to say so."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kpi.compute.follow_up_course import FollowUpCourse, FollowUpStatus, Lamp
from kpi.present.row_words import Spoken
from kpi.store.follow_up import FollowUp, Step
from kpi.store.follow_up_entry import FollowUpAct, FollowUpEntry
from kpi.store.follow_up_refusals import signed


@dataclass(frozen=True, slots=True)
class SlipStep:
    """One step of a follow-up as it stands."""

    number: int  # from 1 on
    words: str
    due: date | None
    done: FollowUpEntry | None  # who said that it is done, and when; None while it is not


@dataclass(frozen=True, slots=True)
class Slip:
    """A follow-up at the end of a day; ``entries`` are all up to then, in log order."""

    follow_up: FollowUp
    entries: tuple[FollowUpEntry, ...]
    day: date
    course: FollowUpCourse
    office: str  # the name of the office
    org: str  # the organisation that is meant today
    whose: str  # its name, where there are several
    now: Spoken | None = None  # the figure of the latest month that decides, where an indicator is followed up
    unit: str = ""  # of the indicator; empty where none is followed up, or the catalogue has lost it
    expected: Fraction | None = None  # what that should have reached by its day to keep the promise; None without a promised value

    @property
    def number(self) -> int:
        """Its number, which is that of its opening in the log."""
        return self.follow_up.seq

    @property
    def status(self) -> FollowUpStatus:
        """How it stands."""
        return self.course.status

    @property
    def lamp(self) -> Lamp:
        """Its colour."""
        return self.course.lamp

    @property
    def due(self) -> date:
        """The day that is promised now."""
        return self.course.due

    @property
    def promise(self) -> str:
        """What is promised now, in the words of who promised; empty where nobody wrote any."""
        return [self.follow_up.promise, *(entry.promise for entry in self.entries if entry.promise is not None)][-1]

    @property
    def promised(self) -> Decimal | None:
        """What is promised now as a value of the indicator."""
        return [self.follow_up.promised, *(entry.promised for entry in self.entries if entry.promised is not None)][-1]

    @property
    def completed(self) -> int | None:
        """How many of the problem are mended by now; None where it was not counted."""
        return [self.follow_up.matter.done, *(entry.completed for entry in self.entries if entry.completed is not None)][-1]

    @property
    def steps(self) -> tuple[SlipStep, ...]:
        """Its steps, those that were added behind those that it was opened with."""
        added = (Step(entry.words, entry.due) for entry in self.entries if entry.act is FollowUpAct.ADD_STEP)
        latest = {entry.step: entry for entry in self.entries if entry.act is FollowUpAct.STEP}
        every = enumerate((*self.follow_up.steps, *added), 1)
        return tuple(SlipStep(number, step.words, step.due, entry if (entry := latest.get(number)) and entry.done else None) for number, step in every)

    @property
    def signature(self) -> FollowUpEntry | None:
        """The signature of the leader who closed it; None where none did, or it was taken up again."""
        return signed(self.entries)

    @property
    def meetings(self) -> dict[str, int]:
        """By the code of its edition each meeting in which it was opened, promised anew or taken up again, with the last number of the log that says so."""
        acts = (FollowUpAct.PROMISE, FollowUpAct.REOPEN)
        named = [(self.follow_up.edition, self.number), *((entry.edition, entry.seq) for entry in self.entries if entry.act in acts)]
        return {code: number for code, number in named if code}
