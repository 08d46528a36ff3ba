"""
Terms that no sheet states: what stood some months before, the last months of a flow, products, and sheets that came in.

``shops@year_start``, ``shops@month_start``, ``shops@ago_3m``; ``opened@last_3m``, ``opened@last_3m_ago_3m``, ``opened@since_9``;
``shops*visits``; ``work@received``, ``work@due``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi.period import Month
from kpi.value import Qualifier, State, Value
from tests.oracle.model.amount import Amount, plus
from tests.oracle.model.common import idle_within, within
from tests.oracle.model.course import HIDING, NOTHING, Standing, strongest
from tests.oracle.model.log import Cells

if TYPE_CHECKING:
    from tests.oracle.model.facts import Facts

_SHEETS = ("@received", "@due")


@dataclass(frozen=True)
class Derived:
    """What there is of such a term in a month: a number, or the word that stands for it; ``idles``: of a window the months with nothing to count."""

    amount: Amount | None = None
    word: State = State.UNREPORTED
    day: date | None = None
    idles: tuple[int, ...] = ()

    @property
    def cells(self) -> Cells | None:
        """As cells; None where nothing came."""
        day = self.day or date.min
        if self.amount is not None:
            return Cells(day, Value.of(Decimal(0)))  # that there is a number is asked of them, not which
        return None if self.word is State.UNREPORTED else Cells(day, Value(self.word))


def is_derived(code: str) -> bool:
    return "@" in code or "*" in code


def is_window(code: str) -> bool:
    return "@last_" in code or "@since_" in code


def has_no_day(code: str) -> bool:
    """Whether it is of an earlier month, which tells nothing of the day that the figure runs to."""
    return "@" in code and not code.endswith(_SHEETS) and (not is_window(code) or "_ago_" in code)


def derived(facts: "Facts", org: str, code: str, month: Month) -> Derived:
    """What there is of it in a month."""
    measure, _, suffix = code.partition("@")
    if not suffix:
        return _product(facts, org, code.split("*"), month)
    if code.endswith(_SHEETS):
        return _sheet(facts, org, measure, suffix, month)
    if is_window(code):
        if "since_" in suffix:
            opens = int(suffix.removeprefix("since_"))
            return _window(facts, org, measure, (month.month - opens) % 12 + 1, month, told=True)
        length, _, ago = suffix.removeprefix("last_").removesuffix("m").partition("m_ago_")
        return _window(facts, org, measure, int(length), month.plus(-int(ago or 0)), told=not ago)
    if suffix == "year_start":
        return _stood(facts, org, measure, Month(month.year - 1, 12))
    return _stood(facts, org, measure, month.plus(-1 if suffix == "month_start" else -int(suffix.removeprefix("ago_").removesuffix("m"))))


def added_up(facts: "Facts", org: str, code: str, year: int) -> dict[int, Standing]:
    """The course of a product with a flow, or of sheets, through a year: the months one after the other; nothing is ever stated of them together."""
    found, before = {}, Standing()
    for number in range(1, 13):
        own = facts.derived(org, code, Month(year, number))
        idle = own.amount is None and own.word in NOTHING
        total = before.total if own.amount is None else plus(before.counted, own.amount)
        lacking = before.lacking if own.amount is not None or idle else (*before.lacking, number)
        hidden = strongest([before.hidden, own.word if own.word in HIDING and own.amount is None else None])
        before = Standing(total, lacking, hidden, before.idles + (number,) * idle, own.amount, idle, False, None if own.amount else own.word, own.day)
        found[number] = before
    return found


def _stood(facts: "Facts", org: str, measure: str, month: Month) -> Derived:
    cells = facts.cells(org, measure, month)
    return Derived(facts.stock(org, measure, month), (strongest(cells.words) if cells else None) or State.UNREPORTED)


def _sheet(facts: "Facts", org: str, office: str, rule: str, month: Month) -> Derived:
    years = {sent.year for _, _, sent in facts.sheets}
    last = max((sent for _, _, sent in facts.sheets), default=None)
    if last is None or month > last or month.year < min(years):
        return Derived()  # nobody asks about such a month
    offices = facts.definitions.offices if office == "bureau" else (office,)
    came = sum(1 for each in offices if rule == "due" or (org, each, month) in facts.sheets)
    return Derived(Amount(Fraction(came)), day=month.last_day)


def _window(facts: "Facts", org: str, measure: str, length: int, month: Month, *, told: bool) -> Derived:
    """What the months from the first on bring, and over New Year what this year has so far; nothing where a month is not known."""
    first, day = month.plus(1 - length), facts.course(org, measure, month.year)[month.month].day if told else None
    pieces = [_piece(facts, org, measure, first.year, first.month, month.month if first.year == month.year else 12)]
    if first.year < month.year:
        stands = facts.course(org, measure, month.year)[month.month]
        pieces.append((stands.total, stands.lacking, stands.hidden, stands.idles))
    idles = tuple(sorted({number for *_, numbers in pieces for number in numbers}))
    if (hidden := strongest(word for _, _, word, _ in pieces)) is not None:
        return Derived(None, hidden, day)
    numbers = [number for number, *_ in pieces if number is not None]
    if any(lacking for _, lacking, *_ in pieces):
        return Derived(None, State.UNREPORTED, day)
    if not numbers:
        return Derived(None, _idle_word(facts, org, measure, first, month) if idles else State.UNREPORTED, day, idles)
    return Derived(plus(Amount(Fraction(0)), *numbers), day=day, idles=idles)


def _piece(facts: "Facts", org: str, measure: str, year: int, first: int, last: int) -> tuple[Amount | None, Sequence[int], State | None, tuple[int, ...]]:
    course = facts.course(org, measure, year)
    common = within([course], first, last)
    hidden = strongest(word for number in common.left if (word := course[number].word) in HIDING)
    return common.sums[0], common.left, hidden, idle_within(course, first, last)


def _idle_word(facts: "Facts", org: str, measure: str, first: Month, month: Month) -> State:
    """The word of the last month of the part of the window that lies in the year in which it begins."""
    end = month if first.year == month.year else Month(first.year, 12)
    return facts.course(org, measure, end.year)[end.month].word or State.NOT_STARTED


def _product(facts: "Facts", org: str, factors: Sequence[str], month: Month) -> Derived:
    """The product of what each has in the month; of several words the strongest, of several kinds of numbers nothing sure."""
    amounts, words, days, own = [], [], [], []
    for factor in factors:
        if facts.definitions.flow(factor):
            stands = facts.course(org, factor, month.year)[month.month]
            amounts.append(stands.month)
            words.append(None if stands.month else _month_word(facts, org, factor, month, stands))
            days += [stands.day] if stands.day else []
            own += [stands.day] if stands.day else []
        else:
            cells = facts.cells(org, factor, month)
            amounts.append(facts.stock(org, factor, month))
            words.append(None if amounts[-1] else (strongest(cells.words) if cells else None) or State.UNREPORTED)
            days += [cells.day] if cells else []
    day = min(own or days, default=None)
    if None in amounts:
        return Derived(None, strongest(words) or State.UNREPORTED, day)
    numbers = [number for number in amounts if number is not None]
    product = Fraction(1)
    for number in numbers:
        product *= number.number
    rough = [number for number in numbers if number.mixed or number.kind is not Qualifier.EXACT]
    if not rough and len(set(days)) == 1:
        return Derived(Amount(product), day=day)
    if len(rough) == 1 and not rough[0].mixed and len(set(days)) == 1 and min(number.number for number in numbers) >= 0:
        return Derived(Amount(product, rough[0].kind), day=day)
    return Derived(Amount(product, Qualifier.ABOUT, mixed=True), day=day)


def _month_word(facts: "Facts", org: str, factor: str, month: Month, stands: Standing) -> State:
    """The word of a flow's single month."""
    cells = facts.cells(org, factor, month)
    if cells is None:
        return State.UNREPORTED
    if cells.month.state is not State.UNREPORTED:
        return cells.month.state
    return cells.ytd.state if stands.idle else State.UNREPORTED
