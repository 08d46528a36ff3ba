"""Small Word files, written part by part as Word writes them."""

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_ROOTS = {
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header": "hdr",
    "footer": "ftr",
    "numbering": "numbering",
    "styles": "styles",
    "comments": "comments",
}


def run(text: str, look: str = "") -> str:
    """A run of text."""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*pieces: str, looks: str = "") -> str:
    """A paragraph of runs; a piece that is no XML becomes one."""
    inside = "".join(piece if piece.startswith("<") else run(piece) for piece in pieces)
    return f"<w:p>{f'<w:pPr>{looks}</w:pPr>' if looks else ''}{inside}</w:p>"


def word_file(body: str, **beside: str) -> bytes:
    """A Word file with a body, and beside it footnotes, header, numbering or styles."""
    return package({"word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>", **_parts(beside)}, tuple(beside))


def _parts(beside: Mapping[str, str]) -> dict[str, str]:
    return {f"word/{name}.xml": f"<w:{_ROOTS[name]} {_SPACES}>{inside}</w:{_ROOTS[name]}>" for name, inside in beside.items()}


def package(parts: Mapping[str, str | bytes], beside: tuple[str, ...] = (), main: str = "word/document.xml") -> bytes:
    """A package of parts, which names its main part and what that refers to."""
    links = "".join(f'<Relationship Id="r{at}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for at, name in enumerate(beside))
    types = (
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    )
    about: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r0" Type="{OFFICE}/officeDocument" Target="{main}"/></Relationships>',
        "{}/_rels/{}.rels".format(*main.rsplit("/", 1)): f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
    }
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {**about, **parts}.items():
            made.writestr(name, content)
    return sink.getvalue()


def cell(*paragraphs: str, properties: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(each if each.startswith('<') else paragraph(each) for each in paragraphs)}</w:tc>"


def row(*cells: str) -> str:
    """A row of cells."""
    return f"<w:tr>{''.join(each if each.startswith('<w:tc>') else cell(each) for each in cells)}</w:tr>"


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def text_box(text: str) -> str:
    """A text box as Word 2010 and later write it: once for themselves, once for Word 2007."""
    box = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def field(command: str, result: str) -> str:
    """A complex field: its command, and what it shows."""
    signs = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{signs[0]}<w:r><w:instrText> {command} </w:instrText></w:r>{signs[1]}{run(result)}{signs[2]}"
