"""Numbers of the log in words."""

from collections.abc import Sequence

from kpi.store.log_chain import LogFile


def numbers(files: Sequence[LogFile]) -> str:
    """The numbers of files in words: 第 3、5—8 号."""
    return spelled([number for file in files for number, _ in file.numbered()])


def spelled(entered: Sequence[int]) -> str:
    """Numbers in words, those that follow one another as a range: 第 3、5—8 号."""
    runs: list[list[int]] = []
    for number in entered:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return f"第 {'、'.join(str(first) if first == last else f'{first}—{last}' for first, last in runs)} 号"
