"""
``python -m tests.faults.packing PREFIX``: keep a data folder of the program as it is now, for all later ones to open.

Two of the same contents: one whose program was closed, one whose program was killed, so that figures lie in the
write-ahead log of the database.
"""

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.filled import fill, fill_bureau, opened

FOLDERS = Path(__file__).with_name("folders")


def pack(folder: Path, archive: Path) -> None:
    """Put a folder into an archive: files in the order of their names, without times."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as sink:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            member = zipfile.ZipInfo(path.relative_to(folder).as_posix())
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            sink.writestr(member, path.read_bytes(), compresslevel=9)


def unpack(archive: Path, folder: Path) -> Path:
    """The folder of an archive; its files are as old as this moment, so that no draft has expired."""
    with zipfile.ZipFile(archive) as source:
        source.extractall(folder)
    return folder


def killed(folder: Path) -> Path:
    """A filled data folder whose program ended without a word."""
    subprocess.run([sys.executable, "-m", __spec__.name, "--kill", str(folder)], check=True, cwd=Path(__file__).parents[2])
    return folder


def main(arguments: list[str]) -> None:
    """Write both archives, or fill a folder and end without a word."""
    if arguments[0] == "--kill":
        bureau = opened(Path(arguments[1]))
        fill_bureau(bureau)
        bureau.parser.close()  # its workers would outlive us
        os._exit(0)
    with TemporaryDirectory() as work:
        closed = Path(work) / "closed"
        fill(closed)
        pack(closed, FOLDERS / f"{arguments[0]}-closed.zip")
        pack(killed(Path(work) / "killed"), FOLDERS / f"{arguments[0]}-killed.zip")


if __name__ == "__main__":
    main(sys.argv[1:])
