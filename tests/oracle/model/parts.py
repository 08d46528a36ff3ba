"""
The parts of an indicator of one organisation that reports: numerator, denominator, what they lack and to which days they run.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kpi.period import CALENDAR_YEAR, Month, Span, days, year_earlier
from kpi.value import Qualifier, State
from tests.oracle.model.amount import Amount, total
from tests.oracle.model.common import Common, Course, idle_within, so_far, unknown, within
from tests.oracle.model.course import HIDING, NOTHING, strongest
from tests.oracle.model.definitions import Indicator, Term
from tests.oracle.model.derived import is_window
from tests.oracle.model.facts import Facts


@dataclass(frozen=True)
class Parts:
    """
    What one organisation has of a figure.

    ``word`` says why there is none.  ``whole`` is the denominator over all months, where that is known although the
    numerator is not; ``open`` are passed, failed and all, while results are pending.
    """

    numerator: Amount | None = None
    denominator: Amount | None = None
    word: State | None = None
    missing: tuple[Month, ...] = ()
    prior_missing: tuple[Month, ...] = ()
    days: tuple[date, ...] = ()
    counted_days: int = 1  # of what is annualised, else 1
    all_days: int = 1
    whole: Amount | None = None
    whole_base: Amount | None = None  # of a growth last year's figure over all months, where it lacks nothing
    sent: Fraction | None = None  # `total` of the formulas over all months, where it is known exactly
    failed: Fraction | None = None
    known: Fraction | None = None  # of a sum that a word hides what is known all the same
    share_known: Fraction | None = None  # of a rate whose numerator is hidden the least that it can be
    results_open: bool = False  # some of `total` is told but not all: what is still to come cannot be seen
    longer: bool = False  # what is counted runs on after what it is counted of, so that the rate is too large; both of a difference
    shorter: bool = False  # it ends before that
    other_day: bool = False  # a base of last year that runs to another day of the year

    @property
    def taken(self) -> Fraction | None:
        """What results are to come of: at least what has one, where no month is left out."""
        if self.sent is None or self.lacks or self.numerator is None or self.failed is None:
            return self.sent
        return max(self.sent, self.numerator.number + self.failed)

    @property
    def lacks(self) -> bool:
        return bool(self.missing or self.prior_missing)


@dataclass(frozen=True)
class Asked:
    """Which figure: of whom, of what, when."""

    facts: Facts
    org: str
    indicator: Indicator
    month: Month
    span: Span

    @property
    def first(self) -> Month:
        return CALENDAR_YEAR.start(self.span, self.month)

    def flow(self, term: Term) -> bool:
        return self.facts.definitions.flow(term.code)

    def course(self, code: str, years_back: int = 0) -> Course:
        return self.facts.course(self.org, code, self.month.year - years_back)

    def over(self, courses: Sequence[Course]) -> Common:
        """The sums of the span."""
        if self.span.cumulative:
            return so_far(courses, self.month.month)
        return within(courses, self.first.month, self.month.month)

    def restated(self, codes: Sequence[str]) -> dict[str, Amount]:
        """The bases that the office states: of the year so far, or of what stands."""
        january = self.first.month == 1
        found = {code: self.facts.restated(self.org, code, self.month) for code in codes if january or not self.facts.definitions.flow(code)}
        return {code: base for code, base in found.items() if base is not None}

    def months(self, numbers: Sequence[int], years_back: int = 0) -> tuple[Month, ...]:
        return tuple(Month(self.month.year - years_back, number) for number in numbers)


def parts(asked: Asked) -> Parts:
    """The parts, or the word that stands for them."""
    indicator, facts = asked.indicator, asked.facts
    now = [term for term in indicator.terms if not term.ly]
    hindrances = [facts.hindrance(asked.org, term, asked.month) for term in now]
    if (word := strongest([*hindrances, *_hiding(asked, now)])) is not None:
        return Parts(
            word=strongest([word, *(State.UNREPORTED for term in now if _underivable(asked, term)), *(_idle_words(asked, now) if word in NOTHING else ())]),
            known=_known(asked, now),
            share_known=_share_known(asked),
        )
    found = _sums(asked, now) if indicator.positive else _matched(asked, now)
    if found is None:
        words = [word for term in now if not _counts(asked, term) for word in _words(asked, term)] + [
            _word_of_base(asked, term) for term in indicator.terms if term.ly
        ]
        return Parts(word=strongest(words) or State.UNREPORTED)
    values, missing, prior_missing = found
    running = [day for term in now if term in values and (day := facts.day(asked.org, term.code, asked.month)) is not None]
    counted, every = counted_days(asked, asked.month, _numerator_day(asked), missing) if indicator.annualised else (1, 1)
    above, below = combine(indicator.numerator, values), combine(indicator.denominator, values) if indicator.denominator else None
    sent, failed = _exactly(_alone(asked, indicator.total)), _exactly(_alone(asked, indicator.failed))
    if failed is None and below is not None:
        failed = below.number - above.number  # what has a result and did not pass
    return Parts(
        numerator=above,
        denominator=below,
        missing=missing,
        prior_missing=prior_missing,
        days=tuple(running),
        counted_days=counted,
        all_days=every,
        whole=_alone(asked, indicator.denominator),
        whole_base=_base(asked),
        sent=sent,
        failed=failed,
        results_open=(sent is None and any(_told(asked, term) for term in indicator.total)) or _told_too_early(asked),
        longer=_apart(asked)[0],
        shorter=_apart(asked)[1],
        other_day=any(_to_another_day(asked, term) for term in indicator.terms if term.ly),
    )


def _apart(asked: Asked) -> tuple[bool, bool]:
    """Whether the flows of the numerator run longer than those of the denominator, and whether shorter."""
    above, below = (
        [day for term in terms if asked.flow(term) and not term.ly and (day := asked.facts.day(asked.org, term.code, asked.month)) is not None]
        for terms in (asked.indicator.numerator, asked.indicator.denominator)
    )
    if asked.indicator.positive or len({*above, *below}) < 2:
        return False, False
    if any(term.times < 0 for term in asked.indicator.terms):
        return True, True
    if not below or not above:
        return False, False
    return max(above) > min(below), min(above) < max(below)


def _to_another_day(asked: Asked, term: Term) -> bool:
    """Whether the base of a term runs to another day of the year than the term itself."""
    if asked.restated([term.code]):
        return False
    month = asked.facts.base_month(asked.org, term.code, asked.month) if asked.span.cumulative or not asked.flow(term) else None
    now, then = asked.facts.day(asked.org, term.code, asked.month), asked.facts.day(asked.org, term.code, month or asked.month.plus(-12))
    if now is None or then is None or then == year_earlier(now):
        return False
    ends = Month.of(now).last_day == now and Month.of(then).last_day == then
    return not (ends and now.month == then.month)  # the end of February is the end of February


def _idle_words(asked: Asked, now: Sequence[Term]) -> Iterator[State]:
    """The words of all that has no number, where what stands says that there is nothing to count: a flow that says so hinders nothing by itself."""
    yield from (word for term in now if not _counts(asked, term) for word in _words(asked, term))


def _hiding(asked: Asked, now: Sequence[Term]) -> list[State | None]:
    """The words that hide a cumulative of the figure since an earlier month, or a span one of whose months they stand in."""
    flows = [term for term in now if asked.flow(term)]
    if asked.span.cumulative:
        return [asked.course(term.code)[asked.month.month].hidden for term in flows]
    return [strongest(_hidden_months(asked, term)) for term in flows]


def _known(asked: Asked, now: Sequence[Term]) -> Fraction | None:
    """What is known of a sum that a word hides: the rest can only add to it.  Nothing where a term says nothing, or may fall."""
    definitions = asked.facts.definitions
    if not asked.indicator.positive or any(definitions.signed(term.code) for term in now):
        return None
    return _sure(asked, now)


def _sure(asked: Asked, terms: Sequence[Term]) -> Fraction | None:
    """Of a sum what is known, told or not; None where a term says nothing, or something that may be less."""
    found = Fraction(0)
    for term in terms:
        if asked.facts.cells(asked.org, term.code, asked.month) is None:
            return None
        if not asked.flow(term):
            number, hidden = asked.facts.stock(asked.org, term.code, asked.month), None
        elif asked.span.cumulative:
            stands = asked.course(term.code)[asked.month.month]
            number, hidden = stands.total, stands.hidden
        else:
            number, hidden = asked.over([asked.course(term.code)]).sums[0], strongest(_hidden_months(asked, term))
        sure = number is not None and not number.mixed and number.kind in (Qualifier.EXACT, Qualifier.AT_LEAST)
        if number is not None and not sure and not hidden:
            return None
        found += term.times * number.number if number is not None and sure else 0
    return found


def _share_known(asked: Asked) -> Fraction | None:
    """What a rate is at least whose numerator is hidden, over a denominator that is whole, to one day."""
    indicator, definitions = asked.indicator, asked.facts.definitions
    above = indicator.numerator
    if not indicator.denominator or indicator.growth or any(term.times < 0 or definitions.signed(term.code) for term in indicator.terms):
        return None
    known = _sure(asked, above)
    whole, below = _alone(asked, indicator.total or indicator.denominator), _alone(asked, indicator.denominator)
    if known is None or whole is None or below is None or Qualifier.EXACT not in (whole.kind, below.kind) or whole.number <= 0:
        return None
    if indicator.total and (_exactly(whole) is None or _told_too_early(asked)):
        return None
    counted = counted_days(asked, asked.month, _numerator_day(asked), ())[1] if indicator.annualised else 1
    below_days = whole.number * counted
    if _exactly(below) is None or below_days <= 0 or _apart(asked)[0]:
        return Fraction(0)
    return known * indicator.scale * year_days(asked) / below_days


def _underivable(asked: Asked, term: Term) -> bool:
    """Whether the months of a span are not known although something is stated, a cumulative without one before it."""
    cells = asked.facts.cells(asked.org, term.code, asked.month)
    if not asked.flow(term) or asked.span.cumulative or cells is None or not cells.number or any(_hidden_months(asked, term)):
        return False
    common = asked.over([asked.course(term.code)])
    return bool(common.left) and common.sums[0] is None


def _hidden_months(asked: Asked, term: Term, years_back: int = 0) -> Iterator[State]:
    """The words of the months that hide a span, where it is not known otherwise."""
    course = asked.course(term.code, years_back)
    yield from (word for number in asked.over([course]).left if (word := course[number].word) in HIDING)


def _counts(asked: Asked, term: Term) -> bool:
    """Whether there is a number of a measure in the span."""
    if not asked.flow(term):
        return asked.facts.stock(asked.org, term.code, asked.month) is not None
    if asked.span.cumulative:
        stands = asked.course(term.code)[asked.month.month]
        return stands.total is not None and not stands.hidden
    return asked.over([asked.course(term.code)]).sums[0] is not None


def _words(asked: Asked, term: Term) -> Iterator[State]:
    """The words of the asked month, and the one that hides the cumulative since an earlier one."""
    cells = asked.facts.cells(asked.org, term.code, asked.month)
    yield from cells.words if cells else ()
    if _underivable(asked, term):
        yield State.UNREPORTED
    if asked.flow(term) and asked.span.cumulative and (hidden := asked.course(term.code)[asked.month.month].hidden):
        yield hidden
    if asked.indicator.positive and asked.flow(term) and not asked.span.cumulative:
        yield from (word for number in range(asked.first.month, asked.month.month) if (word := asked.course(term.code)[number].word) in HIDING)


Found = tuple[dict[Term, Amount], tuple[Month, ...], tuple[Month, ...]]


def combine(terms: Sequence[Term], values: dict[Term, Amount]) -> Amount:
    """A linear sum; a term that had nothing to count adds nothing."""
    return total((term.times, values[term]) for term in terms if term in values)


def _sums(asked: Asked, now: Sequence[Term]) -> Found | None:
    """A sum: of each measure all it has, and every month that any of them lacks."""
    values: dict[Term, Amount] = {}
    missing: set[int] = set()
    for term in now:
        lacking: tuple[int, ...] = ()
        if not asked.flow(term):
            number = asked.facts.stock(asked.org, term.code, asked.month)
        elif asked.span.cumulative:
            stands = asked.course(term.code)[asked.month.month]
            if stands.hidden:
                return None
            number, lacking = stands.total, stands.lacking
        else:
            common = asked.over([asked.course(term.code)])
            number, lacking = common.sums[0], common.left
            if any(asked.course(term.code)[left].word in HIDING for left in lacking):
                return None  # a month that is withheld hides the span as it hides the year
            if lacking:
                return None  # a quarter or half-year of which a month is not known has no sum
        if number is not None:
            values[term] = number
        elif lacking:
            return None  # not nothing to count: not known
        missing |= set(lacking)
    return (values, asked.months(sorted(missing)), ()) if values else None


def _matched(asked: Asked, now: Sequence[Term]) -> Found | None:
    """A ratio, a difference or a growth: all of it over the same months."""
    then = [term for term in asked.indicator.terms if term.ly]
    flows, bases = [term for term in dict.fromkeys(now) if asked.flow(term)], [term for term in dict.fromkeys(then) if asked.flow(term)]
    values = {term: stock for term in now if not asked.flow(term) and (stock := asked.facts.stock(asked.org, term.code, asked.month))}
    alone = asked.over([asked.course(term.code) for term in flows])
    restated = asked.restated([term.code for term in then])
    if then and (asked.span.cumulative or restated):
        like = {term: restated.get(term.code) or whole_base(asked, term) for term in then}
        if len(window_idles(asked, asked.indicator.terms)) > 1:
            return None
        if not alone.left and None not in like.values() and alike(asked, flows, [term for term in bases if term.code not in restated]):
            return _whole(values | dict(zip(flows, alone.sums, strict=True)) | like, asked)
        if restated or any(_untold(asked, term) for term in then if like[term] is None):
            return None
    elif any(_untold(asked, term) for term in then):
        return None
    values |= {term: stock for term in then if not asked.flow(term) and (stock := base(asked, term.code))}
    courses = [asked.course(term.code) for term in flows] + [asked.course(term.code, 1) for term in bases]
    common = asked.over(courses)
    values |= {term: amount for term, amount in zip(flows + bases, common.sums, strict=True) if amount is not None}
    if any(term not in values for term in asked.indicator.terms) or len(window_idles(asked, asked.indicator.terms)) > 1:
        return None
    left_now = {number for course in courses[: len(flows)] for number in unknown(course, common.left)}
    left_then = {number for course in courses[len(flows) :] for number in unknown(course, common.left)}
    return values, asked.months(sorted(left_now)), asked.months(sorted(left_then), 1)


def window_idles(asked: Asked, terms: Sequence[Term], years_back: int = 0) -> set[tuple[int, ...]]:
    """The months that had nothing to count, of each window; a year before of each the months of what it is compared with."""
    found = set()
    for term in terms:
        if is_window(term.code):
            back = years_back or term.ly
            month = asked.facts.base_month(asked.org, term.code, asked.month) if back else asked.month
            found.add(asked.facts.derived(asked.org, term.code, month or asked.month.plus(-12)).idles)
    return found


def _whole(values: dict[Term, Amount | None], asked: Asked) -> Found | None:
    numbers = {term: amount for term, amount in values.items() if amount is not None}
    return (numbers, (), ()) if all(term in numbers for term in asked.indicator.terms) else None


def _untold(asked: Asked, term: Term) -> bool:
    """Whether a word stands for all of last year's figure; one that hides some months of a flow leaves those out."""
    word = base_word(asked, term)
    return word is not None and not (asked.flow(term) and word in HIDING)


