"""A summary that comes back: no finding but those of the sheets, and each edit named, in whatever form it stands in the file."""

import io
import zipfile

import pytest

from kpi.papers.checking.paper_check import check_paper
from kpi.papers.checking.paper_finding import Grade
from kpi.papers.reading.word_document import WordReader
from kpi.papers.writing.summary_paper import summary_file
from kpi.papers.writing.summary_writing import write_summary
from kpi.period import Month

NOVEMBER = Month(2023, 11)
OF_THE_SHEETS = {"R029", "R051", "R052", "R100", "R090"}


@pytest.fixture(scope="module")
def written(demo):
    return summary_file(demo, write_summary(demo, NOVEMBER))


def checked(demo, content: bytes):
    return check_paper(demo, WordReader(content, "总结.docx").document(), NOVEMBER)


def edited(content: bytes, *edits: tuple[str, str]) -> bytes:
    """The file with stretches of the XML of its text replaced, each of which stands there once at least."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "word/document.xml":
                text = part.decode()
                for before, after in edits:
                    assert before in text, before
                    text = text.replace(before, after, 1)
                part = text.encode()
            new.writestr(entry, part)
    return file.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def tracked(before: str, after: str) -> tuple[str, str]:
    """A figure replaced while changes are tracked: what was deleted is still in the file."""
    deleted = f'<w:del w:id="900" w:author="a"><w:r><w:delText>{before}</w:delText></w:r></w:del>'
    return run(before), f'{deleted}<w:ins w:id="901" w:author="a">{run(after)}</w:ins>'


def in_smart_tag(before: str, after: str) -> tuple[str, str]:
    return run(before), f'<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="chmetcnv">{run(after)}</w:smartTag>'


def in_text_box(content: bytes, start: str, before: str, after: str) -> tuple[str, str]:
    """The paragraph with some words moved into a text box, with another figure in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("word/document.xml").decode()
    place = text.index(start)
    begin, end = text.rindex("<w:p>", 0, place), text.index("</w:p>", place) + len("</w:p>")
    paragraph = text[begin:end]
    assert run(before) in paragraph
    box = paragraph.replace(run(before), run(after), 1)
    return (
        paragraph,
        f'<w:p><w:r><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>{box}</w:txbxContent></v:textbox></w:pict></w:r></w:p>',
    )


def test_as_it_was_written_only_the_sheets_own_contradictions_are_named(demo, written):
    """44 + 7 + 24 is not 78 nor 44 + 7 54, 38 + 12 + 20 + 17 not 89; and every figure is known by its place."""
    check = checked(demo, written)
    assert {finding.relation for finding in check.findings} == OF_THE_SHEETS
    assert len(check.matches) == len({match.measure for match in check.matches}) > 300


def test_ten_edits_are_ten_findings(demo, written):
    """Six typed over, two while changes are tracked, one in a smart tag, one in a text box; three figures of sums that break among them."""
    edits = [
        (run("1763"), run("1736")),
        (run("97.8"), run("98.7")),
        (run("17017"), run("1707")),
        (run("159"), run("169")),
        (run("78"), run("79")),
        (run("4909"), run("49090")),
        tracked("1724", "1742"),
        tracked("1850", "1800"),
        in_smart_tag("2134", "2143"),
        in_text_box(written, "办理信用修复", "388", "398"),
    ]
    check = checked(demo, edited(written, *edits))

    named = [finding for finding in check.findings if finding.code == "edited-figure"]
    assert [finding for finding in check.findings if finding.code != "edited-figure" and finding.relation not in OF_THE_SHEETS] == []
    assert sorted(finding.seen for finding in named) == sorted(
        [
            "「食品监督抽检批次」写为 1736批次，生成时为 1763",
            "「食品抽检合格率」写为 98.7%，生成时为 97.8",
            "「食品快检批次」写为 1707批次，生成时为 17017",
            "「检查零售药店」写为 169家，生成时为 159",
            "「商品煤抽检批次」写为 79批次，生成时为 78",
            "「新登记市场主体」写为 49090户，生成时为 4909",
            "「食品抽检合格批次」写为 1742批次，生成时为 1724",
            "「年度食品抽检任务」写为 1800批次，生成时为 1850",
            "「消费者诉求总量」写为 2143件，生成时为 2134",
            "「其中：企业信用修复」写为 398户，生成时为 388",
        ]
    )
    assert {finding.grade for finding in named} == {Grade.STORE}
    assert all(".xlsx/" in finding.expected for finding in named if "合格率" not in finding.seen)


def test_a_figure_that_was_added_is_named(demo, written):
    check = checked(demo, edited(written, (run("批次，出具检验结论"), run("批次（复检12批次），出具检验结论"))))
    [added] = [finding for finding in check.findings if finding.code == "edited-figure"]
    assert added.seen.startswith("此处写为 12批次，生成时没有这个数")


def test_paragraphs_may_be_moved_and_taken_out(demo, written):
    """The last paragraph to the beginning and the first one gone: nothing is a finding but those of the sheets."""
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        text = archive.read("word/document.xml").decode()
    last = text[text.rindex("<w:p>") : text.rindex("</w:p>") + len("</w:p>")]
    check = checked(demo, edited(written, (last, ""), ("<w:body>", f"<w:body>{last}")))
    assert {finding.relation for finding in check.findings} == OF_THE_SHEETS
