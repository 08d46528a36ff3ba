"""How offices, or organisations, stand beside each other: what each missed, what it has not reported, its points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.compute.row import BoardRow, Status
from kpi.period import Month
from kpi.present import numbers, statuses
from kpi.review.scoring import Scored, totals
from pages.widgets import session

ORDER = (Status.MISSED, Status.BEHIND, Status.UNDECIDED, Status.UNREPORTED)


@dataclass(frozen=True, slots=True)
class OfficeRows:
    """An office, or an organisation, with its rows of the board."""

    name: str
    rows: Sequence[BoardRow]
    scored: Sequence[Scored]
    org: str
    office: str | None

    def count(self, status: Status) -> int:
        """How many of its indicators have a status."""
        return statuses.tally(self.rows)[status]

    @property
    def whole(self) -> int:
        """How many of its indicators lack nobody's figures."""
        return sum(row.below.counted == row.below.leaves for row in self.rows)

    @property
    def points(self) -> str:
        """考核得分: ``82.50 / 100，其中 5 分未定``; empty where nothing is at stake."""
        earned = totals(self.scored)
        if not earned:
            return ""
        at_stake, undecided = sum(total.points for total in earned), sum(total.open for total in earned)
        if not at_stake:
            return f"未定 / {undecided:f}"
        scored = sum((total.scored for total in earned), Decimal(0))
        return f"{numbers.figure(scored, 2)} / {at_stake + undecided:f}" + (f"，其中 {undecided:f} 分未定" if undecided else "")


def of_offices(month: Month, org: str) -> list[OfficeRows]:
    """The offices of an organisation, those with most missed first; at equal number by the next status."""
    rows, scored = session.rows(month, org=org), session.scored(month, org)
    return _ordered(
        OfficeRows(session.office_name(code), [row for row in rows if row.office == code], [point for point in scored if point.row.office == code], org, code)
        for code in dict.fromkeys(row.office for row in rows)
    )


def of_children(month: Month, children: Sequence[str]) -> list[OfficeRows]:
    """The organisations directly below one, in the same order."""
    names = session.bureau().catalog.orgs
    return _ordered(OfficeRows(names[child].name, session.rows(month, org=child), session.scored(month, child), child, None) for child in children)


def _ordered(standings: Iterable[OfficeRows]) -> list[OfficeRows]:
    return sorted(standings, key=lambda standing: [-standing.count(status) for status in ORDER])


def answer(standings: Sequence[OfficeRows], noun: str) -> str:
    """The first line: who has not reported all, for what is not there cannot be missed; then how many have missed something, and who most."""
    silent = sum(office.count(Status.UNREPORTED) == len(office.rows) for office in standings)
    lacking = sum(office.whole < len(office.rows) for office in standings) - silent
    missing = [office for office in standings if office.count(Status.MISSED)]
    behind = sum(bool(office.count(Status.BEHIND)) for office in standings if office not in missing)
    if silent == len(standings):
        return f"{silent} 个{noun}一项都没有报。"
    everyone = lacking == len(standings)
    gaps = [f"{silent} 个一项都没有报" if silent else "", f"{lacking} 个没有报齐" if lacking and not everyone else "都没有报齐" if everyone else ""]
    sentence = "，".join(gap for gap in gaps if gap)
    if not any(office.count(status) for office in standings for status in statuses.JUDGED):
        unjudged = "指标都没有目标，不能判断是否达标"
        return f"{len(standings)} 个{noun}{'' if everyone else '中 '}{sentence}；有数的{unjudged}。" if sentence else f"{len(standings)} 个{noun}的{unjudged}。"
    most = f"有未达标的指标，最多的是{missing[0].name}（{missing[0].count(Status.MISSED)} 项）" if missing else ""
    if sentence:
        verdict = f"已报的指标里，{len(missing)} 个{noun}{most}" if missing else "已报的指标里没有未达标的"
    else:
        verdict = f"{len(missing)} 个{most}" if missing else "都没有未达标的指标"
    rest = f"；{behind} 个只有滞后的" if behind else ""
    return f"{len(standings)} 个{noun}{'' if everyone or not (sentence or missing) else '中 '}{sentence}{'；' if sentence else ''}{verdict}{rest}。"