def base_word(asked: Asked, term: Term) -> State | None:
    """The word that stands in the asked month of last year for a measure; None when a number or nothing does, or its base is restated."""
    if asked.restated([term.code]) or asked.facts.cells(asked.org, term.code, asked.month.plus(-12)) is None:
        return None
    word = asked.facts.hindrance(asked.org, term, asked.month.plus(-12))
    if asked.flow(term) and not asked.span.cumulative:
        return strongest([word, *_hidden_months(asked, term, 1)])
    if word is None and asked.flow(term):
        return asked.course(term.code, 1)[asked.month.month].hidden
    return word


def _word_of_base(asked: Asked, term: Term) -> State | None:
    """The word of last year's month where the span has no number there; that one had nothing to count is a word then as well."""
    cells = asked.facts.cells(asked.org, term.code, asked.month.plus(-12))
    if cells is None or not asked.flow(term) or asked.restated([term.code]):
        return base_word(asked, term)
    course = asked.course(term.code, 1)
    number = course[asked.month.month].total if asked.span.cumulative else asked.over([course]).sums[0]
    return base_word(asked, term) or (strongest(cells.words) if number is None else None)


def base(asked: Asked, code: str) -> Amount | None:
    """What a measure had by the like day of last year; None when that lacks something."""
    month = asked.facts.base_month(asked.org, code, asked.month)
    return None if month is None else asked.facts.complete(asked.org, code, month)


