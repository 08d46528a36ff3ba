"""
Which columns a word of an upper header row stands for, where it is merged over none: 2022年 over one of 本月 | 累计.

Such a word is typed over the first of its columns, or over the middle or the last one.  Headings below that repeat say where
a group begins; where they do not, nobody can tell whose a column is that has a blank over it.
"""

from collections.abc import Mapping, Sequence

_AMONG = "其中"


def doubtless(words: Mapping[int, str], below: Mapping[int, tuple[str, ...]]) -> dict[int, str] | None:
    """
    The word of each column of one run of columns.

    Args:
        words: What stands over the columns, by their indexes; empty where nothing does.
        below: The headings below, of the same columns.

    Returns:
        The words where each group of repeating headings has one, wherever in it; an empty mapping where the words stand over
        the first columns, as they should; None where a blank over a first column leaves open which group it is in.

    """
    order = sorted(words)
    size = _period([below[index] for index in order])
    typed = [at for at, index in enumerate(order) if words[index]]
    if not typed or len(typed) == len(order):
        return {}
    if size and [at // size for at in typed] == list(range(len(order) // size)):
        return {index: words[order[typed[at // size]]] for at, index in enumerate(order)}
    if typed[0] == 0 or (size and not any(at % size for at in typed)) or words[order[typed[0]]].startswith(_AMONG):
        return {}
    return None


def _period(headings: Sequence[tuple[str, ...]]) -> int:
    """After how many columns the headings begin again, all the same; 0 where they do not."""
    for size in range(2, len(headings) // 2 + 1):
        if len(headings) % size == 0 and all(heading == headings[at % size] for at, heading in enumerate(headings)):
            return size
    return 0
