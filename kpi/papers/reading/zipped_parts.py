"""The parts of a paper that is a zip of XML (Word, OFD), opened within limits and without anything that XML could ask for from outside."""

import io
import zipfile

from lxml import etree

from kpi.papers.reading.file_kind import DAMAGED
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.zip_copying import UNREADABLE
from kpi.workbook.process.sniffing import plain_name
from kpi.workbook.process.zip_limits import LARGEST_PART, ZipFault, zip_fault

_COPY = "请把要核对的内容复制到新的文档再上传。"
_FAULTS = {
    ZipFault.MANY_PARTS: f"文件内部的内容过多，超过了能读的上限；{_COPY}",
    ZipFault.LARGE: f"文件内部的内容过多，超过了能读的上限；{_COPY}",
    ZipFault.STRANGE_RATIO: f"文件压缩比异常，可能是被破坏的文件；{_COPY}",
    ZipFault.LOCKED: "文件加了密码，打不开；请取消密码、另存后再上传。",
}


class ZippedParts:
    """
    A zip of XML parts.

    Raises:
        PaperError: It is damaged or breaks a limit.

    """

    def __init__(self, data: bytes) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self.zip.infolist()
        except UNREADABLE:
            raise PaperError(DAMAGED) from None
        if fault := zip_fault(entries):
            raise PaperError(_FAULTS[fault])
        self._entries = {plain_name(entry.filename): entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return plain_name(name) in self._entries

    def entry(self, name: str) -> zipfile.ZipInfo | None:
        """The place of a part in the zip; None where there is none."""
        return self._entries.get(plain_name(name))

    def content(self, name: str) -> bytes | None:
        """
        The bytes of a part; None where there is none.

        Raises:
            PaperError: They are too many, or cannot be unpacked.

        """
        entry = self.entry(name)
        if entry is None:
            return None
        if entry.file_size > LARGEST_PART:
            raise PaperError(f"文件的正文过大，超过了能读的上限；{_COPY}")
        try:
            with self.zip.open(entry) as part:
                return part.read(entry.file_size + 1)[: entry.file_size]  # the directory may promise less than there is
        except UNREADABLE:
            raise PaperError(DAMAGED) from None

    def root(self, name: str) -> etree._Element | None:
        """
        The root of a part; None where there is none.

        Raises:
            PaperError: It is no XML, or one that defines words of its own.

        """
        content = self.content(name)
        return None if content is None else parsed(content)


def parsed(content: bytes) -> etree._Element:
    """
    The root of an XML text.

    Raises:
        PaperError: It is no XML, is nested too deeply, or defines entities, which no office program writes.

    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise PaperError(DAMAGED) from None
    if root.getroottree().docinfo.doctype:
        raise PaperError(f"文件内容异常，里面有办公软件不会写的定义；{_COPY}")
    return root