def whole_base(asked: Asked, term: Term) -> Amount | None:
    """What a measure had in the same span of last year, to the like day of a cumulative; None when that lacks something."""
    if asked.span.cumulative or not asked.flow(term):
        return base(asked, term.code)
    common = asked.over([asked.course(term.code, 1)])
    return None if common.left else common.sums[0]


def alike(asked: Asked, flows: Sequence[Term], bases: Sequence[Term]) -> bool:
    """
    Whether this year and last, to the like day, can be compared whole.

    They can where both had nothing to count in the same months, and where no single month is known by which to tell them apart.
    """
    if not asked.span.cumulative:
        years = [asked.course(term.code) for term in flows] + [asked.course(term.code, 1) for term in bases]
        return len({idle_within(course, asked.first.month, asked.month.month) for course in years}) < 2
    idles = {asked.course(term.code)[asked.month.month].idles for term in flows}
    for term in bases:
        month = asked.facts.base_month(asked.org, term.code, asked.month)
        idles |= {asked.course(term.code, 1)[month.month].idles} if month else set()
    courses = [asked.course(term.code) for term in flows] + [asked.course(term.code, 1) for term in bases]
    return len(idles) < 2 or not asked.over(courses).left


def _alone(asked: Asked, terms: Sequence[Term]) -> Amount | None:
    """A part by itself, where it lacks nothing."""
    if not terms or any(term.ly for term in terms) or any(asked.facts.cells(asked.org, term.code, asked.month) is None for term in terms):
        return None
    flows = [term for term in terms if asked.flow(term)]
    common = asked.over([asked.course(term.code) for term in flows])
    values: dict[Term, Amount | None] = {term: asked.facts.stock(asked.org, term.code, asked.month) for term in terms if term not in flows}
    values |= dict(zip(flows, common.sums, strict=True))
    found = {term: amount for term, amount in values.items() if amount is not None}
    return combine(terms, found) if len(found) == len(terms) and not common.left else None


