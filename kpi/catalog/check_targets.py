"""
What targets must have, each by its kind, and what they must add up to: a task handed down (任务分解) is neither more nor less than the parts it falls into.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from kpi.catalog.draft import Draft, DraftEntry
from kpi.catalog.fault_line import nearest
from kpi.catalog.indicator import Indicator
from kpi.catalog.office import Office
from kpi.catalog.organisation import BUREAU, Organisation
from kpi.catalog.target import Pace, Reference, ScoreRule, Target, TargetKind
from kpi.period import CALENDAR_YEAR, Month, ReportingYear, months

_MOST_DIGITS = 4  # behind the point: as many as verdicts are computed with
_MOST_TOLERANCE_DIGITS = 2
_WHOLE = Decimal(100)


def targets(draft: Draft) -> Iterator[str]:
    """Faults of targets and references."""
    indicators = {indicator.code: indicator for indicator in draft.entries(Indicator)}
    references = {(reference.code, reference.org): reference for reference in draft.entries(Reference)}
    orgs = draft.named["org"] or (BUREAU,)
    for reference in draft.of(Reference):
        if draft.complete and reference.noun.org not in orgs:
            yield reference.where.says(f"机构「{reference.noun.org}」不存在{nearest(reference.noun.org, orgs)}")
    for entry in draft.of(Target):
        target, place = entry.noun, entry.where
        offices = [*draft.named["office"], BUREAU]
        if draft.named["office"] and target.office not in offices:
            yield place.says(f"科室「{target.office}」不存在{nearest(target.office, offices)}")
        if draft.complete and target.org not in orgs:
            yield place.says(f"机构「{target.org}」不存在{nearest(target.org, orgs)}")
        indicator = indicators.get(target.indicator)
        if indicator is not None:
            yield from _of_indicator(entry, indicator, draft.year, _last_month(entry.noun, draft.year, draft.entries(Target)))
        elif target.indicator not in draft.named["indicator"] and draft.complete:
            yield place.says(f"指标「{target.indicator}」不存在{nearest(target.indicator, draft.named['indicator'])}")
        yield from _of_kind(entry, draft.year)
        yield from _of_pace(entry, draft.year)
        yield from _of_score(entry)
        yield from _per(entry, references)
    yield from _decomposed(draft, [_whole(entry, references) for entry in draft.of(Target)], indicators)


def _last_month(target: Target, year: ReportingYear, every: Iterable[Target]) -> Month:
    """The last month in which a target holds: that of its year, unless another one takes its place within it."""
    same = [other for other in every if (other.indicator, other.year, other.org, other.office) == (target.indicator, target.year, target.org, target.office)]
    later = [day for other in same if (day := other.first_day(year)) > target.first_day(year)]
    return Month.of(min(later) - timedelta(1)) if later else year.last(target.year)


def _of_indicator(entry: DraftEntry[Target], indicator: Indicator, year: ReportingYear, last: Month) -> Iterator[str]:
    target, place = entry.noun, entry.where
    if not indicator.may_assess:
        yield place.says(f"「{indicator.name}」只监测不考核，不能设目标（{indicator.may_assess_note}）")
        return
    for month in months(Month.of(target.first_day(year)), last):
        earlier = indicator.superseded(month)
        kind = earlier.target_kind if earlier else indicator.target_kind
        if target.kind is not kind:
            of = f"到 {earlier.until} 为止的口径" if earlier else "" if not indicator.superseded(year.first(target.year)) else "现行口径"
            hint = "；年中改了口径的，另写一个目标，from 写新口径开始的日期" if of else ""
            yield place.says(f"目标类型 {target.kind}（{target.kind.chinese}）与指标{of}的 {kind}（{kind.chinese}）不一致{hint}")
            return


def _of_kind(entry: DraftEntry[Target], year: ReportingYear) -> Iterator[str]:
    target, place = entry.noun, entry.where
    if target.kind is TargetKind.RANGE and (target.upper is None or target.upper < target.value):
        yield place.says("区间目标要写 upper，且不小于 value")
    if target.kind is TargetKind.MILESTONE and target.due is None:
        yield place.says("限期目标要写 due，即完成日期")
    if target.tolerance < 0:
        yield place.says(f"tolerance 不能为负，现为 {target.tolerance}")
    if target.since is not None and year.of_day(target.since) != target.year:
        yield place.says(f"生效日期 from 应在 {_within(target, year)}，现为 {target.since}")
    if target.monthly and len(target.monthly) != 12:
        yield place.says(f"monthly 要写十二个月的数，现有 {len(target.monthly)} 个")
    elif target.monthly and target.kind is TargetKind.ANNUAL and sum(target.monthly) != target.value:
        yield place.says(f"monthly 十二个月合计 {sum(target.monthly)}，与全年目标 {target.value} 相差 {abs(sum(target.monthly) - target.value)}")
    if target.monthly and target.per is not None:
        yield place.says("monthly 和 per 不能同时写")
    if target.monthly and target.kind not in (TargetKind.ANNUAL, TargetKind.FLOOR, TargetKind.CEILING):
        yield place.says("monthly 只用于年度总量、不低于、不高于三种目标")


def _of_pace(entry: DraftEntry[Target], year: ReportingYear) -> Iterator[str]:
    target, place = entry.noun, entry.where
    if target.pace is not Pace.DAYS and not target.paced:
        yield place.says("pace 只用于年度总量和任务进度；其他目标没有序时进度")
    if target.pace is not Pace.DAYS and target.monthly and target.kind is TargetKind.ANNUAL:
        yield place.says("写了 monthly 就按月度计划算进度，不能再写 pace")
    if (target.pace is Pace.MILESTONES) != bool(target.milestones):
        yield place.says('pace = "milestones" 和 milestones 要么都写，要么都不写')
    days, shares = [m.on for m in target.milestones], [m.share for m in target.milestones]
    if days != sorted(set(days)) or shares != sorted(set(shares)) or any(year.of_day(day) != target.year for day in days):
        yield place.says(f"milestones 应是 {_within(target, year)}由早到晚的日期，share 逐个增大")
    elif shares and (shares[-1] != _WHOLE or shares[0] < 0):
        yield place.says(f"milestones 的 share 是占全年的百分比，最后一个应为 100，现为 {shares[-1]}")


def _within(target: Target, year: ReportingYear) -> str:
    """The year of a target in words, and which days that is where it is none of the calendar."""
    words = f"{year.chinese(target.year)}内"
    return words if year == CALENDAR_YEAR else f"{words}（{year.first_day(target.year)} 至 {year.last_day(target.year)}）"


def _of_score(entry: DraftEntry[Target]) -> Iterator[str]:
    score, place = entry.noun.score, entry.where
    if score is None:
        return
    if score.points <= 0:
        yield place.says(f"score 的 points 应大于 0，现为 {score.points}")
    if score.rule is ScoreRule.DEDUCT and (score.step is None or score.step <= 0 or score.deduct <= 0):
        yield place.says("按差距扣分要写 step 和 deduct，都大于 0")
    if score.bonus and (score.bonus_step is None or score.bonus_step <= 0 or score.cap is None):
        yield place.says("加分要写 bonus_step（大于 0）和封顶分 cap")
    if score.cap is not None and score.cap < score.points:
        yield place.says(f"封顶分 cap 不应小于 points，现为 {score.cap}")
    if entry.noun.kind is TargetKind.RANGE and score.rule is ScoreRule.PROPORTIONAL:
        yield place.says("区间目标没有完成比例，计分请用 deduct")


def _per(entry: DraftEntry[Target], references: dict[tuple[str, str], Reference]) -> Iterator[str]:
    target, place = entry.noun, entry.where
    wanted = target.value
    if target.per is not None:
        codes = dict.fromkeys(code for code, _ in references)
        if target.per not in codes:
            yield place.says(f"per 引用的参考数「{target.per}」不存在{nearest(target.per, codes)}")
            return
        reference = references.get((target.per, target.org))
        if reference is None:
            yield place.says(f'参考数「{target.per}」没有机构「{target.org}」的数，请在 reference.toml 补一段并写 org = "{target.org}"')
            return
        if target.year not in reference.values:
            yield place.says(f"参考数「{reference.name}」没有 {target.year} 年的数，请在 reference.toml 补上")
            return
        wanted *= reference.values[target.year]
    if _digits(wanted) > _MOST_DIGITS:
        yield place.says(f"目标值最多 {_MOST_DIGITS} 位小数，现为 {wanted}")
    if _digits(target.tolerance) > _MOST_TOLERANCE_DIGITS:
        yield place.says(f"tolerance 最多 {_MOST_TOLERANCE_DIGITS} 位小数，现为 {target.tolerance}")


def _digits(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _whole(entry: DraftEntry[Target], references: dict[tuple[str, str], Reference]) -> DraftEntry[Target]:
    """A target with what it asks for in all, where it is written per unit of a reference."""
    target = entry.noun
    reference = references.get((target.per, target.org)) if target.per else None
    amount = reference.values.get(target.year) if reference else None
    return entry if amount is None else DraftEntry(target.model_copy(update={"value": target.value * amount}), entry.where)


def _decomposed(draft: Draft, every_target: Sequence[DraftEntry[Target]], indicators: dict[str, Indicator]) -> Iterator[str]:
    """
    What a target falls into adds up to it on every day one of them changes.

    That is the targets of the offices below its own, of the organisations below its own, and of the indicators it names as its parts.
    """
    by_indicator: dict[tuple[str, int], list[DraftEntry[Target]]] = defaultdict(list)
    for entry in every_target:
        by_indicator[entry.noun.indicator, entry.noun.year].append(entry)
    above = {office.code: office.parent for office in draft.entries(Office)}
    children = {year: _below(draft.entries(Organisation), draft.year.so_far(draft.year.last(year))) for year in {entry.noun.year for entry in every_target}}
    for entry in every_target:
        target, indicator = entry.noun, indicators.get(entry.noun.indicator)
        anywhere = by_indicator[target.indicator, target.year]
        every = [other for other in anywhere if other.noun.org == target.org]
        if target.kind is TargetKind.ANNUAL:
            below: dict[str, list[Target]] = defaultdict(list)
            for other in every:
                if above.get(other.noun.office) == target.office:
                    below[other.noun.office].append(other.noun)
            yield from _adds_up(entry, every, draft.year, list(below.values()), "下级")
            if target in _own_or_bureaus(every, indicator):
                under = {org: [other for other in anywhere if other.noun.org == org] for org in children[target.year].get(target.org, ())}
                yield from _adds_up(entry, every, draft.year, [sums for others in under.values() if (sums := _own_or_bureaus(others, indicator))], "下级机构")
        parts = {code: [other for other in by_indicator[code, target.year] if other.noun.org == target.org] for code in target.parts}
        unknown = [code for code, others in parts.items() if not others]
        yield from (entry.where.says(f"parts 里的指标「{code}」{target.year} 年没有目标{nearest(code, indicators)}") for code in unknown)
        if target.parts and not unknown:
            yield from _adds_up(entry, every, draft.year, [_own(others, indicators.get(code)) for code, others in parts.items()], "分项")


def _below(orgs: Iterable[Organisation], whole_year: Sequence[Month]) -> Mapping[str, Sequence[str]]:
    """Those directly below each in a year; none below one where any comes or goes within it, as its task then does too."""
    names: dict[str, list[str]] = defaultdict(list)
    changing: set[str | None] = set()
    for org in orgs:
        parents = {org.above(month) for month in whole_year}
        changing |= parents if len(parents) > 1 else set()
        names[next(iter(parents)) or ""].append(org.code)
    return {parent: codes for parent, codes in names.items() if parent not in changing}


def _own(every: Sequence[DraftEntry[Target]], indicator: Indicator | None) -> list[Target]:
    return [entry.noun for entry in every if indicator is None or entry.noun.office in (indicator.office, BUREAU)]


def _own_or_bureaus(every: Sequence[DraftEntry[Target]], indicator: Indicator | None) -> list[Target]:
    """The targets that an organisation is held to: of the indicator's own office, else of the bureau as a whole."""
    own = [entry.noun for entry in every if indicator is not None and entry.noun.office == indicator.office]
    return own or [entry.noun for entry in every if entry.noun.office == BUREAU]


def _adds_up(
    entry: DraftEntry[Target], every: Sequence[DraftEntry[Target]], year: ReportingYear, groups: Sequence[Sequence[Target]], word: str
) -> Iterator[str]:
    target, first = entry.noun, entry.noun.first_day(year)
    if not groups:
        return
    later = [day for other in every if other.noun.office == target.office and (day := other.noun.first_day(year)) > first]
    until = min(later, default=year.first_day(target.year + 1))
    changes = {first} | {day for group in groups for part in group if first < (day := part.first_day(year)) < until}
    for day in sorted(changes):
        total = sum((_on(group, day, year) for group in groups), Decimal(0))
        if total != target.value:
            missing = total - target.value
            at = f"{day} 起" if len(changes) > 1 or target.since else ""
            yield entry.where.says(f"{at}{word}目标合计 {total}，比本目标 {target.value} {'多' if missing > 0 else '少'} {abs(missing)}，任务分解对不上")


def _on(group: Sequence[Target], day: date, year: ReportingYear) -> Decimal:
    """What a group's target is on a day; nothing before its first."""
    in_force = [target for target in group if target.first_day(year) <= day]
    return max(in_force, key=lambda target: target.first_day(year)).value if in_force else Decimal(0)
