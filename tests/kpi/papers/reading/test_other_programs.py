"""Papers as other programs make them: printed by Chromium, saved by LibreOffice as a Word file of before 2007."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kpi.papers.reading import old_word
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.reading.paper_reading import read_paper
from tests.kpi.papers.word_files import paragraph, word_file
from tests.kpi.workbook.office import needs_office, without_writer

CHROMIUM = os.environ.get("KPI_CHROMIUM", "/usr/bin/chromium")
TEXT = "截至11月20日，食品安全监督抽检1763批次，长期风险门店3户，见证取样7批次。"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le")


@pytest.mark.browser
@pytest.mark.skipif(not Path(CHROMIUM).exists() and os.environ.get("KPI_BROWSER") != "required", reason="Chromium is not installed")
def test_what_chromium_prints_is_read_as_it_was_written(tmp_path: Path):
    """Other readers of PDF give 11⽉20⽇ and ⻝品 for text in Noto CJK."""
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    table = "<table border=1 cellspacing=0><tr><td>食品<td>44<td>7</tr><tr><td>药品<td>5<td>0</tr></table>"
    page.write_text(f"<meta charset=utf-8><style>p{{text-indent:2em;margin:0}}</style><p>{TEXT * 3}</p><p>二段。</p>{table}", encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}", "--no-pdf-header-footer"]
    subprocess.run([CHROMIUM, *flags, f"--print-to-pdf={printed}", page.as_uri()], check=True, capture_output=True, timeout=120)
    assert [each.text for each in read_paper(printed.read_bytes(), "打印.pdf").passages] == [TEXT * 3, "二段。", "食品", "44", "7", "药品", "5", "0"]


@needs_office
def test_an_old_word_file_is_read_by_libreoffice(tmp_path: Path):
    (tmp_path / "new.docx").write_bytes(word_file(paragraph(TEXT) + paragraph("二段。")))
    profile = (tmp_path / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "doc:MS Word 97",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "new.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    if not (tmp_path / "new.doc").exists():  # it comes in parts
        without_writer()
    assert [each.text for each in read_paper((tmp_path / "new.doc").read_bytes(), "旧.doc").passages] == [TEXT, "二段。"]


def test_an_old_word_file_without_libreoffice_is_a_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(PaperError) as refused:
        read_paper(OLD, "旧.wps")
    reason = "这是旧格式的 Word 文件（.doc），本机没有能读它的程序（LibreOffice）"
    assert str(refused.value) == f"「旧.wps」：{reason}；请在 Word 或 WPS 中打开，另存为 .docx 再上传。"


@pytest.mark.skipif(os.name != "posix", reason="a script stands for the program")
@pytest.mark.parametrize(("script", "sentence"), [("exit 0", "本机的 LibreOffice 读不了它"), ("exec sleep 600", "读得太久")], ids=["refuses", "hangs"])
def test_a_libreoffice_that_fails_is_a_sentence(script: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "soffice").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (tmp_path / "soffice").chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(tmp_path / "soffice"))
    monkeypatch.setattr(old_word, "_SECONDS", 0.2)
    with pytest.raises(PaperError, match=sentence):
        read_paper(OLD, "旧.doc")