def _base(asked: Asked) -> Amount | None:
    """The whole base of a growth, as restated or as on record."""
    terms = asked.indicator.denominator
    if not terms or not all(term.ly for term in terms):
        return None
    restated = asked.restated([term.code for term in terms])
    amounts = {term: restated.get(term.code) or whole_base(asked, term) for term in terms}
    known = {term: amount for term, amount in amounts.items() if amount is not None}
    return combine(terms, known) if len(known) == len(terms) else None


def _exactly(part: Amount | None) -> Fraction | None:
    return part.number if part is not None and part.kind is Qualifier.EXACT and not part.mixed else None


def _told(asked: Asked, term: Term) -> bool:
    """Whether anything of a measure is told in the span: a number, or a word that hides one."""
    first = 1 if asked.span.cumulative else asked.first.month
    months = (Month(asked.month.year, number) for number in range(first, asked.month.month + 1))
    course = asked.course(term.code)
    found = [(cells, course[month.month].idle) for month in months if (cells := asked.facts.cells(asked.org, term.code, month)) is not None]
    if asked.span.cumulative and any(cells.ytd.number is not None for cells, _ in found):
        return True
    return any(not idle and (cells.number or any(word in HIDING for word in cells.words)) for cells, idle in found)


def _told_too_early(asked: Asked) -> bool:
    """Whether what was taken, or failed, is told to an earlier day than the results: what came between is not seen."""

    def days_of(terms: Sequence[Term]) -> list[date]:
        return [day for term in terms if (day := asked.facts.day(asked.org, term.code, asked.month)) is not None]

    above, below = days_of(asked.indicator.numerator), days_of(asked.indicator.denominator)
    taken, failed = (days_of(terms) if _alone(asked, terms) is not None else [] for terms in (asked.indicator.total, asked.indicator.failed))
    return bool((taken and min(taken) < max([*above, *below])) or (failed and min(failed) < max(above)))


def _numerator_day(asked: Asked) -> date | None:
    found = [asked.facts.day(asked.org, term.code, asked.month) for term in asked.indicator.numerator if not term.ly]
    return min((day for day in found if day is not None), default=None)


def counted_days(asked: Asked, month: Month, day: date | None, left: Sequence[Month]) -> tuple[int, int]:
    """The days from the first of the span to a day, without those of the months left out, and with them."""
    first = CALENDAR_YEAR.start(asked.span, month)
    end = day or month.last_day
    every = max(0, days(first.first_day, end))
    return every - sum(max(0, days(out.first_day, min(out.last_day, end))) for out in left), every


def year_days(asked: Asked) -> Fraction:
    """The days of the year, of what is annualised; else 1."""
    return Fraction(CALENDAR_YEAR.days(asked.month.year)) if asked.indicator.annualised else Fraction(1)
