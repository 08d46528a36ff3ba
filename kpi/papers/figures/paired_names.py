"""
Names and figures that a text gives in two rows: 企业和个体工商户分别为12户和30户 says 12 of 企业 and 30 of 个体工商户.

The row of names stands before 分别, parted by 、 and 和; where nothing stands there, the names are those of as many figures before it.
"""

import re
from collections.abc import Iterator, Sequence

_RESPECTIVELY = re.compile(r"(?:[，,]|同比|环比|比[上去]年(?:同期)?|较[上去]年(?:同期)?)*(?:分别|依次|各)(?P<verb>[^\d，。；、（）()]{0,8})$")
_OF_SHARES = re.compile(r"(?:所)?占(?:总[数量])?(?:的)?(?:比|比例|比重)?|比例|比重")  # 警告1件、罚款2件，占比依次为
_SUM = re.compile(r"(?:合计|共计?|总计)(?:为|达)?$")
_BETWEEN = re.compile(r"\s*(?:[、，,]|和|与|及|以及)\s*")
_PARTED = re.compile(r"[、]|和|与|以及|及(?!时|其)")
_CLAUSE = re.compile(r"[^，。；：:！？\n,;]*$")
_SENTENCE = re.compile(r"[^。！？\n]*$")


def paired_names(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """
    The figures of an even text that stand in such a row.

    Args:
        text: The text.
        taken: The spans of its figures with their units, in order.

    Yields:
        The number of a figure among them, and its own name with the verb of the row.

    """
    number = 0
    while number < len(taken):
        count = _row(text, taken, number)
        led = _RESPECTIVELY.search(text, max(0, taken[number][0] - 24), taken[number][0]) if count > 1 else None
        if led is not None:
            names = _names(text, taken, number, led.start(), count)
            yield from ((number + place, f"{name}{led['verb']}") for place, name in enumerate(names))
        number += count


def _row(text: str, taken: Sequence[tuple[int, int]], first: int) -> int:
    """How many figures stand in a row from one on."""
    last = first
    while last + 1 < len(taken) and _BETWEEN.fullmatch(text, taken[last][1], taken[last + 1][0]):
        last += 1
    return last - first + 1


def _names(text: str, taken: Sequence[tuple[int, int]], first: int, end: int, count: int) -> list[str]:
    """The names of a row; none where they are not as many as its figures."""
    begin = end - len(_CLAUSE.search(text[:end])[0])  # type: ignore[index]  # it matches nothing too
    if (
        begin < end and not _OF_SHARES.fullmatch(text[begin:end]) and not any(start < end and begin < stop for start, stop in taken)
    ):  # of 2,488件 the clause begins behind the comma
        names = [name.strip() for name in _PARTED.split(text[begin:end])]
        return names if len(names) == count and all(names) else []
    sentence = end - len(_SENTENCE.search(text[:end])[0])  # type: ignore[index]  # the same
    last = first - 1 if first and _SUM.search(text, 0, taken[first - 1][0]) else first  # 投诉83件、举报14件，两者合计97件，分别占
    if last < count or taken[last - count][0] < sentence:
        return []
    shares = "占" if _OF_SHARES.fullmatch(text[begin:end]) else ""
    return [f"{_name_before(text, taken, place, sentence)}{shares}" for place in range(last - count, last)]


def _name_before(text: str, taken: Sequence[tuple[int, int]], number: int, sentence: int) -> str:
    """The words of the clause before a figure."""
    start = taken[number][0]
    left = max(sentence, taken[number - 1][1] if number else 0)
    words = re.split(r"[，。；：、:,;（(]", text[left:start])[-1]
    return re.sub(r"^(?:其中|和|与|及|以及)|(?:为|有|达到?)$", "", words.strip())
