"""The parts of a Word file: a zip of XML, opened within limits and without anything that an XML file could ask for from outside."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from kpi.papers.reading.paper_error import PaperError
from kpi.papers.reading.word_names import RELATIONS, STRICT, W

_MOST_PARTS = 4_000
_MOST_UNPACKED = 256 * 2**20
_LARGEST_PART = 64 * 2**20
_MOST_RATIO = 200
_SMALL = 2**20
_DAMAGED = "文件已损坏或没有传完整，打不开；请在 Word 或 WPS 中确认能打开，另存为 .docx 再上传。"
_OFFICE_DOCUMENT = "/officeDocument"


class WordPackage:
    """
    A Word file.

    Raises:
        PaperError: It is damaged, has no document in it, or breaks a limit.

    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise PaperError(_DAMAGED) from None
        if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
            raise PaperError("文件内部的内容过多，超过了能读的上限；请把要核对的内容复制到新的文档再上传。")
        if any(entry.file_size > _SMALL and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1) for entry in entries):
            raise PaperError("文件压缩比异常，可能是被破坏的文件；请把要核对的内容复制到新的文档再上传。")
        self._names = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}
        self.main = self._main()

    def _main(self) -> str:
        """The name of the part that holds the text."""
        for kind, target in self._targets("_rels/.rels", ""):
            if kind.endswith(_OFFICE_DOCUMENT) and target.lower() in self._names:
                return target
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise PaperError(_DAMAGED)

    def part(self, name: str) -> etree._Element | None:
        """The root of a part; None where there is none, or where it is no XML."""
        entry = self._names.get(name.lower())
        if entry is None:
            return None
        if entry.file_size > _LARGEST_PART:
            raise PaperError("文档的正文过大，超过了能读的上限；请分成几个文档再上传。")
        try:
            content = self._zip.read(entry)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError, NotImplementedError):
            raise PaperError(_DAMAGED) from None
        return parsed(content)

    def beside(self, kind: str) -> Iterator[str]:
        """The names of the parts that the text refers to as a kind: footnotes, header, numbering, styles; each once."""
        folder, name = posixpath.split(self.main)
        targets = [target for what, target in self._targets(f"{folder}/_rels/{name}.rels", folder) if what.endswith(f"/{kind}")]
        yield from dict.fromkeys(targets)

    def _targets(self, relations: str, folder: str) -> Iterator[tuple[str, str]]:
        root = self.part(relations)
        if root is None:
            return
        for relation in root.iter(f"{RELATIONS}Relationship"):
            if relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                yield relation.get("Type", ""), target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def parsed(content: bytes) -> etree._Element | None:
    """The root of an XML text, in the names of the transitional form; None of what is no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, remove_comments=True)
    if STRICT.encode() in content[:65_536]:
        content = content.replace(STRICT.encode(), W.strip("{}").encode())
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
