"""Months in the words of a sentence."""

from collections.abc import Iterable

from kpi.period import Month


def month_words(listed: Iterable[Month]) -> str:
    """Months by their runs: 2023 年 1—10 月、12 月和 2024 年 2 月 is 「2023 年 1—10 月、12 月、2024 年 2 月」."""
    runs: list[list[Month]] = []
    for month in sorted(listed):
        if runs and runs[-1][-1].plus(1) == month and runs[-1][-1].year == month.year:
            runs[-1].append(month)
        else:
            runs.append([month])
    words, year = [], 0
    for run in runs:
        before = f"{run[0].year} 年 " if run[0].year != year else ""
        year = run[0].year
        words.append(f"{before}{run[0].month} 月" if len(run) == 1 else f"{before}{run[0].month}—{run[-1].month} 月")
    return "、".join(words)
