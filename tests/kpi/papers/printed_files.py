"""Small PDF and OFD files: text at places, and drawn lines."""

import io
import zipfile
from collections.abc import Sequence

Line = tuple[float, float, str]  # from the left and from the top, and a text
HIGH = 842.0
SIZE = 16.0


def pdf_file(*pages: Sequence[Line], rules: Sequence[tuple[float, float, float, float]] = (), turned: int = 0) -> bytes:
    """A PDF of pages of A4; the lines that are drawn stand on each page, by their two ends."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * at} 0 R' for at in range(len(pages)))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500]"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
        b" /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /Ascent 880 /Descent -120 /CapHeight 880 /ItalicAngle 0 /StemV 80"
        b" /FontBBox [0 -120 1000 880] >> >>",
    ]
    for at, page in enumerate(pages):
        drawn = [f"{left} {HIGH - top} m {right} {HIGH - bottom} l S" for left, top, right, bottom in rules]
        written = [f"BT /F {SIZE} Tf {left} {HIGH - top} Td <{text.encode('utf-16-be').hex()}> Tj ET" for left, top, text in page]
        stream = "\n".join([*drawn, *written]).encode()
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 {HIGH}] /Rotate {turned} /Contents {6 + 2 * at} 0 R".encode()
            + b" /Resources << /Font << /F 3 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    sink = io.BytesIO(b"%PDF-1.5\n")
    sink.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(sink.tell())
        sink.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = sink.tell()
    sink.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places))
    sink.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return sink.getvalue()


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text_object(left: float, top: float, text: str, size: float = 5.0, delta: str = "", more: str = "") -> str:
    """A text of an OFD: its box, and the letters in it from the base line of the first."""
    return (
        f'<ofd:TextObject ID="1" Boundary="{left} {top} 150 {size}" Font="1" Size="{size}"{more}>'
        f'<ofd:TextCode X="0" Y="{0.86 * size}"{f" DeltaX={chr(34)}{delta}{chr(34)}" if delta else ""}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def ofd_file(*pages: str, template: str = "") -> bytes:
    """An OFD of pages of text objects, all of them upon one template."""
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    base = '<ofd:TemplatePage ID="77" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    uses = '<ofd:Template TemplateID="77"/>' if template else ""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as made:
        made.writestr("OFD.xml", f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>")
        made.writestr("Doc_0/Document.xml", f"<ofd:Document {_OFD}><ofd:CommonData>{area}{base}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>")
        for name, inside in [*((f"Pages/Page_{at}", f"{uses}{page}") for at, page in enumerate(pages)), *([("Tpls/Tpl_0", template)] if template else [])]:
            made.writestr(f"Doc_0/{name}/Content.xml", f"<ofd:Page {_OFD}><ofd:Content><ofd:Layer>{inside}</ofd:Layer></ofd:Content></ofd:Page>")
    return sink.getvalue()
