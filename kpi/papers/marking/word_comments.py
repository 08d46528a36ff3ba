"""The part of a Word file that holds its comments, and the file put together again with it."""

import posixpath
import re

from lxml import etree

from kpi.papers.marking.mark import AUTHOR, INITIALS
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.reading.word_names import RELATIONS, STRICT, TRANSITIONAL, W
from kpi.papers.reading.word_package import WordPackage, relations_of
from kpi.papers.zip_copying import with_parts

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TYPES_PART = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KINDS = {
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
}
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class CommentPart:
    """
    The comments of a file: those that are there, and those that are added.

    Args:
        package: The file.
        moment: When the comments are written, as the file wants it.

    """

    def __init__(self, package: WordPackage, moment: str) -> None:
        self._package = package
        self._moment = moment
        self._name = next((name for name in package.beside("comments") if name in package.parts), None)
        existing = package.part(self._name) if self._name else None
        self._root = etree.Element(f"{W}comments", nsmap={"w": TRANSITIONAL.decode()}) if existing is None else existing
        numbers = [int(number) for comment in self._root.iter(f"{W}comment") if (number := comment.get(f"{W}id", "")).isdecimal()]
        self._next = max(numbers, default=-1) + 1

    def add(self, words: str) -> str:
        """The number of a comment that is added, a paragraph for each line of its words."""
        number = str(self._next)
        self._next += 1
        comment = etree.SubElement(self._root, f"{W}comment")
        for name, value in (("id", number), ("author", AUTHOR), ("date", self._moment), ("initials", INITIALS)):
            comment.set(f"{W}{name}", value)
        for line in words.split("\n"):
            text = etree.SubElement(etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r"), f"{W}t")
            text.text = _UNWRITABLE.sub("", line)
            text.set(_SPACE, "preserve")
        return number

    def written(self, body: etree._Element) -> bytes:
        """
        The file with the comments and the part that refers to them.

        Raises:
            PaperError: It says of none of its parts of which kind it is, or a part cannot be read.

        """
        strict = STRICT in (self._package.parts.content(self._package.main) or b"")
        parts = {self._package.main: _bytes(body, strict=strict)}
        if self._name is None:
            name = posixpath.join(posixpath.dirname(self._package.main), "comments.xml")
            while name in self._package.parts:
                name = name.replace(".xml", "_.xml")
            parts |= {_TYPES_PART: self._types(name), relations_of(self._package.main): self._relations(name, strict=strict)}
        else:
            name = self._name
        parts[name] = _bytes(self._root, strict=strict)
        return with_parts(self._package.data, parts)

    def _types(self, name: str) -> bytes:
        root = self._package.parts.root(_TYPES_PART)
        if root is None:
            raise PaperError("文件缺少部件清单，写不进批注；请在 Word 或 WPS 中打开，另存为 .docx 再上传。")
        override = etree.SubElement(root, f"{_TYPES}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", _COMMENTS_TYPE)
        return _bytes(root, strict=False)

    def _relations(self, name: str, *, strict: bool) -> bytes:
        root = self._package.parts.root(relations_of(self._package.main))
        if root is None:
            root = etree.Element(f"{RELATIONS}Relationships", nsmap={None: RELATIONS.strip("{}")})
        taken = {relation.get("Id") for relation in root}
        number = next(number for number in range(1, len(taken) + 2) if f"rIdComments{number}" not in taken)
        relation = etree.SubElement(root, f"{RELATIONS}Relationship")
        for key, value in (("Id", f"rIdComments{number}"), ("Type", _KINDS[strict]), ("Target", posixpath.basename(name))):
            relation.set(key, value)
        return _bytes(root, strict=False)


def _bytes(root: etree._Element, *, strict: bool) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written.replace(TRANSITIONAL, STRICT) if strict else written
