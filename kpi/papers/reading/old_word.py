"""
Word files of before 2007 (.doc, and .wps of WPS) by LibreOffice, where it is installed: it makes a .docx of them.

It runs with a profile of its own in a folder that is thrown away, so it meets no other that is open and keeps nothing; nothing is fetched, no macro runs.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from kpi.papers.reading.file_kind import AS_WORD
from kpi.papers.reading.paper_error import PaperError

_SECONDS = 60.0
_MEMORY = 4 * 2**30
_LARGEST = 100 * 2**20
_PROGRAMS = (
    "soffice",
    "libreoffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_CAUTION = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
</item></oor:items>"""  # no picture is fetched from an address that a file names, and no macro runs
_NO_PROGRAM = f"这是旧格式的 Word 文件（.doc），本机没有能读它的程序（LibreOffice）；{AS_WORD}"


def as_new_word(data: bytes) -> bytes:
    """
    A file of old Word as a .docx.

    Raises:
        PaperError: There is no LibreOffice here, or it cannot read the file.

    """
    program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        raise PaperError(_NO_PROGRAM)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, made = folder / "paper.doc", folder / "out" / "paper.docx"
        source.write_bytes(data)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_CAUTION, encoding="utf-8")
        _run([program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", *_arguments(source, made.parent)])
        try:
            return made.read_bytes()
        except OSError:
            raise PaperError(f"这是旧格式的 Word 文件（.doc），本机的 LibreOffice 读不了它；{AS_WORD}") from None


def _arguments(source: Path, folder: Path) -> list[str]:
    return ["--headless", "--norestore", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)]


def _run(command: list[str]) -> None:
    """
    Run the program under limits of time and, where the system has them, of memory and of the size of files.

    Raises:
        PaperError: It takes too long, or cannot be started.

    """
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603 - a program of this machine
    except OSError:
        raise PaperError(_NO_PROGRAM) from None
    _limit(process.pid)
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise PaperError(f"旧格式的 Word 文件（.doc）读得太久；{AS_WORD}") from None
    finally:
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)  # the program starts others
        process.kill()
        process.wait()


def _limit(process: int) -> None:
    try:
        import resource

        resource.prlimit(process, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.prlimit(process, resource.RLIMIT_FSIZE, (_LARGEST, _LARGEST))
    except (ImportError, AttributeError, OSError):  # Windows, macOS, or it has ended
        return
