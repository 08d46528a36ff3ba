"""How a sum of a text that does not come out is said."""

from collections.abc import Sequence

from kpi.papers.checking.amounts import together
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.text_statements import TextStatement
from kpi.value import plain


def missed(total: TextStatement, parts: Sequence[TextStatement], grade: Grade) -> PaperFinding:
    """A total that its parts do not make up."""
    sum_of_parts = together(parts)
    added = " + ".join(f"{each.noun} {each.figure.token}" for each in parts)
    return PaperFinding(
        code="sum-of-parts",
        grade=grade,
        figures=(total.index, *(each.index for each in parts)),
        seen=f"{added} = {plain(sum_of_parts)}{total.unit}，文中「{total.noun}」为 {total.written}",
        expected=f"相差 {plain(abs(total.value - sum_of_parts))}{total.unit}，请核对是哪一个数有误，或是否有未列出的部分",
    )


def larger_than_whole(total: TextStatement, part: TextStatement) -> PaperFinding:
    """A part that is larger than its whole."""
    return PaperFinding(
        code="part-above-whole",
        grade=Grade.CERTAIN,
        figures=(part.index, total.index),
        seen=f"其中「{part.noun}」{part.written}，大于「{total.noun}」{total.written}",
        expected="其中的数不会大于总数，请核对两个数",
    )


def other_unit(total: TextStatement, parts: Sequence[TextStatement]) -> PaperFinding:
    """Parts whose bare numbers make up a total that is counted in another unit."""
    units = "、".join(dict.fromkeys(each.figure.unit for each in (total, *parts)))
    added = " + ".join(each.written for each in parts)
    return PaperFinding(
        code="units-differ",
        grade=Grade.CHECK,
        figures=(total.index, *(each.index for each in parts)),
        seen=f"{added} 与「{total.noun}」{total.written}数字相合，单位不同：{units}",
        expected="请核对单位",
    )
