"""The same figure twice in a text, with other values."""

import re
from collections.abc import Iterator, Sequence

from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.text_statements import Sentence, TextStatement
from kpi.workbook.naming import name_key

_DONE = re.compile(r"^(?:下发|下达|检查|发放|张贴|召开|开展|组织|抽查|发现|整改|责令|处理|移送|移交|指导|完成|受理|查处|立案|出动|约谈|监督)")
_TIMES = re.compile(
    r"(?P<so_far>累计|今年以来|年初以来|全年|[上下]半年|季度|\d{1,2}\s*月?\s*[-—–~～至到]\s*\d{1,2}\s*月|前\s*\d{1,2}\s*个月)"
    r"|(?P<month>[本当]月|(?<!\d)\d{1,2}\s*月(?:份)?(?!\s*(?:底|末|\d)))"
)
_LACKS = re.compile(r"(?:差|需|缺|少|多)$")  # 离全年目标还差 is of another matter each time
_SHORTEST = 5  # signs of a noun that is likely to mean the same wherever it stands


def _span(sentence: Sentence, statement: TextStatement) -> str:
    """Whether the last time that a sentence names before a figure is a month or all of them so far; 10月共 is no 累计."""
    times = [match.lastgroup or "" for match in _TIMES.finditer(sentence.words_before(statement))]
    return times[-1] if times else ""


def repeat_findings(sentences: Sequence[Sentence]) -> Iterator[PaperFinding]:
    """Figures of one noun, unit and day that differ; what is only done (检查…, 下发…) is counted for many matters and is left out."""
    first: dict[tuple[object, ...], TextStatement] = {}
    for sentence in sentences:
        for statement in sentence.statements:
            key = (name_key(statement.noun), statement.unit, statement.figure.as_of, _span(sentence, statement))
            if len(statement.noun) < _SHORTEST or _DONE.match(statement.noun) or _LACKS.search(statement.noun) or not statement.count:
                continue
            former = first.setdefault(key, statement)
            if abs(former.value - statement.value) > max(former.step, statement.step) / 2:
                yield PaperFinding(
                    "repeated-differently",
                    Grade.CHECK,
                    (statement.index, former.index),
                    f"「{statement.noun}」此处为 {statement.written}，前文为 {former.written}",
                    "请核对是否为同一口径，是哪一处有误",
                )
