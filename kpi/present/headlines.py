"""First lines: what must be known before anything else."""

from collections.abc import Sequence

from kpi.compute.row import BoardRow, Status
from kpi.present.statuses import tally


def headline(rows: Sequence[BoardRow]) -> str:
    """The first line of a board: what leaders must know before anything else."""
    counts = tally(rows)
    if counts[Status.UNREPORTED] == len(rows):
        return "这个月还没有一项指标有数。"
    urgent = [f"{counts[s]} 项{s.value}" for s in (Status.MISSED, Status.BEHIND, Status.UNDECIDED) if counts[s]]
    rest = [f"{counts[s]} 项{s.value}" for s in (Status.MET, Status.UNREPORTED) if counts[s]]
    sentence = "，".join(urgent) or "没有未达标的指标"
    return f"{sentence}；{'，'.join(rest)}。" if rest else f"{sentence}。"


def ranked(ranks: Sequence[int | None], reason: str) -> str:
    """How many have a rank, or why nobody has."""
    if reason:
        return f"{reason}。"
    without = ranks.count(None)
    if without == len(ranks):
        return f"{without} 个单位都没有名次。"
    return f"{len(ranks) - without} 个单位有名次{f'，{without} 个没有' if without else ''}。"
