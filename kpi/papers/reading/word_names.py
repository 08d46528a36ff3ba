"""The names of elements and attributes in the XML of a Word file (ISO/IEC 29500-1, transitional and strict)."""

TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
W = f"{{{TRANSITIONAL.decode()}}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

PARAGRAPH, TABLE, ROW, CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
RUN, TEXT = f"{W}r", f"{W}t"
TEXTS = frozenset({TEXT, "{http://schemas.openxmlformats.org/officeDocument/2006/math}t", "{http://purl.oclc.org/ooxml/officeDocument/math}t"})
ALTERNATE, CHOICE, FALLBACK = f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"
BOX = f"{W}txbxContent"
FIELD, FIELD_SIGN, COMMAND = f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"
LEFT_OUT = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "delText", "delInstrText", "rt", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr", "rubyPr")
)
"""What holds no letters of the text as it will be: what was deleted or moved away, readings above letters, looks."""

SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
"""Elements that stand for a sign."""

PAGE_NUMBERS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"})
"""Fields whose result is the number of a page, which is no figure of the text."""
