"""First lines: what must be known before anything else."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from kpi.compute.row import BoardRow, Status
from kpi.present.statuses import JUDGED, assessed, tally

_MOST_OFFICES = 8  # that one sentence names


def missed(rows: Sequence[BoardRow], name: Callable[[str], str]) -> str:
    """
    The answer of a board: how many missed their target, and whose they are.

    Args:
        rows: The board.
        name: The name of an office, by its code.

    Returns:
        ``7 项未达标：信用监管科 4 项，质量监管科、知识产权科、办公室各 1 项``.

    """
    counts = tally(rows)
    if unjudged := _unjudged(counts):
        return unjudged
    if not counts[Status.MISSED]:
        return "，".join(["没有未达标的指标", *_counted(counts, Status.BEHIND, Status.UNDECIDED, Status.UNREPORTED)])
    offices = Counter(row.office for row in rows if assessed(row) is Status.MISSED)
    named = sorted(offices, key=lambda office: -offices[office])[:_MOST_OFFICES]
    groups = dict.fromkeys(offices[office] for office in named)
    words = []
    for count in groups:
        alike = [name(office) for office in named if offices[office] == count]
        words.append(f"{'、'.join(alike)}{'各' if alike[1:] else ''} {count} 项")
    unnamed = [count for office, count in offices.items() if office not in named]
    rest = f"，其余 {len(unnamed)} 个科室 {sum(unnamed)} 项" if unnamed else ""
    return f"{counts[Status.MISSED]} 项未达标：{'，'.join(words)}{rest}"


def headline(rows: Sequence[BoardRow]) -> str:
    """The first line of a board: what leaders must know before anything else."""
    counts = tally(rows)
    if unjudged := _unjudged(counts):
        return f"{unjudged}。"
    rest = _counted(counts, Status.MET, Status.UNREPORTED)
    sentence = "，".join(_counted(counts, Status.MISSED, Status.BEHIND, Status.UNDECIDED)) or "没有未达标的指标"
    return f"{sentence}；{'，'.join(rest)}。" if rest else f"{sentence}。"


def all_met(rows: Sequence[BoardRow]) -> bool:
    """Whether everything that is asked for is known to be met: nothing missed, behind, open or 未报, and something asked for."""
    counts = tally(rows)
    return bool(counts[Status.MET]) and not any(counts[status] for status in (Status.MISSED, Status.BEHIND, Status.UNDECIDED, Status.UNREPORTED))


def ranked(ranks: Sequence[int | None], reason: str) -> str:
    """How many have a rank, or why nobody has."""
    if reason:
        return f"{reason}。"
    without = ranks.count(None)
    if without == len(ranks):
        return f"{without} 个单位都没有名次。"
    return f"{len(ranks) - without} 个单位有名次{f'，{without} 个没有' if without else ''}。"


def _unjudged(counts: Mapping[Status, int]) -> str:
    """Why a board says nothing of what was met or missed: no figure, or nothing asked for; empty where it does."""
    if counts[Status.UNREPORTED] == sum(counts.values()):
        return "这个月还没有一项指标有数"
    if any(counts[status] for status in JUDGED):
        return ""
    every = "都" if counts[Status.NO_TARGET] > 1 else ""
    return "；".join([f"{counts[Status.NO_TARGET]} 项有数，{every}没有目标，不能判断是否达标", *_counted(counts, Status.UNREPORTED)])


def _counted(counts: Mapping[Status, int], *statuses: Status) -> list[str]:
    """How many have each of some statuses: ``7 项滞后``; those that nobody has are left out."""
    return [f"{counts[status]} 项{status.value}" for status in statuses if counts[status]]
