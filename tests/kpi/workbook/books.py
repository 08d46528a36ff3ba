"""Workbooks made by hand, part by part, so that they can be wrong in ways no program would write."""

import io
import zipfile

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return buffer.getvalue()


def parts(sheet_data: str, *, before: str = "", styles: str = "", strings: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet; ``sheet_data`` is what stands in its sheetData."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_RELATIONS}"><sheets><sheet name="报表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": styles or f'<styleSheet xmlns="{_SPREADSHEET}"/>',
        "xl/sharedStrings.xml": strings or f'<sst xmlns="{_SPREADSHEET}"/>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SPREADSHEET}">{before}<sheetData>{sheet_data}</sheetData></worksheet>',
    }


def book(sheet_data: str, *, before: str = "", styles: str = "", strings: str = "") -> bytes:
    """A workbook with one sheet."""
    return packed(parts(sheet_data, before=before, styles=styles, strings=strings))


PERCENT_STYLES = (
    f'<styleSheet xmlns="{_SPREADSHEET}"><numFmts count="2"><numFmt numFmtId="164" formatCode="0.00%"/>'
    '<numFmt numFmtId="165" formatCode="0&quot;%&quot;"/></numFmts>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)
HUGE_STRINGS = f'<sst xmlns="{_SPREADSHEET}" count="4294967295" uniqueCount="4294967295"><si><t>a</t></si></sst>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + f']><workbook xmlns="{_SPREADSHEET}"><sheets>&j;</sheets></workbook>'
)
