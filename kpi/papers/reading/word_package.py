"""The parts of a Word file, and which of them refers to which (ISO/IEC 29500-2)."""

import posixpath
from collections.abc import Iterator

from lxml import etree

from kpi.papers.reading.file_kind import AS_WORD
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.reading.word_names import RELATIONS, STRICT, TRANSITIONAL
from kpi.papers.reading.zipped_parts import ZippedParts, parsed

_OFFICE_DOCUMENT = "/officeDocument"
_USUAL = "word/document.xml"


class WordPackage:
    """
    A Word file.

    Raises:
        PaperError: It is damaged, has no document in it, or breaks a limit.

    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.parts = ZippedParts(data)
        self.main = self._main()

    def _main(self) -> str:
        """The name of the part that holds the text."""
        targets = [target for kind, target in self._targets("_rels/.rels", "") if kind.endswith(_OFFICE_DOCUMENT)]
        for target in (*targets, _USUAL):
            if target in self.parts:
                return target
        raise PaperError(f"文件里没有正文，可能不是 Word 文档；{AS_WORD}")

    def part(self, name: str) -> etree._Element | None:
        """
        The root of a part in the names of the transitional form; None where there is none.

        Raises:
            PaperError: It cannot be read.

        """
        content = self.parts.content(name)
        return None if content is None else parsed(content.replace(STRICT, TRANSITIONAL))

    def beside(self, kind: str) -> Iterator[str]:
        """The names of the parts that the text refers to as a kind: footnotes, header, numbering, styles; each once."""
        relations = relations_of(self.main)
        targets = [target for what, target in self._targets(relations, posixpath.dirname(self.main)) if what.endswith(f"/{kind}")]
        yield from dict.fromkeys(targets)

    def _targets(self, relations: str, folder: str) -> Iterator[tuple[str, str]]:
        """The kind and the name of each part of this file that a part refers to; what lies outside of the file is never looked at."""
        root = self.parts.root(relations)
        if root is None:
            return
        for relation in root.iter(f"{RELATIONS}Relationship"):
            if relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                yield relation.get("Type", ""), target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def relations_of(name: str) -> str:
    """The name of the part that says what a part refers to."""
    return posixpath.join(posixpath.dirname(name), "_rels", f"{posixpath.basename(name)}.rels")
