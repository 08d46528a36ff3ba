"""What is done to the files of a data folder; each gives what does it to a folder."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path


def cutting(name: str, keep: int) -> Callable[[Path], None]:
    """Keep so many bytes."""

    def apply(folder: Path) -> None:
        with (folder / name).open("r+b") as file:
            file.truncate(keep)

    return apply


def changing(name: str, at: int, byte: int) -> Callable[[Path], None]:
    """Put another byte at a place."""

    def apply(folder: Path) -> None:
        with (folder / name).open("r+b") as file:
            file.seek(at)
            file.write(bytes([byte]))

    return apply


def deleting(names: Sequence[str]) -> Callable[[Path], None]:
    """Delete files and folders."""

    def apply(folder: Path) -> None:
        for name in names:
            path = folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return apply


def copying(old: str, new: str) -> Callable[[Path], None]:
    """Copy a file, or a folder with what is in it."""

    def apply(folder: Path) -> None:
        path, target = folder / old, folder / new
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, target, ignore=lambda at, names: [target.name] if Path(at) == target.parent else [])
        else:
            shutil.copyfile(path, target)

    return apply


def renaming(old: str, new: str, both: bool) -> Callable[[Path], None]:
    """Rename, or let two change places."""

    def apply(folder: Path) -> None:
        if both:
            (folder / new).rename(folder / "between")
        (folder / old).replace(folder / new)
        if both:
            (folder / "between").rename(folder / old)

    return apply


def emptying(kind: str) -> Callable[[Path], None]:
    """Take everything out of a folder."""

    def apply(folder: Path) -> None:
        shutil.rmtree(folder / kind)
        (folder / kind).mkdir()

    return apply


def becoming_folder(name: str) -> Callable[[Path], None]:
    """Put a folder in the place of a file."""

    def apply(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return apply


def becoming_file(name: str) -> Callable[[Path], None]:
    """Put an empty file in the place of a folder."""

    def apply(folder: Path) -> None:
        shutil.rmtree(folder / name)
        (folder / name).write_bytes(b"")

    return apply


def taking(source: Path, names: Sequence[str]) -> Callable[[Path], None]:
    """Put parts of another data folder in the place of these."""

    def apply(folder: Path) -> None:
        for name in names:
            path = folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            if (source / name).is_dir():
                shutil.copytree(source / name, path)
            elif (source / name).exists():
                shutil.copyfile(source / name, path)

    return apply
